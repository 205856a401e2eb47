from __future__ import annotations

import csv
import io
from typing import get_args

import pytest

from dragoman import ingest
from dragoman.export.csv import COLUMNS, Csv, Kind, neutral
from tests.fakes import TEXT, reading_of


def rows(show: Kind, publisher: str | None = None) -> list[dict[str, str]]:
    file = io.StringIO(newline="")
    writer = Csv(file, show)
    writer.write(reading_of(ingest.document(TEXT, publisher=publisher)))
    writer.close()
    return list(csv.DictReader(io.StringIO(file.getvalue(), newline=""), strict=True))


def test_events() -> None:
    met, fired = rows("events")
    assert met["on_whose_word"] == "the report"
    assert met["according_to"] == ""
    assert (met["actors"], met["recipients"]) == ("Peru", "Chile")
    assert (met["time"], met["place"], met["place_country"]) == ("2024-03-04", "Lima, PER", "PER")
    assert met["latitude"] == "-12.04"
    assert met["reciprocal"] == "true"
    assert fired["on_whose_word"] == "Ana Rojas ← A clerk ← the report"
    assert fired["according_to"] == "s1; s2"
    assert fired["goldstein"] == "-10.0"
    assert fired["actor_ids"] == ""
    for row in (met, fired):
        assert TEXT[int(row["trigger_start"]) : int(row["trigger_end"])] == row["trigger"]


def test_statements_and_mentions() -> None:
    outer, inner = rows("statements")
    assert (outer["speaker"], outer["on_whose_word"]) == ("A clerk", "the report")
    assert (inner["speaker_id"], inner["parent"]) == ("report:ana-rojas", "s1")
    assert inner["on_whose_word"] == "A clerk ← the report"
    mentions = rows("mentions")
    assert [row["refers_to"] for row in mentions] == ["Peru", "Lima, PER", "2024-03-04 (day)", ""]
    assert mentions[3]["unresolved"] == "whose is not said"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_cannot_start_a_formula(start: str) -> None:
    publisher = f'{start}HYPERLINK("https://bad.example")'
    assert rows("events", publisher)[0]["publisher"] == f"'{publisher}"


def test_numbers_stay_numbers() -> None:
    assert [neutral(value) for value in (-10.0, -1, "-10", None, False)] == [
        "-10.0",
        "-1",
        "'-10",
        "",
        "false",
    ]


@pytest.mark.parametrize("show", get_args(Kind))
def test_the_header_stands_where_nothing_was_read(show: Kind) -> None:
    file = io.StringIO()
    Csv(file, show).close()
    assert file.getvalue() == ",".join(COLUMNS[show]) + "\n"
    assert {"schema_version", "document_id"} <= set(COLUMNS[show])
