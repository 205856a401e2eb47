"""What an archive's tables hold, and what the names of their files tell.

A row of the five tables of readings carries, behind the columns of ``dragoman.schema``, which
reading, run, coder and batch it comes from, and columns made from the others for queries.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

import pyarrow as pa

from dragoman.schema.tables import SCHEMAS, TableName

TABLES: Final[tuple[TableName, ...]] = get_args(TableName)
Ledger = Literal["runs", "rejected", "meta", "commits"]
LEDGERS: Final[tuple[Ledger, ...]] = get_args(Ledger)
How = Literal["revised", "recoded"]

MOMENT: Final = pa.timestamp("us", tz="UTC")


def _plain(**columns: pa.DataType) -> list[pa.Field]:
    return [pa.field(name, kind) for name, kind in columns.items()]


_STRING, _STRINGS = pa.string(), pa.list_(pa.string())
# The row's reading: ``revision`` counts the texts known under the document's id, from 1.
_ORIGIN: Final = _plain(reading=_STRING, revision=pa.int32(), run=_STRING, batch=_STRING)
_PUBLISHED: Final = _plain(published=pa.date32(), publisher=_STRING)
_DERIVED: Final[Mapping[TableName, list[pa.Field]]] = {
    # ``content`` tells a changed text; ``digest`` is the reading's as it was coded, ``checksum``
    # as it stands (a migration makes the two differ).
    "documents": _plain(content=_STRING, digest=_STRING, checksum=_STRING),
    "actors": _plain(coder=_STRING),
    "mentions": [*_plain(coder=_STRING), *_PUBLISHED],
    "statements": [
        *_plain(coder=_STRING),
        *_PUBLISHED,
        *_plain(on_whose_word=_STRING, said_by=_STRING, words=_STRING),
    ],
    "events": [
        *_plain(coder=_STRING),
        *_PUBLISHED,
        *_plain(
            on_whose_word=_STRING,
            own_voice=pa.bool_(),
            speakers=_STRINGS,
            initiators=_STRINGS,
            affected=_STRINGS,
            initiator=_STRING,
            recipient=_STRING,
            day=pa.date32(),
            last_day=pa.date32(),
            # The same, or the day of publication where the event has none: never null needlessly,
            # so that files without the days asked for are not read.
            earliest=pa.date32(),
            latest=pa.date32(),
            place_name=_STRING,
            place_country=_STRING,
        ),
    ],
}


def _table(name: TableName) -> pa.Schema:
    return pa.schema([*SCHEMAS[name], *_ORIGIN, *_DERIVED[name]])


ROWS: Final[Mapping[TableName, pa.Schema]] = {name: _table(name) for name in TABLES}

_SUPERSEDED: Final = pa.struct(_plain(reading=_STRING, batch=_STRING, how=_STRING))
LEDGER_ROWS: Final[Mapping[Ledger, pa.Schema]] = {
    "runs": pa.schema(
        _plain(
            run=_STRING,
            at=MOMENT,
            state=_STRING,
            program=_STRING,
            coder=_STRING,
            sources=_STRINGS,
            committed=pa.int64(),
            unchanged=pa.int64(),
            rejected=pa.int64(),
        )
    ),
    "rejected": pa.schema(
        _plain(
            run=_STRING,
            at=MOMENT,
            origin=_STRING,
            place=_STRING,
            number=_STRING,
            reason=_STRING,
            document_kept=pa.bool_(),
        )
    ),
    "meta": pa.schema(_plain(schema=_STRING, at=MOMENT, program=_STRING, note=_STRING)),
    "commits": pa.schema(
        [
            *_plain(version=pa.int64(), at=MOMENT, kind=_STRING, batch=_STRING, run=_STRING),
            *_plain(coder=_STRING),
            *(pa.field(name, pa.int64()) for name in TABLES),
            pa.field("supersedes", pa.list_(_SUPERSEDED)),
            pa.field("discards", _STRINGS),
        ]
    ),
}

_NAME: Final = re.compile(r"(batch|live|old)-(\w+)(?:-\w+)?\.parquet$")


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a table. ``batch`` names the one batch it holds; a file that a compaction wrote
    holds what was committed at ``version``, all of it live or all of it superseded (``old``).
    """

    path: str
    batch: str | None = None
    version: int | None = None
    old: bool = False


def data_file(path: str) -> DataFile:
    """What the name of a file tells. Raises ValueError for a name that no writer gives."""
    match = _NAME.search(path)
    if match is None:
        raise ValueError(f"no file of an archive: {path}")
    kind, key = match[1], match[2]
    if kind == "batch":
        return DataFile(path, batch=key)
    return DataFile(path, version=int(key), old=kind == "old")


def batch_name(batch: str) -> str:
    """The name of the file that holds a batch's rows in each table."""
    return f"batch-{batch}.parquet"


def compacted_name(version: int, *, old: bool) -> str:
    """A new name for a file that holds what was committed at a version."""
    return f"{'old' if old else 'live'}-{version}-{token()}.parquet"


def token() -> str:
    """A name that nobody else has given."""
    return uuid.uuid4().hex[:16]
