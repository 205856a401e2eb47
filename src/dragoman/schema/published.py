"""The published JSON Schema (draft 2020-12) of a reading, made from the model.

``reading.schema.json`` beside this module is its output; a test holds the two together. To write
it anew: ``python -m dragoman.schema.published``.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

from dragoman.model import SCHEMA_VERSION, Document, Fragment, Reading, Span
from dragoman.schema.codec import element, fields, is_record, optional
from dragoman.schema.records import RECORDS, dumps

FILE: Final = "reading.schema.json"
_VERSION: Final = {"const": SCHEMA_VERSION}
_PLAIN: Final[Mapping[Any, dict[str, Any]]] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": 0},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    dt.date: {"type": "string", "format": "date"},
}


def json_schema() -> dict[str, Any]:
    """The schema of what :func:`dragoman.schema.reading_to_json` returns.

    Each kind of record is under ``$defs`` and can be validated alone, as a line of JSONL holds it.
    """
    definitions: dict[str, Any] = {}
    reading = _record(Reading, definitions, {"schema_version": _VERSION})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:dragoman:reading:{SCHEMA_VERSION}",
        "title": "Reading",
        **reading,
        "$defs": dict(sorted(definitions.items())),
    }


def published() -> str:
    """The text of the schema file that ships with the package."""
    return resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")


def _record(hint: type, definitions: dict[str, Any], head: Mapping[str, Any]) -> dict[str, Any]:
    parts = {name: _value(part, definitions) for name, part in fields(hint).items()}
    properties = {**head, **parts}
    return {
        "description": _summary(hint),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _head(hint: type) -> dict[str, Any]:
    if hint is Document:
        return {"schema_version": _VERSION}
    if hint in RECORDS.values():
        return {"schema_version": _VERSION, "document_id": {"type": "string"}}
    return {}


def _value(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    inner, nullable = optional(hint)
    if nullable:
        return {"anyOf": [_value(inner, definitions), {"type": "null"}]}
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is Span:
        return _reference(hint, definitions)
    if (item := element(hint)) is not None:
        return {"type": "array", "items": _value(item, definitions)}
    if is_record(hint):
        return _reference(hint, definitions)
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is not None and issubclass(get_origin(hint), Mapping):
        return {"type": "object", "additionalProperties": {"type": "string"}}
    raise TypeError(f"no JSON Schema is known for {hint}")


def _reference(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = hint.__name__
    if name not in definitions:
        definitions[name] = {}
        if hint is Span:
            definitions[name] = {
                "description": _summary(hint),
                "type": "array",
                "items": _reference(Fragment, definitions),
                "minItems": 1,
            }
        else:
            definitions[name] = _record(hint, definitions, _head(hint))
    return {"$ref": f"#/$defs/{name}"}


def _summary(hint: type) -> str:
    first = (inspect.getdoc(hint) or "").split("\n\n")[0]
    return " ".join(first.split())


if __name__ == "__main__":
    Path(__file__).with_name(FILE).write_text(
        dumps(json_schema(), indent=2) + "\n", encoding="utf-8", newline="\n"
    )
