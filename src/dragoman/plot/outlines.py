"""Land and borders of a window of the world, as GeoJSON cut to it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # west, south, east, north
Project = Callable[[float, float], Point]
Scale = Literal["110m", "50m"]
Borders = Literal["borders", "disputed"]
_ANTARCTIC: Final = -60.0  # no picture of the whole world reaches so far


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


def world() -> dict[str, Any]:
    """The land of the world but Antarctica, in degrees, as d3 wants it on a sphere."""
    objects, lines = _topology("110m")
    polygons = [[_ring(ring, lines) for ring in polygon] for polygon in objects["land"]["arcs"]]
    kept = [polygon for polygon in polygons if polygon[0][0][1] > _ANTARCTIC]
    return _feature("MultiPolygon", [[_listed(ring) for ring in polygon] for polygon in kept])


def land(box: Box, project: Project) -> dict[str, Any]:
    """The land within the box, projected: plain coordinates of a picture."""
    objects, lines = _topology("50m")
    polygons = []
    for polygon in objects["land"]["arcs"]:
        rings = [_unwrapped(_ring(ring, lines)) for ring in polygon]
        for turn in (-360.0, 0.0, 360.0):
            cut = [_clipped([(x + turn, y) for x, y in ring], box) for ring in rings]
            if cut[0]:
                drawn = [_listed([project(*point) for point in ring]) for ring in cut if ring]
                polygons.append([ring for ring in drawn if len(ring) > 3])
    return _feature("MultiPolygon", [polygon for polygon in polygons if polygon])


def borders(name: Borders, box: Box, project: Project | None = None) -> dict[str, Any]:
    """The borders within the box, projected; without ``project`` those of the world in degrees."""
    objects, lines = _topology("50m" if project else "110m")
    parts = []
    for (number,) in objects[name]["arcs"]:
        if project is None:
            parts.append(_listed(lines[number]))
        else:
            found = _within(lines[number], box)
            parts += [_listed([project(*point) for point in part]) for part in found]
    return _feature("MultiLineString", [part for part in parts if len(part) > 1])


def _feature(kind: str, coordinates: list[Any]) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _listed(points: list[Point]) -> list[list[float]]:
    """The points without those that fall on the one before."""
    found: list[list[float]] = []
    for x, y in points:
        if not found or [x, y] != found[-1]:
            found.append([x, y])
    return found


def _ring(arcs: list[int], lines: list[list[Point]]) -> list[Point]:
    found: list[Point] = []
    for number in arcs:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        found.extend(line[1:] if found else line)
    return found


def _unwrapped(ring: list[Point]) -> list[Point]:
    """The ring without jumps from one edge of the map to the other; one around a pole is closed
    there.
    """
    found = [ring[0]]
    turn = 0.0
    for (before, _), (x, y) in itertools.pairwise(ring):
        turn += 360.0 if before - x > 180 else -360.0 if x - before > 180 else 0.0
        found.append((x + turn, y))
    if turn:
        pole = 90.0 if found[0][1] > 0 else -90.0
        found += [(found[-1][0], pole), (found[0][0], pole), found[0]]
    return found


def _clipped(ring: list[Point], box: Box) -> list[Point]:
    """The ring cut to the box (Sutherland and Hodgman), closed; empty where nothing is left."""
    if max(x for x, _ in ring) < box[0] or min(x for x, _ in ring) > box[2]:
        return []
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
