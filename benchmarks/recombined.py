"""Reports made by recombining sentences of our own: the texts of ``benchmarks/gold`` that are open
to everybody who tunes (the halves marked ``dev``), drawn always the same way.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from dragoman.model import Document

_GOLD: Final = Path(__file__).resolve().parent / "gold"
_FILES: Final = ("events.yaml", "status.yaml", "actors.yaml")
_SEED: Final = 20261127
_FIRST: Final = dt.date(2015, 1, 1)
_DAYS: Final = 3650
_PUBLISHERS: Final = 50
_BREAK: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def sentences() -> list[str]:
    """The sentences of our own texts; a quotation that goes over several stays whole."""
    found = []
    for name in _FILES:
        with (_GOLD / name).open(encoding="utf-8") as file:
            items = yaml.load(file, Loader=yaml.CSafeLoader)
        for item in items:
            if item.get("split") == "dev":
                for paragraph in item["text"].split("\n\n"):
                    found += [paragraph] if '"' in paragraph else _BREAK.split(paragraph)
    return sorted({" ".join(one.split()) for one in found})


def reports(count: int, opening: str | None = None, a_day: int | None = None) -> Iterator[Document]:
    """So many reports of 4 to 8 paragraphs, in the order of publication; ``opening`` stands first
    in each. They are spread over ten years, or come out so many a day.
    """
    known, draw = sentences(), random.Random(_SEED)
    for number in range(count):
        paragraphs = [
            " ".join(draw.choices(known, k=draw.randint(1, 3))) for _ in range(draw.randint(4, 8))
        ]
        if opening is not None:
            paragraphs.insert(0, opening)
        yield Document(
            f"report-{number:07d}",
            "\n\n".join(paragraphs),
            _FIRST + dt.timedelta(number // a_day if a_day else number * _DAYS // count),
            f"publisher {draw.randrange(_PUBLISHERS)}",
        )
