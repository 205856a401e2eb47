"""References in composed reports against ``gold/antecedents.yaml``: linked to whom they mean?

A mark gives the words that refer and the words they mean (``means``), or two or more who are meant
together (``all``). A reference is right if its mention has the actor of the words meant, or goes
back to them over ``antecedent``; of ``all``, if its mentions have just those actors. It is open if
it is linked to nobody, and wrong otherwise. What stands for the words meant is the shortest actor
mention that holds their last word; where there is none, a link to anybody is wrong.

Run: ``python -m benchmarks.antecedents [--split study|kept|both] [--totals]``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import dragoman
from benchmarks.marks import GOLD, rows
from dragoman.model import Mention, Reading

PATH: Final = GOLD / "antecedents.yaml"
RIGHT, WRONG, OPEN = "right", "wrong", "open"
_PUBLISHED: Final = dt.date(2024, 5, 15)


def items(split: str | None = None) -> list[dict[str, Any]]:
    """The passages of a half, ``study`` or ``kept``, or all: text, group, refs."""
    return list(rows(PATH, split))


def read(item: Mapping[str, Any]) -> Reading:
    """The reading of a passage."""
    return dragoman.read(item["text"], published=_PUBLISHED)


def judge(item: Mapping[str, Any], ref: Mapping[str, Any], reading: Reading) -> str:
    """Whether one reference of a passage is right, wrong or open.

    Raises ValueError where words of the mark are not in the text.
    """
    start = _find(item["text"], ref.get("within", ref["quote"]))
    start = _find(item["text"], ref["quote"], start)
    found = _ending(reading, start + len(ref["quote"]), start)
    linked = [m for m in found if m.actor is not None or m.antecedent is not None]
    if not linked:
        return OPEN
    if "all" in ref:
        meant = {m.actor for name in ref["all"] if (m := _meant(item, name, reading))}
        actors = {m.actor for m in linked}
        return RIGHT if actors == meant and len(meant) == len(ref["all"]) else WRONG
    target = _meant(item, ref["means"], reading)
    return RIGHT if target is not None and _leads(linked[0], target, reading) else WRONG


def _find(text: str, words: str, start: int = 0) -> int:
    found = re.compile(rf"\b{re.escape(words)}\b").search(text, start)
    if found is None:
        raise ValueError(f"{words!r} is not in {text!r}")
    return found.start()


def _meant(item: Mapping[str, Any], words: str, reading: Reading) -> Mention | None:
    end = _find(item["text"], words) + len(words)
    found = _ending(reading, end, end - 1)
    return found[0] if found else None


def _ending(reading: Reading, end: int, start: int) -> list[Mention]:
    """Actor mentions over the last word of some bounds, those as short as the shortest."""
    actors = (m for m in reading.mentions if m.kind == "actor")
    over = [m for m in actors if m.span.covers(max(start, end - 1), end)]
    least = min((m.span.end - m.span.start for m in over), default=0)
    return [m for m in over if m.span.end - m.span.start == least]


def _leads(mention: Mention, target: Mention, reading: Reading) -> bool:
    by_id = {m.id: m for m in reading.mentions}
    seen: set[str] = set()
    at: Mention | None = mention
    while at is not None and at.id not in seen:
        if at.id == target.id or (at.actor is not None and at.actor == target.actor):
            return True
        seen.add(at.id)
        at = by_id.get(at.antecedent or "")
    return False


def outcomes(split: str | None) -> tuple[dict[str, Counter[str]], list[str]]:
    """Outcomes by group, and a line for each that is not right."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    notes = []
    for item in items(split):
        reading = read(item)
        for ref in item["refs"]:
            outcome = judge(item, ref, reading)
            groups[item["group"]][outcome] += 1
            if outcome != RIGHT:
                notes.append(f"{outcome}: {ref} | {item['text']}\n{_links(reading)}")
    return groups, notes


def _links(reading: Reading) -> str:
    return "\n".join(
        f"      {m.id} {m.span.quote!r} {m.rule} -> {m.actor} {m.antecedent} {m.unresolved or ''}"
        for m in reading.mentions
        if m.kind == "actor"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print outcomes by group; failures of the kept half are never listed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("study", "kept", "both"), default="study")
    parser.add_argument("--totals", action="store_true")
    options = parser.parse_args(arguments)
    groups, notes = outcomes(None if options.split == "both" else options.split)
    if options.split == "study" and not options.totals:
        print("\n".join(notes))
        for group, counts in sorted(groups.items()):
            print(f"{group:18}", *(f"{counts[o]:3} {o}" for o in (RIGHT, WRONG, OPEN)))
    total = sum(groups.values(), Counter[str]())
    asked = sum(total.values())
    print(f"{asked} references", *(f"{o} {total[o]} ({total[o] / asked:.1%})" for o in total))


if __name__ == "__main__":
    main()
