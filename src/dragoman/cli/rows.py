"""Rows of Arrow as tables for people, JSON, CSV or Parquet."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from dragoman.errors import DragomanError, problem

if TYPE_CHECKING:
    import pyarrow as pa


_FORMS: Final = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
}


def form_of(chosen: str | None, path: Path | None) -> str:
    """The form to write: the one chosen, else by the file's name, else a table."""
    if chosen is not None:
        return str(chosen)
    return _FORMS.get(path.suffix.lower(), "table") if path is not None else "table"


def write(rows: pa.Table, form: str, path: Path | None) -> None:
    """Write the rows in a form to a file, or to standard output."""
    from dragoman.cli.terminal import output

    if form == "parquet":
        write_parquet(rows, path)
        return
    with output(path) as file:
        write_rows(rows, form, file)


def write_rows(rows: pa.Table, form: str, file: TextIO) -> None:
    """Write the rows as ``table``, ``json``, ``jsonl`` or ``csv``."""
    if form == "table":
        _table(rows, file)
    elif form == "csv":
        _csv(rows, file)
    else:
        _json(rows, file, lines=form == "jsonl")


def write_parquet(rows: pa.Table, path: Path | None) -> None:
    """Write the rows to a Parquet file, which takes its name when it is whole."""
    import pyarrow.parquet as pq

    if path is None:
        raise DragomanError(problem("DR214"))
    target = path.with_name(f".{path.name}.partial")
    try:
        pq.write_table(rows, target)
        target.replace(path)
    except OSError as error:
        raise DragomanError(problem("DR053", path=path, why=error.strerror or error)) from error


def plain(value: Any) -> Any:
    """A value in JSON's types."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _json(rows: pa.Table, file: TextIO, *, lines: bool) -> None:
    from dragoman.schema.records import dumps

    values = (plain(row) for batch in rows.to_batches() for row in batch.to_pylist())
    if lines:
        file.writelines(dumps(value) + "\n" for value in values)
    else:
        file.write(dumps(list(values), indent=2) + "\n")


def _csv(rows: pa.Table, file: TextIO) -> None:
    from dragoman.export.csv import neutral

    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(rows.column_names)
    for batch in rows.to_batches():
        for row in batch.to_pylist():
            writer.writerow([neutral(_cell(value)) for value in row.values()])


def _cell(value: Any) -> Any:
    from dragoman.schema.records import dumps

    value = plain(value)
    return dumps(value) if isinstance(value, dict | list) else value


def _table(rows: pa.Table, file: TextIO) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from dragoman.cli.terminal import console
    from dragoman.export.wording import safe

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in rows.column_names:
        table.add_column(Text(safe(name)), overflow="fold")
    for batch in rows.to_batches():
        for row in batch.to_pylist():
            cells = ("" if value is None else str(_cell(value)) for value in row.values())
            table.add_row(*(Text(safe(cell)) for cell in cells))
    console(file).print(table)
