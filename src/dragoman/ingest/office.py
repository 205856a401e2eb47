"""Word (DOCX), RTF and PDF documents: one report each, or the many of a press database."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from dragoman.errors import Problem, problem
from dragoman.ingest import dates, nexis
from dragoman.ingest.compressed import RATIO, TOTAL
from dragoman.ingest.documents import from_text
from dragoman.ingest.items import Item, Options, Rejected
from dragoman.ingest.needs import need
from dragoman.ingest.sources import Source

LARGEST: Final = 50_000_000
"""Bytes of an RTF file; longer ones are refused."""


def read_docx(source: Source, options: Options) -> Iterator[Item]:
    """The document or documents of a DOCX file, by python-docx."""
    docx = need("docx", "formats", "Word documents")
    data = source.read()
    if trouble := _unsafe(data):
        yield Rejected(source.name, trouble)
        return
    yield from _of(source, options, lambda: _paragraphs(docx, data), "DOCX")


def read_rtf(source: Source, options: Options) -> Iterator[Item]:
    """The document or documents of an RTF file, by striprtf."""
    striprtf = need("striprtf.striprtf", "formats", "RTF documents")
    data = source.read()
    if len(data) > LARGEST:
        yield Rejected(source.name, problem("DR121", size=len(data), most=LARGEST))
        return

    def paragraphs() -> list[str]:
        text: str = striprtf.rtf_to_text(data.decode("latin-1"), errors="replace")
        return text.replace("\r\n", "\n").split("\n")

    yield from _of(source, options, paragraphs, "RTF")


def read_pdf(source: Source, options: Options) -> Iterator[Item]:
    """The document of a PDF file, by pypdf; a page that only holds pictures has no text."""
    pypdf = need("pypdf", "pdf", "PDF documents")
    data = source.read()

    def paragraphs() -> list[str]:
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        text: str = "\n\n".join(page.extract_text() or "" for page in pages)
        return text.split("\n")

    yield from _of(source, options, paragraphs, "PDF")


def _paragraphs(docx: object, data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))  # type: ignore[attr-defined]
    return [paragraph.text for paragraph in document.paragraphs]


def _unsafe(data: bytes) -> Problem | None:
    """What forbids to unpack it: it is no ZIP file, or grows too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            size = sum(info.file_size for info in file.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        return problem("DR129", kind="DOCX", why=error)
    if size > TOTAL or size > RATIO * max(len(data), 1_000_000):
        return problem("DR131", size=size, most=TOTAL, ratio=RATIO)
    return None


def _of(
    source: Source, options: Options, paragraphs: Callable[[], list[str]], kind: str
) -> Iterator[Item]:
    try:
        lines = paragraphs()
    except Exception as error:  # each library has its own many; the file is refused by any
        why = str(error).split("\n")[0] or type(error).__name__
        yield Rejected(source.name, problem("DR129", kind=kind, why=why))
        return
    many = list(nexis.articles(lines))
    if not many:
        yield from from_text(_joined(lines), options, source.name)
        return
    for number, article in enumerate(many, 1):
        yield from _article(article, options, f"{source.name}:{number}")


def _article(article: nexis.Article, options: Options, origin: str) -> Iterator[Item]:
    day = dates.read(article.date)
    if isinstance(day, Problem):
        yield Rejected(origin, day, document_kept=True)
    published = day if not isinstance(day, Problem) else None
    stated = {"title": article.title, "publisher": article.publisher}
    yield from from_text(article.text, options, origin, stated, published)


def _joined(lines: Sequence[str]) -> str:
    """Lines as paragraphs; empty ones at the ends and beyond the first between are left out."""
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text
