"""A speaker or an outlet: what it asserts and denies, of whom, and how it labels others."""

from __future__ import annotations

from typing import Any, Final

from dragoman.archive.filters import Filter
from dragoman.archive.grains import About
from dragoman.ontologies import plover
from dragoman.plot import grammar, grids
from dragoman.plot.asking import Asked, Row, chosen, examples, names, rows, tally, who_is
from dragoman.plot.grammar import Spec, Theme, counted, cut
from dragoman.plot.keys import legend, quads, voices
from dragoman.plot.network import UNNAMED

MOST: Final = 15
_WIDE: Final = 600
_COLUMNS: Final = "speaker, outlet, own_voice, type, quad, status, initiators"
# On its word: innermost in the chain, or in its own voice where it publishes.
_ITS: Final = (
    "((list_contains(speakers, ?) AND list_extract(speakers, -1) = ?) "
    "OR (own_voice AND publisher = ?))"
)
_MARKS: Final = " \"“”‘’'«»"
_NOBODY: Final = "(nobody named)"
Its = tuple[str, str, str | None]
KINDS: Final = ("cooperation", "conflict")


def spec(source: Asked, asked: Filter, who: str, look: Theme, most: int | None = None) -> Spec:
    """The picture of a speaker (id or name) or an outlet (name of a publisher)."""
    key, outlets = who_is(source, who), _outlets(source, who)
    name = names(source, [key])[key]
    title = f"What {cut(outlets[0] if outlets else name, 50)} says"
    its = (key, key, outlets[0] if outlets else None)
    counts = _counts(source, asked, its, most or MOST)
    types = _types(source, asked, its, counts, look)
    actors, others = _actors(source, counts, look)
    labels, unshown = _labels(source, asked, its, most or MOST)
    if not types and not labels:
        return grammar.empty(look, title, _empty(who))
    panels = []
    if types:
        present = {row["row"] for row in types}
        order = [one for one in plover().types if one in present]
        panels.append(grids.grid(types, order, "by type and status", look, width=_WIDE,
                                 tip=["voice", "example"]))  # fmt: skip
    if actors:
        order = list(dict.fromkeys(row["row"] for row in actors))
        heading = (
            "of whom, words and deeds together: cooperation on the left, conflict on the right"
        )
        panels.append(
            grids.grid(actors, order, heading, look, width=_WIDE, offsets=KINDS, tip=["voice"])
        )
    if labels:
        panels.append(_wordings(labels, look))
    lines = [_sum(types, name if not outlets else ""), _left(others, unshown)]
    signs = [*quads(look, sorted({row["quad"] for row in types})), *voices(look)]
    return grammar.frame(look, title, lines, {"vconcat": [*panels, legend(look, signs, _WIDE)]})


def _empty(who: str) -> str:
    return (
        f"Nothing stands on the word of {who}, and no outlet of that name is in the archive. Check "
        "the name with: dragoman actors lookup NAME; dragoman query --archive DIR --show "
        "statements lists who speaks."
    )


def _sum(types: list[Row], speaker: str) -> str:
    own = sum(row["n"] for row in types if row["own"])
    claimed = sum(row["n"] for row in types) - own
    if speaker:
        return (
            f"{counted(claimed, 'event')} on the word of {cut(speaker, 60)}, as others report it."
        )
    told = f"{counted(own, 'event')} in its own voice"
    return f"{told}, {counted(claimed, 'event')} on its word in others." if claimed else f"{told}."


def _left(others: int, unshown: int) -> str:
    told = []
    if others:
        told.append(f"{counted(others, 'actor')} of whom it says less")
    if unshown:
        told.append(f"{counted(unshown, 'wording')} used less")
    return f"Not shown: {' and '.join(told)}." if told else ""


def _outlets(source: Asked, who: str) -> list[str]:
    sql = (
        "SELECT DISTINCT publisher FROM documents WHERE lower(publisher) = lower(?) "
        "ORDER BY publisher"
    )
    return [row["publisher"] for row in rows(source, sql, [who])]


def _counts(source: Asked, asked: Filter, its: Its, most: int) -> list[Row]:
    """What it says by type (``part`` is type), and, of the actors it says most of, by actor."""
    sql = (
        ", its AS MATERIALIZED (SELECT type, quad, status, own_voice, initiators, n FROM chosen "
        "WHERE speaker = ? OR outlet = ?), "
        "each AS (SELECT unnest(initiators) AS who, quad > 2 AS conflict, status, own_voice, n "
        "FROM its WHERE quad > 0), "
        "totals AS (SELECT who, sum(n)::BIGINT AS total, count(*) OVER () AS actors FROM each "
        f"GROUP BY who ORDER BY total DESC, who LIMIT {int(most)}) "
        "SELECT 'type' AS part, type AS name, status, own_voice, min(quad) AS quad, "
        "sum(n)::BIGINT AS n, 0 AS total, 0 AS actors FROM its GROUP BY type, status, own_voice "
        "UNION ALL SELECT 'who', who, status, own_voice, CASE WHEN conflict THEN 4 ELSE 2 END, "
        "sum(n)::BIGINT, any_value(total), any_value(actors) FROM each JOIN totals USING (who) "
        "GROUP BY who, conflict, status, own_voice "
        "ORDER BY part, total DESC, name, quad, status, own_voice"
    )
    about = About("voice", tuple(dict.fromkeys(one for one in its[1:] if one is not None)))
    return tally(source, asked, sql, _COLUMNS, *its[1:], about=(about,))


def _types(source: Asked, asked: Filter, its: Its, counts: list[Row], look: Theme) -> list[Row]:
    told = examples(source, asked, "type", "status", "own_voice", where=_ITS, values=its)
    return [
        {"row": row["name"], "status": row["status"], "n": row["n"], "own": row["own_voice"],
         "voice": grammar.OWN if row["own_voice"] else grammar.CLAIMED, "quad": row["quad"],
         "example": told.get((row["name"], row["status"], row["own_voice"]), ""),
         **grids.of_quad(row, look)}
        for row in counts
        if row["part"] == "type"
    ]  # fmt: skip


def _actors(source: Asked, counts: list[Row], look: Theme) -> tuple[list[Row], int]:
    """How often it says something of whom; how many others there are."""
    found = [row for row in counts if row["part"] == "who"]
    known = names(source, [row["name"] for row in found])
    held = [
        {"row": _NOBODY if row["name"] == UNNAMED else known[row["name"]],
         "status": row["status"], "n": row["n"], "own": row["own_voice"],
         "kind": KINDS[row["quad"] > 2], "shape": "circle", "colour": look.quads[row["quad"]],
         "voice": grammar.OWN if row["own_voice"] else grammar.CLAIMED}
        for row in found
    ]  # fmt: skip
    return held, (found[0]["actors"] if found else 0) - len({row["name"] for row in found})


def _labels(source: Asked, asked: Filter, its: Its, most: int) -> tuple[list[Row], int]:
    """The loaded wordings it uses, of whom, how often; how many others there are."""
    kept = Filter(first=asked.first, last=asked.last, publisher=asked.publisher, text=asked.text)
    inner = chosen(kept, table="mentions")
    sql = (
        f"WITH chosen AS NOT MATERIALIZED ({inner.sql}), "
        "used AS (SELECT m.label, m.neutral, m.actor, m.category, "
        "m.document_id, m.published FROM chosen m LEFT JOIN statements s ON s.reading = m.reading "
        "AND s.id = list_extract(m.used_by, -1) WHERE m.label IS NOT NULL AND "
        "(coalesce(s.speaker, s.said_by) = ? OR (len(m.used_by) = 0 AND m.publisher = ?))) "
        "SELECT lower(label) AS folded, min(label) AS wording, actor, min(neutral) AS neutral, "
        "min(category) AS category, "
        "count(*) AS n, min(document_id) AS document, count(*) OVER () AS kinds "
        "FROM used GROUP BY folded, actor ORDER BY n DESC, folded, actor "
        f"LIMIT {int(most)}"
    )
    found = rows(source, sql, (*inner.values, *its[1:]))
    known = names(source, [row["actor"] for row in found if row["actor"]])
    held: list[Row] = []
    for row in found:
        who = known.get(row["actor"] or "")
        of = who or row["neutral"] or "somebody not resolved"
        word = f"“{cut(row['wording'].strip(_MARKS), 28)}”"
        held.append({
            "wording": f"{word} {'for' if row['neutral'] and not who else 'of'} {cut(of, 24)}",
            "n": row["n"], "of": of,
            "label": row["wording"], "category": row["category"] or "",
            "document": row["document"],
        })  # fmt: skip
    return held, max(0, (found[0]["kinds"] if found else 0) - most)


def _wordings(held: list[Row], look: Theme) -> Spec:
    most = max(row["n"] for row in held)
    axis: dict[str, Any] = {"title": None, "domain": False, "ticks": False}
    y = {"field": "wording", "type": "nominal", "sort": [row["wording"] for row in held],
         "axis": {**axis, "labelLimit": 330}}  # fmt: skip
    x: Spec = {"field": "n", "type": "quantitative", "axis": None,
               "scale": {"domain": [0, max(most, 5)]}}  # fmt: skip
    return {
        "title": grids.heading_of("loaded wordings it uses, and of whom", look),
        "width": _WIDE - 200,
        "height": {"step": 20},
        "data": {"values": held},
        "layer": [
            {
                "mark": {"type": "bar", "height": 9, "color": look.muted},
                "encoding": {"x": x, "y": y, "tooltip": grammar.tooltip(
                    "label", "of", "category", "n", "document")},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 10},
                "encoding": {"x": x, "y": y, "text": {"field": "n"}},
            },
        ],
    }  # fmt: skip
