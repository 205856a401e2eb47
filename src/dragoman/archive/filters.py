"""What a query asks for, as conditions of SQL with their values beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from dragoman.errors import DragomanError, problem
from dragoman.schema.tables import TableName

if TYPE_CHECKING:
    import pyarrow as pa

Side = Literal["either", "initiator", "recipient"]
Dates = Literal["event", "publication"]

# What rows can be ordered by, and the column or expression that it is in each table.
ORDERS: Final[dict[str, dict[str, str]]] = {
    "events": {
        "date": "earliest",
        "published": "published",
        "type": "type",
        "confidence": "confidence",
        "intensity": "intensity",
    },
    "statements": {"date": "published", "type": "act", "confidence": "confidence"},
    "mentions": {"date": "published", "type": "kind"},
    "documents": {"date": "published"},
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; what is None or False is not asked for.

    ``actor`` and ``source`` are ids of the register (``state:PER``) or names, in any case of
    letters. ``first`` and ``last`` bound the day of the event, or of publication where an event
    has none or ``dates`` says so, both included. ``place`` is a name, ``country`` the ISO 3166-1
    alpha-3 code of the place. ``text`` has to stand in the document, in any case of letters.
    ``order`` is a column of :data:`ORDERS`, with ``-`` in front from the greatest down.
    """

    actor: str | None = None
    side: Side = "either"
    type: str | None = None
    mode: str | None = None
    status: str | None = None
    source: str | None = None
    own_voice: bool = False
    first: dt.date | None = None
    last: dt.date | None = None
    dates: Dates = "event"
    place: str | None = None
    country: str | None = None
    publisher: str | None = None
    text: str | None = None
    order: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """SQL with the values of its question marks."""

    sql: str
    values: tuple[Any, ...] = ()


class _Where:
    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[Any] = []

    def add(self, condition: str, *values: Any) -> None:
        self.conditions.append(condition)
        self.values.extend(values)


_USUAL: Final = "earliest, document_id"


def _is_among(column: str, value: str) -> tuple[str, tuple[str, ...]]:
    """Whether a list of actors has one of that id or name."""
    if ":" in value:
        return f"list_contains({column}, ?)", (value,)
    ids = "coalesce((SELECT list(DISTINCT id) FROM actors WHERE lower(name) = lower(?)), [])"
    named = f"list_contains(list_transform({column}, lambda x: lower(x)), lower(?))"
    return f"(list_has_any({column}, {ids}) OR {named})", (value, value)


def events(asked: Filter, columns: str = "*") -> Query:
    """The query for events."""
    where = _Where()
    _actor(where, asked)
    for name in ("type", "mode", "status"):
        if (value := getattr(asked, name)) is not None:
            # Equal to a value as it is, so that files without it are not read.
            where.add(
                f"{name} IN (?, ?)", value, value.upper() if name == "type" else value.lower()
            )
    if asked.source is not None:
        condition, values = _is_among("speakers", asked.source)
        where.add(condition, *values)
    if asked.own_voice:
        where.add("own_voice")
    if asked.place is not None:
        where.add("(lower(place_name) = lower(?) OR starts_with(lower(place_name), lower(?)))",
                  asked.place, f"{asked.place},")  # fmt: skip
    if asked.country is not None:
        where.add("place_country = upper(?)", asked.country)
    _dates(where, asked, has_days=True)
    _of_document(where, asked)
    return _query("events", columns, where, asked, _USUAL)


def statements(asked: Filter, columns: str = "*") -> Query:
    """The query for statements: ``source`` or ``actor`` is who speaks, ``type`` the act."""
    where = _Where()
    for speaker in (asked.source, asked.actor):
        if speaker is not None and ":" in speaker:
            where.add("speaker = ?", speaker)
        elif speaker is not None:
            where.add("lower(said_by) = lower(?)", speaker)
    if asked.type is not None:
        where.add("lower(act) = lower(?)", asked.type)
    if asked.own_voice:
        where.add("parent IS NULL")
    _dates(where, asked)
    _of_document(where, asked)
    return _query("statements", columns, where, asked, "published, document_id")


def mentions(asked: Filter, columns: str = "*") -> Query:
    """The query for mentions: of ``actor`` or ``place``, in a ``country``; ``type`` is the kind."""
    where = _Where()
    if asked.actor is not None and ":" in asked.actor:
        where.add("actor = ?", asked.actor)
    elif asked.actor is not None:
        where.add("actor IN (SELECT id FROM actors WHERE lower(name) = lower(?))", asked.actor)
    if asked.place is not None:
        where.add("lower(place.name) = lower(?)", asked.place)
    if asked.country is not None:
        where.add("place.country = upper(?)", asked.country)
    if asked.type is not None:
        where.add("kind = lower(?)", asked.type)
    _dates(where, asked)
    _of_document(where, asked)
    return _query("mentions", columns, where, asked, "published, document_id")


def documents(asked: Filter, columns: str = "*") -> Query:
    """The query for documents."""
    where = _Where()
    _dates(where, asked)
    if asked.publisher is not None:
        where.add("lower(publisher) = lower(?)", asked.publisher)
    if asked.text is not None:
        where.add("contains(lower(text), lower(?))", asked.text)
    return _query("documents", columns, where, asked, "published, id")


def _actor(where: _Where, asked: Filter) -> None:
    if asked.actor is None:
        return
    sides = {"initiator": ["initiators"], "recipient": ["affected"]}
    found = [_is_among(side, asked.actor) for side in sides.get(asked.side, _BOTH)]
    if asked.side == "recipient":
        # Parties that act on one another are both.
        condition, values = _is_among("initiators", asked.actor)
        found.append((f"(reciprocal AND {condition})", values))
    if asked.side == "initiator":
        condition, values = _is_among("affected", asked.actor)
        found.append((f"(reciprocal AND {condition})", values))
    where.add(f"({' OR '.join(one for one, _ in found)})", *(v for _, vs in found for v in vs))


_BOTH: Final = ["initiators", "affected"]


def _dates(where: _Where, asked: Filter, has_days: bool = False) -> None:
    has_days = has_days and asked.dates == "event"
    begins = "earliest" if has_days else "published"
    ends = "latest" if has_days else "published"
    if asked.first is not None:
        where.add(f"{ends} >= ?", asked.first)
    if asked.last is not None:
        where.add(f"{begins} <= ?", asked.last)


def _of_document(where: _Where, asked: Filter) -> None:
    if asked.publisher is not None:
        where.add("lower(publisher) = lower(?)", asked.publisher)
    if asked.text is not None:
        inside = "SELECT reading FROM documents WHERE contains(lower(text), lower(?))"
        where.add(f"reading IN ({inside})", asked.text)


def _query(table: TableName, columns: str, where: _Where, asked: Filter, usual: str) -> Query:
    if asked.order is not None and asked.order.removeprefix("-") not in ORDERS[table]:
        wanted = f"an order of {table}"
        raise DragomanError(
            problem("DR212", value=asked.order, wanted=wanted, example=", ".join(ORDERS[table]))
        )
    condition = f" WHERE {' AND '.join(where.conditions)}" if where.conditions else ""
    order = usual
    if asked.order is not None:
        down = asked.order.startswith("-")
        by = ORDERS[table][asked.order.removeprefix("-")]
        order = f"{by} {'DESC' if down else 'ASC'} NULLS LAST, {usual}"
    rest = "" if table == "documents" else ", revision, position"
    limit = f" LIMIT {int(asked.limit)}" if asked.limit is not None else ""
    sql = f"SELECT {columns} FROM {table}{condition} ORDER BY {order}{rest}{limit}"
    return Query(sql, tuple(where.values))


NARROW: Final = "reading, position, earliest, initiator"
"""What has to be known of events to fetch them whole: see :func:`whole`."""


def whole(asked: Filter, found: pa.Table) -> Query:
    """The query for events whose columns of :data:`NARROW` are known, in the order asked for.

    A row of events is wide. Bounds on the day and the initiator, by which compacted files are
    laid out, keep most of them unread; which rows are meant the keys say.
    """
    import pyarrow.compute as pc

    where = _Where()
    for name in ("earliest", "initiator"):
        if found.num_rows and not found[name].null_count:
            ends = pc.min_max(found[name]).as_py()
            where.add(f"{name} >= ? AND {name} <= ?", ends["min"], ends["max"])
    keys = "(reading, position) IN (SELECT unnest(?), unnest(?))"
    where.add(keys, found["reading"].to_pylist(), found["position"].to_pylist())
    return _query("events", "*", where, asked, _USUAL)


BUILDERS: Final = {
    "events": events,
    "statements": statements,
    "mentions": mentions,
    "documents": documents,
}


def count(query: Query) -> Query:
    """How many rows a query has, whatever its limit."""
    inner: Sequence[str] = query.sql.rpartition(" ORDER BY ")
    return Query(f"SELECT count(*) AS n FROM ({inner[0]})", query.values)
