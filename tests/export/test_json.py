from __future__ import annotations

import io
import json

import pytest

from dragoman import ingest
from dragoman.export.json import Json, JsonLines
from dragoman.model import Reading
from dragoman.schema import reading_from_json
from tests.fakes import TEXT, reading_of


def readings(count: int) -> list[Reading]:
    return [reading_of(ingest.document(TEXT, id=str(number))) for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_json_is_a_reading_or_a_list(count: int) -> None:
    file = io.StringIO()
    writer = Json(file)
    for reading in readings(count):
        writer.write(reading)
    writer.close()
    value = json.loads(file.getvalue())
    listed = [value] if count == 1 else value
    assert [reading_from_json(one) for one in listed] == readings(count)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_json_records_are_always_a_list(count: int) -> None:
    file = io.StringIO()
    writer = Json(file, "statements")
    for reading in readings(count):
        writer.write(reading)
    writer.close()
    value = json.loads(file.getvalue())
    assert [record["id"] for record in value] == ["s1", "s2"] * count


def test_json_lines() -> None:
    file = io.StringIO()
    writer = JsonLines(file)
    for reading in readings(2):
        writer.write(reading)
    writer.close()
    lines = file.getvalue().splitlines()
    assert [reading_from_json(json.loads(line)) for line in lines] == readings(2)


def test_json_lines_of_records_say_whose_they_are() -> None:
    file = io.StringIO()
    JsonLines(file, "events").write(readings(1)[0])
    records = [json.loads(line) for line in file.getvalue().splitlines()]
    assert [record["id"] for record in records] == ["e1", "e2"]
    assert {record["document_id"] for record in records} == {"0"}
    assert {record["schema_version"] for record in records} == {"2"}
