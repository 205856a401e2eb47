"""Two texts side by side: whether they are copies, and what became of the one in the other."""

from __future__ import annotations

from typing import Any, Final, Literal

import numpy as np

from dragoman.corpus.shingles import LENGTH, SHORTEST, Hashes, are_among
from dragoman.corpus.texts import Text

Change = Literal["whole", "truncated", "edited"]

ENOUGH: Final = 0.5  # of the shorter text's shingles
SAME: Final = 0.9  # of the shingles of both
_MONTH: Final = 31  # days
_HEAD: Final = 0.25  # of the words
_EDGE: Final = 30  # words that a heading, dateline, agency line or credit may have
_LINE: Final = 8  # words
_PART: Final = 0.15  # of the words
_SCRAP: Final = 2  # words


def shared(one: Text, other: Text) -> int:
    """How many shingles two texts have in common, furniture aside."""
    return len(np.intersect1d(one.shared, other.shared, assume_unique=True))


def in_common(one: Text, other: Text) -> int:
    """How many shingles two copies have in common; 0 where the two are no copies.

    The shorter is at least half in the longer, furniture aside, they lie within a month of one
    another unless they are the same but for a tenth, and what they share is not their foot alone.
    """
    common = shared(one, other)
    smaller, larger = sorted((one.size, other.size))
    if common < max(ENOUGH * smaller, SHORTEST):
        return 0
    if common < SAME * larger and (_far_apart(one, other) or _share_their_foot_only(one, other)):
        return 0
    return common


def _far_apart(one: Text, other: Text) -> bool:
    early, late = _days(one), _days(other)
    if not len(early) or not len(late):
        return False
    after = np.searchsorted(late, early)
    before = np.abs(early - late[np.maximum(after - 1, 0)])
    behind = np.abs(early - late[np.minimum(after, len(late) - 1)])
    return int(np.minimum(before, behind).min()) > _MONTH


def _days(text: Text) -> Any:
    """The days on which its documents were published, in order."""
    return np.array([m.published.toordinal() for m in text.members if m.published], np.int64)


def _share_their_foot_only(one: Text, other: Text) -> bool:
    for text, beside in ((one, other), (other, one)):
        words = _covered(text, beside, np.empty(0, np.uint64))
        if int(np.argmax(words)) < max(_HEAD * len(words), LENGTH * 4):
            return False
    return True


def _covered(text: Text, beside: Text, furniture: Hashes) -> Any:
    """For each word of a text whether a shingle goes over it that the other text has too, or that
    is furniture.
    """
    hits = np.isin(text.shingles, beside.shingles) | are_among(text.shingles, furniture)
    words = np.zeros(len(hits) + LENGTH - 1, dtype=bool)
    for place in range(LENGTH):
        words[place : place + len(hits)] |= hits
    return words


def change(source: Text, copy: Text, furniture: Hashes) -> Change:
    """What became of a source in a copy, furniture of either aside."""
    added = _gaps(_covered(copy, source, furniture))
    left_out = _gaps(_covered(source, copy, furniture))
    if added[1] or max(added[0], added[2]) > _EDGE:
        return "edited"
    edge = min(_EDGE, max(_LINE, _PART * len(source.shingles)))
    is_cut = max(left_out[0], left_out[2]) > edge or sum(left_out[1]) > _SCRAP
    return "truncated" if is_cut else "whole"


def _gaps(words: Any) -> tuple[int, list[int], int]:
    """Lengths of the stretches not covered: before, between and behind what is covered."""
    if not words.any():
        return len(words), [], len(words)
    first, last = int(np.argmax(words)), len(words) - 1 - int(np.argmax(words[::-1]))
    inner = words[first : last + 1]
    edges = np.flatnonzero(np.diff(np.r_[True, inner, True].astype(np.int8)))
    between = (edges[1::2] - edges[::2]).tolist()
    return first, between, len(words) - 1 - last
