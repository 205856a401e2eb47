"""What small pictures share: no title of their own, and the ground of the page."""

from __future__ import annotations

from typing import Final

from dragoman.plot import grammar
from dragoman.plot.grammar import Spec, Theme, wrapped

WIDE: Final = 400  # pixels, of all but those that are as wide as the page
FAINT: Final = 0.25  # the opacity of what is not chosen


def framed(look: Theme, told: str, body: Spec) -> Spec:
    """A part with its description, without a title: the page has one."""
    config = {**grammar.config(look), "background": "transparent"}
    return {"$schema": grammar.SCHEMA, "description": told, "padding": 4, "config": config, **body}


def nothing(look: Theme, sentence: str) -> Spec:
    """A part of which nothing is there."""
    mark = {"type": "text", "fontSize": 13, "lineHeight": 18, "color": look.muted,
            "align": "left", "baseline": "top", "x": 0, "y": 8}  # fmt: skip
    body = {
        "width": WIDE,
        "height": 60,
        "data": {"values": [{"words": wrapped(sentence, 52)}]},
        "mark": mark,
        "encoding": {"text": {"field": "words"}},
    }
    return framed(look, sentence, body)
