"""JSON documents that hold one long list, written entry by entry."""

from __future__ import annotations

from typing import Any, TextIO

from dragoman.export.text import json_line


class Listed:
    """``head``, the entries parted by commas, ``foot``; an entry a line."""

    def __init__(self, file: TextIO, head: str, foot: str) -> None:
        self._file = file
        self._foot = foot
        self._first = True
        file.write(head)

    def add(self, entry: Any) -> None:
        """Write one entry."""
        self._file.write(("\n" if self._first else ",\n") + json_line(entry))
        self._first = False

    def close(self) -> None:
        """Write the end."""
        self._file.write(f"\n{self._foot}\n")
