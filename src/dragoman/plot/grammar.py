"""One grammar for all pictures: theme, palette, order of the legend, titles, tooltips.

A claim is hollow or dashed, what the publisher says itself is filled or solid; what an event is
(words or deeds, cooperation or conflict) is told by colour and by shape or place, never by colour
alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

Spec = dict[str, Any]
Shade = Literal["light", "dark"]

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
WIDTH: Final = 720
FILLED: Final = "●"
HOLLOW: Final = "○"
OWN: Final = "in the report’s own voice"
CLAIMED: Final = "on somebody’s word"
KEY: Final = f"{FILLED} {OWN}   {HOLLOW} {CLAIMED}"
_LONGEST: Final = 26
_LINE: Final = 122


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one shade, and what is the same in both."""

    shade: Shade
    font: str
    paper: str
    ink: str
    muted: str
    rule: str
    land: str
    coast: str
    border: str
    quads: Mapping[int, str]
    names: Mapping[int, str]
    shapes: Mapping[int, str]

    @property
    def order(self) -> list[str]:
        """The names of the quad classes, in the order of every legend."""
        return list(self.names.values())

    def scale(self, key: Literal["color", "shape"], present: Iterable[int]) -> Spec:
        """The scale of the quad classes' names that are there."""
        kept = [quad for quad in self.names if quad in set(present)]
        drawn = self.quads if key == "color" else self.shapes
        return {"domain": [self.names[q] for q in kept], "range": [drawn[q] for q in kept]}


@cache
def theme(shade: Shade = "light") -> Theme:
    """The theme of a shade, from ``data/theme.json``."""
    found = json.loads((files("dragoman.plot") / "data" / "theme.json").read_text("utf-8"))
    own = found[shade]
    colours = {int(quad): colour for quad, colour in own.pop("quads").items()}
    return Theme(
        shade=shade,
        font=found["font"],
        quads=colours,
        names={one["quad"]: one["name"] for one in found["quads"]},
        shapes={one["quad"]: one["shape"] for one in found["quads"]},
        **own,
    )


def config(look: Theme) -> Spec:
    """The Vega-Lite configuration of a theme."""
    label = {"labelColor": look.ink, "titleColor": look.muted, "labelFontSize": 11}
    return {
        "font": look.font,
        "background": look.paper,
        "view": {"stroke": None},
        "axis": {
            **label,
            "gridColor": look.rule,
            "domainColor": look.rule,
            "tickColor": look.rule,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
            "labelLimit": 200,
        },
        "legend": {"disable": True},
        "header": {"labelColor": look.ink, "titleColor": look.muted},
        "title": {
            "anchor": "start",
            "color": look.ink,
            "subtitleColor": look.muted,
            "fontSize": 16,
            "fontWeight": "bold",
            "subtitleFontSize": 11.5,
            "subtitlePadding": 5,
            "subtitleLineHeight": 15,
            "offset": 14,
        },
        "text": {"color": look.ink, "font": look.font},
        "point": {"strokeWidth": 1.4},
        "concat": {"spacing": 14},
    }


def frame(look: Theme, title: str, lines: Sequence[str], body: Spec, *, told: str = "") -> Spec:
    """A whole specification: ``body`` with title, lines below it, theme and a description for
    those who cannot see it.
    """
    below = [part for line in lines if line for part in wrapped(line, _LINE)]
    return {
        "$schema": SCHEMA,
        "description": told or " ".join([f"{title}.", *(line for line in lines if line)]),
        "title": {"text": cut(title, 90), **({"subtitle": below} if below else {})},
        "padding": 16,
        "config": config(look),
        **body,
    }


def empty(look: Theme, title: str, sentence: str) -> Spec:
    """A picture of nothing, with a sentence that says what to do."""
    mark = {"type": "text", "fontSize": 13, "lineHeight": 18, "color": look.muted, "align": "left"}
    body = {
        "width": WIDTH,
        "height": 90,
        "data": {"values": [{"words": wrapped(sentence, 100)}]},
        "mark": {**mark, "x": 0, "y": 30, "baseline": "top"},
        "encoding": {"text": {"field": "words"}},
    }
    return frame(look, title, [], body, told=f"{title}. {sentence}")


def cut(text: str, longest: int = _LONGEST) -> str:
    """The text on one line, with an ellipsis where it is longer than ``longest`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def wrapped(text: str, width: int, most: int | None = None) -> list[str]:
    """The text in lines of at most ``width`` characters; with ``most``, cut after that many."""
    lines: list[str] = []
    for word in text.split():
        part = cut(word, width)
        if lines and len(lines[-1]) + 1 + len(part) <= width:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    if most is not None and len(lines) > most:
        return [*lines[: most - 1], cut(lines[most - 1], width - 2).rstrip(" …") + " …"]
    return lines or [""]


def counted(number: int, word: str) -> str:
    """``1 event``, ``12,000 events``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def tooltip(*names: str) -> list[Spec]:
    """Tooltip lines of those fields; ``of:type`` titles the field ``of`` as "type"."""
    parted = [name.partition(":") for name in names]
    return [
        {"field": field, "type": "nominal", "title": title or field.replace("_", " ")}
        for field, _, title in parted
    ]
