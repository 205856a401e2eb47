"""Status of events against ``gold/status.yaml``.

Events are paired by their triggers, the closest pair first; what is not marked is neither right nor
wrong. Precision is over the paired events; recall over all marked ones, then over the paired ones
alone: the first also counts an event that was not coded, the second judges the status by itself.

Run: ``python -m benchmarks.status [--split held] [--groups] [--verbose]``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import dragoman
from benchmarks.marks import (
    IMPLICIT,
    SPLITS,
    Item,
    MarkedEvent,
    bounds,
    percent,
    prf,
    statuses,
    tokens,
)
from benchmarks.matching import is_speaker
from dragoman.model import STATUSES, Event, Reading, Statement

Reader = Callable[[Item], Reading]


@dataclass(slots=True)
class Score:
    """Counts over the items of a split; ``notes`` says what went wrong, in words."""

    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    unpaired: Counter[str] = field(default_factory=Counter)
    outcomes: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    notes: list[str] = field(default_factory=list)

    def figures(self, status: str, *, paired_only: bool) -> tuple[float, float, float]:
        """Precision, recall and F1 of one status."""
        right = self.confusion[status, status]
        found = sum(n for (_, got), n in self.confusion.items() if got == status)
        wanted = sum(n for (want, _), n in self.confusion.items() if want == status)
        return prf(right, found, wanted if paired_only else wanted + self.unpaired[status])

    def macro_f1(self, *, paired_only: bool) -> float:
        """The mean F1 of the six statuses."""
        return sum(self.figures(s, paired_only=paired_only)[2] for s in STATUSES) / len(STATUSES)


def score(items: Iterable[Item], read: Reader) -> Score:
    """The score of a reader over marked items."""
    total = Score()
    for item in items:
        _score_item(total, item, read(item))
    return total


def _score_item(total: Score, item: Item, reading: Reading) -> None:
    paired = _pair(item, reading.events)
    for i, want in enumerate(item.events):
        if i not in paired:
            total.unpaired[want.status] += 1
            total.notes.append(f"{item.id} not coded: {_told(item, want)}")
            continue
        got = reading.events[paired[i]]
        total.confusion[want.status, got.status] += 1
        total.groups[item.group].append(got.status == want.status)
        right = _compare(want, got, reading)
        for name, outcome in right.items():
            total.outcomes[name].append(outcome)
        if got.status != want.status:
            total.notes.append(f"{item.id} read as {got.status}: {_told(item, want)}")
        if not right.get("chain", True):
            chain = [_speaker(reading, s) for s in got.according_to]
            total.notes.append(f"{item.id} read with {chain}: {_told(item, want)}")


def _pair(item: Item, events: Sequence[Event]) -> dict[int, int]:
    """Marked to coded events by the share of their triggers' tokens, the largest first."""
    shares = []
    for i, want in enumerate(item.events):
        ours = tokens(item.text, want.trigger)
        for j, got in enumerate(events):
            theirs = tokens(item.text, bounds(got.trigger))
            if ours & theirs:
                shares.append((-len(ours & theirs) / len(ours | theirs), i, j))
    taken: dict[int, int] = {}
    for _, i, j in sorted(shares):
        if i not in taken and j not in taken.values():
            taken[i] = j
    return taken


def _compare(want: MarkedEvent, got: Event, reading: Reading) -> dict[str, bool]:
    right = {
        "status": got.status == want.status,
        "polarity": got.polarity == want.polarity,
        "certainty": got.certainty == want.certainty,
    }
    if want.according_to is None:
        return right
    said = [reading.statement(identifier) for identifier in got.according_to]
    right["chain"] = len(said) == len(want.according_to) and all(
        _is_voice(name, reading, statement)
        for name, statement in zip(want.according_to, said, strict=True)
    )
    right["chain, of the report itself" if not said_by(want) else "chain, of others"] = right[
        "chain"
    ]
    return right


def said_by(want: MarkedEvent) -> bool:
    """Whether somebody other than the report holds the event."""
    return bool(want.according_to)


def _is_voice(name: str, reading: Reading, statement: Statement | None) -> bool:
    if name == IMPLICIT:
        return statement is not None and statement.source is None
    return is_speaker(name, reading, statement)


def _speaker(reading: Reading, identifier: str) -> str:
    statement = reading.statement(identifier)
    return statement.source.quote if statement and statement.source else IMPLICIT


def _told(item: Item, want: MarkedEvent) -> str:
    start, end = want.trigger[0]
    chain = "?" if want.according_to is None else list(want.according_to)
    return f"{want.status} {item.text[start:end]!r} according to {chain} in {item.text!r}"


def read_item(item: Item) -> Reading:
    """What Dragoman reads in an item."""
    return dragoman.read(item.text, published=item.published)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of one split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=SPLITS, default="dev", help="which half (dev)")
    parser.add_argument("--groups", action="store_true", help="right statuses by construction")
    parser.add_argument("--verbose", action="store_true", help="list what was not coded or wrong")
    options = parser.parse_args(arguments)
    items = statuses(options.split)
    result = score(items, read_item)
    missing, paired = result.unpaired.total(), result.confusion.total()
    print(f"{options.split}: {len(items)} items, {missing + paired} events, {missing} not coded")
    print(f"{'':<14}{'over all':>22}{'over the coded':>24}")
    for status in STATUSES:
        both = [result.figures(status, paired_only=only) for only in (False, True)]
        print(f"{status:<14}" + "  ".join(f"P {p:5.1f} R {r:5.1f} F {f:5.1f}" for p, r, f in both))
    every, coded = (result.macro_f1(paired_only=only) for only in (False, True))
    print(f"macro-F1      {every:.1f} over all, {coded:.1f} over the coded")
    for name, outcomes in sorted(result.outcomes.items()):
        print(f"  {name:<28} {percent(outcomes)}")
    if options.groups:
        for name, outcomes in sorted(result.groups.items()):
            print(f"  {name:<28} {percent(outcomes)}")
    if options.verbose:
        print("\n".join(result.notes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
