"""Small pictures that stand side by side on a page, and in which one chooses.

A mark that can be chosen has ``pick`` in its row: what it asks for, by the names of an address;
an empty value takes a filter away. What is chosen already is marked, the rest is faint.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, get_args

from dragoman.archive.filters import Filter
from dragoman.plot import grammar, mapping
from dragoman.plot.asking import Asked, Row, over
from dragoman.plot.bare import FAINT, WIDE, framed, nothing
from dragoman.plot.circle import who
from dragoman.plot.grammar import Shade, Spec, Theme, counted, cut, theme
from dragoman.plot.timeline import (
    Window,
    after,
    axis,
    begin,
    called,
    floor,
    moment,
    notes,
    scale_of,
    start_of,
    window,
)

Part = Literal["when", "what", "who", "where"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
_HIGH: Final = 150
_ROW: Final = 20
_TYPES: Final = 14
_LABELS: Final = 8
_PLACES: Final = 120
_LETTER: Final = 5.8  # pixels a letter takes, about


def small(
    part: Part, source: Asked, asked: Filter, chosen: Filter, *, shade: Shade = "light",
    wide: int | None = None,
) -> Spec:  # fmt: skip
    """The Vega-Lite specification of a part: of the events that ``asked`` keeps, with what
    ``chosen`` has of this part marked. ``wide`` is the width of "when" in pixels; without it, that
    of the element it is drawn in.
    """
    draw: dict[Part, Callable[[Asked, Filter, Filter, Theme], Spec]] = {
        "when": _when, "what": _what, "who": who, "where": _where,
    }  # fmt: skip
    drawn = draw[part](source, asked, chosen, theme(shade))
    if part == "when" and wide is not None and "width" in drawn:
        drawn["width"] = wide
    return drawn


def _counts(source: Asked, asked: Filter, sql: str, columns: str, *more: Any) -> list[Row]:
    """Counts over the events of a filter: ``sql`` sums up ``n``."""
    return over(source, asked, sql, f"{columns}, 1 AS n", *more)


def _when(source: Asked, asked: Filter, chosen: Filter, look: Theme) -> Spec:
    found = window(source, asked)
    if found is None:
        return nothing(look, "No event with a day fits.")
    sql = (
        f"SELECT {start_of(found.unit)} AS start, quad, own_voice, sum(n)::BIGINT AS n FROM chosen "
        "WHERE earliest BETWEEN ? AND ? GROUP BY ALL ORDER BY ALL"
    )
    columns = "earliest, quad, own_voice"
    held = _stacked(
        _counts(source, asked, sql, columns, found.first, found.last), found, chosen, look
    )
    most = max(max(abs(row["high"]), abs(row["low"])) for row in held)
    time = {"field": "start", "type": "temporal", "scale": scale_of(found),
            "axis": axis(found.unit)}  # fmt: skip
    count = {
        "field": "low", "type": "quantitative",
        "scale": {"domain": [-most, most], "nice": False},
        "axis": {"title": None, "values": [-most, 0, most],
                 "labelExpr": "format(abs(datum.value), ',')"},
    }  # fmt: skip
    bars = {
        "data": {"values": held},
        "params": [{"name": "brush", "select": {"type": "interval", "encodings": ["x"]}}],
        "mark": {"type": "bar", "strokeWidth": 1, "cursor": "pointer"},
        "encoding": {
            "x": time, "x2": {"field": "end"}, "y": count, "y2": {"field": "high"},
            **{name: {"field": name, "type": "nominal", "scale": None}
               for name in ("fill", "stroke")},
            "opacity": {"field": "light", "type": "quantitative", "scale": None},
            "tooltip": grammar.tooltip("when", "kind", "voice", "n"),
        },
    }  # fmt: skip
    told = " ".join([f"{counted(found.total, 'event')} by {found.unit}: upward the reports’ own "
                     "words, downward what stands on somebody’s word.", *notes(found)])  # fmt: skip
    told = told.replace("; see them with --from and --to", "")
    body = {
        "width": "container",
        "height": _HIGH,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "usermeta": {"edges": _edges(found)},
        "layer": [*_span(found, chosen, time, look), bars],
    }
    return framed(look, told, body)


def _stacked(rows: list[Row], found: Window, chosen: Filter, look: Theme) -> list[Row]:
    """A bar for each bin, voice and quad class, one on the other from the middle."""
    reached: dict[tuple[int, bool], int] = {}
    order = {quad: n for n, quad in enumerate(look.names)}
    held = []
    for row in sorted(rows, key=lambda one: order.get(one["quad"], 9)):
        own, start = row["own_voice"], begin(row["start"], found.unit)
        end = after(start, found.unit)
        low = reached.get((row["start"], own), 0)
        high = reached[row["start"], own] = low + (row["n"] if own else -row["n"])
        last = end - dt.timedelta(1)
        colour = look.quads.get(row["quad"], look.muted)
        same = chosen.first == start and chosen.last == last
        held.append({
            "start": moment(start), "end": moment(end), "low": low, "high": high,
            "when": called(start, found.unit), "kind": look.names.get(row["quad"], ""),
            "voice": grammar.OWN if own else grammar.CLAIMED, "n": row["n"],
            "stroke": colour, "fill": colour if own else look.paper,
            "light": 1 if _overlaps(start, last, chosen) else FAINT,
            "pick": {"from": "" if same else str(start), "to": "" if same else str(last)},
        })  # fmt: skip
    return held


def _overlaps(start: dt.date, last: dt.date, chosen: Filter) -> bool:
    begins, ends = chosen.first or dt.date.min, chosen.last or dt.date.max
    return start <= ends and begins <= last


def _span(found: Window, chosen: Filter, time: Mapping[str, Any], look: Theme) -> list[Spec]:
    """The days chosen, as far as they are drawn."""
    if chosen.first is None and chosen.last is None:
        return []
    begins = max(chosen.first or found.first, found.first)
    ends = min(chosen.last or found.last, found.last)
    if begins > ends:
        return []
    row = {"start": moment(begins), "end": moment(ends + dt.timedelta(1))}
    mark = {"type": "rect", "fill": look.ink, "fillOpacity": 0.07, "stroke": look.muted,
            "strokeDash": [3, 3]}  # fmt: skip
    return [{"data": {"values": [row]}, "mark": mark,
             "encoding": {"x": {**time}, "x2": {"field": "end"}}}]  # fmt: skip


def _edges(found: Window) -> list[int]:
    """Where bins begin and end: a choice by hand goes from one edge to another."""
    edges, day = [moment(found.first)], floor(found.first, found.unit)
    while day <= found.last and len(edges) < 400:
        day = after(day, found.unit)
        edges.append(moment(day))
    return edges


def _what(source: Asked, asked: Filter, chosen: Filter, look: Theme) -> Spec:
    sql = (
        "SELECT type, arg_max(quad, n) AS quad, sum(n)::BIGINT AS n, "
        "coalesce(sum(n) FILTER (WHERE own_voice), 0)::BIGINT AS own "
        "FROM chosen GROUP BY type ORDER BY n DESC, type"
    )
    found = _counts(source, asked, sql, "type, quad, own_voice")
    if not found:
        return nothing(look, "No event fits.")
    now = (chosen.type or "").upper()
    shown = [row for n, row in enumerate(found) if n < _TYPES or row["type"].upper() == now]
    most = max(row["n"] for row in shown)
    held = [
        {
            **row, "claimed": row["n"] - row["own"], "full": most,
            "colour": look.quads.get(row["quad"], look.muted),
            "light": 1 if now in ("", row["type"].upper()) else FAINT,
            "pick": {"type": "" if row["type"].upper() == now else row["type"], "mode": ""},
        }
        for row in shown
    ]  # fmt: skip
    rest = sum(row["n"] for row in found) - sum(row["n"] for row in shown)
    told = f"{counted(len(shown), 'type')} of event, the most frequent first: " + ", ".join(
        f"{row['type']} {row['n']:,}" for row in shown[:5]
    )
    told += f". Not shown: {counted(rest, 'event')} of other types." if rest else "."
    body = {
        "width": WIDE,
        "height": _ROW * len(held),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": held},
        "layer": _type_bars([row["type"] for row in shown], most, look),
    }
    return framed(look, told, body)


def _type_bars(order: list[str], most: int, look: Theme) -> list[Spec]:
    y = {"field": "type", "type": "nominal", "sort": order,
         "axis": {"title": None, "ticks": False, "domain": False,
                  "labelPadding": 6}}  # fmt: skip
    scale = {"domain": [0, most], "nice": False}
    x = {"type": "quantitative", "scale": scale, "axis": None}
    plain = {name: {"field": "colour", "type": "nominal", "scale": None}
             for name in ("fill", "stroke")}  # fmt: skip
    light = {"opacity": {"field": "light", "type": "quantitative", "scale": None}}
    bar = {"type": "bar", "height": 11, "strokeWidth": 1}
    tip = grammar.tooltip("type", "n", "own:in the reports’ own voice", "claimed:on a word")
    return [
        {"mark": bar, "encoding": {"y": y, "x": {**x, "field": "n"}, **light,
                                   **plain, "fill": {"value": look.paper}}},
        {"mark": bar, "encoding": {"y": y, "x": {**x, "field": "own"}, **light, **plain}},
        # All of a row can be chosen, however short its bar.
        {"mark": {"type": "bar", "fillOpacity": 0, "height": _ROW, "cursor": "pointer"},
         "encoding": {"y": y, "x": {**x, "field": "full"}, "tooltip": tip}},
    ]  # fmt: skip


def _where(source: Asked, asked: Filter, chosen: Filter, look: Theme) -> Spec:
    found, left = mapping._asked(source, asked, _PLACES)
    if not found:
        return nothing(look, "No event that fits has a place that is on the map.")
    sql = "SELECT place_name, min(place_country) AS country FROM chosen GROUP BY place_name"
    held = over(source, asked, sql, "place_name, place_country")
    countries = {row["place_name"]: row["country"] for row in held}
    view = mapping._view([(row["lon"], row["lat"]) for row in found])
    k = WIDE / grammar.WIDTH
    rows = [_place(row, countries.get(row["place_name"]), view, k, chosen) for row in found]
    most = max(row["n"] for row in rows)
    for row in rows:
        row["size"], row["solid"] = (
            round(0.5 * mapping._area(row[name], most) + 9 * (row[name] > 0), 1)
            for name in ("n", "own")
        )
    projection = dict(view["projection"])
    projection["scale"] = round(projection["scale"] * k, 4)
    projection["translate"] = [round(one * k, 2) for one in projection["translate"]]
    told = f"{counted(sum(row['n'] for row in rows), 'event')} at {counted(len(rows), 'place')}. "
    body = {
        "width": WIDE,
        "height": round(view["height"] * k),
        "projection": projection,
        "layer": [*mapping._ground(view, look), *_points(rows, look), *_named(rows, look)],
    }
    return framed(look, (told + mapping._left(left)).strip(), body)


def _place(row: Row, country: str | None, view: dict[str, Any], k: float, chosen: Filter) -> Row:
    x, y = mapping._pixel(view, row["lon"], row["lat"])
    name = row["place_name"]
    now, spot = (chosen.country or "").upper(), (chosen.place or "").casefold()
    is_chosen = bool(now and country == now) or bool(spot and name.casefold().startswith(spot))
    pick = {"country": country or "", "place": "" if country else name}
    return {
        "x": round(x * k, 1), "y": round(y * k, 1), "place": name, "country": country or "",
        "n": row["n"], "own": row["own"], "shape": "square" if row["area"] else "circle",
        "light": 1 if is_chosen or not (now or spot) else FAINT,
        "pick": {"country": "", "place": ""} if is_chosen else pick,
    }  # fmt: skip


def _points(rows: list[Row], look: Theme) -> list[Spec]:
    tint = look.quads[2]
    at = {"x": {"expr": "datum.x"}, "y": {"expr": "datum.y"}}
    beside = {
        "shape": {"field": "shape", "type": "nominal", "scale": None},
        "opacity": {"field": "light", "type": "quantitative", "scale": None},
        "tooltip": grammar.tooltip("place", "country", "n", "own:in the reports’ own voice"),
    }
    hollow = {"type": "point", "stroke": tint, "fill": look.paper, "strokeWidth": 1.4,
              "cursor": "pointer", **at}  # fmt: skip
    filled = {"type": "point", "filled": True, "color": tint, "cursor": "pointer", **at}
    size = {name: {"field": name, "type": "quantitative", "scale": None}
            for name in ("size", "solid")}  # fmt: skip
    return [
        {"data": {"values": sorted(rows, key=lambda row: -int(row["n"]))}, "mark": hollow,
         "encoding": {**beside, "size": size["size"]}},
        {"data": {"values": [row for row in rows if row["own"]]}, "mark": filled,
         "encoding": {**beside, "size": size["solid"]}},
    ]  # fmt: skip


def _named(rows: list[Row], look: Theme) -> list[Spec]:
    """Names beside the largest points, as far as they do not run into one another."""
    order = sorted(rows, key=lambda one: (-one["light"], -one["n"]))
    taken = [
        (row["x"] - 4.0, row["y"] - 4.0, row["x"] + 4.0, row["y"] + 4.0)
        for row in order[: 6 * _LABELS]
    ]
    held: list[Row] = []
    for row in order[: 4 * _LABELS]:
        short = cut(row["place"].rpartition(", ")[0] or row["place"], 16)
        wide, reach = _LETTER * len(short), max((row["size"] / 3.14) ** 0.5, 3.5)
        for left in (row["x"] + reach + 3, row["x"] - reach - 3 - wide):
            box = (left, row["y"] - 7, left + wide, row["y"] + 7)
            is_free = left >= 0 and box[2] <= WIDE and not any(
                box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken
            )  # fmt: skip
            if is_free and len(held) < _LABELS:
                taken.append(box)
                held.append({"x": round(left, 1), "y": row["y"], "name": short})
                break
    mark = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 11,
            "x": {"expr": "datum.x"}, "y": {"expr": "datum.y"}}  # fmt: skip
    halo = {**mark, "stroke": look.land, "strokeWidth": 3, "strokeOpacity": 0.85}
    text = {"data": {"values": held}, "encoding": {"text": {"field": "name"}}}
    return [{**text, "mark": halo}, {**text, "mark": mark}]
