"""Who calls whom what, as rows and as counts."""

from __future__ import annotations

import csv
import io
import json

import pytest

import dragoman
from dragoman.export.csv import COLUMNS, Csv
from dragoman.export.labels import SORT_KEYS, Labels
from dragoman.model import Reading
from tests.support import read

BOTH = (
    "Russia said that the Kyiv regime had shelled a dam. "
    "Ukraine said that the Moscow regime had shelled a school. "
    "Russia said that the Kyiv regime had no shame."
)


def written(form: str, *, each: bool = False, categories: tuple[str, ...] = ()) -> str:
    file = io.StringIO()
    writer = Labels(file, form, "count", each, categories)  # type: ignore[arg-type]
    writer.write(read(BOTH))
    writer.close()
    return file.getvalue()


def test_each_use_has_its_place_and_user() -> None:
    first, second, third = dragoman.labels(read(BOTH))
    assert (first.user, first.wording, first.referent) == ("Russia", "Kyiv regime", "Ukraine")
    assert (second.user, second.wording, second.referent) == ("Ukraine", "Moscow regime", "Russia")
    assert (first.count, second.count, third.count) == (2, 1, 2)
    assert first.chain == "Russia ← the report"
    assert all(BOTH[use.start : use.end] == use.quote for use in (first, second, third))


def test_uses_of_one_user_referent_and_wording_are_one_row() -> None:
    rows = dragoman.label_counts(dragoman.labels([read(BOTH), read(BOTH.replace("dam", "bank"))]))
    told = [(r.user, r.referent, r.wording, r.count, r.documents) for r in rows]
    assert told == [
        ("Russia", "Ukraine", "Kyiv regime", 4, 2),
        ("Ukraine", "Russia", "Moscow regime", 2, 2),
    ]


def test_the_publisher_is_the_user_of_its_own_words() -> None:
    reading = dragoman.read("The Kyiv regime shelled a dam.", publisher="Sample Wire")
    (use,) = dragoman.labels(reading)
    assert (use.user, use.chain) == ("Sample Wire", "the report")


def test_a_referent_that_is_not_known_says_why() -> None:
    (use,) = dragoman.labels(read("Syria's army said it had killed terrorists."))
    assert (use.referent, use.referent_id) == ("unresolved", None)
    assert use.unresolved


@pytest.mark.parametrize("key", SORT_KEYS)
def test_rows_can_be_sorted(key: str) -> None:
    uses = dragoman.labels(read(BOTH), sort=key)  # type: ignore[arg-type]
    assert len(uses) == 3
    if key not in ("count", "document"):
        values = [getattr(use, key).lower() for use in uses]
        assert values == sorted(values)


def test_an_unknown_sort_key_is_refused() -> None:
    with pytest.raises(ValueError, match="no sort key"):
        dragoman.labels(read(BOTH), sort="colour")  # type: ignore[arg-type]


def test_json_and_csv_say_the_same() -> None:
    listed = json.loads(written("json", each=True))
    rows = list(csv.DictReader(io.StringIO(written("csv", each=True))))
    assert [row["wording"] for row in listed] == [row["wording"] for row in rows]
    assert {row["category"] for row in rows} == {"regime"}


def test_the_table_groups_by_who_calls_whom_what() -> None:
    table = written("table")
    assert "calls whom" in table
    assert table.count("Kyiv regime") == 1
    assert written("table", categories=("act",)) == "No loaded wordings were found.\n"


def test_mentions_in_csv_keep_category_and_user() -> None:
    file = io.StringIO()
    writer = Csv(file, "mentions")
    writer.write(read(BOTH))
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    first = next(row for row in rows if row["label"])
    assert first["label_category"] == "regime"
    assert first["label_used_by"] == "Russia ← the report"
    assert BOTH[int(first["label_start"]) : int(first["label_end"])] == first["label"]
    assert {"label_category", "label_used_by_ids"} <= set(COLUMNS["mentions"])


def test_labels_survive_json_and_tables() -> None:
    from dragoman.schema import reading_from_json, reading_to_json
    from dragoman.schema.tables import from_tables, to_tables

    reading: Reading = read(BOTH)
    assert reading_from_json(reading_to_json(reading)) == reading
    assert from_tables(to_tables([reading])) == [reading]
