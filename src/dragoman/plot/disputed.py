"""Occurrences that accounts contradict each other on: a row each, the accounts in columns."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, Final

from dragoman.archive.contradictions import Contradiction, Told, contradictions
from dragoman.archive.filters import Filter
from dragoman.plot import grammar
from dragoman.plot.asking import Asked
from dragoman.plot.grammar import WIDTH, Spec, Theme, counted, cut, wrapped
from dragoman.plot.keys import Key, legend

MOST: Final = 12
_COLUMNS: Final = 3
_LINES: Final = 6
_LETTERS: Final = 37
_LINE_HIGH: Final = 13
_TITLE: Final = "What sources contradict each other on"
_EMPTY: Final = (
    "No two accounts of one happening contradict each other. Ask for less, or add reports of other "
    "outlets with: dragoman ingest SOURCE --archive DIR."
)
_CROSS: Final = "M-.7,-.7L.7,.7M-.7,.7L.7,-.7"


def told(source: Asked, asked: Filter) -> list[Contradiction]:
    """The disputed occurrences that one of the events asked for belongs to, the one with most
    accounts first.
    """
    words = {field.name: getattr(asked, field.name) for field in dataclasses.fields(asked)}
    words = {name: value for name, value in words.items() if name not in ("order", "limit")}
    return contradictions(source.occurrences(disputed=True, **words).to_pylist())


def waiting(look: Theme) -> Spec:
    """The picture while the accounts are still being compared."""
    sentence = "The accounts are being compared. Load this page again in a moment."
    return grammar.empty(look, _TITLE, sentence)


def spec(found: Sequence[Contradiction], look: Theme, most: int | None = None) -> Spec:
    """The picture of the first ``most`` of them."""
    shown = found[: most or MOST]
    if not shown:
        return grammar.empty(look, _TITLE, _EMPTY)
    data: list[dict[str, Any]] = []
    rules: list[dict[str, Any]] = []
    y = 4.0
    for one in shown:
        y = _row(one, y, data, look)
        rules.append({"y": y - 8})
    rest = len(found) - len(shown)
    lines = [
        f"{counted(len(shown), 'occurrence')}; each account in its own words, with whose it is. "
        "Copies of one story count once.",
        f"Not shown: {counted(rest, 'occurrence')} with fewer accounts, or earlier ones."
        if rest
        else "",
    ]
    table = {"width": WIDTH, "height": y, "layer": _layers(data, rules, y, look)}
    keys = [
        Key("not denied, " + grammar.OWN, look.ink),
        Key("not denied, " + grammar.CLAIMED, look.ink, hollow=True),
        Key("denied", look.ink, _CROSS),
    ]
    return grammar.frame(look, _TITLE, lines, {"vconcat": [table, legend(look, keys)]})


def _row(one: Contradiction, y: float, data: list[dict[str, Any]], look: Theme) -> float:
    """Lay one occurrence out from ``y`` down; where the next begins."""
    head = _head(one)
    about = f"They disagree on: {', '.join(about.lower() for about in one.about)}."
    reasons = "; ".join(point.reason for point in one.points)
    data.append({"kind": "head", "x": 0, "y": y, "text": [cut(head, 105)], "tip": head})
    data.append({"kind": "where", "x": 0, "y": y + 17, "text": [about], "words": reasons})
    y, deepest = y + 38, 0.0
    for column, account in enumerate(one.accounts[:_COLUMNS]):
        high = _account(account, column * WIDTH / _COLUMNS, y, data, look)
        deepest = max(deepest, high)
    more = len(one.accounts) - _COLUMNS
    if more > 0:
        text = [f"and {counted(more, 'account')} more"]
        data.append({"kind": "where", "x": 0, "y": y + deepest + 2, "text": text})
        deepest += _LINE_HIGH + 2
    return y + deepest + 22


def _head(one: Contradiction) -> str:
    what = f"{one.type} · {one.mode}" if one.mode else one.type
    whom = f" → {' and '.join(one.whom)}" if one.whom else ""
    beside = [str(part) for part in (one.place, one.day) if part]
    return ", ".join([f"{what}: {' and '.join(one.who) or 'somebody'}{whom}", *beside])


def _account(one: Told, x: float, y: float, data: list[dict[str, Any]], look: Theme) -> float:
    """Lay one account out; how high it is."""
    what = f"{one.status} · {one.type}{f' · {one.mode}' if one.mode else ''}"
    sides = f"{' and '.join(one.who) or 'somebody'}"
    sides += f" → {' and '.join(one.whom)}" if one.whom else ""
    published = [str(part) for part in (one.publisher, one.published) if part]
    where = f"{', '.join(published)} ({one.document})" if published else one.document
    copies = f"also in {', '.join(c.publisher or c.document for c in one.copies)}"
    tip = {"status": one.status, "type": one.type, "on whose word": one.whose, "who": sides,
           "words": one.words, "document": where,
           "copies": ", ".join(copy.document for copy in one.copies)}  # fmt: skip
    letters = _LETTERS - 3
    parts = [
        ("whose", 16, wrapped(one.whose, letters, 2), 3),
        ("where", 0, wrapped(f"{what} by {sides}", _LETTERS, 3), 3),
        ("words", 0, wrapped(f"“{' '.join(one.words.split())}”", _LETTERS, _LINES), 3),
        ("where", 0, [cut(", ".join(published) or one.document, _LETTERS)], 0),
        *([("where", 0, wrapped(copies, _LETTERS, 2), 0)] if one.copies else []),
    ]
    data.append({"kind": "sign", "x": x + 5, "y": y + 2, **_sign(one, look), **tip})
    below = y
    for kind, indent, text, gap in parts:
        data.append({"kind": kind, "x": x + indent, "y": below, "text": text, **tip})
        below += _LINE_HIGH * len(text) + gap
    return below - y


def _sign(one: Told, look: Theme) -> dict[str, str]:
    if one.status == "denied":
        return {"shape": _CROSS, "fill": "transparent"}
    return {"shape": "circle", "fill": look.ink if one.own else look.paper}


def _layers(
    data: list[dict[str, Any]], rules: list[dict[str, Any]], high: float, look: Theme
) -> list[Spec]:
    place = {
        "x": {"field": "x", "type": "quantitative", "axis": None,
              "scale": {"domain": [0, WIDTH], "nice": False}},
        "y": {"field": "y", "type": "quantitative", "axis": None,
              "scale": {"domain": [0, high], "range": [0, high], "nice": False}},
    }  # fmt: skip
    tip = grammar.tooltip("status", "type", "on whose word", "who", "words", "document", "copies")
    styles: dict[str, dict[str, Any]] = {
        "head": {"fontWeight": "bold", "fontSize": 12},
        "whose": {"fontSize": 11, "fontWeight": "bold"},
        "words": {"fontSize": 11},
        "where": {"fontSize": 10, "color": look.muted},
    }
    texts = [
        {
            "data": {"values": [one for one in data if one["kind"] == kind]},
            "mark": {"type": "text", "align": "left", "baseline": "top", "lineHeight": _LINE_HIGH,
                     **style},
            "encoding": {**place, "text": {"field": "text"},
                         **({} if kind == "head" else {"tooltip": tip})},
        }
        for kind, style in styles.items()
    ]  # fmt: skip
    signs = {
        "data": {"values": [one for one in data if one["kind"] == "sign"]},
        "mark": {"type": "point", "size": 55, "opacity": 1, "stroke": look.ink, "strokeWidth": 1.6,
                 "yOffset": 3},
        "encoding": {
            **place,
            "shape": {"field": "shape", "type": "nominal", "scale": None},
            "fill": {"field": "fill", "type": "nominal", "scale": None},
            "tooltip": tip,
        },
    }  # fmt: skip
    lines = {
        "data": {"values": rules},
        "mark": {"type": "rule", "color": look.rule},
        "encoding": {"y": place["y"]},
    }
    return [lines, *texts, signs]
