"""An archive of readings: Delta tables that many may read while others write.

``Archive(path)`` is one version of it. The packages it stands on (deltalake, duckdb) are an extra
of this one: ``pip install 'dragoman[archive]'``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError, problem

_MISSING = [name for name in ("deltalake", "duckdb") if find_spec(name) is None]
if _MISSING:
    raise DragomanError(problem("DR211", missing=", ".join(_MISSING)))

from dragoman.archive import filters, sandbox, snapshot  # noqa: E402
from dragoman.archive.connection import TIMEOUT, checked, connect, run  # noqa: E402
from dragoman.archive.copies import stories_of  # noqa: E402
from dragoman.archive.filters import Dates, Filter, Side  # noqa: E402
from dragoman.archive.grains import TABLE  # noqa: E402
from dragoman.archive.happenings import asked_for, rows_of  # noqa: E402
from dragoman.archive.layout import TABLES  # noqa: E402
from dragoman.archive.loading import load_ids  # noqa: E402
from dragoman.archive.migrations import check  # noqa: E402
from dragoman.archive.panels import Panel, Shape, panel  # noqa: E402
from dragoman.archive.searching import search  # noqa: E402
from dragoman.archive.snapshot import Revisions, Snapshot  # noqa: E402
from dragoman.archive.verifying import Flaw, verify  # noqa: E402

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from dragoman.model import Reading

__all__ = [
    "Archive",
    "Citation",
    "Dates",
    "Filter",
    "Flaw",
    "Panel",
    "Revisions",
    "Shape",
    "Side",
]


_FETCHED = 2000  # rows of events that are looked for first and fetched whole then


@dataclass(frozen=True, slots=True)
class Citation:
    """What a paper needs to name a version. ``content_hash`` is SHA-256 over the sorted digests of
    all readings, superseded ones included: who has the same hash has the same readings.
    """

    name: str
    version: int
    at: dt.datetime | None
    documents: int
    content_hash: str
    coders: tuple[str, ...]

    def __str__(self) -> str:
        day = self.at.date().isoformat() if self.at else "no date"
        return (
            f"{self.name}, version {self.version} ({day}): {self.documents} documents, "
            f"content hash sha256:{self.content_hash}; coded by {' and by '.join(self.coders)}."
        )


class Archive:
    """One version of an archive: the newest, number ``version``, or that of the moment ``as_of``
    (a day, its end in UTC). ``revisions`` "all" shows superseded texts too.

    It stays that version while others write. ``timeout`` (seconds) holds for each query, None for
    no limit. Raises DragomanError where there is no such archive or version.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        version: int | None = None,
        as_of: dt.datetime | dt.date | str | None = None,
        revisions: Revisions = "newest",
        timeout: float | None = None,
    ) -> None:
        self.path = Path(path)
        check(self.path)
        if version is not None and as_of is not None:
            raise DragomanError(problem("DR213"))
        self.revisions: Revisions = revisions
        self.timeout = timeout
        self.snapshot: Snapshot = snapshot.take(self.path, version, _moment(as_of))

    @property
    def version(self) -> int:
        """Its number; 0 where nothing was committed yet."""
        return self.snapshot.version

    def events(
        self,
        *,
        actor: str | None = None,
        side: Side = "either",
        type: str | None = None,
        mode: str | None = None,
        status: str | None = None,
        source: str | None = None,
        own_voice: bool = False,
        first: dt.date | None = None,
        last: dt.date | None = None,
        dates: Dates = "event",
        place: str | None = None,
        country: str | None = None,
        publisher: str | None = None,
        text: str | None = None,
        order: str | None = None,
        limit: int | None = None,
    ) -> pa.Table:
        """The events asked for, each with ``on_whose_word``. What the names mean:
        :class:`Filter`.
        """
        asked = Filter(
            actor=actor,
            side=side,
            type=type,
            mode=mode,
            status=status,
            source=source,
            own_voice=own_voice,
            first=first,
            last=last,
            dates=dates,
            place=place,
            country=country,
            publisher=publisher,
            text=text,
            order=order,
            limit=limit,
        )
        return self.find("events", asked)

    def statements(self, **asked: Any) -> pa.Table:
        """The statements asked for; the words of :class:`Filter`."""
        return self.find("statements", Filter(**asked))

    def mentions(self, **asked: Any) -> pa.Table:
        """The mentions asked for; the words of :class:`Filter`."""
        return self.find("mentions", Filter(**asked))

    def documents(self, **asked: Any) -> pa.Table:
        """The documents asked for; the words of :class:`Filter`."""
        return self.find("documents", Filter(**asked))

    def find(self, table: str, asked: Filter, columns: str = "*") -> pa.Table:
        """The rows of events, statements, mentions or documents that a filter asks for."""
        if table == "events" and columns == "*":
            query = filters.events(asked, filters.NARROW)
            found = run(self._connection, query.sql, query.values, self.timeout)
            if found.num_rows <= _FETCHED:
                query = filters.whole(asked, found)
                return run(self._connection, query.sql, query.values, self.timeout)
        query = filters.BUILDERS[table](asked, columns)
        return run(self._connection, query.sql, query.values, self.timeout)

    def count(self, table: str, asked: Filter) -> int:
        """How many rows a filter asks for, whatever its limit."""
        query = filters.count(filters.BUILDERS[table](asked))
        found: int = run(self._connection, query.sql, query.values, self.timeout)["n"][0].as_py()
        return found

    def sql(self, select: str, *, timeout: float | None = TIMEOUT, apart: bool = False) -> pa.Table:
        """The rows of one SELECT over documents, actors, mentions, statements and events.

        ``apart`` runs it in a process of its own, which is ended for certain: for SQL that
        somebody else wrote. Raises DragomanError for anything but a SELECT, where it fails, and
        after ``timeout`` seconds.
        """
        if apart:
            checked(self._connection, select)
            return sandbox.apart(self.path, self.version, self.revisions, select, timeout)
        return run(self._connection, checked(self._connection, select), (), timeout)

    def ask(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        """The rows of one SELECT of the program's own, with the values of its question marks."""
        return run(self._connection, sql, values, self.timeout)

    def search(self, words: str, *, limit: int | None = None) -> pa.Table:
        """Where the words stand, in texts and in statements: see ``searching.FOUND``."""
        return search(self._connection, words, limit, self.timeout)

    def stories(self) -> pa.Table:
        """The stories among the newest texts of this version, a row for each document in one: see
        ``copies.STORIES``. A document that shares its text with no other has no row.

        Computed the first time, kept in the archive's folder afterwards where that may be written.
        """
        return stories_of(self.snapshot)

    def panel(self, shape: Shape | None = None, **asked: Any) -> Panel:
        """Counts of events by pair of parties and period; what is asked for in the words of
        :class:`Filter`, what the panel looks like in those of :class:`Shape`.
        """
        return panel(self, Filter(**asked), shape or Shape(), rows_of)

    def occurrences(self, *, disputed: bool = False, several: int = 1, **asked: Any) -> pa.Table:
        """The occurrences that one of the events asked for belongs to, in the words of
        :class:`Filter` (its order and limit are not used), a row each with all its accounts: see
        ``happenings.OCCURRENCES``. ``disputed`` keeps those whose accounts contradict each other,
        ``several`` those that so many reports tell.

        Computed the first time over the newest texts of this version, kept in the archive's folder
        afterwards where that may be written.
        """
        wanted = Filter(**{**asked, "order": None, "limit": None})
        return asked_for(self, self.find("events", wanted, "reading, id"), disputed, several)

    def readings(self, ids: Iterable[str] | None = None) -> Iterator[tuple[str, Reading]]:
        """Readings by their ids (column ``reading``), all that this version shows if none are
        named.
        """
        if ids is None:
            sql = "SELECT reading FROM documents ORDER BY published, id, revision"
            ids = run(self._connection, sql, (), None)["reading"].to_pylist()
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            found = load_ids(self._connection, part)
            yield from ((key, found[key]) for key in part if key in found)

    def verify(self) -> Iterator[Flaw]:
        """What is wrong with this version: digests, offsets, references, lost or doubled rows."""
        return verify(self.snapshot)

    def cite(self, name: str | None = None) -> Citation:
        """What a paper needs to name this version."""
        connection = connect(self.snapshot, "all")
        try:
            sql = "SELECT digest, coder, id FROM documents"
            rows = run(connection, sql, (), None)
        finally:
            connection.close()
        hashed = hashlib.sha256("\n".join(sorted(rows["digest"].to_pylist())).encode())
        return Citation(
            name=name or self.path.resolve().name,
            version=self.version,
            at=self.snapshot.at,
            documents=len(set(rows["id"].to_pylist())),
            content_hash=hashed.hexdigest(),
            coders=tuple(sorted(set(rows["coder"].to_pylist()))),
        )

    def close(self) -> None:
        """Let go of the memory that queries took."""
        if "_connection" in self.__dict__:
            self._connection.close()
            del self.__dict__["_connection"]
            self.__dict__.pop("has_counts", None)

    @property
    def committed_events(self) -> int | None:
        """How many events the version has, where its log alone tells; None where some of them were
        superseded.
        """
        if self.snapshot.superseded(self.revisions):
            return None
        place = TABLES.index("events")
        return sum(one.counts[place] for one in self.snapshot.commits if one.batch is not None)

    @cached_property
    def has_counts(self) -> bool:
        """Whether events of this version are counted already: see ``grains``."""
        sql = "SELECT count(*) AS n FROM duckdb_views() WHERE view_name = ?"
        return bool(self.ask(sql, [TABLE])["n"][0].as_py())

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return connect(self.snapshot, self.revisions)


def _moment(value: dt.datetime | dt.date | str | None) -> dt.datetime | None:
    if isinstance(value, str):
        try:
            value = (
                dt.date.fromisoformat(value)
                if len(value) <= 10
                else dt.datetime.fromisoformat(value)
            )
        except ValueError:
            wanted = "a date or a moment"
            example = "it as 2026-03-01 or 2026-03-01T12:00:00+00:00"
            told = problem("DR212", value=value, wanted=wanted, example=example)
            raise DragomanError(told) from None
    if isinstance(value, dt.datetime):
        return value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    if value is None:
        return None
    return dt.datetime.combine(value, dt.time.max, dt.UTC)
