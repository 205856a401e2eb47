"""The pairs of a panel: each event with each two of its parties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from dragoman.archive.cells import Ask, number
from dragoman.archive.filters import Filter
from dragoman.errors import DragomanError, problem

if TYPE_CHECKING:
    from dragoman.archive.panels import Shape

_BOTH: Final = "list_distinct(list_concat(initiators, affected))"
_EVENTS: Final = "SELECT count(DISTINCT n) AS n FROM keyed"


def pair(ask: Ask, asked: Filter, shape: Shape) -> dict[str, Any]:
    """The pairs of the events in ``dated``, as ``paired`` with the columns n, a and b, and the
    numbers of events that have none in it.

    Parties that act on one another are a pair each way.
    """
    ask(
        "CREATE TEMP TABLE parties AS SELECT n, reading, one, other FROM (SELECT n, reading, one, "
        "reciprocal, unnest(others) AS other FROM (SELECT n, reading, reciprocal, "
        f"unnest(CASE WHEN reciprocal THEN {_BOTH} ELSE list_distinct(initiators) END) AS one, "
        f"CASE WHEN reciprocal THEN {_BOTH} ELSE list_distinct(affected) END AS others "
        "FROM dated)) WHERE NOT (reciprocal AND one = other)"
    )
    _name(ask, shape)
    ask("DROP TABLE parties")
    left = {"one_sided": number(ask, "SELECT count(*) AS n FROM dated") - number(ask, _EVENTS)}
    for name, condition, values in _conditions(ask, asked, shape):
        before = number(ask, _EVENTS)
        ask(f"DELETE FROM keyed WHERE NOT coalesce({condition}, false)", *values)
        left[name] = left.get(name, 0) + before - number(ask, _EVENTS)
    ends = "least(a, b) AS a, greatest(a, b) AS b" if shape.undirected else "a, b"
    ask(f"CREATE TEMP TABLE paired AS SELECT DISTINCT n, {ends} FROM keyed")
    if shape.one_per == "day":
        left["again"] = _once_a_day(ask)
    return left | {
        "pairs": number(ask, "SELECT count(*) AS n FROM paired"),
        "events": number(ask, "SELECT count(DISTINCT n) AS n FROM paired"),
        "by_publication": number(
            ask,
            "SELECT count(*) AS n FROM dated WHERE dated_by = 'publication' "
            "AND n IN (SELECT n FROM paired)",
        ),
    }


def _name(ask: Ask, shape: Shape) -> None:
    """What each party is called in the panel, null for one left unresolved: ``keyed``."""
    ask(
        "CREATE TEMP TABLE who AS SELECT reading, id, any_value(name) AS name, "
        "any_value(country) AS country FROM actors "
        "WHERE reading IN (SELECT reading FROM parties) GROUP BY reading, id"
    )

    def key(end: str, side: str) -> str:
        known = f"CASE WHEN NOT starts_with({end}.id, 'report:') THEN {end}.id END"
        known = f"{end}.country" if shape.level == "country" else known
        return f"coalesce({known}, {end}.name, {side})" if shape.unresolved else known

    ask(
        f"CREATE TEMP TABLE keyed AS SELECT n, one, other, {key('x', 'one')} AS a, "
        f"{key('y', 'other')} AS b FROM parties p "
        "LEFT JOIN who x ON x.reading = p.reading AND x.id = p.one "
        "LEFT JOIN who y ON y.reading = p.reading AND y.id = p.other"
    )


def _conditions(
    ask: Ask, asked: Filter, shape: Shape
) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """Which pairs stay, in turn: the name that the others are counted by, SQL, its values."""
    if asked.actor is not None:
        ids = ids_of(ask, asked.actor)
        sides = {"initiator": ["one"], "recipient": ["other"]}.get(asked.side, ["one", "other"])
        asks = " OR ".join(
            f"list_contains(?, {side}) OR lower({side}) = lower(?)" for side in sides
        )
        yield "others", f"({asks})", (ids, asked.actor) * len(sides)
    yield "unresolved", "(a IS NOT NULL AND b IS NOT NULL)", ()
    if not shape.self_dyads:
        yield "within", "a <> b", ()
    if shape.among:
        keys = among(ask, shape)
        yield "others", "(list_contains(?, a) AND list_contains(?, b))", (keys, keys)


def ids_of(ask: Ask, actor: str) -> list[str]:
    """The ids that an id or a name stands for."""
    if ":" in actor:
        return [actor]
    sql = "SELECT DISTINCT id FROM actors WHERE lower(name) = lower(?) ORDER BY id"
    found: list[str] = ask(sql, actor)["id"].to_pylist()
    return found


def among(ask: Ask, shape: Shape) -> list[str]:
    """What the parties asked for are called in the panel. Raises DragomanError for one that is
    no country's code, or a name that nobody has.
    """
    keys: list[str] = []
    for name in shape.among:
        if shape.level == "country":
            if len(name) != 3 or not name.isalpha():
                raise DragomanError(problem("DR155", name=name))
            keys.append(name.upper())
            continue
        ids = [one for one in ids_of(ask, name) if not one.startswith("report:")]
        if not ids and not shape.unresolved:
            raise DragomanError(problem("DR152", name=name))
        keys += ids or [name]
    return list(dict.fromkeys(keys))


def _once_a_day(ask: Ask) -> int:
    """Keep one of what is of the same pair, type, status and day, the publisher's own first; give
    the number of the others.
    """
    before = number(ask, "SELECT count(*) AS n FROM paired")
    ask(
        "CREATE TEMP TABLE once AS SELECT n, a, b FROM (SELECT n, a, b, row_number() OVER "
        "(PARTITION BY a, b, type, status, on_day ORDER BY own_voice DESC, n) AS nth "
        "FROM paired JOIN dated USING (n)) WHERE nth = 1"
    )
    ask("DROP TABLE paired")
    ask("ALTER TABLE once RENAME TO paired")
    return before - number(ask, "SELECT count(*) AS n FROM paired")
