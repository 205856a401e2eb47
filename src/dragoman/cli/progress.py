"""A progress bar on standard error, for long work on a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Final, TextIO

from dragoman.ingest import Source
from dragoman.model import Document

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_MANY_FILES: Final = 10
_MANY_BYTES: Final = 100_000


class Progress:
    """A bar over the bytes of the sources; nothing where the work is short or nobody looks."""

    def __init__(self, sources: list[Source]) -> None:
        self._total = sum(source.size for source in sources)
        long = len(sources) > _MANY_FILES or self._total > _MANY_BYTES
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._done = 0
        if long and sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("reading", total=self._total)

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    @contextlib.contextmanager
    def hidden(self, file: TextIO) -> Iterator[None]:
        """Take the bar off the screen while something is written to the same screen."""
        if self._bar is None or not file.isatty():
            yield
            return
        self._bar.stop()
        try:
            yield
            file.flush()
        finally:
            self._bar.start()

    def advance(self, documents: list[Document]) -> None:
        """Count documents as done. What surrounds the texts in the files is not counted."""
        if self._bar is None or self._task is None:
            return
        self._done += sum(len(document.text.encode("utf-8")) for document in documents)
        self._bar.update(self._task, completed=min(self._done, self._total))


def _bar() -> Bar:
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from dragoman.cli.terminal import console

    return Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=console(sys.stderr),
        transient=True,
        redirect_stdout=False,
    )
