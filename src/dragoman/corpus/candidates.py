"""Pairs of texts that may be copies, found without comparing each with each.

Of a text's shingles those are kept whose hash divides by 1, 2 or 4: which ones depends on the
words alone, so that a copy keeps the same ones, however it was cut. Texts that keep one in common
are candidates. The work grows with the number of texts, and of copies, not with its square: where
very many texts have a shingle, each is paired with the earliest of them only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from dragoman.corpus.shingles import SHORTEST
from dragoman.corpus.texts import Text

_EARLIEST: Final = 16
_FEWEST: Final = 0.1  # of the share that copies must have, by the sample


def candidates(texts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """Pairs of numbers of texts, the smaller first, in order."""
    steps = np.array([_step(text.size) for text in texts], dtype=np.int64)
    kept = [_kept(text, int(step)) for text, step in zip(texts, steps, strict=True)]
    if not kept:
        return
    hashes = np.concatenate(kept)
    owners = np.repeat(np.arange(len(texts)), [len(one) for one in kept])
    order = np.argsort(hashes, kind="stable")
    firsts, seconds, counts = _together(hashes[order], owners[order], len(texts))
    sizes = np.array([text.size for text in texts])
    smaller = np.minimum(sizes[firsts], sizes[seconds])
    coarser = np.maximum(steps[firsts], steps[seconds])
    enough = counts * coarser >= _FEWEST * smaller
    yield from zip(firsts[enough].tolist(), seconds[enough].tolist(), strict=True)


def _step(size: int) -> int:
    return 1 if size <= 64 else 2 if size <= 128 else 4


def _kept(text: Text, step: int) -> Any:
    if text.size < SHORTEST:
        return np.empty(0, np.uint64)
    return text.shared[text.shared & np.uint64(step - 1) == 0]


def _together(hashes: Any, owners: Any, count: int) -> tuple[Any, Any, Any]:
    """Pairs that have a hash in common, and how many."""
    places = np.arange(len(hashes))
    is_first = np.ones(len(hashes), dtype=bool)
    is_first[1:] = hashes[1:] != hashes[:-1]
    starts = np.maximum.accumulate(np.where(is_first, places, 0))
    keys = counts = np.empty(0, np.int64)
    for place in range(_EARLIEST):
        later = places[places - starts > place]
        if not len(later):
            break
        pairs = owners[starts[later] + place] * count + owners[later]
        keys, counts = _added(keys, counts, *np.unique(pairs, return_counts=True))
    return keys // count, keys % count, counts


def _added(keys: Any, counts: Any, more: Any, times: Any) -> tuple[Any, Any]:
    whole, back = np.unique(np.concatenate([keys, more]), return_inverse=True)
    sums = np.zeros(len(whole), np.int64)
    np.add.at(sums, back, np.concatenate([counts, times]))
    return whole, sums
