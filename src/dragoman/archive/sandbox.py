"""SQL of others in a process of its own, which can be ended whatever it is at.

DuckDB heeds an interrupt between steps only; a single long step (a text repeated a billion times)
goes on. ``python -m dragoman.archive.sandbox`` reads the question as JSON on standard input and
writes the rows as an Arrow stream, or the message as JSON, to standard output.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from dragoman.errors import DragomanError, Problem, problem

_START: Final = 60.0  # seconds to start, on a machine that does much else
_GRACE: Final = 3.0  # seconds to notice the interrupt
_MEMORY: Final = 8 << 30  # bytes of address space
_OPEN, _ROWS, _MESSAGE = b"open\n", b"rows\n", b"said\n"


def apart(folder: Path, version: int, revisions: str, sql: str, timeout: float | None) -> pa.Table:
    """The rows of one SELECT, run in another process. Raises DragomanError as ``Archive.sql``."""
    question = {
        "folder": str(folder),
        "version": version,
        "revisions": revisions,
        "sql": sql,
        "timeout": timeout,
    }
    tag, rest = _answer(json.dumps(question).encode(), timeout)
    if tag == _ROWS:
        with pa.ipc.open_stream(rest) as stream:
            return stream.read_all()
    if tag == _MESSAGE:
        raise DragomanError(Problem(**json.loads(rest)))
    raise DragomanError(problem("DR206", why="it broke the process that ran it"))


def _answer(question: bytes, timeout: float | None) -> tuple[bytes, bytes]:
    """What the other process says, and what follows; its time counts from when it has opened the
    archive. Raises DragomanError where that is over.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", __name__],
        env={**os.environ, "PYTHONPATH": _path()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    starting = threading.Timer(_START, process.kill)
    starting.start()
    try:
        with contextlib.suppress(BrokenPipeError), process.stdin as asked:
            asked.write(question)
        process.stdin = None
        tag = process.stdout.read(len(_OPEN))
        starting.cancel()
        left = None if timeout is None else timeout + _GRACE
        rest, _ = process.communicate(timeout=left)
    except subprocess.TimeoutExpired:
        raise DragomanError(problem("DR205", seconds=f"{timeout:g}")) from None
    finally:
        starting.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
    return (rest[: len(_ROWS)], rest[len(_ROWS) :]) if tag == _OPEN else (tag, rest)


def _path() -> str:
    """Where this very package lies comes first, whatever the working directory holds."""
    own = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, (own, os.environ.get("PYTHONPATH"))))


def _main() -> None:
    question: dict[str, Any] = json.load(sys.stdin)
    from dragoman.archive import Archive

    _limit()
    out = sys.stdout.buffer
    try:
        archive = Archive(
            question["folder"], version=question["version"], revisions=question["revisions"]
        )
        out.write(_OPEN)
        out.flush()
        rows = archive.sql(question["sql"], timeout=question["timeout"])
    except DragomanError as error:
        found = error.problem
        told = {"code": found.code, "what": found.what, "remedy": found.remedy}
        out.write(_MESSAGE + json.dumps(told).encode())
        return
    out.write(_ROWS)
    with pa.ipc.new_stream(out, rows.schema) as stream:
        stream.write_table(rows)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    _main()
