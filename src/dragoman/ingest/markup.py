"""The running text of markup without a tree: any depth, any damage, in one pass.

Extraction by tree loses what lies deeper than the tree builder goes (libxml2 stops at about 256
elements); this keeps it. It knows blocks and what is never shown, and nothing about what on a page
is the article.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final

HIDDEN: Final = frozenset({"script", "style", "template", "noscript", "svg", "head", "iframe"})
_BLOCKS: Final = frozenset(
    "address article aside blockquote body br caption dd div dl dt figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table td th tr ul".split()
)
_VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)
_CLOSED_BY_THEMSELVES: Final = frozenset("p li td th tr dd dt option".split())
_TAG: Final = re.compile(r"<[^>]*>?")
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")


class _Runner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []
        self.hidden = 0
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag in _VOID:
            return
        if tag in _CLOSED_BY_THEMSELVES and self.open and self.open[-1] == tag:
            return
        self.open.append(tag)
        self.hidden += tag in HIDDEN
        self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        if self.open and self.open[-1] == tag:
            self.hidden -= self.open.pop() in HIDDEN
        elif self.hidden and tag in HIDDEN and tag in self.open:
            while self.open:
                closed = self.open.pop()
                self.hidden -= closed in HIDDEN
                if closed == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def text_of(markup: str) -> tuple[str, int]:
    """The text, a paragraph a block with an empty line between, and how deep elements nest."""
    runner = _Runner()
    try:
        runner.feed(markup)
        runner.close()
        raw = "".join(runner.parts)
    except AssertionError:  # html.parser's own word for declarations it cannot follow
        raw = unescape(_TAG.sub("\n", markup))
    lines = (_BLANKS.sub(" ", line).strip() for line in raw.split("\n"))
    return "\n\n".join(line for line in lines if line), runner.deepest
