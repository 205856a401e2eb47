"""How sure an event is, against UW (Lee et al. 2015) and MEANTIME (Minard et al. 2016), in the form
of Stanovsky et al. (2017): -3 to 3, the author's view.

Run: ``python -m benchmarks.factuality [--set UW|MEANTIME] [--rules]``.
"""

from __future__ import annotations

import argparse
import bisect
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from dragoman.events.lexicon import Trigger, lexicon
from dragoman.events.status import read_status
from dragoman.events.triggers import Fired
from dragoman.events.weighing import factuality, stands_for
from dragoman.language.encoder import Encoder, default_encoder
from dragoman.language.parser import Parser
from dragoman.model import Document

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
GOLD: Final = SHARED / "gold" / "factuality"

Bounds = tuple[int, int]

_GLUED: Final = {",", ".", ";", ":", "?", "!", ")", "%", "'s", "'", "n't", "'re", "'ve", "'ll",
                 "'d", "'m", "''", "]", "}", "'S", "N'T"}  # fmt: skip
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


def measured(rows: Sequence[Sentence], encoder: Encoder | None) -> tuple[list[float], list[float]]:
    """What is read of each marked word, and what the gold says; by the rules alone without an
    encoder.
    """
    documents = [Document(id=str(n), text=row.text) for n, row in enumerate(rows)]
    got, wanted = [], []
    for row, analysis in zip(rows, Parser().parse_many(documents), strict=True):
        encoded = encoder.encode(analysis) if encoder else None
        ends = [token.end for token in analysis.tokens]
        for (start, _), value in row.targets:
            token = analysis.tokens[bisect.bisect_right(ends, start)]
            reading = read_status(Fired(_any_trigger(), token, (token,)), None)
            got.append(factuality(reading, encoded, token) if encoded else stands_for(reading))
            wanted.append(value)
    return got, wanted


@lru_cache(maxsize=1)
def _any_trigger() -> Trigger:
    """Some trigger that is no speech act: the marked words are no triggers of the lexicon's."""
    phrases = (phrase for found in lexicon().verbs.values() for phrase in found)
    return next(phrase.trigger for phrase in phrases if not phrase.trigger.speech)


def figures(got: Sequence[float], wanted: Sequence[float]) -> tuple[float, float]:
    """Mean absolute error and Pearson's r."""
    x, y = np.array(got), np.array(wanted)
    return float(np.abs(x - y).mean()), float(np.corrcoef(x, y)[0, 1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both figures for the sets asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=("UW", "MEANTIME"), action="append")
    parser.add_argument("--rules", action="store_true", help="by the rules alone")
    options = parser.parse_args(arguments)
    encoder = None if options.rules else default_encoder()
    for name in options.set or ("UW", "MEANTIME"):
        path = GOLD / name / "dev.jsonl"
        if not path.exists():
            print(f"factuality: no gold at {path}", file=sys.stderr)
            return 2
        got, wanted = measured(sentences(path), encoder)
        error, r = figures(got, wanted)
        print(f"{name} dev, {len(got)} words: MAE {error:.3f}, r {r:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
