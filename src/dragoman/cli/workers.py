"""Which engine reads: this process, a pool of them, or Spark; and how a run is ended."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import typer

from dragoman.cli.terminal import say
from dragoman.engines import TIME_LIMIT, Setup
from dragoman.errors import DragomanError, problem

if TYPE_CHECKING:
    from dragoman.batches import Code

TERMINATED: Final = 143  # 128 + SIGTERM


@dataclass(frozen=True, slots=True)
class Engine:
    """What the options say: ``workers`` None is this process, unless ``spark``. A ``time_limit``
    of 0 is none. Raises DragomanError for options that do not go together.
    """

    workers: int | None = None
    time_limit: float | None = None
    spark: bool = False
    master: str | None = None

    def __post_init__(self) -> None:
        if self.master is not None and not self.spark:
            raise DragomanError(problem("DR186", option="--master", other="--engine spark"))
        if self.workers is not None and self.spark:
            raise DragomanError(problem("DR188", option="--workers", other="--engine spark"))
        if self.time_limit is not None and self.workers is None and not self.spark:
            raise DragomanError(problem("DR186", option="--time-limit", other="--workers"))

    @property
    def limit(self) -> float | None:
        """Seconds for a document, None for no end."""
        return TIME_LIMIT if self.time_limit is None else self.time_limit or None


@contextlib.contextmanager
def coding(engine: Engine, setup: Setup) -> Iterator[tuple[str, Code]]:
    """The coder's name and the batch form, run by the engine."""
    if engine.spark:
        from dragoman.engines.spark import Spark

        with Spark(setup, engine.master, time_limit=engine.limit) as spark:
            yield spark.coder, spark.code
    elif engine.workers is not None:
        from dragoman.engines.pool import Pool

        with Pool(setup, engine.workers, time_limit=engine.limit) as pool:
            yield pool.coder, pool.code
    else:
        from dragoman.batches import code
        from dragoman.cli.reading import load

        reader: Any = load(setup.model, setup.ontology, setup.actors)
        yield reader.coder, lambda batches: code(batches, reader)


class _Terminated(KeyboardInterrupt):
    """The system asked the program to end."""


@contextlib.contextmanager
def ending(told: str) -> Iterator[None]:
    """Say ``told`` when the run is broken off by Ctrl-C or SIGTERM, after all was let go of."""

    def stop(number: int, frame: object) -> None:
        raise _Terminated

    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, stop) if main else None
    try:
        yield
    except _Terminated:
        say(told)
        raise typer.Exit(TERMINATED) from None
    except KeyboardInterrupt:
        say(told)
        raise
    finally:
        if main:
            signal.signal(signal.SIGTERM, before)
