"""Two actors over time: what each does to the other, and what each says of the other's deeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from dragoman.archive.filters import Filter
from dragoman.ontologies import plover
from dragoman.plot import grammar, grids
from dragoman.plot.asking import Asked, Row, examples, names, over, who_is
from dragoman.plot.grammar import WIDTH, Spec, Theme, counted, cut
from dragoman.plot.keys import Key, legend, voices
from dragoman.plot.timeline import Window, after, called, floor, framed, notes, start_of

_COLUMNS: Final = (
    "earliest, day, initiators, affected, reciprocal, quad, type, status, own_voice, speakers"
)
_DEALT: Final = """, dealt AS (
    SELECT *, (list_contains(initiators, ?) AND list_contains(affected, ?)) AS there,
        (list_contains(initiators, ?) AND list_contains(affected, ?)) AS back
    FROM chosen
), towards AS (
    SELECT * EXCLUDE (there, back), there OR (back AND reciprocal) AS forth,
        back OR (there AND reciprocal) AS back
    FROM dealt WHERE there OR back
)"""
KINDS: Final = ("cooperation", "conflict")


def spec(source: Asked, asked: Filter, one: str, other: str, look: Theme) -> Spec:
    """The picture of the dealings of two actors, ids or names."""
    sides = (who_is(source, one), who_is(source, other))
    known = names(source, sides)
    first, second = (known[side] for side in sides)
    title = f"{cut(first, 40)} and {cut(second, 40)}"
    pair = (sides[0], sides[1], sides[1], sides[0])
    sql = (
        "SELECT earliest, count(*) AS n, count(*) FILTER (WHERE day IS NULL) AS undated "
        "FROM towards WHERE earliest IS NOT NULL GROUP BY earliest ORDER BY earliest"
    )
    days = over(source, asked, f"{_DEALT} {sql}", _COLUMNS, *pair)
    found = framed([(row["earliest"], row["n"], row["undated"]) for row in days])
    said = [_said(source, asked, by, of, look) for by, of in (sides, sides[::-1])]
    if found is None and not any(said):
        return grammar.empty(look, title, _empty(first, second))
    panels = _dealings(source, asked, pair, (first, second), found, look) if found else []
    panels += _accounts(said, (first, second), look)
    lines = [f"{counted(found.total, 'event')} between them, by {found.unit}.", *notes(found)] if (
        found) else ["No event between them; only what each says of the other."]  # fmt: skip
    return grammar.frame(look, title, lines, {"vconcat": [*panels, legend(look, _keys(look))]})


def _empty(first: str, second: str) -> str:
    return (
        f"No event between {first} and {second}, and no word of one on the other. Check the names "
        "with: dragoman actors lookup NAME; dragoman query --archive DIR --actor NAME shows what "
        "there is."
    )


def _keys(look: Theme) -> list[Key]:
    return [
        Key(KINDS[0], look.quads[2], look.shapes[2]),
        Key(KINDS[1], look.quads[4], look.shapes[4]),
        *voices(look),
    ]


def _dealings(
    source: Asked, asked: Filter, pair: tuple[str, str, str, str], called_: tuple[str, str],
    found: Window, look: Theme,
) -> list[Spec]:  # fmt: skip
    start = start_of(found.unit)
    sql = (
        f"SELECT {start} AS start, forth, back, quad > 2 AS conflict, own_voice, count(*) AS n "
        "FROM towards WHERE quad > 0 AND earliest BETWEEN ? AND ? GROUP BY ALL ORDER BY ALL"
    )
    held = over(source, asked, f"{_DEALT} {sql}", _COLUMNS, *pair, found.first, found.last)
    told = examples(source, asked, start, "initiator", "recipient", "quad > 2")
    panels = []
    for way in ("forth", "back"):
        by, to = called_ if way == "forth" else called_[::-1]
        ids = pair[:2] if way == "forth" else pair[2:]
        cells = [_cell(row, found, told, ids) for row in held if row[way]]
        panels.append(_bars(cells, f"{cut(by, 40)} → {cut(to, 40)}", held, found, look))
    panels[-1]["layer"][0]["encoding"]["x"]["axis"] = {"title": None, "grid": False,
                                                       "labelOverlap": True}  # fmt: skip
    return panels


def _cell(
    row: Row, found: Window, told: Mapping[Any, str], ids: tuple[str, ...]
) -> Row:
    start: dt.date = row["start"]
    return {
        "start": start.isoformat(),
        "end": after(start, found.unit).isoformat(),
        "when": called(start, found.unit),
        "kind": KINDS[row["conflict"]],
        "own": row["own_voice"],
        "voice": grammar.OWN if row["own_voice"] else grammar.CLAIMED,
        "n": row["n"],
        "example": told.get((start, *ids, row["conflict"]), ""),
    }


def _stacked(cells: list[Row]) -> list[Row]:
    """The cells with ``low`` and ``high``: cooperation upward, conflict downward, own voice next
    to the line.
    """
    reached: dict[tuple[str, str], int] = {}
    placed = []
    summed: dict[tuple[str, str, bool], Row] = {}
    for cell in cells:
        key = (cell["start"], cell["kind"], cell["own"])
        if key in summed:
            summed[key]["n"] += cell["n"]
        else:
            summed[key] = dict(cell)
    for cell in sorted(summed.values(), key=lambda one: (one["start"], not one["own"])):
        sign = 1 if cell["kind"] == KINDS[0] else -1
        low = reached.get((cell["start"], cell["kind"]), 0)
        high = low + sign * cell["n"]
        reached[cell["start"], cell["kind"]] = high
        placed.append({**cell, "low": low, "high": high})
    return placed


def _bars(cells: list[Row], heading: str, held: list[Row], found: Window, look: Theme) -> Spec:
    most = _most(held)
    domain = [floor(found.first, found.unit).isoformat(),
              (found.last + dt.timedelta(1)).isoformat()]  # fmt: skip
    x: Spec = {"field": "start", "type": "temporal", "axis": None,
               "scale": {"type": "utc", "domain": domain}}  # fmt: skip
    axis = {"title": None, "values": [-most, 0, most],
            "labelExpr": "format(abs(datum.value), ',')"}  # fmt: skip
    y = {"field": "low", "type": "quantitative", "axis": axis,
         "scale": {"domain": [-most, most], "nice": False}}  # fmt: skip
    bar = {
        "mark": {"type": "bar", "strokeWidth": 1},
        "encoding": {
            "x": x,
            "x2": {"field": "end"},
            "y": y,
            "y2": {"field": "high"},
            "stroke": {"value": look.quads[2], "condition": {
                "test": f"datum.kind == '{KINDS[1]}'", "value": look.quads[4]}},
            "fill": {"value": look.quads[2], "condition": [
                {"test": "!datum.own", "value": look.paper},
                {"test": f"datum.kind == '{KINDS[1]}'", "value": look.quads[4]}]},
            "tooltip": grammar.tooltip("when", "kind", "voice", "n", "example"),
        },
    }  # fmt: skip
    sides = {
        "data": {"values": [{"at": most, "word": "cooperation"}, {"at": -most, "word": "conflict"}]},
        "mark": {"type": "text", "align": "left", "x": 4, "fontSize": 10, "color": look.muted,
                 "baseline": {"expr": "datum.at > 0 ? 'top' : 'bottom'"}},
        "encoding": {"y": {"field": "at", "type": "quantitative"}, "text": {"field": "word"}},
    }  # fmt: skip
    return {
        "title": grids.heading_of(heading, look),
        "width": WIDTH,
        "height": 110,
        "data": {"values": _stacked(cells)},
        "layer": [bar, sides],
    }


def _most(held: list[Row]) -> int:
    """The highest bar of either direction."""
    sums: dict[tuple[Any, ...], int] = {}
    for row in held:
        for way in ("forth", "back"):
            if row[way]:
                key = (way, row["start"], row["conflict"])
                sums[key] = sums.get(key, 0) + row["n"]
    return max(sums.values(), default=1)


def _said(source: Asked, asked: Filter, by: str, of: str, look: Theme) -> list[Row]:
    """What one says that the other does: on its own word, innermost in the chain."""
    sql = (
        "SELECT type, min(quad) AS quad, status, count(*) AS n FROM chosen "
        "WHERE list_extract(speakers, -1) = ? AND list_contains(initiators, ?) "
        "GROUP BY type, status ORDER BY type, status"
    )
    told = examples(source, asked, "list_extract(speakers, -1)", "initiator", "type", "status")
    return [
        {"row": row["type"], "status": row["status"], "n": row["n"], "own": False,
         "example": told.get((by, of, row["type"], row["status"]), ""), **grids.of_quad(row, look)}
        for row in over(source, asked, sql, _COLUMNS, by, of)
    ]  # fmt: skip


def _accounts(said: list[list[Row]], called_: tuple[str, str], look: Theme) -> list[Spec]:
    present = {row["row"] for held in said for row in held}
    order = [name for name in plover().types if name in present]
    most = max((row["n"] for held in said for row in held), default=1)
    return [
        grids.grid(
            held, order, f"What {cut(by, 40)} says that {cut(of, 40)} does", look,
            width=WIDTH - 30, tip=["example"], most=most,
        )
        for held, by, of in ((said[0], *called_), (said[1], *called_[::-1]))
        if held
    ]  # fmt: skip
