"""Each page, and what it says."""

from __future__ import annotations

import csv
import io
import json
import sys
import types
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from dragoman.archive import Archive
from dragoman.web import create, linked
from tests.archive.conftest import bring, documents
from tests.fakes import TEXT
from tests.web.conftest import first_reading, settings


@pytest.mark.parametrize(
    "path",
    ["/", "/documents", "/events", "/statements", "/sources", "/disputed", "/pictures", "/try"],
)
def test_pages_answer_full_and_empty(client: TestClient, empty: Path, path: str) -> None:
    assert client.get(path).status_code == 200
    answer = TestClient(create(settings(empty))).get(path)
    assert answer.status_code == 200 and "<h1" in answer.text


def test_an_empty_archive_says_what_to_do(empty: Path) -> None:
    page = TestClient(create(settings(empty))).get("/").text
    assert "dragoman ingest" in page and 'href="/try"' in page


def test_a_report_says_on_whose_word(client: TestClient, shared: Path) -> None:
    page = client.get(f"/documents/{first_reading(shared)}?event=e2").text
    assert "The report (Post) says that A clerk said (“said”) that Ana Rojas said" in page
    assert '<details class="event" name="event" id="e2" open>' in page
    assert page.count('id="at-e2"') == 1 and 'data-who="Ana Rojas"' in page
    assert "not known who: whose is not said" in page


def test_what_is_not_there_is_told(client: TestClient) -> None:
    for path in (
        "/documents/none",
        "/source?who=nobody",
        "/source",
        "/disputed?occurrence=x",
        "/x",
    ):
        answer = client.get(path)
        assert answer.status_code == 404 and "DR228" in answer.text, path
    assert client.get("/documents/none?part=x").status_code == 400
    assert client.get("/api/none").json()["code"] == "DR228"


def test_sources(client: TestClient) -> None:
    page = client.get("/source?who=report:ana-rojas").text
    assert "Ana Rojas" in page and "Says that it happened" in page
    page = client.get("/source?publisher=Wire").text
    assert "5 reports" in page and "Peru" in page
    assert "A clerk" in client.get("/sources?name=clerk").text


def test_downloads(client: TestClient) -> None:
    query = "?publisher=Wire&type=ASSAULT"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/download/events.csv{query}").text)))
    assert len(rows) == 5 and {row["type"] for row in rows} == {"ASSAULT"}
    lines = client.get(f"/download/events.jsonl{query}").text.splitlines()
    assert [json.loads(line)["on_whose_word"] for line in lines] == [
        "Ana Rojas ← A clerk ← the report"
    ] * 5
    table = pq.read_table(io.BytesIO(client.get(f"/download/events.parquet{query}").content))
    assert table.num_rows == 5
    for name in ("statements.csv", "statements.jsonl", "documents.csv", "documents.parquet"):
        answer = client.get(f"/download/{name}")
        assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    assert client.get("/download/events.parquet?actor=nobody").status_code == 200
    assert "DR170" in client.get("/download/events.zip").text


def test_a_pasted_report_is_read_and_not_kept(folder: Path) -> None:
    with TestClient(create(settings(folder)), follow_redirects=False) as client:
        answer = client.post("/try", data={"text": f"{TEXT}\r\nMore.", "publisher": "<i>x"})
        assert answer.status_code == 200 and "not stored" in answer.text
        assert "&lt;i&gt;x" in answer.text and "<i>" not in answer.text
        assert Archive(folder).documents().num_rows == 10
        answer = client.post("/try", data={"text": TEXT, "keep": "1"})
        assert answer.status_code == 303
        assert client.get(answer.headers["Location"]).status_code == 200
        assert Archive(folder).documents().num_rows == 11


def test_a_box_has_bounds(shared: Path) -> None:
    client = TestClient(create(settings(shared, paste=100, pastes=1)))
    assert "DR231" in client.post("/try", data={"text": " "}).text
    assert client.post("/try", data={"text": "a" * 101}).status_code == 413
    assert "DR050" in client.post("/try", data={"text": "a", "published": "soon"}).text
    assert client.post("/try", data={"text": "a"}).status_code == 200
    assert client.post("/try", data={"text": "a"}).status_code == 429


def test_new_versions_are_seen(folder: Path) -> None:
    app = create(settings(folder))
    client = TestClient(app)
    assert "10</b> reports" in client.get("/documents").text
    bring(folder, documents(11)[10:])
    app.state.dragoman.holder.look()
    assert "11</b> reports" in client.get("/documents").text


def test_hostile_words_are_shown_as_words(tmp_path: Path) -> None:
    import dataclasses

    evil = '"><script>alert(1)</script>\u202e'
    document = dataclasses.replace(
        documents(1)[0], title=evil, publisher=evil, url="javascript:alert(1)"
    )
    bring(tmp_path / "a", [document])
    client = TestClient(create(settings(tmp_path / "a")))
    report = f"/documents/{first_reading(tmp_path / 'a')}"
    for path in ("/", "/events", "/documents", "/pictures", "/disputed", report):
        page = client.get(path).text
        assert "<script>alert" not in page and "\u202e" not in page, path
        assert 'href="javascript' not in page, path


ACCOUNT = {
    "event": "e2", "document_id": "d0", "published": None, "publisher": "Post", "status": "denied",
    "on_whose_word": "the report", "initiators": ["soldiers"], "recipients": [], "dead": None,
    "sentence": "Nobody fired.", "event_type": "ASSAULT", "event_mode": None, "speakers": [],
    "story": None, "copy_of": None,
}  # fmt: skip


def occurrence(one: str, other: str) -> dict[str, Any]:
    """A row as the program's search for occurrences gives it."""
    accounts = [
        ACCOUNT | {"reading": one, "status": "asserted"},
        ACCOUNT | {"reading": other, "document_id": "d1"},
    ]
    dispute = {"kind": "denial", "one": 0, "other": 1, "reason": "one denies what the other tells"}
    return {
        "occurrence": "occurrence:1", "type": "ASSAULT", "initiators": ["soldiers"],
        "recipients": [], "mode": None, "day": None, "last_day": None, "place": "Lima",
        "documents": 2, "independent": 2, "crowded": False,
        "disputed": True, "accounts": accounts, "disputes": [dispute],
    }  # fmt: skip


def test_other_accounts_are_shown_where_they_can_be_told(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(shared)
    one, other = archive.ask("SELECT reading FROM documents LIMIT 2")["reading"].to_pylist()
    table = types.SimpleNamespace(to_pylist=lambda: [occurrence(one, other)])
    module = types.ModuleType("dragoman.archive.happenings")
    module.occurrences_of = lambda archive: table  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dragoman.archive.happenings", module)
    links = linked.find(archive)
    assert [row["reading"] for row in links.accounts(one, "e2")] == [other]
    app = create(settings(shared))
    app.state.dragoman.linked._links = links
    app.state.dragoman.linked._version = archive.version
    client = TestClient(app)
    assert "one denies what the other tells" in client.get("/disputed").text
    page = client.get("/disputed?occurrence=occurrence:1").text
    assert "Whether it happened" in page and "Nobody fired." in page
    page = client.get(f"/documents/{one}?event=e2").text
    assert "Other accounts" in page and "/disputed?occurrence=" in page


def test_links_of_a_large_archive_are_found_in_another_process(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.web import linked
    from dragoman.web.holding import Holder

    monkeypatch.setattr(linked, "MANY", 1)
    holder = Holder(folder, connections=1, timeout=5)
    found = linked.Linked(holder)
    found._compute()
    assert found.standing == "ready"
    assert {path.name.split("-")[0] for path in (folder / "cache").glob("*.parquet")} == {
        "occurrences",
        "stories",
    }
