"""An ingest killed again and again: nothing lost, nothing doubled, the same archive in the end.

An ingest of 300 documents is ended by SIGKILL at a random moment and started again until it is
through; then the archive is verified, compacted, and its content hash compared with that of an
undisturbed ingest; and so on with a new archive until there were so many kills. After every kill
what a reader sees has to be whole batches. The documents are read by a coder that gives the same
short reading for each (``--reader fake``, so that the time goes into writing), or by the rules of
the product (``--reader rules``).

Run: ``python -m benchmarks.kill [--kills 200] [--reader fake]``; exit code 1 if anything was lost.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dragoman.model import Document

DOCUMENTS: Final = 300
BATCH: Final = 12
_SEED: Final = 20261127


def documents(count: int = DOCUMENTS) -> list[Document]:
    """Short reports, each of its own."""
    from tests.fakes import TEXT

    day = dt.date(2024, 1, 1)
    return [
        Document(f"report-{n}", f"Report {n}. {TEXT}", day + dt.timedelta(n), f"Wire {n % 3}")
        for n in range(count)
    ]


def reader(name: str) -> Any:
    """The reader of that name."""
    if name == "rules":
        from dragoman.pipeline import Reader

        return Reader(encoder=False)
    from tests.fakes import Reader as Fake

    return Fake()


def ingest(folder: Path, name: str = "fake", count: int = DOCUMENTS, batch: int = BATCH) -> None:
    """Bring the documents in."""
    from dragoman.archive.ingest import Job
    from dragoman.archive.ingest import ingest as bring
    from dragoman.batches import code

    chosen = reader(name)
    bring(folder, documents(count), Job(chosen.coder, lambda b: code(b, chosen), commit=batch))


@dataclass(slots=True)
class Outcome:
    """Kills that hit, archives brought to their end, what was wrong."""

    kills: int
    archives: int
    wrong: list[str]


def trial(root: Path, kills: int, name: str = "fake", count: int = DOCUMENTS) -> Outcome:
    """Kill so many times; what became of it. Archives lie in ``root``."""
    from dragoman.archive import Archive

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["dragoman.archive.ingest", "dragoman.batches", "tests.fakes"])
    whole = root / "undisturbed"
    began = time.monotonic()
    _run(context, whole, name, count).join()
    usual = time.monotonic() - began
    expected = Archive(whole).cite().content_hash
    draw, outcome = random.Random(_SEED), Outcome(0, 0, [])
    while outcome.kills < kills:
        folder = root / f"archive-{outcome.archives}"
        while outcome.kills < kills:
            process = _run(context, folder, name, count)
            process.join(draw.uniform(0, usual))
            if process.exitcode is not None:
                break
            process.kill()
            process.join()
            outcome.kills += 1
            outcome.wrong += _seen(folder, count)
        _finish(context, folder, name, count, expected, outcome)
        outcome.archives += 1
    return outcome


def _run(context: Any, folder: Path, name: str, count: int) -> Any:
    process = context.Process(target=ingest, args=(folder, name, count))
    process.start()
    return process


def _seen(folder: Path, count: int) -> list[str]:
    """What is wrong with what a reader sees right after a kill."""
    from dragoman.archive import Archive
    from dragoman.archive.migrations import exists

    if not exists(folder):
        return []
    archive = Archive(folder)
    held = archive.documents()
    told = sum(commit.counts[0] for commit in archive.snapshot.commits)
    twice = held.num_rows - len(set(held["id"].to_pylist()))
    wrong = [f"{folder.name}: {flaw}" for flaw in archive.verify()]
    if held.num_rows != told or twice or held.num_rows > count:
        wrong.append(f"{folder.name}: {held.num_rows} documents, {told} committed, {twice} twice")
    return wrong


def _finish(
    context: Any, folder: Path, name: str, count: int, expected: str, outcome: Outcome
) -> None:
    from dragoman.archive import Archive
    from dragoman.archive.compaction import compact

    process = _run(context, folder, name, count)
    process.join()
    if process.exitcode:
        outcome.wrong.append(f"{folder.name}: the last run ended with {process.exitcode}")
    for state in ("as written", "compacted"):
        archive = Archive(folder)
        found = archive.cite()
        if found.documents != count or found.content_hash != expected:
            outcome.wrong.append(f"{folder.name}, {state}: {found}")
        outcome.wrong += [f"{folder.name}, {state}: {flaw}" for flaw in archive.verify()]
        compact(folder, keep_hours=0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the kills did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--reader", choices=["fake", "rules"], default="fake")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = trial(Path(folder), options.kills, options.reader)
    print(
        f"{outcome.kills} kills in ingests of {DOCUMENTS} documents, {outcome.archives} archives, "
        f"reader {options.reader}, {time.monotonic() - began:.0f} s"
    )
    for line in outcome.wrong:
        print(line)
    print(f"wrong: {len(outcome.wrong)}")
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
