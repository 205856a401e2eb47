"""Many small files into few, and what killed runs left behind out of the way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dragoman.archive import counts, delta, pairs, snapshot
from dragoman.archive.connection import connect
from dragoman.archive.layout import LEDGERS, TABLES, DataFile
from dragoman.archive.log import Commit, Log, following
from dragoman.archive.rewriting import rewrite, same
from dragoman.archive.snapshot import Snapshot

KEEP_HOURS: Final = 24
_SMALL: Final = 64 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Compacted:
    """Files before and after, batches that were left behind by killed runs, files deleted."""

    before: int
    after: int
    leftovers: int
    deleted: int


def compact(folder: Path, keep_hours: int = KEEP_HOURS) -> Compacted:
    """Rewrite small files, and those with superseded rows, into large ones, and count the
    events; every version reads as before. Files that no version needs are deleted once they are
    ``keep_hours`` old: readers and writers that began earlier may still be at them.
    """
    leftovers = _discard(folder)
    found = snapshot.take(folder)
    before = sum(map(len, found.files.values()))
    for name in TABLES:
        chosen = [one for one in found.files[name] if _worth(one, found)]
        if len(chosen) > 1 or any(one.batch in leftovers for one in chosen):
            rewrite(found, chosen, name, same)
    now = snapshot.take(folder)
    after = sum(map(len, now.files.values()))
    Log(folder).tidy()
    count(now)
    deleted = _clean(folder, keep_hours) + counts.clean(now, keep_hours, pairs.kept(now))
    return Compacted(before, after, len(leftovers), deleted)


def count(found: Snapshot) -> None:
    """Count the events of a version, unless that was done."""
    connection = connect(found, memory=None)
    try:
        pairs.write(found, connection)
        counts.write(found, connection)
    finally:
        connection.close()


def _discard(folder: Path) -> set[str]:
    """Batches that lie in the tables and were never committed. They are written off in the log
    first: a writer still about to commit one sees that and writes it again.
    """
    log = Log(folder)
    lying = {one.batch for name in TABLES for one in delta.files(folder / name) if one.batch}

    def line(lines: tuple[Commit, ...]) -> Commit | None:
        left = lying - {one.batch for one in lines}
        known = {batch for one in lines for batch in one.discards}
        if left <= known:
            return None
        return following(lines, "compaction", discards=tuple(sorted(left)))

    log.append(line)
    return lying - {one.batch for one in log.read()}


def _worth(file: DataFile, found: Snapshot) -> bool:
    if file.batch is not None or Path(file.path).stat().st_size < _SMALL:
        return True
    later = (one for one in found.commits if one.version > (file.version or 0))
    return not file.old and any(one.supersedes for one in later)


def _clean(folder: Path, keep_hours: int) -> int:
    deleted = 0
    for name in (*TABLES, *LEDGERS):
        gone = delta.open_table(folder / name).vacuum(
            retention_hours=keep_hours,
            dry_run=False,
            enforce_retention_duration=False,
            full=True,
        )
        deleted += len(gone)
    return deleted
