"""Rows of the tables as an archive holds them: coded rows, with what queries need beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from dragoman.archive.layout import ROWS, TABLES
from dragoman.export import wording
from dragoman.model import Event, Participant, Reading, Statement
from dragoman.schema.coded import split
from dragoman.schema.tables import TableName, from_tables


def tables(
    coded: pa.Table, readings: Sequence[str], revisions: Sequence[int], run: str, batch: str
) -> dict[TableName, pa.Table]:
    """The five tables of a batch of coded rows, with the schemas of ``ROWS``.

    ``readings`` and ``revisions`` go with the rows. The columns of :data:`ROWS` that the schema
    of readings has not are made here.
    """
    plain = split(coded)
    origin = {
        "reading": list(readings),
        "revision": list(revisions),
        "coder": coded["coder"].to_pylist(),
    }
    place = {identifier: row for row, identifier in enumerate(coded["id"].to_pylist())}
    made = derived(from_tables(plain))
    made["documents"] = {
        "content": coded["content"].to_pylist(),
        "digest": coded["digest"].to_pylist(),
        "checksum": coded["digest"].to_pylist(),
    }
    whole = {}
    for name in TABLES:
        key = "id" if name == "documents" else "document_id"
        rows = [place[identifier] for identifier in plain[name][key].to_pylist()]
        columns: dict[str, Any] = {
            **made[name],
            **{column: [values[row] for row in rows] for column, values in origin.items()},
            "run": [run] * len(rows),
            "batch": [batch] * len(rows),
        }
        whole[name] = _widened(plain[name], ROWS[name], columns)
    return whole


def _widened(table: pa.Table, schema: pa.Schema, columns: Mapping[str, Any]) -> pa.Table:
    arrays = [
        table[field.name] if field.name in table.column_names
        else pa.array(columns[field.name], field.type)
        for field in schema
    ]  # fmt: skip
    return pa.Table.from_arrays(arrays, schema=schema)


def derived(readings: Iterable[Reading]) -> dict[TableName, dict[str, list[Any]]]:
    """The columns made from others, by table, in the order of the readings and their records."""
    found: dict[TableName, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for reading in readings:
        document = reading.document
        published = {"published": document.published, "publisher": document.publisher}
        found["mentions"].extend(published for _ in reading.mentions)
        found["statements"].extend(
            published | _statement(reading, one) for one in reading.statements
        )
        found["events"].extend(published | _event(reading, one) for one in reading.events)
    return {
        name: {column: [row[column] for row in rows] for column in rows[0]} if rows else _none(name)
        for name, rows in found.items()
    }


def _none(name: TableName) -> dict[str, list[Any]]:
    return {column: [] for column in ROWS[name].names}


def _statement(reading: Reading, statement: Statement) -> dict[str, Any]:
    return {
        "on_whose_word": wording.on_whose_word(reading, wording.parents(reading, statement)),
        "said_by": wording.source_name(reading, statement),
        "words": statement.content.quote,
    }


def _event(reading: Reading, event: Event) -> dict[str, Any]:
    place = wording.place_of(reading, event)
    time = event.time
    chain = wording.chain(reading, event)
    return {
        "on_whose_word": wording.whose_event(reading, event),
        "own_voice": not event.according_to,
        "speakers": [one.speaker or wording.source_name(reading, one) for one in chain],
        "initiators": [_who(one) for one in event.actors],
        "affected": [_who(one) for one in event.recipients],
        "initiator": _who(event.actors[0]) if event.actors else None,
        "recipient": _who(event.recipients[0]) if event.recipients else None,
        "day": time.first if time else None,
        "last_day": time.last if time else None,
        "earliest": (time and (time.first or time.last)) or reading.document.published,
        "latest": (time and (time.last or time.first)) or reading.document.published,
        "place_name": wording.where(reading, event) or None,
        "place_country": place.country if place else None,
    }


def _who(participant: Participant) -> str:
    return participant.actor or participant.name
