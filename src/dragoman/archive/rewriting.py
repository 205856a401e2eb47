"""Files of an archive written anew: fewer of them, without leftovers, or in another schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake.transaction import AddAction

from dragoman.archive import delta
from dragoman.archive.layout import ROWS, TABLES, DataFile, compacted_name
from dragoman.archive.snapshot import Snapshot
from dragoman.schema.tables import TableName

_ROWS_A_FILE: Final = 2_000_000
_ROWS_AT_ONCE: Final = 122_880
_BYTES_AT_ONCE: Final = 256 << 20

Change = Callable[[TableName, pa.Table], pa.Table]


def rewrite(found: Snapshot, chosen: Iterable[DataFile], name: TableName, change: Change) -> bool:
    """Put new files in the place of the chosen ones of a table: live rows apart from superseded
    ones, rows that were never committed in none. False where another process did so meanwhile.

    ``change`` gets and gives a part of the rows. Within a part of a file (a row group) events are
    put in order of who did them, so that a question about one actor opens little of each.
    """
    path = found.folder / name
    files = list(chosen)
    gone = pa.array([one.reading for one in found.superseded("newest")], pa.string())
    actions: list[AddAction] = []
    for old in (False, True):
        parts = gathered(_parts(files, found, gone, old), name)
        changed = (change(name, part) for part in parts)
        actions += _write(path, changed, ROWS[name], compacted_name, found.version, old)
    if delta.replace(path, files, actions, ROWS[name]):
        return True
    for action in actions:
        (path / action.path).unlink(missing_ok=True)
    return False


def _parts(files: list[DataFile], found: Snapshot, gone: pa.Array, old: bool) -> Iterator[pa.Table]:
    committed = pa.array(sorted(found.batches), pa.string())
    for file in files:
        with pq.ParquetFile(file.path) as opened:
            for batch in opened.iter_batches(_ROWS_AT_ONCE):
                table = pa.Table.from_batches([batch])
                table = table.filter(pc.is_in(table["batch"], committed))
                superseded = pc.is_in(table["reading"], gone)
                table = table.filter(superseded if old else pc.invert(superseded))
                if table.num_rows:
                    yield table


def gathered(parts: Iterable[pa.Table], name: TableName) -> Iterator[pa.Table]:
    """The rows in as few parts as fit into memory: each becomes a row group."""
    held: list[pa.Table] = []
    for part in parts:
        held.append(part)
        rows, size = sum(one.num_rows for one in held), sum(one.nbytes for one in held)
        if rows >= _ROWS_AT_ONCE or size >= _BYTES_AT_ONCE:
            yield _ordered(held, name)
            held = []
    if held:
        yield _ordered(held, name)


def _ordered(parts: list[pa.Table], name: TableName) -> pa.Table:
    table = pa.concat_tables(parts)
    if name != "events":
        return table
    keys = [("initiator", "ascending"), ("earliest", "ascending")]
    return table.take(pc.sort_indices(table, keys))


def _write(
    path: Path,
    parts: Iterable[pa.Table],
    schema: pa.Schema,
    name: Callable[..., str],
    version: int,
    old: bool,
) -> list[AddAction]:
    actions: list[AddAction] = []
    writer: pq.ParquetWriter | None = None
    target, count = path, 0
    for part in parts:
        if writer is None:
            target, count = path / name(version, old=old), 0
            writer = pq.ParquetWriter(target, schema, compression="zstd")
        writer.write_table(part.cast(schema))
        count += part.num_rows
        if count >= _ROWS_A_FILE:
            writer.close()
            actions.append(delta.added(target, count, new_rows=False))
            writer = None
    if writer is not None:
        writer.close()
        actions.append(delta.added(target, count, new_rows=False))
    return actions


def same(name: TableName, table: pa.Table) -> pa.Table:
    """The change that changes nothing."""
    return table


__all__ = ["TABLES", "Change", "gathered", "rewrite", "same"]
