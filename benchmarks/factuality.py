"""How sure an event is, against UW (Lee et al. 2015) and MEANTIME (Minard et al. 2016), in the form
of Stanovsky et al. (2017): -3 to 3, the author's view.

Run: ``python -m benchmarks.factuality [--set UW|MEANTIME] [--rules]``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
GOLD: Final = SHARED / "gold" / "factuality"

Bounds = tuple[int, int]

_GLUED: Final = {",", ".", ";", ":", "?", "!", ")", "%", "'s", "'", "n't", "'re", "'ve", "'ll", "'d",
                 "'m", "''", "]", "}", "'S", "N'T"}  # fmt: skip
_GLUING: Final = {"(", "``", "$", "[", "{"}
_WRITTEN: Final = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it would be printed, and the value of each marked word, in code points."""

    text: str
    targets: tuple[tuple[Bounds, float], ...]


def sentences(path: Path) -> list[Sentence]:
    """The sentences of one file, their words set close again as in print."""
    with path.open(encoding="utf-8") as file:
        return [_sentence(json.loads(line)) for line in file if line.strip()]


def _sentence(row: dict[str, object]) -> Sentence:
    words = str(row["text"]).split(" ")
    text, bounds, close = "", [], True
    for word in words:
        if text and not close and word not in _GLUED:
            text += " "
        start = len(text)
        text += _WRITTEN.get(word, word)
        bounds.append((start, len(text)))
        close = word in _GLUING
    targets = []
    for target in row["targets"]:  # type: ignore[attr-defined]
        low, high = target["span1"]
        if low < len(bounds):
            stretch = (bounds[low][0], bounds[min(high, len(bounds)) - 1][1])
            targets.append((stretch, float(target["label"])))
    return Sentence(text, tuple(targets))
