"""Panels: how many events from whom to whom, by day, week, month or year.

A panel says what was chosen, and of every event that was asked for and is not in it, why.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import pyarrow as pa

from dragoman.archive import cells
from dragoman.archive.connection import connect, run
from dragoman.archive.copies import STORIES, stories_of
from dragoman.archive.counting import table
from dragoman.archive.filters import Filter
from dragoman.archive.pairing import pair
from dragoman.corpus.credits import agencies
from dragoman.errors import DragomanError, problem
from dragoman.model import STATUSES

if TYPE_CHECKING:
    from dragoman.archive import Archive

Period = Literal["day", "week", "month", "year"]
Part = Literal["type", "mode", "quad", "status", "voice"]
Level = Literal["actor", "country"]
OnePer = Literal["report", "story", "day", "occurrence"]
Form = Literal["wide", "long"]
# Gives rows of ``reading``, ``event`` and ``occurrence``: the events that are one happening.
Occurrences = Callable[["Archive"], pa.Table]

_WORDS: Final[Mapping[str, str]] = {
    "day": "Daily",
    "week": "Weekly",
    "month": "Monthly",
    "year": "Yearly",
}
_UNITS: Final[Mapping[str, str]] = {
    "report": "an event counts in every report that tells it",
    "story": "an event counts once among the copies of one text",
    "day": "a type counts once a day for each pair",
    "occurrence": "an event counts once, however many reports tell it",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a panel looks like.

    ``by`` breaks counts down; in the wide form every value has a column, in the long one a row.
    ``level`` "country" takes parties by their country (ISO 3166-1 alpha-3). ``one_per`` counts an
    event once a report, a story, a day (of two parties and a type), or an occurrence. ``among``
    keeps these parties only, on both sides. ``unresolved`` keeps parties that the register does
    not know, ``self_dyads`` those who act upon themselves. ``zeros`` has a row for each pair and
    period, ``events`` lists the events of each row as ``document#event``. Without ``stories``
    copies are not looked for, which takes time in large archives: ``sources`` are then publishers.

    Raises DragomanError for a word that is none of these.
    """

    period: Period = "month"
    by: tuple[Part, ...] = ()
    level: Level = "actor"
    one_per: OnePer = "report"
    form: Form = "wide"
    undirected: bool = False
    among: tuple[str, ...] = ()
    unresolved: bool = False
    self_dyads: bool = False
    zeros: bool = False
    events: bool = False
    stories: bool = True

    def __post_init__(self) -> None:
        words: list[tuple[str, str, Any]] = [
            ("period", self.period, Period),
            ("level", self.level, Level),
            ("unit", self.one_per, OnePer),
            ("form", self.form, Form),
        ]
        for what, value, known in [*words, *(("part", part, Part) for part in self.by)]:
            if value not in get_args(known):
                told = problem("DR151", what=what, value=value, known=", ".join(get_args(known)))
                raise DragomanError(told)


@dataclass(frozen=True, slots=True)
class Panel:
    """``rows`` of counts (a pyarrow table); in words what was ``chosen``, and in ``notes`` what
    was counted and what left out, with the numbers in ``counts``.
    """

    rows: pa.Table
    chosen: str
    notes: tuple[str, ...]
    counts: Mapping[str, int] = field(default_factory=dict)


def panel(
    archive: Archive, asked: Filter, shape: Shape, occurrences: Occurrences | None = None
) -> Panel:
    """The panel of the events that a filter asks for, whose order and limit are not used.

    Raises DragomanError for an actor that is not known, and for a panel of too many rows.
    """
    asked = replace(asked, order=None, limit=None)
    statuses = _statuses(asked, shape)
    with _connected(archive, shape, occurrences) as ask:
        counts = cells.gather(ask, asked, statuses)
        counts |= cells.date(ask, asked, shape.period)
        counts |= cells.thin(ask, shape.one_per)
        counts |= pair(ask, asked, shape)
        rows = table(ask, asked, shape)
    chosen, notes = _chosen(asked, shape, statuses), tuple(_notes(counts, shape))
    told = {"chosen": chosen, "notes": notes, "shape": asdict(shape), "version": archive.version}
    rows = rows.replace_schema_metadata({"dragoman.panel": json.dumps(told, ensure_ascii=False)})
    return Panel(rows, chosen, notes, counts)


@contextmanager
def _connected(
    archive: Archive, shape: Shape, occurrences: Occurrences | None
) -> Iterator[cells.Ask]:
    connection = connect(archive.snapshot, archive.revisions, memory=None)
    try:
        needed = shape.stories or shape.one_per == "story"
        rows = stories_of(archive.snapshot) if needed else STORIES.empty_table()
        connection.register("story_rows", rows)
        connection.register("agency_rows", _agencies())
        if shape.one_per == "occurrence":
            if occurrences is None:
                raise DragomanError(problem("DR154"))
            connection.register("occurrence_rows", occurrences(archive))
        yield lambda sql, *values: run(connection, sql, values, archive.timeout)
    finally:
        connection.close()


def _agencies() -> pa.Table:
    """The agency that each name in small letters stands for."""
    names = {name.lower(): agency.lower() for name, agency in agencies().items()}
    return pa.table({"name": list(names), "agency": list(names.values())})


def _statuses(asked: Filter, shape: Shape) -> tuple[str, ...]:
    """What is counted: what the filter says, all of them where they are told apart, else what is
    told as having happened.
    """
    if asked.status is not None:
        return (asked.status.lower(),)
    return STATUSES if "status" in shape.by else ("asserted",)


def _chosen(asked: Filter, shape: Shape, statuses: tuple[str, ...]) -> str:
    parties = "countries" if shape.level == "country" else "actors"
    way = "without direction" if shape.undirected else "from initiator to recipient"
    status = "every status" if statuses == STATUSES else f"status {', '.join(statuses)}"
    fine = f"by publication where it has none as fine as a {shape.period}"
    copies = "" if shape.stories or shape.one_per == "story" else "; copies not looked for"
    dated = "by publication" if asked.dates == "publication" else f"by the event's time, {fine}"
    voices = "the publisher's own voice alone" if asked.own_voice else "own voice and claims apart"
    return (
        f"{_WORDS[shape.period]} counts between {parties}, {way}; {status}; {voices}; "
        f"{_UNITS[shape.one_per]}; {dated}{copies}."
    )


def _notes(counts: Mapping[str, int], shape: Shape) -> Iterator[str]:
    yield f"{counts['asked']} events were asked for; {counts['events']} of them are counted."
    if counts["pairs"] != counts["events"]:
        yield (
            f"The counts add up to {counts['pairs']}: an event counts once for each pair of its "
            "parties, and both ways where they act on one another."
        )
    said = {
        "status": "Of another status ({}), to be had with --by status or --status",
        "by_publication": "Of those counted by publication (column by_publication)",
        "undated": "Left out: neither they nor their reports have a date",
        "elsewhere": f"Left out: their time is coarser than a {shape.period} and not that of the "
        "report",
        "outside": "Left out: they lie outside the days asked for",
        "again": "Left out: told again (--one-per)",
        "one_sided": "Left out: nobody is named on one side",
        "unresolved": "Left out: all their pairs have a party not in the register (--unresolved)"
        if shape.level == "actor"
        else "Left out: all their pairs have a party whose country is not known (--unresolved)",
        "within": "Left out: the parties are the same on both sides (--self-dyads)",
        "others": "Left out: between others than those asked for",
    }
    for name, words in said.items():
        if counts.get(name):
            yield f"{words.format(counts.get('statuses', ''))}: {counts[name]}."
