"""The occurrences of a version: computed when asked for, and kept beside the tables.

What is kept is a file named after what it was computed from, as that of stories is.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dragoman.archive.connection import connect, run
from dragoman.archive.copies import FOLDER, keep, stories_of
from dragoman.archive.loading import every
from dragoman.corpus.accounts import Account, accounts
from dragoman.corpus.disputes import voice
from dragoman.corpus.occurrences import METHOD, Occurrence, occurrences

if TYPE_CHECKING:
    from dragoman.archive import Archive
    from dragoman.model import Reading

_AT_ONCE: Final = 5_000  # occurrences
_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
_ACCOUNT: Final = pa.struct(
    [
        pa.field("reading", _TEXT),
        pa.field("event", _TEXT),
        pa.field("event_type", _TEXT),
        pa.field("event_mode", _TEXT),
        pa.field("document_id", _TEXT),
        pa.field("published", pa.date32()),
        pa.field("publisher", _TEXT),
        pa.field("story", _TEXT),
        pa.field("copy_of", _TEXT),
        pa.field("status", _TEXT),
        pa.field("on_whose_word", _TEXT),
        pa.field("speakers", _TEXTS),
        pa.field("initiators", _TEXTS),
        pa.field("recipients", _TEXTS),
        pa.field("day", pa.date32()),
        pa.field("last_day", pa.date32()),
        pa.field("place", _TEXT),
        pa.field("dead", pa.int64()),
        pa.field("trigger", _TEXT),
        pa.field("sentence", _TEXT),
    ]
)
_DISPUTE: Final = pa.struct(
    [
        pa.field("kind", _TEXT),
        pa.field("one", pa.int32()),
        pa.field("other", pa.int32()),
        pa.field("reason", _TEXT),
    ]
)
OCCURRENCES: Final = pa.schema(
    [
        pa.field("occurrence", _TEXT),
        pa.field("type", _TEXT),
        pa.field("mode", _TEXT),
        pa.field("realm", _TEXT),
        pa.field("day", pa.date32()),
        pa.field("last_day", pa.date32()),
        pa.field("place", _TEXT),
        pa.field("initiators", _TEXTS),
        pa.field("recipients", _TEXTS),
        pa.field("statuses", _TEXTS),
        pa.field("documents", pa.int32()),
        pa.field("independent", pa.int32()),
        pa.field("words_of", _TEXTS),
        pa.field("disputed", pa.bool_()),
        pa.field("crowded", pa.bool_()),
        pa.field("confidence", pa.float64()),
        pa.field("accounts", pa.list_(_ACCOUNT)),
        pa.field("disputes", pa.list_(_DISPUTE)),
    ]
)
"""A row an occurrence; ``one`` and ``other`` of a dispute are places in ``accounts``, from 0.
``crowded``: see ``dragoman.corpus.occurrences.Occurrence``.
"""
Copies = Mapping[str, tuple[str, str | None]]
"""The story of a document, and the document that it is a copy of."""
EVENTS: Final = pa.schema(
    [pa.field("reading", _TEXT), pa.field("event", _TEXT), pa.field("occurrence", _TEXT)]
)


def occurrences_of(archive: Archive) -> pa.Table:
    """A row of :data:`OCCURRENCES` for each occurrence among the newest texts of the version, by
    day; an event that no other report tells is one of its own.
    """
    connection = connect(archive.snapshot, "newest")
    try:
        sql = "SELECT reading, checksum, id FROM documents ORDER BY reading"
        rows = run(connection, sql, (), None).to_pylist()
    finally:
        connection.close()
    path = archive.snapshot.folder / FOLDER / f"occurrences-{_key(rows)}.parquet"
    with contextlib.suppress(OSError, pa.ArrowException):
        return pq.read_table(path)
    with _uncollected():
        table = _computed(archive)
    keep(path, table)
    return table


def rows_of(archive: Archive) -> pa.Table:
    """A row of :data:`EVENTS` for each event: which occurrence it tells."""
    parts = [EVENTS.empty_table()]
    for batch in occurrences_of(archive).to_batches():
        told, places = _told(batch)
        columns = [*told, batch["occurrence"].take(places)]
        parts.append(pa.Table.from_arrays(columns, schema=EVENTS))
    return pa.concat_tables(parts)


def _told(found: pa.RecordBatch) -> tuple[list[pa.Array], pa.Array]:
    """Reading and event of each account, and the place of its occurrence."""
    lists = found["accounts"]
    accounts = pc.list_flatten(lists)
    named = [pc.struct_field(accounts, name) for name in ("reading", "event")]
    return named, pc.list_parent_indices(lists)


def asked_for(archive: Archive, events: pa.Table, disputed: bool, several: int) -> pa.Table:
    """The occurrences that have one of these rows of events (``reading`` and ``id``), whole; only
    those that are disputed, only those that so many reports tell.
    """
    return kept(occurrences_of(archive), events, disputed, several)


def kept(given: pa.Table, events: pa.Table, disputed: bool, several: int) -> pa.Table:
    """Those of the rows of :data:`OCCURRENCES` that :func:`asked_for` is about."""
    wanted = pc.binary_join_element_wise(events["reading"], events["id"], "/").combine_chunks()
    parts = [OCCURRENCES.empty_table()]
    for batch in given.to_batches():
        told, places = _told(batch)
        is_wanted = pc.is_in(pc.binary_join_element_wise(*told, "/"), value_set=wanted)
        parts.append(pa.Table.from_batches([batch.take(pc.unique(places.filter(is_wanted)))]))
    found = pa.concat_tables(parts)
    if disputed:
        found = found.filter(found["disputed"])
    return found.filter(pc.greater_equal(found["documents"], several))


def _key(rows: Iterable[Mapping[str, Any]]) -> str:
    """A name for what occurrences depend on."""
    hashed = hashlib.sha256(f"{METHOD}; {OCCURRENCES}".encode())
    for row in rows:
        hashed.update(repr(tuple(row.values())).encode())
    return hashed.hexdigest()[:32]


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for cycles: accounts have none, and it goes through all of them
    again and again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _computed(archive: Archive) -> pa.Table:
    held = stories_of(archive.snapshot)
    copies = {row["document_id"]: (row["story"], row["source"]) for row in held.to_pylist()}
    connection = connect(archive.snapshot, "newest")
    try:
        return told(every(connection), copies)
    finally:
        connection.close()


def told(readings: Iterable[tuple[str, Reading]], copies: Copies) -> pa.Table:
    """A row of :data:`OCCURRENCES` for each occurrence among readings, given with their ids."""
    stories = {document: story for document, (story, _) in copies.items()}
    held = (account for key, reading in readings for account in accounts(reading, key))
    found = iter(occurrences(held, stories))
    parts = [OCCURRENCES.empty_table()]
    while some := list(islice(found, _AT_ONCE)):
        rows = [_row(one, copies) for one in some]
        parts.append(pa.Table.from_pylist(rows, schema=OCCURRENCES))
    return pa.concat_tables(parts)


def _row(one: Occurrence, copies: Copies) -> dict[str, Any]:
    place = {account.id: number for number, account in enumerate(one.accounts)}
    return {
        "occurrence": one.id,
        "type": one.type,
        "mode": one.mode,
        "realm": one.realm,
        "day": one.first,
        "last_day": one.last,
        "place": one.place,
        "initiators": [party.name for party in one.initiators],
        "recipients": [party.name for party in one.recipients],
        "statuses": list(dict.fromkeys(account.status for account in one.accounts)),
        "documents": one.documents,
        "independent": one.independent,
        "words_of": list(dict.fromkeys(map(voice, one.accounts))),
        "disputed": one.disputed,
        "crowded": one.crowded,
        "confidence": one.confidence,
        "accounts": [_account(account, copies) for account in one.accounts],
        "disputes": [
            {
                "kind": dispute.kind,
                "one": place[dispute.one],
                "other": place[dispute.other],
                "reason": dispute.reason,
            }
            for dispute in one.disputes
        ],
    }


def _account(account: Account, copies: Copies) -> dict[str, Any]:
    story, source = copies.get(account.document, (None, None))
    return {
        "reading": account.reading,
        "event": account.event,
        "event_type": account.type,
        "event_mode": account.mode,
        "document_id": account.document,
        "published": account.published,
        "publisher": account.publisher,
        "story": story,
        "copy_of": source,
        "status": account.status,
        "on_whose_word": account.whose,
        "speakers": list(account.speakers),
        "initiators": [party.name for party in account.initiators],
        "recipients": [party.name for party in account.recipients],
        "day": account.first,
        "last_day": account.last,
        "place": account.place.name if account.place else None,
        "dead": account.toll,
        "trigger": account.trigger,
        "sentence": account.sentence,
    }
