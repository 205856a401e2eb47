"""The encoder: one pass of a small transformer over a report serves every trained head.

The network is an ONNX file run by onnxruntime, loaded at the first use in a process. It is made by
``training/encoder``; its card stands beside it.
"""

from __future__ import annotations

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

WIDTH = 384
"""Numbers in a word's vector."""

THREADS_VARIABLE = "DRAGOMAN_THREADS"


@dataclass(frozen=True, slots=True)
class Window:
    """What the network says of the words ``low`` to ``high`` of a document.

    ``certainty`` has the probability of being a cue for each word. ``anchors`` are the words surer
    than the threshold, counted from ``low``; ``scores`` the log-probabilities of the labels of all
    words as seen from each of them: anchors by words by labels.
    """

    low: int
    high: int
    certainty: Floats
    anchors: Ints
    scores: Floats


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the network says of a document: its windows in text order, and for each word

    - ``vectors``: 384 numbers, from which further heads read (words by 384);
    - ``attributed``: the probability that it stands in somebody's attributed words;
    - ``value``: the factuality of what it tells, -3 to 3 in the author's view;
    - ``status``: probabilities of the six statuses in the order of :data:`dragoman.model.STATUSES`.

    ``encoder`` is the one that read it: its settings tell how to decode.
    """

    windows: tuple[Window, ...]
    vectors: Floats
    attributed: Floats
    value: Floats
    status: Floats
    encoder: Encoder

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
        if analysis.tokens:
            own = features(analysis, self._tokenizer, self._vocabulary)
            rows = [self._run(own, low, high) for low, high in windows(own, self.limit)]
        shapes = ((0, WIDTH), (0,), (0,), (0, len(STATUSES)))
        vectors, attributed, value, status = (
            np.concatenate([arrays[n] for _, arrays in rows])
            if rows
            else np.zeros(shape, np.float32)
            for n, shape in enumerate(shapes)
        )
        windows_ = tuple(window for window, _ in rows)
        return Encoded(windows_, vectors, attributed, value, status, self)

    def _run(self, own: Features, low: int, high: int) -> tuple[Window, tuple[Floats, ...]]:
        inputs: dict[str, Any] = {**batch([(own, low, high)], self.limit, *self._marks)}
        inputs["threshold"] = self._threshold
        vectors, certainty, attributed, value, status, _, at, scores = self._session.run(
            None, inputs
        )
        window = Window(low, high, certainty[0, 1:], at[1:] - 1, scores[1:, 1:])
        return window, (vectors[0, 1:], attributed[0, 1:], value[0, 1:], status[0, 1:])

    def types(self, encoded: Encoded, events: Sequence[MarkedWords]) -> Types:
        """The event head on events of a document, all in one run.

        The word before an event's first stands for the whole, as the opening mark does in training.
        """
        wide = max((event.high - event.low for event in events), default=0) + 1
        vectors = np.zeros((len(events), wide, WIDTH), np.float32)
        marks = np.zeros((len(events), wide, 3), np.float32)
        mask = np.zeros((len(events), wide), bool)
        for row, event in enumerate(events):
            size = event.high - event.low
            vectors[row, 1 : size + 1] = encoded.vectors[event.low : event.high]
            mask[row, 1 : size + 1] = True
            for place, words in enumerate(event.marks):
                at = [w - event.low + 1 for w in words if event.low <= w < event.high]
                marks[row, at, place] = 1.0
        said = self._events.run(
            ["own", "mode", "contexts", "plv"], {"vectors": vectors, "marks": marks, "mask": mask}
        )
        return Types(*said)


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
