"""Two actors over time: what each does to the other, and what each says of the other's deeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from dragoman.archive.filters import Filter
from dragoman.archive.grains import About, totals
from dragoman.ontologies import plover
from dragoman.plot import grammar, grids
from dragoman.plot.asking import Asked, Row, examples, is_counted, names, rows, tally, who_is
from dragoman.plot.grammar import WIDTH, Spec, Theme, counted, cut
from dragoman.plot.keys import Key, legend, quads, voices
from dragoman.plot.timeline import (
    Window,
    after,
    axis,
    begin,
    called,
    floor,
    framed,
    moment,
    notes,
    scale_of,
    start_of,
)  # fmt: skip

_COLUMNS: Final = "earliest, undated, initiators, affected, reciprocal, quad, own_voice"
_DEALT: Final = """, dealt AS NOT MATERIALIZED (
    SELECT *, (list_contains(initiators, ?) AND list_contains(affected, ?)) AS there,
        (list_contains(initiators, ?) AND list_contains(affected, ?)) AS back
    FROM chosen
), towards AS NOT MATERIALIZED (
    SELECT * EXCLUDE (there, back), there OR (back AND reciprocal) AS forth,
        back OR (there AND reciprocal) AS back
    FROM dealt WHERE there OR back
)"""
_LEAST: Final = 4  # a single event is no tall bar


def spec(source: Asked, asked: Filter, one: str, other: str, look: Theme) -> Spec:
    """The picture of the dealings of two actors, ids or names."""
    sides = (who_is(source, one), who_is(source, other))
    known = names(source, sides)
    first, second = (known[side] for side in sides)
    title = f"{cut(first, 40)} and {cut(second, 40)}"
    pair = (sides[0], sides[1], sides[1], sides[0])
    days = _days(source, asked, pair)
    found = framed(_summed(days))
    said = _said(source, asked, sides, look)
    if found is None and not any(said):
        return grammar.empty(look, title, _empty(first, second))
    held = _held(source, asked, pair, days, found) if found else []
    panels = _dealings(held, (first, second), found, look) if found else []
    panels += _accounts(said, (first, second), look)
    present = {row["quad"] for row in (*held, *said[0], *said[1])}
    lines = [f"{counted(found.total, 'event')} between them, by {found.unit}.", *notes(found)] if (
        found) else ["No event between them; only what each says of the other."]  # fmt: skip
    return grammar.frame(
        look, title, lines, {"vconcat": [*panels, legend(look, _keys(look, present))]}
    )


def _empty(first: str, second: str) -> str:
    return (
        f"No event between {first} and {second}, and no word of one on the other. Check the names "
        "with: dragoman actors lookup NAME; dragoman query --archive DIR --actor NAME shows what "
        "there is."
    )


def _keys(look: Theme, present: Collection[int]) -> list[Key]:
    return [*quads(look, present), *voices(look)]


def _days(source: Asked, asked: Filter, pair: tuple[str, str, str, str]) -> list[Row]:
    """Counts by day, direction, quad class and voice."""
    sql = (
        f"{_DEALT} SELECT earliest, undated, forth, back, quad, own_voice, "
        "sum(n)::BIGINT AS n FROM towards WHERE earliest IS NOT NULL GROUP BY ALL ORDER BY ALL"
    )
    about = About("party", (_rarer(source, pair[0], pair[1]),))
    return tally(source, asked, sql, _COLUMNS, *pair, about=(about,))


def _rarer(source: Asked, one: str, other: str) -> str:
    """Whoever of the two takes part in fewer events: less is gone through then."""
    counted = totals(Filter(), "side") if is_counted(source) else None
    if counted is None:
        return one
    sql = f"SELECT about, n FROM ({counted}) WHERE about IN (?, ?) ORDER BY n, about"
    found = {row["about"]: row["n"] for row in rows(source, sql, [one, other])}
    return min((one, other), key=lambda who: found.get(who, 0))


def _summed(days: list[Row]) -> list[tuple[dt.date, int, int]]:
    found: dict[dt.date, tuple[int, int]] = {}
    for row in days:
        n, undated = found.get(row["earliest"], (0, 0))
        found[row["earliest"]] = (n + row["n"], undated + row["n"] * row["undated"])
    return [(day, *counts) for day, counts in sorted(found.items())]


def _held(
    source: Asked, asked: Filter, pair: tuple[str, str, str, str], days: list[Row], found: Window
) -> list[Row]:
    """The counts by bin, with an example of each."""
    bins: dict[tuple[Any, ...], int] = {}
    for row in days:
        if row["quad"] and found.first <= row["earliest"] <= found.last:
            key = (floor(row["earliest"], found.unit), row["forth"], row["back"], row["quad"],
                   row["own_voice"])  # fmt: skip
            bins[key] = bins.get(key, 0) + row["n"]
    start = start_of(found.unit)
    among = "list_contains(initiators, ?) AND list_contains(affected, ?)"
    told = examples(source, asked, start, f"({among})", "quad", "own_voice",
                    where=f"({among}) OR ({among})", values=(*pair[:2], *pair))  # fmt: skip
    by_start = {(begin(key[0], found.unit), *key[1:]): words for key, words in told.items()}
    return [
        {
            "forth": forth, "back": back, "quad": quad, "n": n, "own": own,
            "start": moment(first), "end": moment(after(first, found.unit)),
            "when": called(first, found.unit),
            "voice": grammar.OWN if own else grammar.CLAIMED,
            "examples": [by_start.get((first, way, quad, own), "") for way in (True, False)],
        }
        for (first, forth, back, quad, own), n in sorted(bins.items())
    ]  # fmt: skip


def _dealings(held: list[Row], names_: tuple[str, str], found: Window, look: Theme) -> list[Spec]:
    ways = [_stacked(held, "forth", look), _stacked(held, "back", look)]
    most = max([_LEAST, *(abs(cell["high"]) for cells in ways for cell in cells)])
    panels = []
    for cells, (by, to) in zip(ways, (names_, names_[::-1]), strict=True):
        beside = "cooperation upward, conflict downward" if cells else "no event"
        heading = f"{cut(by, 40)} → {cut(to, 40)}: {beside}"
        panels.append(_bars(cells, heading, most, found, look))
    panels[-1]["encoding"]["x"]["axis"] = axis(found.unit)
    return panels


def _stacked(held: list[Row], way: str, look: Theme) -> list[Row]:
    """The cells of a direction with ``low`` and ``high``: cooperation upward, conflict downward,
    own voice next to the line, words before deeds.
    """
    reached: dict[tuple[str, bool], int] = {}
    summed: dict[tuple[str, bool, int], Row] = {}
    for row in held:
        if not row[way]:
            continue
        key = (row["start"], not row["own"], row["quad"])
        cell = {**row, "example": row["examples"][way == "back"]}
        summed[key] = {**cell, "n": row["n"] + summed[key]["n"]} if key in summed else cell
    placed = []
    for (start, claimed, quad), cell in sorted(summed.items()):
        low = reached.get((start, quad > 2), 0)
        high = low + (cell["n"] if quad <= 2 else -cell["n"])
        reached[start, quad > 2] = high
        kept = {k: v for k, v in cell.items() if k not in ("forth", "back", "examples")}
        placed.append({
            **kept, "low": low, "high": high, "kind": look.names[quad],
            "stroke": look.quads[quad], "fill": look.paper if claimed else look.quads[quad],
        })  # fmt: skip
    return placed


def _bars(cells: list[Row], heading: str, most: int, found: Window, look: Theme) -> Spec:
    axis = {"title": None, "values": [-most, 0, most],
            "labelExpr": "format(abs(datum.value), ',')"}  # fmt: skip
    return {
        "title": grids.heading_of(heading, look),
        "width": WIDTH,
        "height": 110,
        "data": {"values": cells},
        "mark": {"type": "bar", "strokeWidth": 1},
        "encoding": {
            "x": {"field": "start", "type": "temporal", "axis": None,
                  "scale": scale_of(found)},
            "x2": {"field": "end"},
            "y": {"field": "low", "type": "quantitative", "axis": axis,
                  "scale": {"domain": [-most, most], "nice": False}},
            "y2": {"field": "high"},
            "stroke": {"field": "stroke", "type": "nominal", "scale": None},
            "fill": {"field": "fill", "type": "nominal", "scale": None},
            "tooltip": grammar.tooltip("when", "kind", "voice", "n", "example"),
        },
    }  # fmt: skip


def _said(source: Asked, asked: Filter, sides: tuple[str, str], look: Theme) -> list[list[Row]]:
    """What each says that the other does: on its own word, innermost in the chain."""
    one = "list_contains(initiators, ?) AND list_extract(speakers, -1) = ?"
    of_both = f"(({one}) OR ({one}))"
    both = (sides[1], sides[0], sides[0], sides[1])
    told = examples(source, asked, "list_extract(speakers, -1)", "type", "status", where=of_both,
                    values=both)  # fmt: skip
    sql = (
        "SELECT speaker AS by, type, min(quad) AS quad, status, sum(n)::BIGINT AS n FROM chosen "
        "WHERE list_contains(initiators, ?) AND speaker = ? GROUP BY ALL ORDER BY ALL"
    )
    columns = "initiators, speaker, type, quad, status"
    found = [
        row
        for by, of in (sides, sides[::-1])
        for row in tally(source, asked, sql, columns, of, by, about=(About("voice", (by,)),))
    ]
    return [
        [
            {"row": row["type"], "status": row["status"], "n": row["n"], "own": False,
             "quad": row["quad"], "example": told.get((by, row["type"], row["status"]), ""),
             **grids.of_quad(row, look)}
            for row in found
            if row["by"] == by
        ]
        for by in sides
    ]  # fmt: skip


def _accounts(said: list[list[Row]], called_: tuple[str, str], look: Theme) -> list[Spec]:
    present = {row["row"] for held in said for row in held}
    order = [name for name in plover().types if name in present]
    most = max((row["n"] for held in said for row in held), default=1)
    return [
        grids.grid(
            held, order, f"What {cut(by, 40)} says that {cut(of, 40)} does", look,
            width=WIDTH, tip=["example"], most=most,
        )
        for held, by, of in ((said[0], *called_), (said[1], *called_[::-1]))
        if held
    ]  # fmt: skip
