"""Word, RTF and PDF documents."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tests.ingest.helpers import documents, items, notices, rejected

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


def test_a_cover_page_and_an_article_cut_off(tmp_path: Path) -> None:
    cover = ["Date and Time: Friday, June 4, 2021", "Documents (2)", "1. Ghana recalls envoy"]
    cut = [
        "Togo answers",
        "Coast Wire",
        "Thursday, May 6, 2021",
        "Byline: By B Writer",
        "Body",
        "It",
    ]
    first, _, third = documents(items(tmp_path, "a.docx", word(cover + DATABASE + cut)))
    assert (first.title, first.publisher) == ("Ghana recalls envoy", "Coast Wire")
    assert (str(first.published), first.meta["author"]) == ("2021-05-04", "A Reporter")
    assert (third.title, str(third.published), third.text) == ("Togo answers", "2021-05-06", "It")
    assert len({first.id, third.id}) == 2
    assert str(third.origin).endswith("a.docx:3")


def test_tables_and_inserted_words_are_read_and_deleted_ones_not(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Ghana voted.")
    document.add_table(1, 1).cell(0, 0).text = "Togo did not."
    paragraph = document.add_paragraph("Benin ")
    for tag, words, kind in (("ins", "abstained", "t"), ("del", "agreed", "delText")):
        run = paragraph._p.makeelement(qn("w:r"), {})
        run.append(text := run.makeelement(qn(f"w:{kind}"), {}))
        text.text = words
        paragraph._p.append(change := run.makeelement(qn(f"w:{tag}"), {}))
        change.append(run)
    held = io.BytesIO()
    document.save(held)
    (found,) = documents(items(tmp_path, "a.docx", held.getvalue()))
    assert found.text == "Ghana voted.\n\nTogo did not.\n\nBenin abstained"


def test_characters_of_rtf(tmp_path: Path) -> None:
    code = (
        r"{\rtf1\ansi\ansicpg1252 Lom\'e9 \u8220?so\u8221? \u-10179?\u-8704? "
        r'{\field{\*\fldinst{HYPERLINK "https://a.example"}}{\fldrslt {Ghana}}} x\*\cs1 voted.}'
    )
    (document,) = documents(items(tmp_path, "a.rtf", code))
    assert document.text == "Lomé “so” 😀 Ghana xvoted."


def pdf(pages: list[str]) -> bytes:
    """A PDF of a line a page; an empty string is a page without text."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        content = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else ""
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 "
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> "
            f"/Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{data}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    ).encode()


def test_pages_of_a_pdf_and_those_without_text(tmp_path: Path) -> None:
    found = items(tmp_path, "a.pdf", pdf(["Ghana voted.", "", "Togo did not."]))
    assert documents(found)[0].text.split("\n\n") == ["Ghana voted.", "Togo did not."]
    assert notices(found) == ["DR135"]
    assert rejected(items(tmp_path, "b.pdf", pdf([""]))) == [("b.pdf", "DR026")]
