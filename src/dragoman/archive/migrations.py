"""The schema of an archive, and the ways from an older one to that of this program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from dragoman.archive import delta, snapshot
from dragoman.archive.layout import LEDGER_ROWS, LEDGERS, ROWS, TABLES, token
from dragoman.archive.loading import load
from dragoman.archive.log import Commit, Log, following
from dragoman.archive.rewriting import Change, rewrite
from dragoman.archive.snapshot import Snapshot
from dragoman.errors import DragomanError, problem
from dragoman.model import SCHEMA_VERSION
from dragoman.schema.coded import digest
from dragoman.schema.tables import TableName
from dragoman.version import __version__


@dataclass(frozen=True, slots=True)
class Migration:
    """From one schema to the next. ``columns`` gives what a table's rows lack: a function of the
    old rows to the new column.
    """

    old: str
    new: str
    note: str
    columns: Mapping[TableName, Mapping[str, Callable[[pa.Table], Any]]]


MIGRATIONS: Final = (
    Migration(
        "1",
        "2",
        "events carry `main`; those coded before are marked as none",
        {"events": {"main": lambda rows: pa.repeat(False, rows.num_rows)}},
    ),
)


def prepare(folder: Path) -> None:
    """Make an archive where there is none. Raises DragomanError for one of another schema."""
    for name in TABLES:
        delta.create(folder / name, ROWS[name])
    for ledger in LEDGERS:
        delta.create(folder / ledger, LEDGER_ROWS[ledger])
        if ledger == "meta" and not schema_of(folder):
            _note(folder, SCHEMA_VERSION, "made")
    check(folder)


def exists(folder: Path) -> bool:
    """Whether an archive is there: its log is made last."""
    from deltalake import DeltaTable

    return DeltaTable.is_deltatable(str(folder / "commits"))


def check(folder: Path) -> None:
    """Raise DragomanError where there is no archive or this program does not read its schema."""
    if not exists(folder):
        raise DragomanError(problem("DR200", folder=folder))
    found = schema_of(folder)
    if found != SCHEMA_VERSION:
        raise DragomanError(problem("DR201", found=found, expected=SCHEMA_VERSION, folder=folder))


def schema_of(folder: Path) -> str:
    """The schema version of an archive; empty where none is written down yet."""
    rows = delta.rows(delta.open_table(folder / "meta")).to_pylist()
    return max(rows, key=lambda row: row["at"])["schema"] if rows else ""


def migrate(folder: Path) -> list[Migration]:
    """Bring an archive to the schema of this program, step by step; the steps taken.

    What a version holds and is cited by stays: the digests of the readings as they were coded. If
    it is broken off, it can be run again. Raises DragomanError where no way leads there.
    """
    if not exists(folder):
        raise DragomanError(problem("DR200", folder=folder))
    taken = []
    while (found := schema_of(folder)) != SCHEMA_VERSION:
        step = next((one for one in MIGRATIONS if one.old == found), None)
        if step is None:
            raise DragomanError(problem("DR210", found=found, expected=SCHEMA_VERSION))
        _take(folder, step)
        taken.append(step)
    return taken


def _take(folder: Path, step: Migration) -> None:
    found = snapshot.take(folder)

    def change(name: TableName, rows: pa.Table) -> pa.Table:
        for column, made in step.columns.get(name, {}).items():
            if column not in rows.column_names:
                rows = rows.append_column(column, made(rows))
        version = rows.column_names.index("schema_version")
        rows = rows.set_column(version, "schema_version", pa.repeat(step.new, rows.num_rows))
        return rows.select(ROWS[name].names)

    # The documents last: their checksums are of all that was read, as it stands then.
    for name in sorted(TABLES, key=lambda name: name == "documents"):
        _add_columns(folder / name, name)
        last = rechecked(snapshot.take(folder), change) if name == "documents" else change
        files = found.files[name]
        if files and not rewrite(found, files, name, last):
            raise DragomanError(problem("DR209", table=name))

    def line(lines: tuple[Commit, ...]) -> Commit:
        return following(lines, "migration")

    Log(folder).append(line)
    _note(folder, step.new, step.note)


def rechecked(found: Snapshot, change: Change) -> Change:
    """The change, with the checksum of each document's reading made anew."""

    def both(name: TableName, rows: pa.Table) -> pa.Table:
        rows = change(name, rows)
        sums = {key: digest(reading) for key, reading in load(found, rows)}
        column = rows.column_names.index("checksum")
        made = pa.array([sums[key] for key in rows["reading"].to_pylist()], pa.string())
        return rows.set_column(column, "checksum", made)

    return both


def _add_columns(path: Path, name: TableName) -> None:
    table = delta.open_table(path)
    held = {field.name for field in table.schema().fields}
    fields = [field for field in ROWS[name] if field.name not in held]
    if fields:
        schema = type(table.schema()).from_arrow(pa.schema([f.with_nullable(True) for f in fields]))
        table.alter.add_columns(schema.fields)


def _note(folder: Path, schema: str, note: str) -> None:
    row = {
        "schema": schema,
        "at": dt.datetime.now(dt.UTC),
        "program": f"dragoman {__version__}",
        "note": note,
    }
    table = pa.Table.from_pylist([row], schema=LEDGER_ROWS["meta"])
    delta.append(folder / "meta", f"{token()}.parquet", table)
