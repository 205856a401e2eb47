"""Events of whole reports against ``gold/events.yaml``: who did what to whom, on whose word.

An event counts when its trigger shares a word with the marked one (or stands in the same sentence,
where no closer one is left), its type is right, and so are both sides: every marked party is among
the participants and no participant is anybody else. A party is the register's actor of that name,
or shares half of its words. Mode, place, time, status and chain are judged over the events found
with the right type. What the gold calls optional is neither right nor wrong.

A claim told as a fact is an event that the gold puts on somebody's word and the reading asserts on
the report's own: there must be none.

Run: ``python -m benchmarks.events [--split held] [--types] [--verbose]``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import dragoman
from benchmarks.marks import GOLD, SPLITS, Bounds, bounds, locate, percent, prf, rows, tokens
from benchmarks.matching import alike, alternatives, is_actor, is_chain, pair, quote, words
from dragoman.model import Event, Participant, Reading
from dragoman.register import default_register

EVENTS: Final = GOLD / "events.yaml"
LEVELS: Final = ("trigger and type", "and one side", "and both sides")
NONE: Final = "none"

Fits = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """One event as a careful reader marks it. A side of None is not compared."""

    trigger: Bounds
    type: str
    mode: str
    actors: tuple[str, ...] | None
    recipients: tuple[str, ...] | None
    place: str | None
    time: str | None
    status: str
    according_to: tuple[str, ...] | None
    mutual: bool = False
    historical: bool = False
    main: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A text with all its events."""

    id: str
    split: str
    published: dt.date
    text: str
    events: tuple[MarkedEvent, ...]


@dataclass(slots=True)
class Score:
    """Counts and outcomes over the reports of a split; ``notes`` tells each miss in words."""

    right: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    wanted: int = 0
    types: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    outcomes: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    lead: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    told_as_facts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def figures(self, level: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of one of the levels."""
        return prf(self.right[level], self.read[level], self.wanted)


def reports(split: str | None = None, path: Path = EVENTS) -> list[Report]:
    """The reports of the gold, of one split or all.

    Raises ValueError where a trigger is not in its text or occurs there more than once.
    """
    return [
        Report(
            id=row["id"],
            split=row["split"],
            published=row["published"],
            text=row["text"],
            events=tuple(_marked(row["text"], event) for event in row["events"]),
        )
        for row in rows(path, split)
    ]


def score(items: Iterable[Report], read: Callable[[Report], Reading]) -> Score:
    """The score of a reader over marked reports."""
    total = Score()
    for report in items:
        _Scorer(report, read(report)).add_to(total)
    return total


class _Scorer:
    """One report and its reading, laid side by side."""

    def __init__(self, report: Report, reading: Reading) -> None:
        self.report = report
        self.reading = reading
        self.wanted = report.events
        self.found = reading.events
        self._ours = [tokens(report.text, want.trigger) for want in self.wanted]
        self._theirs = [tokens(report.text, bounds(got.trigger)) for got in self.found]

    def add_to(self, total: Score) -> None:
        """Count what was found, missed and made up."""
        binding = [i for i, want in enumerate(self.wanted) if not want.optional]
        total.wanted += len(binding)
        paired: dict[int, int] = {}
        for level, sides in zip(LEVELS, (0, 1, 2), strict=True):
            paired = self._pair(binding, sides)
            free = self._excused(set(paired.values()))
            total.right[level] += len(paired)
            total.read[level] += len(self.found) - len(free)
            main = next(i for i in binding if self.wanted[i].main)
            total.lead[level].append(main in paired)
        self._count_types(total, binding, paired, free)
        typed = self._pair(range(len(self.wanted)), 0, prefer=paired)
        for i, j in typed.items():
            for name, right in self._outcomes(self.wanted[i], self.found[j]).items():
                total.outcomes[name].append(right)
                if not right:
                    total.notes.append(f"{self._told(i)}\n    {name}: {self._read(j)}")
        self._note(total, binding, typed, paired, free)
        total.told_as_facts += self._told_as_facts()

    def _pair(
        self, among: Iterable[int], sides: int, prefer: Mapping[int, int] | None = None
    ) -> dict[int, int]:
        """Marked to read events, by trigger first, then by sentence; at least so many sides right.

        ``prefer`` holds pairs that stand.
        """
        taken = dict(prefer or {})
        for near in (self._overlap, self._same_sentence):
            left = [i for i in among if i not in taken]
            free = [j for j in range(len(self.found)) if j not in taken.values()]

            def fits(i: int, j: int, near: Fits = near) -> bool:
                return near(i, j) and self._typed(i, j) and self._sides(i, j) >= sides

            taken |= {left[a]: free[b] for a, b in pair(left, free, fits).items()}
        return taken

    def _overlap(self, i: int, j: int) -> bool:
        return bool(self._ours[i] & self._theirs[j])

    def _same_sentence(self, i: int, j: int) -> bool:
        # What stands on another's trigger is that one's.
        if any(self._overlap(other, j) for other in range(len(self.wanted))):
            return False
        around = self.found[j].sentence
        start, end = self.wanted[i].trigger[0][0], self.wanted[i].trigger[-1][1]
        return around is not None and around.start <= start and end <= around.end

    def _typed(self, i: int, j: int) -> bool:
        return self.found[j].type in alternatives(self.wanted[i].type)

    def _sides(self, i: int, j: int) -> int:
        want, got = self.wanted[i], self.found[j]
        if want.mutual:
            ours = (*(want.actors or ()), *(want.recipients or ()))
            return 2 * self._is_side(ours, (*got.actors, *got.recipients))
        compared = [
            self._is_side(side, participants)
            for side, participants in ((want.actors, got.actors), (want.recipients, got.recipients))
            if side is not None
        ]
        if all(compared):
            return 2
        return int(any(compared))

    def _is_side(self, names: Sequence[str], participants: Sequence[Participant]) -> bool:
        fillers = [alternatives(name) for name in names]
        present = [p for p in participants if p.actor or p.span]
        return all(
            NONE in options or any(self._is_party(options, p) for p in present)
            for options in fillers
        ) and all(any(self._is_party(options, p) for options in fillers) for p in present)

    def _is_party(self, options: Sequence[str], participant: Participant) -> bool:
        actor = self.reading.actor(participant.actor)
        worded = (participant.name, quote(participant.span))
        for name in options:
            if is_actor(name, actor):
                return True
            if default_register().lookup(name):
                # "South Korea" and "North Korea" share half their words.
                if actor is None and any(words(name) == words(w) for w in worded):
                    return True
            elif any(alike(name, w) for w in worded):
                return True
        return False

    def _excused(self, taken: set[int]) -> set[int]:
        """Read events that stand for what the gold leaves open."""
        open_ones = [i for i, want in enumerate(self.wanted) if want.optional]
        return {
            j
            for j in range(len(self.found))
            if j not in taken and any(self._overlap(i, j) for i in open_ones)
        }

    def _outcomes(self, want: MarkedEvent, got: Event) -> dict[str, bool]:
        place = self.reading.mention(got.place)
        right = {
            "mode": (got.mode or NONE) in alternatives(want.mode),
            "status": got.status in alternatives(want.status),
        }
        if want.mutual:
            sides = (*(want.actors or ()), *(want.recipients or ()))
            right["mutual sides"] = self._is_side(sides, (*got.actors, *got.recipients))
        else:
            if want.actors is not None:
                right["actors"] = self._is_side(want.actors, got.actors)
            if want.recipients is not None:
                right["recipients"] = self._is_side(want.recipients, got.recipients)
        if want.historical:
            right["historical"] = "historical" in got.auxiliary
        if want.place is not None:
            right["place"] = place is not None and any(
                _is_place(name, (place.span.quote, place.place.name if place.place else ""))
                for name in alternatives(want.place)
            )
        if want.time is not None:
            right["time"] = got.time is not None and got.time.value.startswith(want.time)
        if want.according_to is not None:
            right["chain"] = is_chain(want.according_to, self.reading, got.according_to)
            whose = "of others" if want.according_to else "of the report"
            right[f"chain, {whose}"] = right["chain"]
        return right

    def _told_as_facts(self) -> list[str]:
        """Claims of the gold that the reading asserts in the report's voice."""
        told = []
        for j, got in enumerate(self.found):
            shared = [
                (len(self._ours[i] & self._theirs[j]) / len(self._ours[i] | self._theirs[j]), i)
                for i in range(len(self.wanted))
                if self._overlap(i, j)
            ]
            if not shared or got.according_to or got.status != "asserted":
                continue
            _, closest = max(shared, key=lambda item: (item[0], -item[1]))
            if self.wanted[closest].according_to and not self._is_the_claiming(closest, j):
                told.append(f"{self._told(closest)}\n    told as a fact: {self._read(j)}")
        return told

    def _is_the_claiming(self, i: int, j: int) -> bool:
        """Whether what was read is the speaker's accusing or praising, told by the same words."""
        want, got = self.wanted[i], self.found[j]
        if got.type not in ("ACCUSE", "SUPPORT") or self._typed(i, j):
            return False
        speaker = alternatives((want.according_to or ("",))[0])
        return any(self._is_party(speaker, p) for p in got.actors)

    def _count_types(
        self, total: Score, binding: Sequence[int], paired: Mapping[int, int], free: set[int]
    ) -> None:
        for i in binding:
            total.types[alternatives(self.wanted[i].type)[0]]["wanted"] += 1
        for i, j in paired.items():
            total.types[alternatives(self.wanted[i].type)[0]]["right"] += 1
            total.types[alternatives(self.wanted[i].type)[0]]["read"] += 1
            free = free | {j}
        for j, got in enumerate(self.found):
            if j not in free:
                total.types[got.type]["read"] += 1

    def _note(
        self,
        total: Score,
        binding: Sequence[int],
        typed: Mapping[int, int],
        paired: Mapping[int, int],
        free: set[int],
    ) -> None:
        for i in binding:
            if i not in typed:
                near = [self._read(j) for j in range(len(self.found)) if self._overlap(i, j)]
                total.notes.append(
                    f"{self._told(i)}\n    not found{': ' if near else ''}{'; '.join(near)}"
                )
        spoken_for = set(typed.values()) | set(paired.values()) | free
        for j in range(len(self.found)):
            if j not in spoken_for and not any(
                self._overlap(i, j) for i in range(len(self.wanted))
            ):
                total.notes.append(f"{self.report.id} made up: {self._read(j)}")

    def _told(self, i: int) -> str:
        want = self.wanted[i]
        start, end = want.trigger[0][0], want.trigger[-1][1]
        around = self.report.text[max(0, start - 60) : end + 60].replace("\n", " ")
        sides = [None if s is None else list(s) for s in (want.actors, want.recipients)]
        return (
            f"{self.report.id} {want.type}/{want.mode}"
            f" {self.report.text[start:end]!r} {want.status}"
            f" {sides[0]} -> {sides[1]} @{want.place} {want.time}"
            f" by {want.according_to and list(want.according_to)} in …{around}…"
        )

    def _read(self, j: int) -> str:
        got = self.found[j]
        place = self.reading.mention(got.place)
        chain = [
            quote(said.source) if said else identifier
            for identifier in got.according_to
            for said in [self.reading.statement(identifier)]
        ]
        return (
            f"{got.type}/{got.mode or NONE} {got.trigger.quote!r} {got.status}"
            f" {self._names(got.actors)} -> {self._names(got.recipients)}"
            f" @{place and place.span.quote} {got.time and got.time.value} by {chain}"
        )

    def _names(self, participants: Iterable[Participant]) -> list[str]:
        return [
            actor.name if (actor := self.reading.actor(p.actor)) else f"?{p.name}"
            for p in participants
        ]


def _is_place(name: str, worded: Sequence[str]) -> bool:
    return any(alike(name, wording) for wording in worded)


def _marked(text: str, row: Mapping[str, Any]) -> MarkedEvent:
    def names(role: str) -> tuple[str, ...] | None:
        return None if row[role] is None else tuple(row[role])

    return MarkedEvent(
        trigger=locate(text, row["trigger"], row.get("within")),
        type=row["type"],
        mode=row["mode"] or NONE,
        actors=names("actors"),
        recipients=names("recipients"),
        place=row["place"],
        time=row["time"],
        status=row["status"],
        according_to=names("according_to"),
        mutual=row.get("mutual", False),
        historical=row.get("historical", False),
        main=row.get("main", False),
        optional=row.get("optional", False),
    )


def read_report(report: Report) -> Reading:
    """What Dragoman reads in a report."""
    return dragoman.read(report.text, published=report.published)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of one split; exit 1 when a claim is told as a fact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=SPLITS, default="dev", help="which half (dev)")
    parser.add_argument("--types", action="store_true", help="the figures by type (dev only)")
    parser.add_argument("--verbose", action="store_true", help="tell each miss (dev only)")
    options = parser.parse_args(arguments)
    if options.split != "dev" and (options.verbose or options.types):
        parser.error("the kept half prints totals only; leave --verbose and --types out")
    items = reports(options.split)
    result = score(items, read_report)
    print(f"{options.split}: {len(items)} reports, {result.wanted} events, ", end="")
    print(f"{result.read[LEVELS[-1]]} read")
    for level in LEVELS:
        precision, recall, f1 = result.figures(level)
        print(f"{level:<30} P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}")
    print(f"claims told as facts           {len(result.told_as_facts)}")
    for level in LEVELS:
        print(f"lead event, {level:<18} {percent(result.lead[level])}")
    print("of what was found with its type")
    for name, outcomes in sorted(result.outcomes.items()):
        print(f"  {name:<28} {percent(outcomes)}")
    if options.types:
        for name, count in sorted(result.types.items()):
            figures = prf(count["right"], count["read"], count["wanted"])
            print(
                f"  {name:<12} P {figures[0]:5.1f}  R {figures[1]:5.1f}  F1 {figures[2]:5.1f}",
                end="",
            )
            print(f"  ({count['right']} right, {count['read']} read, {count['wanted']} wanted)")
    if options.verbose:
        print("\n".join(result.told_as_facts + sorted(result.notes)))
    return 1 if result.told_as_facts else 0


if __name__ == "__main__":
    sys.exit(main())
