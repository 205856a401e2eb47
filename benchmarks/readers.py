"""Many readers beside a writer: no error, and never half a batch.

Eight processes open the archive again and again and ask it while one ingests, revises and
compacts. The readings are by hand, the same for every document: the time goes into the archive.

Run: ``python -m benchmarks.readers [--readers 8] [--seconds 60]``; exit code 1 on any error.
"""

from __future__ import annotations

import argparse
import dataclasses
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.kill import documents, ingest, reader

_EVENTS: Final = 2  # of each document's reading


def read(folder: Path, seconds: float, ready: Any, answers: Any) -> None:
    """Ask for so long, once all are ready; puts the number of answers and what went wrong."""
    from dragoman.archive import Archive

    ready.wait()
    until = time.time() + seconds
    asked, wrong = 0, []
    while time.time() < until:
        try:
            archive = Archive(folder)
            told = archive.sql(
                "SELECT (SELECT count(*) FROM documents) AS d, (SELECT count(*) FROM events) AS e",
                timeout=None,
            ).to_pylist()[0]
            if told["e"] != _EVENTS * told["d"]:
                wrong.append(f"version {archive.version}: {told}")
            archive.events(actor="state:PER", limit=5)
            archive.close()
            asked += 1
        except Exception as error:
            wrong.append(f"{type(error).__name__}: {error}")
    answers.put((asked, wrong))


def write(folder: Path, seconds: float, ready: Any, answers: Any) -> None:
    """Commit small batches, new documents and new texts of old ones, and compact now and then."""
    from dragoman.archive.compaction import compact
    from dragoman.archive.ingest import Job
    from dragoman.archive.ingest import ingest as bring
    from dragoman.batches import code

    fake = reader("fake")
    job = Job(fake.coder, lambda batches: code(batches, fake), commit=20)
    ready.wait()
    until = time.time() + seconds
    turn, wrong = 0, []
    while time.time() < until:
        turn += 1
        try:
            part = [
                dataclasses.replace(one, id=f"{one.id}-{turn // 2}", text=f"{one.text} ({turn})")
                for one in documents(60)
            ]
            bring(folder, part, job)
            if turn % 5 == 0:
                compact(folder, keep_hours=1)
        except Exception as error:
            wrong.append(f"writer: {type(error).__name__}: {error}")
    answers.put((0, wrong))


def trial(folder: Path, readers: int, seconds: float) -> tuple[int, int, list[str]]:
    """Let them work; how many questions were answered, the versions written, what went wrong."""
    from dragoman.archive import Archive

    ingest(folder, count=40)
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    given = (folder, seconds, context.Barrier(readers + 1), answers)
    processes = [context.Process(target=write, args=given)]
    processes += [context.Process(target=read, args=given) for _ in range(readers)]
    for process in processes:
        process.start()
    found = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    archive = Archive(folder)
    wrong = [line for _, lines in found for line in lines] + [str(f) for f in archive.verify()]
    return sum(asked for asked, _ in found), archive.version, wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the readers got."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as root:
        asked, versions, wrong = trial(Path(root) / "a", options.readers, options.seconds)
    print(f"{options.readers} readers, 1 writer, {options.seconds:g} s: {asked} times opened and")
    print(f"asked, {versions} versions written, {len(wrong)} errors")
    for line in wrong[:20]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
