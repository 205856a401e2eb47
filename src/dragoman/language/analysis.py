"""A parsed report: tokens with exact offsets into the document, sentences, paragraphs, quotes.

The parser's own objects stay behind this wall, so that a stage reads plain attributes and a test
can build an analysis by hand.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.model import Document, Span


class Token:
    """One word of the parse (labels of ClearNLP as spaCy's English models give them).

    ``start`` and ``end`` are code points of the document's text. ``head`` is the token itself at
    the root. ``children`` are in text order.
    """

    __slots__ = (
        "children", "dep", "end", "head", "i", "lemma", "lower", "pos", "sentence", "start",
        "tag", "text",
    )  # fmt: skip

    def __init__(
        self, i: int, text: str, start: int, lemma: str, pos: str, tag: str, dep: str
    ) -> None:
        self.i = i
        self.text = text
        self.lower = text if text.islower() else text.lower()
        self.start = start
        self.end = start + len(text)
        self.lemma = lemma
        self.pos = pos
        self.tag = tag
        self.dep = dep
        self.head: Token = self
        self.children: list[Token] = []
        self.sentence: Sentence

    def __repr__(self) -> str:
        return f"<{self.i} {self.text} {self.tag} {self.dep}>"

    def subtree(self) -> list[Token]:
        """The token and all it governs, in text order."""
        found: list[Token] = []
        stack = [self]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.children)
        found.sort(key=lambda token: token.i)
        return found

    def ancestors(self) -> Iterator[Token]:
        """Head, head's head, … up to the sentence's root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def child(self, *deps: str) -> Token | None:
        """The first child with one of these dependency labels."""
        for token in self.children:
            if token.dep in deps:
                return token
        return None

    def having(self, *deps: str) -> list[Token]:
        """All children with one of these dependency labels."""
        return [token for token in self.children if token.dep in deps]


@dataclass(eq=False, slots=True)
class Sentence:
    """A sentence: its tokens (white space left out), root and paragraph number."""

    index: int
    tokens: tuple[Token, ...]
    root: Token
    paragraph: int

    @property
    def start(self) -> int:
        """First code point in the document's text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.tokens[-1].end


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch between quotation marks, the marks included.

    ``closed`` is False where the closing mark is missing; such a quote ends with its paragraph.
    A quote that runs over several paragraphs, each opened anew, is one quote.
    """

    start: int
    end: int
    closed: bool = True


@dataclass(eq=False, slots=True)
class Analysis:
    """What the language stage knows of a document; every later stage reads from it."""

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[tuple[int, int], ...]
    quotes: tuple[Quote, ...]
    model: str = ""

    def span(self, *tokens: Token) -> Span:
        """The span from the first of these tokens to the last."""
        return self.document.span((tokens[0].start, tokens[-1].end))

    def between(self, start: int, end: int) -> tuple[Token, ...]:
        """Tokens that lie wholly within ``start..end`` of the text."""
        low = bisect.bisect_left(self.tokens, start, key=lambda token: token.start)
        high = bisect.bisect_right(self.tokens, end, key=lambda token: token.end)
        return self.tokens[low:high]
