"""Types of given pairs against PLV's gold (Hu et al. 2024): types, quads, cooperation or conflict.

Without ``--folds`` the shipped model reads the pairs; it was trained on PLV's train split, so on
that file the figures only show that it runs. With ``--folds`` the predictions are read that
``training/encoder/crossvalidate.py`` wrote, each of a model that saw no sentence of its fold. The
lexicon's events, and the pairs found in raw sentences, are those of the rules alone, which no
sentence of the gold has trained.

Run: ``python -m benchmarks.relation [--folds FOLDER] [--gold FILE.tsv] [--confusion]``.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dragoman.language.analysis import Analysis
from dragoman.language.encoder import Encoder, MarkedWords, default_encoder
from dragoman.language.parser import Parser
from dragoman.model import Document, Event, Participant, Reading
from dragoman.pipeline import Reader

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
GOLD: Final = SHARED / "gold" / "plover" / "PLV_train.tsv"
SCORER: Final = SHARED / "score" / "relation.py"
WEIGHT: Final = 1.6
"""Of a side that an event of the lexicon's shares with the pair, against the head's
log-probability: in each of ten folds the one of ``WEIGHTS`` that does best on the other nine."""
WEIGHTS: Final = (0.0, 0.3, 0.5, 0.7, 1.0, 1.3, 1.6, 2.0, 2.5)
SANCTIONED: Final = frozenset({"163"})
_MARK: Final = re.compile(r"</?[st]>")

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of the gold: a sentence and where its two sides stand, in code points."""

    sentence: str
    source: Bounds | None
    target: Bounds | None
    type: str
    group: str


def pairs(path: Path) -> list[Pair]:
    """The rows of a file in PLV's format, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_pair(row) for row in rows]


def _pair(row: dict[str, str]) -> Pair:
    text, low = "", 0
    marks: dict[str, int] = {}
    marked = row["marked_sentence"]
    for match in _MARK.finditer(marked):
        text += marked[low : match.start()]
        low = match.end()
        marks.setdefault(match[0], len(text))
    text += marked[low:]

    def bounds(name: str) -> Bounds | None:
        low, high = marks.get(f"<{name}>"), marks.get(f"</{name}>")
        if low is None or high is None:
            return None
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        return (low, high) if low < high else None

    return Pair(text, bounds("s"), bounds("t"), row["gold_root"].strip(), row["sentence_id"])


# ---------------------------------------------------------------- what is read of a pair


@dataclass(frozen=True, slots=True)
class Proposal:
    """A type that an event of the sentence has, in the gold's classes, and how many of the pair's
    two sides are its own in the same roles.
    """

    type: str
    sides: int


def proposals(reading: Reading, pair: Pair) -> list[Proposal]:
    """The events that touch the pair."""
    found = []
    for event in reading.events:
        sides = _meets(event.actors, pair.source) + _meets(event.recipients, pair.target)
        if sides:
            found.append(Proposal(gold_class(event), sides))
    return found


def gold_class(event: Event) -> str:
    """The gold's class of an event: CONCEDE and RETREAT are one; sanctions stand under COERCE and
    convictions under ACCUSE, as in the table of 2021 that the gold goes by.
    """
    if event.cameo in SANCTIONED:
        return "COERCE"
    if event.type == "SANCTION" and event.cameo == "116":
        return "ACCUSE"
    return "YIELD" if event.type in ("CONCEDE", "RETREAT") else event.type


def _meets(side: Iterable[Participant], wanted: Bounds | None) -> int:
    if wanted is None:
        return 0
    spans = [p.span for p in side if p.span is not None]
    return int(any(s.start < wanted[1] and wanted[0] < s.end for s in spans))


def chances(rows: Sequence[Pair], encoder: Encoder) -> list[list[float]]:
    """Probabilities of the gold's classes for each pair, by the event head without a trigger."""
    documents = [Document(id=str(n), text=row.sentence) for n, row in enumerate(rows)]
    found = []
    for row, analysis in zip(rows, Parser().parse_many(documents), strict=True):
        sides = (_words(analysis, row.source), _words(analysis, row.target), [])
        marked = MarkedWords(0, len(analysis.tokens), sides)
        found.append(encoder.encode(analysis).types([marked]).plv[0].tolist())
    return found


def _words(analysis: Analysis, bounds: Bounds | None) -> list[int]:
    if bounds is None:
        return []
    return [t.i for t in analysis.tokens if t.end > bounds[0] and t.start < bounds[1]]


def decided(
    said: Sequence[float], classes: Sequence[str], proposed: Sequence[Proposal], weight: float
) -> str:
    """The class with the best sum of the head's log-probability and ``weight`` for each side that
    the best fitting event of that class shares.
    """
    best = {name: max((p.sides for p in proposed if p.type == name), default=0) for name in classes}
    scores = [
        math.log(max(p, 1e-6)) + weight * best[name] for p, name in zip(said, classes, strict=True)
    ]
    return classes[max(range(len(classes)), key=scores.__getitem__)]


def from_folds(folder: Path, count: int) -> tuple[list[list[float]], list[str]]:
    """The probabilities in the files of the folds, and each row's fold, in the gold's order. Raises
    ValueError where a row is missing.
    """
    found: dict[int, list[float]] = {}
    of: dict[int, str] = {}
    for path in sorted(folder.glob("fold-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["row"]], of[row["row"]] = row["chances"], path.name
    missing = [n for n in range(count) if n not in found]
    if missing:
        raise ValueError(f"{folder}: {len(missing)} rows are in no fold, the first {missing[0]}")
    return [found[n] for n in range(count)], [of[n] for n in range(count)]


def nested(
    rows: Sequence[Pair], folds: Sequence[str], typed: Mapping[float, Sequence[str]]
) -> tuple[list[str], list[float]]:
    """The types with each fold's weight chosen on the other folds, and those weights."""
    found, chosen = [""] * len(rows), []
    for fold in sorted(set(folds)):
        rest = [n for n, own in enumerate(folds) if own != fold]
        best = max(typed, key=lambda weight: _macro(rows, typed[weight], rest))
        chosen.append(best)
        for n, own in enumerate(folds):
            if own == fold:
                found[n] = typed[best][n]
    return found, chosen


def _macro(rows: Sequence[Pair], types: Sequence[str], places: Sequence[int]) -> float:
    """The mean F1 of the classes over some of the rows."""
    right = Counter(types[n] for n in places if types[n] == rows[n].type)
    either = Counter(types[n] for n in places) + Counter(rows[n].type for n in places)
    return sum(2 * right[name] / n for name, n in either.items()) / len(either)


def scored(gold: Path, types: Sequence[str]) -> str:
    """What the scorer prints."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "predictions.jsonl"
        target.write_text(
            "".join(json.dumps({"type": name}) + "\n" for name in types), encoding="utf-8"
        )
        done = subprocess.run(
            [sys.executable, str(SCORER), str(gold), str(target)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    return done.stdout.strip()


def end_to_end(rows: Sequence[Pair], readings: Sequence[Reading]) -> str:
    """Pairs found with their class in raw sentences: recall over the gold's pairs, precision over
    the events that have both sides.
    """
    right = both = offered = 0
    for row, reading in zip(rows, readings, strict=True):
        found = [p for p in proposals(reading, row) if p.sides == 2]
        both += bool(found)
        right += any(p.type == row.type for p in found)
        offered += sum(bool(e.actors and e.recipients) for e in reading.events)
    return (
        f"raw sentences: the pair found {100 * both / len(rows):.1f}%, with its class "
        f"{100 * right / len(rows):.1f}% (recall); of {offered} events with both sides "
        f"{100 * right / max(1, offered):.1f}% are that (precision; the gold marks one a sentence)"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the head alone and with the lexicon's events, given the pair, then end to end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--folds", type=Path, help="a folder of fold-*.jsonl")
    parser.add_argument("--weight", type=float, default=WEIGHT, help="of a side that fits")
    parser.add_argument("--confusion", action="store_true", help="count what is taken for what")
    options = parser.parse_args(arguments)
    if not options.gold.exists() or not SCORER.exists():
        print(f"relation: no gold at {options.gold} or no scorer at {SCORER}", file=sys.stderr)
        return 2
    rows, encoder = pairs(options.gold), default_encoder()
    classes = tuple(encoder.settings["plv"])
    folds: list[str] = []
    if options.folds:
        said, folds = from_folds(options.folds, len(rows))
    else:
        said = chances(rows, encoder)
    documents = [Document(id=str(n), text=row.sentence) for n, row in enumerate(rows)]
    readings = list(Reader(encoder=False).read_many(documents))
    proposed = [proposals(r, row) for r, row in zip(readings, rows, strict=True)]
    for title, weight in (
        ("head alone", 0.0),
        (f"with the lexicon, {options.weight}", options.weight),
    ):
        types = [decided(s, classes, p, weight) for s, p in zip(said, proposed, strict=True)]
        print(f"== {title}\n{scored(options.gold, types)}")
    if folds:
        typed = {
            w: [decided(s, classes, p, w) for s, p in zip(said, proposed, strict=True)]
            for w in WEIGHTS
        }
        types, chosen = nested(rows, folds, typed)
        print(
            f"== each fold's weight chosen on the others: {chosen}\n{scored(options.gold, types)}"
        )
    if options.confusion:
        wrong = Counter((r.type, t) for r, t in zip(rows, types, strict=True) if r.type != t)
        print(
            "\n".join(f"{n:4d}  {want} taken for {got}" for (want, got), n in wrong.most_common(20))
        )
    print(end_to_end(rows, readings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
