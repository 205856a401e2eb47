"""Whether spaCy's named entities would earn their time: what they cost and what they would bring.

On PolNeAR dev, of the sources of attributions that hold a proper name: the share at which Dragoman
has an actor mention by register, capitals and apposition alone, the share at which the pipeline's
NER has an entity of a kind that can speak, and the share that only NER finds. Beside it the words a
second of the pipeline with and without NER, in alternating rounds.

Run: ``python -m benchmarks.names [--rounds 3]``.
"""

from __future__ import annotations

import os

# Before numpy is imported: its thread pools read these once.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"

import argparse
import statistics
import sys
from collections.abc import Sequence

import spacy

from benchmarks.promise import SCORER, load_module
from benchmarks.speakers import POLNEAR, documents
from benchmarks.speed import exhaust, seconds
from dragoman.language.parser import DEFAULT_MODEL
from dragoman.model import Document
from dragoman.pipeline import Reader

SPEAKERS = frozenset({"PERSON", "ORG", "NORP", "GPE", "FAC"})


def named_sources(folder: str) -> dict[str, list[tuple[int, int]]]:
    """By document, the bounds of each gold source that holds a capitalised word past its first."""
    scorer = load_module(SCORER)
    found: dict[str, list[tuple[int, int]]] = {}
    for doc in scorer.load(folder):
        rows = {(a.source[0][0], a.source[-1][1]) for a in doc.atts if a.source}
        found[doc.name] = [
            (low, high)
            for low, high in sorted(rows)
            if any(word[:1].isupper() for word in doc.text[low:high].split()[1:])
            or (" " not in doc.text[low:high] and doc.text[low - 2 : low] != ". ")
        ]
    return found


def _touch(bounds: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(low < bounds[1] and bounds[0] < high for low, high in spans)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares and the two speeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    if not POLNEAR.is_dir():
        print(f"{POLNEAR} is not there; lay the gold beside the checkout", file=sys.stderr)
        return 2
    texts = list(documents(POLNEAR))
    sources = named_sources(str(POLNEAR))
    full = spacy.load(DEFAULT_MODEL)
    bare = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    _print_shares(texts, sources, full)
    words = sum(len(document.text.split()) for document in texts)
    rates: dict[str, list[float]] = {"with NER": [], "without": []}
    for _ in range(options.rounds):
        for name, nlp in (("with NER", full), ("without", bare)):
            took = seconds(lambda nlp=nlp: exhaust(nlp.pipe(d.text for d in texts)))
            rates[name].append(words / took)
    for name, values in rates.items():
        print(f"pipeline {name:<10} {statistics.median(values):8,.0f} words/s")
    return 0


def _print_shares(
    texts: Sequence[Document], sources: dict[str, list[tuple[int, int]]], full: spacy.Language
) -> None:
    both = ours = theirs = total = 0
    reader = Reader()
    for document in texts:
        entities = [
            (e.start_char, e.end_char) for e in full(document.text).ents if e.label_ in SPEAKERS
        ]
        mentions = [
            (m.span.start, m.span.end)
            for m in reader.read(document).mentions
            if m.kind == "actor" and m.actor is not None
        ]
        for bounds in sources[document.id]:
            rules, ner = _touch(bounds, mentions), _touch(bounds, entities)
            total += 1
            both += rules and ner
            ours += rules and not ner
            theirs += ner and not rules
    print(f"sources that hold a name: {total}")
    print(f"  found by rules and by NER  {both:5} {100 * both / total:5.1f}%")
    print(f"  by rules only              {ours:5} {100 * ours / total:5.1f}%")
    print(f"  by NER only                {theirs:5} {100 * theirs / total:5.1f}%")


if __name__ == "__main__":
    sys.exit(main())
