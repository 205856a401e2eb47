"""Seconds and peak memory of each export of an archive: ``python -m benchmarks.exports``.

The archive is made of the package's sample reports, read once and put in again and again under
other ids until it has so many events.
"""

from __future__ import annotations

import argparse
import dataclasses
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import dragoman
from dragoman.archive import Archive
from dragoman.archive.ingest import Job, ingest
from dragoman.batches import code
from dragoman.cli.exporting import readings
from dragoman.export import FORMATS, write
from dragoman.model import Document, Reading

SAMPLES = Path(dragoman.__file__).parent / "samples"


class Copier:
    """Gives the reading of the sample whose text a document has."""

    coder = "copies of samples"

    def __init__(self) -> None:
        texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
        self.known = {text: dragoman.read(text) for text in texts}

    def read(self, document: Document) -> Reading:
        """The sample's reading, as that of this document."""
        return dataclasses.replace(self.known[document.text], document=document, coder=self.coder)

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """The same, one by one."""
        return map(self.read, documents)


def documents(copier: Copier, events: int) -> Iterator[Document]:
    """Documents until they have so many events."""
    number = 0
    while events > 0:
        for reading in copier.known.values():
            number += 1
            events -= len(reading.events)
            yield dataclasses.replace(reading.document, id=f"copy-{number}", publisher="Sample")


def main() -> None:
    """Make the archive and print a row a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("formats", nargs="*", default=list(FORMATS))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copier = Copier()
        job = Job(copier.coder, lambda batches: code(batches, copier), False, 1000)
        ingest(Path(folder), documents(copier, asked.events), job)
        for name in asked.formats:
            began = time.perf_counter()
            path = Path(folder) / "out"
            binary = FORMATS[name].binary
            with path.open("wb" if binary else "w", **({} if binary else {"newline": ""})) as file:  # type: ignore[call-overload]
                tally = write(readings(Archive(folder)), name, file)
            seconds = time.perf_counter() - began
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            size = path.stat().st_size / 1e6
            print(
                f"{name:<20} {tally.events:>6} events {seconds:6.1f} s "
                f"{size:7.1f} MB, peak so far {peak:.0f} MB"
            )


if __name__ == "__main__":
    main()
