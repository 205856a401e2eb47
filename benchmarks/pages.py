"""The pages' time on the server and their weight, over an archive of drawn events, and the first
view of a report of one megabyte with 25,000 events.

The archive is that of ``benchmarks.query``. Each page is asked for several times, the filters
another each time, so that no answer is one that was kept. Stories and occurrences are not looked
for beside it: the drawn texts are all one story.

Run: ``python -m benchmarks.pages [--events 100000] [--keep DIR]``; exit code 1 where the median
over all pages is 100 ms or more, a page weighs 1.5 MB or more, or the first view of the long report
takes a second or more.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from fastapi.testclient import TestClient

from benchmarks.query import make
from dragoman.archive.compaction import count
from dragoman.archive.ingest import Job, ingest
from dragoman.archive.snapshot import take
from dragoman.batches import code
from dragoman.model import Actor, Document, Event, Participant, Reading, Span, Statement
from dragoman.web import Settings, create

_TIMES: Final = 7
_SENTENCE: Final = "Envoys of Peru and Chile met in Lima on Monday. A clerk said that it was late. "


def paths(n: int) -> dict[str, str]:
    """The pages of the n-th round."""
    return {
        "home": "/",
        "events": f"/events?order=date&from=20{10 + n}-01-01",
        "events of an actor": f"/events?actor=state:00{10 + n}&status=asserted",
        "events of a pair": f"/events?actor=state:000{n}&counterpart=state:000{n + 1}",
        "events, text": f"/events?text=({n}{n})",
        "statements": f"/statements?from=20{10 + n}-01-01",
        "reports": f"/documents?publisher=publisher+{n + 1}",
        "sources": f"/sources?name={n}",
        "source": f"/source?publisher=publisher+{n + 1}",
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print medians and weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--archive", "--keep", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.archive or Path(scratch) / "archive"
        if not (folder / "commits").exists():
            make(folder, options.events)
        count(take(folder))  # unless it has counts
        print(f"{options.events:,} events, {os.cpu_count()} cores")
        slow = _ask(folder)
        slow += _long(Path(scratch) / "long")
    return 1 if slow else 0


def _ask(folder: Path) -> int:
    app = create(Settings(folder, hosts=("testserver",), connections=1, timeout=60))
    app.state.dragoman.linked.standing = "working"  # drawn texts are all alike: not compared
    client = TestClient(app)
    with app.state.dragoman.archive() as archive:
        keys = archive.ask(f"SELECT reading FROM documents LIMIT {_TIMES}")["reading"].to_pylist()
    taken: dict[str, list[float]] = {}
    weights: dict[str, int] = {}
    client.get("/events")  # opens the archive
    for n in range(_TIMES):
        for name, path in (paths(n) | {"a report": f"/documents/{keys[n]}"}).items():
            began = time.perf_counter()
            answer = client.get(path)
            taken.setdefault(name, []).append((time.perf_counter() - began) * 1000)
            weights[name] = max(weights.get(name, 0), len(answer.content))
            if answer.status_code != 200:
                print(f"{path}: {answer.status_code}")
                return 1
    for name, times in taken.items():
        weight = weights[name] / 1000
        print(f"{name}: median {statistics.median(times):.0f} ms, {weight:.0f} kB")
    whole = statistics.median(time for times in taken.values() for time in times)
    files = sum(
        len(client.get(path).content) for path in ("/static/style.css", "/static/reader.js")
    )
    print(f"all pages: median {whole:.0f} ms; style and script {files / 1000:.0f} kB")
    return int(whole >= 100) + int(max(weights.values()) + files >= 1_500_000)


class _Drawn:
    """Reads an event and a statement with another event in it into each sentence."""

    coder = "drawn"

    def read(self, document: Document) -> Reading:
        """The reading."""
        actors = (Actor("state:PER", "Peru", "state"), Actor("state:CHL", "Chile", "state"))
        statements, events = [], []
        for n, start in enumerate(range(0, len(document.text), len(_SENTENCE))):
            at = self._at(document, start)
            statements.append(
                Statement(f"s{n}", at("that it was late"), "indirect", "say", at("A clerk"))
            )
            who = Participant("Peru", "state:PER", at("Peru"))
            whom = Participant("Chile", "state:CHL", at("Chile"))
            told = (f"e{2 * n}", at("met"), "CONSULT", "042", "04", 1, "asserted")
            events.append(Event(*told, actors=(who,), recipients=(whom,)))  # type: ignore[arg-type]
            told = (f"e{2 * n + 1}", at("late"), "ACCUSE", "110", "11", 3, "asserted")
            events.append(Event(*told, according_to=(f"s{n}",)))  # type: ignore[arg-type]
        return Reading(document, actors, (), tuple(statements), tuple(events), "drawn")

    def _at(self, document: Document, base: int) -> Callable[[str], Span]:
        def at(words: str) -> Span:
            start = base + _SENTENCE.index(words)
            return document.span((start, start + len(words)))

        return at

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """The same, one by one."""
        return map(self.read, documents)


def _long(folder: Path) -> int:
    reader = _Drawn()
    text = _SENTENCE * (1_000_000 // len(_SENTENCE))
    document = Document("long", text, dt.date(2024, 3, 6), "Wire")
    ingest(folder, [document], Job(reader.coder, lambda batches: code(batches, reader)))
    client = TestClient(create(Settings(folder, hosts=("testserver",), timeout=60)))
    client.get("/events")
    with client.app.state.dragoman.archive() as archive:  # type: ignore[attr-defined]
        key = archive.ask("SELECT reading FROM documents")["reading"][0].as_py()
    slow = 0
    for what in ("", "?part=40", "?event=e5000"):
        began = time.perf_counter()
        answer = client.get(f"/documents/{key}{what}")
        took = time.perf_counter() - began
        kilobytes = len(answer.content) / 1000
        print(f"report of 1 MB{what}: {took * 1000:.0f} ms, {kilobytes:.0f} kB")
        slow += took >= 1 or kilobytes >= 1500
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
