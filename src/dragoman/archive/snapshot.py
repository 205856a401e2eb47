"""What a version of an archive consists of: committed batches, superseded readings, files."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dragoman.archive import delta
from dragoman.archive.layout import TABLES, DataFile
from dragoman.archive.log import Commit, Log, Superseded
from dragoman.errors import DragomanError, problem
from dragoman.schema.tables import TableName

Revisions = Literal["newest", "all"]


@dataclass(frozen=True, slots=True)
class Part:
    """Files of a table to be read alike: ``committed`` keeps rows of committed batches only,
    ``current`` drops rows of superseded readings.
    """

    files: tuple[str, ...]
    committed: bool
    current: bool


@dataclass(frozen=True)
class Snapshot:
    """A version: its number (0: nothing was committed yet), its lines of the log, its files."""

    folder: Path
    version: int
    at: dt.datetime | None
    commits: tuple[Commit, ...]
    batches: frozenset[str]
    files: Mapping[TableName, tuple[DataFile, ...]]

    def superseded(self, revisions: Revisions) -> tuple[Superseded, ...]:
        """Readings not to be shown: all that a later one replaced, or, with all revisions, those
        that another coder read again.
        """
        found = [one for commit in self.commits for one in commit.supersedes]
        return tuple(one for one in found if revisions == "newest" or one.how == "recoded")

    def parts(self, table: TableName, revisions: Revisions) -> tuple[Part, ...]:
        """How the files of a table are to be read at this version, none of them twice."""
        chosen: dict[tuple[bool, bool], list[str]] = {}
        gone = self.superseded(revisions)
        touched = Counter(one.batch for one in gone)
        documents = {commit.batch: commit.counts[0] for commit in self.commits if commit.batch}
        for found in self.files[table]:
            if found.batch is not None:
                if (
                    found.batch not in self.batches
                    or touched[found.batch] == documents[found.batch]
                ):
                    continue
                key = (False, found.batch in touched)
            elif found.version is not None and found.version > self.version:
                key = (True, bool(gone))
            elif found.old:
                if revisions == "newest":
                    continue
                key = (False, bool(gone))
            else:
                key = (False, self._superseded_after(found.version or 0, revisions))
            chosen.setdefault(key, []).append(found.path)
        return tuple(Part(tuple(sorted(paths)), *key) for key, paths in sorted(chosen.items()))

    def _superseded_after(self, version: int, revisions: Revisions) -> bool:
        later = (commit for commit in self.commits if commit.version > version)
        return any(
            revisions == "newest" or one.how == "recoded"
            for commit in later
            for one in commit.supersedes
        )


def take(folder: Path, version: int | None = None, as_of: dt.datetime | None = None) -> Snapshot:
    """The newest version, that of a number, or the last one not later than a moment.

    Raises DragomanError where there is none.
    """
    lines = Log(folder).read()
    kept = _up_to(lines, version, as_of)
    # The files after the log: they then hold all that it lists, and perhaps more.
    files = {name: tuple(delta.files(folder / name)) for name in TABLES}
    last = kept[-1] if kept else None
    return Snapshot(
        folder=folder,
        version=last.version if last else 0,
        at=last.at if last else None,
        commits=kept,
        batches=frozenset(commit.batch for commit in kept if commit.batch),
        files=files,
    )


def _up_to(
    lines: tuple[Commit, ...], version: int | None, as_of: dt.datetime | None
) -> tuple[Commit, ...]:
    newest = lines[-1].version if lines else 0
    if version is not None and not 0 <= version <= newest:
        raise DragomanError(problem("DR202", version=version, newest=newest))
    if as_of is not None and not _until(lines, as_of):
        first = lines[0].at.isoformat(timespec="seconds") if lines else "none"
        raise DragomanError(problem("DR203", moment=as_of.isoformat(), first=first))
    kept = lines if version is None else tuple(one for one in lines if one.version <= version)
    return kept if as_of is None else _until(kept, as_of)


def _until(lines: Iterable[Commit], moment: dt.datetime) -> tuple[Commit, ...]:
    return tuple(commit for commit in lines if commit.at <= moment)
