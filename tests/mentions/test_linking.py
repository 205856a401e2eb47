"""Who is meant, over composed reports of many countries and decades, in ``linking.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.actors import RIGHT, _mark, judge
from tests.support import read

PATH = Path(__file__).with_name("linking.yaml")
ITEMS: list[dict[str, Any]] = yaml.safe_load(PATH.read_text(encoding="utf-8"))


@pytest.mark.parametrize("item", ITEMS, ids=[f"{i['group']}-{n}" for n, i in enumerate(ITEMS, 1)])
def test_the_one_meant_is_linked(item: dict[str, Any]) -> None:
    reading = read(item["text"], item["published"].isoformat())
    for row in item["mentions"]:
        outcome, mention = judge(_mark(item["text"], row), reading)
        actor = reading.actor(mention.actor) if mention else None
        assert outcome == RIGHT, (row, mention, actor)


def test_who_holds_an_office_is_not_told_of_a_report_without_a_date() -> None:
    text = "Iran's president met Chile's foreign minister."
    undated, dated = read(text, None), read(text, "2015-06-01")
    assert not any((mention.actor or "").startswith("person:") for mention in undated.mentions)
    assert "person:hassan-rouhani" in {mention.actor for mention in dated.mentions}
