"""Event coreference across documents with given marks, on ECB+ (topics 1 to 35) and MEANTIME.

    python -m benchmarks.occurrences [--shared ../shared]

CoNLL F1, singletons included. ECB+ is cut into three parts of eleven topics; each is scored by a
network fitted on the other two, whose threshold is chosen there as well. All documents of a part
are taken together, that of "no topics"; with topics or their halves known, events of different
ones are never joined. "linked" are the marks that annotators gave a happening across documents;
"all" has also those that they marked in sentences which they did not link: each of these is a
happening of its own in the gold, right or not. MEANTIME is scored by the network fitted on all
linked marks of ECB+, also with the days of its reports, which ECB+ has not: "within a week".
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clusters import METRICS, Sums, compare
from benchmarks.occurrence_gold import ecbplus, meantime
from benchmarks.occurrence_pairs import Pairs, Told, centre_of, compared, told
from dragoman.corpus.blocking import LATEST
from dragoman.corpus.clustering import group
from dragoman.corpus.likeness import NAMES, WITH_VECTORS, Likeness
from training.occurrences.network import fit

PARTS = 3
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.4)
Reports = list[list[Told]]
Known = Callable[[Told], str]
KNOWN: dict[str, Known] = {
    "no topics": lambda event: "",
    "topics known": lambda event: event.report.topic,
    "halves known": lambda event: event.report.part,
}
Score = dict[str, Sums]


def is_linked(event: Told) -> bool:
    """Whether annotators gave it a happening across documents."""
    return not event.mark.happening.startswith(f"{event.mark.document}:")


def parts_of(reports: Reports, linked: bool) -> list[Reports]:
    """The reports cut by topic, every third topic in one part."""
    topics = list(dict.fromkeys(e.report.topic for report in reports for e in report))
    place = {topic: number % PARTS for number, topic in enumerate(topics)}
    found: list[Reports] = [[] for _ in range(PARTS)]
    for report in reports:
        kept = [event for event in report if is_linked(event) or not linked]
        if kept:
            found[place[kept[0].report.topic]].append(kept)
    return found


def groups(
    pairs: Pairs, chances: Any, threshold: float, known: Known, dated: bool = False
) -> list[list[int]]:
    """Our grouping of the events, joined only where what is known of them is alike; ``dated``:
    and where their reports came out within a week, as far as their days are known.
    """
    told_of = [known(event) for event in pairs.events]
    if dated:
        weeks = [event.report.document.published for event in pairs.events]
        near = [
            weeks[a] is None or weeks[b] is None or abs((weeks[a] - weeks[b]).days) <= LATEST
            for a, b in pairs.numbers.tolist()
        ]
        chances = np.where(near, chances, 0.0)
    likely = {
        (int(one), int(other)): float(chance)
        for (one, other), chance in zip(pairs.numbers, chances, strict=True)
        if told_of[one] == told_of[other]
    }
    return group(len(pairs.events), likely, threshold)


def score(pairs: Pairs, ours: Iterable[Sequence[int]]) -> Score:
    """The sums of each metric for a grouping."""
    gold: dict[str, set[int]] = {}
    for number, event in enumerate(pairs.events):
        gold.setdefault(event.mark.happening, set()).add(number)
    return compare(map(frozenset, gold.values()), map(frozenset, ours))


def by_lemma(pairs: Pairs, known: Known) -> list[list[int]]:
    """The baseline: events whose heads have one lemma are one happening."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, event in enumerate(pairs.events):
        found.setdefault((known(event), event.lemma), []).append(number)
    return list(found.values())


def added(scores: Iterable[Score]) -> Score:
    """The sums of several sets of documents."""
    rows = list(scores)
    return {metric: sum((row[metric] for row in rows), Sums()) for metric in METRICS}


def conll(sums: Score) -> float:
    """The mean F1, in per cent."""
    return 100 * sum(sums[metric].scores()[2] for metric in METRICS) / len(METRICS)


def shown(name: str, sums: Score) -> str:
    """A line of the table."""
    rows = (sums[metric].scores() for metric in METRICS)
    cells = "   ".join(" ".join(f"{100 * value:4.1f}" for value in row) for row in rows)
    return f"  {name:44} {cells}   {conll(sums):5.1f}"


def likeness(pairs: Sequence[Pairs], columns: tuple[str, ...]) -> Likeness:
    """A network fitted on these pairs."""
    rows = np.concatenate([one.columns[:, : len(columns)] for one in pairs])
    truth = np.concatenate([one.truth for one in pairs])
    return Likeness(fit(rows, truth).settings(columns, 0.0))


def threshold_of(
    pairs: Sequence[Pairs], columns: tuple[str, ...], known: Known = KNOWN["no topics"]
) -> float:
    """The best threshold where each of several sets is scored by a network fitted on the others."""
    sums: dict[float, list[Score]] = {value: [] for value in THRESHOLDS}
    for place, own in enumerate(pairs):
        network = likeness([one for n, one in enumerate(pairs) if n != place], columns)
        chances = network(own.columns[:, : len(columns)])
        for value, rows in sums.items():
            rows.append(score(own, groups(own, chances, value, known)))
    return max(sums, key=lambda value: conll(added(sums[value])))


def cross_validated(
    parts: Sequence[Pairs], columns: tuple[str, ...]
) -> Iterator[tuple[Pairs, Any, float]]:
    """Each part with the probabilities of its pairs and the threshold, both from the others."""
    for place, own in enumerate(parts):
        rest = [one for n, one in enumerate(parts) if n != place]
        chances = likeness(rest, columns)(own.columns[:, : len(columns)])
        yield own, chances, threshold_of(rest, columns)


FORMS = {"without vectors, as archives use it": NAMES, "with the encoder's vectors": WITH_VECTORS}


def report(name: str, parts: Sequence[Pairs]) -> Iterator[str]:
    """The table of a setting of ECB+."""
    marks = sum(len(one.events) for one in parts)
    yield f"ECB+, {name} marks ({marks:,}): P R F1 of {', '.join(METRICS)}; CoNLL F1"
    for told_of, known in KNOWN.items():
        sums = added(score(one, by_lemma(one, known)) for one in parts)
        yield shown(f"same head lemma, {told_of}", sums)
    for form, columns in FORMS.items():
        found = list(cross_validated(parts, columns))
        for told_of, known in KNOWN.items():
            sums = added(score(p, groups(p, c, t, known)) for p, c, t in found)
            yield shown(f"{form}, {told_of}", sums)
        if name == "linked":
            yield f"  {form}: thresholds {', '.join(str(t) for *_, t in found)}; wrong links"
            yield from errors(found)


def errors(found: Iterable[tuple[Pairs, Any, float]]) -> Iterator[str]:
    """Links of the grouping that the gold has not, and links that it has and we have not: kinds
    with their numbers of pairs.
    """
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for pairs, chances, threshold in found:
        ours = groups(pairs, chances, threshold, KNOWN["no topics"])
        at = {number: n for n, members in enumerate(ours) for number in members}
        for (a, b), truth in zip(pairs.numbers.tolist(), pairs.truth, strict=True):
            if (at[a] == at[b]) != bool(truth):
                (missed if truth else wrong)[_kind(pairs.events[a], pairs.events[b], truth)] += 1
    for name, counts in (("joined though apart", wrong), ("apart though one", missed)):
        rest = ", ".join(f"{kind} {count:,}" for kind, count in counts.most_common())
        yield f"    {name}, {counts.total():,} pairs: {rest}"


def _kind(one: Told, other: Told, truth: float) -> str:
    lemma = "same lemma" if one.lemma == other.lemma else "other lemma"
    if one.report.document.id == other.report.document.id:
        where = "one report"
    elif one.report.part == other.report.part:
        where = "one happening's reports"
    else:
        where = "the topic's other half" if one.report.topic == other.report.topic else "topics"
    shares = bool(one.traits.parties.keys() & other.traits.parties.keys())
    party = "a party shared" if shares else "no party shared"
    return f"{lemma}, {party}" if truth else f"{where}, {lemma}"


def transferred(reports: Reports, trained: Sequence[Pairs], centre: Any) -> Iterator[str]:
    """The table of MEANTIME."""
    pairs = compared(reports, centre)
    yield f"MEANTIME ({len(pairs.events):,} marks): P R F1 of {', '.join(METRICS)}; CoNLL F1"
    for told_of in ("no topics", "topics known"):
        sums = score(pairs, by_lemma(pairs, KNOWN[told_of]))
        yield shown(f"same head lemma, {told_of}", sums)
    sums = score(pairs, by_lemma(pairs, lambda event: event.report.document.id))
    yield shown("same head lemma within each document", sums)
    sums = score(pairs, [[number] for number in range(len(pairs.events))])
    yield shown("each event a happening of its own", sums)
    for form, columns in FORMS.items():
        chances = likeness(trained, columns)(pairs.columns[:, : len(columns)])
        threshold = threshold_of(trained, columns)
        for name, dated in (("no topics", False), ("no topics, within a week", True)):
            ours = groups(pairs, chances, threshold, KNOWN["no topics"], dated)
            yield shown(f"{form}, {name}", score(pairs, ours))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--marks", choices=("linked", "all", "both"), default="both")
    given = parser.parse_args()
    folder = given.shared / "gold/documents"
    if not folder.is_dir():
        sys.exit(f"no gold in {folder}: name the folder it lies in with --shared")
    reports = list(told(ecbplus(folder / "ecbplus")))
    for name in ("linked", "all") if given.marks == "both" else (given.marks,):
        cut = parts_of(reports, name == "linked")
        parts = [compared(part, centre_of(part)) for part in cut]
        for line in report(name, parts):
            print(line, flush=True)
        if name == "linked":
            others = list(told(meantime(folder / "meantime")))
            for line in transferred(others, parts, centre_of(others)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
