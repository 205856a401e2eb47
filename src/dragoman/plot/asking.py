"""What pictures ask an archive, or a handful of readings, for: counts, made by DuckDB."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol
from weakref import WeakKeyDictionary

from dragoman.archive import filters
from dragoman.archive.filters import Filter, Query
from dragoman.archive.grains import MADE, About, choose

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

# Examples are looked for among the first so many events: quotes of millions are not read.
SAMPLE: Final = 20_000
LARGE: Final = 1_000_000
_QUOTED: Final = 160  # characters


class Asked(Protocol):
    """An archive, or readings laid out like one."""

    def ask(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        """The rows of one SELECT of ours, with the values of its question marks."""
        ...

    def occurrences(self, *, disputed: bool = False, several: int = 1, **asked: Any) -> pa.Table:
        """The occurrences that one of the events asked for belongs to."""
        ...


def chosen(asked: Filter, columns: str = "*", table: str = "events") -> Query:
    """The rows that a filter keeps, in no order."""
    query = filters.BUILDERS[table](dataclasses.replace(asked, order=None, limit=None), columns)
    return Query(query.sql.rpartition(" ORDER BY ")[0], query.values)


# Answers by the archive they are of: a version does not change.
_known: WeakKeyDictionary[Asked, dict[tuple[str, str], list[Row]]] = WeakKeyDictionary()
_REMEMBERED: Final = 200


def rows(source: Asked, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """The rows of a query as dictionaries; asked again, they are those of the first time."""
    held = _known.setdefault(source, {})
    key = (sql, repr(values))
    if key not in held:
        if len(held) >= _REMEMBERED:
            held.clear()
        held[key] = source.ask(sql, values).to_pylist()
    return [dict(row) for row in held[key]]


def is_large(source: Asked) -> bool:
    """Whether there are so many events that lists and quotes of all are not gone through."""
    known: int | None = getattr(source, "committed_events", None)
    if known is None:
        known = int(rows(source, "SELECT count(*) AS n FROM events")[0]["n"])
    return known > LARGE


def over(source: Asked, asked: Filter, sql: str, columns: str = "*", *more: Any) -> list[Row]:
    """The rows of ``sql`` over ``chosen``, the events of a filter. ``more`` are the values of
    ``sql``'s own question marks.

    DuckDB would otherwise hold all chosen rows in memory before it counts them.
    """
    inner = chosen(asked, columns)
    return rows(
        source, f"WITH chosen AS NOT MATERIALIZED ({inner.sql}) {sql}", (*inner.values, *more)
    )


def tally(
    source: Asked,
    asked: Filter,
    sql: str,
    columns: str,
    *more: Any,
    about: Sequence[About] = (),
) -> list[Row]:
    """The same where ``sql`` only counts: a row of ``chosen`` stands for ``n`` events, so that no
    event is looked at where the archive has counts that hold all that is asked for.

    ``columns`` are of ``grains.COLUMNS``. ``about`` tells whom alone ``sql`` asks about, where that
    is known.
    """
    names = columns.split(", ")
    counted = choose(asked, names, about) if is_counted(source) else None
    if counted is None:
        made = ", ".join(["1 AS n", *(_made(name) for name in names)])
        return over(source, asked, sql, made, *more)
    inner = chosen(counted.asked, ", ".join(["n", *names]))
    return rows(
        source,
        f"WITH events AS NOT MATERIALIZED ({counted.sql}), "
        f"chosen AS NOT MATERIALIZED ({inner.sql}) {sql}",
        (*inner.values, *more),
    )


def is_counted(source: Asked) -> bool:
    """Whether it is an archive whose events are counted already."""
    return bool(getattr(source, "has_counts", False))


def _made(name: str) -> str:
    return f"{MADE[name]} AS {name}" if name in MADE else name


def names(source: Asked, identifiers: Iterable[str]) -> Mapping[str, str]:
    """Names by actor id; an id that no row of actors has is its own name."""
    wanted = sorted(set(identifiers))
    sql = "SELECT id, min(name) AS name FROM actors WHERE id IN (SELECT unnest(?)) GROUP BY id"
    found = {row["id"]: row["name"] for row in rows(source, sql, [wanted])}
    return {identifier: found.get(identifier) or identifier for identifier in wanted}


def who_is(source: Asked, name: str) -> str:
    """The id of the actor that a name means most often; the name itself where nobody has it."""
    if ":" in name:
        return name
    sql = (
        "SELECT id FROM actors WHERE lower(name) = lower(?) GROUP BY id "
        "ORDER BY count(*) DESC, id LIMIT 1"
    )
    found = rows(source, sql, [name])
    return str(found[0]["id"]) if found else name


_WORDS: Final = "list_aggregate(list_transform({0}, lambda x: x.quote), 'string_agg', ' … ')"


def words_of() -> str:
    """An event's own words, in SQL: its sentence, else its trigger."""
    return f"coalesce({_WORDS.format('sentence')}, {_WORDS.format('trigger')})"


def examples(
    source: Asked, asked: Filter, *keys: str, where: str = "TRUE", values: Sequence[Any] = ()
) -> dict[tuple[Any, ...], str]:
    """For each value of the keys (SQL expressions) the words of an event that is ``where``, with
    the document and on whose word: ``“…” — Post, 2024-03-09 (d1); on whose word: the report``.

    In a large archive they are looked for among the first events only, so some keys have none.
    """
    named = ", ".join(f"{key} AS k{n}" for n, key in enumerate(keys))
    by = ", ".join(f"k{n}" for n in range(len(keys)))
    inner = chosen(asked)
    first = (
        f"events AS NOT MATERIALIZED (SELECT * FROM main.events LIMIT {SAMPLE}), "
        if is_large(source)
        else ""
    )
    sql = (
        f"WITH {first}chosen AS NOT MATERIALIZED ({inner.sql}), "
        f"sample AS MATERIALIZED (SELECT {named}, {words_of()} AS words, "
        "document_id, publisher, published, on_whose_word, confidence, position FROM chosen "
        f"WHERE {where} LIMIT {SAMPLE}) SELECT * FROM sample QUALIFY row_number() OVER "
        f"(PARTITION BY {by} ORDER BY confidence DESC, published, document_id, position) = 1"
    )
    found = rows(source, sql, (*inner.values, *values))
    return {tuple(row[f"k{n}"] for n in range(len(keys))): evidence(row) for row in found}


def evidence(row: Mapping[str, Any]) -> str:
    """A row's words, shortened, with the document and on whose word."""
    words = " ".join((row["words"] or "").split())
    short = words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"
    beside = [str(row[name]) for name in ("publisher", "published") if row[name]]
    where = f"{', '.join(beside)} ({row['document_id']})" if beside else row["document_id"]
    return f"“{short}” — {where}; on whose word: {row['on_whose_word']}"
