"""Sentences of the gold texts with the sides that the rules find, for the small network to imitate
the larger one on: no label of theirs is used.

    python training/encoder/silver.py --tokenizer …/tokenizer.json
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from prepare import ROOT, Maker
from sentences import Event, Example
from tokenizers import Tokenizer

from benchmarks.factuality import sentences
from dragoman.language.features import Vocabulary
from dragoman.model import Document, Reading, Span
from dragoman.pipeline import Reader

log = logging.getLogger("silver")
LONGEST = 600


def texts(gold: Path) -> Iterator[str]:
    """Plain texts of the training halves."""
    for path in sorted((gold / "polnear/train").rglob("*.txt")):
        yield path.read_text(encoding="utf-8")
    yield from (s.text for s in sentences(gold / "factuality/UW/train.jsonl"))
    for node in ElementTree.parse(gold / "geo/lgl.xml").iter("text"):
        yield node.text or ""
    for path in sorted((gold / "coref").glob("*.conll")):
        words = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        yield re.sub(r" ([,.;:?!])", r"\1", " ".join(row[1] for row in words if len(row) > 2))


def rows(readings: Iterator[Reading]) -> Iterator[tuple[str, list[tuple[int, int] | None]]]:
    """Each event's sentence, and its initiator, recipient and trigger in code points of it."""
    for reading in readings:
        for event in reading.events:
            if event.sentence is None or len(event.sentence.quote) > LONGEST:
                continue
            low = event.sentence.start

            def inside(span: Span | None, low: int = low, event: object = event) -> object:
                held = span is not None and low <= span.start and span.end <= event.sentence.end  # type: ignore[attr-defined]
                return (span.start - low, span.end - low) if held else None  # type: ignore[union-attr]

            marks = [
                inside(next((p.span for p in side if p.span), None))
                for side in (event.actors, event.recipients)
            ]
            if any(marks):
                yield event.sentence.quote, [*marks, inside(event.trigger)]  # type: ignore[list-item]


def main() -> None:
    """Read, mark and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--work", type=Path, default=ROOT / "build/encoder")
    parser.add_argument("--tokenizer", type=Path, required=True)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    names = json.loads((given.work / "labels.json").read_text(encoding="utf-8"))
    maker = Maker(tokenizer, Vocabulary.of(names["tags"], names["deps"]))
    reader = Reader(encoder=False)
    documents = (Document(id=str(n), text=t) for n, t in enumerate(texts(given.shared / "gold")))
    found = list(dict.fromkeys((t, tuple(m)) for t, m in rows(reader.read_many(documents))))
    made: list[Example] = []
    pairs = maker.examples((f"silver{n}", text) for n, (text, _) in enumerate(found))
    for (_, marks), (example, words) in zip(found, pairs, strict=True):
        spans = [words.within(mark) for mark in marks]
        example.event = Event(spans[0], spans[1], [spans[2]] if spans[2] else [])
        made.append(example)
    with (given.work / "silver.pickle").open("wb") as file:
        pickle.dump((made, None), file)
    log.info("silver: %d", len(made))


if __name__ == "__main__":
    main()
