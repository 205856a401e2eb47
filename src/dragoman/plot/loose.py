"""Readings that are in no archive, laid out like one for the same queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from dragoman.archive import filters
from dragoman.archive.connection import run
from dragoman.archive.derive import derived
from dragoman.archive.filters import Filter
from dragoman.archive.happenings import kept, told
from dragoman.archive.layout import ROWS, TABLES
from dragoman.corpus.stories import stories
from dragoman.schema.tables import to_tables

if TYPE_CHECKING:
    from dragoman.model import Reading


class Loose:
    """The tables of some readings in memory. Raises SchemaError where two have one id."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        plain, made = to_tables(readings), derived(readings)
        self._readings = tuple(readings)
        self._connection = duckdb.connect(":memory:")
        for name in TABLES:
            rows = plain[name]
            key = "id" if name == "documents" else "document_id"
            columns: dict[str, Any] = {
                **made[name], "reading": rows[key], "revision": [1] * len(rows)
            }  # fmt: skip
            arrays = [
                rows[field.name] if field.name in rows.column_names
                else _column(columns.get(field.name), field, len(rows))
                for field in ROWS[name]
            ]  # fmt: skip
            table = pa.Table.from_arrays(arrays, schema=ROWS[name])
            self._connection.register(name, table)

    def ask(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        """The rows of one SELECT of ours."""
        return run(self._connection, sql, values, None)

    def occurrences(self, *, disputed: bool = False, several: int = 1, **asked: Any) -> pa.Table:
        """The occurrences among the readings, as ``Archive.occurrences`` gives them."""
        query = filters.events(Filter(**asked), "reading, id")
        events = self.ask(query.sql, query.values)
        copies = {
            copy.id: (story.id, copy.source)
            for story in stories(one.document for one in self._readings)
            for copy in story.documents
        }
        found = told(((one.document.id, one) for one in self._readings), copies)
        return kept(found, events, disputed, several)


def _column(values: Any, field: pa.Field, length: int) -> pa.Array | pa.ChunkedArray:
    if values is None or (isinstance(values, list) and not values and length):
        return pa.nulls(length, field.type)
    return values if isinstance(values, pa.ChunkedArray) else pa.array(values, field.type)
