from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
from functools import cache
from typing import Any

import jsonschema
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import SchemaError
from dragoman.model import Document, Event, EventTime, Fragment, Mention, Place, Reading, Span, Time
from dragoman.schema import (
    RECORDS,
    SCHEMAS,
    dumps,
    from_tables,
    json_schema,
    reading_from_json,
    reading_to_json,
    records_to_json,
    to_tables,
)
from dragoman.schema.published import published
from tests.strategies import readings

unhurried = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
batches = st.lists(readings(), max_size=3, unique_by=lambda reading: reading.document.id)


@cache
def validator(definition: str | None = None) -> Any:
    schema = json_schema()
    if definition is not None:
        schema = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


@given(batches)
@unhurried
def test_tables_round_trip(batch: list[Reading]) -> None:
    tables = to_tables(batch)
    for name, table in tables.items():
        assert table.schema.equals(SCHEMAS[name])
    assert from_tables(tables) == batch


@given(batches, st.randoms(use_true_random=False))
@unhurried
def test_rows_may_come_back_in_any_order(batch: list[Reading], random: Any) -> None:
    tables = to_tables(batch)
    for kind in RECORDS:
        order = list(range(tables[kind].num_rows))
        random.shuffle(order)
        tables[kind] = tables[kind].take(pa.array(order, pa.int64()))
    assert from_tables(tables) == batch


@given(readings())
@unhurried
def test_json_round_trip_through_text(reading: Reading) -> None:
    text = dumps(reading_to_json(reading))
    assert "\n" not in text
    assert reading_from_json(json.loads(text)) == reading


@given(readings())
@unhurried
def test_json_fits_the_published_schema(reading: Reading) -> None:
    value = json.loads(dumps(reading_to_json(reading)))
    validator().validate(value)
    for kind, record in RECORDS.items():
        lines = list(records_to_json(reading, kind))
        assert lines == value[kind]
        for line in lines:
            validator(record.__name__).validate(line)


def test_published_file_is_what_the_model_says() -> None:
    assert json.loads(published()) == json_schema()


def test_schema_refuses_what_the_model_does_not_have() -> None:
    value = reading_to_json(Reading(Document("d", "x")))
    validator().validate(value)
    for change in ({"schema_version": "0"}, {"more": 1}, {"notes": None}):
        with pytest.raises(jsonschema.ValidationError):
            validator().validate(value | change)


def test_every_record_carries_version_and_document() -> None:
    span = Span((Fragment(0, 1, "x"),))
    event = Event("e1", span, "CONSULT", "040", "04", 1, "asserted")
    reading = Reading(Document("d", "x"), events=(event,))
    value = reading_to_json(reading)
    assert value["schema_version"] == value["document"]["schema_version"] == "2"
    assert value["events"][0]["schema_version"] == "2"
    assert value["events"][0]["document_id"] == "d"
    for name, schema in SCHEMAS.items():
        assert "schema_version" in schema.names
        assert ("id" if name == "documents" else "document_id") in schema.names


def test_none_and_empty_and_nested_values_stay_apart() -> None:
    span = Span((Fragment(0, 1, "x"), Fragment(4, 6, "yz")))
    place = Place("p", "", "city", -0.5, 179.25)
    time = Time("DATE", "2024-05", "month", dt.date(2024, 5, 1), None)
    when = EventTime("2024-05", "month", "rule", None, None, dt.date(2024, 5, 31))
    mentions = (
        Mention("m1", span, "place", "", place=place, label=""),
        Mention("m2", span, "time", "", time=time, label=None),
    )
    event = Event("e1", span, "AID", "070", "07", 2, "denied", time=when, intensity=0.0)
    reading = Reading(Document("", "", publisher="", url=None), (), mentions, (), (event,))
    (back,) = from_tables(to_tables([reading]))
    assert back == reading
    assert back.mentions[0].label == ""
    assert back.mentions[1].label is None
    assert reading_from_json(reading_to_json(reading)) == reading


def test_two_readings_of_one_document_id_are_refused() -> None:
    reading = Reading(Document("same", "x"))
    with pytest.raises(SchemaError, match="DR080"):
        to_tables([reading, reading])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"schema_version": "1"}, "DR081"),
        ({"schema_version": None}, "DR081"),
        ({"notes": 3}, "DR082"),
        ({"document": {}}, "DR082"),
        ({"events": [{"id": "e1"}]}, "DR082"),
    ],
)
def test_json_that_does_not_fit_is_refused(change: dict[str, Any], code: str) -> None:
    value = reading_to_json(Reading(Document("d", "x")))
    with pytest.raises(SchemaError, match=code):
        reading_from_json(value | change)


def test_an_unknown_status_is_refused() -> None:
    span = Span((Fragment(0, 1, "x"),))
    event = Event("e1", span, "AID", "070", "07", 2, "asserted")
    value = reading_to_json(Reading(Document("d", "x"), events=(event,)))
    value["events"][0]["status"] = "confirmed"
    with pytest.raises(SchemaError, match="confirmed"):
        reading_from_json(value)


def test_rows_of_another_version_are_refused() -> None:
    tables = to_tables([Reading(Document("d", "x"))])
    rows = [row | {"schema_version": "0"} for row in tables["documents"].to_pylist()]
    tables["documents"] = pa.Table.from_pylist(rows, schema=SCHEMAS["documents"])
    with pytest.raises(SchemaError, match="DR081"):
        from_tables(tables)


def test_json_text_holds_no_character_that_turns_a_line() -> None:
    text = "a\u202eb\x9bc\u2028d\x1be"
    written = dumps({"text": text})
    assert written.isprintable()
    assert json.loads(written) == {"text": text}


def test_json_has_no_nan() -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps({"x": math.nan})


def test_arrow_schemas_name_every_field_of_the_model() -> None:
    for kind, record in RECORDS.items():
        names = {field.name for field in dataclasses.fields(record)}
        assert names <= set(SCHEMAS[kind].names)
