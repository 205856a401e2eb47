"""A version of an archive in DuckDB: views over its live files, and a lock for SQL of others."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from dragoman.archive import counts, pairs
from dragoman.archive.layout import ROWS, TABLES
from dragoman.archive.snapshot import Part, Revisions, Snapshot
from dragoman.errors import DragomanError, problem

TIMEOUT: Final = 2.0  # seconds
_LONGEST: Final = 20_000  # characters of SQL
_MEMORY: Final = "2GB"
_VIEWS: Final = TABLES


def connect(
    found: Snapshot, revisions: Revisions = "newest", memory: str | None = _MEMORY
) -> duckdb.DuckDBPyConnection:
    """A connection with a view for each table of readings, at that version, and one of counts.
    ``memory`` is what it may take at most; None: most of the machine's.

    It is locked: it reads the files of the version and nothing else on the machine, writes
    nothing to disk, loads no extension, and its settings cannot be changed.
    """
    limit = {} if memory is None else {"memory_limit": memory}
    connection = duckdb.connect(":memory:", config={"temp_directory": "", **limit})
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET parquet_metadata_cache = true")  # no file is ever written twice
    _register(connection, "_superseded", "reading", _readings(found, revisions))
    _register(connection, "_committed", "batch", sorted(found.batches))
    allowed: list[str] = []
    for name in _VIEWS:
        parts = found.parts(name, revisions)
        allowed += [path for part in parts for path in part.files]
        connection.register(f"_no_{name}", ROWS[name].empty_table())
        body = " UNION ALL ".join(map(_select, parts)) or f"SELECT * FROM _no_{name}"
        connection.execute(f"CREATE VIEW {name} AS {body}")
    path = pairs.kept(found, revisions)
    allowed += [str(path)] if path else []
    body = f"SELECT * FROM read_parquet({_listed([path])})" if path else pairs.COUNT
    connection.execute(f"CREATE VIEW {pairs.VIEW} AS {body}")
    counted = counts.kept(found, revisions)
    allowed += counts.create(connection, counted) if counted else []
    _lock(connection, allowed)
    return connection


def _lock(connection: duckdb.DuckDBPyConnection, allowed: Sequence[str]) -> None:
    connection.execute(f"SET allowed_paths = {_listed(allowed)}")
    for setting in (
        "enable_external_access = false",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "python_enable_replacements = false",
        "max_expression_depth = 250",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")


def _readings(found: Snapshot, revisions: Revisions) -> list[str]:
    return [one.reading for one in found.superseded(revisions)]


def _register(
    connection: duckdb.DuckDBPyConnection, name: str, column: str, values: list[str]
) -> None:
    held = pa.table({column: pa.array(values, pa.string())})
    connection.register(f"{name}_rows", held)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_rows")
    connection.unregister(f"{name}_rows")


def _select(part: Part) -> str:
    where = []
    if part.committed:
        where.append("batch IN (SELECT batch FROM _committed)")
    if part.current:
        where.append("reading NOT IN (SELECT reading FROM _superseded)")
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return f"SELECT * FROM read_parquet({_listed(part.files)}){condition}"


def _listed(paths: Sequence[str | Path]) -> str:
    return "[" + ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths) + "]"


def checked(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The text, if it is one SELECT. Raises DragomanError where it is anything else."""
    if len(sql) > _LONGEST:
        raise DragomanError(problem("DR204", found=f"{len(sql)} characters"))
    if _nesting(sql) > _DEEPEST:
        raise DragomanError(problem("DR204", found="brackets nested too deeply"))
    try:
        statements = connection.extract_statements(sql)
    except (duckdb.Error, RuntimeError) as error:
        raise DragomanError(problem("DR206", why=_first(error))) from error
    if not _QUESTION.match(_COMMENT.sub(" ", sql)):
        raise DragomanError(problem("DR204", found="it begins otherwise"))
    kinds = [str(one.type).rpartition(".")[2].lower() for one in statements]
    if len(kinds) != 1 or kinds[0] != "select":
        raise DragomanError(problem("DR204", found=" and ".join(kinds) or "nothing"))
    return sql


_DEEPEST: Final = 100
_COMMENT: Final = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
# DuckDB takes some PRAGMA and SHOW for a SELECT.
_QUESTION: Final = re.compile(r"[\s(]*(select|with|from|values)\b", re.IGNORECASE)


def _nesting(sql: str) -> int:
    depth = deepest = 0
    for character in sql:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    return deepest


def run(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Sequence[Any] = (),
    timeout: float | None = TIMEOUT,
) -> pa.Table:
    """The rows of a query. Raises DragomanError where it fails or takes longer than ``timeout``
    seconds (None: as long as it takes).
    """
    expired = threading.Event()

    def stop() -> None:
        expired.set()
        connection.interrupt()

    timer = threading.Timer(timeout, stop) if timeout is not None else None
    if timer is not None:
        timer.daemon = True
        timer.start()
    try:
        return connection.execute(sql, list(parameters)).to_arrow_table()
    except (duckdb.Error, RuntimeError, MemoryError, pa.ArrowException) as error:
        if expired.is_set():
            raise DragomanError(problem("DR205", seconds=f"{timeout:g}")) from error
        raise failed(error) from error
    finally:
        if timer is not None:
            timer.cancel()


def failed(error: BaseException) -> DragomanError:
    """What to tell of a query that failed."""
    if "No files found" in str(error) or "Cannot open file" in str(error):
        return DragomanError(problem("DR207", path=_first(error)))
    return DragomanError(problem("DR206", why=_first(error)))


def _first(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]
