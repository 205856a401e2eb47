"""The log of commits: the one place that says which batches an archive holds.

A batch's rows go into the tables first and its line into the log last, so that its documents
become visible together or not at all. A version of the archive is a line of the log; the lines up
to it are all that it takes to read that version, however the files were rewritten since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from dragoman.archive import delta
from dragoman.archive.layout import LEDGER_ROWS, TABLES, How, token
from dragoman.errors import DragomanError, problem

_NAME: Final = "commits"
_TIDY: Final = 64  # lines of the log that may lie in files of their own


@dataclass(frozen=True, slots=True)
class Superseded:
    """A reading that a later one took the place of: of a changed text, or by another coder."""

    reading: str
    batch: str
    how: How


@dataclass(frozen=True, slots=True)
class Commit:
    """A line of the log. ``counts`` has the batch's rows per table; ``discards`` names batches
    that were never committed and now never may be.
    """

    version: int
    at: dt.datetime
    kind: str
    batch: str | None = None
    run: str | None = None
    coder: str | None = None
    counts: tuple[int, ...] = ()
    supersedes: tuple[Superseded, ...] = ()
    discards: tuple[str, ...] = ()


class Log:
    """The log of the archive in a folder. Who keeps it reads each line once: a writer that commits
    often would otherwise read the longer, the more is there.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NAME
        self._table: DeltaTable | None = None
        self._files: frozenset[str] = frozenset()
        self._lines: tuple[Commit, ...] = ()

    def read(self) -> tuple[Commit, ...]:
        """All lines, oldest first."""
        return self._read()[1]

    def append(self, make: Callable[[tuple[Commit, ...]], Commit | None]) -> Commit | None:
        """Add the line that ``make`` gives for the lines so far; None adds nothing.

        Where another process commits in between, ``make`` is asked again with its line.
        """
        for attempt in range(500):
            table, lines = self._read()
            commit = make(lines)
            if commit is None:
                return None
            try:
                delta.append_first(table, self._path, f"{token()}.parquet", _to_rows([commit]))
            except delta.OvertakenError:
                delta.pause(attempt)
                continue
            return commit
        raise DragomanError(problem("DR209", table=_NAME))

    def tidy(self) -> None:
        """Put the lines into one file where they lie in many. Versions stay as they are."""
        table = delta.open_table(self._path)
        if len(table.file_uris()) > _TIDY:
            try:
                table.optimize.compact()
            except DeltaError:  # somebody wrote or tidied meanwhile; the next will
                return

    def _read(self) -> tuple[DeltaTable, tuple[Commit, ...]]:
        for attempt in range(20):
            table = self._table = delta.refreshed(self._path, self._table)
            try:
                self._follow(frozenset(table.file_uris()))
            except FileNotFoundError:  # tidied and cleaned between the two
                delta.pause(attempt)
                continue
            return table, self._lines
        raise DragomanError(problem("DR207", path=self._path))

    def _follow(self, files: frozenset[str]) -> None:
        """Take in the lines of files that are new; all, where the lines were put together anew."""
        before = self._lines if self._files <= files else ()
        new = files - self._files if before else files
        found = [line for path in new for line in _from_rows(pq.read_table(path))]
        found.sort(key=lambda line: line.version)
        if before and found and found[0].version < before[-1].version:
            before, found = (), sorted((*before, *found), key=lambda line: line.version)
        self._lines, self._files = (*before, *found), files


def following(lines: tuple[Commit, ...], kind: str, **values: Any) -> Commit:
    """The line after these, of this moment."""
    last = lines[-1] if lines else None
    now = dt.datetime.now(dt.UTC)
    return Commit(
        version=last.version + 1 if last else 1,
        at=max(now, last.at) if last else now,
        kind=kind,
        **values,
    )


def _to_rows(commits: Iterable[Commit]) -> pa.Table:
    rows = [
        {
            "version": commit.version,
            "at": commit.at,
            "kind": commit.kind,
            "batch": commit.batch,
            "run": commit.run,
            "coder": commit.coder,
            **dict(zip(TABLES, commit.counts or (0,) * len(TABLES), strict=True)),
            "supersedes": [
                {"reading": one.reading, "batch": one.batch, "how": one.how}
                for one in commit.supersedes
            ],
            "discards": list(commit.discards),
        }
        for commit in commits
    ]
    return pa.Table.from_pylist(rows, schema=LEDGER_ROWS["commits"])


def _from_rows(table: pa.Table) -> list[Commit]:
    return [
        Commit(
            version=row["version"],
            at=row["at"],
            kind=row["kind"],
            batch=row["batch"],
            run=row["run"],
            coder=row["coder"],
            counts=tuple(row[name] for name in TABLES),
            supersedes=tuple(Superseded(**one) for one in row["supersedes"] or ()),
            discards=tuple(row["discards"] or ()),
        )
        for row in table.to_pylist()
    ]
