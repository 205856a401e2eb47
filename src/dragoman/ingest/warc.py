"""WARC files, plain or gzipped, by fastwarc: each HTML or text response is a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from dragoman.errors import Problem, problem
from dragoman.ingest import dates, html
from dragoman.ingest.decoding import decode
from dragoman.ingest.documents import from_text
from dragoman.ingest.items import Item, Notice, Options, Rejected
from dragoman.ingest.needs import need
from dragoman.ingest.sources import Source

_PAGES: Final = ("text/html", "application/xhtml+xml")


def read(source: Source, options: Options) -> Iterator[Item]:
    """A document for each page, numbered by record from 1; other records are counted."""
    warc = need("fastwarc.warc", "formats", "WARC files")
    passed: Counter[str] = Counter()
    number = found = 0
    with source.open() as file:
        records = iter(warc.ArchiveIterator(file, parse_http=True, auto_decode="all"))
        while True:
            try:
                record = next(records)
                number += 1
                data = record.reader.read(html.LARGEST + 1)
            except StopIteration:
                break
            except Exception as error:  # a broken record: what was whole before it stays
                why = str(error) or type(error).__name__
                yield Rejected(f"{source.name}:{number + 1}", problem("DR126", why=why))
                break
            kind = _kind(record)
            if kind not in (*_PAGES, "text/plain"):
                passed[kind] += 1
                continue
            found += 1
            yield from _document(record, kind, data, options, f"{source.name}:{number}")
    if passed:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(passed.items()))
        yield Notice(source.name, problem("DR127", count=passed.total(), kinds=kinds))
    if not found:
        yield Rejected(source.name, problem("DR026"))


def _kind(record: Any) -> str:
    """The media type of a page that was fetched; of any other record its WARC type."""
    name = str(record.record_type).rsplit(".", 1)[-1]
    if name == "resource":
        content_type = record.headers.get("Content-Type") or ""
    elif name == "response" and record.is_http:
        headers = record.http_headers
        code = headers.status_code if headers else None
        if code is not None and code >= 300:
            return f"status {code}"
        content_type = (headers.get("Content-Type") if headers else None) or ""
    else:
        return name
    return content_type.split(";")[0].strip().lower() or name


def _document(
    record: Any, kind: str, data: bytes, options: Options, origin: str
) -> Iterator[Item]:
    url = record.headers.get("WARC-Target-URI")
    meta = {"crawled": record.headers.get("WARC-Date") or ""}
    if kind in _PAGES:
        charset = record.http_charset if record.is_http else None
        yield from html.page(data, options, origin, {"url": url}, meta, charset)
        return
    decoded = decode(data, options.encoding)
    if isinstance(decoded, Problem):
        yield Rejected(origin, decoded)
        return
    day = dates.read(None)
    published = day if not isinstance(day, Problem) else None
    yield from from_text(decoded.text, options, origin, {"url": url}, published, meta)
