"""Statements read against ``gold/attribution-nested.yaml``: nested, continued, implicit and all.

A statement counts as found when source, cue and content each share at least half the word tokens
of both sides; where the gold goes on without a cue, the source is not compared, for it is not in
that sentence. Parent, act, kind, addressee and speaker are measured on what was found.

Run: ``python -m benchmarks.nested [--split held] [--groups] [--verbose]``.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import dragoman
from benchmarks.marks import (
    SPLITS,
    Item,
    MarkedStatement,
    attributions,
    bounds,
    half,
    percent,
    prf,
    tokens,
)
from benchmarks.matching import is_speaker, pair
from dragoman.model import Reading, Span, Statement

Reader = Callable[[Item], Reading]


@dataclass(slots=True)
class Score:
    """Counts and outcomes over the items of a split; ``notes`` says what went wrong, in words."""

    found: int = 0
    read: int = 0
    wanted: int = 0
    outcomes: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    recall: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    silent: list[bool] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def score(items: Iterable[Item], read: Reader) -> Score:
    """The score of a reader over marked items."""
    total = Score()
    for item in items:
        _score_item(total, item, read(item))
    return total


def _score_item(total: Score, item: Item, reading: Reading) -> None:
    paired = pair(
        item.statements, reading.statements, lambda want, got: _fits(item.text, want, got)
    )
    total.found += len(paired)
    total.read += len(reading.statements)
    total.wanted += len(item.statements)
    if not item.statements:
        total.silent.append(not reading.statements)
    for i, want in enumerate(item.statements):
        total.groups[item.group].append(i in paired)
        for name in _properties(want):
            total.recall[name].append(i in paired)
        if i not in paired:
            total.notes.append(f"{item.id} missed {want.id}: {_quote(item, want)}")
            continue
        got = reading.statements[paired[i]]
        for name, right in _compare(item, want, got, reading).items():
            total.outcomes[name].append(right)
            if not right:
                total.notes.append(f"{item.id} {name} of {want.id}: {_quote(item, want)}")
    extra = [got for j, got in enumerate(reading.statements) if j not in paired.values()]
    total.notes += [f"{item.id} not marked: {_told(got)}" for got in extra]


def _fits(text: str, want: MarkedStatement, got: Statement) -> bool:
    def same(wanted: tuple[tuple[int, int], ...], found: Span | None) -> bool:
        return half(tokens(text, wanted), tokens(text, bounds(found)))

    return (
        same(want.content, got.content)
        and same(want.cue, got.cue)
        and (want.continued or same(want.source, got.source))
    )


def _properties(want: MarkedStatement) -> list[str]:
    return [
        want.kind,
        *(["nested"] if want.parent else []),
        *(["continued"] if want.continued else []),
        *(["implicit"] if want.implicit else []),
    ]


def _compare(
    item: Item, want: MarkedStatement, got: Statement, reading: Reading
) -> dict[str, bool]:
    addressed = half(tokens(item.text, want.addressee), _addressee(item, got))
    right = {
        "parent": _is_parent(item, want, reading.statement(got.parent)),
        "act": got.act == want.act,
        "kind": got.kind == want.kind,
        "addressee": addressed,
    }
    if want.parent:
        right["parent, where nested"] = right["parent"]
    if want.addressee:
        right["addressee, where there is one"] = addressed
    if want.speaker:
        right["speaker"] = is_speaker(want.speaker, reading, got)
    return right


def _addressee(item: Item, got: Statement) -> frozenset[int]:
    # Somebody addressed who has no words in the text must not pass for nobody.
    if got.addressee_span is None and got.addressee is not None:
        return frozenset({-1})
    return tokens(item.text, bounds(got.addressee_span))


def _is_parent(item: Item, want: MarkedStatement, got: Statement | None) -> bool:
    if want.parent is None or got is None:
        return want.parent is None and got is None
    parent = next(s for s in item.statements if s.id == want.parent)
    return _fits(item.text, parent, got) or (
        bool(tokens(item.text, parent.cue))
        and half(tokens(item.text, parent.cue), tokens(item.text, bounds(got.cue)))
    )


def _quote(item: Item, want: MarkedStatement) -> str:
    parts = (want.source, want.cue, want.content)
    return " / ".join(" | ".join(item.text[a:b] for a, b in part) or "-" for part in parts)


def _told(got: Statement) -> str:
    spans = (got.source, got.cue, got.content)
    return " / ".join(span.quote if span is not None else "-" for span in spans)


def read_item(item: Item) -> Reading:
    """What Dragoman reads in an item."""
    return dragoman.read(item.text, published=item.published)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of one split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=SPLITS, default="dev", help="which half (dev)")
    parser.add_argument("--groups", action="store_true", help="recall by what an item tests")
    parser.add_argument("--verbose", action="store_true", help="list what was missed or wrong")
    options = parser.parse_args(arguments)
    items = attributions(options.split)
    result = score(items, read_item)
    precision, recall, f1 = prf(result.found, result.read, result.wanted)
    print(f"{options.split}: {len(items)} items, {result.wanted} statements, {result.read} read")
    print(f"statements                     P {precision:.1f}  R {recall:.1f}  F1 {f1:.1f}")
    print(f"items without any, left so     {percent(result.silent)}")
    print("of what was found")
    for name, outcomes in sorted(result.outcomes.items()):
        print(f"  {name:<30} {percent(outcomes)}")
    print("recall")
    tables = [result.recall, *([result.groups] if options.groups else [])]
    for table in tables:
        for name, outcomes in sorted(table.items()):
            print(f"  {name:<30} {percent(outcomes)}")
    if options.verbose:
        print("\n".join(result.notes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
