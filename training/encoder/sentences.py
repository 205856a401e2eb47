"""Sentences with marks: how sure an event is, its status, and the type of what two sides do."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from dragoman.language.features import SENTENCE, Features, Ints, batch

MARKS = ("source", "target", "trigger")
YIELD = ("CONCEDE", "RETREAT")
UNMARKED = -100
"""Stands for a label that a sentence does not have."""


@dataclass
class Event:
    """Words of the marks ``(first, last + 1)``, and numbers of the labels by the head's output."""

    source: tuple[int, int] | None
    target: tuple[int, int] | None
    trigger: list[tuple[int, int]]
    labels: dict[str, int] = field(default_factory=dict)
    contexts: np.ndarray | None = None


@dataclass
class Example:
    """One sentence. ``values`` are factualities by word, -3 to 3; ``statuses`` by word."""

    name: str
    features: Features
    values: list[tuple[int, float]] = field(default_factory=list)
    statuses: list[tuple[int, int]] = field(default_factory=list)
    event: Event | None = None
    group: str = ""
    own: tuple[int, int] | None = None
    """Words of the sentence itself where others stand around it; None: all."""


@dataclass(frozen=True)
class Labels:
    """The event head's outputs: names of the types, of the gold's types, of modes, of contexts."""

    own: tuple[str, ...]
    plv: tuple[str, ...]
    mode: tuple[str, ...]
    contexts: tuple[str, ...]

    def sizes(self) -> dict[str, int]:
        """The size of each output."""
        return {name: len(getattr(self, name)) for name in ("own", "plv", "mode", "contexts")}


def packed(
    examples: Sequence[Example], pieces: int, limit: int, seed: int, trigger: float = 1.0,
    joined: bool = False,
) -> Iterator[tuple[dict[str, Tensor], list[Example]]]:  # fmt: skip
    """Shuffled batches of about ``pieces`` word pieces, sentences of like length together; a
    trigger's marks stay with probability ``trigger``. ``joined`` sets half of the sentences among
    others, as they stand in a report.
    """
    rng = random.Random(seed)
    order = [_among(e, examples, limit, rng) if joined else e for e in examples]
    rng.shuffle(order)
    groups: list[list[Example]] = []
    for start in range(0, len(order), 512):
        group: list[Example] = []
        for example in sorted(order[start : start + 512], key=_size, reverse=True):
            if group and min(_size(group[0]), limit) * (len(group) + 1) > pieces:
                groups.append(group)
                group = []
            group.append(example)
        if group:
            groups.append(group)
    rng.shuffle(groups)
    for group in groups:
        yield tensors(group, limit, rng, trigger), group


def _among(example: Example, others: Sequence[Example], limit: int, rng: random.Random) -> Example:
    """The sentence as it is, or between others drawn at random, as far as there is room."""
    if rng.random() < 0.5 or not len(example.features):
        return example
    before, after, room = [], [], limit - 2 - len(example.features.pieces)
    for _ in range(rng.randint(1, 3)):
        other = rng.choice(others).features
        room -= len(other.pieces)
        if room < 0:
            break
        (before if rng.random() < 0.5 else after).append(other)
    shift = sum(len(f) for f in before)
    made = _joined([*before, example.features, *after], rng.random() < 0.5)
    event = example.event
    return Example(
        example.name, made, [(w + shift, v) for w, v in example.values],
        [(w + shift, v) for w, v in example.statuses],
        None if event is None else Event(
            _moved(event.source, shift), _moved(event.target, shift),
            [(low + shift, high + shift) for low, high in event.trigger],
            event.labels, event.contexts,
        ),
        example.group, (shift, shift + len(example.features)),
    )  # fmt: skip


def _moved(span: tuple[int, int] | None, shift: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + shift, span[1] + shift)


def _joined(parts: Sequence[Features], one_paragraph: bool) -> Features:
    pieces = np.concatenate([p.pieces for p in parts])
    starts = np.cumsum([0, *(len(p.pieces) for p in parts)])
    words = np.cumsum([0, *(len(p) for p in parts)])
    first = np.concatenate([p.first[:-1] + s for p, s in zip(parts, starts[:-1], strict=True)])
    heads = np.concatenate([p.heads + w for p, w in zip(parts, words[:-1], strict=True)])
    columns = np.concatenate([p.columns for p in parts])
    for word in words[1:-1] if one_paragraph else ():
        if word < len(columns):
            columns[word, 4] = SENTENCE
    return Features(pieces, np.append(first, starts[-1]), columns, heads)


def _size(example: Example) -> int:
    return len(example.features.pieces) + 2


def tensors(
    group: Sequence[Example], limit: int, rng: random.Random, trigger: float = 1.0
) -> dict[str, Tensor]:
    """The network's inputs and the labels of a group of sentences."""
    cuts = [(e.features, 0, min(len(e.features), _room(e.features, limit))) for e in group]
    made: dict[str, Ints] = batch(cuts, limit, 101, 102)
    shape = made["first"].shape
    marks = np.zeros((*shape, len(MARKS)), np.float32)
    values = np.full(shape, np.nan, np.float32)
    statuses = np.full(shape, UNMARKED, np.int64)
    own = np.zeros(shape, bool)
    for row, example in enumerate(group):
        for word, value in example.values:
            if word + 1 < shape[1]:
                values[row, word + 1] = value
        for word, status in example.statuses:
            if word + 1 < shape[1]:
                statuses[row, word + 1] = status
        low, high = example.own or (0, cuts[row][2])
        own[row, low + 1 : high + 1] = True
        if example.event is not None:
            _mark(marks[row], example.event, rng.random() < trigger)
    found = {name: torch.from_numpy(array) for name, array in made.items()}
    found |= {"marks": torch.from_numpy(marks), "values": torch.from_numpy(values),
              "statuses": torch.from_numpy(statuses),
              "own_words": torch.from_numpy(own)}  # fmt: skip
    events = [e.event for e in group]
    for name in ("own", "plv", "mode"):
        rows = [UNMARKED if e is None else e.labels.get(name, UNMARKED) for e in events]
        found[name] = torch.tensor(rows)
    wide = next((len(e.contexts) for e in events if e and e.contexts is not None), 1)
    contexts = np.full((len(group), wide), np.nan, np.float32)
    for row, event in enumerate(events):
        if event is not None and event.contexts is not None:
            contexts[row] = event.contexts
    found["contexts"] = torch.from_numpy(contexts)
    return found


def _room(features: Features, limit: int) -> int:
    """How many words fit into ``limit`` pieces."""
    return max(1, int(np.searchsorted(features.first, limit, "right")) - 1)


def _mark(row: np.ndarray, event: Event, trigger: bool) -> None:
    for place, span in ((0, event.source), (1, event.target)):
        if span is not None:
            row[span[0] + 1 : span[1] + 1, place] = 1
    for low, high in event.trigger if trigger else []:
        row[low + 1 : high + 1, 2] = 1


def folds(examples: Sequence[Example], count: int, seed: int = 1) -> Mapping[str, int]:
    """The fold of each group, drawn once: no group is on both sides of a fold."""
    groups = sorted({e.group for e in examples})
    random.Random(seed).shuffle(groups)
    return {group: number % count for number, group in enumerate(groups)}
