"""Temporal expressions of a report, each with its TIMEX3 value against the publication date.

The grammar is data (``data/times.yaml``); a weekday or a date without a year takes the side the
governing verb's tense points to, the publication day itself included. Granularity is that of the
words: "in May" is a month. Out of scope: the movable feasts of Christians and Jews, ages of people
as birth dates.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from dragoman.language.analysis import Analysis, Token
from dragoman.mentions.timex import Context, Grammar, Match, Value, default_grammar, evaluate
from dragoman.mentions.timex.clocks import Read, with_clocks
from dragoman.mentions.timex.tense import tense_at
from dragoman.model import Document, Mention, Time

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?|[^\w\s]")
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)(?![\d/])")
_FULL_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|day|\d)\.\Z",
    re.IGNORECASE,
)
_PERSON_MONTHS: Final = frozenset(("may", "march", "april", "june", "august"))
_OPEN_BEFORE: Final = {"since": "since", "until": "until", "till": "until", "by": "by"}


def find(analysis: Analysis) -> tuple[Mention, ...]:
    """Every temporal expression, in text order, without overlaps; ids ``t1``, ``t2``, …

    ``rule`` is the grammar's rule, with what is to be known of the reading behind a ``+``:
    ``+since``, ``+until`` or ``+by`` where such a word stands before the expression and opens one
    of its bounds; ``+every`` and ``+2X`` (TIMEX3's quantifier and frequency of a set); the
    calendar, ``+umm-al-qura`` or ``+solar-hijri``; by what the order of figures is known;
    ``+same-sentence`` for a time of day that has its day from there. ``unresolved`` says what was
    missing where the value is not fixed in the calendar.
    """
    return _Finder(analysis, default_grammar()).mentions()


class _Finder:
    def __init__(self, analysis: Analysis, grammar: Grammar) -> None:
        self._analysis = analysis
        self._grammar = grammar
        self._document = analysis.document
        self._day_first, self._order_by = _order(self._document, grammar)
        self._starts = [token.start for token in analysis.tokens]

    def mentions(self) -> tuple[Mention, ...]:
        found: list[Mention] = []
        anchor: dt.date | None = None
        around: dt.date | None = None
        for low, high in self._analysis.paragraphs:
            text = self._document.text[low:high]
            values: dict[int, Value] = {}
            matches = list(self._grammar.find(text))
            read: list[Read] = []
            for match in self._longest(text, matches, low, values):
                value = values[id(match)]
                if match.rule.value in _ANAPHORIC:
                    context = self._context(match, text, low, anchor, around)
                    value = evaluate(match, context) or value
                time = value.time
                if time.granularity == "day" and time.first == time.last:
                    anchor = time.first or anchor
                if time.type == "DATE" and time.granularity != "vague":
                    around = time.first or around
                read.append(Read(match.start, match.end, match.rule.id, value))
            for item in with_clocks(read, text, self._sentence, low):
                found.append(self._mention(item, low, text, len(found) + 1))
        return tuple(found)

    def _sentence(self, start: int) -> int:
        token = self._token(start)
        return token.sentence.start if token is not None else -1

    def _longest(
        self,
        text: str,
        matches: list[Match],
        low: int,
        values: dict[int, Value],
    ) -> list[Match]:
        """The matches that have a value, the longest where several overlap."""
        matches.sort(key=lambda m: (m.start - m.end, m.rule.order))
        chosen: list[Match] = []
        for match in matches:
            if any(match.start < other.end and other.start < match.end for other in chosen):
                continue
            if self._guarded(match, text, low):
                continue
            value = evaluate(match, self._context(match, text, low))
            if value is not None:
                chosen.append(match)
                values[id(match)] = value
        chosen.sort(key=lambda match: match.start)
        return chosen

    def _context(
        self,
        match: Match,
        text: str,
        low: int,
        anchor: dt.date | None = None,
        around: dt.date | None = None,
    ) -> Context:
        start, end = low + match.start, low + match.end
        return Context(
            grammar=self._grammar,
            published=self._document.published,
            tense=lambda: tense_at(self._analysis, start, end),
            anchor=anchor,
            around=around,
            day_first=self._day_first,
            order_by=self._order_by,
            before=text[max(0, match.start - 40) : match.start],
            behind=text[match.end : match.end + 40].lstrip(),
            names_year=lambda: self._names_year(match, text, low),
        )

    def _mention(self, read: Read, low: int, text: str, number: int) -> Mention:
        start, end = low + read.start, low + read.end
        if _FULL_MONTH.search(words := text[read.start : read.end]):
            end -= 1
        elif words.endswith(".") and words[-3:].casefold() not in (".m.", "p.m"):
            end -= text[read.end :].lstrip()[:1].isupper() or read.end == len(text)
        rule = f"{read.rule}+{read.value.mark}" if read.value.mark else read.rule
        time, rule = _opened(read.value.time, rule, _words(text[: read.start])[-1:])
        return Mention(
            id=f"t{number}",
            span=self._document.span((start, end)),
            kind="time",
            rule=f"time.{rule}",
            time=time,
            unresolved=read.value.unresolved,
        )

    def _guarded(self, match: Match, text: str, low: int) -> bool:
        """Whether a weekday or month is part of a name, or no name of a month at all."""
        head = text[match.start : match.start + 2]
        if match.rule.needs in _LOWER and head[0].isupper() and not head.isupper():
            lead = text[: match.start].rstrip()
            if lead and lead[-1].isalnum():  # "USA Today", "News Daily"
                return True
        named = [name for name in match.groups if name.rstrip("2") in _NAMED]
        if not named:
            return False
        before = _words(text[max(0, match.start - 40) : match.start])[-1:]
        behind = text[match.end : match.end + 40].lstrip("’' ")
        guards = self._grammar.guards
        if before and before[0] in guards["before"] and _opens_with_name(match, text):
            return True
        if any(behind.startswith(word) for word in guards["after"]):
            return True
        if _words(behind)[:1] and _words(behind)[0] in guards["rites"]:
            return not (before and before[0].casefold() in guards["rite_dated"])
        if match.rule.id in ("date.month", "date.month-part"):
            return self._month_is_name(match, low)
        return False

    def _month_is_name(self, match: Match, low: int) -> bool:
        """ "May" beside another name, or tagged as a verb ("May I", "March on")."""
        word = match.groups.get("month") or match.groups["clearmonth"]
        tokens = self._analysis.between(low + match.start, low + match.end)
        token = tokens[-1] if tokens else None
        if token is None:
            return False
        if word.casefold() in _PERSON_MONTHS and token.tag in ("MD", "VB", "VBP", "VBD"):
            return True
        follower = self._analysis.tokens[token.i + 1 : token.i + 2]
        return bool(
            follower
            and follower[0].tag == "NNP"
            and token.dep == "compound"
            and word.casefold() in _PERSON_MONTHS
        )

    def _names_year(self, match: Match, text: str, low: int) -> bool:
        """Whether four figures are a year: by the words around them, else by the parse."""
        guards = self._grammar.guards
        if re.search(r"\d[-–]\Z", text[max(0, match.start - 2) : match.start]):  # telephones
            return False
        before = _words(text[max(0, match.start - 40) : match.start])
        behind = _words(text[match.end : match.end + 30])
        if behind and (behind[0].casefold() in guards["counted"] or behind[0] in "%$€£"):
            return False
        last = before[-1].casefold() if before else ""
        if last in guards["counting"] or last in "$€£#№":
            return False
        token = self._token(low + match.start)
        if token is None:
            return False
        if last in _SINGLING and self._describes(token):
            return True
        if last in guards["year_cues"]:
            return token.dep != "nummod" or token.head.tag not in ("NNS", "NNPS") or _known(token)
        return token.dep in ("nummod", "compound", "npadvmod", "nmod", "amod") and _known(token)

    def _describes(self, year: Token) -> bool:
        """ "the 1998 selection process", not "the 2000 workers": what follows is no plural."""
        behind = self._analysis.tokens[year.i + 1 : year.i + 2]
        if not behind or behind[0].tag not in ("NN", "NNP", "JJ", "VBN", "VBD"):
            return False
        head = year.head
        return head.i < year.i or head.tag in ("NN", "NNP")

    def _token(self, start: int) -> Token | None:
        position = bisect_right(self._starts, start) - 1
        return self._analysis.tokens[position] if position >= 0 else None


_SINGLING: Final = frozenset(("the", "this", "that", "its", "their", "his", "her"))
_LOWER: Final = frozenset(("relday", "adverb", "vague"))  # words with no capital of their own
_ANAPHORIC: Final = frozenset(  # the value depends on the time named before it
    ("other_day", "other_period", "period_around", "later", "hours_off", "following_weekday")
)
_NAMED: Final = frozenset(("weekday", "wday", "month", "clearmonth", "hijri", "solar", "feast"))


def _known(token: Token) -> bool:
    """Whether a counted noun is singled out ("the 1967 war", "Iran's 2009 elections")."""
    head = token.head
    if head.i < token.i:  # "Room 2014"
        return False
    fixed = any(child.dep in ("det", "poss") and child.i < token.i for child in head.children)
    return fixed or head.tag in ("NN", "NNP")


def _opens_with_name(match: Match, text: str) -> bool:
    """Whether the first word of the match is a weekday's or month's name."""
    head = text[match.start : match.end]
    return any(
        head.startswith(word) for name, word in match.groups.items() if name.rstrip("2") in _NAMED
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _opened(time: Time, rule: str, before: Sequence[str]) -> tuple[Time, str]:
    """Open the bound that "since", "until" or "by" leaves open."""
    word = _OPEN_BEFORE.get(before[0].casefold()) if before else None
    if word is None or time.type not in ("DATE", "TIME"):
        return time, rule
    if word == "since":
        return dataclasses.replace(time, last=None), f"{rule}+{word}"
    return dataclasses.replace(time, first=None), f"{rule}+{word}"


def _order(document: Document, grammar: Grammar) -> tuple[bool | None, str | None]:
    """Whether the day stands first in figures such as 03/04/2021, and by what that is known: dates
    of the report that can be read one way only, its own date among them, or its publisher.
    """
    first = second = False
    for found in _SLASHED.finditer(document.text):
        left, right, year = int(found[1]), int(found[2]), int(found[3])
        first |= left > 12
        second |= right > 12
        if document.published is not None and left != right and max(left, right) <= 12:
            day = document.published
            first |= (day.year, day.month, day.day) == (year, right, left)
            second |= (day.year, day.month, day.day) == (year, left, right)
    if first != second:
        return first, "by-report"
    known = f"{document.publisher or ''} {document.url or ''}".casefold()
    by = {name: any(word.casefold() in known for word in grammar.guards[name])
          for name in ("day_first", "month_first")}  # fmt: skip
    if by["day_first"] != by["month_first"]:
        return by["day_first"], "by-publisher"
    return None, None
