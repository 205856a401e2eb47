"""Word (DOCX), RTF and PDF documents: one report each, or the many of a press database."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from dragoman.errors import Problem, problem
from dragoman.ingest import dates, nexis
from dragoman.ingest.compressed import RATIO, TOTAL
from dragoman.ingest.documents import from_text
from dragoman.ingest.items import Item, Notice, Options, Rejected
from dragoman.ingest.needs import need
from dragoman.ingest.sources import Source

LARGEST: Final = 50_000_000
"""Bytes of a file; longer ones are refused."""
# "\\*" hides its group where it opens it; elsewhere it means nothing, but striprtf obeys it.
_STRAY: Final = re.compile(r"(?<![\\{\s])\\\*(?=\\)")
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS: Final = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}
# The same once more, for programs that cannot show the first form.
_REPEATED: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(source: Source, options: Options) -> Iterator[Item]:
    """The document or documents of a DOCX file: all paragraphs in their order, those of tables and
    boxes and inserted ones too, deleted ones not.
    """
    docx = need("docx", "formats", "Word documents")

    def lines(data: bytes) -> list[str]:
        body = docx.Document(io.BytesIO(data)).element.body
        return [line for paragraph in body.iter(f"{_WORD}p") for line in _lines(paragraph)]

    yield from _of(source, options, lines, "DOCX")


def read_rtf(source: Source, options: Options) -> Iterator[Item]:
    """The document or documents of an RTF file, by striprtf."""
    striprtf = need("striprtf.striprtf", "formats", "RTF documents")

    def lines(data: bytes) -> list[str]:
        # A line end means nothing in RTF. Here it keeps striprtf from writing addresses of links
        # into the text, by a search that takes time with the square of a line's length.
        code = data.decode("latin-1").replace("\\fldinst{", "\\fldinst{\n")
        code = _STRAY.sub("", code)
        text: str = striprtf.rtf_to_text(code, errors="replace")
        # A character beyond U+FFFF is written in two halves.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text.replace("\r\n", "\n").replace("\0", "\ufffd").split("\n")

    yield from _of(source, options, lines, "RTF")


def read_pdf(source: Source, options: Options) -> Iterator[Item]:
    """The document of a PDF file, by pypdf; pages without text are told."""
    pypdf = need("pypdf", "pdf", "PDF documents")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is lost, we say ourselves
    pages: list[str] = []

    def lines(data: bytes) -> list[str]:
        broken = None
        for page in pypdf.PdfReader(io.BytesIO(data)).pages:
            try:
                text = page.extract_text() or ""
            except Exception as error:  # one page's fault must not cost the others
                text, broken = "", error
            whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            pages.append(whole.replace("\0", "\ufffd"))
        if broken is not None and not any(text.strip() for text in pages):
            raise broken
        return [line for text in pages for line in text.split("\n")]

    yield from _of(source, options, lines, "PDF")
    empty = [str(number) for number, text in enumerate(pages, 1) if not text.strip()]
    if empty and len(empty) < len(pages):
        shown = ", ".join(empty[:12]) + (", …" if len(empty) > 12 else "")
        told = problem("DR135", count=len(empty), all=len(pages), pages=shown)
        yield Notice(source.name, told)


def _lines(paragraph: Any) -> list[str]:
    """The lines of a paragraph's own text; what stands in boxes in it are other paragraphs."""
    parts: list[str] = []

    def walk(element: Any) -> None:
        for child in element:
            if child.tag == f"{_WORD}t":
                parts.append(child.text or "")
            elif child.tag in _BREAKS:
                parts.append(_BREAKS[child.tag])
            elif child.tag not in (f"{_WORD}p", f"{_WORD}del", _REPEATED):
                walk(child)

    if not any(above.tag in (_REPEATED, f"{_WORD}del") for above in paragraph.iterancestors()):
        walk(paragraph)
    return "".join(parts).split("\n")


def _too_large(data: bytes, kind: str) -> Problem | None:
    """What forbids to open it: too many bytes, as they are or unpacked, or no ZIP file at all."""
    if len(data) > LARGEST:
        return problem("DR121", size=len(data), most=LARGEST)
    if kind != "DOCX":
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            size = sum(info.file_size for info in file.infolist())
    except Exception as error:  # anybody's bytes, and zipfile raises many kinds
        return problem("DR129", kind=kind, why=error)
    if size > TOTAL or size > RATIO * max(len(data), 1_000_000):
        return problem("DR131", size=size, most=TOTAL, ratio=RATIO)
    return None


def _of(
    source: Source, options: Options, read: Callable[[bytes], list[str]], kind: str
) -> Iterator[Item]:
    data = source.read()
    if trouble := _too_large(data, kind):
        yield Rejected(source.name, trouble)
        return
    try:
        lines = read(data)
    except Exception as error:  # each library has its own many; the file is refused by any
        why = str(error).split("\n")[0] or type(error).__name__
        yield Rejected(source.name, problem("DR129", kind=kind, why=why))
        return
    many = list(nexis.articles(lines))
    if not many:
        yield from from_text(_joined(lines, kind), options, source.name)
    for number, article in enumerate(many, 1):
        yield from _article(article, options, f"{source.name}:{number}")


def _article(article: nexis.Article, options: Options, origin: str) -> Iterator[Item]:
    day = dates.read(article.date)
    if isinstance(day, Problem):
        yield Rejected(origin, day, document_kept=True)
    published = day if not isinstance(day, Problem) else None
    stated = {"title": article.title, "publisher": article.publisher}
    meta = {"author": article.author} if article.author else {}
    yield from from_text(article.text, options, origin, stated, published, meta)


def _joined(lines: Sequence[str], kind: str) -> str:
    """Lines as paragraphs with an empty line between; those of a PDF stay the lines of the page."""
    kept = [line.rstrip() for line in lines]
    if kind != "PDF":
        return "\n\n".join(line for line in kept if line)
    text = "\n".join(kept).strip("\n")
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text
