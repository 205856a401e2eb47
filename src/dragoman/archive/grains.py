"""What is counted once a compaction, and which of the counts answers a question.

A grain is a way to count events: by some of their columns. All grains lie in one table, a row each
for values that occur, ``n`` how often; ``about`` is what a grain is sorted by, where that is who or
what a question is about. The columns that a grain does not count by are null in its rows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pyarrow as pa

from dragoman.archive.filters import Filter

_TEXT, _TEXTS, _TRUTH = pa.string(), pa.list_(pa.string()), pa.bool_()
COLUMNS: Final[Mapping[str, pa.DataType]] = {
    "earliest": pa.date32(),
    "latest": pa.date32(),
    "published": pa.date32(),
    "undated": _TRUTH,
    "quad": pa.int64(),
    "type": _TEXT,
    "mode": _TEXT,
    "status": _TEXT,
    "own_voice": _TRUTH,
    "reciprocal": _TRUTH,
    "initiator": _TEXT,
    "recipient": _TEXT,
    "initiators": _TEXTS,
    "affected": _TEXTS,
    "speakers": _TEXTS,
    "speaker": _TEXT,
    "publisher": _TEXT,
    "outlet": _TEXT,
    "place_name": _TEXT,
    "place_country": _TEXT,
}
"""What events can be counted by; those of :data:`MADE` are no columns of events."""
MADE: Final[Mapping[str, str]] = {
    "undated": "day IS NULL",
    "speaker": "list_extract(speakers, -1)",
    "outlet": "CASE WHEN own_voice THEN publisher END",
}
"""``speaker`` is on whose word, innermost in the chain; ``outlet`` who says it in its own voice."""
SCHEMA: Final = pa.schema(
    [
        pa.field("grain", _TEXT),
        pa.field("about", _TEXT),
        *(pa.field(name, kind) for name, kind in COLUMNS.items()),
        pa.field("n", pa.int64()),
    ]
)
_TYPES: Final = {
    pa.date32(): "DATE", pa.int64(): "BIGINT", _TEXT: "VARCHAR", _TEXTS: "VARCHAR[]",
    _TRUTH: "BOOLEAN",
}  # fmt: skip
_SIDES: Final = "list_concat(coalesce(initiators, []), coalesce(affected, []))"


@dataclass(frozen=True, slots=True)
class Grain:
    """Events counted by columns. ``about`` is an expression over events, or, where ``each`` is
    set, over a list of theirs: an event is counted under each of its values then.

    Without ``summed`` there is a row for each event: hardly two have the same values.
    """

    name: str
    columns: tuple[str, ...]
    about: str | None = None
    each: bool = False
    summed: bool = True

    def sql(self, relation: str, sign: int = 1) -> str:
        """The rows of the grain for the events of a relation, not sorted."""
        columns = [f"{self._value(name)} AS {name}" for name in COLUMNS]
        n, group = (f"{sign} * count(*)", " GROUP BY ALL") if self.summed else (f"{sign}", "")
        about = self.about or "NULL::VARCHAR"
        if self.each:
            relation = f"(SELECT *, unnest({about}) AS about FROM {relation})"
            about, group = "about", f" WHERE about IS NOT NULL{group}"
        return (
            f"SELECT '{self.name}' AS grain, {about} AS about, {', '.join(columns)}, "
            f"({n})::BIGINT AS n FROM {relation}{group}"
        )

    def _value(self, name: str) -> str:
        value = MADE.get(name, name) if name in self.columns else "NULL"
        return f"({value})::{_TYPES[COLUMNS[name]]}"

    @property
    def order(self) -> str:
        """What its rows are sorted by, so that a question opens few parts of the file."""
        return ", ".join(["about", *(name for name in self.columns if COLUMNS[name] != _TEXTS)])


# From the smallest on: the first that holds what is asked for is taken.
GRAINS: Final[tuple[Grain, ...]] = (
    Grain("place", ("place_name", "place_country", "own_voice")),
    Grain("day", ("earliest", "latest", "undated", "quad", "type", "status", "own_voice")),
    Grain(
        "voice",
        ("speaker", "outlet", "own_voice", "type", "quad", "status", "initiators"),
        about=f"coalesce({MADE['speaker']}, {MADE['outlet']})",
    ),
    Grain(
        "tie",
        ("initiator", "recipient", "initiators", "affected", "reciprocal", "quad", "own_voice"),
    ),
    # How often somebody stands on a side: each party, or the first-named ones alone.
    Grain("side", (), about=_SIDES, each=True),
    Grain("first", (), about="[initiator, recipient]", each=True),
    Grain("party", tuple(COLUMNS), about=f"list_distinct({_SIDES})", each=True, summed=False),
)


@dataclass(frozen=True, slots=True)
class About:
    """Whom a question is about: the rows of a grain under these values are all that it asks for,
    and none of them stands under two.
    """

    grain: str
    values: tuple[str, ...]


def of_actor(asked: Filter) -> About | None:
    """The same of a filter for one actor, if it names it by its id."""
    if asked.actor is None or ":" not in asked.actor:
        return None
    return About("party", (asked.actor,))


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of counts, in SQL, and what of the filter they still have to be asked for."""

    sql: str
    asked: Filter


def choose(asked: Filter, columns: Collection[str], about: Sequence[About] = ()) -> Rows | None:
    """The rows of counts that answer for a filter and the columns to count by; None where no grain
    does.
    """
    needed = {*columns, *_asked(asked)}
    if not needed <= COLUMNS.keys():
        return None
    actor = of_actor(asked)
    keyed = {one.grain: one for one in (actor, *about) if one is not None}
    for grain in GRAINS:
        key = keyed.get(grain.name)
        if (grain.about is None or key is not None) and needed <= {*grain.columns}:
            where = f" AND about IN ({_listed(key.values)})" if key is not None else ""
            # Whoever stands on either side is whom the rows are about.
            met = key is not None and key == actor and asked.side == "either"
            rest = dataclasses.replace(asked, actor=None) if met else asked
            return Rows(f"SELECT * FROM {TABLE} WHERE grain = '{grain.name}'{where}", rest)
    return None


def totals(asked: Filter, grain: Literal["side", "first"]) -> str | None:
    """The rows of counts of how often each actor (``about``) stands on a side; None for a filter
    that narrows events.
    """
    return None if _asked(asked) else f"SELECT about, n FROM {TABLE} WHERE grain = '{grain}'"


TABLE: Final = "event_counts"


def _asked(asked: Filter) -> set[str]:
    """The columns that a filter looks at; ``text`` is none that is counted by."""
    days = {"published"} if asked.dates == "publication" else {"earliest", "latest"}
    sides = {"initiators", "affected", "reciprocal"}
    used: tuple[tuple[object, set[str]], ...] = (
        (asked.actor, sides),
        (asked.type, {"type"}),
        (asked.mode, {"mode"}),
        (asked.status, {"status"}),
        (asked.source, {"speakers"}),
        (asked.own_voice or None, {"own_voice"}),
        (asked.first, days),
        (asked.last, days),
        (asked.place, {"place_name"}),
        (asked.country, {"place_country"}),
        (asked.publisher, {"publisher"}),
        (asked.text, {"text"}),
    )
    return {name for value, names in used if value is not None for name in names}


def _listed(values: Sequence[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)
