"""The programs' interface over a small archive."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from dragoman.schema import json_schema
from dragoman.web import create
from tests.web.conftest import first_reading, settings

V1 = "/api/v1"


def test_the_archive_tells_its_version_and_citation(client: TestClient) -> None:
    told = client.get(V1).json()
    assert told["documents"] == 10
    assert told["content_hash"] in told["citation"]


@pytest.mark.parametrize("table", ["events", "statements", "documents"])
def test_pages_of_a_list_have_every_row_once(client: TestClient, table: str) -> None:
    seen, after = [], None
    while True:
        query = {"limit": 3} | ({"after": after} if after else {})
        page = client.get(f"{V1}/{table}", params=query).json()
        seen += [(row["document_id"], row["position"]) for row in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page["count"]


def test_a_filter_keeps_what_it_asks_for(client: TestClient) -> None:
    found = client.get(f"{V1}/events", params={"own_voice": "true"}).json()["items"]
    rest = client.get(f"{V1}/events").json()["items"]
    assert found and all(row["own_voice"] for row in found)
    assert len(found) < len(rest)


def test_a_reading_is_what_the_schema_says(client: TestClient, shared: Path) -> None:
    reading = client.get(f"{V1}/readings/{first_reading(shared)}").json()
    Draft202012Validator(json_schema()).validate(reading)
    text = reading["document"]["text"]
    for event in reading["events"]:
        for span in event["trigger"]:
            assert text[span["start"] : span["end"]] == span["quote"]


def test_what_nobody_has_is_not_found(client: TestClient) -> None:
    answer = client.get(f"{V1}/readings/none")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"] == "DR228"


@pytest.mark.parametrize(
    "query", ["from=yesterday", "to=2026-13-01", "side=left", "limit=0", "after=x", "order=name"]
)
def test_values_that_cannot_be_are_told(client: TestClient, query: str) -> None:
    answer = client.get(f"{V1}/events?{query}")
    assert answer.status_code == 400
    assert answer.json()["status"] == 400
    assert answer.json()["detail"]


def test_who_has_the_answer_is_not_sent_it_again(client: TestClient) -> None:
    first = client.get(f"{V1}/events", params={"limit": 2})
    again = client.get(
        f"{V1}/events", params={"limit": 2}, headers={"If-None-Match": first.headers["etag"]}
    )
    other = client.get(
        f"{V1}/events", params={"limit": 3}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304 and not again.content
    assert other.status_code == 200


def test_a_text_is_read_and_not_kept(client: TestClient) -> None:
    before = client.get(V1).json()["version"]
    answer = client.post(f"{V1}/read", json={"text": "A mayor spoke.", "published": "2026-03-01"})
    assert answer.status_code == 200
    assert answer.json()["document"]["text"] == "A mayor spoke."
    assert answer.headers["cache-control"] == "no-store"
    assert client.get(V1).json()["version"] == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": " "},
        {"text": "a", "more": 1},
        [1],
        {"text": "a", "published": "x"},
    ],
)
def test_a_text_that_cannot_be_read_is_told(client: TestClient, body: Any) -> None:
    assert client.post(f"{V1}/read", json=body).status_code == 400


def test_actors_are_looked_up_at_a_date(client: TestClient) -> None:
    found = client.get(f"{V1}/actors", params={"name": "Peru"}).json()["items"]
    assert found[0]["id"] == "state:PER"
    assert client.get(f"{V1}/actors/state:PER").json()["name"] == "Peru"
    assert client.get(f"{V1}/actors/state:NONE").status_code == 404


def test_a_panel_counts_and_says_what(client: TestClient) -> None:
    told = client.get(f"{V1}/panel", params={"period": "year", "unresolved": "true"}).json()
    assert told["chosen"]
    assert isinstance(told["items"], list)
    assert client.get(f"{V1}/panel", params={"period": "decade"}).status_code == 400


def test_files_are_streamed(client: TestClient) -> None:
    answer = client.get(f"{V1}/exports/csv", params={"own_voice": "true"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    count = client.get(f"{V1}/events", params={"own_voice": "true"}).json()["count"]
    assert len(rows) == count
    lines = client.get(f"{V1}/exports/jsonl").text.splitlines()
    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert client.get(f"{V1}/exports/none").status_code == 400


def test_a_job_writes_a_file(client: TestClient) -> None:
    started = client.post(f"{V1}/jobs/exports/jsonl")
    assert started.status_code == 202
    place = started.headers["location"]
    deadline = time.monotonic() + 30
    while (told := client.get(place).json())["state"] in ("waiting", "running"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert told["state"] == "finished"
    assert client.get(told["result"]).text == client.get(f"{V1}/exports/jsonl").text
    assert client.delete(place).json()["state"] == "cancelled"
    assert client.get(place).status_code == 404


def test_links_are_listed(client: TestClient) -> None:
    for name in ("occurrences", "stories"):
        told = client.get(f"{V1}/{name}").json()
        assert told["count"] >= len(told["items"])


def test_every_answer_of_the_interface_is_described(shared: Path) -> None:
    described = create(settings(shared)).openapi()
    assert described["openapi"].startswith("3.1")
    for path, methods in described["paths"].items():
        assert path.startswith(V1)
        for told in methods.values():
            assert told["summary"]
            assert {"400", "404", "503"} <= set(told["responses"])
