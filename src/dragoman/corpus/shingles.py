"""Texts as rows of hashed shingles: five words in a row, whatever stands between them.

Case, accents, punctuation and the kind of quotation mark do not count; figures do, so that two
lists that differ in their figures differ.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
LENGTH: Final = 5  # words
SHORTEST: Final = 20  # shingles that a text must have to be compared: 24 words

_WORD: Final = re.compile(r"[^\W_]+")
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)


class _Known(dict[str, int]):
    """The hash of each word met so far."""

    def __missing__(self, word: str) -> int:
        value = self[word] = _hashed(word)
        return value


class Shingler:
    """Makes the shingles of texts; it remembers the hash of each word it has met."""

    def __init__(self) -> None:
        self._known = _Known()

    def words(self, text: str) -> Hashes:
        """The words of a text, hashed, in order."""
        found = map(self._known.__getitem__, _WORD.findall(text))
        return np.fromiter(found, dtype=np.uint64)

    def shingles(self, text: str) -> Hashes:
        """The shingles of a text, in order: four fewer than it has words."""
        return shingled(self.words(text))


def is_short(text: str) -> bool:
    """Whether a text has too few words to tell whether it is a copy."""
    enough = SHORTEST + LENGTH - 1
    return len(text) < 100 * enough and len(_WORD.findall(text)) < enough


def shingled(words: Hashes) -> Hashes:
    """The shingles of hashed words."""
    count = max(0, len(words) - LENGTH + 1)
    found = np.zeros(count, dtype=np.uint64)
    for place in range(LENGTH):
        found = found * _FACTOR + words[place : place + count]
    return _mixed(found)


def are_among(values: Hashes, ordered: Hashes) -> NDArray[np.bool_]:
    """For each of the values whether it is among others, which are in order."""
    if not len(ordered):
        return np.zeros(len(values), dtype=bool)
    places = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[places] == values
    return found


def _hashed(word: str) -> int:
    plain = word
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word)
        plain = "".join(one for one in parts if not unicodedata.combining(one))
    return int.from_bytes(blake2b(plain.casefold().encode(), digest_size=8).digest(), "big")


def _mixed(values: Hashes) -> Hashes:
    """The finalizer of SplitMix64: afterwards every bit depends on every other."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Any = values ^ (values >> np.uint64(31))
    return mixed  # type: ignore[no-any-return]
