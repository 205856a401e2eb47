"""Coded rows into an archive: the one way in, whatever engine made them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable

from dragoman.archive import delta, derive
from dragoman.archive.index import Index, content_of, reading_id
from dragoman.archive.layout import LEDGER_ROWS, TABLES, batch_name, token
from dragoman.archive.log import Commit, Log, Superseded, following
from dragoman.schema.tables import TableName


@dataclass(frozen=True, slots=True)
class Refused:
    """What did not get into the archive, or not whole: where it stood, and why."""

    origin: str
    number: str
    reason: str
    document_kept: bool = False


@dataclass(frozen=True, slots=True)
class Committed:
    """What became of coded rows: documents committed, already there, refused."""

    committed: int = 0
    unchanged: int = 0
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    row: int
    reading: str
    revision: int
    supersedes: Superseded | None


class _OvertakenError(Exception):
    """The batch cannot be committed as it was written."""


class Committer:
    """Writes coded batches for one run. Several may work on one archive at a time, in processes
    of their own: a document that two of them bring gets in once.
    """

    def __init__(self, folder: Path, run: str, *, recode: bool = False) -> None:
        self._folder = folder
        self._run = run
        self._recode = recode
        self._log = Log(folder)
        self._tables: dict[TableName, DeltaTable] = {}
        self.index = Index(folder)

    def commit(self, coded: pa.Table) -> Committed:
        """Commit the rows (``CODED``); their documents become visible together.

        Rows that say why a document could not be read go into ``rejected``. Raises DragomanError
        where other writers never give way.
        """
        failures = [row for row in coded.select(_TOLD).to_pylist() if row["failure"] is not None]
        refused = tuple(
            Refused(row["origin"] or row["id"], row["failure"], row["failure_reason"])
            for row in failures
        )
        self.refuse(refused)
        kept = coded.filter(pc.is_null(coded["failure"]))
        done = sum(self._commit(part) for part in _without_repeats(kept))
        return Committed(done, kept.num_rows - done, refused)

    def refuse(self, refused: tuple[Refused, ...]) -> None:
        """Write down what was not read."""
        if not refused:
            return
        rows = [
            {
                "run": self._run,
                "at": dt.datetime.now(dt.UTC),
                "origin": _parted(one.origin)[0],
                "place": _parted(one.origin)[1],
                "number": one.number,
                "reason": one.reason,
                "document_kept": one.document_kept,
            }
            for one in refused
        ]
        table = pa.Table.from_pylist(rows, schema=LEDGER_ROWS["rejected"])
        delta.append(self._folder / "rejected", f"{token()}.parquet", table)

    def _commit(self, coded: pa.Table) -> int:
        coded = coded.append_column("content", pa.array(_contents(coded), pa.string()))
        while True:
            self.index.follow(self._log.read())
            places = self._places(coded)
            if not places:
                return 0
            try:
                self._write(coded.take([place.row for place in places]), places)
            except _OvertakenError:
                continue
            return len(places)

    def _places(self, coded: pa.Table) -> list[_Place]:
        places = []
        rows = zip(*(coded[name].to_pylist() for name in ("id", "content", "coder")), strict=True)
        for row, (document, content, coder) in enumerate(rows):
            if not self.index.is_new(document, content, coder, recode=self._recode):
                continue
            known, revision, supersedes = self.index.get(document), 1, None
            if known is not None:
                revised = known.content != content
                revision = known.revision + revised
                how: Any = "revised" if revised else "recoded"
                supersedes = Superseded(known.reading, known.batch, how)
            reading = reading_id(document, revision, content, coder)
            places.append(_Place(row, reading, revision, supersedes))
        return places

    def _write(self, coded: pa.Table, places: list[_Place]) -> None:
        batch = token()
        readings = [place.reading for place in places]
        revisions = [place.revision for place in places]
        tables = derive.tables(coded, readings, revisions, self._run, batch)
        for name in TABLES:
            if tables[name].num_rows:
                path, held = self._folder / name, self._tables.get(name)
                self._tables[name] = delta.append(path, batch_name(batch), tables[name], held)
        mine = set(coded["id"].to_pylist())

        def line(lines: tuple[Commit, ...]) -> Commit:
            if any(batch in one.discards for one in lines) or self.index.follow(lines) & mine:
                raise _OvertakenError
            return following(
                lines,
                "batch",
                batch=batch,
                run=self._run,
                coder=coded["coder"][0].as_py(),
                counts=tuple(tables[name].num_rows for name in TABLES),
                supersedes=tuple(one.supersedes for one in places if one.supersedes),
            )

        commit = self._log.append(line)
        if commit is not None and commit.version % 64 == 0:
            self._log.tidy()


_TOLD = ["id", "origin", "failure", "failure_reason"]


def _contents(coded: pa.Table) -> list[str]:
    columns = (coded[name].to_pylist() for name in ("text", "published", "publisher"))
    return [content_of(*values) for values in zip(*columns, strict=True)]


def _without_repeats(coded: pa.Table) -> Iterator[pa.Table]:
    """The rows in parts that have each document once: a second text of an id is a revision."""
    rounds: list[list[int]] = []
    times: dict[str, int] = {}
    for row, identifier in enumerate(coded["id"].to_pylist()):
        turn = times.get(identifier, 0)
        times[identifier] = turn + 1
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(row)
    return (coded.take(rows) for rows in rounds)


def _parted(origin: str) -> tuple[str, str | None]:
    head, mark, tail = origin.rpartition(":")
    return (head, tail) if mark and tail.isdecimal() else (origin, None)
