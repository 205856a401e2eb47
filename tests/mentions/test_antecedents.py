"""Whom pronouns and nouns mean in the passages of ``benchmarks/gold/antecedents.yaml``."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.antecedents import RIGHT, WRONG, items, judge
from tests.support import read

ITEMS = items()


@pytest.mark.parametrize("item", ITEMS, ids=[f"{i['group']}-{n}" for n, i in enumerate(ITEMS, 1)])
def test_the_one_meant_is_found(item: dict[str, Any]) -> None:
    """All but those marked ``falls_short``, whose reason the passage gives; those are not right."""
    reading = read(item["text"])
    for ref in item["refs"]:
        outcome = judge(item, ref, reading)
        assert (outcome == RIGHT) is ("falls_short" not in ref), (ref, outcome)


CASES = [
    # Whoever was charged was arrested, and whoever charges says.
    ("Polish prosecutors have charged three Ukrainian nationals with spying. They were arrested"
     " in Lublin.", "They", ["national"]),
    ("Polish prosecutors have charged three Ukrainian nationals with spying. They said the trial"
     " would be short.", "They", ["prosecutors"]),
    # Whoever killed is arrested, whoever was killed is buried.
    ("Soldiers of Chad killed nine Sudanese traders. They were later arrested.", "They",
     ["soldiers"]),
    ("Soldiers of Chad killed nine Sudanese traders. They were buried at dawn.", "They",
     ["traders"]),
    # Several together are each meant, over the same words.
    ("Ana Lopes and Rui Costa were arrested in Luanda. The pair were charged with fraud.", "pair",
     ["ana-lopes", "rui-costa"]),
    ("Israel shelled a depot. Hezbollah fired back. Both sides said they wanted no war.",
     "Both sides", ["ISR", "hezbollah"]),
    ("John Kerry met Sergei Lavrov. The former was glad.", "former", ["john-kerry"]),
    ("John Kerry met Sergei Lavrov. The latter was glad.", "latter", ["sergei-lavrov"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "ends"), CASES)
def test_by_what_befell_whom(text: str, words: str, ends: list[str]) -> None:
    reading = read(text)
    actors = [m.actor or "" for m in reading.mentions if m.span.quote == words]
    assert len(actors) == len(ends), actors
    assert all(end in actor for actor, end in zip(actors, ends, strict=True)), actors


def test_of_three_none_is_one_of_two() -> None:
    text = "Serbia, Albania and Kosovo blamed each other. The former denied it."
    found = next(m for m in read(text).mentions if m.span.quote == "former")
    assert found.actor is None
    assert found.unresolved == "no two are named shortly before it"


def test_a_link_to_somebody_else_is_wrong() -> None:
    item = {"text": "Chad jailed Peter Mwangi. He was released."}
    assert judge(item, {"quote": "He", "means": "Chad"}, read(item["text"])) == WRONG
