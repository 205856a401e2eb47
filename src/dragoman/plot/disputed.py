"""Occurrences that sources contradict each other on: a row each, the accounts in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dragoman.archive.filters import Filter
from dragoman.plot import grammar
from dragoman.plot.asking import Asked, Row, chosen, evidence, names, over, rows, words_of
from dragoman.plot.grammar import WIDTH, Spec, Theme, counted, cut, wrapped
from dragoman.plot.keys import Key, legend
from dragoman.plot.network import UNNAMED

MOST: Final = 12
_COLUMNS: Final = 3
_KEYS: Final = ("reading", "type", "initiator", "recipient")
_LINES: Final = 5
_LETTERS: Final = 37
_LINE_HIGH: Final = 13
_TITLE: Final = "What sources contradict each other on"
_EMPTY: Final = (
    "Nothing was found that one source asserts and another denies. Ask for less, or add reports of "
    "other outlets with: dragoman ingest SOURCE --archive DIR."
)
_CROSS: Final = "M-.7,-.7L.7,.7M-.7,.7L.7,-.7"


@dataclass(frozen=True, slots=True)
class Account:
    """What one source says of an occurrence. ``occurrence`` ties accounts together, ``what`` is
    its heading in neutral words; ``whose`` is on whose word; ``by`` who is said to have done it;
    ``words`` are the text's own, ``where`` the document.
    """

    occurrence: str
    what: str
    whose: str
    own: bool
    status: str
    by: str
    words: str
    where: str


def accounts(source: Asked, asked: Filter, most: int) -> tuple[list[Account], int]:
    """The accounts of ``most`` disputed occurrences, the one with most accounts first, and how
    many occurrences there are.

    Within a report only: the same type of event with the same initiator and recipient, that one
    source asserts and another denies.
    """
    tops = _tops(source, asked, most)
    found = _told(source, asked, tops)
    parties = {row[side] for row in found for side in ("initiator", "recipient") if row[side]}
    known = names(source, parties)
    held = []
    for row in found:
        by, to = known[row["initiator"]], known.get(row["recipient"] or "", "")
        held.append(
            Account(
                occurrence=f"{row['reading']} {row['type']} {row['initiator']} {row['recipient']}",
                what=f"{row['type']}: {by}{f' → {to}' if to else ''}",
                whose=row["on_whose_word"],
                own=row["own_voice"],
                status=row["status"],
                by=by,
                words=row["words"] or "",
                where=evidence(row).rpartition("” — ")[2].partition("; on whose")[0],
            )
        )
    return held, (tops[0]["found"] if tops else 0)


def _tops(source: Asked, asked: Filter, most: int) -> list[Row]:
    """What is disputed: the keys, and how many there are."""
    keys = ", ".join(_KEYS)
    sql = (
        f", denied AS MATERIALIZED (SELECT DISTINCT {keys}, on_whose_word AS by FROM chosen "
        f"WHERE status = 'denied' AND initiator <> '{UNNAMED}'), "
        f"against AS (SELECT {keys}, on_whose_word AS by, count(*) AS n FROM (SELECT * FROM chosen "
        "WHERE status = 'asserted') SEMI JOIN denied USING (reading, type, initiator) "
        "GROUP BY ALL), "
        # Who says both contradicts nobody else.
        "met AS (SELECT DISTINCT against.* FROM against JOIN denied USING (reading, type, "
        "initiator) WHERE against.recipient IS NOT DISTINCT FROM denied.recipient "
        "AND against.by <> denied.by) "
        f"SELECT {keys}, count(*) OVER () AS found FROM met GROUP BY {keys} "
        f"ORDER BY sum(n) DESC, {keys} LIMIT {int(most)}"
    )
    columns = f"{keys}, status, on_whose_word"
    return over(source, asked, sql, columns)


def _told(source: Asked, asked: Filter, tops: list[Row]) -> list[Row]:
    """The events with these keys, in their order."""
    keys = ", ".join(_KEYS)
    inner = chosen(asked)
    sql = (
        f"WITH chosen AS NOT MATERIALIZED ({inner.sql}) "
        f"SELECT {keys}, status, on_whose_word, own_voice, "
        f"{words_of()} AS words, publisher, published, document_id FROM chosen WHERE "
        "status IN ('asserted', 'denied') AND reading IN (SELECT unnest(?)) ORDER BY reading, "
        "position"
    )
    readings = sorted({row["reading"] for row in tops})
    order = {tuple(row[key] for key in _KEYS): n for n, row in enumerate(tops)}
    found = [
        row
        for row in rows(source, sql, (*inner.values, readings))
        if tuple(row[key] for key in _KEYS) in order
    ]
    return sorted(found, key=lambda row: order[tuple(row[key] for key in _KEYS)])


def spec(held: Sequence[Account], found: int, look: Theme) -> Spec:
    """The picture of the accounts; ``found`` is the number of disputed occurrences there are."""
    grouped: dict[str, list[Account]] = {}
    for account in held:
        grouped.setdefault(account.occurrence, []).append(account)
    if not grouped:
        return grammar.empty(look, _TITLE, _EMPTY)
    data: list[dict[str, Any]] = []
    rules: list[dict[str, Any]] = []
    y = 4.0
    for group in grouped.values():
        y = _row(group, y, data, look)
        rules.append({"y": y - 8})
    rest = found - len(grouped)
    lines = [
        f"{counted(len(grouped), 'occurrence')}; each account in its own words, with whose it is.",
        f"Not shown: {counted(rest, 'occurrence')} with fewer accounts." if rest > 0 else "",
    ]
    table = {"width": WIDTH, "height": y, "layer": _layers(data, rules, y, look)}
    keys = [
        Key("asserted " + grammar.OWN, look.ink),
        Key("asserted " + grammar.CLAIMED, look.ink, hollow=True),
        Key("denied", look.ink, _CROSS),
    ]
    return grammar.frame(look, _TITLE, lines, {"vconcat": [table, legend(look, keys)]})


def _row(group: Sequence[Account], y: float, data: list[dict[str, Any]], look: Theme) -> float:
    """Lay one occurrence out from ``y`` down; where the next begins."""
    data.append({"kind": "head", "x": 0, "y": y, "text": [cut(group[0].what, 95)],
                 "tip": group[0].what})  # fmt: skip
    # One account of each source and status, and both statuses before a second of either.
    chosen_ = list({(one.whose, one.status): one for one in reversed(group)}.values())[::-1]
    first = [next(o for o in chosen_ if o.status == s) for s in ("asserted", "denied")
             if any(o.status == s for o in chosen_)]  # fmt: skip
    rest = [one for one in chosen_ if one not in first]
    shown = (first + rest)[:_COLUMNS]
    y, deepest = y + 22, 0
    wide = WIDTH / _COLUMNS
    for column, one in enumerate(shown):
        words = wrapped(f"“{' '.join(one.words.split())}”", _LETTERS, _LINES)
        head = wrapped(one.whose, _LETTERS - 3, 2)
        where = cut(one.where, _LETTERS)
        x = column * wide
        tip = {"status": one.status, "on whose word": one.whose, "who": one.by,
               "words": one.words, "document": one.where}  # fmt: skip
        data.append({"kind": "sign", "x": x + 5, "y": y + 2, **_sign(one, look), **tip})
        data.append({"kind": "whose", "x": x + 16, "y": y, "text": head, **tip})
        below = y + _LINE_HIGH * len(head) + 3
        data.append({"kind": "words", "x": x, "y": below, "text": words, **tip})
        below += _LINE_HIGH * len(words) + 2
        data.append({"kind": "where", "x": x, "y": below, "text": [where], **tip})
        deepest = max(deepest, int(below + _LINE_HIGH - y))
    more = len(chosen_) - len(shown)
    if more:
        text = [f"and {counted(more, 'account')} more"]
        data.append({"kind": "where", "x": 0, "y": y + deepest + 2, "text": text})
        deepest += _LINE_HIGH + 2
    return y + deepest + 22


def _sign(one: Account, look: Theme) -> dict[str, str]:
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
    tip = grammar.tooltip("status", "on whose word", "who", "words", "document")
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
