"""Words per second of Dragoman and of the bare spaCy pipeline with NER, in one process.

Both read the same reports in alternating rounds, so that a busy machine slows both; words are
white-space tokens. Each figure is the median over the rounds. Each numeric library has one thread;
Dragoman's encoder reads ahead in a thread of its own, so that it gains from a second core, which
the pipeline cannot use. ``--cores 1`` keeps the process to one core, where both are equal in that.

Run: ``python -m benchmarks.speed [--rounds 5] [--cores 1] [--texts FOLDER] [--rules] [--profile]``.
"""

from __future__ import annotations

import os

# Before numpy is imported: its thread pools read these once.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"

import argparse
import datetime as dt
import statistics
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import spacy

from dragoman import mentions, statements
from dragoman.events import coding
from dragoman.language.encoder import Encoder, default_encoder
from dragoman.language.parser import DEFAULT_MODEL, Parser
from dragoman.mentions.index import MentionIndex
from dragoman.model import Document, document_id
from dragoman.pipeline import Reader
from dragoman.register import default_register

T = TypeVar("T")

TEXTS: Final = Path(__file__).resolve().parents[2] / "shared" / "gold" / "polnear" / "dev" / "text"
PUBLISHED: Final = dt.date(2016, 10, 1)
WARM_UP: Final = 4


def exhaust(items: Iterable[object]) -> None:
    """Draw every item and keep none."""
    deque(items, maxlen=0)


def seconds(run: Callable[[], None]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def profile(documents: Sequence[Document], encoder: Encoder | None) -> dict[str, float]:
    """Seconds spent in each stage over the documents, read once."""
    parser, register = Parser(), default_register()
    spent = {"language": 0.0, "encoder": 0.0, "mentions": 0.0, "statements": 0.0, "events": 0.0}

    def timed(stage: str, run: Callable[[], T]) -> T:
        start = time.perf_counter()
        result = run()
        spent[stage] += time.perf_counter() - start
        return result

    exhaust(parser.parse_many(documents[:WARM_UP]))
    for analysis in timed("language", lambda: list(parser.parse_many(documents))):
        read = timed("encoder", lambda a=analysis: encoder.encode(a) if encoder else None)
        found = timed("mentions", lambda a=analysis: mentions.find(a, register))
        index = timed("mentions", lambda a=analysis, f=found: MentionIndex(a, f))
        said = timed("statements", lambda a=analysis, i=index, e=read: statements.find(a, i, e))
        timed(
            "events",
            lambda a=analysis, i=index, s=said, e=read: coding.find(a, i, s, register, encoded=e),
        )
    return spent


def _print_profile(spent: dict[str, float], words: int) -> None:
    total = sum(spent.values())
    for stage, took in spent.items():
        print(f"{stage:<11} {1e6 * took / words:6.1f} µs a word  {100 * took / total:5.1f}%")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both medians, the ratio and the spread of the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each, alternating")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="a folder of .txt files")
    parser.add_argument("--limit", type=int, help="read no more than this many files")
    parser.add_argument("--rules", action="store_true", help="read by the rules alone")
    parser.add_argument("--profile", action="store_true", help="print the time of each stage")
    parser.add_argument("--cores", type=int, help="keep the process to so many cores (Linux)")
    options = parser.parse_args(arguments)
    if options.cores:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.cores])
    paths = sorted(options.texts.glob("*.txt"))[: options.limit]
    if not paths:
        print(f"{options.texts} holds no .txt files; name a folder with --texts", file=sys.stderr)
        return 2
    texts = [path.read_text(encoding="utf-8") for path in paths]
    words = sum(len(text.split()) for text in texts)
    documents = [
        Document(document_id(text, PUBLISHED, None), text, published=PUBLISHED) for text in texts
    ]
    if options.profile:
        _print_profile(profile(documents, None if options.rules else default_encoder()), words)
        return 0
    reader, bare = Reader(encoder=not options.rules), spacy.load(DEFAULT_MODEL)
    exhaust(reader.read_many(documents[:WARM_UP]))
    exhaust(bare.pipe(texts[:WARM_UP]))
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(options.rounds):
        theirs.append(words / seconds(lambda: exhaust(bare.pipe(texts))))
        ours.append(words / seconds(lambda: exhaust(reader.read_many(documents))))
        print(f"round {number + 1}: Dragoman {ours[-1]:,.0f}, spaCy {theirs[-1]:,.0f} words/s")
    ratios = [left / right for left, right in zip(ours, theirs, strict=True)]
    print(
        f"{len(texts)} reports, {words:,} words, {options.rounds} rounds, "
        f"{len(os.sched_getaffinity(0))} cores"
    )
    print(f"Dragoman              {statistics.median(ours):>8,.0f} words/s")
    print(f"spaCy {', '.join(bare.pipe_names)}: {statistics.median(theirs):,.0f} words/s")
    print(f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
