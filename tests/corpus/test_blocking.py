from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.occurrence_cost import composed, of_one_happening
from dragoman.corpus.accounts import Account, Party
from dragoman.corpus.blocking import CROWD, MOST, looked_at, pairs
from dragoman.corpus.clustering import group
from dragoman.corpus.disputes import disputes
from dragoman.corpus.likeness import NAMES, WITH_VECTORS, Traits, compare, settings
from dragoman.corpus.parting import parted
from dragoman.corpus.sites import dead, sites
from dragoman.corpus.words import cosine, stem, weight, weighted

DAY = dt.date(2024, 3, 4)
PERU, CHILE = (
    Party("Peru", "state:PER", "state", "PER"),
    Party("Chile", "state:CHL", "state", "CHL"),
)


def account(number: int, day: dt.date | None = DAY, **fields: object) -> Account:
    given: dict[str, object] = {
        "type": "ASSAULT", "status": "asserted", "trigger": "fired", "initiators": (PERU,),
        "recipients": (CHILE,), "first": day, "last": day, "traits": Traits({"fire": 0.6}),
        **fields,
    }  # fmt: skip
    return Account(f"r{number:05}/e1", f"r{number:05}", "e1", f"d{number}", **given)  # type: ignore[arg-type]


def test_those_of_one_day_meet_and_those_of_far_days_do_not() -> None:
    three = [account(0), account(1), account(2, DAY + dt.timedelta(40))]
    assert pairs(three) == [(0, 1)]


def test_an_undated_account_meets_those_of_the_week_before_it_was_published() -> None:
    undated = account(1, None, published=DAY + dt.timedelta(5))
    late = account(2, None, published=DAY + dt.timedelta(60))
    assert pairs([account(0), undated, late]) == [(0, 1)]


def test_a_year_meets_its_days() -> None:
    year = account(1, first=dt.date(2024, 1, 1), last=dt.date(2024, 12, 31))
    assert pairs([account(0), year]) == [(0, 1)]


def test_what_is_planned_does_not_meet_what_is_told() -> None:
    assert pairs([account(0), account(1, status="planned")]) == []


def test_pairs_grow_with_the_accounts() -> None:
    counts = [len(pairs([account(n) for n in range(size)])) for size in (500, 1000, 2000)]
    assert counts[2] < 2.2 * counts[1] < 5 * counts[0]
    assert counts[2] < 2000 * CROWD


@given(st.permutations(range(6)))
def test_groups_do_not_hang_on_the_order_of_pairs(order: list[int]) -> None:
    likely = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.1, (3, 4): 0.5, (4, 5): 0.5, (3, 5): 0.5}
    keys = sorted(likely, key=lambda pair: order[pair[0]] * 6 + order[pair[1]])
    found = group(6, {key: likely[key] for key in keys}, 0.5)
    assert found == [[0, 1, 2], [3, 4, 5]]


def test_groups_that_must_not_meet_do_not() -> None:
    likely = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.9}
    apart = lambda one, other: {0, 2} <= {*one, *other}  # noqa: E731
    assert group(3, likely, 0.3, apart) == [[0, 1], [2]]


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("attack attacks attacked attacking", True),
        ("strike struck striking strikes", True),
        ("shot shoot shooting", True),
        ("bomb bombing bombed", True),
        ("deny denied denies denying", True),
        ("met meet meeting", True),
        ("shell shelling shelled", True),
        ("arrest arrested release", False),
    ],
)
def test_stems(words: str, same: bool) -> None:
    assert (len({stem(word) for word in words.split()}) == 1) is same


def test_rare_words_weigh_more() -> None:
    assert weight("the") == 0 < weight("people") < weight("market") < weight("Ouagadougou") == 1
    assert "the" not in weighted(["the", "market"])
    assert cosine(weighted(["market"]), weighted(["markets"])) == pytest.approx(1)
    assert cosine({}, weighted(["market"])) == 0


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("killing 12 people", 12),
        ("At least nine people were killed", 9),
        ("The death toll rose to 1,200", 1200),
        ("A bomber killed four soldiers and wounded 30", 4),
        ("30 wounded people and two dead", 2),
        ("Three were killed, said one; five were killed, said another", None),
        ("killed 3 days later", None),
        ("nobody was hurt", None),
    ],
)
def test_dead(sentence: str, found: int | None) -> None:
    assert dead(sentence) == found


def test_sites() -> None:
    assert sites("A bomb exploded outside the crowded bus station in Quetta.") == {"bus station"}
    assert sites("They bombed a bazaar.") == sites("It struck a busy market") == {"market"}
    assert sites("The wounded were taken to hospital. Police said so at noon.") == frozenset()


def test_reasons_to_part() -> None:
    one = account(0)
    assert parted(one, account(1)) is None
    assert parted(one, account(1, DAY + dt.timedelta(1))) == "days"
    assert parted(one, account(1, sites=frozenset({"market"}))) is None
    far = account(1, recipients=(Party("Bolivia", "state:BOL", "state", "BOL"),))
    assert parted(one, far) == "recipients"
    assert parted(one, account(1, initiators=(CHILE,), recipients=(PERU,))) == "recipients"
    general = Party("Ana Rojas", "person:ana-rojas", "person", "CHL")
    assert parted(one, account(1, recipients=(general,))) is None  # acts for the state, or may
    assert parted(one, account(1, recipients=(Party("ferry"),))) is None
    assert parted(one, account(1, type="ACCUSE", traits=Traits({"blame": 0.7}))) == "types"


def test_nobody_contradicts_themselves() -> None:
    words = {"words": {"goris": 1.0}}
    yes = account(0, publisher="Wire", speakers=("Peru",), traits=Traits({"fire": 0.6}, **words))
    for speakers, publisher, count in (
        (("Chile",), "Wire", 1),
        (("Ana Rojas", "Peru"), "Post", 0),
        ((), "Wire", 1),
    ):
        no = account(1, status="denied", publisher=publisher, speakers=speakers, traits=yes.traits)
        assert len(disputes([yes, no])) == count
    own = [account(n, status=s, publisher="Wire") for n, s in enumerate(("denied", "asserted"))]
    assert disputes(own) == ()


def test_what_is_denied_in_other_words_on_no_common_day_is_no_contradiction() -> None:
    yes = account(0, None, publisher="Wire", traits=Traits({"fire": 0.6}, {"goris": 1.0}))
    no = account(
        1, None, status="denied", publisher="Post", traits=Traits({"fire": 0.6}, {"ferry": 1.0})
    )
    assert disputes([yes, no]) == ()


def test_a_toll_that_grows_is_no_contradiction() -> None:
    few = account(0, toll=4, publisher="Wire", published=DAY)
    many = account(1, toll=40, publisher="Post", published=DAY)
    later = account(1, toll=40, publisher="Post", published=DAY + dt.timedelta(1))
    near = account(1, toll=6, publisher="Post", published=DAY)
    assert [len(disputes([few, other])) for other in (many, later, near)] == [1, 0, 0]


def test_the_shipped_network_says_what_it_was_made_from() -> None:
    source = files("dragoman.corpus").joinpath("data/likeness.json").read_text(encoding="utf-8")
    assert json.loads(source)["made_by"] == "training/occurrences/train.py"
    assert settings().plain.names == NAMES and settings().vectors.names == WITH_VECTORS
    assert [len(row) for row in settings().centre] == [384, 384]


def test_likeness_of_a_pair_does_not_hang_on_its_order() -> None:
    one = Traits(
        {"shell": 0.8}, {"goris": 1.0, "town": 0.4}, {"goris": 1.0}, {"@state:AZE": 1.0}, {},
        frozenset({"3"}), frozenset(), {"shell": 0.8, "goris": 1.0},
    )  # fmt: skip
    other = Traits({"attack": 0.5}, {"goris": 1.0}, {"goris": 1.0}, {}, {"@state:AZE": 1.0})
    rows = [compare(one, other, 0.3), compare(other, one, 0.3)]
    assert np.allclose(rows[0], rows[1])
    chances = settings().plain([*rows, compare(one, one, 0.9)])
    assert chances[0] == chances[1] < chances[2]


def test_in_a_crowd_those_that_share_most_are_compared() -> None:
    told = composed(1500, a_day=1500)
    found = looked_at(told)
    assert len(found.crowded) > 500
    kinds = 2  # a type and a word
    assert len(found.pairs) < len(told) * MOST * kinds
    same = of_one_happening(told)
    assert len(same) > 1000
    assert same <= set(map(tuple, found.pairs.tolist()))


def test_nobody_is_in_a_crowd_where_all_were_compared() -> None:
    assert looked_at([account(n) for n in range(CROWD)]).crowded == frozenset()
    assert looked_at([account(n) for n in range(CROWD + 1)]).crowded
    assert len(looked_at([]).pairs) == 0
