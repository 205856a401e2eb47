"""Our own gold files: what they mark, found in their texts.

Quotes become bounds in code points of the text. Two spans agree when at least half the word tokens
of each lie in the other, as for PolNeAR (Pareti 2015; Newell et al. 2018); two empty ones agree.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from dragoman.model import Span

GOLD: Final = Path(__file__).parent / "gold"
ATTRIBUTION: Final = GOLD / "attribution-nested.yaml"
STATUS: Final = GOLD / "status.yaml"
SPLITS: Final = ("dev", "held")
IMPLICIT: Final = "implicit"

_WORD: Final = re.compile(r"\w+(?:[.,]\d+)*")

Bounds = tuple[tuple[int, int], ...]
Tokens = frozenset[int]


@dataclass(frozen=True, slots=True)
class MarkedStatement:
    """One statement of a text as a careful reader marks it."""

    id: str
    source: Bounds
    cue: Bounds
    content: Bounds
    addressee: Bounds
    parent: str | None
    act: str
    speaker: str | None
    kind: str
    implicit: str | None
    continued: bool


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """One event of a text; ``according_to`` is None where readers may differ."""

    trigger: Bounds
    status: str
    polarity: str
    certainty: str
    according_to: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Item:
    """A text with its marks; ``group`` is the construction it tests first."""

    id: str
    split: str
    group: str
    why: str
    published: dt.date
    text: str
    statements: tuple[MarkedStatement, ...] = ()
    events: tuple[MarkedEvent, ...] = ()


def attributions(split: str | None = None) -> list[Item]:
    """The items of ``gold/attribution-nested.yaml``, of one split or all.

    Raises ValueError where a quote is not in its text or occurs there more than once.
    """
    return [_item(row, as_statements=True) for row in rows(ATTRIBUTION, split)]


def statuses(split: str | None = None) -> list[Item]:
    """The items of ``gold/status.yaml``, of one split or all.

    Raises ValueError where a quote is not in its text or occurs there more than once.
    """
    return [_item(row, as_statements=False) for row in rows(STATUS, split)]


def rows(path: Path, split: str | None = None) -> list[dict[str, Any]]:
    """The items of a gold file as they are written."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return [row for row in loaded if split is None or row["split"] == split]


def locate(text: str, quote: str | None, within: str | None = None) -> Bounds:
    """Where the fragments of a quote, parted by `` | ``, stand in a text; empty for None.

    ``within`` has a longer stretch for each fragment. Raises ValueError where a fragment is not
    there or could be meant at more than one place.
    """
    if quote is None:
        return ()
    fragments = quote.split(" | ")
    around = fragments if within is None else within.split(" | ")
    if len(around) != len(fragments):
        raise ValueError(f"{len(fragments)} fragments, but within has {len(around)}: {quote!r}")
    found = []
    for fragment, stretch in zip(fragments, around, strict=True):
        if text.count(stretch) != 1 or stretch.count(fragment) != 1:
            raise ValueError(f"not there exactly once: {fragment!r} in {stretch!r} in {text!r}")
        start = text.index(stretch) + stretch.index(fragment)
        found.append((start, start + len(fragment)))
    return tuple(sorted(found))


def tokens(text: str, bounds: Bounds) -> Tokens:
    """The word tokens that bounds touch, each by its number; punctuation is none."""
    return frozenset(
        number
        for number, word in enumerate(_WORD.finditer(text))
        if any(start < word.end() and word.start() < end for start, end in bounds)
    )


def bounds(span: Span | None) -> Bounds:
    """The bounds of a span's fragments; empty for None."""
    return tuple((f.start, f.end) for f in span.fragments) if span is not None else ()


def half(left: Tokens, right: Tokens) -> bool:
    """Whether at least half of each is in the other; two empty ones agree."""
    shared = len(left & right)
    if not left and not right:
        return True
    return shared > 0 and 2 * shared >= len(left) and 2 * shared >= len(right)


def prf(right: int, found: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and F1 in per cent; 0 where nothing was found or wanted."""
    precision = 100 * right / found if found else 0.0
    recall = 100 * right / wanted if wanted else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def percent(outcomes: Iterable[bool]) -> str:
    """The share of true outcomes with its counts, for print."""
    listed = list(outcomes)
    share = f"{100 * sum(listed) / len(listed):5.1f}" if listed else "    -"
    return f"{share}  ({sum(listed)} of {len(listed)})"


def _item(row: Mapping[str, Any], *, as_statements: bool) -> Item:
    text = row["text"]
    return Item(
        id=row["id"],
        split=row["split"],
        group=row["group"],
        why=row["why"],
        published=row["published"],
        text=text,
        statements=_statements(text, row["statements"]) if as_statements else (),
        events=() if as_statements else _events(text, row["events"]),
    )


def _statements(text: str, marked: Sequence[Mapping[str, Any]]) -> tuple[MarkedStatement, ...]:
    def find(row: Mapping[str, Any], role: str) -> Bounds:
        return locate(text, row[role], row.get("within", {}).get(role))

    return tuple(
        MarkedStatement(
            id=row["id"],
            source=find(row, "source"),
            cue=find(row, "cue"),
            content=find(row, "content"),
            addressee=find(row, "addressee"),
            parent=row["parent"],
            act=row["act"],
            speaker=row["speaker"],
            kind=row["kind"],
            implicit=row.get("implicit"),
            continued=row.get("continued", False),
        )
        for row in marked
    )


def _events(text: str, marked: Sequence[Mapping[str, Any]]) -> tuple[MarkedEvent, ...]:
    return tuple(
        MarkedEvent(
            trigger=locate(text, row["trigger"], row.get("within")),
            status=row["status"],
            polarity=row["polarity"],
            certainty=row["certainty"],
            according_to=None if row["according_to"] is None else tuple(row["according_to"]),
        )
        for row in marked
    )
