"""Events as lines of GDELT 2.0, ICEWS, POLECAT and PETRARCH2: tab-separated, without quoting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TextIO, TypeAlias

from dragoman.export.choosing import Tally
from dragoman.export.codes import layouts
from dragoman.export.csv import neutral
from dragoman.export.text import one_line
from dragoman.model import Event, Reading

Value: TypeAlias = str | int | float | dt.date | None
Row: TypeAlias = Mapping[str, Value]
Rows: TypeAlias = Callable[[Reading, Event], Iterator[Row]]
_UNKNOWN: Final = "---"  # PETRARCH2's word for an actor without a code


class Delimited:
    """A row for each that ``rows`` makes of an event, with the columns of ``data/columns.yaml``.

    A column that a row does not name is written empty, as the codebook has it.
    """

    def __init__(self, file: TextIO, tally: Tally, layout: str, rows: Rows) -> None:
        known = layouts()[layout]
        self._file = file
        self._tally = tally
        self._rows = rows
        self._columns: list[str] = known["columns"]
        self._empty: str = known["empty"]
        if known["header"]:
            file.write("\t".join(self._columns) + "\n")

    def write(self, reading: Reading) -> None:
        """Write the rows of one reading's events."""
        self._tally.readings += 1
        for event in reading.events:
            count = 0
            for row in self._rows(reading, event):
                self._file.write("\t".join(self._cell(row.get(n)) for n in self._columns) + "\n")
                count += 1
            self._tally.rows += count
            if count:
                self._tally.events += 1
            else:
                self._tally.left["have nobody with a code on either side"] += 1

    def close(self) -> None:
        """Nothing stands at the end."""

    def _cell(self, value: Value) -> str:
        if value is None or value == "":
            return self._empty
        if isinstance(value, str):
            return value if value == _UNKNOWN else neutral(one_line(value))
        return str(value)
