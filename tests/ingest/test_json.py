from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from dragoman.errors import Problem
from dragoman.ingest import Fields, Options, Rejected, find, read
from dragoman.ingest.decoding import decode
from dragoman.ingest.json import parse
from tests.ingest.helpers import documents, items, notices, rejected

SUITE = Path(__file__).parents[3] / "shared/corpora/jsontestsuite/test_parsing"


def test_usual_names_are_found(tmp_path: Path) -> None:
    record = {
        "Body": "Ghana voted.",
        "published-at": "2024-03-09T23:30:00-08:00",
        "source": {"id": None, "name": "Wire"},
        "link": "https://wire.example/1",
        "headline": "Vote",
        "id": 7,
    }
    (document,) = documents(items(tmp_path, "a.jsonl", json.dumps(record)))
    assert document.text == "Ghana voted."
    assert document.published == dt.date(2024, 3, 9)
    assert document.publisher == "Wire"
    assert document.url == "https://wire.example/1"
    assert document.title == "Vote"
    assert document.id != "7"
    assert document.origin == f"{tmp_path / 'a.jsonl'}:1"


def test_named_fields_win_and_an_id_is_taken_where_named(tmp_path: Path) -> None:
    fields = Fields(text="lead", date="seen", id="id", keep=("section", "tags"))
    record = {"text": "no", "lead": "Ghana voted.", "date": "2020-01-01", "seen": "2024-03-09"}
    record |= {"id": 7, "section": "world", "tags": ["a", "b"]}
    (document,) = documents(items(tmp_path, "a.jsonl", json.dumps(record), Options(fields=fields)))
    assert (document.text, document.id) == ("Ghana voted.", "7")
    assert document.published == dt.date(2024, 3, 9)
    assert document.meta == {"section": "world", "tags": '["a", "b"]'}


def test_the_record_wins_over_options_and_its_date_over_a_prefix(tmp_path: Path) -> None:
    options = Options(published=dt.date(2020, 1, 1), publisher="Mine", url="https://mine.example")
    lines = [
        {"text": "date 2024-03-09 Ghana voted.", "date": "2024-03-10", "publisher": "Wire"},
        {"text": "Ghana voted.", "date": None, "publisher": ""},
    ]
    first, second = documents(items(tmp_path, "a.json", json.dumps(lines), options))
    assert (first.published, first.publisher) == (dt.date(2024, 3, 10), "Wire")
    assert first.preamble == 16
    assert (second.published, second.publisher) == (dt.date(2020, 1, 1), "Mine")
    assert second.url == "https://mine.example"


def test_bad_lines_are_told_and_the_rest_goes_through(tmp_path: Path) -> None:
    lines = [
        b'{"text": "One."}',
        b"{broken",
        b"",
        b'["a list"]',
        b'{"text": ""}',
        b'{"text": 5}',
        b'{"text": "x", "n": NaN}',
        b'{"text": "half \\ud83d"}',
        b'{"text": "caf\xc3\xa9 and \xff and \xe2\x82\xac"}',
        b'{"text": "x", "n": ' + b"9" * 5000 + b"}",
        b'{"text": "x", "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"text": "Two.", "text": "Three."}',
        b'{"text": "Four.", "date": "2024-13-01"}',
    ]
    found = items(tmp_path, "a.jsonl", b"\r\n".join(lines))
    assert rejected(found) == [
        ("2", "DR021"),
        ("4", "DR023"),
        ("5", "DR020"),
        ("6", "DR024"),
        ("7", "DR021"),
        ("8", "DR015"),
        ("9", "DR012"),
        ("10", "DR021"),
        ("11", "DR022"),
        ("13", "DR040"),
    ]
    assert [document.text for document in documents(found)] == ["One.", "Three.", "Four."]


def test_a_bad_date_keeps_the_report_and_its_words(tmp_path: Path) -> None:
    found = items(tmp_path, "a.jsonl", '{"text": "Ghana voted.", "date": "Tuesday"}')
    (document,) = documents(found)
    assert document.published is None
    assert document.meta["date"] == "Tuesday"
    (told,) = [item for item in found if isinstance(item, Rejected)]
    assert told.document_kept


def test_a_line_in_another_encoding_spoils_no_other(tmp_path: Path) -> None:
    data = '{"text": "Tromsø — yes"}\n'.encode() + '{"text": "Malmö said no"}\n'.encode("cp1252")
    found = items(tmp_path, "a.jsonl", data)
    assert [d.text for d in documents(found)] == ["Tromsø — yes", "Malmö said no"]
    assert [d.meta for d in documents(found)] == [{}, {"encoding": "cp1252 (detected)"}]
    assert notices(found) == ["DR013"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_lines_behind_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    data = '{"text": "Ærø"}\n{"text": "Two\u2028lines"}\n'.encode(encoding)
    assert [d.text for d in documents(items(tmp_path, "a.jsonl", data))] == [
        "Ærø",
        "Two\u2028lines",
    ]


@pytest.mark.parametrize(
    "value",
    [
        [{"text": "One."}, {"text": "Two."}],
        {"status": "ok", "articles": [{"text": "One."}, {"text": "Two."}]},
    ],
)
def test_a_json_file_holds_a_list(tmp_path: Path, value: object) -> None:
    found = items(tmp_path, "a.json", json.dumps(value, indent=1))
    assert [d.text for d in documents(found)] == ["One.", "Two."]
    assert documents(found)[1].origin == f"{tmp_path / 'a.json'}:2"


def test_a_json_file_may_hold_one_record_or_lines(tmp_path: Path) -> None:
    assert len(documents(items(tmp_path, "a.json", '{\n"text": "One."}'))) == 1
    assert len(documents(items(tmp_path, "b.json", '{"text": "One."}\n{"text": "Two."}'))) == 2


@pytest.mark.parametrize("value", ["3", "[]", '{"a": [1]}', '{"a": [{}], "b": [{}]}', "null"])
def test_json_without_records_is_rejected(tmp_path: Path, value: str) -> None:
    assert rejected(items(tmp_path, "a.json", value)) == [("a.json", "DR025")]


def test_no_lines_at_all(tmp_path: Path) -> None:
    assert rejected(items(tmp_path, "a.jsonl", "\n \n")) == [("a.jsonl", "DR026")]


def test_a_repeated_id_is_told_unless_it_is_the_same_report(tmp_path: Path) -> None:
    data = "".join(f'{{"id": 1, "text": "{text}"}}\n' for text in ("One.", "One.", "Two."))
    found = items(tmp_path, "a.jsonl", data, Options(fields=Fields(id="id")))
    assert len(documents(found)) == 2
    assert rejected(found) == [("3", "DR027")]


@pytest.mark.skipif(not SUITE.is_dir(), reason="the JSON test suite is not here")
def test_json_test_suite() -> None:
    verdicts = {"y": set(), "n": set(), "i": set()}  # type: dict[str, set[bool]]
    for path in sorted(SUITE.glob("*.json")):
        for form in ("json", "jsonl", None):
            list(read(find([str(path)]).found, Options(format=form)))  # must not raise
        decoded = decode(path.read_bytes())
        value = decoded if isinstance(decoded, Problem) else parse(decoded.text)
        verdicts[path.name[0]].add(not isinstance(value, Problem))
    assert verdicts["y"] == {True}
    assert verdicts["n"] == {False}


def test_a_record_of_a_crawler_with_fields_that_are_null(tmp_path: Path) -> None:
    record = {
        "authors": ["A Reporter"], "date_download": "2021-05-06 08:00:00", "date_modify": None,
        "date_publish": "2021-05-04 10:00:00", "description": "x", "language": "en", "text": None,
        "maintext": "Ghana recalled its ambassador.", "source_domain": "coast.example",
        "title": "Ghana recalls envoy", "url": "https://coast.example/1",
    }  # fmt: skip
    (document,) = documents(items(tmp_path, "a.json", json.dumps(record)))
    assert document.text == "Ghana recalled its ambassador."
    assert (document.publisher, document.title) == ("coast.example", "Ghana recalls envoy")
    assert (str(document.published), document.url) == ("2021-05-04", "https://coast.example/1")


def test_a_nul_spoils_its_line_alone(tmp_path: Path) -> None:
    lines = b'{"text": "One."}\n{"text": "\0"}\n\xef\xbb\xbf\n{"text": "Two."}\n'
    found = items(tmp_path, "a.jsonl", lines)
    assert [d.text for d in documents(found)] == ["One.", "Two."]
    assert rejected(found) == [("2", "DR010"), ("3", "DR021")]
