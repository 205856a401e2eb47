"""The rows of a panel: counts of its pairs, in the wide or the long form, with zeros on request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from dragoman.archive.cells import Ask, number
from dragoman.archive.filters import Filter
from dragoman.archive.pairing import among
from dragoman.errors import DragomanError, problem

if TYPE_CHECKING:
    from dragoman.archive.panels import Shape

MOST: Final = 20_000_000  # rows

_PARTS: Final = {
    "type": "type",
    "mode": "coalesce(mode, 'no_mode')",
    "quad": "'quad_' || quad",
    "status": "status",
    "voice": "CASE WHEN own_voice THEN 'own_voice' ELSE 'claimed' END",
}
_MEASURES: Final = {
    "events": "count(*)",
    "own_voice": "count_if(own_voice)",
    "claimed": "count_if(NOT own_voice)",
    "reports": "count(DISTINCT document_id)",
    "sources": "count(DISTINCT origin)",
    "by_publication": "count_if(dated_by = 'publication')",
}
_EVENT_IDS: Final = "list(document_id || '#' || event ORDER BY n)"


def table(ask: Ask, asked: Filter, shape: Shape) -> pa.Table:
    """The rows, ordered by pair, period and parts. Raises DragomanError for more than
    :data:`MOST`.
    """
    long = shape.form == "long"
    _count(ask, "counted", shape, shape.by if long else ())
    columns = ["a", "b", "period", *(shape.by if long else ()), *_measures(shape)]
    if shape.zeros:
        _fill(ask, asked, shape, columns)
    wide = [] if long or not shape.by else _spread(ask, shape)
    names = ("actor_1", "actor_2") if shape.undirected else ("initiator", "recipient")
    shown = [f"a AS {names[0]}", f"b AS {names[1]}", *columns[2:]]
    joined = " LEFT JOIN spread USING (a, b, period)" if wide else ""
    extra = [f"coalesce({_quoted(name)}, 0) AS {_quoted(name)}" for name in wide]
    order = ", ".join(["a", "b", "period", *(shape.by if long else ())])
    chosen = ", ".join([*_last(shown, shape.events), *extra, *(["event_ids"] * shape.events)])
    return ask(f"SELECT {chosen} FROM counted{joined} ORDER BY {order}")


def _last(columns: list[str], has_ids: bool) -> list[str]:
    return columns[:-1] if has_ids else columns


def _measures(shape: Shape) -> list[str]:
    return [*_MEASURES, *(["event_ids"] if shape.events else [])]


def _count(ask: Ask, name: str, shape: Shape, by: tuple[str, ...]) -> None:
    parts = "".join(f", {_PARTS[part]} AS {part}" for part in by)
    measures = ", ".join(f"({sql})::BIGINT AS {measure}" for measure, sql in _MEASURES.items())
    ids = f", {_EVENT_IDS} AS event_ids" if shape.events else ""
    inner = "SELECT a, b, d.* FROM paired JOIN dated d USING (n)"
    keys = "".join(f", {place}" for place in range(4, 4 + len(by)))
    ask(
        f"CREATE TEMP TABLE {name} AS SELECT a, b, period{parts}, {measures}{ids} "
        f"FROM ({inner}) GROUP BY 1, 2, 3{keys}"
    )


def _spread(ask: Ask, shape: Shape) -> list[str]:
    """A column for every combination of values that is there: ``spread``. Gives their names."""
    _count(ask, "parts", shape, shape.by)
    keys = ", ".join(shape.by)
    found = ask(f"SELECT DISTINCT {keys} FROM parts ORDER BY {keys}").to_pylist()
    names = {_name(row): row for row in found}
    sums = "".join(
        f", sum(events) FILTER (WHERE {_is(row)})::BIGINT AS {_quoted(name)}"
        for name, row in names.items()
    )
    ask(f"CREATE TEMP TABLE spread AS SELECT a, b, period{sums} FROM parts GROUP BY a, b, period")
    return list(names)


def _name(row: dict[str, Any]) -> str:
    name = "_".join(str(value) for value in row.values())
    taken = {*_MEASURES, "a", "b", "period", "initiator", "recipient", "event_ids"}
    return f"{next(iter(row))}_{name}" if name in taken else name


def _is(row: dict[str, Any]) -> str:
    return " AND ".join(f"{part} = {_text(value)}" for part, value in row.items())


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _fill(ask: Ask, asked: Filter, shape: Shape, columns: list[str]) -> None:
    """Put a row of zeros where a pair has none in a period: ``counted`` anew."""
    _pairs(ask, asked, shape)
    _periods(ask, asked, shape.period)
    by = shape.by if shape.form == "long" else ()
    parts = ", ".join(by)
    values = f"(SELECT DISTINCT {parts} FROM counted)" if by else "(SELECT 1 AS one)"
    sizes = [f"(SELECT count(*) FROM {name})" for name in ("pairs", "periods", values)]
    if (count := number(ask, f"SELECT {' * '.join(sizes)} AS n")) > MOST:
        raise DragomanError(problem("DR153", count=count, limit=MOST))
    keys = ["a", "b", "period", *by]
    filled = [
        f"coalesce({name}, {'[]' if name == 'event_ids' else 0}) AS {name}"
        for name in columns[len(keys) :]
    ]
    ask(
        f"CREATE TEMP TABLE filled AS SELECT {', '.join([*keys, *filled])} FROM "
        f"(pairs CROSS JOIN periods CROSS JOIN {values} v) LEFT JOIN counted "
        f"USING ({', '.join(keys)})"
    )
    ask("DROP TABLE counted")
    ask("ALTER TABLE filled RENAME TO counted")


def _pairs(ask: Ask, asked: Filter, shape: Shape) -> None:
    """The pairs to have rows: of those asked for each with each, else those that were found."""
    if not shape.among or asked.actor is not None:
        ask("CREATE TEMP TABLE pairs AS SELECT DISTINCT a, b FROM counted")
        return
    keys = among(ask, shape)
    kept = "a < b" if shape.undirected else "a <> b"
    if shape.self_dyads:
        kept = kept.replace("<", "<=", 1) if shape.undirected else "true"
    ask(
        "CREATE TEMP TABLE pairs AS SELECT a, b FROM (SELECT unnest(?) AS a) "
        f"CROSS JOIN (SELECT unnest(?) AS b) WHERE {kept}",
        keys,
        keys,
    )


def _periods(ask: Ask, asked: Filter, period: str) -> None:
    """The periods from the first day to the last: those asked for, else those that were found."""
    ask(
        "CREATE TEMP TABLE periods AS SELECT unnest(generate_series("
        f"date_trunc('{period}', coalesce(?::DATE, (SELECT min(period) FROM counted))), "
        "coalesce(?::DATE, (SELECT max(period) FROM counted))::TIMESTAMP, "
        f"INTERVAL 1 {period}))::DATE AS period",
        asked.first,
        asked.last,
    )
