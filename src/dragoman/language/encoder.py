"""The encoder: one pass of a small transformer over a report serves every trained head.

The network is an ONNX file run by onnxruntime, loaded at the first use in a process. It is made by
``training/attribution``; its card stands beside it.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.language.analysis import Analysis
from dragoman.language.features import Features, Ints, Vocabulary, batch, features, windows

Floats = npt.NDArray[np.float32]

THREADS_VARIABLE = "DRAGOMAN_THREADS"


@dataclass(frozen=True, slots=True)
class Window:
    """What the network says of the words ``low`` to ``high`` of a document.

    ``certainty`` has the probability of being a cue for each word. ``anchors`` are the words surer
    than the threshold, counted from ``low``; ``scores`` the log-probabilities of the labels of all
    words as seen from each of them: anchors by words by labels. ``vectors`` has the 384 numbers of
    each word's first piece.
    """

    low: int
    high: int
    certainty: Floats
    anchors: Ints
    scores: Floats
    vectors: Floats


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
        self._threshold = np.array(self.settings["threshold"], np.float32)
        self.limit: int = self.settings["limit"]
        self.name: str = f"{self.settings['name']}-{self.settings['version']}"

    def encode(self, analyses: Iterable[Analysis]) -> Iterator[list[Window]]:
        """The windows of each analysis in text order.

        Each window is a run of its own: integer arithmetic takes its scale from all that is in a
        run, and a report must not read differently for the company it comes in.
        """
        for analysis in analyses:
            if not analysis.tokens:
                yield []
                continue
            own = features(analysis, self._tokenizer, self._vocabulary)
            yield [self._run(own, low, high) for low, high in windows(own, self.limit)]

    def _run(self, own: Features, low: int, high: int) -> Window:
        inputs: dict[str, Any] = {**batch([(own, low, high)], self.limit, *self._marks)}
        inputs["threshold"] = self._threshold
        vectors, certainty, _, at, scores = self._session.run(None, inputs)
        return Window(
            low, high, certainty[0, 1:], at[1:] - 1, scores[1:, 1:],
            vectors[0, inputs["first"][0, 1:]],
        )  # fmt: skip


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
    with as_file(files("dragoman") / "models" / "attribution") as folder:
        return Encoder(folder, threads)
