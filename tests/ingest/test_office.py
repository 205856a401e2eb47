"""Word, RTF and PDF documents."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from tests.ingest.helpers import documents, items, rejected

DATABASE = [
    "Ghana recalls envoy", "Coast Wire", "May 4, 2021 Tuesday", "Copyright 2021 Coast Wire",
    "Length: 12 words", "Byline: A Reporter", "Body", "Ghana recalled its ambassador from Togo.",
    "Togo called it hasty.", "Load-Date: May 5, 2021", "End of Document",
    "Nepal votes", "Hill News", "26 November 2017", "Body", "Nepal voted on Sunday.",
    "End of Document",
]  # fmt: skip


def word(paragraphs: list[str]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def rtf(paragraphs: list[str]) -> bytes:
    return ("{\\rtf1\\ansi " + "\\par ".join(paragraphs) + "}").encode()


@pytest.mark.parametrize(("name", "made"), [("a.docx", word), ("a.rtf", rtf)])
def test_a_document_is_a_report(tmp_path: Path, name: str, made: object) -> None:
    data = made(["Ghana voted.", "Togo did not."])  # type: ignore[operator]
    (document,) = documents(items(tmp_path, name, data))
    assert [line for line in document.text.split("\n") if line] == ["Ghana voted.", "Togo did not."]


@pytest.mark.parametrize(("name", "made"), [("a.docx", word), ("a.rtf", rtf)])
def test_a_press_database_gives_many(tmp_path: Path, name: str, made: object) -> None:
    first, second = documents(items(tmp_path, name, made(DATABASE)))  # type: ignore[operator]
    assert first.text == "Ghana recalled its ambassador from Togo.\n\nTogo called it hasty."
    assert (first.title, first.publisher) == ("Ghana recalls envoy", "Coast Wire")
    assert (str(first.published), str(second.published)) == ("2021-05-04", "2017-11-26")
    assert second.text == "Nepal voted on Sunday."


def test_broken_documents_are_refused(tmp_path: Path) -> None:
    assert rejected(items(tmp_path, "a.docx", word(["One."])[:500])) == [("a.docx", "DR129")]
    assert rejected(items(tmp_path, "a.pdf", b"%PDF-1.7 broken")) == [("a.pdf", "DR129")]
    assert rejected(items(tmp_path, "b.rtf", b"{\\rtf1 }")) == [("b.rtf", "DR026")]


def test_a_document_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"<a/>" + b" " * 150_000_000)
    assert rejected(items(tmp_path, "a.docx", held.getvalue())) == [("a.docx", "DR131")]
