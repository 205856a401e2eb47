"""Who acts on whom: the most active actors on a circle, their dealings as arcs across it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from dragoman.archive.filters import Filter
from dragoman.archive.grains import totals
from dragoman.plot import grammar
from dragoman.plot.asking import Asked, Row, examples, is_counted, is_large, names, rows, tally
from dragoman.plot.grammar import Spec, Theme, counted, cut
from dragoman.plot.keys import Key, legend

MOST: Final = 40
_ARCS: Final = 120
_RADIUS: Final = 235.0
_LETTER: Final = 5.9  # pixels of a name's letter, about
_STEPS: Final = 12
Reach = tuple[int, int]
_TITLE: Final = "Who acts on whom"
_EMPTY: Final = (
    "No event with somebody on both sides was found. Ask for less (fewer of --actor, --type, "
    "--from, --to), or read more reports into the archive with: dragoman ingest."
)
# What an event has for somebody whom the clause leaves out: not one actor, but many.
UNNAMED: Final = "unnamed"
KINDS: Final = ("cooperation", "conflict")
SAID: Final = ("also in the report’s own voice", "only on somebody’s word")

# Who takes part how often, and who stands beside whom: each party of each side, or, where there
# are very many events, the first-named ones (each, where parties act on one another). A pair that
# stands on both sides is counted both ways there already.
_EACH: Final = """SELECT a, b, quad, own_voice, n,
        reciprocal AND NOT (list_contains(initiators, b) AND list_contains(affected, a))
            AS reciprocal
    FROM (SELECT *, unnest(affected) AS b FROM (SELECT *, unnest(initiators) AS a FROM {0}))"""
_ACTING_ALL: Final = """, acting AS (
    SELECT who, sum(n) AS n FROM (
        SELECT unnest(initiators) AS who, n FROM chosen
        UNION ALL SELECT unnest(affected), n FROM chosen
    ) GROUP BY who
)"""
_ACTING_FIRST: Final = """, acting AS (
    SELECT who, sum(n) AS n FROM (
        SELECT initiator AS who, sum(n) AS n FROM chosen GROUP BY initiator
        UNION ALL SELECT recipient, sum(n) FROM chosen GROUP BY recipient
    ) GROUP BY who
)"""
_SIDES_ALL: Final = f", sides AS NOT MATERIALIZED ({_EACH.format('chosen')})"
_SIDES_FIRST: Final = f""", sides AS NOT MATERIALIZED (
    SELECT initiator AS a, recipient AS b, quad, own_voice, sum(n) AS n, reciprocal FROM chosen
    WHERE initiator IN (#) AND recipient IN (#) AND initiator <> recipient GROUP BY ALL
    UNION ALL
    {_EACH.format("(FROM chosen WHERE initiator = recipient AND reciprocal)")}
)"""
_TOP: Final = f""" SELECT who, count(*) OVER () AS actors FROM acting WHERE who <> '{UNNAMED}'
ORDER BY n DESC, who LIMIT ?"""
_TIES: Final = """, pairs AS MATERIALIZED (
    SELECT * FROM sides WHERE a <> b AND quad > 0 AND a IN (#) AND b IN (#)
), directed AS (
    FROM pairs UNION ALL SELECT * REPLACE (b AS a, a AS b) FROM pairs WHERE reciprocal
) SELECT a, b, quad > 2 AS conflict, sum(n)::BIGINT AS n,
    coalesce(sum(n) FILTER (WHERE own_voice), 0)::BIGINT AS own
FROM directed GROUP BY ALL ORDER BY n DESC, a, b, conflict"""
_COLUMNS: Final = "initiator, recipient, initiators, affected, quad, own_voice, reciprocal"


def spec(source: Asked, asked: Filter, look: Theme, most: int | None = None) -> Spec:
    """The picture of the ``most`` most active actors."""
    ties, active, others = _asked(source, asked, most or MOST)
    if not ties:
        return grammar.empty(look, _TITLE, _EMPTY)
    drawn = ties[:_ARCS]
    shown = {side for tie in drawn for side in (tie["a"], tie["b"])}
    called = names(source, shown)
    order = seriated(sorted(shown), drawn)
    told = examples(source, asked, "initiator", "recipient", "quad > 2")
    placed = _placed(order)
    reach = _reach(placed, called)
    lines = [
        "An arc ends, with a mark, at whom the acts are directed to.",
        _left_out(len(order), active, others, len(ties) - len(drawn)),
        "Of each side the first-named party is counted." if is_large(source) else "",
    ]
    circle = {
        "width": 2 * reach[0],
        "height": 2 * reach[1],
        "layer": [
            _arcs(drawn, placed, called, told, look, reach),
            _ends(drawn, placed, called, told, look, reach),
            *_nodes(order, placed, called, drawn, look, reach),
        ],
        "resolve": {"scale": {"size": "independent"}},
    }
    key = legend(look, _keys(drawn, look))
    return grammar.frame(look, _TITLE, lines, {"vconcat": [circle, key], "spacing": 8})


def _keys(ties: Sequence[Row], look: Theme) -> list[Key]:
    most = max(tie["n"] for tie in ties)
    counts = sorted({1, max(1, most // 3), most})
    return [
        Key(KINDS[0], look.quads[2], look.shapes[2]),
        Key(KINDS[1], look.quads[4], look.shapes[4]),
        Key(SAID[0], look.ink, line=2),
        Key(SAID[1], look.ink, line=2, dashed=True),
        *(Key(counted(n, "event"), look.muted, line=_thick(n, most)) for n in counts),
    ]


def _thick(n: int, most: int) -> float:
    return 0.8 + 4.2 * math.sqrt(n / most)


def _left_out(shown: int, active: int, others: int, arcs: int) -> str:
    told = f"The {counted(shown, 'actor')} most active"
    if others:
        told += f", {others:,} others not shown"
    if active > shown:
        told += f", {active - shown:,} without an arc among those drawn"
    return told + (f"; {counted(arcs, 'weakest arc')} left out." if arcs > 0 else ".")


def _asked(source: Asked, asked: Filter, most: int) -> tuple[list[Row], int, int]:
    """The ties among the most active actors, strongest first; how many these are; how many
    others there are.
    """
    large = is_large(source)
    tops = _tops(source, asked, most, large)
    if not tops:
        return [], 0, 0
    named = [row["who"] for row in tops]
    sql = (_SIDES_FIRST if large else _SIDES_ALL) + _TIES
    marks = ", ".join("?" * len(named))
    found = tally(source, asked, sql.replace("#", marks), _COLUMNS, *(named * sql.count("#")))
    return found, len(named), tops[0]["actors"] - len(named)


def _tops(source: Asked, asked: Filter, most: int, large: bool) -> list[Row]:
    """The most active actors, each with how many actors there are."""
    counted = totals(asked, "first" if large else "side") if is_counted(source) else None
    if counted is not None:
        acting = f"SELECT about AS who, sum(n) AS n FROM ({counted}) GROUP BY about"
        return rows(source, f"WITH acting AS ({acting}){_TOP}", [most])
    acting = _ACTING_FIRST if large else _ACTING_ALL
    return tally(source, asked, acting + _TOP, _COLUMNS, most)


def seriated(actors: Sequence[str], ties: Sequence[Mapping[str, Any]]) -> list[str]:
    """The actors in an order that has those with many dealings beside one another: groups that
    deal with nobody outside one after the other, the largest first, each by the Fiedler vector.
    """
    weight: dict[tuple[str, str], float] = defaultdict(float)
    for tie in ties:
        weight[min(tie["a"], tie["b"]), max(tie["a"], tie["b"])] += tie["n"]
    order: list[str] = []
    for group in _groups(actors, weight):
        place = {name: n for n, name in enumerate(group)}
        matrix = np.zeros((len(group), len(group)))
        for (one, other), value in weight.items():
            if one in place:
                row, column = place[one], place[other]
                matrix[row, column] = matrix[column, row] = -math.log1p(value)
        np.fill_diagonal(matrix, -matrix.sum(axis=1))
        vector = np.linalg.eigh(matrix)[1][:, 1] if len(group) > 2 else np.arange(len(group))
        vector = np.round(vector, 9)
        if vector[np.argmax(np.abs(vector))] < 0:
            vector = -vector
        order += [group[n] for n in np.lexsort((np.arange(len(group)), vector))]
    return order


def _groups(actors: Sequence[str], weight: Mapping[tuple[str, str], float]) -> list[list[str]]:
    root = {name: name for name in actors}

    def find(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    for one, other in weight:
        first, second = sorted((find(one), find(other)))
        root[second] = first
    groups: dict[str, list[str]] = defaultdict(list)
    for name in actors:
        groups[find(name)].append(name)
    return sorted(groups.values(), key=lambda group: (-len(group), group))


def _placed(order: Sequence[str]) -> dict[str, float]:
    """The angle of each actor, from the top and clockwise."""
    return {name: 2 * math.pi * n / len(order) for n, name in enumerate(order)}


def _point(angle: float, radius: float = _RADIUS) -> tuple[float, float]:
    return radius * math.sin(angle), radius * math.cos(angle)


def _curve(one: float, other: float, lane: float) -> list[tuple[float, float]]:
    """Points from one actor to another, bent inward; lanes keep arcs of one pair apart."""
    (ax, ay), (bx, by) = _point(one, _RADIUS - 6), _point(other, _RADIUS - 9)
    mx, my = (ax + bx) / 2, (ay + by) / 2
    long = math.hypot(bx - ax, by - ay) or 1.0
    bend = 0.25 + 0.5 * (math.hypot(mx, my) / _RADIUS) ** 2
    side = 1 if (one - other) % (2 * math.pi) < math.pi else -1
    cx = mx * bend - (by - ay) / long * lane * side
    cy = my * bend + (bx - ax) / long * lane * side
    return [
        (
            (1 - t) ** 2 * ax + 2 * t * (1 - t) * cx + t * t * bx,
            (1 - t) ** 2 * ay + 2 * t * (1 - t) * cy + t * t * by,
        )
        for t in (n / _STEPS for n in range(_STEPS + 1))
    ]


def _lane(tie: Row) -> float:
    return (14.0 if tie["conflict"] else 4.0) * (1 if tie["a"] < tie["b"] else -1)


def _told(tie: Row, called: Mapping[str, str], told: Mapping[Any, str]) -> Row:
    return {
        "kind": KINDS[tie["conflict"]],
        "said": SAID[not tie["own"]],
        "who": f"{called[tie['a']]} → {called[tie['b']]}",
        "n": tie["n"],
        "own voice": tie["own"],
        "example": told.get((tie["a"], tie["b"], tie["conflict"]), ""),
    }


def _arcs(
    ties: Sequence[Row], placed: Mapping[str, float], called: Mapping[str, str],
    told: Mapping[Any, str], look: Theme, reach: Reach,
) -> Spec:  # fmt: skip
    held = []
    most = max(tie["n"] for tie in ties)
    # The strongest last: drawn above the others.
    for number, tie in enumerate(reversed(ties)):
        own = {**_told(tie, called, told), "thick": round(_thick(tie["n"], most), 2)}
        curve = _curve(placed[tie["a"]], placed[tie["b"]], _lane(tie))
        for step, (x, y) in enumerate(curve):
            first = own if step == _STEPS // 2 else {k: own[k] for k in ("kind", "said", "thick")}
            held.append({**first, "arc": number, "step": step, "x": round(x, 1), "y": round(y, 1)})
    return {
        "data": {"values": held},
        "mark": {"type": "line", "opacity": 0.7, "strokeCap": "round", "interpolate": "basis"},
        "encoding": {
            **_place(reach),
            "detail": {"field": "arc"},
            "order": {"field": "step"},
            "color": kind_scale(look),
            "strokeDash": {
                "field": "said", "type": "nominal", "title": None,
                "scale": {"domain": list(SAID), "range": [[1, 0], [5, 4]]},
            },
            "strokeWidth": {"field": "thick", "type": "quantitative", "scale": None},
        },
    }  # fmt: skip


def kind_scale(look: Theme, key: str = "color") -> Spec:
    """The scale of cooperation and conflict, where words and deeds are taken together."""
    drawn = look.quads if key == "color" else look.shapes
    return {
        "field": "kind", "type": "nominal", "title": None,
        "scale": {"domain": list(KINDS), "range": [drawn[2], drawn[4]]},
    }  # fmt: skip


def _ends(
    ties: Sequence[Row], placed: Mapping[str, float], called: Mapping[str, str],
    told: Mapping[Any, str], look: Theme, reach: Reach,
) -> Spec:  # fmt: skip
    held = []
    for tie in reversed(ties):
        curve = _curve(placed[tie["a"]], placed[tie["b"]], _lane(tie))
        x, y = curve[-1]
        held.append({**_told(tie, called, told), "x": round(x, 1), "y": round(y, 1)})
    return {
        "data": {"values": held},
        "mark": {"type": "point", "opacity": 1, "size": 42},
        "encoding": {
            **_place(reach),
            "shape": kind_scale(look, "shape"),
            "stroke": kind_scale(look),
            "fill": {"value": look.quads[2], "condition": [
                {"test": "!datum['own voice']", "value": look.paper},
                {"test": f"datum.kind == '{KINDS[1]}'", "value": look.quads[4]},
            ]},
            "tooltip": grammar.tooltip("who", "kind", "n", "own voice", "example"),
        },
    }  # fmt: skip


def _nodes(
    order: Sequence[str], placed: Mapping[str, float], called: Mapping[str, str],
    ties: Sequence[Row], look: Theme, reach: Reach,
) -> list[Spec]:  # fmt: skip
    total: dict[str, int] = defaultdict(int)
    for tie in ties:
        total[tie["a"]] += tie["n"]
        total[tie["b"]] += tie["n"]
    held = []
    for name in order:
        (x, y), (tx, ty) = _point(placed[name]), _point(placed[name], _RADIUS + 11)
        turn = math.degrees(placed[name]) - 90
        right = placed[name] <= math.pi
        held.append({
            "x": round(x, 1), "y": round(y, 1), "tx": round(tx, 1), "ty": round(ty, 1),
            "angle": round(turn if right else turn - 180, 1), "right": right,
            "name": cut(called[name]), "actor": called[name], "id": name, "n": total[name],
        })  # fmt: skip
    data = {"values": held}
    tip = grammar.tooltip("actor", "id", "n")
    dots: Spec = {
        "data": data,
        "mark": {"type": "circle", "color": look.ink, "opacity": 1},
        "encoding": {
            **_place(reach),
            "size": {"field": "n", "type": "quantitative", "legend": None,
                     "scale": {"range": [25, 160], "zero": True}},
            "tooltip": tip,
        },
    }  # fmt: skip
    texts: list[Spec] = [
        {
            "data": data,
            "transform": [{"filter": f"{'' if right else '!'}datum.right"}],
            "mark": {"type": "text", "align": "left" if right else "right",
                     "baseline": "middle", "fontSize": 11, "angle": {"expr": "datum.angle"}},
            "encoding": {**_place(reach, "tx", "ty"), "text": {"field": "name"}, "tooltip": tip},
        }
        for right in (True, False)
    ]  # fmt: skip
    return [dots, *texts]


def _reach(placed: Mapping[str, float], called: Mapping[str, str]) -> Reach:
    """How far the picture reaches from its middle to the side and upward, names included."""
    ends = [
        _point(angle, _RADIUS + 18 + _LETTER * len(cut(called[name])))
        for name, angle in placed.items()
    ]
    least = _RADIUS + 14
    return (
        round(max([least, *(abs(x) for x, _ in ends)])),
        round(max([least, *(abs(y) for _, y in ends)])),
    )


def _place(reach: Reach, x: str = "x", y: str = "y") -> Spec:
    def along(field: str, far: int) -> Spec:
        scale = {"domain": [-far, far], "nice": False}
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}

    return {"x": along(x, reach[0]), "y": along(y, reach[1])}
