"""``examples.yaml`` of a folder: sentences with the events that must and must not be read in them.

An expectation binds only the fields it gives; each expected event needs a found one of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from dragoman.model import STATUSES, QuadClass
from dragoman.ontologies.own.marks import Entry, Faults, Marked
from dragoman.ontologies.types import Plover

EVENT_FIELDS: Final = (
    "type", "mode", "contexts", "cameo", "quad", "trigger", "actors", "recipients", "status",
)  # fmt: skip
_FIELDS: Final = ("text", "published", "expect", "absent", "why")
_LISTS: Final = ("contexts", "actors", "recipients")

Wanted = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the events it must give (``expect``) and must not give (``absent``)."""

    file: str
    line: int
    text: str
    published: dt.date | None
    expect: tuple[Wanted, ...]
    absent: tuple[Wanted, ...]


def read_examples(faults: Faults, path: Path, plover: Plover) -> tuple[Example, ...]:
    """The examples of a file; what is wrong with them is told."""
    root = faults.read(path)
    if root is None:
        return ()
    if not isinstance(root.value, list):
        faults.add(path, root.line, "", "DR096", field="the file", value=type(root.value).__name__,
                   wanted="a list of examples")  # fmt: skip
        return ()
    found = []
    for marked in root.value:
        if not isinstance(marked.value, dict):
            faults.add(path, marked.line, "", "DR096", field="an example", value=marked.plain(),
                       wanted="a mapping with text and expect")  # fmt: skip
            continue
        found.append(_example(Entry(faults, path, "", marked), plover))
    return tuple(found)


def _example(entry: Entry, plover: Plover) -> Example:
    entry.fields(_FIELDS)
    entry.needs("text", "the sentence")
    if not entry.has("expect") and not entry.has("absent"):
        entry.needs("expect", "a list of events, or [] for none")
    published = entry.plain("published")
    if published is not None and not isinstance(published, dt.date):
        entry.wrong("published", "a date, YYYY-MM-DD")
        published = None
    return Example(
        file=entry.faults.name(entry.path),
        line=entry.marked.line,
        text=entry.word("text") or "",
        published=published,
        expect=_events(entry, "expect", plover),
        absent=_events(entry, "absent", plover),
    )


def _events(entry: Entry, field: str, plover: Plover) -> tuple[Wanted, ...]:
    held: Marked | None = entry.marked.value.get(field)
    if held is None:
        return ()
    if not isinstance(held.value, list):
        entry.wrong(field, "a list of events")
        return ()
    found = []
    for marked in held.value:
        if not isinstance(marked.value, dict):
            entry.wrong(field, "a list of events, such as {type: PROTEST}")
            continue
        row = Entry(entry.faults, entry.path, field, marked)
        _check(row, plover)
        found.append(marked.plain())
    return tuple(found)


def _check(row: Entry, plover: Plover) -> None:
    row.fields(EVENT_FIELDS)
    for name in EVENT_FIELDS:
        if name in _LISTS:
            row.words(name)
        elif name != "quad":
            row.word(name)
    type_, mode = row.plain("type"), row.plain("mode")
    if isinstance(type_, str):
        fits = row.known("type", type_, "type", plover.types)
        if fits and isinstance(mode, str):
            row.known("mode", mode, f"mode of {type_}", plover.modes(type_))
    if row.has("quad") and row.plain("quad") not in get_args(QuadClass):
        row.wrong("quad", "a number from 0 to 4")
    if row.has("status") and row.plain("status") not in STATUSES:
        row.wrong("status", f"one of {', '.join(STATUSES)}")
