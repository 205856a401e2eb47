"""Attribution on PolNeAR's development split, scored by the script that lies beside the gold.

``--reader`` says whose attributions are scored: the trained ``model`` alone, or the outermost
statements of the whole ``product``, or of its ``rules`` alone. ``--ablate`` also scores the model
with parts of its decoding taken away: labels by their highest score instead of the best well-formed
row (``argmax``), and sources and contents given to the nearest cue instead of the one they were
found from (``nearest``).

Run: ``python -m benchmarks.attribution [--reader model] [--ablate] [--calibration]``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np

from dragoman.language.analysis import Analysis
from dragoman.language.encoder import Encoder, Window, default_encoder
from dragoman.language.parser import Parser
from dragoman.model import Document, Span
from dragoman.pipeline import Reader
from dragoman.statements import tagging
from dragoman.statements.decoding import ROLE_OF, Relation, Settings, outermost

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
GOLD: Final = SHARED / "gold" / "polnear" / "dev"
SCORER: Final = SHARED / "score" / "attribution.py"
Row = dict[str, Any]
Decode = Callable[[Sequence[Window], Settings], list[Relation]]


def documents(gold: Path) -> list[Document]:
    """The reports of a gold folder, line ends untouched."""
    found = []
    for path in sorted((gold / "text").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            found.append(Document(id=path.stem, text=file.read()))
    return found


def of_model(analyses: Sequence[Analysis], encoder: Encoder, decode: Decode) -> list[Row]:
    """One line a report, from the model alone."""
    settings = Settings(tuple(encoder.settings["cost"]))
    rows = []
    for analysis in analyses:
        encoded = encoder.encode(analysis).windows
        relations = outermost(decode(encoded, settings))
        rows.append({"doc": analysis.document.id, "statements": [
            {role: _spans(analysis, getattr(relation, role))
             for role in ("source", "cue", "content")}
            | {"confidence": tagging.confidence(
                relation.certainty, relation.margin, encoder.settings["calibration"])}
            for relation in relations
        ]})  # fmt: skip
    return rows


def _spans(analysis: Analysis, parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    tokens = analysis.tokens
    return [(tokens[low].start, tokens[high - 1].end) for low, high in parts]


def of_product(found: Iterable[Document], encoder: bool) -> list[Row]:
    """One line a report: the outermost statements that have a cue, with the encoder or without."""

    def fragments(span: Span | None) -> list[tuple[int, int]]:
        return [(f.start, f.end) for f in span.fragments] if span is not None else []

    return [
        {"doc": reading.document.id, "statements": [
            {"source": fragments(s.source), "cue": fragments(s.cue),
             "content": fragments(s.content), "confidence": s.confidence}
            for s in reading.statements if s.parent is None and s.cue is not None
        ]}
        for reading in Reader(encoder=encoder).read_many(found)
    ]  # fmt: skip


# ---------------------------------------------------------------- ablations


def argmax(encoded: Sequence[Window], settings: Settings) -> list[Relation]:
    """Every word takes its likeliest label; runs of one role are fragments."""
    found = []
    for window in encoded:
        for row, anchor in zip(window.scores, window.anchors.tolist(), strict=True):
            roles = ROLE_OF[row.argmax(1)]
            parts = [_runs(roles, role, window.low) for role in range(3)]
            cue = [part for part in parts[1] if part[0] <= anchor + window.low < part[1]]
            if parts[2]:
                certainty = float(window.certainty[anchor])
                found.append(Relation(anchor + window.low, parts[0], cue, parts[2], certainty, 0.5))
    return found


def _runs(roles: Any, role: int, low: int) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.r_[0, (roles == role).astype(int), 0])) + low
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def nearest(encoded: Sequence[Window], settings: Settings) -> list[Relation]:
    """All sources and contents found, each content with the cue nearest to it, each cue with the
    source nearest to it.
    """
    whole = tagging.decode(encoded, settings)
    contents = {part for relation in whole for part in relation.content}
    sources = {part for relation in whole for part in relation.source}
    given: dict[int, list[tuple[int, int]]] = {}
    for part in sorted(contents):
        best = min(range(len(whole)), key=lambda n: _gap(part, whole[n].anchor))
        given.setdefault(best, []).append(part)
    found = []
    for number, parts in given.items():
        old = whole[number]
        near = min(sources, key=lambda part: _gap(part, old.anchor), default=None)
        source = [near] if near is not None and _gap(near, old.anchor) < 25 else []
        found.append(Relation(old.anchor, source, old.cue, parts, old.certainty, old.margin))
    return found


def _gap(part: tuple[int, int], word: int) -> int:
    return max(part[0] - word, word - part[1] + 1, 0)


# ---------------------------------------------------------------- calibration


def scorer() -> ModuleType:
    """The scoring script as a module."""
    spec = importlib.util.spec_from_file_location("scorer", SCORER)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scoring script at {SCORER}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["scorer"] = module
    spec.loader.exec_module(module)
    return module


def judged(rows: Iterable[Row], gold: Path) -> list[tuple[float, bool]]:
    """The confidence of each attribution and whether full50 counts it as right."""
    score = scorer()
    gold_by_name = {doc.name: doc for doc in score.load(str(gold))}
    found = []
    for row in rows:
        doc = gold_by_name[row["doc"]]
        tokens = score.tokens(doc.text)
        starts = [start for start, _ in tokens]

        def sets(*parts: Any, starts: Any = starts, tokens: Any = tokens) -> Any:
            return [score.to_toks(part, starts, tokens) for part in parts]

        wanted = [sets(a.source, a.cue, a.content) for a in doc.atts]
        made = [sets(s["source"], s["cue"], s["content"]) for s in row["statements"]]
        edges = [[n for n, w in enumerate(wanted) if all(map(score.half, m, w))] for m in made]
        _, matched = score.match(edges, len(made))
        right = set(matched.values())
        found += [(s["confidence"], n in right) for n, s in enumerate(row["statements"])]
    return found


def calibration(found: Sequence[tuple[float, bool]], bins: int = 10) -> str:
    """Expected calibration error over bins of equal width, and precision by threshold."""
    sure = np.array([c for c, _ in found])
    right = np.array([r for _, r in found], float)
    which = np.minimum((sure * bins).astype(int), bins - 1)
    error = sum(
        abs(sure[which == b].mean() - right[which == b].mean()) * (which == b).mean()
        for b in range(bins) if (which == b).any()
    )  # fmt: skip
    lines = [f"expected calibration error {error:.3f}", "threshold  kept  precision"]
    for least in (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept = sure >= least
        if kept.any():
            lines.append(f"{least:9.1f}  {kept.sum():4d}  {100 * right[kept].mean():.1f}")
    return "\n".join(lines)


# ---------------------------------------------------------------- command


def report(title: str, rows: Iterable[Row], gold: Path, target: Path) -> None:
    """Write predictions and print what the scorer says of them."""
    target.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    print(f"== {title}", flush=True)
    subprocess.run([sys.executable, str(SCORER), str(gold), str(target)], check=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Score what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", choices=("model", "product", "rules"), default="model")
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--out", type=Path, help="keep the predictions in this file")
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--calibration", action="store_true")
    options = parser.parse_args(arguments)
    if not options.gold.exists() or not SCORER.exists():
        print(f"attribution: no gold at {options.gold} or no scorer at {SCORER}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        target = options.out or Path(folder) / "predictions.jsonl"
        if options.reader != "model":
            rows = of_product(documents(options.gold), options.reader == "product")
            report("product", rows, options.gold, target)
        else:
            analyses = list(Parser().parse_many(documents(options.gold)))
            encoder = default_encoder()
            rows = of_model(analyses, encoder, tagging.decode)
            report(encoder.name, rows, options.gold, target)
            for decode in (argmax, nearest) if options.ablate else ():
                rest = of_model(analyses, encoder, decode)
                report(f"without: {decode.__name__}", rest, options.gold, Path(folder) / "ablated")
    if options.calibration:
        print(calibration(judged(rows, options.gold)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
