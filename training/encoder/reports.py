"""Gold attributions as labels of a parsed document's words."""

from __future__ import annotations

import bisect
import importlib.util
import pickle
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from dragoman.language.analysis import Analysis
from dragoman.language.features import Features, Vocabulary, batch, features, windows
from dragoman.language.parser import Parser
from dragoman.model import Document

Fragments = list[tuple[int, int]]


@dataclass
class Relation:
    """Fragments of words ``(first, last + 1)`` and the cue's head word."""

    anchor: int
    roles: tuple[Fragments, Fragments, Fragments]


@dataclass
class Report:
    """A document with its features and gold."""

    name: str
    features: Features
    starts: list[int]
    ends: list[int]
    gold: list[Relation] = field(default_factory=list)


def scorer(path: Path) -> ModuleType:
    """The scoring script as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scoring script at {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["scorer"] = module
    spec.loader.exec_module(module)
    return module


def reports(
    folder: Path,
    score: ModuleType,
    tokenizer: Tokenizer,
    vocabulary: Vocabulary | None,
    cache: Path,
) -> tuple[list[Report], Vocabulary]:
    """All documents below a folder, parsed; kept in ``cache`` from one run to the next."""
    if cache.exists():
        with cache.open("rb") as file:
            return pickle.load(file)
    docs = score.load(str(folder))
    analyses = list(Parser().parse_many(Document(id=d.name, text=d.text) for d in docs))
    if vocabulary is None:
        tags = sorted({t.tag for a in analyses for t in a.tokens})
        deps = sorted({t.dep for a in analyses for t in a.tokens})
        vocabulary = Vocabulary.of(tags, deps)
    made = [_report(d, a, tokenizer, vocabulary) for d, a in zip(docs, analyses, strict=True)]
    with cache.open("wb") as file:
        pickle.dump((made, vocabulary), file)
    return made, vocabulary


def _report(doc: Any, analysis: Analysis, tokenizer: Tokenizer, vocabulary: Vocabulary) -> Report:
    starts, ends = [t.start for t in analysis.tokens], [t.end for t in analysis.tokens]
    report = Report(doc.name, features(analysis, tokenizer, vocabulary), starts, ends)
    for relation in doc.atts:
        source, cue, content = (
            _words(fragments, starts, ends)
            for fragments in (relation.source, relation.cue, relation.content)
        )
        if cue and content:
            report.gold.append(Relation(_head(cue, analysis), (source, cue, content)))
    return report


def _words(fragments: Fragments, starts: list[int], ends: list[int]) -> Fragments:
    found = []
    for low, high in fragments:
        first, last = bisect.bisect_right(ends, low), bisect.bisect_left(starts, high)
        if first < last:
            found.append((first, last))
    return found


def _head(cue: Fragments, analysis: Analysis) -> int:
    """The cue's word that hangs on a word outside the cue; a verb or noun if there are several."""
    inside = {i for low, high in cue for i in range(low, high)}
    tops = [i for i in sorted(inside) if analysis.tokens[i].head.i not in inside
            or analysis.tokens[i].head.i == i]  # fmt: skip
    full = [i for i in tops if analysis.tokens[i].pos in ("VERB", "NOUN", "ADJ")]
    return (full or tops)[0]


def labelled(fragments: Sequence[Fragments], low: int, high: int) -> np.ndarray:
    """Label numbers of the words from ``low`` to ``high``, cut off at the window's ends; word 0 is
    the opening mark.
    """
    found = np.zeros(high - low + 1, np.int64)
    for role, parts in enumerate(fragments):
        for start, end in parts:
            start, end = max(start, low) - low + 1, min(end, high) - low + 1
            if start >= end:
                continue
            base = 1 + 4 * role
            if end - start == 1:
                found[start] = base + 3
            else:
                found[start], found[end - 1] = base, base + 2
                found[start + 1 : end - 1] = base + 1
    return found


def batches(
    documents: Sequence[Report], pieces: int, limit: int, seed: int, shuffle: bool = True
) -> Iterator[tuple[dict[str, Tensor], list[tuple[Report, int, int]]]]:
    """Batches of about ``pieces`` word pieces, of windows of like length; all gold cues of a window
    are in ``row`` and ``at``, their labels in ``gold``.
    """
    rng = random.Random(seed)
    cuts = [
        (report, low, high)
        for report in documents
        for low, high in windows(
            report.features, limit, rng.randrange(limit // 2) if shuffle else 0
        )
    ]
    if shuffle:
        rng.shuffle(cuts)
    groups, pool = [], 64
    for start in range(0, len(cuts), pool):
        group: list[tuple[Report, int, int]] = []
        for cut in sorted(cuts[start : start + pool], key=_size, reverse=True):
            if group and _size(group[0]) * (len(group) + 1) > pieces:
                groups.append(group)
                group = []
            group.append(cut)
        if group:
            groups.append(group)
    if shuffle:
        rng.shuffle(groups)
    for group in groups:
        yield _batch(group, limit), group


def _size(cut: tuple[Report, int, int]) -> int:
    report, low, high = cut
    return int(report.features.first[high] - report.features.first[low])


def _batch(group: list[tuple[Report, int, int]], limit: int) -> dict[str, Tensor]:
    made = batch([(r.features, low, high) for r, low, high in group], limit, 101, 102)
    shape = made["first"].shape
    rows, at, gold = [], [], []
    anchors, roles = np.zeros(shape, np.float32), np.zeros((*shape, 9), np.float32)
    for row, (report, low, high) in enumerate(group):
        for relation in report.gold:
            if not low <= relation.anchor < high:
                continue
            labels = np.zeros(shape[1], np.int64)
            own = labelled(relation.roles, low, high)
            labels[: len(own)] = own
            rows.append(row)
            at.append(relation.anchor - low + 1)
            gold.append(labels)
            anchors[row, at[-1]] = 1
            for role in range(3):
                base = 1 + 4 * role
                roles[row, :, 3 * role] += (labels >= base) & (labels < base + 4)
                roles[row, :, 3 * role + 1] += (labels == base) | (labels == base + 3)
                roles[row, :, 3 * role + 2] += (labels == base + 2) | (labels == base + 3)
    tensors = {name: torch.from_numpy(array) for name, array in made.items()}
    tensors["row"], tensors["at"] = torch.tensor(rows).long(), torch.tensor(at).long()
    tensors["gold"] = torch.from_numpy(np.array(gold, np.int64).reshape(len(gold), shape[1]))
    tensors["anchors"] = torch.from_numpy(anchors)
    tensors["roles"] = torch.from_numpy(np.minimum(roles, 1))
    return tensors
