"""Counts of events, made once a compaction and kept beside the tables: see ``grains``.

A file of counts is of one version, which its name tells. At a later version what came since is
counted anew and added, what was superseded since is taken off: the rows are then those that would
be counted at that version. At an earlier one, or after a migration, the file is not used.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.archive.grains import COLUMNS, GRAINS, SCHEMA, TABLE, Grain
from dragoman.archive.layout import TABLES, token
from dragoman.archive.snapshot import Revisions, Snapshot

FOLDER: Final = "counts"
_KIND: Final = "events"
_NAME: Final = re.compile(r"(\w+)-(\d+)-\w+\.parquet$")
_EVENTS: Final = TABLES.index("events")
_GROUP: Final = 61_440  # rows of a part of a file
_RUN: Final = 1_000_000  # events sorted at once, where there is a row for each


@dataclass(frozen=True, slots=True)
class Counted:
    """A file of counts, and what happened between its version and the one that is asked:
    ``batches`` that came, ``gone`` readings that were superseded, in the files to look for them.
    """

    path: Path
    batches: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def files(folder: Path, kind: str) -> dict[int, Path]:
    """The files of counts of a kind by their versions."""
    named = ((path, _NAME.search(path.name)) for path in sorted((folder / FOLDER).glob("*")))
    return {int(name[2]): path for path, name in named if name and name[1] == kind}


def kept(found: Snapshot, revisions: Revisions = "newest") -> Counted | None:
    """The counts to be used at a version, if there are any."""
    if revisions != "newest":
        return None
    changed = max((one.version for one in found.commits if one.kind == "migration"), default=0)
    held = files(found.folder, _KIND)
    fitting = [version for version in held if changed <= version <= found.version]
    if not fitting:
        return None
    counted = _since(found, max(fitting), held[max(fitting)])
    new, every = (
        sum(one.counts[_EVENTS] for one in found.commits if one.batch and one.version > version)
        for version in (max(fitting), 0)
    )
    return counted if 2 * new <= every else None


def _since(found: Snapshot, version: int, path: Path) -> Counted:
    later = [one for one in found.commits if one.version > version]
    batches = {one.batch for one in later if one.batch}
    before = {s.reading for one in found.commits if one.version <= version for s in one.supersedes}
    gone = {s.reading: s.batch for one in later for s in one.supersedes if s.reading not in before}
    held = found.files["events"]
    newer = [one.path for one in held if one.batch is None and (one.version or 0) > version]
    whole = [one.path for one in held if one.batch is None]
    of = {batch for batch in gone.values() if batch not in batches}
    old = [one.path for one in held if one.batch in of]
    return Counted(
        path=path,
        batches=tuple(sorted(batches)),
        added=(*(one.path for one in held if one.batch in batches), *newer) if batches else (),
        gone=tuple(sorted(gone)) if of else (),
        removed=(*old, *whole) if of else (),
    )


def create(connection: duckdb.DuckDBPyConnection, counted: Counted) -> list[str]:
    """Give the connection the view ``event_counts``; the files that it reads. The connection has
    the tables ``_committed`` and ``_superseded`` of the version.
    """
    body = f"SELECT * FROM read_parquet({_paths([str(counted.path)])})"
    _table(connection, "_since", "batch", counted.batches)
    if counted.added:
        sql = (
            f"SELECT * FROM read_parquet({_paths(counted.added)}) "
            "WHERE batch IN (SELECT batch FROM _since) "
            "AND reading NOT IN (SELECT reading FROM _superseded)"
        )
        connection.execute(f"CREATE VIEW _added AS {sql}")
        body += "".join(f" UNION ALL {grain.sql('_added')}" for grain in GRAINS)
    if counted.removed:
        _table(connection, "_gone", "reading", counted.gone)
        sql = (
            f"SELECT * FROM read_parquet({_paths(counted.removed)}) "
            "WHERE reading IN (SELECT reading FROM _gone) "
            "AND batch IN (SELECT batch FROM _committed) "
            "AND batch NOT IN (SELECT batch FROM _since)"
        )
        connection.execute(f"CREATE VIEW _removed AS {sql}")
        body += "".join(f" UNION ALL {grain.sql('_removed', -1)}" for grain in GRAINS)
        names = ", ".join(["grain", "about", *COLUMNS])
        body = (
            f"SELECT {names}, sum(n)::BIGINT AS n FROM ({body}) GROUP BY {names} HAVING sum(n) <> 0"
        )
    connection.execute(f"CREATE VIEW {TABLE} AS {body}")
    return [str(counted.path), *counted.added, *counted.removed]


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, column: str, values: tuple[str, ...]
) -> None:
    held = pa.table({column: pa.array(values, pa.string())})
    connection.register(f"{name}_rows", held)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_rows")
    connection.unregister(f"{name}_rows")


def _paths(paths: tuple[str, ...] | list[str]) -> str:
    return "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in paths) + "]"


def write(found: Snapshot, connection: duckdb.DuckDBPyConnection) -> Path | None:
    """Count the events of the version that the connection shows; the new file, if one was
    needed.
    """
    current = kept(found)
    if current is not None and not (current.batches or current.gone):
        return None
    folder = found.folder / FOLDER
    folder.mkdir(exist_ok=True)
    target = folder / f"{_KIND}-{found.version}-{token()}.parquet"
    partial = target.with_suffix(".partial")
    with pq.ParquetWriter(partial, SCHEMA, compression="zstd") as writer:
        for grain in GRAINS:
            for rows in _counted(grain, connection):
                writer.write_table(rows.cast(SCHEMA), row_group_size=_GROUP)
    partial.replace(target)
    return target


def _counted(grain: Grain, connection: duckdb.DuckDBPyConnection) -> Iterator[pa.Table]:
    """The rows of a grain; where there is one for each event, in several runs, each sorted."""
    if grain.summed:
        sql = f"SELECT * FROM ({grain.sql('events')}) ORDER BY {grain.order}"
        for batch in connection.execute(sql).to_arrow_reader(16 * _GROUP):
            yield pa.Table.from_batches([batch])
        return
    with duckdb.connect(":memory:") as beside:
        reader = connection.execute(f"SELECT {_NEEDED} FROM events").to_arrow_reader(_RUN)
        for batch in reader:
            beside.register("run", pa.Table.from_batches([batch]))
            sql = f"SELECT * FROM ({grain.sql('run')}) ORDER BY {grain.order}"
            yield beside.execute(sql).to_arrow_table()
            beside.unregister("run")


_NEEDED: Final = ", ".join([*(name for name in COLUMNS if name not in
                              ("undated", "speaker", "outlet")), "day"])  # fmt: skip


def clean(found: Snapshot, keep_hours: int, *current: Path | None) -> int:
    """Delete files of other versions than the current ones, and what killed runs left, once they
    are so old.
    """
    counted, gone = kept(found), 0
    wanted = {*current, counted.path if counted else None}
    folder = found.folder / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        if path not in wanted and time.time() - path.stat().st_mtime >= keep_hours * 3600:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def flaws(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Where the counts that the connection has differ from those of its events."""
    names = ", ".join(["about", *COLUMNS])
    for grain in GRAINS:
        # A sum of hashes: the rows themselves may be more than fit into memory.
        sums = [
            connection.execute(
                f"SELECT coalesce(sum(n), 0), coalesce(sum(hash({names})::HUGEINT * n), 0) "
                f"FROM ({relation})"
            ).fetchone()
            for relation in (
                f"SELECT * FROM {TABLE} WHERE grain = '{grain.name}'",
                grain.sql("events"),
            )
        ]
        if sums[0] != sums[1]:
            yield f"by {grain.name}: not as many as there are events"
