"""Parse all training texts and write their features, so that training needs no parser.

    python training/encoder/prepare.py

Writes ``build/encoder/*.pickle``. What is read: PolNeAR's train and dev split, UW and MEANTIME
factuality, PLV train, our composed sentences and our gold of status (its half for development).
"""

from __future__ import annotations

import argparse
import bisect
import json
import logging
import pickle
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import yaml
from reports import Relation, Report, reports, scorer
from sentences import YIELD, Event, Example, Labels
from tokenizers import Tokenizer

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "training" / "relations")]

import composed  # noqa: E402

from benchmarks.factuality import Sentence, sentences  # noqa: E402
from benchmarks.relation import Pair, pairs  # noqa: E402
from dragoman.language.features import Vocabulary, features  # noqa: E402
from dragoman.language.parser import Parser  # noqa: E402
from dragoman.model import STATUSES, Document  # noqa: E402
from dragoman.ontologies import plover  # noqa: E402
from dragoman.pipeline import Reader  # noqa: E402

log = logging.getLogger("prepare")
Bounds = tuple[int, int]
SAME = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "REQUEST", "REJECT", "THREATEN",
        "PROTEST", "MOBILIZE", "ASSAULT")  # fmt: skip
"""Types that PLV and this project mean alike; the others differ by the codebook taken."""


class Maker:
    """Examples of texts with marks in code points."""

    def __init__(self, tokenizer: Tokenizer, vocabulary: Vocabulary) -> None:
        self._parser, self._tokenizer, self._vocabulary = Parser(), tokenizer, vocabulary

    def examples(self, rows: Iterable[tuple[str, str]]) -> Iterator[tuple[Example, Words]]:
        """An example of each ``(name, text)``, with the bounds of its words."""
        documents = [Document(id=name, text=text) for name, text in rows]
        for document, analysis in zip(documents, self._parser.parse_many(documents), strict=True):
            own = features(analysis, self._tokenizer, self._vocabulary)
            yield Example(document.id, own), Words(analysis.tokens)


class Words:
    """Where the words of a parsed text stand."""

    def __init__(self, tokens: Sequence[object]) -> None:
        self.starts = [t.start for t in tokens]  # type: ignore[attr-defined]
        self.ends = [t.end for t in tokens]  # type: ignore[attr-defined]
        self.heads = [t.head.i for t in tokens]  # type: ignore[attr-defined]

    def within(self, bounds: Bounds | None) -> tuple[int, int] | None:
        """The words that a stretch of text touches."""
        if bounds is None:
            return None
        low, high = (
            bisect.bisect_right(self.ends, bounds[0]),
            bisect.bisect_left(self.starts, bounds[1]),
        )
        return (low, high) if low < high else None

    def head(self, spans: Sequence[tuple[int, int]]) -> int:
        """The first word of the spans that hangs on a word outside them."""
        inside = {i for low, high in spans for i in range(low, high)}
        return next((i for i in sorted(inside) if self.heads[i] not in inside), min(inside))


def factual(maker: Maker, rows: Sequence[Sentence], name: str) -> list[Example]:
    """Examples of sentences with factualities."""
    made = []
    for row, (example, words) in zip(
        rows, maker.examples((f"{name}{n}", r.text) for n, r in enumerate(rows)), strict=True
    ):
        for bounds, value in row.targets:
            span = words.within(bounds)
            if span is not None:
                example.values.append((words.head([span]), value))
        made.append(example)
    return made


def typed(maker: Maker, rows: Sequence[Pair], labels: Labels) -> list[Example]:
    """Examples of PLV's pairs."""
    made = []
    for row, (example, words) in zip(
        rows, maker.examples((f"plv{n}", r.sentence) for n, r in enumerate(rows)), strict=True
    ):
        numbers = {"plv": labels.plv.index(row.type)}
        if row.type in SAME:
            numbers["own"] = labels.own.index(row.type)
        event = Event(words.within(row.source), words.within(row.target), [], numbers)
        example.event, example.group = event, row.group
        made.append(example)
    return made


def ours(maker: Maker, labels: Labels, table: dict[str, str]) -> list[Example]:
    """Examples of our composed sentences."""
    parties = yaml.safe_load((ROOT / "tests/cases/parties/forms.yaml").read_text("utf-8"))
    rows, made = composed.load(parties=parties), []
    for row, (example, words) in zip(
        rows, maker.examples((r.place, r.text) for r in rows), strict=True
    ):
        trigger = [span for b in row.trigger if (span := words.within(b)) is not None]
        numbers = {"own": labels.own.index(row.type)}
        none = row.type == composed.NONE
        if not none:
            mode = f"{row.type}/{row.mode}" if row.mode else "-"
            numbers["mode"] = labels.mode.index(mode)
            example.statuses.append((words.head(trigger), STATUSES.index(row.status)))
        converted = table.get(row.cameo or "")
        if converted in labels.plv:
            numbers["plv"] = labels.plv.index(converted)
        contexts = np.array([c in row.contexts for c in labels.contexts], np.float32)
        example.event = Event(
            words.within(row.source), words.within(row.target), trigger, numbers,
            None if none else contexts,
        )  # fmt: skip
        example.group = row.text
        made.append(example)
    return made


def spoken(maker: Maker) -> list[Report]:
    """The composed sentences with the outermost statements that the rules find in them, so that
    the cue head sees more than one kind of news.
    """
    parties = yaml.safe_load((ROOT / "tests/cases/parties/forms.yaml").read_text("utf-8"))
    texts = list(dict.fromkeys(r.text for r in composed.load(parties=parties)))
    documents = [Document(id=f"spoken{n}", text=text) for n, text in enumerate(texts)]
    made = []
    pairs = maker.examples((d.id, d.text) for d in documents)
    for reading, (example, words) in zip(
        Reader(encoder=False).read_many(documents), pairs, strict=True
    ):
        report = Report(example.name, example.features, words.starts, words.ends)
        for statement in reading.statements:
            if statement.parent is not None or statement.cue is None:
                continue
            source, cue, content = (
                [w for f in span.fragments if (w := words.within((f.start, f.end)))] if span else []
                for span in (statement.source, statement.cue, statement.content)
            )
            if cue and content:
                report.gold.append(Relation(words.head(cue), (source, cue, content)))
        made.append(report)
    return made


def conversion(path: Path) -> dict[str, str]:
    """The type of each CAMEO code in PLOVER's table of 2021, as PLV's gold merges them."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"(\d{2,4}): *([A-Z]+)", line)
        if match:
            found[match[1]] = "YIELD" if match[2] in YIELD else match[2]
    return found


def all_labels(rows: Sequence[Pair]) -> Labels:
    """The outputs' names, from the ontology and the gold."""
    types = plover().types
    modes = [f"{t}/{m}" for t, own in types.items() for m in own.modes]
    return Labels(
        (*types, composed.NONE), tuple(sorted({r.type for r in rows})), ("-", *modes),
        tuple(plover().contexts),
    )  # fmt: skip


def main() -> None:
    """Read, parse and write everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--work", type=Path, default=ROOT / "build/encoder")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of the base")
    parser.add_argument("--only", nargs="*", default=[], help="write these parts alone")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    given.work.mkdir(parents=True, exist_ok=True)
    gold, tokenizer = given.shared / "gold", Tokenizer.from_file(str(given.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    score = scorer(given.shared / "score" / "attribution.py")
    _, vocabulary = reports(
        gold / "polnear/train", score, tokenizer, None, given.work / "train.pickle"
    )
    reports(gold / "polnear/dev", score, tokenizer, vocabulary, given.work / "dev.pickle")
    maker = Maker(tokenizer, vocabulary)
    names = {"tags": list(vocabulary.tags), "deps": list(vocabulary.deps)}
    (given.work / "labels.json").write_text(json.dumps(names), encoding="utf-8")
    plv = pairs(gold / "plover/PLV_train.tsv")
    labels = all_labels(plv)
    table = conversion(gold / "codebooks/CAMEO2PLOVER-2021.txt")
    parts = {
        "uw-train": lambda: factual(maker, sentences(gold / "factuality/UW/train.jsonl"), "uw"),
        "uw-dev": lambda: factual(maker, sentences(gold / "factuality/UW/dev.jsonl"), "uwd"),
        "meantime-train": lambda: factual(
            maker, sentences(gold / "factuality/MEANTIME/train.jsonl"), "mt"
        ),
        "meantime-dev": lambda: factual(
            maker, sentences(gold / "factuality/MEANTIME/dev.jsonl"), "mtd"
        ),
        "plv": lambda: typed(maker, plv, labels),
        "composed": lambda: ours(maker, labels, table),
        "spoken": lambda: spoken(maker),
    }
    for name, make in parts.items():
        if given.only and name not in given.only:
            continue
        made = make()
        with (given.work / f"{name}.pickle").open("wb") as file:
            pickle.dump((made, labels), file)
        log.info("%s: %d", name, len(made))


if __name__ == "__main__":
    main()
