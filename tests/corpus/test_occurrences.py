"""Composed reports of what two sides say, through the whole reader."""

from __future__ import annotations

import datetime as dt
import random
from functools import lru_cache

import pytest

import dragoman
from dragoman.corpus.accounts import Account, accounts
from dragoman.corpus.occurrences import Occurrence, occurrences

SHELLED = "Armenia said on Tuesday that Azerbaijani forces had shelled the town of Goris on Monday."
DENIED = (
    "Azerbaijan's defence ministry denied on Tuesday that its forces had shelled the Armenian town "
    "of Goris on Monday."
)
BY_ONE = (
    "Indian troops shelled a market in Kotli on Monday, killing 12 people, Pakistan's foreign "
    "ministry said."
)
BY_THE_OTHER = (
    "Pakistani troops shelled a market in Kotli on Monday, an Indian army spokesman said."
)
ARRESTED = (
    "Kenyan police arrested the trade union leader Francis Atwoli on Monday during a march against "
    "new taxes in Nairobi, a police spokesman said."
)


@lru_cache
def told(text: str, published: str = "2024-05-07", publisher: str = "Wire") -> tuple[Account, ...]:
    return accounts(dragoman.read(text, published=published, publisher=publisher))


def together(*sets: tuple[Account, ...]) -> list[Occurrence]:
    """The occurrences with more than one account."""
    found = occurrences(account for own in sets for account in own)
    return [one for one in found if len(one.accounts) > 1]


def test_a_claim_and_its_denial_are_one_happening_and_disputed() -> None:
    (one,) = together(told(SHELLED), told(DENIED, publisher="Caspian News"))
    assert one.type == "ASSAULT" and one.documents == 2 and one.realm == "told"
    assert {account.status for account in one.accounts} == {"asserted", "denied"}
    (dispute,) = one.disputes
    assert dispute.kind == "denial" and one.disputed
    assert {dispute.one, dispute.other} == set(one.events)
    first, second = dispute.reason.split(" denies what ")
    assert "Azerbaijan" in first and "Caspian News" in first
    assert "Armenia" in second and "Wire" in second


def test_two_sides_that_name_one_another_as_the_doer() -> None:
    (one,) = together(told(BY_ONE), told(BY_THE_OTHER, publisher="Post"))
    (dispute,) = one.disputes
    assert dispute.kind == "initiators"
    assert "names Indian troops" in dispute.reason and "names Pakistani troops" in dispute.reason


def test_who_denies_having_done_it_does_not_contradict_who_says_that_others_did() -> None:
    denied = (
        "India's army denied on Tuesday that its troops had shelled a market in Kotli on Monday."
    )
    (one,) = together(told(BY_ONE), told(denied), told(BY_THE_OTHER))
    kinds = {(dispute.kind, dispute.one, dispute.other) for dispute in one.disputes}
    status = {account.id: account.status for account in one.accounts}
    names = {account.id: account.initiators[0].name for account in one.accounts}
    for kind, *pair in kinds:
        if kind == "denial":
            assert {status[name] for name in pair} == {"denied", "asserted"}
            assert not any(names[name].startswith("Pakistan") for name in pair)
    assert {kind for kind, *_ in kinds} == {"denial", "initiators"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # another day
        (
            "Israeli aircraft bombed a warehouse in Rafah on Monday, witnesses said.",
            "Israeli aircraft bombed a warehouse in Rafah on Thursday, witnesses said.",
        ),
        # two bombings in one city on one day
        (
            "A suicide bomber killed nine people at a market in Kabul on Tuesday, police said.",
            "A bomber killed four people at a mosque in Kabul on Tuesday, officials said.",
        ),
        # another town
        (
            "Israeli aircraft bombed a warehouse in Rafah on Monday, witnesses said.",
            "Israeli aircraft bombed a warehouse in Tyre on Monday, witnesses said.",
        ),
        # each is the other's target
        (
            "Armenian forces shelled Azerbaijani troops near Goris on Monday.",
            "Azerbaijani forces shelled Armenian troops near Goris on Monday.",
        ),
        # words have one speaker
        (
            "Kenya accused Uganda of smuggling on Monday.",
            "Uganda accused Kenya of smuggling on Monday.",
        ),
        # a meeting with somebody else
        (
            "Kenya's president met Uganda's president in Nairobi on Monday.",
            "Kenya's president met Rwanda's president in Nairobi on Monday.",
        ),
        # planned is not done
        (
            "Turkey plans to impose sanctions on Greece next week, a minister said.",
            "Turkey imposed sanctions on Greece on Tuesday.",
        ),
        (
            "The union demanded that Peru release Ana Rojas on Monday.",
            "Peru released Ana Rojas on Monday.",
        ),
    ],
)
def test_told_apart(first: str, second: str) -> None:
    assert together(told(first, "2024-05-10"), told(second, "2024-05-10", "Post")) == []


def test_other_words_for_one_happening() -> None:
    other = "Trade union leader Francis Atwoli was arrested by Kenyan police in Nairobi on Monday."
    (one,) = together(told(ARRESTED), told(other, "2024-05-08", "Post"))
    assert one.type == "COERCE" and not one.disputed
    assert one.first == one.last == dt.date(2024, 5, 6)
    assert [party.name for party in one.recipients] == ["Francis Atwoli"]


def test_copies_count_once() -> None:
    sets = told(ARRESTED), told(ARRESTED, publisher="Star"), told(ARRESTED, publisher="Post")
    stories = {sets[0][0].document: "story:1", sets[1][0].document: "story:1"}
    found = occurrences((account for own in sets for account in own), stories)
    arrest = next(one for one in found if one.type == "COERCE")
    assert arrest.documents == 3 and arrest.independent == 2


def test_two_figures_of_dead() -> None:
    few = "Rebels attacked a market in Goma on Monday and killed 4 people, the governor said."
    many = "Rebels attacked a market in Goma on Monday and killed 40 people, a priest said."
    disputes = [
        d for one in together(told(few), told(many, publisher="Post")) for d in one.disputes
    ]
    assert {dispute.kind for dispute in disputes} == {"dead"}
    told_of = {figure for figure in ("4", "40") if f"of {figure}" in disputes[0].reason}
    assert told_of == {"4", "40"} and "the governor" in disputes[0].reason


def test_order_does_not_matter_and_every_account_is_in_one() -> None:
    texts = [SHELLED, DENIED, BY_ONE, BY_THE_OTHER, ARRESTED]
    every = [
        account for n, text in enumerate(texts * 2) for account in told(text, publisher=f"P{n}")
    ]
    first = occurrences(every)
    for seed in range(3):
        shuffled = random.Random(seed).sample(every, len(every))
        assert occurrences(shuffled) == first
    assert sorted(name for one in first for name in one.events) == sorted(a.id for a in every)


def test_nothing_comes_of_nothing() -> None:
    assert occurrences([]) == ()
