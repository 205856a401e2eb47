"""Which of many stretches of text cover a given one, without looking at them all."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Cover(Generic[T]):
    """Stretches ``(start, end, item)`` that can be asked for those over or touching a place."""

    def __init__(self, rows: Iterable[tuple[int, int, T]]) -> None:
        self._rows = sorted(rows, key=lambda row: (row[0], -row[1]))
        self._starts = [row[0] for row in self._rows]
        self._reach: list[int] = []
        furthest = 0
        for _, end, _ in self._rows:
            furthest = max(furthest, end)
            self._reach.append(furthest)

    def over(self, start: int, end: int) -> list[T]:
        """Items of the stretches that hold the whole of ``start..end``, nearest start first."""
        found: list[T] = []
        at = bisect.bisect_right(self._starts, start) - 1
        while at >= 0 and self._reach[at] >= end:
            if self._rows[at][1] >= end:
                found.append(self._rows[at][2])
            at -= 1
        return found

    def touching(self, start: int, end: int) -> list[T]:
        """Items of the stretches that share a code point with ``start..end``."""
        found: list[T] = []
        at = bisect.bisect_left(self._starts, end) - 1
        while at >= 0 and self._reach[at] > start:
            if self._rows[at][1] > start:
                found.append(self._rows[at][2])
            at -= 1
        return found
