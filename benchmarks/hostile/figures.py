"""A figure with its bar, and reading bytes while watching what is read, written and raised."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.ingest import Item, Options, Rejected, Source, read_source
from dragoman.ingest.detection import by_name
from dragoman.model import Document

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in words, and whether it is what was asked (True where nothing was)."""

    what: str
    value: str
    good: bool = True

    def __str__(self) -> str:
        return f"{self.what}: {self.value}{'' if self.good else '   MISSED'}"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a source: its items, the last line of a traceback if one did, and seconds."""

    items: list[Item]
    fault: str | None
    seconds: float

    @property
    def documents(self) -> list[Document]:
        """The documents among the items."""
        return [item for item in self.items if isinstance(item, Document)]

    @property
    def codes(self) -> list[str]:
        """The numbers of what was rejected."""
        return [item.problem.code for item in self.items if isinstance(item, Rejected)]


def take(name: str, data: bytes, format: str | None = None) -> Taken:
    """Read bytes as a file of this name, in any language."""
    options = Options(any_language=True, format=format)
    began, items, fault = time.perf_counter(), list[Item](), None
    try:
        for item in read_source(Source(name, data=data, format=by_name(name)), options):
            items.append(item)
    except Exception as error:
        fault = f"{name}: {traceback.format_exception_only(error)[-1].strip()}"
    return Taken(items, fault, time.perf_counter() - began)


def faults(taken: list[Taken]) -> Figure:
    """How many raised anything, with the first three."""
    told = [one.fault for one in taken if one.fault is not None]
    more = f" ({'; '.join(told[:3])})" if told else ""
    return Figure("exceptions (0)", f"{len(told)} in {len(taken)}{more}", not told)


def tally(taken: list[Taken]) -> Figure:
    """What became of all."""
    documents = sum(len(one.documents) for one in taken)
    told = sum(bool(one.codes) for one in taken)
    silent = sum(not one.items for one in taken)
    return Figure(
        "documents; sources with a rejection; sources of which nothing is told (0)",
        f"{documents}; {told}; {silent}",
        not silent,
    )


def apart(name: str, path: Path) -> tuple[list[str], int, float, float]:
    """Rejections, documents, seconds and MB of memory beyond what the libraries take, of reading a
    file in a process of its own that has them loaded (Linux only).
    """
    command = [sys.executable, "-m", "benchmarks.hostile.figures", name, str(path)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    codes, documents, seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return codes, documents, seconds, megabytes


def _kilobytes(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(name)))


def _child(name: str, path: Path) -> None:
    data = path.read_bytes()
    take("warm.xml", b"<rss><channel><item><title>Warm</title></item></channel></rss>")
    take("warm.html", b"<html><body><p>Warm.</p></body></html>")
    before = _kilobytes("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    taken = take(name, data)
    megabytes = (_kilobytes("VmHWM") - before) / 1000
    codes = taken.codes if taken.fault is None else ["fault"]
    print(json.dumps([codes, len(taken.documents), taken.seconds, megabytes]))


@dataclass(slots=True)
class Opened:
    """Files that were opened, made or removed while watching."""

    read: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


_watching: list[Opened] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if not _watching:
        return
    if event == "open":
        path, mode = str(arguments[0]), str(arguments[1] or "r")
        kept = _watching[-1].written if set(mode) & set("wax+") else _watching[-1].read
        kept.append(path)
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.rmdir"):
        _watching[-1].written.append(str(arguments[0]))


@contextmanager
def watched() -> Iterator[Opened]:
    """What the interpreter opens in the meantime, but for Python's own modules."""
    if not getattr(watched, "set", False):
        sys.addaudithook(_hook)
        watched.set = True  # type: ignore[attr-defined]
    opened = Opened()
    _watching.append(opened)
    try:
        yield opened
    finally:
        _watching.remove(opened)


def quantile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


Maker = Callable[[], bytes]

if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]))
