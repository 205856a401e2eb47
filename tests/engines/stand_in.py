"""A reader for worker processes: the reading by hand, and documents that do harm."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.errors import DragomanError, problem
from dragoman.model import Document, Reading
from tests.fakes import Reader

Harm = "SEGFAULT", "EXIT", "HANG", "ONCE"


class Dangerous(Reader):
    """Dies of some texts: of ONCE only until the file named in it is there."""

    def read(self, document: Document) -> Reading:
        text = document.text
        if "SEGFAULT" in text:
            os.kill(os.getpid(), signal.SIGSEGV)
            time.sleep(60)
        if "EXIT" in text:
            os._exit(3)
        if "HANG" in text:
            time.sleep(3600)
        if "ONCE" in text:
            mark = Path(text.split()[-1])
            if not mark.exists():
                mark.touch()
                os._exit(3)
        return super().read(document)

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        return map(self.read, documents)


def slow() -> Reader:
    """A reader that takes a while for each."""

    class Slow(Reader):
        def read(self, document: Document) -> Reading:
            time.sleep(0.05)
            return super().read(document)

    return Slow()


def dying() -> Reader:
    """A reader that cannot be made, whatever one does."""
    os._exit(7)


def unfit() -> Reader:
    """A reader that says why it cannot be made."""
    raise DragomanError(problem("DR060", model="none", why="it is not there"))


class Parent(Dangerous):
    """Ends the process that started its own, once: for a text with PARENT and a file's name."""

    def read(self, document: Document) -> Reading:
        if "PARENT" in document.text:
            mark = Path(document.text.split()[-1])
            if not mark.exists():
                mark.touch()
                os.kill(os.getppid(), signal.SIGKILL)
                time.sleep(60)
        return super().read(document)
