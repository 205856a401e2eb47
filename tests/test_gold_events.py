"""The gold of whole reports, held to its header."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from benchmarks import marks
from dragoman.model import STATUSES
from dragoman.ontologies import plover
from dragoman.register import default_register
from tests.test_gold import strict

GOLD: Final = Path(marks.GOLD) / "events.yaml"
ROWS: Final = strict(GOLD)
EVERY: Final = [pytest.param(row, id=row["id"]) for row in ROWS]
FIELDS: Final = set("trigger type mode actors recipients place time status according_to".split())
FLAGS: Final = set("mutual historical optional main".split())
TIMEX: Final = re.compile(r"\d{4}(-W\d\d|-\d\d(-\d\d)?)?")

Row = dict[str, Any]


@pytest.mark.parametrize("row", EVERY)
def test_reports_have_their_fields_and_length(row: Row) -> None:
    assert set(row) == set("id split group why published text events".split())
    assert row["split"] in marks.SPLITS
    assert row["id"].rsplit("-", 1)[0] == row["group"]
    assert isinstance(row["published"], dt.date)
    assert row["text"].strip() == row["text"]
    assert 60 <= len(row["text"].split()) <= 200


@pytest.mark.parametrize("row", EVERY)
def test_events_hold_together(row: Row) -> None:
    triggers = set()
    for event in row["events"]:
        flags = set(event) - FIELDS - {"within"}
        assert set(event) >= FIELDS and flags <= FLAGS
        assert all(event[flag] is True for flag in flags)
        triggers.add(marks.locate(row["text"], event["trigger"], event.get("within")))
        assert set(event["status"].split("|")) <= set(STATUSES)
        assert event["time"] is None or TIMEX.fullmatch(event["time"])
        assert event["place"] is None or event["place"].split("|")[0] in row["text"]
        assert not event.get("main") or not event.get("optional")
    assert len(triggers) == len(row["events"])
    assert sum(event.get("main", False) for event in row["events"]) == 1


@pytest.mark.parametrize("row", EVERY)
def test_types_and_modes_are_plovers(row: Row) -> None:
    types = plover().types
    for event in row["events"]:
        names = event["type"].split("|")
        assert set(names) <= set(types), event
        modes = {mode for name in names for mode in types[name].modes} | {"none"}
        assert set((event["mode"] or "none").split("|")) <= modes, event


@pytest.mark.parametrize("row", EVERY)
def test_speakers_stand_in_the_text_or_the_register(row: Row) -> None:
    register = default_register()
    for event in row["events"]:
        names = [*(event["actors"] or []), *(event["recipients"] or [])]
        names += event["according_to"] or []
        for name in names:
            for option in name.split("|"):
                known = option in {"none", "implicit"} or option in row["text"]
                assert known or register.lookup(option), option


def test_both_halves_have_their_share() -> None:
    assert len(ROWS) >= 60
    assert len({row["id"] for row in ROWS}) == len({row["text"] for row in ROWS}) == len(ROWS)
    groups = Counter((row["group"], row["split"]) for row in ROWS)
    assert all(groups[group, "dev"] == groups[group, "held"] for group, _ in groups)
    for split in marks.SPLITS:
        half = [e for row in ROWS if row["split"] == split for e in row["events"]]
        binding = [event for event in half if not event.get("optional")]
        assert len(binding) >= 240
        assert sum(bool(event["according_to"]) for event in binding) >= 80
        types = {event["type"] for event in half}
        assert types >= set(plover().types), split
        assert {event["status"] for event in half} >= {"asserted", "denied", "planned", "demanded"}
