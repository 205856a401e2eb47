from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import ingest
from dragoman.export import wording
from tests.fakes import TEXT, reading_of


@given(st.text(st.characters()))
def test_safe_text_is_one_printable_line(text: str) -> None:
    shown = wording.safe(text)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert not set("\n\r\x1b\u202e\u2066\u2028") & set(shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a \n\tb", "a b"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\u202eb\u2069", "a\\u202eb\\u2069"),
        ("\ud83d", "\\ud83d"),
        ("\U000e0041", "\\U000e0041"),
        ("می‌خواهد Zürich", "می‌خواهد Zürich"),
        ("[bold]x[/bold] :smile:", "[bold]x[/bold] :smile:"),
    ],
)
def test_safe(text: str, shown: str) -> None:
    assert wording.safe(text) == shown


def test_whose_word() -> None:
    reading = reading_of(ingest.document(TEXT))
    own, second_hand = reading.events
    assert wording.whose_event(reading, own) == "the report"
    assert wording.whose_event(reading, second_hand) == "Ana Rojas ← A clerk ← the report"
    outer, inner = reading.statements
    assert wording.on_whose_word(reading, wording.parents(reading, outer)) == "the report"
    assert wording.on_whose_word(reading, wording.parents(reading, inner)) == "A clerk ← the report"


def test_a_lost_statement_does_not_turn_a_claim_into_a_fact() -> None:
    reading = dataclasses.replace(reading_of(ingest.document(TEXT)), statements=())
    assert wording.whose_event(reading, reading.events[1]) == "? (s2) ← ? (s1) ← the report"


def test_statements_that_hold_each_other_end() -> None:
    reading = reading_of(ingest.document(TEXT))
    outer = dataclasses.replace(reading.statements[0], parent="s2")
    reading = dataclasses.replace(reading, statements=(outer, reading.statements[1]))
    assert len(wording.parents(reading, outer)) == 2
