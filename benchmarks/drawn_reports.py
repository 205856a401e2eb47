"""Reports drawn by chance, with copies of them, for measuring what no corpus of ours is large
enough for: words by Zipf's law, stock phrases that many reports share, footers, lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from dragoman.model import Document

_WORDS: Final = 30_000
_PHRASES: Final = 3_000
_PUBLISHERS: Final = 300
_FIRST: Final = dt.date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Reports and, for each copy, the number of the report that its text comes from."""

    documents: list[Document]
    origins: list[int]


class _Press:
    """What all reports are made from."""

    def __init__(self, draw: np.random.Generator) -> None:
        self.draw = draw
        weights = 1 / np.arange(1, _WORDS + 1)
        self.weights = (weights / weights.sum()).cumsum()
        self.phrases = [self.words(int(n)) for n in draw.integers(5, 25, _PHRASES)]
        self.footers = [self.words(int(n)) for n in draw.integers(20, 120, _PUBLISHERS)]

    def words(self, count: int) -> list[str]:
        """So many words; frequent ones are frequent."""
        places = np.searchsorted(self.weights, self.draw.random(count))
        return [f"w{place}" for place in places]

    def report(self) -> list[str]:
        """A text of 60 to 900 words, a tenth of it stock phrases."""
        length = int(np.clip(self.draw.lognormal(5.7, 0.6), 60, 900))
        text: list[str] = []
        while len(text) < length:
            text += self.words(60)
            popular = int(len(self.phrases) * self.draw.random() ** 3)
            text += self.phrases[min(popular, len(self.phrases) - 1)][:12]
        return text[:length]

    def copy(self, text: list[str]) -> list[str]:
        """The text cut, corrected, under another heading, or all three."""
        text = list(text)
        change = self.draw.random(3)
        if change[0] < 0.4:
            text = text[: max(50, int(len(text) * self.draw.uniform(0.3, 0.9)))]
        if change[1] < 0.4:
            for place in self.draw.integers(0, len(text), max(1, len(text) // 50)):
                text[place] = f"c{place}"
        if change[2] < 0.4:
            text = self.words(8) + text
        return text


def draw_reports(count: int, seed: int = 20261127) -> Drawn:
    """So many reports, a third of them copies of others; a twentieth are lists of figures."""
    press = _Press(np.random.default_rng(seed))
    documents, origins = [], []
    for text, origin, day in _texts(press, count):
        publisher = int(press.draw.integers(0, _PUBLISHERS))
        words = text + press.footers[publisher]
        published = _FIRST + dt.timedelta(day)
        name = f"d{len(documents):07d}"
        documents.append(Document(name, " ".join(words), published, f"publisher {publisher}"))
        origins.append(origin)
    return Drawn(documents, origins)


def _texts(press: _Press, count: int) -> Iterator[tuple[list[str], int, int]]:
    made = 0
    while made < count:
        day = int(press.draw.integers(0, 700))
        kind = press.draw.random()
        if kind < 0.05:
            yield _list(press), made, day
            made += 1
            continue
        text, first = press.report(), made
        yield text, first, day
        made += 1
        copies: Any = press.draw.geometric(0.35) if kind < 0.25 else 0
        for _ in range(min(int(copies), count - made)):
            yield press.copy(text), first, day + int(press.draw.integers(0, 4))
            made += 1


def _list(press: _Press) -> list[str]:
    """A weather list: the same towns every day, other figures."""
    return [
        word
        for town in range(40)
        for word in (f"town{town}", "sunny", str(press.draw.integers(0, 40)), "degrees")
    ]
