"""Naughty strings and code that reads otherwise than it runs: whether all offsets are right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.hostile.figures import Figure, Taken, faults, take
from dragoman.model import Reading, Span


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _spans(part)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _spans(getattr(value, name))


def wrong_offsets(reading: Reading) -> tuple[int, int]:
    """How many fragments a reading has, and how many do not show their quote."""
    text = reading.document.text
    found = [
        fragment.quote == text[fragment.start : fragment.end]
        for part in (reading.mentions, reading.statements, reading.events)
        for span in _spans(part)
        for fragment in span.fragments
    ]
    return len(found), found.count(False)


def offsets(corpora: Path, quick: bool, seed: int) -> list[Figure]:
    """Each string alone, and within a report, as JSON Lines; each file of trojan-source as text."""
    from dragoman.pipeline import Reader

    strings = json.loads((corpora / "naughty-strings" / "blns.json").read_text(encoding="utf-8"))
    taken: list[Taken] = []
    altered = 0
    for string in strings[:: 10 if quick else 1]:
        for text in (
            string,
            f'President {string} said on Monday that "{string}" troops attacked Ghana. {string}',
        ):
            taken.append(take("a.jsonl", json.dumps({"text": text}).encode()))
            altered += any(one.text != text for one in taken[-1].documents)
    for path in sorted((corpora / "trojan-source").rglob("*.txt"))[:: 6 if quick else 1]:
        data = path.read_bytes()
        taken.append(take("a.txt", data, "text"))
        altered += any(one.text != data.decode("utf-8") for one in taken[-1].documents)
    documents = [one for each in taken for one in each.documents]
    counted = [wrong_offsets(reading) for reading in Reader().read_many(documents)]
    fragments, wrong = (sum(column) for column in zip(*counted, strict=True))
    right = f"{fragments - wrong} of {fragments} in {len(documents)} documents"
    return [
        faults(taken),
        Figure("texts altered (0)", str(altered), not altered),
        Figure("offsets that show their quote (100%)", right, not wrong),
    ]
