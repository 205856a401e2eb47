"""What an event is about: which words bring a context, and which leave it alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.events.contexts import context_lexicon, load
from dragoman.model import Event
from dragoman.ontologies import DataError, plover
from tests.support import events

BRINGS = [
    ("Chad attacked a hospital in Sudan.", "ASSAULT", "health"),
    ("Moldova accused the bank of bribery.", "ACCUSE", "corruption"),
    ("Peru arrested two smugglers on Monday.", "COERCE", "trafficking"),
    ("Malta accepted the asylum-seekers.", "AID", "asylum"),
    ("Oslo police arrested the women's rights activist.", "COERCE", "gender"),
    ("Kenya and Uganda held talks on the disputed border.", "CONSULT", "territory"),
    ("Students in Dhaka marched against job quotas and inequality.", "PROTEST", "inequality"),
    ("Mongolia condemned the coal companies over river pollution.", "ACCUSE", "environment"),
    ("Latvia expelled a diplomat for spying.", "SANCTION", "intelligence"),
    ("Uganda jailed two gay men on Friday.", "COERCE", "lgbt"),
    ("The army seized power and suspended the constitution.", "COERCE", "military"),
    ("Senegal sent peacekeepers to Gambia.", "AID", "peacekeeping"),
]
LEAVES = [
    ("Prisoners in Chile began a hunger strike.", "PROTEST", "human_security"),
    ("Kenya accused Uganda of theft, according to the health ministry.", "ACCUSE", "health"),
    ("The health ministry said that Chad had attacked Sudan.", "ASSAULT", "health"),
    ("A trade union in Spain praised the mayor.", "SUPPORT", "economic"),
    ("The Islamic Republic condemned the attack.", "ACCUSE", "religion_ethnicity"),
    ("Chad attacked Sudan days after Libya opened a hospital.", "ASSAULT", "health"),
    ("Fiji arrested a journalist and Tonga built a hospital.", "COERCE", "health"),
    ("Japan praised a study of artificial intelligence.", "SUPPORT", "intelligence"),
]


def one(text: str, type_: str) -> Event:
    found = events(text, type_)
    assert found, text
    return found[0]


@pytest.mark.parametrize(("text", "type_", "context"), BRINGS)
def test_words_near_an_event_bring_a_context(text: str, type_: str, context: str) -> None:
    assert context in one(text, type_).contexts


@pytest.mark.parametrize(("text", "type_", "context"), LEAVES)
def test_words_elsewhere_or_in_another_sense_do_not(text: str, type_: str, context: str) -> None:
    assert context not in one(text, type_).contexts


def test_the_triggers_contexts_stand_first() -> None:
    assert one("Chad shelled a Sudanese clinic.", "ASSAULT").contexts == ("military", "health")


def test_a_trace_names_the_words() -> None:
    event = one("Chad attacked a hospital and a clinic in Sudan.", "ASSAULT")
    rows = [row for row in event.trace if row.field == "contexts"]
    assert [row.rule for row in rows] == ["words:health"]
    assert rows[0].evidence is not None
    assert rows[0].evidence.quote == "hospital … clinic"


def test_a_participants_sector_brings_a_context() -> None:
    event = one("The Knesset condemned Iran.", "ACCUSE")
    rows = {row.rule for row in event.trace if row.field == "contexts"}
    assert "legislative" in event.contexts
    assert rows & {"words:legislative", "sector-LEG:legislative"}


@pytest.mark.parametrize("police", ["Israeli", "Palestinian", "Iranian", "French"])
def test_force_against_the_unarmed_is_repression_whoever_uses_it(police: str) -> None:
    event = one(f"{police} police beat demonstrators on Monday.", "ASSAULT")
    assert "repression" in event.contexts


def test_an_arrest_of_the_unarmed_for_a_crime_is_not() -> None:
    text = "Iranian police arrested two teachers over a bank robbery."
    assert "repression" not in one(text, "COERCE").contexts


def test_every_context_has_its_words() -> None:
    held = {context for contexts in context_lexicon().terms.values() for context in contexts}
    assert held == set(plover().contexts)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("contexts: {sport: {words: [ball]}}", "sport: no PLOVER context"),
        ("contexts: {health: {wards: [ball]}}", "no field is called"),
        ("contexts: {health: {words: [Ball]}}", "lower case"),
        ("contexts: {health: {words: [a b c d]}}", "more than 3 words"),
        ("contexts: {health: {parties: [{types: [AID]}]}}", "parties need"),
        (
            "contexts: {health: {parties: [{types: [X], actors: [], recipients: [], unless: []}]}}",
            r"no \['X'\]",
        ),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, data: str, message: str) -> None:
    path = tmp_path / "contexts.yaml"
    path.write_text(data)
    with pytest.raises(DataError, match=message):
        load(path)
