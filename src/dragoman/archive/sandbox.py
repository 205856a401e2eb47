"""SQL of others in a process of its own, which can be ended whatever it is at.

DuckDB heeds an interrupt between steps only; a single long step (a text repeated a billion times)
goes on. ``python -m dragoman.archive.sandbox`` reads the question as JSON on standard input and
writes the rows as an Arrow stream, or the message as JSON, to standard output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from dragoman.errors import DragomanError, Problem, problem

_GRACE: Final = 3.0  # seconds to start, and to notice the interrupt
_MEMORY: Final = 8 << 30  # bytes of address space
_ROWS, _MESSAGE = b"rows\n", b"said\n"


def apart(folder: Path, version: int, revisions: str, sql: str, timeout: float | None) -> pa.Table:
    """The rows of one SELECT, run in another process. Raises DragomanError as ``Archive.sql``."""
    question = {
        "folder": str(folder),
        "version": version,
        "revisions": revisions,
        "sql": sql,
        "timeout": timeout,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__],
            env={**os.environ, "PYTHONPATH": _path()},
            input=json.dumps(question).encode(),
            capture_output=True,
            timeout=None if timeout is None else timeout + _GRACE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DragomanError(problem("DR205", seconds=f"{timeout:g}")) from None
    if done.stdout.startswith(_ROWS):
        with pa.ipc.open_stream(done.stdout[len(_ROWS) :]) as stream:
            return stream.read_all()
    if done.stdout.startswith(_MESSAGE):
        raise DragomanError(Problem(**json.loads(done.stdout[len(_MESSAGE) :])))
    raise DragomanError(problem("DR206", why="it broke the process that ran it"))


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
