"""Quotation marks: which open and close what, across sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.language.analysis import Quote

_DOUBLE_OPEN = "“„«‟"
_DOUBLE_CLOSE = "”»"
_MARKS = re.compile(r"[“”„«»‟\"]|``|''|[‘’']")
_MIN_SINGLE = 12
"""Code points: a shorter stretch in single quotes is a scare quote or a possessive."""


def find_quotes(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[Quote, ...]:
    """Every quoted stretch, marks included, in text order and without overlap.

    A quote still open at its paragraph's end goes on in the next paragraph when that one opens
    with a mark again (newspaper style); otherwise it ends with the paragraph, unclosed.
    """
    found: list[Quote] = []
    carried: int | None = None
    for index, (start, end) in enumerate(paragraphs):
        begin = carried
        if carried is not None and not _opens(text, start):
            found.append(Quote(carried, paragraphs[index - 1][1], closed=False))
            begin = None
        spans, open_at = _in_paragraph(text, start, end, begin)
        found.extend(spans)
        carried = open_at
        if open_at is not None and not _goes_on(text, paragraphs, index):
            found.append(Quote(open_at, end, closed=False))
            carried = None
    return tuple(found)


def _opens(text: str, at: int) -> bool:
    return text[at] in _DOUBLE_OPEN + '"‘' or text.startswith("``", at)


def _goes_on(text: str, paragraphs: Sequence[tuple[int, int]], index: int) -> bool:
    return index + 1 < len(paragraphs) and _opens(text, paragraphs[index + 1][0])


def _in_paragraph(
    text: str, start: int, end: int, carried: int | None
) -> tuple[list[Quote], int | None]:
    spans: list[Quote] = []
    open_at = carried
    single = False
    for match in _MARKS.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if carried is not None and at == start:
            continue
        if mark in "‘’'":
            if open_at is None and _single_opens(text, at, start, end):
                open_at, single = at, True
            elif single and open_at is not None and _single_closes(text, at, end):
                spans.append(Quote(open_at, match.end()))
                open_at, single = None, False
            continue
        if single and open_at is not None:
            open_at, single = None, False
        if open_at is None:
            if mark not in _DOUBLE_CLOSE and mark != "''" and not _only_closes(text, mark, at):
                open_at = at
        elif mark not in _DOUBLE_OPEN and mark != "``":
            spans.append(Quote(open_at, match.end()))
            open_at = None
    return spans, (None if single else open_at)


def _only_closes(text: str, mark: str, at: int) -> bool:
    """A straight mark right behind a word and before a space: its opening fellow is missing."""
    return (
        mark == '"'
        and not text[at - 1 : at].isspace()
        and at > 0
        and (not text[at + 1 : at + 2].strip())
    )


def _single_opens(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if text[at] == "’" or before.isalnum() or not (after.isalnum() or after in "…["):
        return False
    closing = re.compile(r"(?<=[\w.,!?…])[’'](?![\w])")
    match = closing.search(text, at + 1, end)
    return match is not None and match.start() - at >= _MIN_SINGLE and " " in text[at : match.end()]


def _single_closes(text: str, at: int, end: int) -> bool:
    after = text[at + 1] if at + 1 < end else " "
    return text[at] in "’'" and not after.isalnum() and not text[at - 1].isspace()
