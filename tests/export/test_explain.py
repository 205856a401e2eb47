from __future__ import annotations

import dataclasses
from typing import get_args

import pytest

from dragoman import ingest
from dragoman.export.explain import explain, sentence
from dragoman.model import Status
from tests.fakes import TEXT, reading_of


def test_a_claim_is_told_as_a_claim() -> None:
    reading = reading_of(ingest.document(TEXT, publisher="Wire"))
    assert sentence(reading, reading.events[1]) == (
        "The report (Wire) says that A clerk said (“said”) that Ana Rojas said (“claimed”) that "
        "an ASSAULT by soldiers took place."
    )


def test_the_reports_own_voice_is_named() -> None:
    reading = reading_of(ingest.document(TEXT))
    assert sentence(reading, reading.events[0]) == (
        "The report says in its own voice that a CONSULT (visit) between Peru and Chile took "
        "place, time: 2024-03-04, place: Lima, PER."
    )


@pytest.mark.parametrize("status", [status for status in get_args(Status) if status != "asserted"])
def test_nothing_but_an_assertion_took_place(status: Status) -> None:
    reading = reading_of(ingest.document(TEXT))
    event = dataclasses.replace(reading.events[1], status=status)
    assert "by soldiers took place" not in sentence(reading, event)


def test_trace_chain_and_unresolved_are_shown_with_their_words() -> None:
    reading = reading_of(ingest.document(TEXT))
    start = TEXT.index("fired at")
    told = explain(reading, reading.events[1])
    assert f"type: assault.fire, “fired at” ({start}–{start + 8})" in told
    assert "unresolved: whose is not said" in told
    assert "Ana Rojas ← A clerk ← the report" in told
    assert "“soldiers fired at a ferry”" in told
    assert told.endswith("\n")
