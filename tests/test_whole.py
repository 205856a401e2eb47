"""The whole way, with the real reader: command line to valid JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.schema import json_schema, reading_from_json

TEXT = (
    "date 2024-03-09 Peru’s foreign minister said on Friday that Chile had attacked a border "
    "post.\r\n\r\nChile denied the accusation. The two countries will meet in Lima in May."
)


@pytest.fixture(scope="module")
def value(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("whole") / "report.txt"
    path.write_bytes(TEXT.encode("utf-8"))
    result = CliRunner().invoke(app, ["read", str(path), "--format", "json"])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def fragments(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "quote"}:
            yield value
        for part in value.values():
            yield from fragments(part)
    elif isinstance(value, list):
        for part in value:
            yield from fragments(part)


def test_the_reading_fits_the_published_schema(value: Any) -> None:
    jsonschema.Draft202012Validator(json_schema()).validate(value)
    assert reading_from_json(value).document.text == TEXT


def test_every_offset_quotes_its_text(value: Any) -> None:
    found = list(fragments(value))
    assert found
    assert [part for part in found if TEXT[part["start"] : part["end"]] != part["quote"]] == []
    assert min(part["start"] for part in found) >= value["document"]["preamble"] == 16


def test_what_a_minister_says_is_not_the_reports_word(value: Any) -> None:
    known = {statement["id"] for statement in value["statements"]}
    attacks = [event for event in value["events"] if event["type"] == "ASSAULT"]
    assert attacks
    assert all(event["according_to"] for event in attacks)
    assert all(set(event["according_to"]) <= known for event in value["events"])
