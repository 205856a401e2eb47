"""A text cut where its spans begin and end, so that a page can light them, however they overlap.

Offsets are code points here and nowhere else: a browser, which counts UTF-16 units, gets pieces
that are cut already.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from dragoman.export import wording
from dragoman.model import Reading, Span, Statement
from dragoman.web.reports import Part, Report

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SPELLING: Final = "\u200c\u200d"  # joiners: emoji and Persian need them
_BREAKS: Final = ("\n", "\r")
_BREAK: Final = re.compile("[\n\r]")
_NAME: Final = 30  # characters of a speaker's name in the text


@dataclass(frozen=True, slots=True)
class Bit:
    """Characters to show; ``hidden`` names one that a reader would not see."""

    text: str
    hidden: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a statement's words begin, or go on after a gap (``again``)."""

    statement: str
    who: str
    again: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch between two borders, ``text[start:end]``. ``statements`` holds those whose words
    it is part of, outermost first; ``events`` those whose trigger it is part of; ``label`` is the
    number to stand behind it; ``kinds`` has ``cue``, ``source``, ``wording``, ``preamble``;
    ``roles`` tells the parts it plays in events: ``e1-who``.
    """

    start: int
    end: int
    bits: tuple[Bit, ...]
    statements: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    first: bool = False
    label: str = ""
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    opens: tuple[Opening, ...] = ()
    closes: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text."""

    pieces: tuple[Piece, ...]


def light(report: Report) -> list[Paragraph]:
    """The part's text as lines of pieces. Joined, the pieces are the text but for the
    ends of lines."""
    text, part = report.reading.document.text, report.part
    marks = _Marks(report)
    borders = sorted(marks.borders | _lines(text, part) | {part.start, part.end})
    found: list[Paragraph] = []
    held: list[Piece] = []
    for start, end in pairwise(borders):
        piece = marks.piece(start, end)
        if text[start:end] in _BREAKS:
            # What ends with the line ends before it; what begins with it begins after it.
            if held and piece.closes:
                held[-1] = replace(held[-1], closes=held[-1].closes + piece.closes)
            marks.put_off(piece.opens, end)
            found.append(Paragraph(tuple(held)))
            held = []
        else:
            held.append(piece)
    found.append(Paragraph(tuple(held)))
    return [one for one in found if one.pieces]


def _lines(text: str, part: Part) -> set[int]:
    """Borders around each end of line."""
    found: set[int] = set()
    for match in _BREAK.finditer(text, part.start, part.end):
        found |= {match.start(), match.end()}
    return found


def bits(text: str) -> tuple[Bit, ...]:
    """The text with what steers and hides made visible: ``[U+202E RIGHT-TO-LEFT OVERRIDE]``."""
    found: list[Bit] = []
    plain = ""
    for character in text:
        if unicodedata.category(character) not in _HIDDEN or character in _SPELLING + "\t":
            plain += character
            continue
        if plain:
            found.append(Bit(plain))
            plain = ""
        code = f"U+{ord(character):04X}"
        name = unicodedata.name(character, "control character")
        found.append(Bit(code, f"{code} {name}"))
    if plain:
        found.append(Bit(plain))
    return tuple(found)


class _Marks:
    """Where what begins and ends within a part."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._part = report.part
        self._text = report.reading.document.text
        self.borders: set[int] = set()
        self._spans: list[tuple[int, int, str, str]] = []  # start, end, kind, id
        self._openings: dict[int, list[Opening]] = {}
        self._closings: dict[int, int] = {}
        self._ends: dict[int, list[str]] = {}
        self._begins: dict[int, set[str]] = {}
        self._depth = _depths(report.reading)
        self._preamble = report.reading.document.preamble
        self._add_preamble()
        self._add_statements()
        self._add_events()
        for mention in report.reading.mentions:
            if mention.label is not None:
                self._add(mention.label_span or mention.span, "wording", mention.id)
        self._spans.sort()
        self._starts = [one[0] for one in self._spans]
        self._longest = max((end - start for start, end, _, _ in self._spans), default=0)

    def _add_preamble(self) -> None:
        if self._part.start < self._preamble < self._part.end:
            self.borders.add(self._preamble)

    def _add_statements(self) -> None:
        reading = self._report.reading
        for statement in reading.statements:
            who = short(wording.source_name(reading, statement))
            for number, (start, end) in enumerate(
                self._add(statement.content, "said", statement.id)
            ):
                opening = Opening(statement.id, who, number > 0)
                self._openings.setdefault(start, []).append(opening)
                self._closings[end] = self._closings.get(end, 0) + 1
            self._add(statement.source, "source", statement.id)
            self._add(statement.cue, "cue", statement.id)

    def _add_events(self) -> None:
        for event in self._report.reading.events:
            placed = self._add(event.trigger, "event", event.id)
            if placed:
                self._begins.setdefault(placed[0][0], set()).add(event.id)
                self._ends.setdefault(placed[-1][1], []).append(event.id)
            for role, filled in (("who", event.actors), ("whom", event.recipients)):
                for participant in filled:
                    self._add(participant.span, f"{event.id}-{role}", event.id)
            mention = self._report.reading.mention(event.place)
            self._add(mention.span if mention else None, f"{event.id}-where", event.id)
            when = self._report.reading.mention(event.time.mention) if event.time else None
            self._add(when.span if when else None, f"{event.id}-when", event.id)

    def _add(self, span: Span | None, kind: str, name: str) -> list[tuple[int, int]]:
        """Take in a span, cut to the part; what of it stands there."""
        placed = []
        for fragment in span.fragments if span else ():
            start, end = max(fragment.start, self._part.start), min(fragment.end, self._part.end)
            if start < end:
                placed.append((start, end))
                self._spans.append((start, end, kind, name))
                self.borders |= {start, end}
        return placed

    def put_off(self, opens: tuple[Opening, ...], place: int) -> None:
        """Let openings stand at a later place."""
        if opens:
            self._openings.setdefault(place, []).extend(opens)

    def piece(self, start: int, end: int) -> Piece:
        """The piece between two borders."""
        said: list[str] = []
        events: list[str] = []
        kinds: list[str] = []
        roles: list[str] = []
        low = bisect_left(self._starts, start - self._longest)
        for one in self._spans[low : bisect_right(self._starts, start)]:
            if one[1] < end:
                continue
            if one[2] == "said":
                said.append(one[3])
            elif one[2] == "event":
                events.append(one[3])
            elif one[2] in ("cue", "source", "wording"):
                kinds.append(one[2])
            else:
                roles.append(one[2])
        ends = [name for name in self._ends.get(end, ()) if name in events]
        opens = sorted(self._openings.get(start, ()), key=lambda one: self._depth[one.statement])
        return Piece(
            start=start,
            end=end,
            bits=bits(self._text[start:end]),
            statements=tuple(sorted(dict.fromkeys(said), key=lambda name: self._depth[name])),
            events=tuple(sorted(dict.fromkeys(events), key=self._number)),
            first=bool(self._begins.get(start, set()) & set(events)),
            label=self._label(ends),
            kinds=tuple(sorted(set(kinds))) + (("preamble",) if end <= self._preamble else ()),
            roles=tuple(dict.fromkeys(roles)),
            opens=tuple(opens),
            closes=self._closings.get(end, 0),
        )

    def _number(self, event: str) -> int:
        return self._report.numbers.get(event, 0)

    def _label(self, ends: Iterable[str]) -> str:
        """The numbers of the events that end here, with each status that is not ``asserted``."""
        told = []
        for name in sorted(ends, key=self._number):
            event = self._report.reading.event(name)
            status = event.status if event is not None and event.status != "asserted" else ""
            told.append(f"{self._number(name)} {status}".strip())
        return ", ".join(told)


def _depths(reading: Reading) -> Mapping[str, int]:
    return {one.id: len(wording.parents(reading, one)) for one in reading.statements}


def short(name: str, most: int = _NAME) -> str:
    """A name for a narrow place."""
    plain = wording.safe(name)
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def depth_of(reading: Reading, statement: Statement) -> int:
    """How many statements a statement is nested in."""
    return len(wording.parents(reading, statement))
