"""How alike two accounts are: what they share, and how likely they then tell one happening.

The probability is that of a small network, trained on pairs of ECB+ (``training/occurrences``),
whose weights are ``data/likeness.json``. It has two forms: without the encoder's vectors, as
archives use it, which keep none; and with them, for who has them at hand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dragoman.corpus.words import Weights, cosine, norm

Floats = NDArray[np.float32]

NAMES: Final = (
    "same trigger", "trigger letters", "trigger weight", "trigger in the other's report",
    "sentence", "names", "parties", "initiators", "recipients", "crossed",
    "no initiator", "no recipient", "numbers shared", "numbers apart",
    "places shared", "places apart", "reports", "one report", "deeds",
)  # fmt: skip
"""What a pair is judged by, in the order of the columns; two more with vectors."""
WITH_VECTORS: Final = (*NAMES, "trigger vectors", "sentence vectors")
_ONE_REPORT: Final = 0.5
"""How alike a report counts to be to itself: what stands in it once need not stand there twice."""


@dataclass(frozen=True)
class Traits:
    """What an account is compared by: stems and their weights.

    ``trigger`` are the words that name the deed, ``words`` the others of its sentence, ``names``
    those that begin with a capital, ``report`` those of the whole report. ``initiators`` and
    ``recipients`` are words and ids of the parties. ``vectors`` are the encoder's of the trigger's
    and of the sentence's words.
    """

    trigger: Weights
    words: Weights = field(default_factory=dict)
    names: Weights = field(default_factory=dict)
    initiators: Weights = field(default_factory=dict)
    recipients: Weights = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    report: Weights = field(default_factory=dict)
    vectors: tuple[Floats, Floats] | None = None

    @cached_property
    def parties(self) -> Weights:
        """Initiators and recipients together."""
        return {**self.initiators, **self.recipients}

    @cached_property
    def lengths(self) -> tuple[float, ...]:
        """The norms of words, names, parties, initiators, recipients and report."""
        return tuple(
            map(
                norm,
                (
                    self.words, self.names, self.parties, self.initiators, self.recipients,
                    self.report,
                ),
            )
        )  # fmt: skip

    @cached_property
    def letters(self) -> frozenset[str]:
        """The trigger's words in threes of letters."""
        return frozenset(
            padded[at : at + 3]
            for padded in (f"^{word}" for word in self.trigger)
            for at in range(max(1, len(padded) - 2))
        )

    @cached_property
    def telling(self) -> float:
        """How much the trigger's words tell, 0 to 1."""
        return max(self.trigger.values(), default=0.0)


def compare(one: Traits, other: Traits, reports: float | None) -> list[float]:
    """The columns of :data:`NAMES` for a pair. ``reports`` is how alike their reports are; None
    where it is one report.
    """
    same = bool(one.trigger.keys() & other.trigger.keys())
    either = one.letters | other.letters
    letters = len(one.letters & other.letters) / len(either) if either else 0.0
    beside = [_held(a, b) for a, b in ((one, other), (other, one))]
    mine, yours = one.lengths, other.lengths
    alike = _ONE_REPORT if reports is None else reports
    return [
        float(same),
        letters,
        min(one.telling, other.telling),
        sum(beside) / 2,
        cosine(one.words, other.words, (mine[0], yours[0])),
        cosine(one.names, other.names, (mine[1], yours[1])),
        cosine(one.parties, other.parties, (mine[2], yours[2])),
        cosine(one.initiators, other.initiators, (mine[3], yours[3])),
        cosine(one.recipients, other.recipients, (mine[4], yours[4])),
        max(
            cosine(one.initiators, other.recipients, (mine[3], yours[4])),
            cosine(one.recipients, other.initiators, (mine[4], yours[3])),
        ),
        float(not (one.initiators and other.initiators)),
        float(not (one.recipients and other.recipients)),
        *_shared(one.numbers, other.numbers),
        *_shared(one.places, other.places),
        alike,
        float(reports is None),
        float(same) * alike,
    ]  # fmt: skip


def _held(one: Traits, other: Traits) -> float:
    return max((w for key, w in one.trigger.items() if key in other.report), default=0.0)


def _shared(one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
    """Whether they have something in common; whether both have something, and nothing in common."""
    both = bool(one and other)
    return float(bool(one & other)), float(both and not one & other)


class Likeness:
    """The trained network: columns of a pair to a probability."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.names: tuple[str, ...] = tuple(settings["columns"])
        self._shift = np.array(settings["shift"], np.float64)
        self._scale = np.array(settings["scale"], np.float64)
        self._layers = [
            (np.array(layer["weights"], np.float64), np.array(layer["bias"], np.float64))
            for layer in settings["layers"]
        ]

    def __call__(self, rows: Sequence[Sequence[float]]) -> Floats:
        """Probabilities, one a row."""
        values = np.asarray(rows, np.float64).reshape(-1, len(self.names)) - self._shift
        values = values / self._scale
        for number, (weights, bias) in enumerate(self._layers):
            values = (np.tanh(values) if number else values) @ weights + bias
        return (1 / (1 + np.exp(-values[:, 0]))).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Settings:
    """The shipped networks, the mean that is taken from the encoder's vectors, and the mean
    probability from which groups become one (with and without vectors).
    """

    plain: Likeness
    vectors: Likeness
    centre: tuple[Floats, Floats]
    thresholds: tuple[float, float]


@cache
def settings() -> Settings:
    """What ``data/likeness.json`` holds."""
    source = files("dragoman.corpus").joinpath("data/likeness.json")
    data: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    centre = tuple(np.array(row, np.float32) for row in data["centre"])
    return Settings(
        Likeness(data["plain"]), Likeness(data["vectors"]),
        (centre[0], centre[1]), (data["plain"]["threshold"], data["vectors"]["threshold"]),
    )  # fmt: skip


def centred(vector: Floats, centre: Floats) -> Floats:
    """A vector of the encoder without what all have in common, of length 1."""
    moved: Floats = (vector.astype(np.float32) - centre).astype(np.float32)
    length = math.sqrt(float(moved @ moved))
    return moved / np.float32(length) if length else moved
