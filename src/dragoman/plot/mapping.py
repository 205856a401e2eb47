"""Where events took place: points sized by their number on a map that takes no side.

No country is filled, so no ground is given to anybody; borders that a party does not accept are
dashed (see ``tools/plot/disputed_lines.csv``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from dragoman.archive.filters import Filter
from dragoman.plot import grammar, outlines
from dragoman.plot.asking import Asked, Row, examples, rows, tally
from dragoman.plot.grammar import WIDTH, Spec, Theme, counted, cut
from dragoman.plot.keys import Key, legend
from dragoman.plot.outlines import Box

MOST: Final = 200
_TITLE: Final = "Where events took place"
_EMPTY: Final = (
    "No event with a place that could be found on the map. Ask for less, or read reports that say "
    "where things happened; dragoman query --show mentions --type place lists the places found."
)
_LABELS: Final = 18
_WIDE: Final = 130.0  # degrees; beyond that the whole world is drawn
_LEAST: Final = 9.0  # degrees: no closer look than this
_AREAS: Final = frozenset(
    "country|territory|region|gulf|strait|river|peninsula|sea|former state|first-level division"
    "|second-level division".split("|")
)
_AREA: Final = "country or region, at its middle"
_BIGGEST: Final = 800.0  # square pixels
_FEW: Final = 20  # where all have less, points stay small
_EARTH: Final = (1.340264, -0.081106, 0.000893, 0.003796)


def spec(source: Asked, asked: Filter, look: Theme, most: int | None = None) -> Spec:
    """The picture of the ``most`` places with most events."""
    found, left = _asked(source, asked, most or MOST)
    if not found:
        return grammar.empty(look, _TITLE, _EMPTY)
    view = _view([(row["lon"], row["lat"]) for row in found])
    told = examples(source, asked, "place_name")
    for row in found:
        row["place"] = row.pop("place_name")
        row["what"] = _AREA if row["area"] else "place"
        row["example"] = told.get((row["place"],), "")
    lines = [
        f"{counted(sum(row['n'] for row in found), 'event')} at {counted(len(found), 'place')}. "
        "Outlines have the size of all events there, what fills them of those in the report’s own "
        "voice.",
        _left(left),
    ]
    layers = [*_ground(view, look), *_points(found, view, look), *_names(found, view, look)]
    ground: Spec = {"width": WIDTH, "height": view["height"], "projection": view["projection"],
                    "layer": layers}  # fmt: skip
    key = legend(look, _keys(found, look))
    return grammar.frame(look, _TITLE, lines, {"vconcat": [ground, key], "spacing": 8})


def _keys(found: Sequence[Row], look: Theme) -> list[Key]:
    most = max(row["n"] for row in found)
    tint = look.quads[2]
    counts = sorted({1, max(1, round(most / 4)), most})
    return [
        Key(grammar.OWN, tint),
        Key(grammar.CLAIMED, tint, hollow=True),
        *([Key(_AREA, tint, "square", hollow=True)] if any(r["area"] for r in found) else []),
        *(Key(counted(n, "event"), look.muted, hollow=True, size=_area(n, most)) for n in counts),
        Key("border", look.border, line=1),
        Key("border that a party does not accept", look.border, line=1, dashed=True),
    ]


def _area(n: int, most: int) -> float:
    return round(_BIGGEST * n / max(most, _FEW), 1)


def _left(left: Row) -> str:
    told = []
    if left["beyond"]:
        told.append(f"{counted(left['beyond'], 'event')} at places with fewer")
    if left["unknown"]:
        told.append(f"{counted(left['unknown'], 'event')} at places not found on the map")
    if left["none"]:
        told.append(f"{counted(left['none'], 'event')} without a place")
    return f"Not shown: {', '.join(told)}." if told else ""


def _asked(source: Asked, asked: Filter, most: int) -> tuple[list[Row], Row]:
    """The places with most events, with their points, and how many events have no point."""
    sql = (
        "SELECT place_name, sum(n)::BIGINT AS n, "
        "coalesce(sum(n) FILTER (WHERE own_voice), 0)::BIGINT AS own FROM chosen "
        "GROUP BY place_name ORDER BY n DESC, place_name"
    )
    counts = tally(source, asked, sql, "place_name, own_voice")
    left = {"none": sum(row["n"] for row in counts if row["place_name"] is None)}
    named = [row for row in counts if row["place_name"] is not None]
    tops = named[: 2 * most]
    points = {row["place_name"]: row for row in _located(source, [r["place_name"] for r in tops])}
    kept = [{**row, **points[row["place_name"]]} for row in tops if row["place_name"] in points]
    left["beyond"] = sum(row["n"] for row in (*kept[most:], *named[2 * most :]))
    left["unknown"] = sum(row["n"] for row in tops if row["place_name"] not in points)
    return kept[:most], left


def _located(source: Asked, wanted: Sequence[str]) -> list[Row]:
    """The point of each place by the name that events have for it; where two places of a country
    share one, that of the place mentioned more often.
    """
    name = (
        "CASE WHEN place.country IS NULL OR place.feature = 'country' THEN place.name "
        "ELSE place.name || ', ' || place.country END"
    )
    sql = (
        f"SELECT {name} AS place_name, place.latitude AS lat, place.longitude AS lon, "
        "place.feature AS feature, count(*) AS m FROM mentions "
        f"WHERE kind = 'place' AND place IS NOT NULL AND {name} IN (SELECT unnest(?)) "
        "GROUP BY place_name, lat, lon, feature "
        "QUALIFY row_number() OVER (PARTITION BY place_name ORDER BY m DESC, lat, lon) = 1"
    )
    return [
        {"place_name": row["place_name"], "lat": row["lat"], "lon": row["lon"],
         "area": row["feature"] in _AREAS}
        for row in rows(source, sql, [list(wanted)])
    ]  # fmt: skip


def _view(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """The window, projection and height of the picture for points of longitude and latitude."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    if east - west > _WIDE or north - south > 110:
        scale = WIDTH / 5.42
        return {
            "world": True,
            "box": (-180.0, -90.0, 180.0, 90.0),
            "height": 318,
            "scale": scale,
            "projection": {"type": "equalEarth", "scale": round(scale, 2),
                           "translate": [WIDTH / 2, 175]},
        }  # fmt: skip
    pad = max(_LEAST - (east - west), _LEAST - (north - south), 0) / 2
    west, east = west - pad - 0.08 * (east - west), east + pad + 0.08 * (east - west)
    south, north = max(south - pad - 0.1 * (north - south), -78), min(
        north + pad + 0.1 * (north - south), 80)  # fmt: skip
    x0, x1, y0, y1 = math.radians(west), math.radians(east), _mercator(south), _mercator(north)
    scale = min(WIDTH / (x1 - x0), 520 / (y1 - y0))
    height = round(min(520, max(300, scale * (y1 - y0))))
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    center = [
        math.degrees(middle[0]),
        math.degrees(2 * math.atan(math.exp(middle[1])) - math.pi / 2),
    ]
    half = math.degrees(WIDTH / 2 / scale)
    reach = (height / 2 / scale) * 1.05
    box: Box = (
        round(center[0] - half * 1.05, 2),
        round(math.degrees(math.atan(math.sinh(middle[1] - reach))), 2),
        round(center[0] + half * 1.05, 2),
        round(math.degrees(math.atan(math.sinh(middle[1] + reach))), 2),
    )
    return {
        "world": False,
        "box": box,
        "height": height,
        "scale": scale,
        "center": middle,
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
    }  # fmt: skip


def _mercator(latitude: float) -> float:
    return math.asinh(math.tan(math.radians(latitude)))


def _pixel(view: dict[str, Any], lon: float, lat: float) -> tuple[float, float]:
    """Where a point lies in the picture."""
    scale = view["scale"]
    if not view["world"]:
        tx, ty = WIDTH / 2, view["height"] / 2
        mx, my = view["center"]
        return tx + scale * (math.radians(lon) - mx), ty - scale * (_mercator(lat) - my)
    tx, ty = view["projection"]["translate"]
    a1, a2, a3, a4 = _EARTH
    root = math.sqrt(3) / 2
    t = math.asin(root * math.sin(math.radians(lat)))
    t2, t6 = t * t, t**6
    x = math.radians(lon) * math.cos(t) / (root * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)))
    return tx + scale * x, ty - scale * t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


def _ground(view: dict[str, Any], look: Theme) -> list[Spec]:
    """Land and borders: of the whole world projected by d3, of a part of it by us, since a part
    cut out of a sphere may be taken for the rest of it.
    """
    box = view["box"]

    def project(lon: float, lat: float) -> tuple[float, float]:
        x, y = _pixel(view, lon, lat)
        return round(x, 1), round(y, 1)

    flat = None if view["world"] else project
    ground = outlines.land(box, project) if flat else outlines.world()
    shape = {"type": "geoshape", "filled": False, "clip": True}
    filled = {**shape, "filled": True, "fill": look.land, "stroke": look.coast, "strokeWidth": 0.6}
    layers: list[Spec] = [{"data": {"values": ground}, "mark": filled}]
    kinds: tuple[tuple[outlines.Borders, float, Spec], ...] = (
        ("borders", 0.7, {}),
        ("disputed", 0.9, {"strokeDash": [2, 2.5]}),
    )
    for name, wide, dash in kinds:
        held = outlines.borders(name, box, flat)
        mark = {**shape, "stroke": look.border, "strokeWidth": wide, **dash}
        if held["geometry"]["coordinates"]:
            layers.append({"data": {"values": held}, "mark": mark})
    return layers


def _across(field: str, length: float) -> Spec:
    scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _size(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "scale": None}


def _points(found: list[Row], view: dict[str, Any], look: Theme) -> list[Spec]:
    most = max(row["n"] for row in found)
    tint = look.quads[2]
    place = {
        "x": _across("x", WIDTH),
        "y": _across("y", view["height"]),
        "shape": {"field": "what", "type": "nominal", "title": None, "scale": {
            "domain": ["place", _AREA],
            "range": ["circle", "square"]}},
    }  # fmt: skip
    tip = grammar.tooltip("place", "what", "n", "own", "example")
    for row in found:
        row["x"], row["y"] = (round(one, 1) for one in _pixel(view, row["lon"], row["lat"]))
        row["size"], row["solid"] = _area(row["n"], most), _area(row["own"], most)
    held = {"values": sorted(found, key=lambda row: -int(row["n"]))}
    solid = [row for row in held["values"] if row["own"]]
    return [
        {
            "data": held,
            "mark": {"type": "point", "stroke": tint, "fill": look.paper, "fillOpacity": 0.55,
                     "opacity": 1},
            "encoding": {**place, "size": _size("size"), "tooltip": tip},
        },
        {
            "data": {"values": solid},
            "mark": {"type": "point", "filled": True, "color": tint, "opacity": 0.8},
            "encoding": {**place, "size": _size("solid"), "tooltip": tip},
        },
    ]  # fmt: skip


def _names(found: list[Row], view: dict[str, Any], look: Theme) -> list[Spec]:
    """Names beside the largest points, as far as they do not run into one another."""
    most = max(row["n"] for row in found)
    taken: list[Box] = []
    for row in found:
        x, y = _pixel(view, row["lon"], row["lat"])
        reach = math.sqrt(_area(row["n"], most) / math.pi)
        taken.append((x - reach, y - reach, x + reach, y + reach))
    held: list[Row] = []
    for row in found:
        if len(held) == _LABELS:
            break
        x, y = _pixel(view, row["lon"], row["lat"])
        reach = math.sqrt(_area(row["n"], most) / math.pi)
        short = cut(row["place"].rpartition(", ")[0] or row["place"], 22)
        wide = 5.8 * len(short)
        for left in (x + reach + 3, x - reach - 3 - wide):
            box = (left, y - 6, left + wide, y + 6)
            if (
                left >= 0
                and left + wide <= WIDTH
                and 8 < y < view["height"] - 8
                and not any(
                    box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3]
                    for b in taken
                )
            ):
                taken.append(box)
                held.append({"x": round(left, 1), "y": round(y, 1), "name": short})
                break
    mark = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 10.5,
            "x": {"expr": "datum.x"}, "y": {"expr": "datum.y"}}  # fmt: skip
    halo = {**mark, "stroke": look.land, "strokeWidth": 3, "strokeOpacity": 0.85}
    text = {"data": {"values": held}, "encoding": {"text": {"field": "name"}}}
    return [{**text, "mark": halo}, {**text, "mark": mark}]
