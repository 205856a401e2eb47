"""Readings and their records as JSON values, and back without loss."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from dragoman.errors import SchemaError, problem
from dragoman.model import (
    SCHEMA_VERSION,
    Actor,
    Document,
    Event,
    Mention,
    Reading,
    Statement,
)
from dragoman.schema.codec import JSON, decoder, encode, fields

RecordKind = Literal["actors", "mentions", "statements", "events"]

# Each kind of record a reading lists, under the name of the reading's field.
RECORDS: Final[Mapping[RecordKind, type]] = {
    "actors": Actor,
    "mentions": Mention,
    "statements": Statement,
    "events": Event,
}

# Characters that change how a terminal or an editor shows the rest of a line. They stand only
# inside JSON strings, where an escape means the same character.
_UNSEEN: Final = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """The whole reading as JSON types.

    The document, every record and the reading itself carry ``schema_version``; a record also
    carries ``document_id``, so that it means the same when cut out and kept alone.
    """
    result: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "document": document_to_json(reading.document),
    }
    for kind in RECORDS:
        result[kind] = list(records_to_json(reading, kind))
    result["coder"] = reading.coder
    result["notes"] = list(reading.notes)
    return result


def records_to_json(reading: Reading, kind: RecordKind) -> Iterator[dict[str, Any]]:
    """The records of one kind, each with schema version and document id."""
    head = {"schema_version": SCHEMA_VERSION, "document_id": reading.document.id}
    for record in getattr(reading, kind):
        yield {**head, **encode(record, JSON)}


def reading_from_json(value: Mapping[str, Any]) -> Reading:
    """The reading that :func:`reading_to_json` wrote.

    Raises SchemaError (a ValueError) where the value is of another schema version or does not fit.
    """
    check_version(value.get("schema_version"))
    try:
        parts = {name: decoder(hint)(value[name]) for name, hint in fields(Reading).items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SchemaError(problem("DR082", why=repr(error))) from error
    return Reading(**parts)


def document_to_json(document: Document) -> dict[str, Any]:
    """A document as JSON types, with ``schema_version``."""
    return {"schema_version": SCHEMA_VERSION, **encode(document, JSON)}


def actor_to_json(actor: Actor) -> dict[str, Any]:
    """An actor of the register as JSON types, with ``schema_version``; no document has it."""
    return {"schema_version": SCHEMA_VERSION, **encode(actor, JSON)}


def check_version(found: object) -> None:
    """Raise SchemaError unless ``found`` is the version this program reads."""
    if found != SCHEMA_VERSION:
        raise SchemaError(problem("DR081", found=found, expected=SCHEMA_VERSION))


def dumps(value: object, *, indent: int | None = None) -> str:
    """JSON text on which a terminal can be let loose: no control or direction-changing characters.

    Raises ValueError for NaN and the infinities, which JSON does not have.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
