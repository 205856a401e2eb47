"""Types of given pairs against PLV's gold (Hu et al. 2024): 15 types, quads, cooperation or conflict.

Without ``--folds`` the shipped model reads the pairs; it was trained on PLV's train split, so on
that file the figures only show that it runs. With ``--folds`` the predictions are read that
``training/encoder/train.py --fold N`` wrote, each of a model that saw no sentence of its fold.

Run: ``python -m benchmarks.relation [--folds FOLDER] [--gold FILE.tsv] [--confusion]``.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
GOLD: Final = SHARED / "gold" / "plover" / "PLV_train.tsv"
SCORER: Final = SHARED / "score" / "relation.py"
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
