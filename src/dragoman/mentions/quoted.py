"""Which words stand inside quotation marks, and whose they are by the grammar around them."""

from __future__ import annotations

import bisect

from dragoman.language.analysis import Analysis, Quote, Token
from dragoman.language.clauses import is_verb, surface_subjects

_BESIDE = 8
"""Tokens behind a quotation in which the verb of saying stands."""


class Quoted:
    """The quotations of an analysis by the tokens they hold."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._quotes = analysis.quotes
        self._speakers: dict[int, Token | None] = {}

    def at(self, token: Token) -> int | None:
        """The number of the quotation that the token stands in."""
        at = bisect.bisect_right(self._quotes, token.start, key=lambda q: q.start) - 1
        return at if at >= 0 and token.end <= self._quotes[at].end else None

    def speaker(self, number: int) -> Token | None:
        """The subject of the verb that a quotation hangs on, or that stands right behind it; for
        a quotation that begins a sentence of its own in the same paragraph, the last one's.
        """
        if number not in self._speakers:
            found = self._subject(self._quotes[number])
            if found is None and number and self._is_continued(number):
                found = self.speaker(number - 1)
            self._speakers[number] = found
        return self._speakers[number]

    def spoken_by(self, token: Token) -> list[int]:
        """The quotations beside the token's clause of which it is the subject."""
        sentence = token.sentence
        low = bisect.bisect_left(self._quotes, sentence.start, key=lambda q: q.end)
        high = bisect.bisect_right(self._quotes, sentence.end, key=lambda q: q.start)
        near = range(low, min(high + 1, len(self._quotes)))
        return [number for number in near if self.speaker(number) is token]

    def _is_continued(self, number: int) -> bool:
        one, other = self._quotes[number - 1], self._quotes[number]
        between = self._analysis.document.text[one.end : other.start]
        return "\n" not in between and len(between.split()) < 2 * _BESIDE

    def _subject(self, quote: Quote) -> Token | None:
        tokens = self._analysis.between(quote.start, quote.end)
        for token in tokens:
            over = token.head
            if is_verb(over) and not quote.start <= over.start < quote.end:
                subject = self._outside(over, quote)
                if subject is not None:
                    return subject
        if not tokens:
            return None
        last = tokens[-1].i + 1
        for token in self._analysis.tokens[last : last + _BESIDE]:
            if token.text in (".", ";", "!", "?", "“", '"', "``"):
                break
            if is_verb(token):
                return self._outside(token, quote)
        return None

    @staticmethod
    def _outside(verb: Token, quote: Quote) -> Token | None:
        found = surface_subjects(verb)
        if not found or quote.start <= found[0].start < quote.end:
            return None
        return found[0]
