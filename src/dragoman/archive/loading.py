"""Rows of an archive back to readings."""

from __future__ import annotations

import dataclasses
import math
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, get_args

import duckdb
import pyarrow as pa
from pyarrow import dataset, feather

from dragoman.archive.connection import connect, failed, run
from dragoman.archive.snapshot import Snapshot
from dragoman.model import Reading
from dragoman.schema.records import RECORDS
from dragoman.schema.tables import TableName, from_tables

AT_ONCE = 500  # readings
_PARTS: Final = 512
_ROWS: Final = 20_000  # of a table at once


def load(found: Snapshot, documents: pa.Table) -> Iterator[tuple[str, Reading]]:
    """The readings of these rows of the documents table, by the readings' ids, in that order."""
    connection = connect(found, "all")
    try:
        for start in range(0, documents.num_rows, AT_ONCE):
            yield from _together(connection, documents.slice(start, AT_ONCE))
    finally:
        connection.close()


def load_ids(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, Reading]:
    """The readings of these ids that the connection shows."""
    found: dict[str, Reading] = {}
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        sql = "SELECT * FROM documents WHERE reading IN (SELECT unnest(?))"
        found.update(_together(connection, run(connection, sql, [part], timeout=None)))
    return found


def every(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Reading]]:
    """All readings that the connection shows, by their ids, in no set order.

    Rows of one reading may lie anywhere in the tables. So the tables are gone through once, and
    cut on disk (in the system's folder for temporary files) into parts that fit into memory: to
    look for each part in the whole archive would cost the square of its size. Raises DragomanError
    where that fails.
    """
    count = run(connection, "SELECT count(*) AS n FROM documents", timeout=None)["n"][0].as_py()
    parts = min(math.ceil(count / AT_ONCE), _PARTS)
    if parts <= 1:
        yield from _together(connection, run(connection, "SELECT * FROM documents", timeout=None))
        return
    with tempfile.TemporaryDirectory(prefix="dragoman-") as scratch:
        for name in get_args(TableName):
            _cut(connection, name, parts, Path(scratch) / name)
        for part in range(parts):
            held = {name: _part(Path(scratch) / name, part) for name in get_args(TableName)}
            yield from _readings({name: table for name, table in held.items() if table is not None})


def _cut(connection: duckdb.DuckDBPyConnection, name: TableName, parts: int, folder: Path) -> None:
    sql = f"SELECT *, (hash(reading) % {parts})::INTEGER AS part FROM {name}"
    try:
        dataset.write_dataset(
            connection.execute(sql).to_arrow_reader(_ROWS),
            folder,
            format="feather",
            partitioning=dataset.partitioning(pa.schema([pa.field("part", pa.int32())])),
            max_partitions=_PARTS,
            max_open_files=_PARTS,
            use_threads=False,
        )
    except (duckdb.Error, RuntimeError, MemoryError, OSError, pa.ArrowException) as error:
        raise failed(error) from error


def _part(folder: Path, part: int) -> pa.Table | None:
    files = sorted((folder / str(part)).glob("*.feather"))
    return pa.concat_tables([feather.read_table(path) for path in files]) if files else None


def _together(
    connection: duckdb.DuckDBPyConnection, documents: pa.Table
) -> Iterator[tuple[str, Reading]]:
    keys = documents["reading"].to_pylist()
    tables: dict[TableName, pa.Table] = {"documents": documents}
    for name in RECORDS:
        sql = f"SELECT * FROM {name} WHERE reading IN (SELECT unnest(?))"
        tables[name] = run(connection, sql, [keys], timeout=None)
    yield from _readings(tables)


def _readings(tables: Mapping[TableName, pa.Table]) -> Iterator[tuple[str, Reading]]:
    documents = tables["documents"]
    renamed = {
        name: _renamed(table, "id" if name == "documents" else "document_id")
        for name, table in tables.items()
    }
    keys, names = documents["reading"].to_pylist(), documents["id"].to_pylist()
    for key, name, reading in zip(keys, names, from_tables(renamed), strict=True):
        document = dataclasses.replace(reading.document, id=name)
        yield key, dataclasses.replace(reading, document=document)


def _renamed(table: pa.Table, key: str) -> pa.Table:
    # Two revisions of a document have one id: within the tables the reading's stands for it.
    return table.set_column(table.column_names.index(key), key, table["reading"])
