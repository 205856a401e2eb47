"""Reading what somebody pastes: one reader, loaded once, in a thread of its own."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, Final

from dragoman.errors import problem
from dragoman.model import Document
from dragoman.web.safety import RefusedError

_ADDRESSES: Final = 10_000
_WAITING: Final = 8  # reports that may wait for the reader


class Pastes:
    """Reads pasted reports. ``make`` gives the reader; it runs in the worker thread, once."""

    def __init__(self, make: Callable[[], Any] | None, *, limit: int, a_minute: int) -> None:
        self._make = make or _default
        self._worker = ThreadPoolExecutor(1, "reader")
        self._reader: Any = None
        self._waiting = 0
        self._lock = Lock()
        self._limit = limit
        self._rate = Rate(a_minute)

    def warm(self) -> None:
        """Begin to load the models."""
        self._worker.submit(self._loaded)

    def submit(
        self, document: Document, address: str, work: Callable[[Any], Any] | None = None
    ) -> Future[Any]:
        """The reading to come, or what ``work`` gives for the reader. Raises DragomanError for a
        text that is empty or too long, and for an address that asks too often.
        """
        count = len(document.text)
        if count > self._limit:
            raise RefusedError(413, problem("DR227", count=f"{count:,}", limit=f"{self._limit:,}"))
        if wait := self._rate.wait(address):
            raise RefusedError(429, problem("DR226", seconds=wait))
        with self._lock:
            if self._waiting >= _WAITING:
                raise RefusedError(429, problem("DR226", seconds=10))
            self._waiting += 1
        chosen = work or (lambda reader: reader.read(document))
        future = self._worker.submit(lambda: chosen(self._loaded()))
        future.add_done_callback(self._done)
        return future

    def close(self) -> None:
        """End the thread; what waits is not read."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _done(self, _: Future[Any]) -> None:
        with self._lock:
            self._waiting -= 1

    def _loaded(self) -> Any:
        if self._reader is None:
            self._reader = self._make()
        return self._reader


def _default() -> Any:
    from dragoman.pipeline import Reader

    return Reader()


class Rate:
    """So many a minute for each address, a few at once."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = a_minute / 60
        self._most = float(a_minute)
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str) -> int:
        """Whole seconds to wait; 0 where the address may go on, which is then counted."""
        now = self._clock()
        with self._lock:
            left, since = self._held.pop(address, (self._most, now))
            left = min(self._most, left + (now - since) * self._per_second)
            allowed = left >= 1
            self._held[address] = (left - allowed, now)
            while len(self._held) > _ADDRESSES:
                self._held.popitem(last=False)
        return 0 if allowed else int((1 - left) / self._per_second) + 1
