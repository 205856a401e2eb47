"""The events of a panel: found, dated, and thinned out to one of what is told again.

Each step leaves a table in the connection's memory and gives the numbers of what it left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import pyarrow as pa

from dragoman.archive import filters
from dragoman.archive.filters import Filter

Ask: TypeAlias = Callable[..., pa.Table]

_COLUMNS: Final = (
    "reading, document_id, revision, position, id AS event, type, mode, quad, status, own_voice, "
    "reciprocal, coalesce(initiators, []) AS initiators, coalesce(affected, []) AS affected, "
    "list_transform(trigger, x -> lower(x.quote)) AS words, day, last_day, published, publisher"
)
_DEED: Final = "type, mode, status, own_voice, initiators, affected, words"


def gather(ask: Ask, asked: Filter, statuses: Sequence[str]) -> dict[str, Any]:
    """The events asked for, with the story and the origin of their documents: ``found``."""
    ask(
        "CREATE TEMP TABLE story_of AS SELECT document_id, story, place, "
        "first_value(coalesce(credit, publisher, document_id)) "
        "OVER (PARTITION BY story ORDER BY place) AS printer FROM story_rows"
    )
    query = filters.events(asked, "status")
    by_status = ask(
        f"SELECT status, count(*) AS n FROM ({query.sql}) GROUP BY status ORDER BY n DESC, status",
        *query.values,
    ).to_pylist()
    query = filters.events(asked, _COLUMNS)
    ask(
        "CREATE TEMP TABLE found AS SELECT row_number() OVER "
        "(ORDER BY e.published NULLS LAST, e.document_id, e.revision, e.position) AS n, e.*, "
        "story, place, "
        "coalesce(agency, lower(coalesce(printer, publisher, document_id))) AS origin "
        f"FROM ({query.sql}) e LEFT JOIN story_of USING (document_id) "
        "LEFT JOIN agency_rows ON name = lower(coalesce(printer, publisher)) "
        "WHERE list_contains(?, status)",
        *query.values,
        list(statuses),
    )
    others = [row for row in by_status if row["status"] not in statuses]
    return {
        "asked": sum(row["n"] for row in by_status),
        "status": sum(row["n"] for row in others),
        "statuses": ", ".join(f"{row['status']} {row['n']}" for row in others),
    }


def date(ask: Ask, asked: Filter, period: str) -> dict[str, Any]:
    """The same with the day and period that each counts for: ``dated``.

    A time within one period is the event's own; else the day of publication stands for it, unless
    the event's time is known not to hold that day.
    """
    first, last = (f"date_trunc('{period}', {name})::DATE" for name in ("day", "last_day"))
    own = "false" if asked.dates == "publication" else f"coalesce({first} = {last}, false)"
    may_be = "true" if asked.dates == "publication" else (
        "coalesce(day <= published, true) AND coalesce(published <= last_day, true)"
    )  # fmt: skip
    ask(
        "CREATE TEMP TABLE dated AS SELECT *, "
        "CASE dated_by WHEN 'event' THEN day WHEN 'publication' THEN published END AS on_day, "
        f"date_trunc('{period}', on_day)::DATE AS period FROM (SELECT *, "
        f"CASE WHEN {own} THEN 'event' WHEN published IS NULL THEN 'undated' "
        f"WHEN {may_be} THEN 'publication' ELSE 'elsewhere' END AS dated_by FROM found)"
    )
    ask("DROP TABLE found")
    left: dict[str, Any] = {
        name: number(ask, "SELECT count(*) AS n FROM dated WHERE dated_by = ?", name)
        for name in ("undated", "elsewhere")
    }
    ask("DELETE FROM dated WHERE on_day IS NULL")
    # The filter has seen to the events' own times.
    late = "on_day < coalesce(?, on_day) OR on_day > coalesce(?, on_day)"
    outside = f"dated_by = 'publication' AND ({late})"
    bounds = (asked.first, asked.last)
    left["outside"] = number(ask, f"SELECT count(*) AS n FROM dated WHERE {outside}", *bounds)
    ask(f"DELETE FROM dated WHERE {outside}", *bounds)
    return left


def thin(ask: Ask, one_per: str) -> dict[str, Any]:
    """Take out of ``dated`` what a story or an occurrence tells again.

    In copies of one text an event is the same where its type, mode, status, voice, parties and
    trigger are; of two such events in one copy the second is the second of the others.
    """
    before = number(ask, "SELECT count(*) AS n FROM dated")
    if one_per == "story":
        ask(
            "CREATE TEMP TABLE again AS SELECT n FROM (SELECT n, row_number() OVER "
            f"(PARTITION BY story, {_DEED}, nth ORDER BY place, n) AS copy FROM "
            f"(SELECT *, row_number() OVER (PARTITION BY reading, {_DEED} ORDER BY n) AS nth "
            "FROM dated WHERE story IS NOT NULL)) WHERE copy > 1"
        )
    elif one_per == "occurrence":
        ask(
            "CREATE TEMP TABLE again AS SELECT n FROM (SELECT n, row_number() OVER "
            "(PARTITION BY occurrence ORDER BY own_voice DESC, n) AS account FROM dated "
            "JOIN occurrence_rows USING (reading, event)) WHERE account > 1"
        )
    else:
        return {"again": 0}
    ask("DELETE FROM dated WHERE n IN (SELECT n FROM again)")
    return {"again": before - number(ask, "SELECT count(*) AS n FROM dated")}


def number(ask: Ask, sql: str, *values: Any) -> int:
    """The number that a query gives as ``n``."""
    found: int = ask(sql, *values)["n"][0].as_py()
    return found
