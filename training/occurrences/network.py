"""A network of one hidden layer over the columns of pairs, fitted with Adam in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

HIDDEN = 24
EPOCHS = 8
BATCH = 4096
RATE = 0.01
DECAY = 0.01
Floats = NDArray[Any]


@dataclass
class Fitted:
    """Weights with the shift and scale of the columns, in the form of ``data/likeness.json``."""

    shift: Floats
    scale: Floats
    layers: list[tuple[Floats, Floats]]

    def settings(self, columns: tuple[str, ...], threshold: float) -> dict[str, Any]:
        """What the package reads, rounded to what it needs."""
        return {
            "columns": list(columns),
            "threshold": threshold,
            "shift": _listed(self.shift),
            "scale": _listed(self.scale),
            "layers": [{"weights": _listed(w), "bias": _listed(b)} for w, b in self.layers],
        }


def _listed(values: Floats) -> Any:
    return np.round(values.astype(float), 4).tolist()


def fit(rows: Floats, truth: Floats, seed: int = 0) -> Fitted:
    """Fit pairs' columns to whether they tell one happening (0 or 1), by cross-entropy."""
    rng = np.random.default_rng(seed)
    shift, scale = rows.mean(0), rows.std(0) + 1e-6
    inputs = ((rows - shift) / scale).astype(np.float32)
    wide = inputs.shape[1]
    weights = [
        rng.normal(0, wide**-0.5, (wide, HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        rng.normal(0, HIDDEN**-0.5, (HIDDEN, 1)).astype(np.float32),
        np.zeros(1, np.float32),
    ]
    moments = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]
    steps = EPOCHS * -(-len(inputs) // BATCH)
    step = 0
    for _ in range(EPOCHS):
        order = rng.permutation(len(inputs))
        for start in range(0, len(inputs), BATCH):
            step += 1
            chosen = order[start : start + BATCH]
            slopes = _slopes(inputs[chosen], truth[chosen].astype(np.float32), weights)
            _move(weights, slopes, moments, step, RATE * _warm(step / steps))
    return Fitted(shift, scale, [(weights[0], weights[1]), (weights[2], weights[3])])


def _warm(done: float) -> float:
    """A rate that rises over the first tenth and falls to nothing."""
    return float(done / 0.1 if done < 0.1 else (1 - done) / 0.9)


def _slopes(inputs: Floats, truth: Floats, weights: list[Floats]) -> list[Floats]:
    hidden = np.tanh(inputs @ weights[0] + weights[1])
    said = 1 / (1 + np.exp(-(hidden @ weights[2] + weights[3])))
    wrong = (said - truth[:, None]) / len(truth)
    back = wrong @ weights[2].T * (1 - hidden**2)
    return [inputs.T @ back, back.sum(0), hidden.T @ wrong, wrong.sum(0)]


def _move(
    weights: list[Floats], slopes: list[Floats], moments: list[tuple[Floats, Floats]], step: int,
    rate: float,
) -> None:  # fmt: skip
    for weight, slope, (first, second) in zip(weights, slopes, moments, strict=True):
        first += 0.1 * (slope - first)
        second += 0.001 * (slope**2 - second)
        mean, size = first / (1 - 0.9**step), second / (1 - 0.999**step)
        decay = DECAY * weight if weight.ndim == 2 else 0.0
        weight -= rate * (mean / (np.sqrt(size) + 1e-8) + decay)
