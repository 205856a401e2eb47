from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest import Fields, Options, Source, read
from dragoman.model import Document
from tests.ingest.helpers import documents, items, notices, rejected


def test_rows_with_line_ends_and_quotes_inside(tmp_path: Path) -> None:
    data = 'Title,Full Text,Date\r\nA,"He said ""no"".\r\nThen, left.",2024-03-09\r\n'
    (document,) = documents(items(tmp_path, "a.csv", data))
    assert document.text == 'He said "no".\r\nThen, left.'
    assert document.published == dt.date(2024, 3, 9)
    assert document.title == "A"
    assert document.origin == f"{tmp_path / 'a.csv'}:2"


@pytest.mark.parametrize(
    ("name", "delimiter"),
    [("a.csv", ";"), ("a.csv", "\t"), ("a.csv", "|"), ("a.tsv", "\t"), ("a.tab", "\t")],
)
def test_delimiters(tmp_path: Path, name: str, delimiter: str) -> None:
    data = f"text{delimiter}source\nGhana voted, twice.{delimiter}Wire\n"
    (document,) = documents(items(tmp_path, name, data))
    assert (document.text, document.publisher) == ("Ghana voted, twice.", "Wire")


def test_bad_rows_are_told_and_the_rest_goes_through(tmp_path: Path) -> None:
    rows = [
        "text,date",
        "One.,2024-03-09",
        "short",
        "too,many,fields",
        '"stray" mark,2024-03-09',
        "nul\0,2024-03-09",
        ",2024-03-09",
        "Two.,soon",
        "",
        "Three.,",
    ]
    found = items(tmp_path, "a.csv", "\n".join(rows))
    assert rejected(found) == [
        ("3", "DR030"),
        ("4", "DR030"),
        ("5", "DR031"),
        ("6", "DR016"),
        ("7", "DR020"),
        ("8", "DR040"),
    ]
    assert [document.text for document in documents(found)] == ["One.", "Two.", "Three."]
    assert documents(found)[2].origin == f"{tmp_path / 'a.csv'}:10"


def test_a_quote_that_is_never_closed_costs_only_its_line(tmp_path: Path) -> None:
    data = 'text,date\nOne.,\n"open,\nTwo.,\nThree.,\n'
    found = items(tmp_path, "a.csv", data)
    assert rejected(found) == [("3", "DR031")]
    assert [document.text for document in documents(found)] == ["One.", "Two.", "Three."]


def test_a_field_may_be_huge(tmp_path: Path) -> None:
    text = "Ghana voted. " * 20_000
    (document,) = documents(items(tmp_path, "a.csv", f'text\n"{text}"\n'))
    assert document.text == text


def test_marks_may_be_plain_characters(tmp_path: Path) -> None:
    data = 'text\tdate\n"No," he said.\t2024-03-09\n'
    assert rejected(items(tmp_path, "a.tsv", data)) == [("2", "DR031")]
    (document,) = documents(items(tmp_path, "a.tsv", data, Options(quotes=False)))
    assert document.text == '"No," he said.'


@pytest.mark.parametrize(
    ("header", "fields", "code"),
    [
        ("a,b", Fields(), "DR032"),
        ("text,b", Fields(text="c"), "DR033"),
        ("text,b", Fields(keep=("c",)), "DR033"),
    ],
)
def test_a_header_without_the_column(
    tmp_path: Path, header: str, fields: Fields, code: str
) -> None:
    found = items(tmp_path, "a.csv", f"{header}\nx,y\n", Options(fields=fields))
    assert rejected(found) == [("a.csv", code)]
    assert not documents(found)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8-sig", None), ("utf-16", "utf-16 (byte order mark)"), ("cp1252", "cp1252 (detected)")],
)
def test_encodings(tmp_path: Path, encoding: str, told: str | None) -> None:
    found = items(tmp_path, "a.csv", "text,date\nMalmö’s vote,2024-03-09\n".encode(encoding))
    (document,) = documents(found)
    assert document.text == "Malmö’s vote"
    assert document.meta.get("encoding") == told
    assert notices(found) == (["DR013"] if encoding == "cp1252" else [])


def test_one_broken_character_costs_only_its_row(tmp_path: Path) -> None:
    data = "text\nMalmö’s vote\n".encode() + b"bro\xffken\n" + "Århus\n".encode()
    found = items(tmp_path, "a.csv", data)
    assert [document.text for document in documents(found)] == ["Malmö’s vote", "Århus"]
    assert rejected(found) == [("3", "DR011")]


def test_an_empty_file(tmp_path: Path) -> None:
    assert rejected(items(tmp_path, "a.csv", "")) == [("a.csv", "DR026")]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_texts_come_back_as_written(texts: list[str]) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerows([["text"], *([text] for text in texts)])
    source = Source("a.csv", data=file.getvalue().encode(), format="csv")
    options = Options(any_language=True)
    found = [item.text for item in read([source], options) if isinstance(item, Document)]
    assert found == [text for text in texts if text.strip() and "\0" not in text]
