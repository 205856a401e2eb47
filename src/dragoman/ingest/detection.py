"""What format a file has, from its first bytes where they leave no doubt, else from its name."""

from __future__ import annotations

import os
import re
from typing import Final

from dragoman.ingest.decoding import decode, kind_of_binary

SUFFIXES: Final = {
    ".txt": "text",
    ".text": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".warc": "warc",
    ".mbox": "mbox",
    ".eml": "mail",
    ".docx": "docx",
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".zip": "archive",
    ".gz": "archive",
    ".tar": "archive",
    ".tgz": "archive",
}
HEAD: Final = 1 << 16
"""Bytes that are looked at."""

# The line that begins a message of a mailbox; "From Lagos, our reporter" begins a text.
MAILBOX: Final = re.compile(rb"From \S+ +(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b[^\r\n]*\d{4}\s*?[\r\n]")
_TEXTUAL: Final = frozenset({"text", "jsonl", "json", "csv", "tsv"})
_STARTS: Final = (
    (b"PAR1", "parquet"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"WARC/0.", "warc"),
    (b"WARC/1.", "warc"),
)
# Comments are taken whole and never given back: else many of them take time without end.
_FEED: Final = re.compile(
    rb"(?>\s*+(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\])?+\s*+>))*+"
    rb"\s*+<(?:rss|feed|rdf:RDF)[\s>]", re.S | re.I
)  # fmt: skip
# Spreadsheets, slides, OpenDocument, e-books: ZIP files whose files are no reports.
_OFFICE: Final = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|mimetype)", re.S)
_OBJECT: Final = re.compile(r'\{\s*["}]')
_LIST: Final = re.compile(r"\[\s*[{\]]")
_WHOLE: Final = 60_000  # a longer head may end within a character


def by_name(name: str) -> str | None:
    """The format that a file's name speaks for."""
    # A WARC file is gzipped record by record and read as it streams, not unpacked whole.
    if name.lower().endswith(".warc.gz"):
        return "warc"
    return SUFFIXES.get(os.path.splitext(name)[1].lower())


def by_content(head: bytes) -> str | None:
    """The format of a file that begins in the way only that format does."""
    if is_archive(head):
        office = _OFFICE.match(head) is not None
        return "docx" if b"word/" in head else None if office else "archive"
    for start, form in _STARTS:
        if head.startswith(start):
            return form
    if MAILBOX.match(head):
        return "mbox"
    if _FEED.match(head[:4096].removeprefix(b"\xef\xbb\xbf")):
        return "feed"
    return "html" if kind_of_binary(head.removeprefix(b"\xef\xbb\xbf")) == "an HTML page" else None


def form_of(named: str | None, head: bytes) -> str:
    """The format of a file whose name speaks for ``named``: content first where it is certain."""
    certain = by_content(head)
    if certain is None:
        return named or sniff(head)
    if certain == "archive" and named in ("warc", "docx"):
        return named
    # JSON or CSV that merely begins like another format is read as named, and said if it is not.
    return named if named in _TEXTUAL - {"text"} else certain


def sniff(head: bytes) -> str:
    """The format that the first bytes of a source without a telling name speak for."""
    certain = by_content(head)
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


def is_archive(head: bytes) -> bool:
    """Whether these first bytes are those of a ZIP, gzip or tar file."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b")) or head[257:262] == b"ustar"
