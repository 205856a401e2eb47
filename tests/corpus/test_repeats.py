from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.accounts import Account, Party
from dragoman.corpus.clustering import connected, group
from dragoman.corpus.disputes import _KINDS, Dispute, _voice, disputes, is_one_source
from dragoman.corpus.likeness import Traits
from dragoman.corpus.occurrences import occurrences
from dragoman.corpus.repeats import repeats
from tests.corpus.test_blocking import CHILE, DAY, PERU, account

BOLIVIA = Party("Bolivia", "state:BOL", "state", "BOL")


def likely(pairs: Sequence[tuple[int, int]]) -> list[float]:
    return [0.9 for _ in pairs]


def members(accounts: list[Account], weigh: object = likely) -> list[list[int]]:
    return [one.members for one in repeats(accounts, weigh)]  # type: ignore[arg-type]


def test_accounts_in_the_same_words_are_taken_together() -> None:
    four = [account(n, sentence="They fired at\na ferry.") for n in range(4)]
    assert members(four) == [[0, 1, 2, 3]]
    assert members([*four[:2], account(2, sentence="They fired at a boat.")]) == [[0, 1], [2]]


def test_what_is_told_otherwise_is_not() -> None:
    one = account(0)
    for other in (
        account(1, status="denied"),
        account(1, DAY + dt.timedelta(1)),
        account(1, initiators=(BOLIVIA,)),
        account(1, sentence="They fired."),
        account(1, None, published=DAY),
    ):
        assert members([one, other]) == [[0], [1]]


def test_two_of_one_reading_are_never_taken_together() -> None:
    twice = [
        Account(f"r{n}/e{e}", f"r{n}", f"e{e}", f"d{n}", "ASSAULT", "asserted", "fired")
        for n in range(3)
        for e in range(2)
    ]
    assert members(twice) == [[0, 2, 4], [1, 3, 5]]


def test_those_that_are_not_likely_stand_alone() -> None:
    six = [account(n) for n in range(6)]
    found = members(six, lambda pairs: [0.9 if (a + b) % 2 == 0 else 0.1 for a, b in pairs])
    assert found == [[0, 2, 4], [1, 3, 5]]
    assert members(six, lambda pairs: [0.1 for _ in pairs]) == [[n] for n in range(6)]


def test_a_sentence_of_many_papers_is_one_occurrence() -> None:
    words = Traits({"fire": 0.6}, {"goris": 1.0}, {"goris": 1.0}, report={"fire": 0.6})
    many = [account(n, traits=words, sentence="They fired at Goris.") for n in range(300)]
    (one,) = occurrences(many)
    assert one.documents == 300 and not one.crowded
    assert 0.8 <= one.confidence <= 1


def test_who_is_in_a_crowd_is_said() -> None:
    found = occurrences(in_other_words(200))
    assert any(one.crowded for one in found)
    assert sum(len(one.accounts) for one in found) == 200
    (one,) = occurrences(in_other_words(20))
    assert not one.crowded and one.documents == 20


def in_other_words(count: int) -> list[Account]:
    """So many accounts of one happening, each with a word of its own."""
    words = {"goris": 1.0, "ferry": 0.8}
    return [
        account(
            number,
            traits=Traits(
                {"fire": 0.6}, {**words, f"w{number}": 0.1}, {"goris": 1.0}, report=words
            ),
            sentence=f"{number} fired at a ferry in Goris.",
        )
        for number in range(count)
    ]


@given(st.data())
def test_groups_of_parts_are_those_of_the_whole(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 9))
    every = list(combinations(range(count), 2))
    chances = st.sampled_from([0.05, 0.2, 0.35, 0.6, 0.9])
    likely = {pair: data.draw(chances) for pair in every if data.draw(st.booleans())}
    whole = group(count, likely, 0.3)
    parts = connected(count, (pair for pair, chance in likely.items() if chance >= 0.3))
    assert sorted(number for part in parts for number in part) == list(range(count))
    apart = []
    for part in parts:
        at = {number: place for place, number in enumerate(part)}
        inside = {
            (at[a], at[b]): chance for (a, b), chance in likely.items() if a in at and b in at
        }
        apart += [[part[place] for place in one] for one in group(len(part), inside, 0.3)]
    assert sorted(apart) == whole


def test_a_number_that_stands_for_several_weighs_as_much() -> None:
    likely = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.0}
    assert group(3, likely, 0.3, sizes=[1, 1, 1]) == [[0, 1, 2]]
    # Nine of the ten accounts that 0 and 1 become have nothing in common with 2.
    assert group(3, likely, 0.3, sizes=[9, 1, 1]) == [[0, 1], [2]]


def plainly(accounts: Sequence[Account]) -> tuple[Dispute, ...]:
    """Every account against every other."""
    found = []
    for kind, contradiction, _ in _KINDS:
        seen = set()
        for one, other in combinations(accounts, 2):
            voices = frozenset((_voice(one), _voice(other)))
            if voices in seen or is_one_source(one, other):
                continue
            reason = contradiction(one, other)
            if reason is not None:
                seen.add(voices)
                found.append(Dispute(kind, one.id, other.id, reason))
    return tuple(found)


def test_disputes_of_many_are_those_of_each_with_each() -> None:
    draw = random.Random(3)
    for _ in range(30):
        some = [
            account(
                number,
                draw.choice([DAY, None]),
                status=draw.choice(["denied", "asserted", "asserted"]),
                publisher=draw.choice(["Wire", "Post", None]),
                published=DAY + dt.timedelta(draw.randrange(2)),
                speakers=draw.choice([(), ("Peru",), ("Ana Rojas", "Chile")]),
                initiators=draw.choice([(PERU,), (CHILE,), ()]),
                toll=draw.choice([None, 2, 40]),
                sentence=draw.choice(["They fired.", "They shelled."]),
            )
            for number in range(25)
        ]
        assert disputes(some) == plainly(some) != ()
