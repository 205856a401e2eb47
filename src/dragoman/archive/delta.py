"""Delta tables of an archive: made, appended to, rewritten. Every write is one atomic commit."""

from __future__ import annotations

import contextlib
import json
import random
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable
from deltalake.exceptions import CommitFailedError, DeltaError
from deltalake.transaction import AddAction, RemoveAction

from dragoman.archive.layout import DataFile, data_file
from dragoman.errors import DragomanError, problem

# Without a checkpoint a reader replays every commit; the log is never cleaned, it is the history.
_CONFIGURATION: Final = {
    "delta.checkpointInterval": "50",
    "delta.enableExpiredLogCleanup": "false",
}
_TRIES: Final = 200
_ROW_GROUP: Final = 122_880


class OvertakenError(Exception):
    """Somebody else committed first: look again before you try again."""


def create(path: Path, schema: pa.Schema) -> None:
    """Make the table unless it is there. Two processes may do so at once."""
    if DeltaTable.is_deltatable(str(path)):
        return
    path.mkdir(parents=True, exist_ok=True)
    try:
        DeltaTable.create(str(path), schema=schema, mode="ignore", configuration=_CONFIGURATION)
    except DeltaError:
        if not DeltaTable.is_deltatable(str(path)):
            raise


def open_table(path: Path) -> DeltaTable:
    """The table as it stands now."""
    return DeltaTable(str(path))


def refreshed(path: Path, held: DeltaTable | None) -> DeltaTable:
    """The table as it stands now: what is held of it, brought up to date, so that only what was
    committed since is read; opened anew where that is not possible.
    """
    if held is not None:
        try:
            held.update_incremental()
            return held
        except DeltaError:  # what it would go on from is gone
            pass
    return open_table(path)


def files(path: Path) -> list[DataFile]:
    """The files of a table of readings as it stands now."""
    return [data_file(uri) for uri in open_table(path).file_uris()]


def rows(table: DeltaTable) -> pa.Table:
    """All rows of a ledger, read by pyarrow alone."""
    parts = [pq.read_table(uri) for uri in table.file_uris()]
    return pa.concat_tables(parts) if parts else pa.table({})


def write_file(path: Path, name: str, table: pa.Table) -> AddAction:
    """Write a Parquet file beside the table; it belongs to it only once it is committed."""
    target = path / name
    pq.write_table(table, target, compression="zstd", row_group_size=_ROW_GROUP)
    return added(target, table.num_rows)


def added(target: Path, count: int, *, new_rows: bool = True) -> AddAction:
    """The action that takes a written file into its table."""
    stat = target.stat()
    stats = json.dumps({"numRecords": count})
    return AddAction(target.name, stat.st_size, {}, int(stat.st_mtime * 1000), new_rows, stats)


def append(path: Path, name: str, table: pa.Table, held: DeltaTable | None = None) -> DeltaTable:
    """Add a file of rows; others may append at the same time. ``held`` is the table as opened
    before; given back is the table for the next time.
    """
    action = write_file(path, name, table)
    delta = refreshed(path, held)
    for attempt in range(_TRIES):
        try:
            _commit(delta, [action], table.schema, retries=15)
            return delta
        except CommitFailedError:
            pause(attempt)
            delta = open_table(path)
    raise DragomanError(problem("DR209", table=path.name))


def append_first(delta: DeltaTable, path: Path, name: str, table: pa.Table) -> None:
    """Add a file of rows only if nothing was committed since ``delta`` was opened.

    Raises OvertakenError where something was; then nothing is added.
    """
    action = write_file(path, name, table)
    try:
        _commit(delta, [action], table.schema, retries=0)
    except CommitFailedError as error:
        with contextlib.suppress(OSError):
            (path / name).unlink()
        raise OvertakenError from error


def replace(
    path: Path, old: Iterable[DataFile], new: Sequence[AddAction], schema: pa.Schema
) -> bool:
    """Put files in the place of others, atomically. False where another did so before: nothing is
    changed then.
    """
    gone = {Path(found.path).name for found in old}
    for attempt in range(_TRIES):
        delta = open_table(path)
        if not gone <= {Path(uri).name for uri in delta.file_uris()}:
            return False
        now = int(time.time() * 1000)
        removes = [RemoveAction(name, False, now) for name in sorted(gone)]
        try:
            _commit(delta, [*new, *removes], schema, retries=0)
            return True
        except CommitFailedError:
            pause(attempt)
    raise DragomanError(problem("DR209", table=path.name))


def pause(attempt: int) -> None:
    """Wait a little, longer each time and never in step with others."""
    time.sleep(random.uniform(0, 0.01 * 2 ** min(attempt, 6)))


def _commit(
    delta: DeltaTable, actions: list[AddAction | RemoveAction], schema: pa.Schema, retries: int
) -> None:
    delta.create_write_transaction(
        actions,
        "append",
        schema,
        commit_properties=CommitProperties(max_commit_retries=retries),
    )
