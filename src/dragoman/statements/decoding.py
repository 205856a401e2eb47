"""From the network's scores to attributions: the best well-formed labelling of the words for each
cue, found by dynamic programming (Viterbi 1967), all cues of a batch at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

ROLES = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(3)
LABELS = ("O", *(f"{mark}-{role}" for role in ROLES for mark in "BIES"))
"""Outside; then for each role: begins, inside, ends, stands alone."""
_FORBIDDEN = np.float32(-1e4)


def _transitions() -> Floats:
    allowed = np.full((len(LABELS), len(LABELS)), _FORBIDDEN, np.float32)
    for i, before in enumerate(LABELS):
        for j, after in enumerate(LABELS):
            if before[0] in "OES":
                fits = after[0] in "OBS"
            else:
                fits = after[0] in "IE" and after[2:] == before[2:]
            if fits:
                allowed[i, j] = 0.0
    return allowed


_ALLOWED = _transitions()
_MAY_START = np.array([0.0 if label[0] in "OBS" else _FORBIDDEN for label in LABELS], np.float32)
_MAY_END = np.array([0.0 if label[0] in "OES" else _FORBIDDEN for label in LABELS], np.float32)
_STARTS = [[n for n, label in enumerate(LABELS) if label[0] in "BS" and label[2:] == role]
           for role in ROLES]  # fmt: skip
_CUES = np.array([label[2:] == "cue" for label in LABELS])
ROLE_OF = np.array([-1, *(role for role in range(3) for _ in range(4))])
"""The role of each label's number; -1 outside."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``cost`` is taken from the score of each fragment begun, by role."""

    cost: tuple[float, float, float] = (0.0, 0.0, 0.0)


def viterbi(scores: Floats, sizes: Ints, anchors: Ints, settings: Settings) -> Ints:
    """The best labelling of each row.

    ``scores`` are log-probabilities, rows by words by labels; only the first ``sizes[row]`` words
    of a row count, and its word ``anchors[row]`` must belong to the cue. Gives label numbers, rows
    by words, 0 beyond a row's size.
    """
    rows, words, _ = scores.shape
    scores = scores.copy()
    here = np.arange(rows)
    scores[here, anchors] += np.where(_CUES, np.float32(0), _FORBIDDEN)
    beyond = np.arange(words)[None, :] >= sizes[:, None]
    scores[beyond] = np.append(np.float32(0), np.full(len(LABELS) - 1, _FORBIDDEN))
    for role, starts in enumerate(_STARTS):
        scores[:, :, starts] -= np.float32(settings.cost[role])
    back = np.zeros((words, rows, len(LABELS)), np.int8)
    best = scores[:, 0] + _MAY_START
    for word in range(1, words):
        paths = best[:, :, None] + _ALLOWED
        back[word] = paths.argmax(1)
        best = paths.max(1) + scores[:, word]
    found = np.zeros((rows, words), np.int64)
    found[:, -1] = (best + _MAY_END).argmax(1)
    for word in range(words - 1, 0, -1):
        found[:, word - 1] = back[word, here, found[:, word]]
    return found


def fragments(labels: Ints) -> tuple[list[tuple[int, int]], ...]:
    """The runs of words of each role, ``(first, last + 1)``, in one row of labels."""
    found: tuple[list[tuple[int, int]], ...] = ([], [], [])
    start = 0
    for word in np.flatnonzero(labels):
        mark = (labels[word] - 1) % 4
        role = int(ROLE_OF[labels[word]])
        if mark in (0, 3):
            start = int(word)
        if mark in (2, 3):
            found[role].append((start, int(word) + 1))
    return found


@dataclass(frozen=True, slots=True)
class Relation:
    """An attribution in words of a document: fragments ``(first, last + 1)`` of each role, and the
    cue's head word. ``certainty`` is the network's for the cue, ``margin`` the mean probability of
    the labels chosen for the words of source and content.
    """

    anchor: int
    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    content: list[tuple[int, int]]
    certainty: float
    margin: float


def relations(
    scores: Floats,
    sizes: Ints,
    anchors: Ints,
    certainties: Floats,
    lows: Ints,
    settings: Settings,
) -> list[Relation]:
    """The attributions of a batch of cues; those without content are left out.

    ``scores`` are log-probabilities, cues by words by labels, ``sizes`` the words of each cue's
    window and ``lows`` the window's first word in its document; ``anchors`` count from it.
    """
    if not len(scores):
        return []
    chosen = viterbi(scores, sizes, anchors, settings)
    likely = np.take_along_axis(scores, chosen[:, :, None], 2)[:, :, 0]
    found = []
    for row, labels in enumerate(chosen):
        source, cue, content = fragments(labels)
        if not content:
            continue
        anchor, low = int(anchors[row]), int(lows[row])
        cue = [part for part in cue if part[0] <= anchor < part[1]]
        if len(source) > 1:
            source = [max(source, key=lambda part: float(likely[row, slice(*part)].sum()))]
        words = np.isin(ROLE_OF[labels], (SOURCE, CONTENT))
        margin = float(np.exp(likely[row][words].mean()))
        source, cue, content = (
            [(start + low, end + low) for start, end in parts] for parts in (source, cue, content)
        )
        found.append(Relation(anchor + low, source, cue, content, float(certainties[row]), margin))
    return found


def outermost(found: list[Relation]) -> list[Relation]:
    """Those whose cue does not stand in the content of a surer one of the same document."""
    return [
        relation
        for relation in found
        if not any(
            other.certainty > relation.certainty
            and any(start <= relation.anchor < end for start, end in other.content)
            for other in found
        )
    ]
