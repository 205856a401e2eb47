"""Loaded wordings: are they found, of whom are they said, and by whom.

Over ``gold/labels.yaml``. A found wording answers to a marked one when half the words of each lie
in the other. Of the wordings found rightly: category; referent (the actor or place by the
register's names, or rightly unresolved; deeds and things are not compared); user (the innermost
statement around, or the report).

Run: ``python -m benchmarks.labels [--split dev|held] [--errors]``. Exit code 1 where a bar is
missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.marks import GOLD, SPLITS, bounds, half, locate, percent, prf, rows, tokens
from benchmarks.matching import alike, alternatives, is_actor, pair, words
from dragoman.model import Document, Mention, Reading
from dragoman.pipeline import Reader

LABELS: Final = GOLD / "labels.yaml"
RECALL: Final = 80.0
PRECISION: Final = 90.0
_REPORT: Final = "report"
_UNRESOLVED: Final = "unresolved"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """An item, the wordings found in it, and which marked one (by index) each found one answers."""

    item: Row
    reading: Reading
    found: tuple[Mention, ...]
    pairs: dict[int, int]

    def matched(self) -> Iterator[tuple[Row, Mention]]:
        """Marked wordings with the found ones that answer to them."""
        for wanted, found in self.pairs.items():
            yield self.item["labels"][wanted], self.found[found]


def scored(item: Row, reading: Reading) -> Scored:
    """An item against its reading."""
    text = item["text"]
    found = tuple(m for m in reading.mentions if m.label is not None)

    def fits(row: Row, mention: Mention) -> bool:
        wanted = tokens(text, locate(text, row["words"]))
        return half(wanted, tokens(text, bounds(mention.label_span)))

    return Scored(item, reading, found, pair(item["labels"], found, fits))


def referent_fits(wanted: str, mention: Mention, reading: Reading) -> bool:
    """Whether a wording means the one that is marked, or is rightly unresolved."""
    names = alternatives(wanted)
    actor = reading.actor(mention.actor)
    if actor is None and mention.place is None:
        return _UNRESOLVED in names
    if mention.place is not None:
        return any(words(name) == words(mention.place.name) for name in names)
    return any(is_actor(name, actor) for name in names)


def user_fits(wanted: str, mention: Mention, reading: Reading) -> bool:
    """Whether the innermost statement around a wording is by the source that is marked."""
    names = alternatives(wanted)
    if not mention.used_by:
        return _REPORT in names
    said = reading.statement(mention.used_by[-1])
    if said is None:
        return False
    speaker = reading.actor(said.speaker)
    source = said.source.quote if said.source is not None else ""
    return any(is_actor(name, speaker) or alike(name, source) for name in names)


def report(title: str, results: Sequence[Scored]) -> bool:
    """Print the figures of a split; whether its bars are met."""
    right = sum(len(r.pairs) for r in results)
    precision, recall, f1 = prf(
        right, sum(len(r.found) for r in results), sum(len(r.item["labels"]) for r in results)
    )
    both = [(w, m, r.reading) for r in results for w, m in r.matched()]
    named = [(w["referent"], m, r) for w, m, r in both if w["referent"] is not None]
    sure = [row for row in named if _UNRESOLVED not in alternatives(row[0])]
    decoys = [r for r in results if not r.item["labels"]]
    print(f"{title}: {len(results)} items, {sum(len(r.item['labels']) for r in results)} wordings")
    print(f"  precision {precision:.1f}  recall {recall:.1f}  F1 {f1:.1f}")
    print(f"  decoys left alone  {percent(not r.found for r in decoys)}")
    print(f"  category           {percent(w['category'] == m.category for w, m, _ in both)}")
    print(f"  referent           {percent(referent_fits(w, m, r) for w, m, r in named)}")
    print(f"    where one is told {percent(referent_fits(w, m, r) for w, m, r in sure)}")
    print(f"  user               {percent(user_fits(w['user'], m, r) for w, m, r in both)}")
    return precision >= PRECISION and recall >= RECALL


def errors(results: Sequence[Scored]) -> None:
    """Print each difference."""
    for result in results:
        told = []
        for number, row in enumerate(result.item["labels"]):
            if number not in result.pairs:
                told.append(f"missed: {row['words']}")
        answered = set(result.pairs.values())
        told += [
            f"extra: {m.label} ({m.category}, {m.rule})"
            for number, m in enumerate(result.found)
            if number not in answered
        ]
        for row, mention in result.matched():
            told += _differing(row, mention, result.reading)
        for line in told:
            print(f"    {result.item['id']}: {line}  « {result.item['text']} »")


def _differing(row: Row, mention: Mention, reading: Reading) -> Iterator[str]:
    if row["category"] != mention.category:
        yield f"category of {mention.label}: {mention.category}, not {row['category']}"
    if row["referent"] is not None and not referent_fits(row["referent"], mention, reading):
        means = mention.actor or (mention.place.name if mention.place else mention.unresolved)
        yield f"referent of {mention.label}: {means}, not {row['referent']} ({mention.rule})"
    if not user_fits(row["user"], mention, reading):
        said = reading.statement(mention.used_by[-1]) if mention.used_by else None
        source = said.source.quote if said is not None and said.source else None
        user = source or (said and said.implicit) or _REPORT
        yield f"user of {mention.label}: {user}, not {row['user']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=SPLITS, help="one half only")
    parser.add_argument("--errors", action="store_true", help="show each difference")
    options = parser.parse_args(arguments)
    reader = Reader()
    met = True
    print(f"bars: precision {PRECISION:.0f}, recall {RECALL:.0f}")
    for split in [options.split] if options.split else SPLITS:
        items = rows(LABELS, split)
        documents = (Document(i["id"], i["text"], published=i["published"]) for i in items)
        results = [scored(i, r) for i, r in zip(items, reader.read_many(documents), strict=True)]
        met = report(split, results) and met
        if options.errors:
            errors(results)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
