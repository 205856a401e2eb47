"""The gold of actors, held to its header."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Any, Final

import pytest

from benchmarks import actors, marks
from tests.test_gold import strict

ROWS: Final = strict(actors.ACTORS)
EVERY: Final = [pytest.param(row, id=row["id"]) for row in ROWS]
ITEM: Final = set("id split group why continent published text mentions".split())
MENTION: Final = set("quote within actor kind country sector office unresolved none".split())
KINDS: Final = {"person", "state", "armed group", "IGO", "NGO", "party", "people", "religion"} | {
    "media",
    "institution",
}
SECTORS: Final = {"GOV", "MIL", "LEG", "JUD", "COP", "IGO"}
CONTINENTS: Final = {"africa", "americas", "asia", "europe", "oceania"}

Row = dict[str, Any]


@pytest.mark.parametrize("row", EVERY)
def test_reports_have_their_fields_and_length(row: Row) -> None:
    assert set(row) == ITEM
    assert row["split"] in marks.SPLITS
    assert row["id"].rsplit("-", 1)[0] == row["group"]
    assert row["continent"] in CONTINENTS
    assert isinstance(row["published"], dt.date)
    assert dt.date(1960, 1, 1) <= row["published"] <= dt.date(2026, 12, 31)
    assert row["text"].strip() == row["text"]
    assert 2 <= len(re.findall(r"[.!?](?= [A-Z]|$)", row["text"])) <= 6


@pytest.mark.parametrize("row", EVERY)
def test_mentions_stand_once_in_the_text(row: Row) -> None:
    where = [marks.locate(row["text"], m["quote"], m.get("within")) for m in row["mentions"]]
    assert len(set(where)) == len(where)
    for mention in row["mentions"]:
        assert mention["quote"] == mention["quote"].strip()
        assert not mention["quote"].lower().startswith(("the ", "a ", "an "))


@pytest.mark.parametrize("row", EVERY)
def test_mentions_say_one_thing(row: Row) -> None:
    for mention in row["mentions"]:
        assert set(mention) <= MENTION
        told = ["actor" in mention, "unresolved" in mention, "none" in mention]
        assert sum(told) == 1 or (not any(told) and "country" in mention)
        assert all(mention[flag] is True for flag in ("unresolved", "none") if flag in mention)
        assert ("kind" in mention) == ("actor" in mention)
        assert mention.get("kind", "person") in KINDS
        assert "actor" not in mention or "sector" not in mention
        assert "office" not in mention or mention["kind"] == "person"
        for country in mention.get("country", "USA").split("|"):
            assert re.fullmatch(r"[A-Z]{3}", country)
        assert set(mention.get("sector", "GOV").split("|")) <= SECTORS


def test_a_person_is_written_one_way_everywhere() -> None:
    told = {m["actor"] for row in ROWS for m in row["mentions"] if m.get("kind") == "person"}
    names = Counter(name for actor in told for name in actor.split("|"))
    assert [name for name, times in names.items() if times > 1] == []


def test_halves_decades_and_continents_have_their_share() -> None:
    assert len({row["id"] for row in ROWS}) == len({row["text"] for row in ROWS}) == len(ROWS)
    assert len(ROWS) >= 100
    assert sum(len(row["mentions"]) for row in ROWS) >= 440
    groups = Counter((row["group"], row["split"]) for row in ROWS)
    for group in {row["group"] for row in ROWS}:
        assert abs(groups[group, "dev"] - groups[group, "held"]) <= 1, group
    mentions = Counter(row["split"] for row in ROWS for _ in row["mentions"])
    assert abs(mentions["dev"] - mentions["held"]) <= 20
    decades = Counter(row["published"].year // 10 for row in ROWS)
    assert set(decades) == set(range(196, 203))
    assert min(decades.values()) >= 12
    assert {row["continent"] for row in ROWS} == CONTINENTS
