"""Who acts on whom, small: the most active actors on a circle, in which one chooses."""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from dragoman.archive.filters import Filter
from dragoman.plot import grammar, network
from dragoman.plot.asking import Asked, Row, names, who_is
from dragoman.plot.bare import FAINT, WIDE, framed, nothing
from dragoman.plot.grammar import Spec, Theme, counted, cut

_MOST: Final = 16
_ARCS: Final = 48
_LETTERS: Final = 16
_LETTER: Final = 5.9  # pixels a letter takes, about
_GAP: Final = 11.0  # pixels between the circle and a name


def who(source: Asked, asked: Filter, chosen: Filter, look: Theme) -> Spec:
    """The picture of the most active actors; of the chosen one where it is not among them."""
    actor = who_is(source, chosen.actor) if chosen.actor else None
    ties, others, is_alone = _ties(source, asked, actor)
    if not ties:
        return nothing(look, "No event that fits has somebody on both sides.")
    order = network.seriated(sorted({tie[end] for tie in ties for end in ("a", "b")}), ties)
    placed, called = network._placed(order), names(source, order)
    if len(order) == 2:  # side by side, so that both names can be read
        placed = {name: angle + math.pi / 2 for name, angle in placed.items()}
    scale = _scale(placed, called)
    reach = _reach(placed, called, scale)
    bright = [tie for tie in ties if actor is None or actor in (tie["a"], tie["b"])]
    faint = [tie for tie in ties if tie not in bright]
    layers: list[Spec] = []
    for held, light in ((faint, 0.15), (bright, 0.7)):
        if held:
            arcs = network._arcs(held, placed, called, {}, look, reach)
            arcs["mark"]["opacity"] = light
            ends = network._ends(held, placed, called, {}, look, reach)
            ends["mark"]["opacity"] = light if light < FAINT else 1
            layers += [arcs, ends]
    near = {tie[end] for tie in bright for end in ("a", "b")}
    rows = _rows(order, placed, called, ties, scale)
    for row in rows:
        row["light"] = 1 if actor is None or row["id"] in near else FAINT
        pick = "" if row["id"] == actor else row["id"]
        row["pick"] = {"actor": pick, "side": "", "counterpart": ""}
        row["weight"] = "bold" if row["id"] == actor else "normal"
    told = f"The {counted(len(order), 'actor')} that deal most with one another"
    told = f"Who deals with {called.get(actor or '', actor)}" if is_alone else told
    told += f"; {others:,} others not shown." if others else "."
    body = {
        "width": WIDE,
        "height": round(2 * reach[1] * scale),
        "layer": [*layers, *_nodes(rows, reach, look)],
        "resolve": {"scale": {"size": "independent"}},
    }
    return framed(look, f"{told} A mark stands at whom acts are directed to.", body)


def _ties(source: Asked, asked: Filter, actor: str | None) -> tuple[list[Row], int, bool]:
    """The ties drawn, how many actors are left out, and whether the ties are the actor's alone."""
    ties, _, others = network._asked(source, asked, _MOST)
    ties = ties[:_ARCS]
    if actor is None or any(actor in (tie["a"], tie["b"]) for tie in ties):
        return ties, others, False
    own = dataclasses.replace(asked, actor=actor)
    ties, _, others = network._asked(source, own, _MOST)
    return [tie for tie in ties if actor in (tie["a"], tie["b"])][:_ARCS], others, True


def _long(name: str) -> float:
    """How many pixels a name takes from the circle outward."""
    return _GAP + _LETTER * len(cut(name, _LETTERS))


def _scale(placed: Mapping[str, float], called: Mapping[str, str]) -> float:
    """Pixels for each unit of the large picture, so that names fit into the width."""
    free = [
        (WIDE / 2 - 4 - _long(called[name]) * abs(math.sin(angle))) / max(abs(math.sin(angle)), 0.3)
        for name, angle in placed.items()
    ]
    return max(60.0, min([*free, 130.0])) / network._RADIUS


def _reach(placed: Mapping[str, float], called: Mapping[str, str], scale: float) -> network.Reach:
    high = max(
        (network._RADIUS * scale + _long(called[name]) * abs(math.cos(angle))) * 1.02
        if abs(math.cos(angle)) > 0.3 else network._RADIUS * scale
        for name, angle in placed.items()
    ) + 6  # fmt: skip
    return round(WIDE / 2 / scale), round(high / scale)


def _rows(
    order: Sequence[str], placed: Mapping[str, float], called: Mapping[str, str],
    ties: Sequence[Row], scale: float,
) -> list[Row]:  # fmt: skip
    total: dict[str, int] = defaultdict(int)
    for tie in ties:
        total[tie["a"]] += tie["n"]
        total[tie["b"]] += tie["n"]
    rows: list[Row] = []
    for name in order:
        (x, y) = network._point(placed[name])
        (tx, ty) = network._point(placed[name], network._RADIUS + _GAP / scale)
        turn, right = math.degrees(placed[name]) - 90, placed[name] <= math.pi
        rows.append({
            "x": round(x, 1), "y": round(y, 1), "tx": round(tx, 1), "ty": round(ty, 1),
            "angle": round(turn if right else turn - 180, 1), "right": right,
            "name": cut(called[name], _LETTERS), "actor": called[name], "id": name,
            "n": total[name],
        })  # fmt: skip
    return rows


def _nodes(rows: list[Row], reach: network.Reach, look: Theme) -> list[Spec]:
    light = {"opacity": {"field": "light", "type": "quantitative", "scale": None}}
    tip = {"tooltip": grammar.tooltip("actor", "id", "n")}
    dots: Spec = {
        "data": {"values": rows},
        "mark": {"type": "circle", "color": look.ink, "cursor": "pointer"},
        "encoding": {
            **network._place(reach), **light, **tip,
            "size": {"field": "n", "type": "quantitative", "legend": None,
                     "scale": {"range": [40, 150], "zero": True}},
        },
    }  # fmt: skip
    texts: list[Spec] = [
        {
            "data": {"values": [row for row in rows if row["right"] is right]},
            "mark": {"type": "text", "align": "left" if right else "right", "fontSize": 11,
                     "baseline": "middle", "angle": {"expr": "datum.angle"},
                     "fontWeight": {"expr": "datum.weight"}, "cursor": "pointer"},
            "encoding": {**network._place(reach, "tx", "ty"), **light, **tip,
                         "text": {"field": "name"}},
        }
        for right in (True, False)
        if any(row["right"] is right for row in rows)
    ]  # fmt: skip
    return [dots, *texts]
