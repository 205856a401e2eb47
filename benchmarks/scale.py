"""What many documents cost: words a second beside other programs, workers, Spark, growth.

- ``speed``: Dragoman, spaCy with NER, and textacy's quotation extractor over spaCy's parse, in one
  process and alternating rounds (``pip install 'textacy>=0.13,<0.14'``; left out where it is not);
- ``workers``: a pool of one worker, of two, and this process, alternating; all warm;
- ``spark``: Spark on as many cores as a pool has workers, alternating; both warm;
- ``memory``: what a worker holds after every thousand documents of ten thousand;
- ``cost``: CPU and wall-clock time a document, and peak memory, of ingest, stories and occurrences,
  at growing sizes, 20 reports a day; with ``--one-day`` all of them on one. Ingest has a stand-in
  coder (``benchmarks/stand_in.py``), or ``--real`` ours. What a process loads once is not counted.

Words are white-space tokens. The reports are recombined from sentences of our own
(``benchmarks/recombined.py``); their length is that of short wires.

Run: ``python -m benchmarks.scale speed|workers|spark|memory|cost``; exit code 1 where a bar is
missed. Needs as many idle cores as workers.
"""

from __future__ import annotations

import os

# Before numpy is imported: its thread pools read these once.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"

import argparse
import contextlib
import itertools
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from benchmarks import stand_in
from benchmarks.recombined import reports
from benchmarks.stand_in import A_DAY, Reader
from dragoman.batches import code
from dragoman.engines import Setup
from dragoman.engines.pool import Pool
from dragoman.model import Document
from dragoman.schema.coded import documents_to_batch

WORKERS_BAR: Final = 1.8
SPARK_BAR: Final = 0.9
GROWTH_BAR: Final = 0.1
MEMORY_MB: Final = 1000.0
_WARM_UP: Final = 16
_BATCH: Final = 32


def exhaust(items: Iterable[object]) -> None:
    """Draw every item and keep none."""
    deque(items, maxlen=0)


def batches(documents: Sequence[Document]) -> Iterator[pa.RecordBatch]:
    """The documents in batches, as an ingest gives them."""
    for first in range(0, len(documents), _BATCH):
        yield documents_to_batch(documents[first : first + _BATCH])


def alternate(
    runs: dict[str, Callable[[], None]], words: int, rounds: int
) -> dict[str, list[float]]:
    """Words a second of each, a figure a round; one after the other in every round."""
    found: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds):
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            found[name].append(words / (time.perf_counter() - began))
        told = ", ".join(f"{name} {rates[-1]:,.0f}" for name, rates in found.items())
        print(f"round {number + 1}: {told} words/s", flush=True)
    for name, rates in found.items():
        print(f"{name}: median {statistics.median(rates):,.0f} words/s")
    return found


def ratio(found: dict[str, list[float]], over: str, under: str) -> float:
    """The median of the rounds' ratios, printed with its spread."""
    each = [left / right for left, right in zip(found[over], found[under], strict=True)]
    median = statistics.median(each)
    print(f"{over} over {under}: {median:.2f} ({min(each):.2f} to {max(each):.2f})")
    return median


def speed(documents: list[Document], words: int, options: argparse.Namespace) -> bool:
    """Beside spaCy with NER, and textacy."""
    import spacy

    from dragoman.language.parser import DEFAULT_MODEL
    from dragoman.pipeline import Reader

    reader, bare = Reader(), spacy.load(DEFAULT_MODEL)
    texts = [one.text for one in documents]
    runs: dict[str, Callable[[], None]] = {
        "Dragoman": lambda: exhaust(reader.read_many(documents)),
        "spaCy": lambda: exhaust(bare.pipe(texts)),
    }
    if find_spec("textacy"):
        runs["textacy"] = lambda: exhaust(map(_quotations, bare.pipe(texts)))
    else:
        print("textacy is not installed: left out")
    exhaust(reader.read_many(documents[:_WARM_UP]))
    exhaust(bare.pipe(texts[:_WARM_UP]))
    found = alternate(runs, words, options.rounds)
    for other in list(runs)[1:]:
        ratio(found, "Dragoman", other)
    return True


def _quotations(parsed: Any) -> int:
    from textacy.extract import direct_quotations

    # It gives up a whole report where quotation marks do not pair.
    with contextlib.suppress(ValueError):
        return len(list(direct_quotations(parsed)))
    return 0


def workers(documents: list[Document], words: int, options: argparse.Namespace) -> bool:
    """A pool of many over a pool of one."""
    from dragoman.pipeline import Reader

    reader = Reader()
    with Pool(Setup(), 1) as one, Pool(Setup(), options.workers) as many:
        many_name = f"{options.workers} workers"
        runs: dict[str, Callable[[], None]] = {
            "1 worker": lambda: exhaust(one.code(batches(documents))),
            many_name: lambda: exhaust(many.code(batches(documents))),
            "this process": lambda: exhaust(code(batches(documents), reader)),
        }
        _warm(lambda part: one.code(batches(part)), documents)
        _warm(lambda part: many.code(batches(part)), documents)
        exhaust(code(batches(documents[:_WARM_UP]), reader))
        found = alternate(runs, words, options.rounds)
        ratio(found, many_name, "this process")
        return ratio(found, many_name, "1 worker") >= WORKERS_BAR


def _warm(run: Callable[[list[Document]], Iterable[object]], documents: list[Document]) -> None:
    """Twice over enough documents that each worker has loaded and read some."""
    for _ in range(2):
        exhaust(run(documents[: 4 * _WARM_UP]))


def spark(documents: list[Document], words: int, options: argparse.Namespace) -> bool:
    """Spark over a pool."""
    from dragoman.engines.spark import Spark

    with Pool(Setup(), options.workers) as pool, Spark(Setup(), options.master) as engine:
        _warm(lambda part: pool.code(batches(part)), documents)
        _warm(lambda part: engine.code(batches(part)), documents)
        runs: dict[str, Callable[[], None]] = {
            "pool": lambda: exhaust(pool.code(batches(documents))),
            "Spark": lambda: exhaust(engine.code(batches(documents))),
        }
        found = alternate(runs, words, options.rounds)
        return ratio(found, "Spark", "pool") >= SPARK_BAR


def memory(documents: list[Document], words: int, options: argparse.Namespace) -> bool:
    """A worker's memory while it reads, and how often it was replaced."""
    highest, done, seen = 0.0, 0, set[int]()
    with Pool(Setup(), 1) as pool:
        for batch in pool.code(batches(documents)):
            before, done = done, done + batch.num_rows
            seen.update(pool.processes)
            highest = max(highest, *pool.resident)
            if before // 1000 != done // 1000:
                print(f"{done} documents: {pool.resident[0]:.0f} MB", flush=True)
    print(
        f"highest {highest:.0f} MB (bar {MEMORY_MB:.0f}), {len(seen)} processes one after another"
    )
    return highest <= MEMORY_MB


@dataclass(frozen=True, slots=True)
class Cost:
    """What a stage took: seconds of CPU and of the clock, and the most memory, in MB, that its
    process ever had.
    """

    cpu: float
    wall: float
    peak: float
    told: str


def cost(options: argparse.Namespace) -> bool:
    """Time a document and memory at growing sizes; each stage in a process of its own."""
    each: dict[str, list[Cost]] = {}
    context = multiprocessing.get_context("spawn")
    for size in options.sizes:
        a_day = size if options.one_day else A_DAY
        with tempfile.TemporaryDirectory() as scratch:
            for name in STAGES:
                given = (name, Path(scratch) / "archive", size, options.real, a_day)
                with ProcessPoolExecutor(1, context) as process:
                    found = process.submit(measured, *given).result()
                each.setdefault(name, []).append(found)
                print(
                    f"{name}, {size:,} documents: {found.cpu:.1f} s of CPU, {found.wall:.1f} s; "
                    f"{1e3 * found.cpu / size:.3f} ms a document; peak {found.peak:.0f} MB "
                    f"{found.told}",
                    flush=True,
                )
    linear = True
    for name, costs in each.items():
        pairs = itertools.pairwise(zip(options.sizes, costs, strict=True))
        for (before, less), (after, more) in pairs:
            grown = (more.cpu / after) / (less.cpu / before) - 1
            linear &= grown <= GROWTH_BAR
            print(f"{name}, a document at {after:,} costs {grown:+.1%} of the size before")
    return linear


def measured(name: str, folder: Path, size: int, real: bool, a_day: int) -> Cost:
    """The cost of a stage for an archive in ``folder``, after a small one has warmed the process:
    what is loaded once is no part of it.
    """
    with tempfile.TemporaryDirectory() as scratch:
        for stage in STAGES:
            STAGES[stage](Path(scratch) / "archive", _WARM_UP, real, a_day)
            if stage == name:
                break
    cpu, wall = time.process_time(), time.perf_counter()
    told = STAGES[name](folder, size, real, a_day)
    return Cost(time.process_time() - cpu, time.perf_counter() - wall, _peak(), told)


def _peak() -> float:
    """The most memory that this process ever had, in MB."""
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _ingest(folder: Path, size: int, real: bool, a_day: int) -> str:
    from dragoman.archive.ingest import Job, ingest

    if real:
        from dragoman.pipeline import Reader as Ours

        reader: Any = Ours()
        documents = reports(size, a_day=a_day)
    else:
        reader, documents = Reader(), stand_in.reports(size, a_day)
    done = ingest(folder, documents, Job(reader.coder, lambda given: code(given, reader)))
    return f"({done.committed} committed)"


def _stories(folder: Path, size: int, real: bool, a_day: int) -> str:
    from dragoman.archive import Archive

    return f"({Archive(folder).stories().num_rows} rows)"


def _occurrences(folder: Path, size: int, real: bool, a_day: int) -> str:
    from dragoman.archive import Archive

    found = Archive(folder).occurrences()
    several = sum(count > 1 for count in found["documents"].to_pylist())
    crowded = sum(found["crowded"].to_pylist())
    return f"({found.num_rows} rows, {several} of several reports, {crowded} crowded)"


STAGES: Final[Mapping[str, Callable[[Path, int, bool, int], str]]] = {
    "ingest": _ingest,
    "stories": _stories,
    "occurrences": _occurrences,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=["speed", "workers", "spark", "memory", "cost"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=int, help="so many; default 300, of memory 10000")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--real", action="store_true", help="ingest by our own coder")
    parser.add_argument("--one-day", action="store_true", help="cost: all reports of one day")
    options = parser.parse_args(arguments)
    if options.what == "cost":
        return 0 if cost(options) else 1
    count = options.documents or (10_000 if options.what == "memory" else 300)
    documents = list(reports(count))
    words = sum(len(one.text.split()) for one in documents)
    cores = len(os.sched_getaffinity(0))
    print(
        f"{len(documents)} reports, {words:,} words; {cores} cores, load {os.getloadavg()[0]:.1f}"
    )
    runs = {"speed": speed, "workers": workers, "spark": spark, "memory": memory}
    return 0 if runs[options.what](documents, words, options) else 1


if __name__ == "__main__":
    sys.exit(main())
