"""The archive behind the pages: a few connections to its newest version, lent one at a time."""

from __future__ import annotations

import contextlib
import copy
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dragoman.archive import Archive
from dragoman.errors import DragomanError, problem

_LOOK: Final = 1.0  # seconds between two looks for a new version
_WAIT: Final = 10.0  # seconds that a request waits for a connection


class Holder:
    """Lends the newest version of an archive; DuckDB's connections serve one thread at a time.

    Raises DragomanError where there is no archive.
    """

    def __init__(self, folder: Path, *, connections: int, timeout: float) -> None:
        self._folder = folder
        self._timeout = timeout
        self._free = threading.Semaphore(connections)
        self._lock = threading.Lock()
        self._idle: list[Archive] = []
        self._looked = time.monotonic()
        self._state = self._log()
        self._newest = Archive(folder, timeout=timeout)

    @property
    def version(self) -> int:
        """The number of the version shown."""
        return self._newest.version

    @contextlib.contextmanager
    def lend(self) -> Iterator[Archive]:
        """The newest version, for the time of the block. Raises DragomanError where all
        connections stay busy.
        """
        if not self._free.acquire(timeout=_WAIT):
            raise DragomanError(problem("DR230"))
        try:
            archive = self._take()
            try:
                yield archive
            finally:
                self._put(archive)
        finally:
            self._free.release()

    def open(self, *, timeout: float | None = None) -> Archive:
        """The newest version for long work, to be closed by the caller."""
        with self._lock:
            self._look()
            archive = copy.copy(self._newest)
        archive.timeout = timeout
        return archive

    def look(self) -> None:
        """See at once whether there is a new version."""
        with self._lock:
            self._looked = 0.0
            self._look()

    def close(self) -> None:
        """Let go of all idle connections."""
        with self._lock:
            for archive in self._idle:
                archive.close()
            self._idle.clear()

    def _take(self) -> Archive:
        with self._lock:
            self._look()
            while self._idle:
                archive = self._idle.pop()
                if archive.snapshot is self._newest.snapshot:
                    return archive
                archive.close()
            return copy.copy(self._newest)

    def _put(self, archive: Archive) -> None:
        with self._lock:
            if archive.snapshot is self._newest.snapshot:
                self._idle.append(archive)
                return
        archive.close()

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        self._looked = now
        state = self._log()
        if state != self._state:
            # `_newest` itself never connects: its copies each have a connection of their own.
            self._newest = Archive(self._folder, timeout=self._timeout)
            self._state = state

    def _log(self) -> tuple[str, ...]:
        """What tells a new commit: the names in the log's folder."""
        with contextlib.suppress(OSError):
            return tuple(sorted(os.listdir(self._folder / "commits" / "_delta_log")))
        return ()
