"""Pictures of an archive of ten million drawn events: how long until a specification is there.

Asked first: the medians of three, each of an archive opened anew, so that nothing is remembered.
Asked again: the median of three more of the same archive, as a server does that keeps it open.
Beside them the least time that the processors worked for an answer, which a busy machine changes
less.

What is disputed is not among them: it takes the occurrences of the whole archive, which are
computed once and kept (``benchmarks.occurrences``).

Run: ``python -m benchmarks.pictures [--events 10000000] [--keep DIR]``; the archive is that of
``benchmarks.query``, with its counts, made in DIR once and asked again later. Exit code 1 where a
median of the first kind is 300 ms or more.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.query import LIMIT_MS, make
from dragoman.archive import Archive
from dragoman.archive.compaction import count
from dragoman.archive.snapshot import take
from dragoman.plot import Filter, Kind, spec

_ASKED: Final[tuple[tuple[str, Kind, tuple[str, ...], Filter], ...]] = (
    ("timeline", "timeline", (), Filter()),
    ("timeline of an actor", "timeline", (), Filter(actor="state:0012")),
    ("network", "network", (), Filter()),
    ("map", "map", (), Filter()),
    ("dyad", "dyad", ("state:0000", "state:0012"), Filter()),
    ("speaker", "source", ("org:ministry",), Filter()),
    ("outlet", "source", ("publisher 1",), Filter()),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--archive", "--keep", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.archive or Path(scratch) / "archive"
        if not (folder / "commits").exists():
            make(folder, options.events)
        count(take(folder))  # unless it has counts
        load = os.getloadavg()[0]
        print(f"{options.events:,} events, {os.cpu_count()} cores, load {load:.1f}")
        return _ask(folder)


def _ask(folder: Path) -> int:
    slow = 0
    for name, kind, who, asked in _ASKED:
        fresh: list[float] = []
        again: list[float] = []
        worked: list[float] = []
        for _ in range(3):
            archive = Archive(folder)
            archive.sql("SELECT 1 AS one")  # opens it
            for kept in (fresh, again):
                busy = time.process_time()
                kept.append(_taken(partial(spec, kind, archive, asked, who=who)))
                if kept is fresh:
                    worked.append((time.process_time() - busy) * 1000)
            archive.close()
        first, second = statistics.median(fresh), statistics.median(again)
        slow += first >= LIMIT_MS
        told = f"median {first:.0f} ms (at work {min(worked):.0f} ms); asked again {second:.0f} ms"
        print(f"{name}: {told}", flush=True)
    return 1 if slow else 0


def _taken(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
