"""A report out of an archive, in parts where it is long, so that a page stays small."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from dragoman.archive import Archive
from dragoman.errors import DragomanError, problem
from dragoman.model import Reading
from dragoman.schema.tables import TableName, from_tables

PART: Final = 12_000  # characters, about


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text, ``number`` (from 1) of ``count``: ``text[start:end]``."""

    number: int
    count: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """A part of a report with what was read in it. ``events`` and ``statements`` count those of the
    whole; ``numbers`` gives the place of each event of the part in the whole, from 1.
    """

    key: str
    reading: Reading
    part: Part
    numbers: dict[str, int]
    events: int
    statements: int
    revision: int = 1


def parts(text: str, size: int = PART) -> list[Part]:
    """The parts of a text: cut between paragraphs, between words where a paragraph is longer."""
    cuts = [0]
    while len(text) - cuts[-1] > size * 1.25:
        begin = cuts[-1]
        window = text[begin + size // 2 : begin + size]
        for mark in ("\n\n", "\n", ". ", " "):
            if (found := window.rfind(mark)) >= 0:
                cuts.append(begin + size // 2 + found + len(mark))
                break
        else:
            cuts.append(begin + size)
    bounds = [*cuts, len(text)]
    count = len(cuts)
    return [Part(n + 1, count, bounds[n], bounds[n + 1]) for n in range(count)]


def report_of(reading: Reading) -> Report:
    """A reading that no archive has, as a whole."""
    part = Part(1, 1, 0, len(reading.document.text))
    order = sorted(reading.events, key=lambda one: (one.trigger.start, one.trigger.end))
    numbers = {event.id: number for number, event in enumerate(order, 1)}
    return Report("", reading, part, numbers, len(numbers), len(reading.statements))


def load(
    archive: Archive,
    key: str,
    number: int | None = None,
    event: str | None = None,
    statement: str | None = None,
) -> Report:
    """The part of a report that is asked for by its number, or that has an event or a statement;
    else the first. Raises DragomanError where the archive shows no such reading.
    """
    documents = archive.ask("SELECT * FROM documents WHERE reading = ?", [key])
    if not documents.num_rows:
        raise DragomanError(problem("DR228", what="report"))
    text = documents["text"][0].as_py()
    every = parts(text)
    place = _order(archive, key)
    part = _part(archive, key, every, place, number, event, statement)
    tables: dict[TableName, pa.Table] = {"documents": _keyed(documents, "id")}
    held = [row["id"] for row in place if part.start <= row["start"] < part.end or part.count == 1]
    tables["events"] = _some(archive, "events", key, held, part)
    _add_rest(archive, key, part, tables)
    reading = from_tables(tables)[0]
    document = dataclasses.replace(reading.document, id=documents["id"][0].as_py())
    numbers = {row["id"]: n for n, row in enumerate(place, 1)}
    said = archive.ask("SELECT count(*) AS n FROM statements WHERE reading = ?", [key])
    return Report(
        key=key,
        reading=dataclasses.replace(reading, document=document),
        part=part,
        numbers={name: numbers[name] for name in held},
        events=len(place),
        statements=said["n"][0].as_py(),
        revision=documents["revision"][0].as_py(),
    )


def _order(archive: Archive, key: str) -> list[dict[str, Any]]:
    """The events of a report in reading order."""
    sql = (
        "SELECT id, trigger[1].start AS start FROM events WHERE reading = ? "
        "ORDER BY start, trigger[-1]['end'], position"
    )
    rows: list[dict[str, Any]] = archive.ask(sql, [key]).to_pylist()
    return rows


def _part(
    archive: Archive,
    key: str,
    every: list[Part],
    place: list[dict[str, Any]],
    number: int | None,
    event: str | None,
    statement: str | None,
) -> Part:
    start = next((row["start"] for row in place if row["id"] == event), None)
    if start is None and statement is not None:
        sql = "SELECT content[1].start AS start FROM statements WHERE reading = ? AND id = ?"
        found = archive.ask(sql, [key, statement])["start"].to_pylist()
        start = found[0] if found else None
    if start is not None:
        return next((part for part in every if part.start <= start < part.end), every[0])
    return every[min(max(number or 1, 1), len(every)) - 1]


def _add_rest(archive: Archive, key: str, part: Part, tables: dict[TableName, pa.Table]) -> None:
    """Statements, mentions and actors that the part's text shows or its events refer to."""
    if part.count == 1:
        for name in ("statements", "mentions", "actors"):
            tables[name] = _keyed(archive.ask(f"SELECT * FROM {name} WHERE reading = ?", [key]))
        return
    events = tables["events"].to_pylist()
    sql = (
        "SELECT id, parent, content[1].start < ? AND content[-1]['end'] > ? AS inside "
        "FROM statements WHERE reading = ?"
    )
    frame = {row["id"]: row for row in archive.ask(sql, [part.end, part.start, key]).to_pylist()}
    wanted = [name for name, row in frame.items() if row["inside"]]
    wanted += [name for row in events for name in row["according_to"]]
    tables["statements"] = _some(archive, "statements", key, _with_parents(wanted, frame), part)
    said = tables["statements"].to_pylist()
    beside = {row["place"] for row in events} | {row["source_mention"] for row in said}
    sql = (
        "SELECT * FROM mentions WHERE reading = ? AND "
        "(id IN (SELECT unnest(?)) OR (span[1].start < ? AND span[-1]['end'] > ?))"
    )
    values = [key, sorted(beside - {None}), part.end, part.start]
    tables["mentions"] = _keyed(archive.ask(sql, values))
    people = {row["actor"] for row in tables["mentions"].to_pylist()}
    people |= {row[name] for row in said for name in ("speaker", "addressee")}
    people |= {one["actor"] for row in events for one in [*row["actors"], *row["recipients"]]}
    tables["actors"] = _some(archive, "actors", key, people - {None}, part)


def _with_parents(wanted: Iterable[str], frame: dict[str, dict[str, Any]]) -> set[str]:
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name in frame and name not in found:
            found.add(name)
            if frame[name]["parent"]:
                waiting.append(frame[name]["parent"])
    return found


def _some(
    archive: Archive, name: TableName, key: str, identifiers: Iterable[str], part: Part
) -> pa.Table:
    if part.count == 1:
        return _keyed(archive.ask(f"SELECT * FROM {name} WHERE reading = ?", [key]))
    sql = f"SELECT * FROM {name} WHERE reading = ? AND id IN (SELECT unnest(?))"
    return _keyed(archive.ask(sql, [key, sorted(identifiers)]))


def _keyed(table: pa.Table, column: str = "document_id") -> pa.Table:
    """Two revisions of a document have one id: within these tables the reading's stands for it."""
    return table.set_column(table.column_names.index(column), column, table["reading"])
