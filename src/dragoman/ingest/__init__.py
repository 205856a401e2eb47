"""Files, folders and standard input to documents, one reader per format.

What is broken is yielded as :class:`Rejected` with file and row, and the rest goes through.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from dragoman.errors import DragomanError, problem
from dragoman.ingest import (
    compressed,
    csv,
    feed,
    html,
    json,
    mail,
    office,
    parquet,
    text,
    warc,
)
from dragoman.ingest.decoding import known_encoding
from dragoman.ingest.detection import SUFFIXES, form_of, is_archive, sniff
from dragoman.ingest.documents import from_text
from dragoman.ingest.english import language_of
from dragoman.ingest.items import Fields, FormatReader, Item, Notice, Options, Rejected
from dragoman.ingest.sources import Source, Sources, find
from dragoman.model import Document

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "Fields",
    "FormatReader",
    "Item",
    "Notice",
    "Options",
    "Rejected",
    "Source",
    "Sources",
    "check_encoding",
    "document",
    "find",
    "read",
    "read_source",
    "sniff",
]

FORMATS: Final[Mapping[str, FormatReader]] = {
    "text": text.read,
    "jsonl": json.read_lines,
    "json": json.read_file,
    "csv": csv.read,
    "tsv": csv.read_tabs,
    "parquet": parquet.read,
    "html": html.read,
    "feed": feed.read,
    "warc": warc.read,
    "mbox": mail.read,
    "mail": mail.read_one,
    "docx": office.read_docx,
    "rtf": office.read_rtf,
    "pdf": office.read_pdf,
    "archive": lambda source, options: compressed.read(source, options, read_source),
}


def read(sources: Iterable[Source], options: Options | None = None) -> Iterator[Item]:
    """The documents of the sources in order, with what was rejected or is worth knowing.

    An id that a record gives is rejected the second time unless the report is the same. Raises
    DragomanError for an encoding that does not exist.
    """
    options = options or Options()
    if options.encoding is not None:
        check_encoding(options.encoding)
    given: dict[str, tuple[str, int]] = {}
    for source in sources:
        for item in read_source(source, options):
            if isinstance(item, Document) and options.fields.id is not None:
                other, content = given.setdefault(item.id, (str(item.origin), hash(item.text)))
                if content != hash(item.text):
                    told = problem("DR027", id=item.id, other=other)
                    yield Rejected(str(item.origin), told)
                    continue
            yield _in_english(item, options) if isinstance(item, Document) else item


def _in_english(item: Document, options: Options) -> Item:
    language = language_of(item.text)
    if language is None:
        return item
    if options.any_language:
        return dataclasses.replace(item, language=language)
    return Rejected(str(item.origin), problem("DR028", language=language))


def check_encoding(name: str) -> None:
    """Raise DragomanError where no encoding of text is called that."""
    if not known_encoding(name):
        raise DragomanError(problem("DR014", encoding=name))


def read_source(source: Source, options: Options) -> Iterator[Item]:
    """The items of one source, by the format named, its suffix or its content."""
    try:
        form = _format(source, options)
        yield from FORMATS[form](source, options)
    except DragomanError as error:
        yield Rejected(source.name, error.problem)
    except OSError as error:
        yield Rejected(source.name, problem("DR004", why=error.strerror or error))


def _format(source: Source, options: Options) -> str:
    head = source.head()
    # What was named is what lies in an archive, where there is one.
    if options.format in (None, "archive") or (
        options.format not in ("warc", "docx") and is_archive(head)
    ):
        return form_of(source.format, head)
    return str(options.format)


def document(
    text: str,
    *,
    published: dt.date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    title: str | None = None,
    id: str | None = None,
    origin: str | None = None,
) -> Document:
    """The document of a text in memory; a ``date YYYY-MM-DD`` prefix is recognised.

    ``published``, given here, is the report's own and wins over the prefix. Raises DragomanError
    where there is no text, or half a character in it.
    """
    stated = {"publisher": publisher, "url": url, "title": title, "id": id}
    trouble = None
    for item in from_text(text, Options(), origin, stated, published):
        if isinstance(item, Document):
            return item
        trouble = item.problem
    raise DragomanError(trouble or problem("DR026"))
