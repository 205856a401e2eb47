"""Readings or their records as JSON and JSON Lines, by the published schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from dragoman.export.writers import Show
from dragoman.model import Reading
from dragoman.schema import dumps, reading_to_json, records_to_json


def _values(reading: Reading, show: Show) -> Iterable[dict[str, Any]]:
    return [reading_to_json(reading)] if show == "all" else records_to_json(reading, show)


class JsonLines:
    """A line for each reading, or for each record of the kind shown."""

    def __init__(self, file: TextIO, show: Show = "all") -> None:
        self._file = file
        self._show = show

    def write(self, reading: Reading) -> None:
        """Write the lines of one reading."""
        for value in _values(reading, self._show):
            self._file.write(dumps(value) + "\n")

    def close(self) -> None:
        """Nothing stands at the end."""


class Json:
    """One JSON document: the reading, or a list where there are several; a list of records always.

    The first reading is held back until it is known whether another follows.
    """

    def __init__(self, file: TextIO, show: Show = "all") -> None:
        self._file = file
        self._show = show
        self._held: str | None = None
        self._listed = False

    def write(self, reading: Reading) -> None:
        """Write one reading."""
        for value in _values(reading, self._show):
            self._flush(last=False)
            self._held = dumps(value, indent=2)

    def close(self) -> None:
        """Write what was held back, and the end of the list."""
        self._flush(last=True)

    def _flush(self, *, last: bool) -> None:
        if self._held is None:
            if last:
                self._file.write("[]\n")
            return
        if last and not self._listed and self._show == "all":
            self._file.write(self._held + "\n")
            return
        self._file.write((",\n" if self._listed else "[\n") + self._held)
        self._listed = True
        if last:
            self._file.write("\n]\n")
