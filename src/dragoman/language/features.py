"""What the encoder is shown of a report: word pieces, and beside each word its tag, its relation
to its head, its case, whether it is quoted, and whether it opens a sentence or paragraph.

Words are the parse's tokens. In a window, word 0 and piece 0 stand for the opening ``[CLS]``; the
window's own words are numbered from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from dragoman.language.analysis import Analysis
from dragoman.language.lexicon import load_yaml

Ints = npt.NDArray[np.int64]

COLUMNS = ("tag", "dep", "quote", "case", "opening")
OUTSIDE, INSIDE, MARK = 0, 1, 2
LOWER, CAPITAL, CAPITALS, OTHER = 0, 1, 2, 3
WITHIN, SENTENCE, PARAGRAPH = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The numbers of the parser's labels; 0 is a label that was not seen in training."""

    tags: Mapping[str, int]
    deps: Mapping[str, int]

    @classmethod
    def of(cls, tags: Iterable[str], deps: Iterable[str]) -> Vocabulary:
        """Labels numbered from 1 in the order given."""
        return cls(
            {label: number for number, label in enumerate(tags, 1)},
            {label: number for number, label in enumerate(deps, 1)},
        )


@dataclass(frozen=True, slots=True)
class Features:
    """A document's pieces and words.

    ``pieces`` holds the ids of all word pieces; word ``w`` has those from ``first[w]`` up to
    ``first[w + 1]``. ``columns`` has a row a word and a column for each of :data:`COLUMNS`.
    ``heads`` gives each word's head, itself at a root.
    """

    pieces: Ints
    first: Ints
    columns: Ints
    heads: Ints

    def __len__(self) -> int:
        return len(self.heads)


def features(analysis: Analysis, tokenizer: Tokenizer, vocabulary: Vocabulary) -> Features:
    """The features of all words of an analysis."""
    tokens = analysis.tokens
    size = len(tokens)
    starts = np.fromiter((t.start for t in tokens), np.int64, size)
    encoded = tokenizer.encode(analysis.document.text, add_special_tokens=False)
    pieces = np.array(encoded.ids, np.int64)
    flat = chain.from_iterable(encoded.offsets)
    ends = np.fromiter(flat, np.int64, 2 * len(pieces))[1::2]
    first = np.append(np.searchsorted(ends, starts, "right"), len(pieces))
    pieces, first = _neutral(analysis, pieces, first, tokenizer)
    columns = np.zeros((size, len(COLUMNS)), np.int64)
    tags, deps = vocabulary.tags, vocabulary.deps
    columns[:, 0] = np.fromiter((tags.get(t.tag, 0) for t in tokens), np.int64, size)
    columns[:, 1] = np.fromiter((deps.get(t.dep, 0) for t in tokens), np.int64, size)
    columns[:, 2] = _quoted(analysis, starts)
    columns[:, 3] = np.fromiter((_case(t.text) for t in tokens), np.int64, size)
    paragraph = -1
    for sentence in analysis.sentences:
        opens = sentence.paragraph != paragraph
        columns[sentence.tokens[0].i, 4] = PARAGRAPH if opens else SENTENCE
        paragraph = sentence.paragraph
    heads = np.fromiter((t.head.i for t in tokens), np.int64, size)
    return Features(pieces, first, columns, heads)


def _neutral(
    analysis: Analysis, pieces: Ints, first: Ints, tokenizer: Tokenizer
) -> tuple[Ints, Ints]:
    """The pieces with a neutral word's in place of each loaded word's."""
    plain = load_yaml("dragoman.language", "neutral.yaml")
    loaded = [(t.i, plain[t.lower]) for t in analysis.tokens if t.lower in plain]
    if not loaded:
        return pieces, first
    parts, moved, done = [], first.copy(), 0
    for word, instead in loaded:
        ids = np.array(tokenizer.encode(instead, add_special_tokens=False).ids, np.int64)
        low, high = int(first[word]), int(first[word + 1])
        parts += [pieces[done:low], ids]
        moved[word + 1 :] += len(ids) - (high - low)
        done = high
    return np.concatenate([*parts, pieces[done:]]), moved


def _quoted(analysis: Analysis, starts: Ints) -> Ints:
    found = np.full(len(starts), OUTSIDE, np.int64)
    for quote in analysis.quotes:
        low, high = np.searchsorted(starts, (quote.start, quote.end))
        found[low:high] = INSIDE
    marks = [t.i for t in analysis.tokens if t.text in ('"', "“", "”", "``", "''", "‘", "«", "»")]
    found[marks] = MARK
    return found


def _case(text: str) -> int:
    if text.islower():
        return LOWER
    if text.isupper() and len(text) > 1:
        return CAPITALS
    return CAPITAL if text[:1].isupper() else OTHER


def windows(of: Features, limit: int, lead: int = 0) -> list[tuple[int, int]]:
    """The words cut into ``(low, high)`` of at most ``limit`` pieces, between paragraphs where
    that can be, else between sentences, else anywhere. ``lead`` pieces are taken for used in the
    first window, which moves all later cuts.
    """
    units: list[tuple[int, int]] = []
    openings = of.columns[:, 4]
    bounds = np.append(np.flatnonzero(openings == PARAGRAPH), len(of)).tolist()
    for low, high in pairwise(bounds):
        units += _fitting(of, low, high, limit, openings)
    found: list[tuple[int, int]] = []
    room = limit - lead
    for low, high in units:
        size = int(of.first[high] - of.first[low])
        if found and size <= room:
            found[-1] = (found[-1][0], high)
            room -= size
        else:
            found.append((low, high))
            room = (limit if len(found) > 1 else limit - lead) - size
    return found


def _fitting(
    of: Features, low: int, high: int, limit: int, openings: Ints
) -> list[tuple[int, int]]:
    if of.first[high] - of.first[low] <= limit:
        return [(low, high)]
    inner = low + 1 + np.flatnonzero(openings[low + 1 : high] == SENTENCE)
    if len(inner):
        bounds = [low, *inner.tolist(), high]
        return [
            part
            for start, end in pairwise(bounds)
            for part in _fitting(of, start, end, limit, openings)
        ]
    found = []
    while low < high:
        end = int(np.searchsorted(of.first[: high + 1], of.first[low] + limit, "right")) - 1
        end = min(max(end, low + 1), high)
        found.append((low, end))
        low = end
    return found


def batch(
    cuts: Sequence[tuple[Features, int, int]], limit: int, opening: int, closing: int
) -> dict[str, Ints]:
    """Windows as the network's inputs, padded with 0.

    ``ids`` and ``owner`` (the word each piece belongs to) are windows by pieces; ``first`` (each
    word's first piece) and ``head`` windows by words; ``columns`` windows by words by features.
    A single word of more than ``limit`` pieces keeps its first ones.
    """
    counts = [min(int(f.first[high] - f.first[low]), limit) for f, low, high in cuts]
    wide = max(counts) + 2
    words = max(high - low for _, low, high in cuts) + 1
    ids = np.zeros((len(cuts), wide), np.int64)
    owner = np.zeros_like(ids)
    first = np.zeros((len(cuts), words), np.int64)
    head = np.zeros_like(first)
    columns = np.zeros((len(cuts), words, len(COLUMNS)), np.int64)
    for row, ((of, low, high), count) in enumerate(zip(cuts, counts, strict=True)):
        start, size = int(of.first[low]), high - low
        ids[row, 0] = opening
        ids[row, 1 : count + 1] = of.pieces[start : start + count]
        ids[row, count + 1] = closing
        begins = np.minimum(of.first[low:high] - start, count - 1 if count else 0)
        owner[row, 1 : count + 1] = np.searchsorted(begins, np.arange(count), "right")
        first[row, 1 : size + 1] = begins + 1
        heads = of.heads[low:high] - low + 1
        inside = (heads >= 1) & (heads <= size)
        head[row, 1 : size + 1] = np.where(inside, heads, np.arange(1, size + 1))
        columns[row, 1 : size + 1] = of.columns[low:high]
    return {"ids": ids, "owner": owner, "first": first, "head": head, "columns": columns}
