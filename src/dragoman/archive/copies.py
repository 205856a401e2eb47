"""The stories of a version: computed when asked for, and kept beside the tables.

What is kept is a file named after what it was computed from (ids, texts, dates and publishers of
the live documents), written elsewhere and then given its name at once: whoever writes it writes
the same, and nobody reads half of it. It can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.archive.connection import connect, run
from dragoman.archive.layout import token
from dragoman.archive.snapshot import Snapshot
from dragoman.corpus.shingles import is_short
from dragoman.corpus.stories import METHOD, stories
from dragoman.model import Document

FOLDER: Final = "cache"
_KEPT: Final = 8  # files
_AT_ONCE: Final = 2_000  # documents

STORIES: Final = pa.schema(
    [
        pa.field("story", pa.string()),
        pa.field("copies", pa.int32()),
        pa.field("place", pa.int32()),
        pa.field("document_id", pa.string()),
        pa.field("reading", pa.string()),
        pa.field("published", pa.date32()),
        pa.field("publisher", pa.string()),
        pa.field("title", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("source", pa.string()),
        pa.field("share", pa.float64()),
        pa.field("credit", pa.string()),
    ]
)


def stories_of(found: Snapshot) -> pa.Table:
    """A row of :data:`STORIES` for each document in a story, the stories by the day of their first
    document, ``place`` counting from 0 for the first.

    The newest texts of the version are compared. The schema's metadata say how many documents
    there are (``dragoman.documents``), and how many too short to tell (``dragoman.too_short``).
    """
    connection = connect(found, "newest")
    try:
        path = found.folder / FOLDER / f"stories-{_key(connection)}.parquet"
        with contextlib.suppress(OSError, pa.ArrowException):
            return pq.read_table(path)
        table = _computed(connection)
    finally:
        connection.close()
    keep(path, table)
    return table


def _key(connection: Any) -> str:
    """A name for what stories depend on."""
    sql = "SELECT id, content, published, publisher FROM documents ORDER BY id"
    hashed = hashlib.sha256(METHOD.encode())
    for row in run(connection, sql, (), None).to_pylist():
        hashed.update(repr(tuple(row.values())).encode())
    return hashed.hexdigest()[:32]


def _computed(connection: Any) -> pa.Table:
    counts = {"documents": 0, "too_short": 0}
    found = stories(_documents(connection, counts))
    sql = "SELECT id, reading, title FROM documents"
    beside = {row["id"]: row for row in run(connection, sql, (), None).to_pylist()}
    rows = [
        {
            "story": story.id,
            "copies": len(story.documents),
            "place": place,
            "document_id": copy.id,
            "reading": beside[copy.id]["reading"],
            "published": copy.published,
            "publisher": copy.publisher,
            "title": beside[copy.id]["title"],
            "kind": copy.kind,
            "source": copy.source,
            "share": copy.share,
            "credit": copy.credit,
        }
        for story in found
        for place, copy in enumerate(story.documents)
    ]
    told = {f"dragoman.{name}": str(count) for name, count in counts.items()}
    return pa.Table.from_pylist(rows, schema=STORIES.with_metadata(told))


def _documents(connection: Any, counts: dict[str, int]) -> Iterator[Document]:
    sql = "SELECT id, text, published, publisher, preamble FROM documents"
    for batch in connection.execute(sql).to_arrow_reader(_AT_ONCE):
        for row in batch.to_pylist():
            counts["documents"] += 1
            counts["too_short"] += is_short(row["text"][row["preamble"] :])
            yield Document(**row)


def keep(path: Path, table: pa.Table) -> None:
    """Keep it, if the archive may be written to, and the newest others of its kind."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        target = path.with_name(f".{path.name}.{token()}")
        try:
            pq.write_table(table, target, compression="zstd")
            os.replace(target, path)
        finally:
            target.unlink(missing_ok=True)
        kind = path.name.partition("-")[0]
        files = sorted(path.parent.glob(f"{kind}-*.parquet"), key=lambda one: one.stat().st_mtime)
        for old in files[:-_KEPT]:
            old.unlink(missing_ok=True)
