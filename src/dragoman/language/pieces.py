"""Cutting a report into paragraphs for the parser, exact to the code point."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_PIECE = 10_000
"""Code points. A longer paragraph is cut at a sentence end, else a space, else anywhere."""

_BLANK_LINE = re.compile(r"\r?\n[ \t\u00a0]*(?:\r?\n[ \t\u00a0]*)+|\f|\u2029")
_NEW_LINE = re.compile(r"\r?\n[ \t\u00a0]*|\r(?!\n)|\f|\u2029")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s")
_WRAP_WIDTH = 100
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z'’./-]+(?:[ /][A-Z][A-Z'’./-]+)*(?:, [A-Z][\w.]+(?: [\w.]+){0,2}){0,2}"
    r"(?: \([A-Z][\w/. ]{1,25}\))?"
    r"|[A-Z][\w'’.]+(?: [A-Z][\w'’.]+){0,2}(?:, [A-Z][\w.]+(?: \d{1,2})?){0,2}"
    r" \([A-Z][\w/. ]{1,25}\))"
    r"\s?(?:—|–|--?)\s"
)


def paragraphs(text: str, start: int = 0) -> tuple[tuple[int, int], ...]:
    """``(start, end)`` of each paragraph of ``text[start:]``, white space at its ends left out.

    A blank line always parts paragraphs; a single line break does unless the lines look
    hard-wrapped (none much longer than a column, most without a closing mark).
    """
    border = _BLANK_LINE if _is_wrapped(text, start) else _NEW_LINE
    found: list[tuple[int, int]] = []
    low = start
    for match in border.finditer(text, start):
        _append(found, text, low, match.start())
        low = match.end()
    _append(found, text, low, len(text))
    return tuple(found)


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """``(start, end)`` of consecutive pieces of at most ``MAX_PIECE`` code points."""
    while end - start > MAX_PIECE:
        cut = _cut(text, start, start + MAX_PIECE)
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def dateline(text: str, start: int, end: int) -> int:
    """Where a paragraph's prose begins: behind "NAIROBI, March 3 (Agency) —" if it opens so."""
    match = _DATELINE.match(text, start, min(end, start + 120))
    return match.end() if match is not None else start


def _cut(text: str, low: int, high: int) -> int:
    best = max((m.end() for m in _SENTENCE_END.finditer(text, low, high)), default=0)
    if best > low:
        return best
    space = text.rfind(" ", low + 1, high)
    return space + 1 if space > low else high


def _append(found: list[tuple[int, int]], text: str, low: int, high: int) -> None:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    if low < high:
        found.append((low, high))


def _is_wrapped(text: str, start: int) -> bool:
    lines = [line.rstrip() for line in text[start : start + 20_000].splitlines() if line.strip()]
    if len(lines) < 3 or max(map(len, lines)) > _WRAP_WIDTH:
        return False
    open_ended = sum(line[-1] not in ".!?:;\"'”’)" for line in lines)
    return open_ended * 2 > len(lines)
