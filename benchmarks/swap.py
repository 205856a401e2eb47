"""Fairness: the same report of the other side, or in a loaded wording, is read alike.

Two parts over all cases and our golds. **Parties**: the names of two parties are exchanged form by
form (``tests/cases/parties/forms.yaml``); the parties are those of the text's ``swap`` or the first
two that it names. **Labels**: a loaded wording stands in for a neutral noun ("regime" for
"government", "so-called" before an institution). Type, mode and status of every event must stay;
an event that is lost or new counts as changed.

Run: ``python -m benchmarks.swap [--pairs] [--worst N]``. Exit code 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from benchmarks.marks import GOLD, rows
from dragoman.model import Document, Event, Reading
from dragoman.pipeline import Reader
from tests import casekit
from tests.test_cases_wellformed import exchanged, forms

ALIKE: Final = 0.99
CONFIDENCE: Final = 0.01
# Names that only begin or end like a party's: "South Sudan" is not Sudan.
_LONGER: Final = re.compile(r"(?:South |North |East |West |New |Equatorial |-)$")


def _standing_in(nouns: str, label: str) -> tuple[tuple[str, str], ...]:
    """A label for any of the nouns, and the same at the head of a sentence."""
    titled = "|".join(noun[0].upper() + noun[1:] for noun in nouns.split("|"))
    capital = label[0].upper() + label[1:]
    return (rf"\b(?:{nouns})\b", label), (rf"\b(?:{titled})\b", capital)


_INSTITUTION: Final = "government|army|parliament|ministry|authorities|court|police|republic"
# Neutral nouns, and the loaded wordings that are put in their place.
LABELS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "regime": _standing_in("government", "regime"),
    "terrorists": _standing_in("fighters|rebels|militants|gunmen|insurgents", "terrorists"),
    "occupiers": _standing_in("soldiers|troops", "occupiers"),
    "martyrs": _standing_in("civilians|villagers", "martyrs"),
    "so-called": ((rf"\b([Tt]he)((?: [A-Z]\w+)?) ({_INSTITUTION})\b", r"\1 so-called\2 \3"),),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text to read twice, with the parties to exchange in it, where two are named."""

    id: str
    text: str
    published: dt.date | None
    parties: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Twin:
    """An event of the one reading and its like in the other; None where there is none."""

    ours: Event | None
    theirs: Event | None

    @property
    def alike(self) -> bool:
        """Whether type, mode and status are the same."""
        return self.ours is not None and self.theirs is not None and not self.differing()

    def differing(self) -> list[str]:
        """The fields that differ, in words."""
        if self.ours is None or self.theirs is None:
            event = self.ours or self.theirs
            side = "lost" if self.theirs is None else "new"
            return [f"{side}: {event.type} {event.trigger.quote!r}"] if event else []
        return [
            f"{self.ours.trigger.quote!r} {name}: {ours} / {theirs}"
            for name in ("type", "mode", "status")
            if (ours := getattr(self.ours, name)) != (theirs := getattr(self.theirs, name))
        ]

    @property
    def gap(self) -> float:
        """How far the two confidences are apart; 0 where there is no twin."""
        if self.ours is None or self.theirs is None:
            return 0.0
        return abs(self.ours.confidence - self.theirs.confidence)


@dataclass(frozen=True, slots=True)
class Compared:
    """A text and what became of its events."""

    text: Text
    group: str
    twins: tuple[Twin, ...]


def texts() -> Iterator[Text]:
    """All cases, the held-back ones too, and the items of every gold file in YAML."""
    for folder in (casekit.CASES, casekit.CASES / "heldback"):
        for case in casekit.load(folder):
            yield Text(case.id, case.text, case.published, case.swap or parties(case.text))
    for path in sorted(GOLD.glob("*.yaml")):
        for number, row in enumerate(rows(path), 1):
            text, swap = str(row["text"]), row.get("swap")
            pair = (swap[0], swap[1]) if swap else parties(text)
            yield Text(
                f"{path.stem}/{row.get('id', number)}", text, _day(row.get("published")), pair
            )


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def parties(text: str) -> tuple[str, str] | None:
    """The first two parties of ``forms.yaml`` that a text names, None where it names fewer."""
    first: dict[str, int] = {}
    for party, pattern in _patterns().items():
        found = [match.start() for match in pattern.finditer(text)]
        if found and not any(_LONGER.search(text[:at]) for at in found):
            first[party] = found[0]
    order = sorted(first, key=first.__getitem__)
    for right in order[1:]:
        if exchanged(exchanged(text, order[0], right), order[0], right) == text:
            return order[0], right
    return None


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {
        party: re.compile(rf"\b(?:{'|'.join(map(re.escape, worded))})\b")
        for party, worded in forms().items()
    }


def labelled(text: str, label: str) -> str:
    """The text with a loaded wording in place of each neutral noun it can stand for."""
    for pattern, wording in LABELS[label]:
        text = re.sub(pattern, wording, text)
    return text


def twins(ours: Reading, theirs: Reading, same: Callable[[str], str]) -> tuple[Twin, ...]:
    """Events paired by the first word of their trigger and by turn; alike ones first. ``same``
    gives the words of a trigger of ours as they stand in the other text.
    """
    mine, other = defaultdict[str, list[Event]](list), defaultdict[str, list[Event]](list)
    for event in ours.events:
        mine[same(event.trigger.quote).lower().split()[0]].append(event)
    for event in theirs.events:
        other[event.trigger.quote.lower().split()[0]].append(event)
    found: list[Twin] = []
    for words in mine.keys() | other.keys():
        left, right = mine[words], other[words]
        for event in list(left):
            match = next((e for e in right if Twin(event, e).alike), None)
            if match is not None:
                found.append(Twin(event, match))
                left.remove(event)
                right.remove(match)
        paired = min(len(left), len(right))
        found += [Twin(a, b) for a, b in zip(left[:paired], right[:paired], strict=True)]
        found += [Twin(event, None) for event in left[paired:]]
        found += [Twin(None, event) for event in right[paired:]]
    return tuple(found)


def compared(
    reader: Reader,
    held: Sequence[Text],
    change: Callable[[Text], str],
    group: Callable[[Text], str],
) -> list[Compared]:
    """Each text that a change touches, read as it is and changed."""
    touched = [(text, new) for text in held if (new := change(text)) != text.text]
    ours = reader.read_many(_documents((t, t.text) for t, _ in touched))
    theirs = reader.read_many(_documents(touched))
    return [
        Compared(text, group(text), twins(a, b, lambda words, t=text: _worded(t, words, change)))
        for (text, _), a, b in zip(touched, ours, theirs, strict=True)
    ]


def _worded(text: Text, words: str, change: Callable[[Text], str]) -> str:
    return change(Text(text.id, words, text.published, text.parties))


def _documents(pairs: Iterable[tuple[Text, str]]) -> Iterator[Document]:
    for number, (text, words) in enumerate(pairs):
        yield Document(f"{number}", words, published=text.published)


def swapped(text: Text) -> str:
    """A text with its two parties exchanged; as it is where it has no two."""
    return exchanged(text.text, *text.parties) if text.parties else text.text


def report(title: str, results: Sequence[Compared], worst: int, groups: bool) -> None:
    """Print the shares, and the worst differences."""
    every = [twin for result in results for twin in result.twins]
    share, gap = shares(every)
    types = [t for t in every if t.ours and t.theirs and t.ours.type != t.theirs.type]
    print(
        f"{title:<24} {len(results):5} texts {len(every):6} events  alike {100 * share:6.2f}%  "
        f"types changed {len(types)}  confidence apart {gap:.4f}"
    )
    if groups:
        _by_group(results)
    told = [(r, t) for r in results for t in r.twins if not t.alike or t.gap > CONFIDENCE]
    told.sort(key=lambda pair: (pair[1].alike, -pair[1].gap))
    for result, twin in told[:worst]:
        what = "; ".join(twin.differing()) or f"confidence apart {twin.gap:.3f}"
        print(f"    {result.text.id} [{result.group}] {what}")


def shares(held: Sequence[Twin]) -> tuple[float, float]:
    """The share that is alike, and how far the confidences are apart on average."""
    if not held:
        return 1.0, 0.0
    return (
        sum(twin.alike for twin in held) / len(held),
        statistics.fmean(twin.gap for twin in held),
    )


def _by_group(results: Sequence[Compared]) -> None:
    by_group = defaultdict[str, list[Twin]](list)
    for result in results:
        by_group[result.group] += result.twins
    for name, held in sorted(by_group.items()):
        alike = sum(twin.alike for twin in held)
        print(f"    {name:<44} {alike:4} of {len(held):4}  apart {shares(held)[1]:.4f}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both parts; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", action="store_true", help="also a line for each pair of parties")
    parser.add_argument("--worst", type=int, default=20, help="how many differences to show")
    options = parser.parse_args(arguments)
    reader, held = Reader(), list(texts())
    print(f"bars: alike {ALIKE:.0%}; for parties, confidence apart {CONFIDENCE}")
    sides = compared(reader, held, swapped, lambda text: " – ".join(sorted(text.parties or ())))
    report("parties exchanged", sides, options.worst, options.pairs)
    loaded: list[Compared] = []
    for label in LABELS:
        found = compared(reader, held, lambda t, w=label: labelled(t.text, w), lambda _: "labels")
        report(f"label: {label}", found, options.worst, False)
        loaded += found
    report("all labels", loaded, 0, False)
    share, gap = shares([twin for result in sides for twin in result.twins])
    # Whom a label names is often unresolved, so the confidence may be lower: it has no bar there.
    kept = shares([twin for result in loaded for twin in result.twins])[0]
    return 0 if share >= ALIKE and gap <= CONFIDENCE and kept >= ALIKE else 1


if __name__ == "__main__":
    sys.exit(main())
