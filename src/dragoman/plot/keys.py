"""The legend, drawn by us: every picture explains the same signs in the same order and words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dragoman.plot import grammar
from dragoman.plot.grammar import WIDTH, Spec, Theme

_ROW: Final = 20
_LETTER: Final = 5.7  # pixels a letter takes, about
_SIGN: Final = 24
_GAP: Final = 18


@dataclass(frozen=True, slots=True)
class Key:
    """A sign with its words: a point of some area in square pixels, or, with ``line``, a line of
    that width.
    """

    text: str
    colour: str
    shape: str = "circle"
    hollow: bool = False
    size: float = 70
    line: float | None = None
    dashed: bool = False


def voices(look: Theme) -> list[Key]:
    """Filled and hollow, as everywhere."""
    return [Key(grammar.OWN, look.ink), Key(grammar.CLAIMED, look.ink, hollow=True)]


def quads(look: Theme, present: Collection[int]) -> list[Key]:
    """The quad classes that are there, in their order."""
    return [
        Key(look.names[quad], look.quads[quad], look.shapes[quad])
        for quad in look.names
        if quad in present
    ]


def legend(look: Theme, keys: Sequence[Key], width: int = WIDTH) -> Spec:
    """A specification to be put below a picture."""
    held, high = _laid(look, keys, width)
    y = _along("y", high)
    text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 11}
    points = {
        "transform": [{"filter": "datum.kind == 'point'"}],
        "mark": {"type": "point", "opacity": 1},
        "encoding": {
            "x": _along("x", width), "y": y, **_plain("shape", "stroke", "fill"),
            "size": {"field": "size", "type": "quantitative", "scale": None},
        },
    }  # fmt: skip
    words = {"mark": text, "encoding": {"x": _along("label", width), "y": y, **_plain("text")}}
    return {
        "width": width,
        "height": high,
        "data": {"values": held},
        "layer": [points, _line("line", [1, 0], width, y), _line("dash", [5, 4], width, y), words],
    }


def _laid(look: Theme, keys: Sequence[Key], width: int) -> tuple[list[dict[str, Any]], int]:
    """Where each sign stands, and the height of all."""
    held: list[dict[str, Any]] = []
    x, row = 0.0, 0
    for key in keys:
        wide = _SIGN + _LETTER * len(key.text)
        if x and x + wide > width:
            x, row = 0.0, row + 1
        held.append({
            "x": x + 8, "left": x - 2, "right": x + 18, "label": x + _SIGN, "y": row * _ROW + 10,
            "text": key.text, "shape": key.shape, "stroke": key.colour, "size": key.size,
            "fill": look.paper if key.hollow else key.colour, "wide": key.line or 0,
            "kind": "point" if key.line is None else "dash" if key.dashed else "line",
        })  # fmt: skip
        x += wide + _GAP
    return held, (row + 1) * _ROW


def _line(kind: str, dash: list[float], width: int, y: Spec) -> Spec:
    return {
        "transform": [{"filter": f"datum.kind == '{kind}'"}],
        "mark": {"type": "rule", "strokeDash": dash},
        "encoding": {
            "x": _along("left", width), "x2": {"field": "right"}, "y": y, **_plain("stroke"),
            "strokeWidth": {"field": "wide", "type": "quantitative", "scale": None},
        },
    }  # fmt: skip


def _along(field: str, length: int) -> Spec:
    scale = {"domain": [0, length], "range": [0, length], "nice": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _plain(*fields: str) -> Spec:
    return {name: {"field": name, "type": "nominal", "scale": None} for name in fields}
