"""Mentions of actors against ``gold/actors.yaml``: are they linked to who is meant at the date?

To a mark belongs the actor mention that holds the mark's head word, has its own head word inside
the mark, and shares the most words with it; of several over the same words the best one counts, as
"the presidents of Chad and Niger" are two. A head is the last word before a comma, a bracket or a
preposition. Every mark is then right, wrong (linked to another actor) or unresolved (no mention, no
actor, or too little known of it).

- ``actor``: right if the mention's actor is the register's entry that has this full name or acronym
  (where several entries have it, the one of the marked country), or somebody of the report's with
  just this name. For a state its government will do: no person, its country, sector GOV. Any other
  entry is wrong. Somebody of the report's is wrong if of another country, or if no word of the
  name or the quote is shared, else unresolved.
  A several-word name of an organisation, not found but with a mention inside it linked to somebody
  else, is wrong.
- ``country`` and ``sector``: right if both are among those marked and the actor is no person of the
  register; either one other is wrong, either one not known is unresolved.
- ``unresolved``: wrong if it is an entry of the register, or somebody of the report's whose name
  shares no word with the quote; what must be known is judged as above. If nothing must be known, no
  mention is right too.
- ``none``: wrong if any mention that touches it is linked to an entry of the register, or to
  somebody of the report's with a country, unless it is the marked country; else right.

Run: ``python -m benchmarks.actors [--split held|both] [--unknown] [--verbose]``. ``--unknown``
lists marked names that the register does not have, in the half asked for.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import dragoman
from benchmarks.marks import GOLD, SPLITS, Bounds, bounds, locate, rows, tokens
from benchmarks.matching import alternatives, words
from dragoman.model import Actor, Mention, Reading
from dragoman.register import default_register
from dragoman.register.naming import fold

ACTORS: Final = GOLD / "actors.yaml"
OUTCOMES: Final = ("right", "wrong", "unresolved")
RIGHT, WRONG, UNRESOLVED = OUTCOMES
UNNESTED: Final = frozenset({"person", "state", None})

_BEFORE_HEAD_ENDS: Final = re.compile(r"\s*[,(]|\s+(?:of|for|in|at|to|from|by|with|who)\b")


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked mention. ``names``, ``countries`` and ``sectors`` are alternatives."""

    where: Bounds
    names: tuple[str, ...] = ()
    kind: str | None = None
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    unresolved: bool = False
    none: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A text with its marks; ``group`` is what it tests first."""

    id: str
    split: str
    group: str
    published: dt.date
    text: str
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class Score:
    """Outcomes over the reports of a split, whole and shared out; ``notes`` has the misses."""

    outcomes: Counter[str] = field(default_factory=Counter)
    groups: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    decades: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    notes: list[str] = field(default_factory=list)

    def add(self, report: Report, outcome: str) -> None:
        """Count one outcome."""
        self.outcomes[outcome] += 1
        self.groups[report.group][outcome] += 1
        self.decades[f"{report.published.year // 10 * 10}s"][outcome] += 1


def reports(split: str | None = None, path: Path = ACTORS) -> list[Report]:
    """The reports of the gold, of one split or all.

    Raises ValueError where a quote is not in its text or occurs there more than once.
    """
    return [
        Report(
            id=row["id"],
            split=row["split"],
            group=row["group"],
            published=row["published"],
            text=row["text"],
            marks=tuple(_mark(row["text"], mention) for mention in row["mentions"]),
        )
        for row in rows(path, split)
    ]


def score(items: Iterable[Report], read: Callable[[Report], Reading]) -> Score:
    """The score of a reader over marked reports."""
    total = Score()
    for report in items:
        reading = read(report)
        for mark in report.marks:
            outcome, mention = judge(mark, reading)
            total.add(report, outcome)
            if outcome != RIGHT:
                total.notes.append(_told(report, mark, reading, outcome, mention))
    return total


def judge(mark: Mark, reading: Reading) -> tuple[str, Mention | None]:
    """Whether a mark was read rightly, and by which mention."""
    touching = [m for m in reading.mentions if m.kind == "actor" and _touch(m, mark)]
    if mark.none:
        bad = next((m for m in touching if _political(mark, reading.actor(m.actor))), None)
        return (RIGHT, None) if bad is None else (WRONG, bad)
    best = _fitting(mark, touching, reading.document.text)
    if not best:
        return _judge_missing(mark, touching, reading)
    judged = [(_judge(mark, reading.actor(m.actor), reading, m), m) for m in best]
    return min(judged, key=lambda pair: (RIGHT, UNRESOLVED, WRONG).index(pair[0]))


def _fitting(mark: Mark, touching: Sequence[Mention], text: str) -> list[Mention]:
    ours = tokens(text, mark.where)
    head = _head(text, mark.where)
    shares = []
    for mention in touching:
        span = bounds(mention.span)
        theirs = tokens(text, span)
        if head <= theirs and _head(text, span) <= ours:
            shares.append((len(ours & theirs) / len(ours | theirs), mention))
    most = max((share for share, _ in shares), default=0.0)
    return [mention for share, mention in shares if share == most]


def _head(text: str, where: Bounds) -> frozenset[int]:
    start, end = where[0]
    stop = _BEFORE_HEAD_ENDS.search(text, start + 1, end)
    within = tokens(text, ((start, stop.start() if stop else end),))
    return frozenset({max(within)}) if within else frozenset()


def _touch(mention: Mention, mark: Mark) -> bool:
    return any(
        low < end and start < high
        for low, high in bounds(mention.span)
        for start, end in mark.where
    )


def _judge_missing(
    mark: Mark, touching: Sequence[Mention], reading: Reading
) -> tuple[str, Mention | None]:
    if mark.unresolved and not mark.countries and not mark.sectors:
        return RIGHT, None
    ours = tokens(reading.document.text, mark.where)
    if mark.names and mark.kind not in UNNESTED and len(ours) > 1:
        for mention in touching:
            actor = reading.actor(mention.actor)
            inside = tokens(reading.document.text, bounds(mention.span)) < ours
            if inside and _known(actor) and not _named(mark, actor):
                return WRONG, mention
    return UNRESOLVED, None


def _judge(mark: Mark, actor: Actor | None, reading: Reading, mention: Mention) -> str:
    if actor is None:
        free = mark.unresolved and not mark.countries and not mark.sectors
        return RIGHT if free else UNRESOLVED
    if mark.unresolved:
        if _known(actor) or not _related(actor, [mention.span.quote, *_quotes(mark, reading)]):
            return WRONG
        return _by_codes(mark, actor)
    if not mark.names:
        return WRONG if _known(actor) and actor.kind == "person" else _by_codes(mark, actor)
    if _named(mark, actor):
        return RIGHT
    if mark.kind == "state" and actor.kind != "person" and actor.sector == "GOV":
        return RIGHT if actor.country in mark.countries else WRONG
    if _known(actor) or (mark.countries and actor.country not in (None, *mark.countries)):
        return WRONG
    related = _related(actor, [*mark.names, *_quotes(mark, reading)])
    return UNRESOLVED if related else WRONG


def _by_codes(mark: Mark, actor: Actor) -> str:
    pairs = ((mark.countries, actor.country), (mark.sectors, actor.sector))
    asked = [(wanted, got) for wanted, got in pairs if wanted]
    if any(got is not None and got not in wanted for wanted, got in asked):
        return WRONG
    return UNRESOLVED if any(got is None for _, got in asked) else RIGHT


def _named(mark: Mark, actor: Actor | None) -> bool:
    if actor is None:
        return False
    if not _known(actor):
        return any(words(fold(name)) == words(fold(actor.name)) for name in mark.names)
    meant: set[str] = set()
    for name in mark.names:
        ids = entries(name)
        fitting = {id for id in ids if _country(id) in mark.countries}
        meant |= fitting if len(ids) > 1 and fitting else ids
    return actor.id in meant


def entries(name: str) -> frozenset[str]:
    """The register's entries that have this full name or acronym."""
    return _by_name().get(_plain(name), frozenset())


@cache
def _by_name() -> Mapping[str, frozenset[str]]:
    register = default_register()
    found: dict[str, set[str]] = defaultdict(set)
    for entry in register.entries:
        found[_plain(entry.name)].add(entry.id)
    for alias in register.aliases:
        if alias.entry and alias.form in {"name", "acronym"}:
            found[_plain(alias.text)].add(alias.entry)
    return {name: frozenset(ids) for name, ids in found.items()}


def _plain(name: str) -> str:
    return " ".join(words(fold(name)))


def _country(id: str) -> str | None:
    entry = default_register().entry(id)
    return entry.country if entry else None


def _known(actor: Actor | None) -> bool:
    return actor is not None and default_register().entry(actor.id) is not None


def _political(mark: Mark, actor: Actor | None) -> bool:
    if actor is None or (actor.country is not None and actor.country in mark.countries):
        return False
    return _known(actor) or actor.country is not None


def _related(actor: Actor, wordings: Sequence[str]) -> bool:
    ours = set(words(fold(actor.name)))
    return any(ours & set(words(fold(wording))) for wording in wordings)


def _quotes(mark: Mark, reading: Reading) -> list[str]:
    return [reading.document.text[start:end] for start, end in mark.where]


def _mark(text: str, row: Mapping[str, Any]) -> Mark:
    def options(key: str) -> tuple[str, ...]:
        return tuple(alternatives(row[key])) if key in row else ()

    return Mark(
        where=locate(text, row["quote"], row.get("within")),
        names=options("actor"),
        kind=row.get("kind"),
        countries=options("country"),
        sectors=options("sector"),
        unresolved=row.get("unresolved", False),
        none=row.get("none", False),
    )


def _told(
    report: Report, mark: Mark, reading: Reading, outcome: str, mention: Mention | None
) -> str:
    actor = reading.actor(mention.actor) if mention else None
    got = f"{actor.id} {actor.country} {actor.sector}" if actor else None
    why = (mention.unresolved or mention.rule) if mention else "no mention"
    wanted = "none" if mark.none else mark.names or (*mark.countries, *mark.sectors)
    return (
        f"{report.id} {report.published} {outcome}: {' … '.join(_quotes(mark, reading))!r} "
        f"wanted {wanted}, got {got} ({why})"
    )


def read_report(report: Report) -> Reading:
    """What Dragoman reads in a report."""
    return dragoman.read(report.text, published=report.published)


def unknown(items: Iterable[Report]) -> list[str]:
    """Marked names of which the register has no alternative."""
    names = ((m.names, r.published) for r in items for m in r.marks if m.names)
    return sorted({"|".join(n) for n, _ in names if not any(map(entries, n))})


def _line(name: str, outcomes: Counter[str]) -> str:
    total = outcomes.total()
    shares = "  ".join(
        f"{outcome} {100 * outcomes[outcome] / total:5.1f} ({outcomes[outcome]})"
        for outcome in OUTCOMES
    )
    return f"{name:<16}{total:5}  {shares}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of one half, or of both side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=(*SPLITS, "both"), default="dev", help="half (dev)")
    parser.add_argument("--unknown", action="store_true", help="list names the register lacks")
    parser.add_argument("--verbose", action="store_true", help="list the misses of dev")
    options = parser.parse_args(arguments)
    if options.verbose and options.split != "dev":
        parser.error("the kept half is scored, not shown: --verbose goes with --split dev")
    for split in SPLITS if options.split == "both" else (options.split,):
        items = reports(split)
        if options.unknown:
            print("\n".join(unknown(items)))
            continue
        result = score(items, read_report)
        print(f"{split}: {len(items)} reports")
        print(_line("all", result.outcomes))
        for shares in (result.groups, result.decades):
            print("\n".join("  " + _line(name, shares[name]) for name in sorted(shares)))
        if options.verbose:
            print("\n".join(result.notes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
