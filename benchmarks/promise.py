"""The promise, measured: an event in attributed words is never the publisher's own.

On PolNeAR dev (first annotator of a document): of the events whose trigger lies inside gold
content, the share without a chain; of those whose trigger lies outside all gold content, the share
with one. An event whose trigger is itself a gold cue is a speech act, which the publisher reports;
such events are counted apart, and so are those whose trigger lies partly inside. PolNeAR counts
plans, wishes and purposes as attributed, which readings give to whoever tells of them, as planned
or demanded; so those told as facts, with the status ``asserted``, are given beside the share.

``--annotators`` asks how far people keep it: in the documents that several annotated (some of dev,
most of train, on which the encoder was trained), each annotator's contents are taken as chains and
held against each other one's, over the events that Dragoman reads there; every document weighs by
its events, every pair of its annotators the same.

Run: ``python -m benchmarks.promise [--list] [--quote] [--annotators]``; exit code 1 above 2 % or
10 %.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from benchmarks.speakers import POLNEAR, documents
from dragoman.model import Event, Reading, Span
from dragoman.pipeline import Reader

SCORER: Final = POLNEAR.parents[2] / "score" / "attribution.py"
WITHOUT_CHAIN: Final = 0.02
WITH_CHAIN: Final = 0.10

Bounds = tuple[int, int]
Where = Literal["inside", "outside", "partly", "cue"]

_OFFENDERS: Final = 20


@dataclass(frozen=True, slots=True)
class Gold:
    """Where a document's attributed contents and its cues stand: ``(start, end)`` pairs."""

    contents: tuple[Bounds, ...] = ()
    cues: tuple[Bounds, ...] = ()


@dataclass(slots=True)
class Tally:
    """Events by where their trigger stands and whether they have a chain; who broke the promise."""

    counts: Counter[tuple[Where, bool]] = field(default_factory=Counter)
    offenders: dict[Where, list[tuple[Reading, Event]]] = field(default_factory=dict)

    def total(self, where: Where) -> int:
        """Events whose trigger stands there."""
        return self.counts[where, True] + self.counts[where, False]

    def share(self, where: Where, chained: bool) -> float:
        """The share of those with a chain, or of those without; 0 where there are none."""
        return self.counts[where, chained] / self.total(where) if self.total(where) else 0.0

    def add(self, reading: Reading, gold: Gold) -> None:
        """Count the events of one document."""
        for event in reading.events:
            where, chained = stand(event.trigger, gold), bool(event.according_to)
            self.counts[where, chained] += 1
            if (where, chained) in (("inside", False), ("outside", True)):
                self.offenders.setdefault(where, []).append((reading, event))


def overlaps(span: Span, stretches: Iterable[Bounds]) -> bool:
    """Whether any fragment of the span shares a code point with any of the stretches."""
    return any(
        fragment.start < end and start < fragment.end
        for start, end in stretches
        for fragment in span.fragments
    )


def stand(trigger: Span, gold: Gold) -> Where:
    """Where a trigger stands: on a cue, wholly within content (each fragment in one stretch of it),
    outside all content, or partly in.
    """
    if overlaps(trigger, gold.cues):
        return "cue"
    if not overlaps(trigger, gold.contents):
        return "outside"
    held = (any(s <= f.start and f.end <= e for s, e in gold.contents) for f in trigger.fragments)
    return "inside" if all(held) else "partly"


def load_gold(folder: Path, scorer: Path = SCORER) -> dict[str, Gold]:
    """The first annotator's contents and cues by document, read by the scorer's own reader.

    Raises FileNotFoundError where the scorer is missing.
    """
    found: dict[str, Gold] = {}
    for document in load_module(scorer).load(str(folder)):
        found[document.name] = _gold(document)
    return found


def _gold(document: Any) -> Gold:
    contents = (bounds for attribution in document.atts for bounds in attribution.content)
    cues = (bounds for attribution in document.atts for bounds in attribution.cue)
    return Gold(tuple(sorted(contents)), tuple(sorted(cues)))


def load_module(path: Path) -> Any:
    """The scorer as a module. Raises FileNotFoundError where there is none."""
    spec = importlib.util.spec_from_file_location("attribution_scorer", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise FileNotFoundError(f"{path}: no scorer there; name attribution.py with --scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(folder: Path, gold: Mapping[str, Gold], reader: Reader) -> Tally:
    """The tally over all documents of the folder."""
    tally = Tally()
    for reading in reader.read_many(documents(folder)):
        tally.add(reading, gold[reading.document.id])
    return tally


@dataclass(slots=True)
class Agreement:
    """Weights of events inside and outside the contents of one annotator, and of those among them
    that break the promise: by each other annotator, and by Dragoman.
    """

    documents: int = 0
    events: int = 0
    weights: dict[tuple[str, Where, bool], float] = field(
        default_factory=lambda: defaultdict(float)
    )

    def add(self, reading: Reading, annotators: Sequence[Gold]) -> None:
        """Hold every annotator, and Dragoman, against every (other) one."""
        self.documents += 1
        self.events += len(reading.events)
        for event in reading.events:
            for gold in annotators:
                where = stand(event.trigger, gold)
                for other in annotators:
                    if other is not gold:
                        chained = overlaps(event.trigger, other.contents)
                        share = 1 / len(annotators) / (len(annotators) - 1)
                        self.weights["annotator", where, chained] += share
                own = ("Dragoman", where, bool(event.according_to))
                self.weights[own] += 1 / len(annotators)

    def share(self, who: str, where: Where, chained: bool) -> float:
        """The share of those with a chain, or without; 0 where there are none."""
        total = self.weights[who, where, True] + self.weights[who, where, False]
        return self.weights[who, where, chained] / total if total else 0.0


def agree(folders: Iterable[Path], scorer: Path, reader: Reader) -> Agreement:
    """Over the documents of the folders that several people annotated."""
    found = Agreement()
    for folder in folders:
        golds: dict[str, list[Gold]] = {}
        for document in load_module(scorer).load(str(folder), all_annotators=True):
            golds.setdefault(document.name, []).append(_gold(document))
        several = [name for name, each in golds.items() if len(each) > 1]
        for reading in reader.read_many(documents(folder, several)):
            found.add(reading, golds[reading.document.id])
    return found


def _report(tally: Tally) -> Iterator[str]:
    yield f"events: {tally.counts.total()}"
    yield (
        f"inside gold content: {tally.total('inside')}; without a chain "
        f"{tally.counts['inside', False]} = {tally.share('inside', False):.1%} "
        f"(limit {WITHOUT_CHAIN:.0%})"
    )
    facts = sum(e.status == "asserted" for _, e in tally.offenders.get("inside", []))
    share = facts / tally.total("inside") if tally.total("inside") else 0.0
    yield f"of these told as facts: {facts} = {share:.1%}"
    yield (
        f"outside gold content: {tally.total('outside')}; with a chain "
        f"{tally.counts['outside', True]} = {tally.share('outside', True):.1%} "
        f"(limit {WITH_CHAIN:.0%})"
    )
    yield f"trigger is a gold cue: {tally.total('cue')}; with a chain {tally.counts['cue', True]}"
    yield f"partly inside: {tally.total('partly')}; with a chain {tally.counts['partly', True]}"


def _agreement(found: Agreement) -> Iterator[str]:
    yield f"{found.documents} documents of several annotators, {found.events} events:"
    for who in ("annotator", "Dragoman"):
        yield (
            f"  {who} against each {'other ' if who == 'annotator' else ''}annotator: inside "
            f"without a chain {found.share(who, 'inside', False):.1%}, outside with one "
            f"{found.share(who, 'outside', True):.1%}"
        )


def _listed(tally: Tally, quoted: bool) -> Iterator[str]:
    for where, offenders in tally.offenders.items():
        lacking = "without" if where == "inside" else "with"
        yield f"{where}, {lacking} a chain: {min(len(offenders), _OFFENDERS)} of {len(offenders)}"
        for reading, event in offenders[:_OFFENDERS]:
            line = f"  {reading.document.id} {event.trigger.start} {event.type}"
            if quoted and event.sentence is not None:
                line += f"  {event.trigger.quote!r} in {event.sentence.quote!r}"
            yield line


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both shares with their counts, the events apart and, on request, the offenders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polnear", type=Path, default=POLNEAR, help="text/ and attributions/")
    parser.add_argument("--scorer", type=Path, default=SCORER, help="path of attribution.py")
    parser.add_argument("--list", action="store_true", help=f"up to {_OFFENDERS} of each kind")
    parser.add_argument("--quote", action="store_true", help="list them with their sentences")
    parser.add_argument("--annotators", action="store_true", help="how far people agree")
    options = parser.parse_args(arguments)
    try:
        gold = load_gold(options.polnear, options.scorer)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    if not gold:
        print(f"{options.polnear} has no text/*.txt; name a folder with --polnear", file=sys.stderr)
        return 2
    reader = Reader()
    tally = measure(options.polnear, gold, reader)
    print("\n".join(_report(tally)))
    if options.list or options.quote:
        print("\n".join(_listed(tally, options.quote)))
    if options.annotators:
        folders = (options.polnear, options.polnear.parent / "train")
        print("\n".join(_agreement(agree(folders, options.scorer, reader))))
    kept = tally.share("inside", False) <= WITHOUT_CHAIN
    return 0 if kept and tally.share("outside", True) <= WITH_CHAIN else 1


if __name__ == "__main__":
    sys.exit(main())
