"""Whether an archive is what it says: digests, offsets, references, counts, no row twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import duckdb

from dragoman.archive import counts, pairs
from dragoman.archive.connection import connect, run
from dragoman.archive.grains import TABLE
from dragoman.archive.layout import TABLES
from dragoman.archive.loading import AT_ONCE, load_ids
from dragoman.archive.snapshot import Snapshot
from dragoman.model import Event, Fragment, Reading
from dragoman.schema.coded import digest


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong: in which table, at which reading or batch, and what."""

    table: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.table}: {self.where}: {self.what}"


def verify(found: Snapshot) -> Iterator[Flaw]:
    """The flaws of a version, superseded readings included, as they are found."""
    connection = connect(found, "all")
    try:
        yield from _twice(connection)
        yield from _dangling(connection)
        yield from _counts(connection, found)
        yield from _readings(connection)
    finally:
        connection.close()
    yield from _counted(found)


def _counted(found: Snapshot) -> Iterator[Flaw]:
    path, counted = pairs.kept(found), counts.kept(found)
    connection = connect(found, memory=None)
    try:
        for what in pairs.flaws(connection, path) if path else ():
            yield Flaw(pairs.VIEW, path.name if path else "", what)
        for what in counts.flaws(connection) if counted else ():
            yield Flaw(TABLE, counted.path.name if counted else "", what)
    finally:
        connection.close()


def _twice(connection: duckdb.DuckDBPyConnection) -> Iterator[Flaw]:
    for name in TABLES:
        key = "reading" if name == "documents" else "reading, position"
        sql = f"SELECT {key}, count(*) AS n FROM {name} GROUP BY {key} HAVING n > 1"
        for row in _rows(connection, sql):
            place = f", position {row['position']}" if "position" in row else ""
            yield Flaw(name, f"reading {row['reading']}{place}", f"{row['n']} rows instead of one")


def _dangling(connection: duckdb.DuckDBPyConnection) -> Iterator[Flaw]:
    for name in TABLES[1:]:
        sql = f"SELECT DISTINCT reading FROM {name} ANTI JOIN documents USING (reading)"
        for row in _rows(connection, sql):
            yield Flaw(name, f"reading {row['reading']}", "no document has this reading")


def _counts(connection: duckdb.DuckDBPyConnection, found: Snapshot) -> Iterator[Flaw]:
    hidden = {one.batch for one in found.superseded("all")}
    for place, name in enumerate(TABLES):
        sql = f"SELECT batch, count(*) AS n FROM {name} GROUP BY batch"
        held = {row["batch"]: row["n"] for row in _rows(connection, sql)}
        for commit in found.commits:
            # The rows of readings that were recoded are not among those shown.
            if commit.batch is None or commit.batch in hidden:
                continue
            there, told = held.get(commit.batch, 0), commit.counts[place]
            if there != told:
                yield Flaw(name, f"batch {commit.batch}", f"{there} rows, {told} were committed")


def _readings(connection: duckdb.DuckDBPyConnection) -> Iterator[Flaw]:
    sums = _rows(connection, "SELECT reading, checksum FROM documents ORDER BY reading")
    for start in range(0, len(sums), AT_ONCE):
        part = {row["reading"]: row["checksum"] for row in sums[start : start + AT_ONCE]}
        for key, reading in load_ids(connection, list(part)).items():
            where = f"reading {key} of document {reading.document.id}"
            if digest(reading) != part[key]:
                yield Flaw("documents", where, "what was read is not what was committed")
            for table, what in (*_offsets(reading), *_references(reading)):
                yield Flaw(table, where, what)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run(connection, sql, timeout=None).to_pylist()
    return found


def _offsets(reading: Reading) -> Iterator[tuple[str, str]]:
    text = reading.document.text
    for table in ("mentions", "statements", "events"):
        for record in getattr(reading, table):
            for part in _fragments(record):
                if text[part.start : part.end] != part.quote:
                    told = f"{record.id}: {part.start}–{part.end} of the text is not its quote"
                    yield table, told


def _fragments(value: object) -> Iterator[Fragment]:
    if isinstance(value, Fragment):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _fragments(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _fragments(getattr(value, field.name))


def _references(reading: Reading) -> Iterator[tuple[str, str]]:
    known = {
        "actor": {one.id for one in reading.actors},
        "mention": {one.id for one in reading.mentions},
        "statement": {one.id for one in reading.statements},
    }

    def missing(
        table: str, record: str, kind: str, ids: Iterable[str | None]
    ) -> Iterator[tuple[str, str]]:
        for identifier in ids:
            if identifier is not None and identifier not in known[kind]:
                yield table, f"{record}: no {kind} is called {identifier}"

    for mention in reading.mentions:
        yield from missing("mentions", mention.id, "actor", [mention.actor])
        yield from missing("mentions", mention.id, "mention", [mention.antecedent])
        yield from missing("mentions", mention.id, "statement", mention.used_by)
    for said in reading.statements:
        yield from missing("statements", said.id, "actor", [said.speaker, said.addressee])
        yield from missing("statements", said.id, "mention", [said.source_mention])
        yield from missing("statements", said.id, "statement", [said.parent])
    for event in reading.events:
        for kind, ids in _of_event(event):
            yield from missing("events", event.id, kind, ids)


def _of_event(event: Event) -> Iterator[tuple[str, list[str | None]]]:
    sides = (*event.actors, *event.recipients)
    yield "actor", [one.actor for one in sides]
    yield "mention", [event.place, event.time.mention if event.time else None]
    yield "mention", [one.mention for one in sides]
    yield "statement", list(event.according_to)
