from __future__ import annotations

import codecs
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import ingest
from dragoman.errors import DragomanError
from dragoman.ingest import Options
from dragoman.ingest.dates import prefix
from dragoman.model import document_id
from tests.ingest.helpers import documents, items, notices, rejected

REPORT = "Ghana’s minister met a “delegation”.\r\n\r\nNothing — was\tsaid.  \n"


def test_text_is_untouched(tmp_path: Path) -> None:
    (document,) = documents(items(tmp_path, "a.txt", REPORT))
    assert document.text == REPORT
    assert document.origin == str(tmp_path / "a.txt")
    assert document.id == document_id(REPORT, None, None)
    assert document.meta == {}


@pytest.mark.parametrize(
    ("head", "length"),
    [
        ("date 2024-03-09 ", 16),
        ("  \n date 2024-03-09\n\n", 21),
        ("Date: 2024-03-09\t", 17),
        ("date 2024-03-09", 15),
    ],
)
def test_date_prefix_is_kept_and_skipped(head: str, length: int) -> None:
    rest = "" if head.endswith("9") else "Ghana voted."
    assert prefix(head + rest) == ("2024-03-09", length)


@pytest.mark.parametrize(
    "text", ["date 2024-03-091 x", "update 2024-03-09 x", "The date 2024-03-09 x", "date 2024-03 x"]
)
def test_what_is_no_prefix(text: str) -> None:
    assert prefix(text) == (None, 0)


def test_prefix_gives_the_date_and_the_option_does_not_override_it(tmp_path: Path) -> None:
    options = Options(published=dt.date(2020, 1, 1), publisher="Wire")
    dated, undated = (
        documents(items(tmp_path, "a.txt", text, options))[0]
        for text in (" date 2024-03-09 Ghana voted.", "Ghana voted.")
    )
    assert dated.published == dt.date(2024, 3, 9)
    assert dated.text[dated.preamble :] == "Ghana voted."
    assert undated.published == dt.date(2020, 1, 1)
    assert undated.preamble == 0
    assert dated.publisher == "Wire"


def test_a_prefix_that_is_no_date_is_told_and_still_no_prose(tmp_path: Path) -> None:
    found = items(tmp_path, "a.txt", "date 2024-02-30 Ghana voted.")
    assert rejected(found) == [("a.txt", "DR040")]
    (document,) = documents(found)
    assert document.published is None
    assert document.preamble == 16


@given(st.text())
def test_prefix_never_reaches_past_the_text(text: str) -> None:
    for candidate in (text, f"date 2024-03-09{text}", f" date 2024-03-09 {text}"):
        found, length = prefix(candidate)
        assert 0 <= length <= len(candidate)
        assert (found is None) == (length == 0)


@pytest.mark.parametrize("text", ["", " \n\t ", "date 2024-03-09 \n"])
def test_no_text_is_rejected(tmp_path: Path, text: str) -> None:
    found = items(tmp_path, "a.txt", text)
    assert rejected(found) == [("a.txt", "DR026")]
    assert not documents(found)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (codecs.BOM_UTF8 + REPORT.encode(), None),
        (codecs.BOM_UTF16_LE + REPORT.encode("utf-16-le"), "utf-16 (byte order mark)"),
        (codecs.BOM_UTF16_BE + REPORT.encode("utf-16-be"), "utf-16 (byte order mark)"),
        (codecs.BOM_UTF32_LE + REPORT.encode("utf-32-le"), "utf-32 (byte order mark)"),
        (codecs.BOM_UTF32_BE + REPORT.encode("utf-32-be"), "utf-32 (byte order mark)"),
        (REPORT.encode("cp1252"), "cp1252 (detected)"),
        (("Ghana voted. " * 9).encode("utf-16-le"), "utf-16-le (detected)"),
        (("Ghana voted. " * 9).encode("utf-16-be"), "utf-16-be (detected)"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, encoding: str | None) -> None:
    found = items(tmp_path, "a.txt", data)
    (document,) = documents(found)
    assert document.text in (REPORT, "Ghana voted. " * 9)
    assert document.meta.get("encoding") == encoding
    assert notices(found) == (["DR013"] if "detected" in (encoding or "") else [])


def test_a_named_encoding_is_believed(tmp_path: Path) -> None:
    data = "Müller voted.".encode("cp850")
    (document,) = documents(items(tmp_path, "a.txt", data, Options(encoding="cp850")))
    assert document.text == "Müller voted."
    assert document.meta["encoding"] == "cp850 (named)"
    assert rejected(items(tmp_path, "b.txt", data, Options(encoding="ascii"))) == [
        ("b.txt", "DR011")
    ]


def test_an_encoding_that_does_not_exist_is_wrong_use(tmp_path: Path) -> None:
    for name in ("klingon", "base64", "a\0b"):
        with pytest.raises(DragomanError, match="DR014"):
            items(tmp_path, "a.txt", "x", Options(encoding=name))


def test_broken_utf8_is_not_taken_for_something_else(tmp_path: Path) -> None:
    data = REPORT.encode() + b"\xe2\x80"
    assert rejected(items(tmp_path, "a.txt", data)) == [("a.txt", "DR012")]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xd0\xcf\x11\xe0rest", "old office document"),
        (b"(\xb5/\xfdrest", "zstd"),
        (b"text\0with NUL", "binary"),
        (b"\x01\x02\x03\x04 x", "binary"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, kind: str) -> None:
    found = items(tmp_path, "a.txt", data)
    assert rejected(found) == [("a.txt", "DR010")]
    assert kind in str(found[0])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n1 0 obj", "DR129"),
        (b"PK\x03\x04rest", "DR130"),
        (b"\x1f\x8b\x08rest", "DR130"),
        (b"{\\rtf1 }", "DR026"),
    ],
)
def test_what_is_of_another_format_is_read_as_that(tmp_path: Path, data: bytes, code: str) -> None:
    assert [found for _, found in rejected(items(tmp_path, "a.txt", data))] == [code]


def test_a_text_that_begins_like_a_mailbox_is_a_text(tmp_path: Path) -> None:
    (document,) = documents(items(tmp_path, "a.txt", "From Lagos, our reporter, May 4 2021\n\nIt."))
    assert document.text.startswith("From Lagos")


def test_a_document_in_memory() -> None:
    document = ingest.document("date 2024-03-09 Ghana voted.", publisher="Wire")
    assert (document.published, document.preamble) == (dt.date(2024, 3, 9), 16)
    said = ingest.document("date 2024-03-09 Ghana voted.", published=dt.date(2024, 3, 10))
    assert said.published == dt.date(2024, 3, 10)
    with pytest.raises(DragomanError, match="DR026"):
        ingest.document(" ")
    with pytest.raises(DragomanError, match="DR015"):
        ingest.document("half \ud83d")
