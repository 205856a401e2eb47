"""Rows of an archive back to readings."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import duckdb
import pyarrow as pa

from dragoman.archive.connection import connect, run
from dragoman.archive.snapshot import Snapshot
from dragoman.model import Reading
from dragoman.schema.records import RECORDS
from dragoman.schema.tables import TableName, from_tables

AT_ONCE = 500  # readings


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


def _together(
    connection: duckdb.DuckDBPyConnection, documents: pa.Table
) -> Iterator[tuple[str, Reading]]:
    # Two revisions of a document have one id: within the tables the reading's stands for it.
    keys = documents["reading"].to_pylist()
    tables: dict[TableName, pa.Table] = {"documents": _renamed(documents, "id")}
    for name in RECORDS:
        sql = f"SELECT * FROM {name} WHERE reading IN (SELECT unnest(?))"
        rows = run(connection, sql, [keys], timeout=None)
        tables[name] = _renamed(rows, "document_id")
    names = documents["id"].to_pylist()
    for key, name, reading in zip(keys, names, from_tables(tables), strict=True):
        document = dataclasses.replace(reading.document, id=name)
        yield key, dataclasses.replace(reading, document=document)


def _renamed(table: pa.Table, key: str) -> pa.Table:
    return table.set_column(table.column_names.index(key), key, table["reading"])
