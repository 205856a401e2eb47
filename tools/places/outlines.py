"""Middle points of the outlines in a TopoJSON file."""

from __future__ import annotations

import itertools
from typing import Any

Point = tuple[float, float]


def middles(topology: dict[str, Any], kind: str) -> dict[str, Point]:
    """(latitude, longitude) by id: the centroid of the largest ring of each outline, degrees."""
    arcs = [_unpacked(arc, topology["transform"]) for arc in topology["arcs"]]
    found: dict[str, Point] = {}
    for shape in topology["objects"][kind]["geometries"]:
        if "arcs" not in shape:
            continue
        parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [_centroid(_ring(part[0], arcs)) for part in parts]
        _, longitude, latitude = max(rings)
        found[shape["id"]] = (round(latitude, 4), round(longitude, 4))
    return found


def _unpacked(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """An arc's steps added up and scaled: (longitude, latitude)."""
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    xs = itertools.accumulate(step[0] for step in arc)
    ys = itertools.accumulate(step[1] for step in arc)
    return [(x * wide + west, y * high + south) for x, y in zip(xs, ys, strict=True)]


def _ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in numbers:
        points += arcs[number] if number >= 0 else reversed(arcs[~number])
    return points


def _centroid(ring: list[Point]) -> tuple[float, float, float]:
    """The area of a ring (square degrees) and its centroid, by the shoelace formula."""
    twice = x_sum = y_sum = 0.0
    for (x, y), (next_x, next_y) in itertools.pairwise([*ring, ring[0]]):
        cross = x * next_y - next_x * y
        twice += cross
        x_sum += (x + next_x) * cross
        y_sum += (y + next_y) * cross
    if not twice:
        return 0.0, ring[0][0], ring[0][1]
    return abs(twice / 2), x_sum / (3 * twice), y_sum / (3 * twice)
