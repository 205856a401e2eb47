"""The layout in which press databases deliver many articles in one document.

Each article ends with "End of Document"; before its body stand the title, the outlet, the date and
lines such as "Length: 512 words" and "Byline: …", up to a line "Body". A cover page may precede.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_END: Final = re.compile(r"end of document\.?", re.I)
_BODY: Final = re.compile(r"body:?", re.I)
_TAIL: Final = re.compile(
    r"(load-date|publication-type|journal-code|subject|graphic|language)\s*:", re.I
)
_BYLINE: Final = re.compile(r"byline\s*:\s*(?:by\s+)?(\S.*)", re.I)
_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_DATED: Final = re.compile(
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"((?:{_MONTHS})\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+(?:{_MONTHS}),?\s+\d{{4}})\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Article:
    """One of the articles; ``date`` as written."""

    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    author: str | None = None


def articles(lines: Sequence[str]) -> Iterator[Article]:
    """The articles of a document's paragraphs; nothing where it is not in this layout.

    What follows the last end mark is an article too: the document was cut off.
    """
    ends = [i for i, line in enumerate(lines) if _END.fullmatch(line.strip())]
    if not ends:
        return
    start = 0
    for end in (*ends, len(lines)):
        part = [line.strip() for line in lines[start:end] if line.strip()]
        start = end + 1
        if part:
            yield _article(part)


def _article(lines: Sequence[str]) -> Article:
    body = next((i for i, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    if body is None:
        return Article("\n\n".join(lines), title=lines[0])
    head = lines[:body]
    # The last date counts, with outlet and title right above it: a cover page has dates as well.
    dated = [(i, found) for i, line in enumerate(head) if i and (found := _DATED.match(line))]
    at, date = dated[-1] if dated else (None, None)
    byline = next((found[1] for line in head if (found := _BYLINE.match(line))), None)
    text = list(lines[body + 1 :])
    while text and _TAIL.match(text[-1]):
        text.pop()
    return Article(
        "\n\n".join(text),
        title=head[max(at - 2, 0)] if at else head[0] if head else None,
        publisher=head[at - 1] if at is not None and at > 1 else None,
        date=date[1] if date else None,
        author=byline,
    )
