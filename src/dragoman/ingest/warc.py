"""WARC files, plain or gzipped, by fastwarc: each HTML or text response is a report."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dragoman.errors import Problem, problem
from dragoman.ingest import html
from dragoman.ingest.decoding import Decoded
from dragoman.ingest.detection import by_content
from dragoman.ingest.documents import from_text
from dragoman.ingest.items import Item, Notice, Options, Rejected
from dragoman.ingest.needs import need
from dragoman.ingest.sources import Source

_PAGES: Final = ("text/html", "application/xhtml+xml")
_HEAD: Final = 1 << 16
_CODINGS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 47}  # zlib's window bits


@dataclass(frozen=True, slots=True)
class _Sent:
    """What a server sent: status (None: no HTTP around it), headers in lower case, body."""

    status: int | None
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type, "" where none is told."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the headers name."""
        _, mark, name = self.headers.get("content-type", "").lower().partition("charset=")
        return name.split(";")[0].strip(" \"'") or None if mark else None


def read(source: Source, options: Options) -> Iterator[Item]:
    """A document for each page, numbered by record from 1; other records are counted."""
    warc = need("fastwarc.warc", "formats", "WARC files")
    passed: Counter[str] = Counter()
    number = found = 0
    with source.open() as file:
        records = iter(warc.ArchiveIterator(file, parse_http=False))
        while True:
            try:
                record = next(records, None)
                if record is None:
                    break
                number += 1
                taken = _taken(record)
            except Exception as error:  # a broken record: what was whole before it stays
                why = str(error) or type(error).__name__
                yield Rejected(f"{source.name}:{number + 1}", problem("DR126", why=why))
                found += 1
                break
            if isinstance(taken, str):
                passed[taken] += 1
                continue
            found += 1
            origin = f"{source.name}:{number}"
            if isinstance(taken, Problem):
                yield Rejected(origin, taken)
            else:
                yield from _document(record, taken, options, origin)
    if passed:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(passed.items()))
        yield Notice(source.name, problem("DR127", count=passed.total(), kinds=kinds))
    if not number:
        yield Rejected(source.name, problem("DR126", why="no WARC record begins it"))
    elif not found:
        yield Rejected(source.name, problem("DR026"))


def _taken(record: Any) -> _Sent | Problem | str:
    """The page of a record; what is wrong with it; or the kind of a record that holds none."""
    kind = record.record_type.name
    if kind not in ("response", "resource", "conversion"):
        return str(kind)
    head = record.reader.read(_HEAD)
    sent = _http(head) if kind == "response" else None
    if sent is None:
        sent = _Sent(None, {"content-type": record.headers.get("Content-Type") or ""}, head)
    if sent.status is not None and not 200 <= sent.status < 300:
        return f"status {sent.status}"
    media = sent.kind or ("text/html" if by_content(sent.body) == "html" else "no media type")
    if media not in (*_PAGES, "text/plain"):
        return media
    rest = record.reader.read(html.LARGEST + 1)
    size = len(head) + len(rest)
    if size > html.LARGEST:
        return problem("DR121", size=record.content_length, most=html.LARGEST)
    if size < record.content_length:
        return problem("DR126", why=f"{size} of the record's {record.content_length} bytes")
    body = _decoded(sent.headers, sent.body + rest)
    return body if isinstance(body, Problem) else _Sent(sent.status, sent.headers, body)


def _http(head: bytes) -> _Sent | None:
    """Status, headers and the beginning of the body; None where it is no HTTP response."""
    if not head.startswith(b"HTTP/"):
        return None
    ends = [(end, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (end := head.find(mark)) >= 0]
    end, width = min(ends, default=(len(head), 0))
    first, *lines = head[:end].decode("latin-1").splitlines() or [""]
    status = first.split(None, 2)[1:2]
    headers: dict[str, str] = {}
    for line in lines:
        name, mark, value = line.partition(":")
        if mark:
            headers.setdefault(name.strip().lower(), value.strip())
    code = int(status[0]) if status and status[0].isdecimal() and len(status[0]) == 3 else 0
    return _Sent(code, headers, head[end + width :])


def _decoded(headers: Mapping[str, str], body: bytes) -> bytes | Problem:
    """The body with chunks joined and compression undone; crawlers that did so already and left
    the headers are believed by the bytes.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    for coding in reversed(headers.get("content-encoding", "").lower().split(",")):
        name = coding.strip()
        if name in ("", "identity") or by_content(body) == "html":
            continue
        if name not in _CODINGS:
            return problem("DR136", coding=name)
        undone = _inflated(body, _CODINGS[name])
        if undone is None and name == "deflate":
            undone = _inflated(body, -15)
        if undone is None:
            if name == "deflate" or body.startswith(b"\x1f\x8b"):
                return problem("DR136", coding=name)
            continue
        if len(undone) > html.LARGEST:
            return problem("DR121", size=f"more than {html.LARGEST}", most=html.LARGEST)
        body = undone
    return body


def _joined(body: bytes) -> bytes:
    """The chunks of a body; the body itself where it is not in chunks."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 1000)
        size = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return b"".join([*parts, body[at:]])
        if length <= 0:
            return b"".join(parts)
        parts.append(body[end + 1 : end + 1 + length])
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1


def _inflated(body: bytes, bits: int) -> bytes | None:
    try:
        return zlib.decompressobj(bits).decompress(body, html.LARGEST + 1)
    except zlib.error:
        return None


def _document(record: Any, sent: _Sent, options: Options, origin: str) -> Iterator[Item]:
    meta = {"crawled": record.headers.get("WARC-Date") or ""}
    if cut := record.headers.get("WARC-Truncated"):
        meta["truncated"] = f"by the crawler ({cut})"
    stated = {"url": (record.headers.get("WARC-Target-URI") or "").strip("<>") or None}
    if sent.kind != "text/plain":
        yield from html.page(sent.body, options, origin, stated, meta, sent.charset)
        return
    decoded = html.characters(sent.body, options.encoding or sent.charset)
    if isinstance(decoded, Decoded):
        yield from from_text(decoded.text, options, origin, stated, None, {**decoded.meta, **meta})
    else:
        yield Rejected(origin, decoded)
