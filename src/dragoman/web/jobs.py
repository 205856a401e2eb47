"""Long work behind the pages: files written in a thread of their own, kept for an hour."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from dragoman.errors import DragomanError, problem

State = Literal["waiting", "running", "finished", "failed", "cancelled"]
KEPT: Final = 3600.0  # seconds
_MOST: Final = 20
_AT_ONCE: Final = 1


@dataclass(slots=True)
class Job:
    """A file in the making: ``done`` counts its bytes so far."""

    id: str
    name: str
    type: str
    path: Path
    began: float
    state: State = "waiting"
    done: int = 0
    ended: float | None = None
    fault: str | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def seconds(self) -> float:
        """Since it was asked for, until its end."""
        return (self.ended or time.monotonic()) - self.began


class Jobs:
    """At most so many jobs; the oldest finished ones make room."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="dragoman-jobs-"))
        self._worker = ThreadPoolExecutor(_AT_ONCE, "jobs")
        self._lock = threading.Lock()
        self._held: dict[str, Job] = {}

    def start(self, pieces: Iterator[bytes], name: str, type: str) -> Job:
        """Begin to write the pieces. Raises DragomanError where too many jobs wait."""
        with self._lock:
            self._forget()
            if len(self._held) >= _MOST:
                raise DragomanError(problem("DR230"))
            key = secrets.token_hex(8)
            job = Job(key, name, type, self._folder / key, time.monotonic())
            self._held[key] = job
        self._worker.submit(self._run, job, pieces)
        return job

    def get(self, id: str) -> Job | None:
        """The job of that id, while it is kept."""
        with self._lock:
            self._forget()
            return self._held.get(id)

    def cancel(self, id: str) -> None:
        """End a job and take its file away."""
        with self._lock:
            job = self._held.pop(id, None)
        if job is not None:
            job.stop.set()
            if job.state in ("waiting", "finished"):
                job.state = "cancelled"
            job.path.unlink(missing_ok=True)

    def close(self) -> None:
        """End all jobs; their files are gone."""
        with self._lock:
            for job in self._held.values():
                job.stop.set()
        self._worker.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, job: Job, pieces: Iterator[bytes]) -> None:
        try:
            if not job.stop.is_set():
                job.state = "running"
                self._write(job, pieces)
        except Exception as error:  # whatever it is, whoever waits must be told
            job.state, job.fault = "failed", str(error)[:500]
        finally:
            with suppress(Exception):
                getattr(pieces, "close", lambda: None)()
            job.ended = time.monotonic()

    def _write(self, job: Job, pieces: Iterator[bytes]) -> None:
        with job.path.open("wb") as file:
            for piece in pieces:
                if job.stop.is_set():
                    break
                file.write(piece)
                job.done += len(piece)
        if job.stop.is_set():
            job.path.unlink(missing_ok=True)
        job.state = "cancelled" if job.stop.is_set() else "finished"

    def _forget(self) -> None:
        now = time.monotonic()
        ended = [job for job in self._held.values() if job.ended is not None]
        old = [job for job in ended if now - (job.ended or now) > KEPT]
        if len(self._held) >= _MOST and not old:
            old = sorted(ended, key=lambda job: job.ended or 0.0)[:1]
        for job in old:
            job.path.unlink(missing_ok=True)
            del self._held[job.id]
