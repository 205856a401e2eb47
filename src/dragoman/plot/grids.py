"""A grid of rows by status: how often, what kind, and whether on somebody's word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dragoman.model import STATUSES
from dragoman.plot import grammar
from dragoman.plot.asking import Row
from dragoman.plot.grammar import Spec, Theme, cut

_HIGH: Final = 25
_ROWS_WIDE: Final = 28  # letters


def grid(
    held: Sequence[Row],
    order: Sequence[str],
    heading: str,
    look: Theme,
    *,
    width: int,
    offsets: Sequence[str] = (),
    tip: Sequence[str] = (),
    most: int | None = None,
) -> Spec:
    """Points for ``held``, rows with ``row``, ``status``, ``n``, ``kind`` (a name of a quad class,
    or of cooperation or conflict), ``colour``, ``shape`` and ``own``; ``order`` is that of the
    rows. ``offsets`` are the kinds that stand side by side in a cell.
    """
    top = most or max((row["n"] for row in held), default=1)
    step = width / len(STATUSES)
    place = {"x": _columns(width, step), "y": _rows(order)}
    signs = {
        "mark": {"type": "point", "opacity": 1},
        "encoding": {
            **place,
            "size": {"field": "size", "type": "quantitative", "scale": None},
            "shape": {"field": "shape", "type": "nominal", "scale": None},
            "stroke": {"field": "colour", "type": "nominal", "scale": None},
            "fill": {"field": "fill", "type": "nominal", "scale": None},
            "tooltip": grammar.tooltip("row", "kind", "status", "n", *tip),
        },
    }
    counts = [
        {
            "mark": {"type": "text", "align": "left", "dx": 12, "fontSize": 10, **paint},
            "encoding": {**place, "text": {"field": "count"}},
        }
        for paint in ({"stroke": look.paper, "strokeWidth": 4}, {"color": look.muted})
    ]
    return {
        "title": heading_of(heading, look),
        "width": width,
        "height": {"step": _HIGH},
        "data": {"values": [_cell(row, top, step, offsets, look) for row in held]},
        "layer": [signs, *counts],
    }


def _cell(row: Row, top: int, step: float, offsets: Sequence[str], look: Theme) -> Row:
    shift = (offsets.index(row["kind"]) - (len(offsets) - 1) / 2) * step / 2 if offsets else 0
    return {
        **row,
        "short": cut(row["row"], _ROWS_WIDE),
        "size": round(14 + 190 * row["n"] / max(top, 8), 1),
        "fill": row["colour"] if row["own"] else look.paper,
        "count": f"{row['n']:,}",
        "x": (STATUSES.index(row["status"]) + 0.5) * step + shift,
    }


_AXIS: Final[Spec] = {"title": None, "domain": False, "ticks": False}


def _rows(order: Sequence[str]) -> Spec:
    return {
        "field": "short",
        "type": "nominal",
        "sort": [cut(one, _ROWS_WIDE) for one in order],
        "axis": {**_AXIS, "grid": True},
        "scale": {"paddingInner": 0},
    }


def _columns(width: int, step: float) -> Spec:
    return {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [0, width], "nice": False},
        "axis": {
            **_AXIS,
            "orient": "top",
            "values": [(n + 0.5) * step for n in range(len(STATUSES))],
            "labelExpr": _labels(step),
            "labelAngle": -28,
            "labelAlign": "left",
            "labelPadding": 2,
            "labelBound": False,
            "labelOverlap": False,
            "grid": False,
        },
    }


def _labels(step: float) -> str:
    names = ", ".join(f"'{status}'" for status in STATUSES)
    return f"[{names}][floor(datum.value / {step})]"


def heading_of(text: str, look: Theme) -> Spec:
    """The title of a part of a picture."""
    return {"text": text, "fontSize": 11.5, "fontWeight": "normal", "offset": 4,
            "anchor": "start", "frame": "group", "color": look.muted}  # fmt: skip


def of_quad(row: Row, look: Theme) -> dict[str, Any]:
    """Kind, colour and shape of a row with ``quad``."""
    quad = row["quad"]
    return {"kind": look.names[quad], "colour": look.quads[quad], "shape": look.shapes[quad]}
