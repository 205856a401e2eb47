"""Where an act was, read from its own sentence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.model import Document, Event, Reading
from dragoman.pipeline import Reader

ROWS = yaml.safe_load(Path(__file__).with_name("locating.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    published = dt.date(2012, 3, 4)
    texts = [
        Document(id=str(n), text=row["text"], published=published) for n, row in enumerate(ROWS)
    ]
    return list(Reader().read_many(texts))


@pytest.mark.parametrize("number", range(len(ROWS)), ids=lambda n: f"{n}-{ROWS[n]['trigger']}")
def test_the_act_is_where_its_sentence_puts_it(
    number: int, readings: list[Reading], request: pytest.FixtureRequest
) -> None:
    row = ROWS[number]
    if "fails" in row:
        request.applymarker(pytest.mark.xfail(reason=row["fails"], strict=True))
    event = _event(row, readings[number])
    named = _names(event, readings[number])
    if row["place"] is None:
        assert not named
    else:
        assert any(_is_of(name, names) for name in named for names in row["place"].split("|"))


def _event(row: dict[str, Any], reading: Reading) -> Event:
    return next(
        e
        for e in reading.events
        if row["trigger"] in e.trigger.quote or e.trigger.quote in row["trigger"]
    )


def _names(event: Event, reading: Reading) -> list[str]:
    mention = reading.mention(event.place)
    if mention is None:
        return []
    return [mention.span.quote, *([mention.place.name] if mention.place else [])]


def _is_of(name: str, wanted: str) -> bool:
    return wanted in name or name in wanted
