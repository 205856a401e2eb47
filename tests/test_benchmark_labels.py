"""The gold of loaded wordings keeps to its header, and the score to what it claims."""

from __future__ import annotations

from collections import Counter

from benchmarks.labels import LABELS, scored
from benchmarks.marks import SPLITS, locate, rows
from dragoman.register.loader import load
from tests.support import read

ITEMS = rows(LABELS)


def test_items_are_well_formed() -> None:
    categories = set(load().categories)
    assert len(ITEMS) >= 160
    assert len({item["id"] for item in ITEMS}) == len(ITEMS)
    for item in ITEMS:
        assert set(item) == {"id", "split", "group", "published", "text", "labels"}
        for label in item["labels"]:
            assert set(label) == {"words", "category", "referent", "user"}
            assert label["category"] in categories
            assert locate(item["text"], label["words"])


def test_halves_are_alike() -> None:
    by_split = Counter(item["split"] for item in ITEMS)
    assert set(by_split) == set(SPLITS)
    for group in {item["group"] for item in ITEMS}:
        held = Counter(item["split"] for item in ITEMS if item["group"] == group)
        assert abs(held["dev"] - held["held"]) <= 1, group


def test_decoys_have_no_labels() -> None:
    decoys = [item for item in ITEMS if item["group"].startswith("decoy")]
    assert len(decoys) >= 40
    assert not any(item["labels"] for item in decoys)


def test_a_wording_answers_to_one_mark() -> None:
    text = "Peru said the Lima junta had fled."
    mark = {"words": "Lima junta", "category": "regime", "referent": "Peru", "user": "Peru"}
    result = scored({"text": text, "labels": [mark, {**mark, "words": "Peru said"}]}, read(text))
    assert result.pairs == {0: 0}
