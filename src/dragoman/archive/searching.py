"""Words found in texts and statements, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import duckdb
import pyarrow as pa

from dragoman.archive.connection import run

FOUND: Final = pa.schema(
    [
        pa.field("document_id", pa.string()),
        pa.field("revision", pa.int32()),
        pa.field("published", pa.date32()),
        pa.field("publisher", pa.string()),
        pa.field("title", pa.string()),
        pa.field("found_in", pa.string()),
        pa.field("said_by", pa.string()),
        pa.field("on_whose_word", pa.string()),
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        pa.field("quote", pa.string()),
        pa.field("around", pa.string()),
    ]
)
_AROUND: Final = 60  # characters on each side


def search(
    connection: duckdb.DuckDBPyConnection, words: str, limit: int | None, timeout: float | None
) -> pa.Table:
    """The places of the words, rows of :data:`FOUND`: ``start`` and ``end`` are code points of the
    document's text, ``text[start:end] == quote``.

    The words stand together as whole words, in any case of letters, whatever blanks part them.
    A place within a statement is listed once for the text and once for each statement.
    """
    pattern = _pattern(words)
    first = max(words.split(), key=len, default="")
    sql = "SELECT * FROM documents WHERE contains(lower(text), lower(?)) ORDER BY published, id"
    documents = run(connection, sql, [first], timeout)
    keys = documents["reading"].to_pylist()
    sql = (
        "SELECT reading, content, said_by, on_whose_word FROM statements "
        "WHERE reading IN (SELECT unnest(?)) ORDER BY position"
    )
    statements: dict[str, list[dict[str, Any]]] = {}
    for row in run(connection, sql, [keys], timeout).to_pylist():
        statements.setdefault(row["reading"], []).append(row)
    rows: list[dict[str, Any]] = []
    for document in documents.to_pylist() if first else ():
        for row in _places(document, statements.get(document["reading"], []), pattern):
            rows.append(row)
            if len(rows) == limit:
                return pa.Table.from_pylist(rows, schema=FOUND)
    return pa.Table.from_pylist(rows, schema=FOUND)


def _pattern(words: str) -> re.Pattern[str]:
    joined = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){joined}(?!\w)", re.IGNORECASE)


def _places(
    document: dict[str, Any], statements: list[dict[str, Any]], pattern: re.Pattern[str]
) -> Iterator[dict[str, Any]]:
    text = document["text"]
    for match in pattern.finditer(text):
        start, end = match.span()
        place = {
            **{name: document[name] for name in ("revision", "published", "publisher", "title")},
            "document_id": document["id"],
            "start": start,
            "end": end,
            "quote": text[start:end],
            "around": text[max(0, start - _AROUND) : end + _AROUND],
        }
        yield {**place, "found_in": "text"}
        for said in statements:
            if any(part["start"] <= start and end <= part["end"] for part in said["content"]):
                told = {name: said[name] for name in ("said_by", "on_whose_word")}
                yield {**place, "found_in": "statement", **told}
