"""What engines exchange: documents in, coded documents out, a row of Arrow each.

A coded row holds the document, everything read from it as nested lists, and a digest; or why it
could not be read. So one schema serves a process, a pool and Spark alike.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from dragoman.errors import Problem, SchemaError, catalogue, problem
from dragoman.model import SCHEMA_VERSION, Document, Reading
from dragoman.schema.codec import ARROW, decoder, encode
from dragoman.schema.records import RECORDS, check_version, reading_to_json
from dragoman.schema.tables import SCHEMAS, TableName, from_tables

_OF_TABLE: Final = 3  # schema_version, document_id and position stand before a record's own fields
_OF_READING: Final = ("coder", "notes")


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, and why."""

    document: Document
    problem: Problem


def _documents() -> pa.Schema:
    schema = SCHEMAS["documents"]
    return pa.schema([field for field in schema if field.name not in _OF_READING])


def _coded() -> pa.Schema:
    def records(name: TableName) -> pa.Field:
        row = pa.struct(list(SCHEMAS[name])[_OF_TABLE:])
        return pa.field(name, pa.list_(pa.field("item", row, nullable=False)), nullable=False)

    return pa.schema(
        [
            *SCHEMAS["documents"],
            *map(records, RECORDS),
            pa.field("digest", pa.string()),
            pa.field("failure", pa.string()),
            pa.field("failure_reason", pa.string()),
        ]
    )


DOCUMENTS: Final = _documents()
CODED: Final = _coded()


def documents_to_batch(documents: Iterable[Document]) -> pa.RecordBatch:
    """The documents as rows of :data:`DOCUMENTS`."""
    rows = [{"schema_version": SCHEMA_VERSION, **encode(found, ARROW)} for found in documents]
    return pa.RecordBatch.from_pylist(rows, schema=DOCUMENTS)


def documents_from_batch(batch: pa.RecordBatch) -> list[Document]:
    """The documents of these rows. Raises SchemaError where one does not fit the model."""
    decode = decoder(Document)
    documents = []
    for row in batch.to_pylist():
        check_version(row.get("schema_version"))
        try:
            documents.append(decode(row))
        except (KeyError, TypeError, ValueError) as error:
            raise SchemaError(problem("DR082", why=repr(error))) from error
    return documents


def coded_to_batch(coded: Iterable[Reading | Failure]) -> pa.RecordBatch:
    """Readings and failures as rows of :data:`CODED`, in their order."""
    return pa.RecordBatch.from_pylist([_row(one) for one in coded], schema=CODED)


def _row(coded: Reading | Failure) -> dict[str, Any]:
    row = {"schema_version": SCHEMA_VERSION, **encode(coded.document, ARROW)}
    if isinstance(coded, Failure):
        told = {"failure": coded.problem.code, "failure_reason": coded.problem.what}
        return {**row, "coder": "", "notes": [], **{name: [] for name in RECORDS}, **told}
    parts = (*RECORDS, *_OF_READING)
    row |= {name: encode(getattr(coded, name), ARROW) for name in parts}
    return {**row, "digest": digest(coded)}


def coded_from_batch(batch: pa.RecordBatch) -> list[Reading | Failure]:
    """The readings and failures of these rows, in their order."""
    found: list[Reading | Failure] = []
    failed: list[str | None] = batch["failure"].to_pylist()
    for place, number in enumerate(failed):
        row = batch.slice(place, 1)
        if number is None:
            found += from_tables(split(pa.Table.from_batches([row])))
        else:
            (document,) = documents_from_batch(row.select(DOCUMENTS.names))
            why = row["failure_reason"][0].as_py()
            found.append(Failure(document, Problem(number, why, catalogue()[number][1])))
    return found


def digest(reading: Reading) -> str:
    """SHA-256, in hex, of all that a reading says. Where its file lay (``origin``) is left out:
    the same reports in another folder have the same digest.
    """
    plain = dataclasses.replace(
        reading, document=dataclasses.replace(reading.document, origin=None)
    )
    text = json.dumps(reading_to_json(plain), sort_keys=True, ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def split(coded: pa.Table) -> dict[TableName, pa.Table]:
    """Coded rows as tables with the schemas of :data:`SCHEMAS`. Failures must be gone."""
    whole = coded.combine_chunks()
    documents: pa.Table = whole.select(SCHEMAS["documents"].names)
    tables: dict[TableName, pa.Table] = {"documents": documents.cast(SCHEMAS["documents"])}
    for name in RECORDS:
        tables[name] = _records(whole, name)
    return tables


def _records(coded: pa.Table, name: TableName) -> pa.Table:
    import numpy as np
    import pyarrow.compute as pc

    schema = SCHEMAS[name]
    if not coded.num_rows:
        return schema.empty_table()
    lists = coded[name].chunk(0)
    parents = pc.list_parent_indices(lists)
    lengths = np.asarray(pc.list_value_length(lists))
    starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
    position = pa.array(np.arange(len(parents)) - starts, pa.int32())
    version = pa.array([SCHEMA_VERSION] * len(parents), pa.string())
    flat = pc.list_flatten(lists)
    columns: Mapping[str, Any] = {
        "schema_version": version,
        "document_id": coded["id"].chunk(0).take(parents),
        "position": position,
    }
    own = [flat.field(field.name) for field in schema if field.name not in columns]
    return pa.Table.from_arrays([*columns.values(), *own], schema=schema)
