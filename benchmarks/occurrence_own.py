"""Occurrences of the whole product on ECB+, topics 1 to 35: its own events, not given ones.

    python -m benchmarks.occurrence_own [--shared ../shared]

Of the events that the product finds those count whose trigger overlaps a mark that annotators
linked across documents. The network that weighs the pairs of a third of the topics is fitted on
the marks of the other two; all else is as shipped. ECB+ has no dates, so nothing is told apart by
day, and blocks are as crowded as can be.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from benchmarks.clusters import compare
from benchmarks.occurrence_gold import Report, ecbplus
from benchmarks.occurrence_pairs import centre_of, compared, told
from benchmarks.occurrences import PARTS, Score, added, conll, likeness, parts_of, shown
from dragoman.corpus.accounts import Account, accounts
from dragoman.corpus.blocking import pairs
from dragoman.corpus.likeness import NAMES, Likeness
from dragoman.corpus.occurrences import occurrences
from dragoman.corpus.parting import parted
from dragoman.model import Reading
from dragoman.pipeline import Reader

Own = tuple[Account, str]
"""An account with the happening that its mark was given."""


def matched(report: Report, reading: Reading) -> Iterator[Own]:
    """The accounts of a reading whose trigger overlaps a linked mark."""
    marks = [m for m in report.events if not m.happening.startswith(f"{m.document}:")]
    for account, event in zip(accounts(reading), reading.events, strict=True):
        for mark in marks:
            if any(
                part.start < high and low < part.end
                for part in event.trigger.fragments
                for low, high in mark.words
            ):
                yield account, mark.happening
                break


def score(own: Sequence[Own], ours: Iterable[Iterable[str]]) -> Score:
    """The sums of each metric for a grouping of ids of accounts."""
    gold: dict[str, set[str]] = {}
    for account, happening in own:
        gold.setdefault(happening, set()).add(account.id)
    return compare(map(frozenset, gold.values()), map(frozenset, ours))


def baseline(own: Iterable[Own]) -> list[list[str]]:
    """Events of one type with the same trigger are one happening."""
    found: dict[tuple[str, frozenset[str]], list[str]] = {}
    for account, _ in own:
        key = account.type, frozenset(account.traits.trigger)
        found.setdefault(key, []).append(account.id)
    return list(found.values())


def losses(own: Sequence[Own], network: Likeness) -> tuple[Counter[str], Counter[str]]:
    """Pairs that are one happening and were not joined, by the step that lost them; pairs that
    were joined, right and wrong.
    """
    happening = [name for _, name in own]
    told_of = [account for account, _ in own]
    at = {
        name: number
        for number, one in enumerate(occurrences(told_of, network=network))
        for name in one.events
    }
    looked_at = set(pairs(told_of))
    lost: Counter[str] = Counter()
    joined: Counter[str] = Counter()
    for a, b in combinations(range(len(own)), 2):
        is_joined = at[told_of[a].id] == at[told_of[b].id]
        if is_joined:
            joined["right" if happening[a] == happening[b] else "wrong"] += 1
        elif happening[a] == happening[b]:
            reason = parted(told_of[a], told_of[b])
            if reason is not None:
                lost[f"kept apart by {reason}"] += 1
            else:
                lost["not alike enough" if (a, b) in looked_at else "not looked at"] += 1
    return lost, joined


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    given = parser.parse_args()
    folder = given.shared / "gold/documents/ecbplus"
    if not folder.is_dir():
        sys.exit(f"no gold in {folder}: name the folder it lies in with --shared")
    reports = list(ecbplus(folder))
    readings = list(Reader().read_many(report.document for report in reports))
    cut = parts_of(list(told(reports)), linked=True)
    trained = [compared(part, centre_of(part)) for part in cut]
    topics = list(dict.fromkeys(report.topic for report in reports))
    base: list[Score] = []
    ours: list[Score] = []
    lost: Counter[str] = Counter()
    joined: Counter[str] = Counter()
    for part in range(PARTS):
        network = likeness([one for n, one in enumerate(trained) if n != part], NAMES)
        own = [
            one
            for report, reading in zip(reports, readings, strict=True)
            if topics.index(report.topic) % PARTS == part
            for one in matched(report, reading)
        ]
        found = occurrences((account for account, _ in own), network=network)
        base.append(score(own, baseline(own)))
        ours.append(score(own, (one.events for one in found)))
        for total, more in zip((lost, joined), losses(own, network), strict=True):
            total.update(more)
    print("own events that lie on linked marks of ECB+, no topics: P R F1 of each; CoNLL F1")
    print(shown("same type and trigger", added(base)))
    print(shown("occurrences", added(ours)))
    print(f"  CoNLL F1 {conll(added(ours)):.1f}; pairs joined: {joined['right']:,} right, "
          f"{joined['wrong']:,} wrong")  # fmt: skip
    print(f"  pairs of one happening not joined, {lost.total():,}: "
          + ", ".join(f"{kind} {count:,}" for kind, count in lost.most_common()))  # fmt: skip


if __name__ == "__main__":
    main()
