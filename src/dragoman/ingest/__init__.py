"""Files, folders and standard input to documents, one reader per format.

What is broken is yielded as :class:`Rejected` with file and row, and the rest goes through.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from dragoman.errors import DragomanError, problem
from dragoman.ingest import csv, feed, html, json, mail, office, parquet, text, warc
from dragoman.ingest.compressed import Unpacker, is_archive
from dragoman.ingest.decoding import decode, kind_of_binary, known_encoding
from dragoman.ingest.documents import from_text
from dragoman.ingest.english import foreign
from dragoman.ingest.items import Fields, FormatReader, Item, Notice, Options, Rejected
from dragoman.ingest.sources import SUFFIXES, Source, Sources, find
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
    "archive": lambda source, options: Unpacker(read_source)(source, options),
}


_TEXTUAL: Final = frozenset({"text", "jsonl", "json", "csv", "tsv"})
_STARTS: Final = (
    (b"PAR1", "parquet"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"WARC/", "warc"),
    (b"From ", "mbox"),
)
_FEED: Final = re.compile(rb"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(rss|feed|rdf:RDF)[\s>]", re.S)
_OBJECT: Final = re.compile(r'\{\s*["}]')
_LIST: Final = re.compile(r"\[\s*[{\]]")
_WHOLE: Final = 60_000  # a longer head may end within a character


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
            if isinstance(item, Document) and not options.any_language:
                language = foreign(item.text)
                if language is not None:
                    yield Rejected(str(item.origin), problem("DR028", language=language))
                    continue
            yield item


def check_encoding(name: str) -> None:
    """Raise DragomanError where no encoding of text is called that."""
    if not known_encoding(name):
        raise DragomanError(problem("DR014", encoding=name))


def read_source(source: Source, options: Options) -> Iterator[Item]:
    """The items of one source, by the format named, its suffix or its content."""
    try:
        form = options.format or _form(source)
        yield from FORMATS[form](source, options)
    except DragomanError as error:
        yield Rejected(source.name, error.problem)
    except OSError as error:
        yield Rejected(source.name, problem("DR004", why=error.strerror or error))


def _form(source: Source) -> str:
    """By content where its first bytes leave no doubt, else by name."""
    head = source.head()
    certain = _certain(head)
    if certain == "archive" and source.format in ("warc", "docx"):
        return source.format
    if certain is not None and source.format not in _TEXTUAL:
        return certain
    if source.format in ("text", None) and certain is not None:
        return certain
    return source.format or sniff(head)


def _certain(head: bytes) -> str | None:
    """The format of a file that begins in the way only that format does."""
    if is_archive(head):
        return "docx" if b"word/" in head else "archive"
    for start, form in _STARTS:
        if head.startswith(start):
            return form
    if _FEED.search(head[:4096]):
        return "feed"
    return "html" if kind_of_binary(head) == "an HTML page" else None


def sniff(head: bytes) -> str:
    """The format that the first bytes of a source without a telling name speak for."""
    certain = _certain(head)
    if certain is not None:
        return certain
    decoded = decode(head[:-3] if len(head) > _WHOLE else head)
    start = getattr(decoded, "text", "").lstrip()
    if _LIST.match(start):
        return "json"
    if not _OBJECT.match(start):
        return "text"
    first = start.split("\n", 1)[0].rstrip()
    return "jsonl" if first.endswith("}") or first == start else "json"


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
