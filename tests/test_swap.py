"""No rule leans to a side: two parties exchanged, the same acts with the roles exchanged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pytest

import dragoman
from dragoman.model import Participant, Reading
from dragoman.register import default_register
from tests import casekit
from tests.test_cases_wellformed import exchanged, forms

SWAPPED = [case for case in casekit.load(casekit.CASES) if case.swap]
KNOWN = casekit.known_failures("swaps")

Key = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def country(party: str) -> str:
    """The ISO code of a party. Raises LookupError when the register has no state of that name."""
    for entry in default_register().lookup(party):
        if entry.kind == "state" and entry.country:
            return entry.country
    raise LookupError(f"the register has no state called {party!r}")


def keys(reading: Reading, codes: tuple[str, str], exchange: bool) -> Counter[Key]:
    """Each event as type, status, initiators and recipients, for comparison."""
    return Counter(
        (
            event.type,
            event.status,
            sides(event.actors, reading, codes, exchange),
            sides(event.recipients, reading, codes, exchange),
        )
        for event in reading.events
    )


def sides(
    participants: Sequence[Participant],
    reading: Reading,
    codes: tuple[str, str],
    exchange: bool,
) -> tuple[str, ...]:
    """The sides the participants belong to: the code of a party's country, or "other".

    Whoever the text calls by a name of their own (a person, a territory) keeps it in both texts and
    so stays on one side; such a participant is "other".
    """
    other = dict(zip(codes, reversed(codes), strict=True)) if exchange else {}
    found: list[str] = []
    for participant in participants:
        actor = reading.actor(participant.actor)
        code = actor.country if actor else None
        named = actor is not None and is_named(actor.name, reading.document.text)
        found.append(other.get(code, code) if code in codes and not named else "other")
    return tuple(sorted(found))


def is_named(name: str, text: str) -> bool:
    """Whether the text has a part of this name that is no wording of a party."""
    parties = {word for wordings in forms().values() for form in wordings for word in form.split()}
    own = {word for word in name.split() if word[0].isupper()} - parties
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in own)


@pytest.mark.parametrize("case", casekit.parameters(SWAPPED, KNOWN))
def test_exchanged_parties_are_read_alike(case: casekit.Case) -> None:
    assert case.swap is not None
    left, right = case.swap
    codes = country(left), country(right)
    ours = dragoman.read(case.text, published=case.published)
    theirs = dragoman.read(exchanged(case.text, left, right), published=case.published)
    assert keys(ours, codes, exchange=True) == keys(theirs, codes, exchange=False)


def test_known_failures_name_cases() -> None:
    assert KNOWN.keys() <= {case.id for case in SWAPPED}
