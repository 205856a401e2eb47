"""Finding the register's words in a text with Aho-Corasick automata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from dragoman.register.naming import fold, lower
from dragoman.register.records import Alias, Match

# Short forms that are plain words in a line of capitals ("LET US TALK").
_ALSO_WORDS = frozenset({"US", "IS", "WHO", "ICE", "IT", "AU", "DA", "IRA", "ALBA", "PAS", "ANO"})
# "University of Jordan" is no act of Jordan's; the phrase itself need not be known.
_FRAMES = tuple(
    f"{word} of " + article
    for word in (
        "University", "College", "Institute", "Museum", "Academy", "Journal", "Gulf", "Sea",
        "Bay", "Strait", "Straits", "Isle", "Treaty", "Battle", "Duke", "Merchant", "Bishop",
    )
    for article in ("", "the ")
)  # fmt: skip
_LONGEST_FRAME = max(map(len, _FRAMES))

Spans = dict[tuple[int, int], tuple[Alias, ...]]


class Matcher:
    """Whole words, leftmost first, then longest. Names by case, labels whatever the case."""

    def __init__(
        self, aliases: Iterable[Alias], decoys: Iterable[str], exact_labels: set[str]
    ) -> None:
        cased: dict[str, list[Alias]] = {}
        loose: dict[str, list[Alias]] = {}
        for alias in aliases:
            if alias.form == "label" and alias.text not in exact_labels:
                loose.setdefault(lower(fold(alias.text)), []).append(alias)
                continue
            for text in _written(alias):
                known = cased.setdefault(text, [])
                if alias not in known:
                    known.append(alias)
        for text in decoys:
            cased.setdefault(fold(text), [])
        self._cased = [tuple(found) for found in cased.values()]
        self._loose = [tuple(found) for found in loose.values()]
        self._by_case = _automaton(cased)
        self._by_letter = _automaton(loose)

    def find(self, text: str) -> list[Match]:
        """Non-overlapping matches in text order; offsets are code points of ``text``."""
        plain = fold(text)
        spans: Spans = {}
        for number, start, end in self._by_case.find_matches_as_indexes(plain, overlapping=True):
            if _whole(plain, start, end) and not _shouted(plain, start, end):
                spans[start, end] = self._cased[number]
        small = lower(plain)
        for number, start, end in self._by_letter.find_matches_as_indexes(small, overlapping=True):
            if _whole(plain, start, end):
                spans[start, end] = self._loose[number] + spans.get((start, end), ())
        return [match for match in _leftmost_longest(spans, small) if not _framed(plain, match)]


def _automaton(patterns: dict[str, list[Alias]]) -> AhoCorasick:
    return AhoCorasick(
        patterns,
        matchkind=MatchKind.Standard,
        store_patterns=False,
        implementation=Implementation.ContiguousNFA,
    )


def _written(alias: Alias) -> Iterator[str]:
    """The ways an alias stands in print: as given, opening a sentence, in a line of capitals."""
    text = fold(alias.text)
    yield text
    if text[0].islower():
        yield text[0].upper() + text[1:]
    if len(text) >= 4 and alias.form != "acronym" and not text.isupper():
        yield text.upper()


def _leftmost_longest(spans: Spans, small: str) -> Iterator[Match]:
    """The article of a people ("the Irish") opens no match where a longer name follows it."""
    reached = 0
    ends = dict(sorted(spans))
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        led = small.startswith("the ", start) and ends.get(start + 4, 0) > end
        if start < reached or led:
            continue
        reached = end
        if spans[start, end]:
            yield Match(start, end, spans[start, end])


def _whole(text: str, start: int, end: int) -> bool:
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return False
    if start > 1 and text[start - 1] == "'" and text[start - 2].isalnum():
        return False
    if end == len(text):
        return True
    after = text[end]
    if after.isalnum() or after == "_":
        return False
    if after == "'" and end + 1 < len(text) and text[end + 1].isalnum():
        return text[end + 1] in "sS" and not text[end + 2 : end + 3].isalnum()
    return True


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether a short form that is also a word stands between words in capitals: "TELL US ALL"
    is not about a state, "US WARNS" is."""
    if text[start:end] not in _ALSO_WORDS:
        return False
    before = text[max(0, start - 40) : start].split()[-1:]
    after = text[end : end + 40].split()[:1]
    if not before or not before[0].isalpha():
        return False
    return len(before[0]) > 1 and all(word.isupper() for word in before + after)


def _framed(text: str, match: Match) -> bool:
    if any(alias.form == "label" for alias in match.aliases):
        return False
    return text[max(0, match.start - _LONGEST_FRAME) : match.start].endswith(_FRAMES)
