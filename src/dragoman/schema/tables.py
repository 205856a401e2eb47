"""Readings as Arrow tables, one per kind of record, and back without loss.

Rows of a document may come back in any order and from several files: ``position`` keeps the
order within the document.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, get_args, get_origin

import pyarrow as pa

from dragoman.errors import SchemaError, problem
from dragoman.model import SCHEMA_VERSION, Document, Fragment, Reading, Span
from dragoman.schema.codec import ARROW, decoder, element, encode, fields, is_record, optional
from dragoman.schema.records import RECORDS, RecordKind, check_version

TableName = Literal["documents", "actors", "mentions", "statements", "events"]

_PLAIN: Final[Mapping[Any, pa.DataType]] = {
    str: pa.string(),
    int: pa.int32(),
    bool: pa.bool_(),
    float: pa.float64(),
    dt.date: pa.date32(),
}
# What a reading says of itself, kept with its document.
_OF_READING: Final[Mapping[str, Any]] = {"coder": str, "notes": tuple[str, ...]}


def arrow_type(hint: Any) -> pa.DataType:
    """The Arrow type of a model type. Raises TypeError for one that has none."""
    hint, _ = optional(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is Span:
        return pa.list_(_item(Fragment))
    if (inner := element(hint)) is not None:
        return pa.list_(_item(inner))
    if is_record(hint):
        return pa.struct(_columns(fields(hint)))
    if get_origin(hint) is Literal:
        return pa.int8() if isinstance(get_args(hint)[0], int) else pa.string()
    if get_origin(hint) is not None and issubclass(get_origin(hint), Mapping):
        return pa.map_(pa.string(), pa.string())
    raise TypeError(f"no Arrow type is known for {hint}")


def _item(hint: Any) -> pa.Field:
    return pa.field("item", arrow_type(hint), nullable=False)


def _columns(hints: Mapping[str, Any]) -> list[pa.Field]:
    return [
        pa.field(name, arrow_type(hint), nullable=optional(hint)[1]) for name, hint in hints.items()
    ]


def _schema(name: TableName) -> pa.Schema:
    version = pa.field("schema_version", pa.string(), nullable=False)
    if name == "documents":
        columns = [version, *_columns(fields(Document)), *_columns(_OF_READING)]
    else:
        document = pa.field("document_id", pa.string(), nullable=False)
        position = pa.field("position", pa.int32(), nullable=False)
        columns = [version, document, position, *_columns(fields(RECORDS[name]))]
    return pa.schema(columns, metadata={"dragoman.schema_version": SCHEMA_VERSION})


SCHEMAS: Final[Mapping[TableName, pa.Schema]] = {
    name: _schema(name) for name in get_args(TableName)
}


def to_tables(readings: Iterable[Reading]) -> dict[TableName, pa.Table]:
    """The readings as one table per kind, with the schemas of :data:`SCHEMAS`.

    Raises SchemaError when two readings have the same document id: the id is what ties the
    tables together.
    """
    rows: dict[TableName, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    seen: set[str] = set()
    for reading in readings:
        identifier = reading.document.id
        if identifier in seen:
            raise SchemaError(problem("DR080", id=identifier))
        seen.add(identifier)
        rows["documents"].append(_document_row(reading))
        for kind in RECORDS:
            rows[kind].extend(_record_rows(reading, kind))
    return {
        name: pa.Table.from_pylist(rows[name], schema=schema) for name, schema in SCHEMAS.items()
    }


def _document_row(reading: Reading) -> dict[str, Any]:
    row = {"schema_version": SCHEMA_VERSION, **encode(reading.document, ARROW)}
    return row | {name: encode(getattr(reading, name), ARROW) for name in _OF_READING}


def _record_rows(reading: Reading, kind: RecordKind) -> Iterable[dict[str, Any]]:
    for position, record in enumerate(getattr(reading, kind)):
        head = {
            "schema_version": SCHEMA_VERSION,
            "document_id": reading.document.id,
            "position": position,
        }
        yield {**head, **encode(record, ARROW)}


def from_tables(tables: Mapping[TableName, pa.Table]) -> list[Reading]:
    """The readings of these tables, in the order of the documents table.

    A table that is absent counts as empty. Raises SchemaError (a ValueError) where a row is of
    another schema version or does not fit the model.
    """
    records = {kind: _by_document(tables, kind) for kind in RECORDS}
    readings = []
    for row in _rows(tables, "documents"):
        try:
            document = decoder(Document)(row)
            own = {name: decoder(hint)(row[name]) for name, hint in _OF_READING.items()}
        except (KeyError, TypeError, ValueError) as error:
            raise SchemaError(problem("DR082", why=repr(error))) from error
        parts: dict[str, Any] = {
            kind: found.get(document.id, ()) for kind, found in records.items()
        }
        readings.append(Reading(document=document, **parts, **own))
    return readings


def _rows(tables: Mapping[TableName, pa.Table], name: TableName) -> Iterable[dict[str, Any]]:
    if name not in tables:
        return
    for batch in tables[name].to_batches():
        for row in batch.to_pylist():
            check_version(row.get("schema_version"))
            yield row


def _by_document(
    tables: Mapping[TableName, pa.Table], kind: RecordKind
) -> dict[str, tuple[Any, ...]]:
    decode = decoder(RECORDS[kind])
    found: defaultdict[str, list[tuple[int, Any]]] = defaultdict(list)
    for row in _rows(tables, kind):
        try:
            found[row["document_id"]].append((row["position"], decode(row)))
        except (KeyError, TypeError, ValueError) as error:
            raise SchemaError(problem("DR082", why=repr(error))) from error
    return {
        identifier: tuple(record for _, record in sorted(placed, key=lambda pair: pair[0]))
        for identifier, placed in found.items()
    }
