"""The written forms of a reading: JSON values, Arrow tables and the published JSON Schema.

The last two are loaded only when asked for, so that writing JSON costs no such start.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from dragoman.schema.records import (
    RECORDS,
    RecordKind,
    actor_to_json,
    document_to_json,
    dumps,
    reading_from_json,
    reading_to_json,
    records_to_json,
)

if TYPE_CHECKING:
    from dragoman.schema.published import json_schema
    from dragoman.schema.tables import SCHEMAS, TableName, from_tables, to_tables

__all__ = [
    "RECORDS",
    "SCHEMAS",
    "RecordKind",
    "TableName",
    "actor_to_json",
    "document_to_json",
    "dumps",
    "from_tables",
    "json_schema",
    "reading_from_json",
    "reading_to_json",
    "records_to_json",
    "to_tables",
]

_LATER: Final = {
    "SCHEMAS": "tables",
    "TableName": "tables",
    "from_tables": "tables",
    "json_schema": "published",
    "to_tables": "tables",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
