"""The running text of markup without a tree: any depth, any damage, in one pass.

Extraction by tree loses what lies deeper than the tree builder goes (libxml2 stops at about 256
elements); this keeps it. It knows blocks and what is never shown, and nothing about what on a page
is the article. Its time grows with the length of the page, whatever the page is: a search that
found no end once is not tried again.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import Final

_RAW: Final = frozenset({"script", "style"})
_HIDDEN: Final = frozenset({"template", "noscript", "svg", "head", "iframe"})
_BLOCKS: Final = frozenset(
    "address article aside blockquote body br caption dd div dl dt figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table td th tr ul".split()
)
_VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)
_CLOSED_BY_THEMSELVES: Final = frozenset("p li td th tr dd dt option".split())
_NAME: Final = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)")
_QUOTED: Final = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_RAW_END: Final = {name: re.compile(rf"</{name}", re.I) for name in _RAW}
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
# No character has so high a number, and Python refuses to read numbers of thousands of digits.
_TOO_HIGH: Final = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9A-Fa-f]{7,});?")


class _Runner:
    """One pass over a page; ``parts`` are its pieces of text and the breaks between blocks."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.parts: list[str] = []
        self.open: list[str] = []
        self.counts: Counter[str] = Counter()
        self.hidden = 0
        self.deepest = 0
        self._endless: set[str] = set()

    def run(self) -> None:
        position = 0
        while (mark := self.markup.find("<", position)) >= 0:
            self._text(position, mark)
            position = self._markup(mark)
        self._text(position, len(self.markup))

    def _text(self, start: int, end: int) -> None:
        if start < end and not self.hidden:
            plain = unescape(_TOO_HIGH.sub("\ufffd", self.markup[start:end]))
            self.parts.append(_BLANKS.sub(" ", plain))

    def _markup(self, mark: int) -> int:
        """Deal with what begins with the mark; where the text goes on."""
        if self.markup.startswith("<!--", mark):
            return self._behind("-->", mark + 2) or mark + 4
        found = _NAME.match(self.markup, mark)
        if found is None:
            if self.markup[mark + 1 : mark + 2] in ("!", "?", "/"):
                return self._behind(">", mark) or mark + 2
            self._literal(mark)
            return mark + 1
        end = self._tag_end(found.end())
        if end is None:  # no tag: the page breaks off, or a "<" was meant
            self._literal(mark)
            return mark + 1
        name = found[2].lower()
        if name in _BLOCKS:
            self.parts.append("\n")
        if found[1]:
            self._close(name)
            return end
        if name in _RAW:
            return self._behind_raw(name, end)
        if name not in _VOID and self.markup[end - 2] != "/":
            self._enter(name)
        return end

    def _literal(self, mark: int) -> None:
        if not self.hidden:
            self.parts.append(self.markup[mark])

    def _behind(self, what: str, start: int) -> int | None:
        found = -1 if what in self._endless else self.markup.find(what, start)
        if found < 0:
            self._endless.add(what)
            return None
        return found + len(what)

    def _behind_raw(self, name: str, start: int) -> int:
        found = None if name in self._endless else _RAW_END[name].search(self.markup, start)
        if found is None:
            self._endless.add(name)
            return start
        return self._behind(">", found.end()) or found.end()

    def _tag_end(self, start: int) -> int | None:
        if "quoted" not in self._endless:
            found = _QUOTED.match(self.markup, start)
            if found is not None:
                return found.end()
            self._endless.add("quoted")
        return self._behind(">", start)

    def _enter(self, name: str) -> None:
        if name in _CLOSED_BY_THEMSELVES and self.open and self.open[-1] == name:
            return
        if self.counts["head"] and name not in ("title", "noscript", "template", "meta"):
            self._close("head")  # what is shown ends it, closed or not
        self.open.append(name)
        self.counts[name] += 1
        self.hidden += name in _HIDDEN
        self.deepest = max(self.deepest, len(self.open))

    def _close(self, name: str) -> None:
        # An end tag reaches only to what is open, and in what is hidden no further.
        if not self.counts[name]:
            return
        while self.open:
            closed = self.open.pop()
            self.counts[closed] -= 1
            self.hidden -= closed in _HIDDEN
            if closed == name:
                return


def text_of(markup: str) -> tuple[str, int]:
    """The text, a paragraph a block with an empty line between, and how deep elements nest."""
    runner = _Runner(markup)
    runner.run()
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(runner.parts).split("\n"))
    return "\n\n".join(line for line in lines if line), runner.deepest
