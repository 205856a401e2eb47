"""What ``dragoman ingest`` does: sources to an archive, with progress and what was rejected."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman import ingest as sources
from dragoman.cli.terminal import console, say
from dragoman.cli.workers import Engine, coding, ending
from dragoman.engines import Setup
from dragoman.ingest import Item, Notice, Options, Rejected, Source
from dragoman.model import Document

if TYPE_CHECKING:
    from dragoman.archive.committer import Refused


_STOPPED = "dragoman: stopped. What was committed is kept; the same command goes on from there."


def run(
    names: Iterable[str],
    folder: Path,
    options: Options,
    *,
    recode: bool = False,
    commit: int = 200,
    model: str | None = None,
    ontology: Path | None = None,
    engine: Engine | None = None,
) -> bool:
    """Do it; whether something was rejected. Raises DragomanError on wrong use."""
    from dragoman.archive.ingest import Job, ingest
    from dragoman.ingest.deltas import expanded

    if options.encoding is not None:
        sources.check_encoding(options.encoding)
    named = list(names)
    found = sources.find(expanded(named), sys.stdin.buffer if "-" in named else None)
    for name, told in found.skipped:
        say(f"skipped: {name}: {told}")
    with ending(_STOPPED), coding(engine or Engine(), Setup(model, ontology)) as (coder, code):
        job = Job(coder, code, recode, commit)
        with _Progress(found.found) as progress:
            items = progress.watched(sources.read(found.found, options))
            report = ingest(folder, items, job, sources=named, done=progress.done)
    lost = [one for one in report.refused if not one.document_kept]
    parts = [f"{report.committed} committed", f"{report.unchanged} there already"]
    parts += [f"{len(lost)} rejected"] if lost else []
    values = len(report.refused) - len(lost)
    parts += [f"{values} read without a value that was no good"] if values else []
    rate = report.committed / max(progress.seconds, 1e-9)
    say(f"dragoman: {', '.join(parts)}; {rate:.1f} documents/s.")
    return bool(report.refused)


class _Progress:
    """A bar over the bytes of the sources on a terminal: documents, rate and time left."""

    def __init__(self, found: list[Source]) -> None:
        self._total = sum(source.size for source in found)
        self._sizes: deque[int] = deque()
        self._documents = 0
        self._bytes = 0
        self._began = time.monotonic()
        self._bar: Any = _bar() if sys.stderr.isatty() else None
        self._task = self._bar.add_task("coding", total=self._total, told="") if self._bar else None

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._began

    def __enter__(self) -> _Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def watched(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items as they come, their sizes noted; notices are told."""
        for item in items:
            if isinstance(item, Notice):
                say(f"note: {item.origin}: {item.problem}")
            elif isinstance(item, Document):
                self._sizes.append(len(item.text.encode("utf-8")))
            elif isinstance(item, Rejected) and not item.document_kept:
                self._sizes.append(0)
            yield item

    def done(self, count: int, refused: Iterable[Refused]) -> None:
        """Count documents as done and tell what was refused."""
        for one in refused:
            kind = "value rejected" if one.document_kept else "rejected"
            say(f"{kind}: {one.origin}: {one.number} {one.reason}.")
            count -= one.document_kept
        self._documents += count
        self._bytes += sum(self._sizes.popleft() for _ in range(min(count, len(self._sizes))))
        if self._bar is not None:
            rate = self._documents / max(self.seconds, 1e-9)
            told = f"{self._documents} documents, {rate:.1f}/s"
            self._bar.update(self._task, completed=min(self._bytes, self._total), told=told)


def _bar() -> Any:
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[told]}"),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console(sys.stderr),
        transient=True,
        redirect_stdout=False,
    )
