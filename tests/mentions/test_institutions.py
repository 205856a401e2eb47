"""Institutions of every state resolve by the state's name and by its adjective."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import pytest

from dragoman import mentions
from dragoman.ingest import document
from dragoman.language.parser import Parser
from dragoman.register import Entry, default_register

INSTITUTIONS = {
    "foreign ministry": "GOV",
    "parliament": "LEG",
    "army": "MIL",
    "Supreme Court": "JUD",
    "police": "COP",
}
# The adjective alone does not tell the state: "Congolese", "Dominican", "Korean".
AMBIGUOUS = {"Congolese", "Dominican", "Korean"}

register = default_register()
STATES = [entry for entry in register.entries if entry.kind == "state"]


def wordings(state: Entry) -> Iterator[tuple[str, str]]:
    """Each institution's phrase with its sector."""
    adjectives = [a.text for a in register.aliases if a.entry == state.id and a.form == "adjective"]
    for words, sector in INSTITUTIONS.items():
        yield f"The {words} of {state.name}", sector
        if " and " not in state.name and " of " not in state.name:
            # "Antigua and Barbuda's army": the parser takes it for Antigua, and an army.
            yield f"{state.name}'s {words}", sector
        for adjective in adjectives:
            if adjective not in AMBIGUOUS:
                yield f"The {adjective} {words}", sector


@pytest.fixture(scope="module")
def misread() -> dict[str, list[str]]:
    """By state, the phrases whose mention is not a part of that state of that sector."""
    cases = [(state, *row) for state in STATES for row in wordings(state)]
    documents = [
        document(f"{phrase} criticised the decision on Tuesday.", published=dt.date(2024, 5, 5))
        for _, phrase, _ in cases
    ]
    found: dict[str, list[str]] = defaultdict(list)
    for (state, phrase, sector), analysis in zip(
        cases, Parser().parse_many(documents), strict=True
    ):
        read = mentions.find(analysis, register)
        actors = read.actors
        wanted = [
            actor
            for mention in read.mentions
            if mention.kind == "actor" and mention.span.start < len(phrase)
            and (actor := actors.get(mention.actor or "")) is not None
            and (actor.country, actor.sector) == (state.country, sector)
        ]  # fmt: skip
        if not wanted:
            found[state.id].append(phrase)
    return found


def test_every_state_has_an_adjective() -> None:
    known = {alias.entry for alias in register.aliases if alias.form == "adjective"}
    assert [state.id for state in STATES if state.id not in known] == []


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.id)
def test_institutions_resolve(state: Entry, misread: dict[str, list[str]]) -> None:
    assert misread.get(state.id, []) == []
