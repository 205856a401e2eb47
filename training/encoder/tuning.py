"""Scores of the decoded network on reports with gold, and the settings that decode them best."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from network import Network
from reports import Report, batches

from dragoman.statements.decoding import Relation, Settings, outermost, relations


@dataclass
class Cached:
    """What the network says of reports: a window's cues above a low threshold, with scores."""

    reports: Sequence[Report]
    rows: list[tuple[str, dict[str, np.ndarray]]]

    @classmethod
    def of(cls, network: Network, reports: Sequence[Report], limit: int) -> Cached:
        """Run the network once over all reports."""
        network.eval()
        rows, device = [], next(network.parameters()).device
        with torch.inference_mode():
            for made, group in batches(reports, 4096, limit, 0, shuffle=False):
                batch = {name: tensor.to(device) for name, tensor in made.items()}
                _, words = network.words(batch)
                mask = batch["first"] > 0
                sure = torch.sigmoid(network.cue(words).squeeze(-1)) * mask
                row, at = torch.nonzero(sure > 0.1, as_tuple=True)
                scores = network.linker(words, batch["head"], batch["columns"], mask, row, at)
                scores = torch.log_softmax(scores.float(), -1).cpu().numpy()
                row, at, sure = row.cpu(), at.cpu(), sure.cpu()
                for number, (report, low, high) in enumerate(group):
                    own = (row == number).numpy()
                    rows.append((report.name, {
                        "scores": scores[own][:, 1 : high - low + 1],
                        "anchors": at.numpy()[own] - 1,
                        "certainties": sure[row, at].numpy()[own],
                        "sizes": np.full(own.sum(), high - low),
                        "lows": np.full(own.sum(), low),
                    }))  # fmt: skip
        return cls(reports, rows)

    def decode(self, threshold: float, settings: Settings) -> dict[str, list[Relation]]:
        """Attributions by report."""
        found: dict[str, list[Relation]] = {report.name: [] for report in self.reports}
        for name, row in self.rows:
            kept = row["certainties"] >= threshold
            found[name] += relations(
                row["scores"][kept], row["sizes"][kept], row["anchors"][kept],
                row["certainties"][kept], row["lows"][kept], settings,
            )  # fmt: skip
        return {name: outermost(rows) for name, rows in found.items()}


def scored(
    found: dict[str, list[Relation]], reports: Sequence[Report], given: Any
) -> dict[str, tuple[float, float, float]]:
    """The scorer's figures."""
    attribution, by_name = given.scorer.Att, {report.name: report for report in reports}

    def spans(name: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        report = by_name[name]
        return [(report.starts[low], report.ends[high - 1]) for low, high in parts]

    made = {
        name: [
            attribution(str(n), *(spans(name, part) for part in (r.source, r.cue, r.content)))
            for n, r in enumerate(rows)
        ]
        for name, rows in found.items()
    }
    docs = [given.docs[name] for name in by_name]
    result = given.scorer.score(docs, made, types=given.scorer.qtype)
    strict = given.scorer.score(docs, made, punct=True)
    result["content/frag+"] = strict["content/frag"]
    return result


SHOWN = ("full50", "full_exact", "c50", "source/frag", "cue/frag", "content/frag", "content/frag+")


def figures(cached: Cached, given: Any, threshold: float = 0.4) -> str:
    """A line of the figures that matter."""
    result = scored(cached.decode(threshold, Settings()), cached.reports, given)
    recall = {k: v for k, v in result["recall_by_type"].items() if k.startswith("full50")}
    return " ".join(f"{k} {result[k]}" for k in SHOWN) + f" {recall}"


def tuned(cached: Cached, given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The threshold and costs of fragments with the best mean of full50 and content fragments."""
    best: tuple[float, dict[str, Any], dict[str, Any]] = (-1.0, {}, {})
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        result = scored(cached.decode(threshold, Settings()), cached.reports, given)
        value = result["full50"][2]
        if value > best[0]:
            best = (value, {"threshold": threshold, "cost": (0.0, 0.0, 0.0)}, result)
    threshold = best[1]["threshold"]
    best = (-1.0, {}, {})
    for source, content in itertools.product((-1.0, 0.0, 0.5), (-0.5, 0.0, 0.5, 1.0)):
        settings = Settings((source, 0.0, content))
        result = scored(cached.decode(threshold, settings), cached.reports, given)
        value = result["full50"][2] + result["content/frag+"][2] + result["source/frag"][2]
        if value > best[0]:
            best = (value, {"threshold": threshold, "cost": settings.cost}, result)
    return best[1], {k: best[2][k] for k in (*SHOWN, "recall_by_type")}


def calibrated(cached: Cached, decoding: dict[str, Any], given: Any) -> list[float]:
    """Weights of a logistic regression from the log odds of a cue and of its words' labels to
    whether full50 counts the attribution as right, by Newton's method with a little ridge.
    """
    score, by_name = given.scorer, {report.name: report for report in cached.reports}
    rows, right = [], []
    found = cached.decode(decoding["threshold"], Settings(decoding["cost"]))
    for name, relations_ in found.items():
        report, doc = by_name[name], given.docs[name]
        tokens = score.tokens(doc.text)
        starts = [start for start, _ in tokens]

        def sets(parts: Any, starts: Any = starts, tokens: Any = tokens) -> Any:
            return [score.to_toks(part, starts, tokens) for part in parts]

        wanted = [sets((a.source, a.cue, a.content)) for a in doc.atts]
        made = [
            sets(
                [(report.starts[low], report.ends[high - 1]) for low, high in part]
                for part in (r.source, r.cue, r.content)
            )
            for r in relations_
        ]
        edges = [[n for n, w in enumerate(wanted) if all(map(score.half, m, w))] for m in made]
        _, matched = score.match(edges, len(made))
        hit = set(matched.values())
        rows += [(1.0, _odds(r.certainty), _odds(r.margin)) for r in relations_]
        right += [float(n in hit) for n in range(len(relations_))]
    x, y, weights = np.array(rows), np.array(right), np.zeros(3)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - 0.1 * weights
        weights += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 0.1 * np.eye(3), slope)
    return [round(float(w), 4) for w in weights]


def _odds(probability: float) -> float:
    clipped = min(max(probability, 1e-3), 1 - 1e-3)
    return float(np.log(clipped / (1 - clipped)))
