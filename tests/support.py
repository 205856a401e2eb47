"""What several tests need: readings of short texts, with one reader a process."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import dragoman
from dragoman.ingest import document
from dragoman.model import Event, Reading, Statement
from dragoman.pipeline import Reader


@lru_cache(maxsize=512)
def read(text: str, published: str | None = "2024-05-15") -> Reading:
    """The reading of a short text."""
    date = dt.date.fromisoformat(published) if published else None
    return dragoman.read(text, published=date)


@lru_cache(maxsize=512)
def read_by_rules(text: str) -> Reading:
    """The reading of a short text without the trained network."""
    return _rules().read(document(text, published=dt.date(2024, 5, 15)))


@lru_cache(maxsize=1)
def _rules() -> Reader:
    return Reader(encoder=False)


def events(text: str, type_: str | None = None) -> list[Event]:
    """The events of a short text, of one type if named."""
    return [e for e in read(text).events if type_ is None or e.type == type_]


def statement(text: str, cue: str) -> Statement:
    """The statement of a short text, read by the rules, whose cue contains the words."""
    found = [s for s in read_by_rules(text).statements if s.cue is not None and cue in s.cue.quote]
    assert found, f"no statement has the cue {cue!r}: {read(text).statements}"
    return found[0]


def names(reading: Reading, event: Event, role: str) -> list[str]:
    """The names of an event's initiators or recipients."""
    party = event.actors if role == "actors" else event.recipients
    return [p.name for p in party]
