"""Noun phrases: how far they reach, what stands before the head, what introduces a name."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token

_PREMODIFIERS = frozenset(
    {"det", "predet", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "punct"}
)
_EDGE_PUNCTUATION = frozenset(",;:—–-.()[]")
_QUOTES = {'"': '"', "“": "”", "‘": "’'", "«": "»", "„": "“”", "''": "''", "``": "''"}
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "some", "such"})


def noun_phrase(head: Token) -> list[Token]:
    """The head with what stands before it in the phrase, in text order: a contiguous run."""
    low = head.i
    for child in reversed(head.children):
        if child.i > head.i:
            continue
        if child.dep not in _PREMODIFIERS:
            break
        low = min(low, child.subtree()[0].i)
    tokens = [token for token in head.sentence.tokens if low <= token.i <= head.i]
    while len(tokens) > 1 and (tokens[0].text in _EDGE_PUNCTUATION or _opens_only(tokens)):
        tokens = tokens[1:]
    return tokens


def _opens_only(tokens: Sequence[Token]) -> bool:
    """Whether the run begins with a quotation mark that is not closed in it."""
    closing = _QUOTES.get(tokens[0].text)
    return closing is not None and all(t.text not in closing for t in tokens[1:])


def full_phrase(head: Token, *without: str) -> list[Token]:
    """All that the head governs, as a contiguous run, leaving out children with these labels and
    whatever they cut off; punctuation at the ends is trimmed.
    """
    dropped: set[int] = set()
    for child in head.children:
        if child.dep in without:
            dropped.update(token.i for token in child.subtree())
    kept = [token for token in head.subtree() if token.i not in dropped]
    return trim(_around(kept, head))


def _around(tokens: Sequence[Token], head: Token) -> list[Token]:
    at = next(index for index, token in enumerate(tokens) if token.i == head.i)
    low = at
    while low and tokens[low - 1].i == tokens[low].i - 1:
        low -= 1
    high = at
    while high + 1 < len(tokens) and tokens[high + 1].i == tokens[high].i + 1:
        high += 1
    return list(tokens[low : high + 1])


def trim(tokens: Sequence[Token]) -> list[Token]:
    """The run without commas, dashes, brackets and stops at its ends."""
    kept = list(tokens)
    while len(kept) > 1 and kept[0].text in _EDGE_PUNCTUATION:
        kept.pop(0)
    while len(kept) > 1 and kept[-1].text in _EDGE_PUNCTUATION and not _closes(kept):
        kept.pop()
    return kept


def _closes(tokens: Sequence[Token]) -> bool:
    last = tokens[-1].text
    return last in ")]" and any(t.text == {")": "(", "]": "["}[last] for t in tokens)


def without_article(tokens: Sequence[Token]) -> list[Token]:
    """The run without a leading article or demonstrative."""
    kept = list(tokens)
    while len(kept) > 1 and kept[0].lower in _ARTICLES:
        kept.pop(0)
    return kept


def head_of(tokens: Sequence[Token]) -> Token:
    """The token of a run that governs the rest: the one whose head lies outside."""
    inside = {token.i for token in tokens}
    for token in reversed(tokens):
        if token.head is token or token.head.i not in inside:
            return token
    return tokens[-1]


def is_definite(head: Token) -> bool:
    """Whether "the", a demonstrative or a possessive opens the phrase."""
    return any(
        (child.dep == "det" and child.lower in ("the", "this", "that", "these", "those"))
        or child.dep == "poss"
        for child in head.children
    )


def is_plural(head: Token) -> bool:
    """Whether the head is plural by its tag or by coordination."""
    return head.tag in ("NNS", "NNPS") or any(child.dep == "conj" for child in head.children)
