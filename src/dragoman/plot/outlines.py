"""Land and borders of a window of the world, as GeoJSON cut to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # west, south, east, north
Scale = Literal["110m", "50m"]
_ANTARCTIC: Final = -60.0  # no picture of the whole world reaches so far
WORLD: Final[Box] = (-180.0, -90.0, 180.0, 90.0)


@cache
def _topology(scale: Scale) -> tuple[dict[str, Any], list[list[Point]]]:
    path = files("dragoman.plot") / "data" / f"outlines-{scale}.json"
    found = json.loads(path.read_text("utf-8"))
    sx, sy = found["transform"]["scale"]
    lines = []
    for arc in found["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((round(x * sx, 2), round(y * sy, 2)))
        lines.append(line)
    return found["objects"], lines


def land(scale: Scale, box: Box) -> dict[str, Any]:
    """The land within the box, a MultiPolygon."""
    objects, lines = _topology(scale)
    polygons = []
    for polygon in objects["land"]["arcs"]:
        if box == WORLD and _ring(polygon[0], lines)[0][1] < _ANTARCTIC:
            continue
        rings = [_clipped(_ring(ring, lines), box) for ring in polygon]
        if rings[0]:
            polygons.append([[list(point) for point in ring] for ring in rings if ring])
    return _feature({"type": "MultiPolygon", "coordinates": polygons})


def borders(name: Literal["borders", "disputed"], scale: Scale, box: Box) -> dict[str, Any]:
    """The borders within the box, a MultiLineString."""
    objects, lines = _topology(scale)
    parts = [
        [list(point) for point in part]
        for (number,) in objects[name]["arcs"]
        for part in _within(lines[number], box)
    ]
    return _feature({"type": "MultiLineString", "coordinates": parts})


def _feature(geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _ring(arcs: list[int], lines: list[list[Point]]) -> list[Point]:
    found: list[Point] = []
    for number in arcs:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        found.extend(line[1:] if found else line)
    return found


def _clipped(ring: list[Point], box: Box) -> list[Point]:
    """The ring cut to the box (Sutherland and Hodgman), closed; empty where nothing is left."""
    if box == WORLD:
        return ring
    for axis, bound, below in ((0, box[0], False), (1, box[1], False),
                               (0, box[2], True), (1, box[3], True)):  # fmt: skip
        kept: list[Point] = []
        for before, point in zip([*ring[-1:], *ring], ring, strict=False):
            inside = [(p[axis] <= bound if below else p[axis] >= bound) for p in (before, point)]
            if inside[0] != inside[1]:
                kept.append(_crossing(before, point, axis, bound))
            if inside[1]:
                kept.append(point)
        ring = kept
    return [*ring, ring[0]] if len(ring) > 2 else []


def _crossing(one: Point, other: Point, axis: int, bound: float) -> Point:
    share = (bound - one[axis]) / (other[axis] - one[axis])
    crossed = round(one[1 - axis] + share * (other[1 - axis] - one[1 - axis]), 2)
    return (bound, crossed) if axis == 0 else (crossed, bound)


def _within(line: list[Point], box: Box) -> Iterator[list[Point]]:
    """The stretches of a line that touch the box, a point more at each end."""
    west, south, east, north = box
    inside = [west <= x <= east and south <= y <= north for x, y in line]
    near = [
        any(inside[max(0, n - 1) : n + 2]) for n in range(len(line))
    ]  # fmt: skip
    part: list[Point] = []
    for keep, point in zip(near, line, strict=True):
        if keep:
            part.append(point)
        elif part:
            yield part
            part = []
    if len(part) > 1:
        yield part
