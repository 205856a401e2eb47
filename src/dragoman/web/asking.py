"""The explorer's questions to an archive: a page of rows, counts by facet, all values bound."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dragoman.archive import Archive
from dragoman.archive.filters import BUILDERS, Query
from dragoman.archive.grains import choose
from dragoman.errors import DragomanError, problem
from dragoman.web.wanted import Table, Wanted, order_column, sealed

PAGE: Final = 50  # rows
_FACET: Final = 10  # values shown of each

_COLUMNS: Final[Mapping[Table, str]] = {
    "events": (
        "reading, document_id, revision, position, id, published, publisher, type, mode, status, "
        "reciprocal, confidence, time, place_name, on_whose_word, own_voice, trigger, "
        "list_transform(actors, lambda p: p.name) AS who, "
        "list_transform(recipients, lambda p: p.name) AS whom"
    ),
    "statements": (
        "reading, document_id, revision, position, id, published, publisher, act, kind, "
        "on_whose_word, said_by, speaker, words, confidence"
    ),
    "documents": (
        "reading, id AS document_id, revision, 0 AS position, published, publisher, title, url, "
        "origin, left(text, 400) AS text, preamble"
    ),
}
_KEY: Final[Mapping[Table, str]] = {
    "events": "document_id, revision, position",
    "statements": "document_id, revision, position",
    "documents": "id, revision, 0",
}
# The same to order by, where a number would be the place of a column.
_TIES: Final = {table: key.removesuffix(", 0") for table, key in _KEY.items()}


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list, how many there are in all, and the key of the next page, if any."""

    rows: list[dict[str, Any]]
    count: int
    following: str | None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: as asked for, as shown, how many rows have it."""

    value: str
    shown: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: the address's name for it, a heading, values from the most frequent down."""

    name: str
    title: str
    values: tuple[Value, ...]


def chosen(asked: Wanted) -> Query:
    """The rows asked for, in no order."""
    query = BUILDERS[asked.table](asked.filter(), "*")
    sql, values = query.sql.rpartition(" ORDER BY ")[0], query.values
    conditions: list[str] = []
    if asked.counterpart is not None and asked.table == "events":
        condition, more = _opposite(asked)
        conditions.append(condition)
        values = (*values, *more)
    if asked.within is not None:
        conditions.append("reading IN (SELECT unnest(?))")
        values = (*values, list(asked.within))
    if not conditions:
        return Query(sql, values)
    return Query(f"SELECT * FROM ({sql}) WHERE {' AND '.join(conditions)}", values)


def _opposite(asked: Wanted) -> tuple[str, tuple[Any, ...]]:
    """Whether the counterpart stands on the other side than the actor, in mutual events on any."""
    other, actor = asked.counterpart or "", asked.actor
    if actor is None:
        (left, a), (right, b) = _has("initiators", other), _has("affected", other)
        return f"({left} OR {right})", (*a, *b)
    (did, a), (was, b) = _has("initiators", actor), _has("affected", other)
    (has, c), (by, d) = _has("affected", actor), _has("initiators", other)
    one, two = f"({did} AND {was})", f"({has} AND {by})"
    if asked.side == "recipient":
        one, two, a, b, c, d = two, one, c, d, a, b
    if asked.side != "either":
        two = f"(reciprocal AND {two})"
    return f"({one} OR {two})", (*a, *b, *c, *d)


def _has(column: str, value: str) -> tuple[str, tuple[Any, ...]]:
    """Whether a list of actors has one of that id, or of that name in any case of letters."""
    if ":" in value:
        return f"list_contains({column}, ?)", (value,)
    ids = "coalesce((SELECT list(DISTINCT id) FROM actors WHERE lower(name) = lower(?)), [])"
    named = f"list_contains(list_transform({column}, lambda x: lower(x)), lower(?))"
    return f"(list_has_any({column}, {ids}) OR {named})", (value, value)


def page(archive: Archive, asked: Wanted, size: int = PAGE) -> Page:
    """A page of the rows asked for, in their order."""
    by, down = order_column(asked.table, asked.order), asked.order.startswith("-")
    inner = chosen(asked)
    key = _KEY[asked.table]
    where, values = _beyond(asked, by, key, down)
    order = f"{by} {'DESC' if down else 'ASC'} NULLS LAST, {_TIES[asked.table]}"
    document = "id" if asked.table == "documents" else "document_id"
    position = "0" if asked.table == "documents" else "position"
    sql = (
        f"SELECT reading, {position} AS place, {document} AS document_id, revision, "
        f"{by} AS sorted{_BOUNDED[asked.table]} FROM ({inner.sql}){where} "
        f"ORDER BY {order} LIMIT {size + 1}"
    )
    found = archive.ask(sql, (*inner.values, *values)).to_pylist()
    following = None
    if len(found) > size:
        found.pop()
        last = found[-1]
        row = last["sorted"], last["document_id"], last["revision"], last["place"]
        following = sealed(row)
    return Page(whole(archive, asked.table, found), count(archive, asked), following)


# What rows lie by in compacted files: with bounds on it most of a file is not unpacked.
_BOUNDED: Final[Mapping[Table, str]] = {
    "events": ", earliest, initiator",
    "statements": "",
    "documents": "",
}


def whole(
    archive: Archive, table: Table, wanted: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """What a list shows of rows that are known by ``reading`` and ``place``, events also by
    ``earliest`` and ``initiator``, in their order.

    Wide columns are read for them alone: reading them for all rows first takes far longer.
    """
    if not wanted:
        return []
    keys = [(row["reading"], row["place"]) for row in wanted]
    conditions, values = ["reading IN (SELECT unnest(?))"], [sorted({key for key, _ in keys})]
    if table != "documents":
        conditions.append("(reading, position) IN (SELECT unnest(?), unnest(?))")
        values += [[reading for reading, _ in keys], [place for _, place in keys]]
    for name in _BOUNDED[table].split(", ")[1:]:
        held = [row[name] for row in wanted]
        if None not in held:
            conditions.append(f"{name} BETWEEN ? AND ?")
            values += [min(held), max(held)]
    sql = f"SELECT {_COLUMNS[table]} FROM {table} WHERE {' AND '.join(conditions)}"
    rows = archive.ask(sql, values).to_pylist()
    found = {(row["reading"], row["position"]): row for row in rows}
    return [found[key] for key in keys]


def narrowed(archive: Archive, asked: Wanted) -> Wanted:
    """The same, the reports with the words looked for once and not in each question."""
    if asked.text is None or asked.table == "documents":
        return asked
    sql = "SELECT reading FROM documents WHERE contains(lower(text), lower(?)) ORDER BY reading"
    found = archive.ask(sql, [asked.text])["reading"].to_pylist()
    return dataclasses.replace(asked, text=None, within=tuple(found))


def count(archive: Archive, asked: Wanted) -> int:
    """How many rows are asked for, on all pages."""
    counted = _counted(archive, asked.without("after"), ())
    table = archive.ask(
        f"WITH {counted.sql} SELECT sum(n)::BIGINT AS n FROM chosen", counted.values
    )
    return int(table["n"][0].as_py() or 0)


def _counted(archive: Archive, asked: Wanted, columns: Sequence[str], how: str = "NOT ") -> Query:
    """``chosen`` with these columns and ``n``, how many rows asked for each of its rows stands for:
    of the archive's counts, where these hold all that is asked for.
    """
    opposite = ("initiators", "affected", "reciprocal") if asked.counterpart is not None else ()
    before, number = "", "1 AS n"
    if asked.table == "events" and asked.within is None and archive.has_counts:
        found = choose(asked.filter(), {*columns, *opposite})
        if found is not None:
            before, number = f"events AS NOT MATERIALIZED ({found.sql}), ", "n"
            if not opposite:
                asked = dataclasses.replace(asked, actor=found.asked.actor)
    inner = chosen(asked)
    named = ", ".join([*columns, number])
    sql = f"{before}chosen AS {how}MATERIALIZED (SELECT {named} FROM ({inner.sql}))"
    return Query(sql, inner.values)


def keys(archive: Archive, asked: Wanted) -> list[tuple[str, int]]:
    """Reading and position of all rows asked for, in their order."""
    by, down = order_column(asked.table, asked.order), asked.order.startswith("-")
    inner = chosen(asked)
    position = "0" if asked.table == "documents" else "position"
    sql = (
        f"SELECT reading, {position} AS place FROM ({inner.sql}) ORDER BY {by} "
        f"{'DESC' if down else 'ASC'} NULLS LAST, {_TIES[asked.table]}"
    )
    found = archive.ask(sql, inner.values)
    return list(zip(found["reading"].to_pylist(), found["place"].to_pylist(), strict=True))


def _beyond(asked: Wanted, by: str, key: str, down: bool) -> tuple[str, tuple[Any, ...]]:
    """The condition that a row comes after the key's."""
    if asked.after is None:
        return "", ()
    value, *rest = asked.after
    later = f"({key}) > (?, ?, ?)"
    if value is None:
        return f" WHERE {by} IS NULL AND {later}", tuple(rest)
    if by in ("earliest", "published"):
        value = _day(value)
    elif isinstance(value, str) != (by in ("type", "act")):
        raise _unfit(value)
    sign = "<" if down else ">"
    condition = f" WHERE ({by} IS NULL OR {by} {sign} ? OR ({by} = ? AND {later}))"
    return condition, (value, value, *rest)


def _day(value: object) -> dt.date:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise _unfit(value) from None


def _unfit(value: object) -> DragomanError:
    example = "no such thing by hand: take the list's own links"
    return DragomanError(problem("DR222", name="after", value=value, example=example))


# The values of a facet, one a row that has it; much quicker than the distinct values of lists.
_EACH: Final = "SELECT {0} AS value, n FROM chosen"
_ALL_SIDES: Final = (
    "SELECT unnest(initiators) AS value, n FROM chosen UNION ALL SELECT "
    "unnest(list_filter(affected, lambda x: NOT list_contains(initiators, x))), n FROM chosen"
)
_EACH_ONCE: Final = (
    "SELECT unnest(list_filter(speakers, lambda x, i: list_position(speakers, x) = i)) AS value, n "
    "FROM chosen"
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A facet: the address's name, a heading, the columns that its values are in, what other words
    of the address it replaces, the question for its values.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    beside: tuple[str, ...] = ()
    values: str = _EACH

    @property
    def sql(self) -> str:
        """Its most frequent values and how many rows of ``chosen`` have each."""
        values = self.values.format(*self.columns)
        return (
            f"(SELECT '{self.name}' AS facet, value, sum(n)::BIGINT AS n FROM ({values}) "
            f"WHERE value IS NOT NULL GROUP BY value ORDER BY n DESC, value LIMIT {_FACET})"
        )


_PUBLISHER: Final = _Kind("publisher", "Publisher", ("publisher",))
_FACETS: Final[Mapping[Table, tuple[_Kind, ...]]] = {
    "events": (
        _Kind("status", "Status", ("status",)),
        _Kind("type", "What", ("type",), ("mode",)),
        _Kind("mode", "How", ("mode",)),
        _Kind("actor", "Who takes part", ("initiators", "affected"), ("side",), _ALL_SIDES),
        _Kind("source", "On whose word", ("speakers",), ("own_voice",), _EACH_ONCE),
        _PUBLISHER,
        _Kind("country", "Country of the place", ("place_country",)),
    ),
    "statements": (
        _Kind("source", "Who says it", ("speaker", "said_by"), ("actor",),
              _EACH.format("coalesce({0}, {1})")),
        _Kind("type", "Act", ("act",)),
        _PUBLISHER,
    ),
    "documents": (_PUBLISHER,),
}  # fmt: skip
_FEW: Final = 20_000  # rows of which the columns of all facets are held in memory at once


def facets(archive: Archive, asked: Wanted, rows: int) -> list[Facet]:
    """Counts by facet, each over the rows that all other filters keep; ``rows`` are those that all
    filters keep.
    """
    groups: dict[Wanted, list[_Kind]] = {}
    plain = asked.without("after")
    for kind in _FACETS[asked.table]:
        groups.setdefault(plain.without(kind.name, *kind.beside), []).append(kind)
    found: dict[str, list[dict[str, Any]]] = {}
    for wanted, kinds in groups.items():
        # All of them at once where that fits into memory, else each for itself.
        few = wanted == plain and rows <= _FEW
        for together in [kinds] if few else [[kind] for kind in kinds]:
            names_ = list(dict.fromkeys(name for kind in together for name in kind.columns))
            query = _counted(archive, wanted, names_, "" if few else "NOT ")
            sql = f"WITH {query.sql} {' UNION ALL '.join(kind.sql for kind in together)}"
            for row in archive.ask(sql, query.values).to_pylist():
                found.setdefault(row["facet"], []).append(row)
    known = names(archive, (row["value"] for rows_ in found.values() for row in rows_))
    return [
        _facet(asked, known, kind.name, kind.title, found.get(kind.name, []))
        for kind in _FACETS[asked.table]
    ]


def _facet(
    asked: Wanted, known: Mapping[str, str], name: str, title: str, rows: list[dict[str, Any]]
) -> Facet:
    now = (getattr(asked, name) or "").casefold()
    values = [
        Value(
            row["value"],
            shown := known.get(row["value"], row["value"]),
            row["n"],
            bool(now) and now in (row["value"].casefold(), shown.casefold()),
        )
        for row in rows
    ]
    return Facet(name, title, tuple(values))


def names(archive: Archive, identifiers: Iterable[str | None]) -> dict[str, str]:
    """The names of actors by id, of those that have one."""
    wanted: Sequence[str] = sorted({one for one in identifiers if one and ":" in one})
    if not wanted:
        return {}
    sql = "SELECT id, min(name) AS name FROM actors WHERE id IN (SELECT unnest(?)) GROUP BY id"
    return {row["id"]: row["name"] for row in archive.ask(sql, [list(wanted)]).to_pylist()}
