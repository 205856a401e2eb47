"""Pairs of marked events of a gold, as ``dragoman.corpus`` compares accounts.

The marks of ECB+ and MEANTIME are words, most of them of no PLOVER type. Their parties are read
off the parse here; all else is as the package makes it of an event of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.occurrence_gold import Marked, Report
from dragoman import mentions
from dragoman.corpus.likeness import Traits, centred, compare
from dragoman.corpus.words import WORD, cosine, stem, weight, weighted
from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import is_verb, logical_objects, logical_subjects
from dragoman.language.encoder import WIDTH, Encoded, default_encoder
from dragoman.language.parser import Parser
from dragoman.mentions.finding import Found
from dragoman.mentions.index import MentionIndex
from dragoman.register import default_register

ALIKE = 0.1
"""Reports less alike than this are not compared: ECB+ has no dates to compare by."""
_HEADS = ("VERB", "NOUN", "PROPN", "ADJ")


@dataclass(frozen=True, slots=True)
class Told:
    """A marked event with its report, the lemma of its head, and what it is compared by."""

    mark: Marked
    report: Report
    lemma: str
    traits: Traits


@dataclass(frozen=True, slots=True)
class Pairs:
    """Events and the pairs of them that were looked at: numbers, columns, and whether they are
    one happening.
    """

    events: tuple[Told, ...]
    numbers: NDArray[np.int64]
    columns: NDArray[np.float32]
    truth: NDArray[np.float32]


def told(reports: Iterable[Report]) -> Iterator[list[Told]]:
    """The marked events of each report, read by parser, encoder and the rules for mentions."""
    kept = list(reports)
    encoder, register = default_encoder(), default_register()
    for report, analysis in zip(
        kept, Parser().parse_many(report.document for report in kept), strict=True
    ):
        found = mentions.find(analysis, register)
        vectors = _vectors(analysis, encoder.encode(analysis))
        yield _Reader(report, analysis, found, vectors).events()


def _vectors(analysis: Analysis, encoded: Encoded) -> NDArray[np.float32]:
    """A vector a word: that of its first piece, below the encoder's last layers."""
    rows = np.zeros((len(analysis.tokens), WIDTH), np.float32)
    for window in encoded.windows:
        rows[window.low : window.high] = window.lower[window.first]
    return rows


class _Reader:
    def __init__(
        self, report: Report, analysis: Analysis, found: Found, vectors: NDArray[np.float32]
    ) -> None:
        self._report, self._analysis, self._vectors = report, analysis, vectors
        self._index = MentionIndex(analysis, found)
        self._places = [(m.span.start, m.place.id) for m in found.mentions if m.place is not None]
        self._words = weighted(t.text for t in analysis.tokens if WORD.fullmatch(t.text))

    def events(self) -> list[Told]:
        found = []
        for mark in self._report.events:
            own = [t for low, high in mark.words for t in self._analysis.tokens
                   if t.start < high and t.end > low]  # fmt: skip
            if own:
                head = _head(own)
                found.append(Told(mark, self._report, head.lemma.lower(), self._traits(head, own)))
        return found

    def _traits(self, head: Token, own: Sequence[Token]) -> Traits:
        sentence = head.sentence
        others = [t for t in sentence.tokens if t not in own and WORD.fullmatch(t.text)]
        doers, sufferers = _sides(head)
        rows = [t.i for t in sentence.tokens]
        return Traits(
            trigger={stem(head.text): max(weight(head.text), 0.01)},
            words=weighted(t.text for t in others),
            names=weighted(
                t.text for t in others if t.text[:1].isupper() and t.start != sentence.start
            ),
            initiators=self._keys(doers),
            recipients=self._keys(sufferers),
            numbers=frozenset(t.text for t in others if t.tag == "CD"),
            places=frozenset(n for at, n in self._places if sentence.start <= at < sentence.end),
            report=self._words,
            vectors=(self._vectors[head.i], self._vectors[rows].mean(0)),
        )

    def _keys(self, parties: Iterable[Token]) -> dict[str, float]:
        found: dict[str, float] = {}
        for token in parties:
            if self._index.time(token) is not None:
                continue
            mention, place = self._index.reached(token), self._index.place(token)
            actor = mention[1].actor if mention is not None else None
            if actor is not None and not actor.startswith("report:"):
                found[f"@{actor}"] = 1.0
            if place is not None:
                found[f"#{place.id}"] = 1.0
            found.update(weighted(t.text for t in (token, *token.having("compound"))))
        return found


def _head(words: Sequence[Token]) -> Token:
    heads = [t for t in words if t.head not in words or t.head is t]
    return next((t for t in heads if t.pos in _HEADS), heads[0])


def _sides(head: Token) -> tuple[list[Token], list[Token]]:
    """Who does it; to whom, and what else hangs on it."""
    sufferers: list[Token] = []
    others: list[Token] = []
    if is_verb(head):
        doers = logical_subjects(head)
        sufferers += logical_objects(head)
    else:
        doers = head.having("poss")
        others += head.having("compound", "amod", "nmod")
        if is_verb(head.head) and head.dep in ("dobj", "nsubjpass", "pobj"):
            doers = doers or logical_subjects(head.head)
    for preposition in head.having("prep", "agent"):
        into = sufferers if preposition.lower == "of" else others
        into += preposition.having("pobj")
    return doers, [*sufferers, *others]


def compared(reports: Sequence[Sequence[Told]], centre: Any) -> Pairs:
    """All pairs of events in one report, and in two that are alike at all."""
    events = [event for report in reports for event in report]
    first = np.cumsum([0, *map(len, reports)])
    vectors = [
        np.stack([centred(e.traits.vectors[n], centre[n]) for e in events])  # type: ignore[index]
        for n in (0, 1)
    ]
    numbers: list[tuple[int, int]] = []
    columns: list[list[float]] = []
    for one, mine in enumerate(reports):
        for other in range(one, len(reports)):
            yours = reports[other]
            if not mine or not yours:
                continue
            alike = None
            if other != one:
                alike = cosine(mine[0].traits.report, yours[0].traits.report)
                if alike < ALIKE:
                    continue
            for a, event in enumerate(mine):
                for b in range(a + 1 if other == one else 0, len(yours)):
                    pair = int(first[one]) + a, int(first[other]) + b
                    numbers.append(pair)
                    columns.append(compare(event.traits, yours[b].traits, alike))
    at = np.array(numbers, np.int64).reshape(-1, 2)
    beside = [np.einsum("ij,ij->i", rows[at[:, 0]], rows[at[:, 1]]) for rows in vectors]
    names = np.array([event.mark.happening for event in events])
    return Pairs(
        tuple(events),
        at,
        np.column_stack([np.array(columns, np.float32), *beside]).astype(np.float32),
        (names[at[:, 0]] == names[at[:, 1]]).astype(np.float32),
    )


def centre_of(reports: Iterable[Sequence[Told]]) -> tuple[Any, Any]:
    """The mean vectors of triggers and of sentences."""
    both = [event.traits.vectors for report in reports for event in report]
    first, second = (np.stack([v[n] for v in both if v is not None]).mean(0) for n in (0, 1))
    return first, second
