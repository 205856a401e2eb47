"""A pool of processes that read documents: order kept, memory bounded, no document fatal.

A document that kills its worker is told from those beside it by reading them alone; one that does
so again, or that takes longer than the time limit, becomes a row that says why, and the rest goes
on. Workers are started anew, by the method that every system has (``spawn``).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.engines import TIME_LIMIT, worker
from dragoman.engines.worker import Make, from_bytes, to_bytes
from dragoman.errors import DragomanError, Problem, problem
from dragoman.model import Document, Reading
from dragoman.schema.coded import (
    Failure,
    coded_from_batch,
    coded_to_batch,
    documents_from_batch,
    documents_to_batch,
)

_AT_ONCE: Final = 8  # documents a worker is given
_TEXT: Final = 50_000  # characters of them
_WAITING: Final = 4  # batches for each worker that may be under way or wait for those before them
_STARTS: Final = 3  # workers that may die one after the other before one has its reader
_SERVED: Final = 8  # batches before a worker is retired for its memory
_THREADS: Final = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "DRAGOMAN_THREADS": "1",  # the encoder's
    "TOKENIZERS_PARALLELISM": "false",
}


@dataclass(slots=True, eq=False)
class _Task:
    """Documents to be read together; ``done`` has their coded rows once they are there."""

    batch: pa.RecordBatch
    deaths: int = 0
    done: pa.RecordBatch | None = None


@dataclass(slots=True, eq=False)
class _Worker:
    process: Any
    connection: Connection
    ready: bool = False
    task: _Task | None = None
    heard: float = 0.0
    served: int = 0
    resident: float = 0.0


class Pool:
    """So many processes, each with a reader that ``make`` gave it (a function or object that can
    be pickled), each on one core.

    ``time_limit`` is the seconds that one document may take, None for no end; ``retries`` how many
    more times a document is tried that killed its worker; a worker that holds more than ``memory``
    MB is replaced between two batches. Use it in a ``with``: leaving it ends the processes.
    Raises DragomanError where no worker can make its reader.
    """

    def __init__(
        self,
        make: Make,
        workers: int,
        *,
        time_limit: float | None = TIME_LIMIT,
        retries: int = 1,
        memory: float = 900.0,
    ) -> None:
        self._make = make
        self._limit = time_limit
        self._retries = retries
        self._memory = memory
        self._context = multiprocessing.get_context("spawn")
        self._coder: str | None = None
        self._starts = 0
        self._slots: list[_Task] = []
        self._queue: deque[_Task] = deque()
        self._workers: list[_Worker] = []
        try:
            for _ in range(workers):
                self._workers.append(self._start())
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def coder(self) -> str:
        """What the readers call themselves; waits for the first one."""
        while self._coder is None:
            self._listen()
        return self._coder

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of the worker processes."""
        return tuple(one.process.pid for one in self._workers)

    @property
    def resident(self) -> tuple[float, ...]:
        """What each held when it last gave something back, in MB; 0 where it has not yet."""
        return tuple(one.resident for one in self._workers)

    def code(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Coded rows (``CODED``) for batches of documents (``DOCUMENTS``): in the order of the
        documents, in batches of the pool's own size. No more documents are taken from ``batches``
        than the workers are at, and a few each.
        """
        tasks, more = map(_Task, cut(batches)), True
        try:
            while True:
                while more and len(self._slots) < _WAITING * len(self._workers):
                    task = next(tasks, None)
                    more = task is not None
                    if task is not None:
                        self._slots.append(task)
                        self._queue.append(task)
                        self._give()
                while self._slots and (done := self._slots[0].done) is not None:
                    del self._slots[0]
                    yield done
                if self._slots:
                    self._listen()
                elif not more:
                    return
        finally:
            self._forget()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for one in self._workers:
            one.process.kill()
        for one in self._workers:
            one.process.join()
            one.connection.close()
        self._workers = []

    def _forget(self) -> None:
        """Let go of documents that nobody waits for any more."""
        self._slots.clear()
        self._queue.clear()
        for one in list(self._workers):
            if one.task is not None:
                one.task = None
                self._replace(one)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=worker.serve, args=(theirs, self._make), name="dragoman-worker", daemon=True
        )
        with _one_thread():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _replace(self, one: _Worker) -> None:
        one.process.kill()
        one.process.join()
        one.connection.close()
        self._workers[self._workers.index(one)] = self._start()

    def _give(self) -> None:
        """Hand waiting documents to workers that have none."""
        for one in list(self._workers):
            if not self._queue:
                return
            if one.ready and one.task is None:
                one.task, one.heard = self._queue.popleft(), time.monotonic()
                try:
                    one.connection.send_bytes(to_bytes(one.task.batch))
                except OSError:  # it died since it last spoke
                    self._died(one)

    def _listen(self) -> None:
        """Wait for workers to say something, to die, or to have taken too long."""
        heard = wait([one.connection for one in self._workers], self._patience())
        for one in list(self._workers):
            if one.connection not in heard:
                continue
            try:
                message = one.connection.recv()
            except (EOFError, OSError):
                self._died(one)
            else:
                self._take(one, message)
        if self._limit is not None:
            for one in list(self._workers):
                late = one.task is not None and time.monotonic() - one.heard > self._limit
                if late and not one.connection.poll():
                    self._stuck(one, self._limit)
        self._give()

    def _patience(self) -> float | None:
        busy = [one.heard for one in self._workers if one.task is not None]
        if self._limit is None or not busy:
            return None
        return max(0.0, min(busy) + self._limit - time.monotonic()) + 0.01

    def _take(self, one: _Worker, message: tuple[Any, ...]) -> None:
        one.heard = time.monotonic()
        kind, *values = message
        if kind == worker.READY:
            one.ready, self._starts, self._coder = True, 0, values[0]
        elif kind == worker.UNFIT:
            raise DragomanError(values[0], values[1])
        elif kind in (worker.DONE, worker.FAULT) and one.task is not None:
            task, one.task, one.served = one.task, None, one.served + 1
            if kind == worker.DONE:
                task.done = from_bytes(values[0])
            else:
                self._again(task, problem("DR061", why=values[0]))
            one.resident = values[1]
            if one.resident > self._memory and one.served >= _SERVED:
                self._replace(one)

    def _died(self, one: _Worker) -> None:
        one.process.join()
        how = _ending(one.process.exitcode)
        if one.task is None:
            self._starts += not one.ready
            if self._starts >= _STARTS:
                raise DragomanError(problem("DR182", why=how))
        else:
            one.task.deaths += 1
            told = problem("DR180", how=how, times=one.task.deaths)
            self._again(one.task, told, final=one.task.deaths > self._retries)
        self._replace(one)

    def _stuck(self, one: _Worker, limit: float) -> None:
        if one.task is not None:
            self._again(one.task, problem("DR181", seconds=f"{limit:g}"))
        self._replace(one)

    def _again(self, task: _Task, told: Problem, *, final: bool = True) -> None:
        """Read each document of the task alone; a lone one again, or if that is ``final`` no more:
        then it is told.
        """
        if task.batch.num_rows > 1:
            alone = [_Task(task.batch.slice(row, 1)) for row in range(task.batch.num_rows)]
            place = self._slots.index(task)
            self._slots[place : place + 1] = alone
            self._queue.extendleft(reversed(alone))
        elif final:
            (document,) = documents_from_batch(task.batch)
            task.done = coded_to_batch([Failure(document, told)])
        else:
            self._queue.appendleft(task)


def readings(pool: Pool, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
    """For each document, in order, its reading or why there is none."""
    batches = (documents_to_batch([one]) for one in documents)
    for batch in pool.code(_joined(batches)):
        yield from coded_from_batch(batch)


def _joined(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches of a worker's size out of single documents."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        characters = sum(pc.sum(pc.utf8_length(one["text"])).as_py() for one in held)
        if len(held) == _AT_ONCE or characters > _TEXT:
            yield pa.Table.from_batches(held).combine_chunks().to_batches()[0]
            held = []
    if held:
        yield pa.Table.from_batches(held).combine_chunks().to_batches()[0]


def cut(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The documents in batches as a worker gets them: a few, and not too long together."""
    for batch in batches:
        first = characters = 0
        for row, length in enumerate(pc.utf8_length(batch["text"]).to_pylist()):
            if row > first and (row - first == _AT_ONCE or characters + length > _TEXT):
                yield batch.slice(first, row - first)
                first, characters = row, 0
            characters += length
        if first < batch.num_rows:
            yield batch.slice(first)


def _ending(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """Numeric libraries read these when they are loaded: a process started meanwhile has one
    thread in each, so that as many workers as there are cores do not get into each other's way.
    """
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(_THREADS)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
