"""Events, statements or mentions as Parquet: the columns of the CSV, typed."""

from __future__ import annotations

import datetime as dt
from typing import IO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.export.choosing import Tally
from dragoman.export.csv import COLUMNS, ROWS, Cell, Kind, Row
from dragoman.export.text import sound
from dragoman.model import Reading

_AT_ONCE: Final = 20_000  # rows in memory
_DATES: Final = ("published", "time_first", "time_last")
_FLOATS: Final = ("latitude", "longitude", "goldstein", "intensity", "confidence")
_BOOLEANS: Final = ("main", "reciprocal")


def _type(name: str) -> pa.DataType:
    if name in _DATES:
        return pa.date32()
    if name in _FLOATS:
        return pa.float64()
    if name in _BOOLEANS:
        return pa.bool_()
    return pa.int32() if name == "quad" or name.endswith(("_start", "_end")) else pa.string()


class Parquet:
    """A row for each record of one kind. Text is written as it is: Parquet runs no formulas."""

    def __init__(self, file: IO[bytes], tally: Tally, show: Kind = "events") -> None:
        self._schema = pa.schema([pa.field(name, _type(name)) for name in COLUMNS[show]])
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")
        self._tally = tally
        self._of = ROWS[show]
        self._rows: list[Row] = []

    def write(self, reading: Reading) -> None:
        """Take the rows of one reading; they are written twenty thousand at a time."""
        self._tally.readings += 1
        self._tally.events += len(reading.events)
        before = len(self._rows)
        self._rows.extend(self._of(reading))
        self._tally.rows += len(self._rows) - before
        if len(self._rows) >= _AT_ONCE:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the footer."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            rows = [{name: _cell(value) for name, value in row.items()} for row in self._rows]
            self._writer.write_table(pa.Table.from_pylist(rows, schema=self._schema))
            self._rows.clear()


def _cell(value: Cell) -> str | int | float | bool | dt.date | None:
    return sound(value) if isinstance(value, str) else value
