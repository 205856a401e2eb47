"""Land and borders for maps, from Natural Earth as the npm package world-atlas has it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tools.plot.outlines package

writes ``src/dragoman/plot/data/outlines-110m.json`` and ``outlines-50m.json``: TopoJSON with the
objects ``land``, ``borders`` and ``disputed``. No country has an outline of its own there, so no
map can fill one. A border is disputed where ``disputed_lines.csv`` names its two sides, within the
box if one is given: lines that one of the two sides, or who holds the ground, does not accept.
"""

from __future__ import annotations

import csv
import heapq
import itertools
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
DATA: Final = HERE.parents[1] / "src" / "dragoman" / "plot" / "data"
# Triangles smaller than this (square degrees) are smoothed away, rings smaller than that dropped.
_FINEST: Final = {"110m": (0.0, 0.0), "50m": (0.004, 0.003)}

Point = tuple[float, float]
Line = list[Point]
Box = tuple[float, float, float, float]


def build(path: Path, scale: str) -> dict[str, Any]:
    """The topology of one scale."""
    atlas = json.loads(path.read_text("utf-8"))
    arcs = [_decoded(arc, atlas["transform"]) for arc in atlas["arcs"]]
    least, smallest = _FINEST[scale]
    rules = _rules()
    borders: list[Line] = []
    disputed: list[Line] = []
    for n, names in _sides(atlas["objects"]["countries"]["geometries"]).items():
        for line, is_disputed in _parted(arcs[n], rules[frozenset(names)]) if names[1:] else ():
            (disputed if is_disputed else borders).append(line)
    polygons = [
        [ring for ring in polygon if _area(ring, arcs) >= smallest]
        for geometry in atlas["objects"]["land"]["geometries"]
        for polygon in geometry["arcs"]
    ]
    land = [polygon for polygon in polygons if polygon]
    kept = sorted(set(_numbers(land)))
    number = {old: new for new, old in enumerate(kept)}
    lines = [*(arcs[n] for n in kept), *borders, *disputed]
    first, second = len(kept), len(kept) + len(borders)

    def named(n: int) -> int:
        return number[n] if n >= 0 else ~number[~n]

    return {
        "type": "Topology",
        "objects": {
            "land": {
                "type": "MultiPolygon",
                "arcs": [[[named(n) for n in ring] for ring in polygon] for polygon in land],
            },
            "borders": _lines(range(first, second)),
            "disputed": _lines(range(second, len(lines))),
        },
        "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
        "arcs": [_encoded(_smoothed(line, least)) for line in lines],
    }


def _lines(numbers: range) -> dict[str, Any]:
    return {"type": "MultiLineString", "arcs": [[n] for n in numbers]}


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Line:
    x = y = 0
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    line = []
    for dx, dy, *_ in arc:
        x, y = x + dx, y + dy
        line.append((x * sx + tx, y * sy + ty))
    return line


def _encoded(line: Line) -> list[list[int]]:
    found, last = [], (0, 0)
    for x, y in line:
        point = (round(x * 100), round(y * 100))
        if not found or point != last:
            found.append([point[0] - last[0], point[1] - last[1]])
            last = point
    return found if len(found) > 1 else [*found, [0, 0]]


def _sides(geometries: list[dict[str, Any]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for geometry in geometries:
        for n in _numbers(geometry.get("arcs", [])):
            if geometry["properties"]["name"] not in found[n]:
                found[n].append(geometry["properties"]["name"])
    return found


def _numbers(nested: Any) -> Iterator[int]:
    for one in nested:
        if isinstance(one, int):
            yield one if one >= 0 else ~one
        else:
            yield from _numbers(one)


def _rules() -> dict[frozenset[str], list[Box]]:
    found: dict[frozenset[str], list[Box]] = defaultdict(list)
    with (HERE / "disputed_lines.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            box = [row[side] for side in ("west", "south", "east", "north")]
            west, south, east, north = map(float, box) if all(box) else (-181, -91, 181, 91)
            found[frozenset((row["one"], row["other"]))].append((west, south, east, north))
    return found


def _parted(line: Line, boxes: list[Box]) -> Iterator[tuple[Line, bool]]:
    """The line cut where it enters or leaves the boxes; whether each part lies in one."""
    part, inside = [line[0]], None
    for before, point in itertools.pairwise(line):
        x, y = (before[0] + point[0]) / 2, (before[1] + point[1]) / 2
        now = any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes)
        if inside is not None and now != inside:
            yield part, inside
            part = [before]
        part.append(point)
        inside = now
    yield part, bool(inside)


def _area(ring: list[int], arcs: list[Line]) -> float:
    points = [p for n in ring for p in (arcs[n] if n >= 0 else arcs[~n][::-1])]
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _smoothed(line: Line, least: float) -> Line:
    """The line without the points whose triangles with their neighbours are smallest
    (Visvalingam); its ends stay.
    """
    left = {n: n - 1 for n in range(1, len(line) - 1)}
    right = {n: n + 1 for n in range(1, len(line) - 1)}
    heap = [(_triangle(line, n - 1, n, n + 1), n) for n in left]
    heapq.heapify(heap)
    gone: set[int] = set()
    size = {n: area for area, n in heap}
    while heap and heap[0][0] < least:
        area, n = heapq.heappop(heap)
        if n in gone or area != size[n]:
            continue
        gone.add(n)
        a, b = left[n], right[n]
        for one, other, side in ((a, b, right), (b, a, left)):
            if one in size:
                side[one] = other
                size[one] = max(area, _triangle(line, left[one], one, right[one]))
                heapq.heappush(heap, (size[one], one))
    return [point for n, point in enumerate(line) if n not in gone]


def _triangle(line: Line, a: int, b: int, c: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = line[a], line[b], line[c]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2


def main(folder: Path) -> None:
    """Write both files."""
    for scale in _FINEST:
        made = build(folder / f"countries-{scale}.json", scale)
        target = DATA / f"outlines-{scale}.json"
        target.write_text(json.dumps(made, separators=(",", ":")) + "\n", "utf-8")
        counts = {name: len(found["arcs"]) for name, found in made["objects"].items()}
        print(f"{target.name}: {target.stat().st_size:,} bytes, {counts}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
