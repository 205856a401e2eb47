"""When an event took place, and how that is known."""

from __future__ import annotations

import datetime as dt

import pytest

import dragoman
from dragoman.model import Event

THURSDAY = dt.date(2025, 6, 12)


def events(text: str, published: dt.date | None = THURSDAY) -> dict[str, Event]:
    return {e.trigger.quote: e for e in dragoman.read(text, published=published).events}


def rule(event: Event) -> str:
    return next(row.rule for row in event.trace if row.field == "time")


@pytest.mark.parametrize(
    ("text", "trigger", "value", "by"),
    [
        ("Sudan attacked Chad on Monday.", "attacked", "2025-06-09", "own-clause"),
        ("Police fired tear gas at students who were marching in Seoul on Friday.",
         "fired tear gas at", "2025-06-06", "simultaneous-clause"),
        ("Sudan banned imports of wheat from Chad on Monday.", "banned imports", "2025-06-09",
         "own-clause"),
        ("Sudan attacked Chad on 14 Muharram 1445.", "attacked", "2023-08-01", "own-clause"),
        ("Sudan attacked Chad two days after the vote.", "attacked", "XXXX-XX-XX", "relative"),
        ("Sudan attacked Chad.", "attacked", "2025-06-12", "publication-date"),
    ],
)  # fmt: skip
def test_the_anchor_is_said(text: str, trigger: str, value: str, by: str) -> None:
    event = events(text)[trigger]
    assert event.time is not None
    assert (event.time.value, rule(event)) == (value, by)


def test_undated_events_happened_by_the_day_of_publication() -> None:
    time = events("Sudan attacked Chad.")["attacked"].time
    assert time is not None
    assert (time.first, time.last) == (None, THURSDAY)


def test_a_scene_gives_its_day_as_the_earliest() -> None:
    found = events("Rebels took the town on Tuesday. They burned two houses and shot a teacher.")
    for trigger in ("burned", "shot"):
        time = found[trigger].time
        assert time is not None and time.rule == "scene"
        assert (time.first, time.last) == (dt.date(2025, 6, 10), THURSDAY)


def test_a_new_subject_opens_a_scene_of_its_own() -> None:
    found = events("Rebels took the town on Tuesday. Police shot a teacher.")
    assert rule(found["shot"]) == "publication-date"


def test_without_a_publication_date_the_trace_says_so() -> None:
    event = events("Sudan attacked Chad.", None)["attacked"]
    assert event.time is None
    assert rule(event) == "none:no-publication-date"


def test_what_lies_ahead_has_no_day_of_publication() -> None:
    event = events("Sudan will attack Chad.")["attack"]
    assert event.time is None
    assert rule(event) == "none:not-yet"
