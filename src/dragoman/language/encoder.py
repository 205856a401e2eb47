"""The encoder: one pass of a small transformer over a report serves every trained head.

The network is an ONNX file run by onnxruntime, loaded at the first use in a process. It is made by
``training/encoder``; its card stands beside it.
"""

from __future__ import annotations

import bisect
import json
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.language.analysis import Analysis
from dragoman.language.features import Features, Ints, Vocabulary, batch, features, windows
from dragoman.model import STATUSES

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]

WIDTH = 384
"""Numbers in a word piece's vector."""
SENTENCES = 8
"""Sentences in one run of the event branch."""

KEPT_WINDOWS = 1000
"""A document of more windows keeps no vectors (0.1 MB a window): what needs them reads it again."""

THREADS_VARIABLE = "DRAGOMAN_THREADS"


@dataclass(frozen=True, slots=True)
class Window:
    """What the network says of the words ``low`` to ``high`` of a document.

    ``certainty`` has the probability of being a cue for each word. ``anchors`` are the words surer
    than the threshold, counted from ``low``; ``scores`` the log-probabilities of the labels of all
    words as seen from each of them: anchors by words by labels. ``lower`` has the vectors of all
    pieces below the encoder's last layers, in 16 bits, the window's opening and closing mark with
    them, None in a long document; ``first`` the place in it of each word's first piece.
    """

    low: int
    high: int
    certainty: Floats
    anchors: Ints
    scores: Floats
    lower: Halves | None
    first: Ints


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the network says of a document: its windows in text order, and for each word

    - ``attributed``: the probability that it stands in somebody's attributed words;
    - ``value``: the factuality of what it tells, -3 to 3 in the author's view;
    - ``status``: probabilities of the six statuses in the order of :data:`dragoman.model.STATUSES`.

    ``encoder`` is the one that read it: its settings tell how to decode. ``features`` are what it
    read, None where all vectors are kept.
    """

    windows: tuple[Window, ...]
    attributed: Floats
    value: Floats
    status: Floats
    encoder: Encoder
    features: Features | None = None

    def types(self, events: Sequence[MarkedWords]) -> Types:
        """What the event head says of events of the document."""
        return self.encoder.types(self, events)


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """One event for the event head: the words ``low`` to ``high`` it stands in, and the words of
    its initiator, recipient and trigger, in numbers of the document.
    """

    low: int
    high: int
    marks: tuple[Sequence[int], Sequence[int], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Types:
    """What the event head says of events, a row each: probabilities of the types, of the modes and
    of the contexts, in the order of the settings ``types``, ``modes`` and ``contexts``; ``plv`` of
    the classes of PLV's gold (Hu et al. 2024).
    """

    types: Floats
    modes: Floats
    contexts: Floats
    plv: Floats


class Encoder:
    """A network with its tokenizer and settings; safe to share between threads.

    ``threads`` is what one run may use; 1 leaves the other cores to other processes.
    """

    def __init__(self, folder: str | os.PathLike[str], threads: int = 1) -> None:
        import onnxruntime  # type: ignore[import-untyped]
        from tokenizers import Tokenizer

        with open(os.path.join(folder, "model.json"), encoding="utf-8") as file:
            self.settings: Mapping[str, Any] = json.load(file)
        self._tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        marks: Any = [self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]")]
        self._marks: tuple[int, int] = tuple(marks)
        self._vocabulary = Vocabulary.of(self.settings["tags"], self.settings["deps"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            os.path.join(folder, "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._events = onnxruntime.InferenceSession(
            os.path.join(folder, "events.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._threshold = np.array(self.settings["threshold"], np.float32)
        self.limit: int = self.settings["limit"]
        self.name: str = f"{self.settings['name']}-{self.settings['version']}"

    def encode(self, analysis: Analysis) -> Encoded:
        """One analysis, read in one pass.

        Each window is a run of its own: integer arithmetic takes its scale from all that is in a
        run, and a report must not read differently for the company it comes in.
        """
        rows = []
        own: Features | None = None
        if analysis.tokens:
            own = features(analysis, self._tokenizer, self._vocabulary)
            bounds = list(windows(own, self.limit))
            keep = len(bounds) <= KEPT_WINDOWS
            rows = [self._run(own, low, high, keep=keep) for low, high in bounds]
            own = None if keep else own
        shapes = ((0,), (0,), (0, len(STATUSES)))
        attributed, value, status = (
            np.concatenate([arrays[n] for _, arrays in rows])
            if rows
            else np.zeros(shape, np.float32)
            for n, shape in enumerate(shapes)
        )
        windows_ = tuple(window for window, _ in rows)
        return Encoded(windows_, attributed, value, status, self, own)

    def _inputs_of(self, own: Features, low: int, high: int) -> dict[str, Any]:
        inputs: dict[str, Any] = {**batch([(own, low, high)], self.limit, *self._marks)}
        inputs["threshold"] = self._threshold
        return inputs

    def _run(
        self, own: Features, low: int, high: int, *, keep: bool
    ) -> tuple[Window, tuple[Floats, ...]]:
        inputs = self._inputs_of(own, low, high)
        lower, certainty, attributed, value, status, _, at, scores = self._session.run(None, inputs)
        window = Window(
            low, high, certainty[0, 1:], at[1:] - 1, scores[1:, 1:],
            lower[0].astype(np.float16) if keep else None, inputs["first"][0, 1:],
        )  # fmt: skip
        return window, (attributed[0, 1:], value[0, 1:], status[0, 1:])

    def types(self, encoded: Encoded, events: Sequence[MarkedWords]) -> Types:
        """The event branch on events of a document.

        An event's words are those of its window alone, with the window's marks around them. Events
        of one sentence share it; sentences of like length go in one run, those of a long document
        in text order.
        """
        groups: dict[tuple[int, int, int], list[int]] = {}
        for number, event in enumerate(events):
            groups.setdefault(self._place(encoded, event), []).append(number)
        by_length = encoded.features is None
        order = sorted(groups, key=lambda place: place[2] - place[1] if by_length else place[0])
        sizes = (len(self.settings[name]) for name in ("types", "modes", "contexts", "plv"))
        found = Types(*(np.zeros((len(events), size), np.float32) for size in sizes))
        for start in range(0, len(order), SENTENCES):
            places = order[start : start + SENTENCES]
            numbers = [n for place in places for n in groups[place]]
            inputs = self._inputs(encoded, places, [[events[n] for n in groups[p]] for p in places])
            said = self._events.run(["own", "mode", "contexts", "plv"], inputs)
            for part, rows in zip(_parts(found), said, strict=True):
                part[numbers] = rows
        return found

    def _inputs(
        self,
        encoded: Encoded,
        places: Sequence[tuple[int, int, int]],
        groups: Sequence[Sequence[MarkedWords]],
    ) -> dict[str, Any]:
        """Sentences, padded, and the marks of each one's events."""
        again = {n: self._again(encoded, n) for n in {place[0] for place in places}}
        rows = [self._pieces(encoded, place, again[place[0]]) for place in places]
        wide = max(len(pieces) for pieces, _ in rows)
        words = max(len(first) for _, first in rows) + 1
        lower = np.zeros((len(rows), wide, WIDTH), np.float32)
        pieces = np.zeros((len(rows), wide), bool)
        first = np.zeros((len(rows), words), np.int64)
        mask = np.zeros((len(rows), words), bool)
        marks = np.zeros((sum(map(len, groups)), words, 3), np.float32)
        which = np.repeat(np.arange(len(rows)), [len(group) for group in groups])
        for row, (vectors, begins) in enumerate(rows):
            size = len(begins)
            lower[row, : len(vectors)], pieces[row, : len(vectors)] = vectors, True
            first[row, 1 : size + 1], mask[row, 1 : size + 1] = begins, True
        at = 0
        for (_, low, high), group in zip(places, groups, strict=True):
            for event in group:
                for part, own in enumerate(event.marks):
                    marks[at, [w - low + 1 for w in own if low <= w < high], part] = 1.0
                at += 1
        return {"lower": lower, "pieces": pieces, "first": first, "mask": mask,
                "which": which, "marks": marks}  # fmt: skip

    def _place(self, encoded: Encoded, event: MarkedWords) -> tuple[int, int, int]:
        """The window an event stands in, and its words in it."""
        inside = next((w for part in reversed(event.marks) for w in part), event.low)
        number = bisect.bisect_right(encoded.windows, inside, key=_high)
        window = encoded.windows[number]
        return number, max(event.low, window.low), min(event.high, window.high)

    def _again(self, encoded: Encoded, number: int) -> Halves:
        """The vectors of a window, read again where they were not kept."""
        window = encoded.windows[number]
        if window.lower is not None:
            return window.lower
        assert encoded.features is not None
        inputs = self._inputs_of(encoded.features, window.low, window.high)
        (lower,) = self._session.run([self._session.get_outputs()[0].name], inputs)
        vectors: Halves = lower[0].astype(np.float16)
        return vectors

    def _pieces(
        self, encoded: Encoded, place: tuple[int, int, int], lower: Halves
    ) -> tuple[Halves, Ints]:
        """Vectors of the pieces of a place's words between the marks of their window, and where
        each word begins in them.
        """
        number, low, high = place
        window = encoded.windows[number]
        begins = window.first[low - window.low : high - window.low]
        start = int(begins[0])
        at_end = high == window.high
        end = len(lower) - 1 if at_end else int(window.first[high - window.low])
        vectors = np.concatenate([lower[:1], lower[start:end], lower[-1:]])
        return vectors, begins - start + 1


def _parts(types: Types) -> tuple[Floats, ...]:
    return types.types, types.modes, types.contexts, types.plv


def _high(window: Window) -> int:
    return window.high


_lock = threading.Lock()


def default_encoder() -> Encoder:
    """The encoder that ships with Dragoman, loaded once a process.

    It uses one thread a run, or as many as the environment variable ``DRAGOMAN_THREADS`` says.
    """
    with _lock:
        return _default()


@lru_cache(maxsize=1)
def _default() -> Encoder:
    threads = int(os.environ.get(THREADS_VARIABLE, "1"))
    with as_file(files("dragoman") / "models" / "encoder") as folder:
        return Encoder(folder, threads)
