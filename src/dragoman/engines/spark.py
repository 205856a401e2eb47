"""The batch form run by Spark: ``mapInArrow`` over the documents, on one machine or on many.

Each Python worker of Spark keeps a pool of one process, so that a document that does harm is told
as in a pool of our own, and Spark never sees it. What else fails, a lost machine say, Spark tries
again. Documents are read from their files, and coded rows committed, by the process that asks.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from dragoman.engines import TIME_LIMIT
from dragoman.engines.pool import Pool, cut
from dragoman.engines.worker import Make, from_bytes, to_bytes
from dragoman.errors import DragomanError, Problem, problem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_JOBS: Final = 2  # under way at once, so that no core waits for the last task of one
_TASKS: Final = 4  # of a job for each core
_SENT: Final = pa.schema([pa.field("number", pa.int64()), pa.field("rows", pa.binary())])
_UNFIT: Final = -1  # in the place of a number: the rows say why there is no reader
_SETTINGS: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "2g",
}
_BATCH: Final = "spark.sql.execution.arrow.maxRecordsPerBatch"


class Spark:
    """A Spark session that reads documents. ``make`` gives a worker its reader and must be found
    by the workers, in the package installed there; ``time_limit`` is that of ``Pool``.

    ``master`` is Spark's (``local[2]``, ``spark://host:7077``); None leaves it to Spark's own
    settings. A session that is there already is used, and left there. Raises DragomanError where
    Spark is not installed or cannot start.
    """

    def __init__(
        self, make: Make, master: str | None = None, *, time_limit: float | None = TIME_LIMIT
    ) -> None:
        self._make = make
        self._limit = time_limit
        self._own, self._session = _session(master)
        self._cores = max(1, self._session.sparkContext.defaultParallelism)
        # Each row, a few documents, is to be a task.
        self._before = self._session.conf.get(_BATCH)
        self._session.conf.set(_BATCH, "1")

    def __enter__(self) -> Spark:
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
        """What the readers call themselves, asked of one of Spark's workers."""
        make, limit = self._make, self._limit

        def ask(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                try:
                    yield _rows([0], [_pool(make, limit).coder.encode()] * batch.num_rows)
                except DragomanError as error:
                    yield _unfit(error)

        (row,) = self._run(ask, pa.Table.from_batches([_rows([0], [b""])]))
        return row.decode()

    def code(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Coded rows (``CODED``) for batches of documents (``DOCUMENTS``), in their order, in
        batches of the engine's own size; few documents are held at a time. Raises DragomanError
        where Spark gives up.
        """
        make, limit = self._make, self._limit

        def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for number, rows in zip(*(column.to_pylist() for column in batch), strict=True):
                    try:
                        parts = _pool(make, limit).code([from_bytes(rows)])
                        coded = pa.Table.from_batches(parts).combine_chunks()
                        yield _rows([number], [to_bytes(coded.to_batches()[0])])
                    except DragomanError as error:
                        yield _unfit(error)

        jobs: deque[Future[list[bytes]]] = deque()
        starter = ThreadPoolExecutor(_JOBS, thread_name_prefix="dragoman-spark")
        try:
            for portion in self._portions(batches):
                jobs.append(starter.submit(self._run, read, portion))
                if len(jobs) > _JOBS:
                    yield from map(from_bytes, jobs.popleft().result())
            while jobs:
                yield from map(from_bytes, jobs.popleft().result())
        except BaseException:
            self._session.sparkContext.cancelAllJobs()
            raise
        finally:
            starter.shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """End the session, if it is our own."""
        if self._own:
            self._session.stop()
        elif self._before is not None:
            self._session.conf.set(_BATCH, self._before)

    def _portions(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
        held: list[bytes] = []
        for task in cut(batches):
            held.append(to_bytes(task))
            if len(held) == _TASKS * self._cores:
                yield _numbered(held)
                held = []
        if held:
            yield _numbered(held)

    def _run(self, work: Callable[..., Any], rows: pa.Table) -> list[bytes]:
        try:
            frame = self._session.createDataFrame(rows)
            done = frame.mapInArrow(work, "number long, rows binary").toArrow()
        except Exception as error:
            raise DragomanError(problem("DR187", why=_why(error))) from error
        done = done.sort_by("number")
        found: list[bytes] = done["rows"].to_pylist()
        if done.num_rows and done["number"][0].as_py() == _UNFIT:
            raise DragomanError(Problem(**json.loads(found[0])))
        return found


@lru_cache(maxsize=1)
def _pool(make: Make, limit: float | None) -> Pool:
    """The pool of this worker of Spark: kept from task to task, it ends with the worker."""
    return Pool(make, 1, time_limit=limit)


def _rows(numbers: list[int], rows: list[bytes]) -> pa.RecordBatch:
    arrays = [pa.array(numbers, pa.int64()), pa.array(rows, pa.binary())]
    return pa.RecordBatch.from_arrays(arrays, schema=_SENT)


def _unfit(error: DragomanError) -> pa.RecordBatch:
    """What is wrong with the reader: told as a row, since to try again would not mend it."""
    return _rows([_UNFIT], [json.dumps(dataclasses.asdict(error.problem)).encode()])


def _numbered(rows: list[bytes]) -> pa.Table:
    return pa.Table.from_batches([_rows(list(range(len(rows))), rows)])


def _session(master: str | None) -> tuple[bool, SparkSession]:
    """Whether the session is ours, and it."""
    if find_spec("pyspark") is None:
        raise DragomanError(problem("DR183", missing="pyspark"))
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise DragomanError(problem("DR184", why="no Java was found"))
    from pyspark.sql import SparkSession

    active = SparkSession.getActiveSession()
    if active is not None:
        return False, active
    builder: Any = SparkSession.builder
    builder = builder.appName("dragoman")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    if master is not None:
        builder = builder.master(_retrying(master))
    if master is None or master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.config("spark.executorEnv.PYTHONPATH", _path())
    try:
        session: SparkSession = builder.getOrCreate()
    except Exception as error:
        raise DragomanError(problem("DR184", why=_why(error))) from error
    session.sparkContext.setLogLevel("OFF")
    return True, session


def _retrying(master: str) -> str:
    """``local[2]`` tries a failed task once only; ``local[2,4]`` as often as a cluster does."""
    return re.sub(r"^local\[([^,\]]+)\]$", r"local[\1,4]", master)


def _path() -> str:
    """Where this very package lies, for workers on this machine."""
    own = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, (own, os.environ.get("PYTHONPATH"))))


def _why(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:300]
