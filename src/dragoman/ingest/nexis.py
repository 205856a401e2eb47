"""The layout in which press databases deliver many articles in one document.

Each article ends with "End of Document"; before its body stand the title, the outlet, the date and
lines such as "Length: 512 words" and "Byline: …", up to a line "Body".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_END: Final = re.compile(r"end of document\.?", re.I)
_FIELD: Final = re.compile(
    r"(length|byline|section|dateline|highlight|load-date|language|publication-type|subject|"
    r"copyright|graphic|series|distribution|correction-date|journal-code)\s*:?\s*(.*)", re.I
)  # fmt: skip
_BODY: Final = re.compile(r"body:?", re.I)
_TAIL: Final = re.compile(
    r"(load-date|publication-type|journal-code|subject|graphic|language)\s*:", re.I
)
_DATED: Final = re.compile(
    r"(january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+(january|february|march|april|may|june|july|august|september|"
    r"october|november|december),?\s+\d{4}",
    re.I,
)
_HEAD_LINES: Final = 12


@dataclass(frozen=True, slots=True)
class Article:
    """One of the articles; ``date`` as written."""

    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None


def articles(lines: Sequence[str]) -> Iterator[Article]:
    """The articles of a document's paragraphs; nothing where it is not in this layout."""
    ends = [i for i, line in enumerate(lines) if _END.fullmatch(line.strip())]
    start = 0
    for end in ends:
        part = [line.strip() for line in lines[start:end] if line.strip()]
        start = end + 1
        if part:
            yield _article(part)


def _article(lines: Sequence[str]) -> Article:
    body = next((i for i, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    if body is None:
        return Article("\n\n".join(lines), title=lines[0])
    head = [line for line in lines[:body][:_HEAD_LINES] if not _FIELD.match(line)]
    dated = next((i for i, line in enumerate(head) if i and _DATED.search(line)), None)
    date = _DATED.search(head[dated]) if dated is not None else None
    text = list(lines[body + 1 :])
    while text and _TAIL.match(text[-1]):
        text.pop()
    return Article(
        "\n\n".join(text),
        title=head[0] if head else None,
        publisher=head[1] if dated is not None and dated > 1 else None,
        date=date[0] if date else None,
    )
