"""A process that reads documents for others: batches come in by a pipe, coded rows go back."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait

import pyarrow as pa

from dragoman.batches import DocumentReader, code
from dragoman.errors import DragomanError, problem
from dragoman.model import Document, Reading
from dragoman.schema.coded import documents_to_batch

Make = Callable[[], DocumentReader]

READY, UNFIT, AT, DONE, FAULT = "ready", "unfit", "at", "done", "fault"
"""What a worker says: that it has its reader, that it can have none, that one more document is
read, that a batch is, that a batch could not be given back.
"""


def serve(connection: Connection, make: Make) -> None:
    """Read what comes until the pipe ends, or the process that holds its other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _leave_with_parent()
    try:
        reader = make()
        # Loads what the first document would else be charged for.
        deque(code([documents_to_batch([])], reader), maxlen=0)
    except DragomanError as error:
        connection.send((UNFIT, error.problem, error.details))
        return
    except Exception as error:
        told = problem("DR182", why=f"{type(error).__name__}: {error}")
        connection.send((UNFIT, told, ()))
        return
    connection.send((READY, reader.coder))
    try:
        while True:
            given = from_bytes(connection.recv_bytes())
            connection.send(_coded(given, _Telling(reader, connection)))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _coded(given: pa.RecordBatch, reader: DocumentReader) -> tuple[str, object, float]:
    try:
        (batch,) = code([given], reader)
        return DONE, to_bytes(batch), resident()
    except Exception as error:
        return FAULT, f"{type(error).__name__}: {error}", resident()


class _Telling:
    """The reader, telling after each document that it is still at work."""

    def __init__(self, reader: DocumentReader, connection: Connection) -> None:
        self.coder = reader.coder
        self._reader = reader
        self._connection = connection

    def read(self, document: Document) -> Reading:
        self._connection.send((AT,))
        return self._reader.read(document)

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        for reading in self._reader.read_many(documents):
            self._connection.send((AT,))
            yield reading


def _leave_with_parent() -> None:
    """End when the parent does, however it ends: a worker in the middle of a document would not
    notice by itself.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="dragoman-watch", daemon=True).start()


def resident() -> float:
    """Memory that this process holds, in MB; its peak where the system does not tell more."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        pass
    try:
        import resource
    except ImportError:  # not on Windows
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def to_bytes(batch: pa.RecordBatch) -> bytes:
    """The batch as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    written: bytes = sink.getvalue().to_pybytes()
    return written


def from_bytes(data: bytes) -> pa.RecordBatch:
    """The batch of an Arrow stream."""
    with pa.ipc.open_stream(data) as stream:
        return stream.read_next_batch()
