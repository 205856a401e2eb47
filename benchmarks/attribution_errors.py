"""The kinds of miss of an attribution reader, counted: what of a gold attribution was not found,
and what a wrong one is.

Run: ``python -m benchmarks.attribution_errors PREDICTIONS.jsonl`` with the file that
``python -m benchmarks.attribution --out PREDICTIONS.jsonl`` wrote.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from benchmarks.attribution import GOLD, documents, scorer
from dragoman.language.analysis import Analysis, Token
from dragoman.language.parser import Parser

_NAMES: Final = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective",
                 "SCONJ": "preposition", "ADP": "preposition", "PUNCT": "mark"}  # fmt: skip
Sides = tuple[frozenset[int], frozenset[int], frozenset[int]]


def kinds(rows: Sequence[dict[str, Any]], gold: Path) -> Counter[str]:
    """Counts of the kinds of miss and of false attribution."""
    score = scorer()
    docs = {doc.name: doc for doc in score.load(str(gold))}
    analyses = {a.document.id: a for a in Parser().parse_many(documents(gold))}
    found: Counter[str] = Counter()
    for row in rows:
        doc = docs[row["doc"]]
        found.update(_of_report(score, doc, analyses[row["doc"]], row["statements"]))
    return found


def _of_report(
    score: ModuleType, doc: Any, analysis: Analysis, statements: Sequence[dict[str, Any]]
) -> list[str]:
    tokens = score.tokens(doc.text)
    starts = [start for start, _ in tokens]

    def sides(source: Any, cue: Any, content: Any) -> Sides:
        source, cue, content = (score.to_toks(p, starts, tokens) for p in (source, cue, content))
        return source, cue, content

    wanted = [sides(a.source, a.cue, a.content) for a in doc.atts]
    made = [sides(s["source"], s["cue"], s["content"]) for s in statements]
    edges = [[n for n, w in enumerate(wanted) if all(map(score.half, m, w))] for m in made]
    _, matched = score.match(edges, len(made))
    hit = set(matched.values())
    names = []
    for number, (want, gold) in enumerate(zip(wanted, doc.atts, strict=True)):
        if number not in matched:
            about = f"{score.qtype(doc, gold)}, {_cue(analysis, gold.cue)}"
            names.append(f"missed ({about}): {_missed(score, want, made)}")
    for number, (have, said) in enumerate(zip(made, statements, strict=True)):
        if number not in hit and not any(score.half(have[1], w[1]) for w in wanted):
            names.append(f"false ({_cue(analysis, said['cue'])}): {_false(have, wanted)}")
    return names


def _cue(analysis: Analysis, cue: Any) -> str:
    if not cue:
        return "no cue"
    tokens: Sequence[Token] = analysis.between(min(s for s, _ in cue), max(e for _, e in cue))
    for word in ("VERB", "NOUN"):
        if any(t.pos == word for t in tokens):
            return f"{_NAMES[word]} cue"
    return f"{_NAMES.get(tokens[0].pos, 'other') if tokens else 'other'} cue"


def _missed(score: ModuleType, want: Sides, made: Sequence[Sides]) -> str:
    rivals = [m for m in made if score.half(m[1], want[1])]
    if not rivals:
        if any(want[1] & m[1] for m in made):
            return "cue of other extent"
        if any(want[1] <= m[2] for m in made):
            return "cue taken for content"
        return "cue not found"
    best = max(rivals, key=lambda m: score.half(m[0], want[0]) + score.half(m[2], want[2]))
    wrong = []
    if not score.half(best[0], want[0]):
        wrong.append(_side("source", best[0], want[0]))
    if not score.half(best[2], want[2]):
        wrong.append(_side("content", best[2], want[2]))
    return " and ".join(wrong) or "matched to another"


def _side(role: str, have: frozenset[int], want: frozenset[int]) -> str:
    if not want:
        return f"{role} made up"
    if not have:
        return f"{role} not found"
    if not have & want:
        return f"{role} elsewhere"
    return f"{role} too short" if len(have) < len(want) else f"{role} too long"


def _false(have: Sides, wanted: Sequence[Sides]) -> str:
    if any(have[1] <= w[2] for w in wanted):
        return "inside gold content (nested)"
    if any(have[1] & w[1] for w in wanted):
        return "cue of other extent"
    return "no such attribution in gold"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the commonest kinds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--most", type=int, default=20)
    options = parser.parse_args(arguments)
    lines = options.predictions.read_text(encoding="utf-8").splitlines()
    found = kinds([json.loads(line) for line in lines], options.gold)
    print(f"{found.total()} in all")
    for name, count in found.most_common(options.most):
        print(f"{count:5d}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
