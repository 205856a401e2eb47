"""The rows of a list as a file."""

from __future__ import annotations

import dataclasses
import io
import itertools
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import pyarrow as pa

from dragoman.archive import Archive
from dragoman.cli.rows import plain
from dragoman.errors import DragomanError, problem
from dragoman.model import Reading
from dragoman.schema.records import dumps
from dragoman.web.asking import keys
from dragoman.web.wanted import Wanted

_AT_ONCE: Final = 500  # readings
_PIECE: Final = 1 << 16  # bytes


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. ``whole`` where it can say on whose word an event stands; else it holds only
    what reports assert in their own voice.
    """

    name: str
    suffix: str
    type: str
    whole: bool = True


_OWN: Final = (
    Format("csv", ".csv", "text/csv; charset=utf-8"),
    Format("jsonl", ".jsonl", "application/x-ndjson"),
    Format("parquet", ".parquet", "application/vnd.apache.parquet"),
)


def formats(table: str) -> dict[str, Format]:
    """The formats that a list can be had in: ours, and every other writer of the program."""
    found = {one.name: one for one in _OWN}
    if table == "events":
        found |= {one.name: one for one in _others() if one.name not in found}
    return found


def _others() -> list[Format]:
    try:
        known: dict[str, Any] = import_module("dragoman.export.formats").FORMATS
    except (ImportError, AttributeError):
        return []
    return [
        Format(name, one.suffix, "application/octet-stream", one.says == "chain")
        for name, one in known.items()
    ]


def write(archive: Archive, asked: Wanted, name: str) -> tuple[Format, Iterator[bytes]]:
    """The file, piece by piece. Raises DragomanError for an unknown format, and at the first piece
    where the archive cannot be asked.
    """
    known = formats(asked.table)
    if name not in known:
        raise DragomanError(problem("DR170", name=name, known=", ".join(known)))
    form = known[name]
    if name == "csv" and asked.table == "documents":
        return form, _table_csv(archive, asked)
    if name == "csv":
        return form, _csv(archive, asked)
    if name == "jsonl":
        return form, _lines(archive, asked)
    if name == "parquet":
        return form, _parquet(archive, asked)
    return form, _exported(archive, asked, name)


def _rows(archive: Archive, asked: Wanted) -> Iterator[pa.Table]:
    """The whole rows, in order, some at a time."""
    column = "id" if asked.table == "documents" else "position"
    wanted = keys(archive, asked)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        readings = sorted({reading for reading, _ in part})
        sql = f"SELECT * FROM {asked.table} WHERE reading IN (SELECT unnest(?))"
        held = archive.ask(sql, [readings])
        at = held["reading"].to_pylist()
        places = [0] * len(at) if column == "id" else held["position"].to_pylist()
        where = {key: row for row, key in enumerate(zip(at, places, strict=True))}
        yield held.take(pa.array([where[key] for key in part], pa.int64()))


def _lines(archive: Archive, asked: Wanted) -> Iterator[bytes]:
    for table in _rows(archive, asked):
        yield "".join(dumps(plain(row)) + "\n" for row in table.to_pylist()).encode()


def _parquet(archive: Archive, asked: Wanted) -> Iterator[bytes]:
    import pyarrow.parquet as pq

    from dragoman.archive.layout import ROWS

    # The writer goes back to nothing it wrote, but wants a file that knows where it is.
    with tempfile.TemporaryFile() as file:
        first = next(rows := _rows(archive, asked), None)
        schema = ROWS[asked.table] if first is None else first.schema
        with pq.ParquetWriter(file, schema) as writer:
            for table in itertools.chain([first] if first is not None else [], rows):
                writer.write_table(table.cast(schema))
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


class _Drain(io.StringIO):
    """Text that is handed on and forgotten."""

    def taken(self) -> bytes:
        """What was written since."""
        text = self.getvalue()
        self.seek(0)
        self.truncate()
        return text.encode()


def _csv(archive: Archive, asked: Wanted) -> Iterator[bytes]:
    from dragoman.export.csv import Csv

    file = _Drain()
    writer = Csv(file, asked.table)  # type: ignore[arg-type]
    for reading in readings(archive, asked):
        writer.write(reading)
        yield file.taken()
    writer.close()
    yield file.taken()


def _table_csv(archive: Archive, asked: Wanted) -> Iterator[bytes]:
    from dragoman.cli.rows import write_rows

    columns = ["id", "revision", "published", "publisher", "title", "url", "origin", "coder"]
    for number, table in enumerate(_rows(archive, asked)):
        file = _Drain()
        write_rows(table.select(columns), "csv", file)
        content = file.taken()
        yield content if number == 0 else content.partition(b"\n")[2]


def _exported(archive: Archive, asked: Wanted, name: str) -> Iterator[bytes]:
    module = import_module("dragoman.export.formats")
    binary = bool(module.FORMATS[name].binary)
    file: Any = io.BytesIO() if binary else _Drain()
    module.write(readings(archive, asked), name, file)
    yield file.getvalue() if binary else file.taken()


def readings(archive: Archive, asked: Wanted) -> Iterator[Reading]:
    """The readings of the rows asked for, each cut down to them."""
    wanted = keys(archive, asked)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        held = dict(archive.readings(key for key, _ in part))
        for key, places in itertools.groupby(part, key=lambda pair: pair[0]):
            if key in held:
                yield _cut(held[key], asked.table, [place for _, place in places])


def _cut(reading: Reading, table: str, places: Sequence[int]) -> Reading:
    records = getattr(reading, table)
    cut: Any = {table: tuple(records[place] for place in places), "notes": ()}
    return dataclasses.replace(reading, **cut)
