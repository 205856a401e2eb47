"""WARC files."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.ingest.helpers import documents, items, notices, rejected

PAGE = (
    "<html><body><article><p>Chad closed its border with Sudan on Friday, the interior ministry "
    "said, after shots were heard near the town of Adré.</p><p>The ministry gave no other "
    "reason, and said that aid convoys could still pass.</p></article></body></html>"
)


def record(url: str, body: bytes, kind: str = "response") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2023-06-10T12:00:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_each_page_is_a_report(tmp_path: Path) -> None:
    first, second = (record(f"https://a.example/{n}", PAGE.encode()) for n in (1, 2))
    whole = first + record("https://a.example/x", b"", "request") + second
    for name, data in (
        ("a.warc", whole),
        ("b.warc.gz", gzip.compress(first) + gzip.compress(second)),
    ):
        found = items(tmp_path, name, data)
        assert [d.url for d in documents(found)] == ["https://a.example/1", "https://a.example/2"]
        assert documents(found)[0].meta["crawled"] == "2023-06-10T12:00:00Z"
    assert notices(items(tmp_path, "a.warc", whole)) == ["DR127"]


def test_a_file_that_breaks_off_keeps_the_whole_records(tmp_path: Path) -> None:
    whole = gzip.compress(record("https://a.example/1", PAGE.encode()))
    broken = gzip.compress(record("https://a.example/2", PAGE.encode() * 50))[:200]
    found = items(tmp_path, "a.warc.gz", whole + broken)
    assert [d.url for d in documents(found)][:1] == ["https://a.example/1"]


def test_what_is_no_warc(tmp_path: Path) -> None:
    assert rejected(items(tmp_path, "a.warc", b"nothing of the kind"))


def response(headers: str, body: bytes, promised: int | None = None) -> bytes:
    http = f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
        "WARC-Date: 2023-06-10T12:00:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        f"Content-Type: application/http\r\nContent-Length: {promised or len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_chunks_are_joined_and_compression_undone(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE.encode())
    chunked = b"".join(
        f"{len(part):x};x=y\r\n".encode() + part + b"\r\n" for part in (packed[:90], packed[90:])
    )
    html = "Content-Type: text/html; charset=utf-8"
    whole = (
        response(
            f"{html}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
            chunked + b"0\r\n\r\n",
        )
        # The crawler undid both and left the headers as they were.
        + response(f"{html}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br", PAGE.encode())
        + response(f"{html}\r\nContent-Encoding: br", b"\x8b\x00\x80rest")
    )
    found = items(tmp_path, "a.warc", whole)
    assert ["near the town of Adré" in d.text for d in documents(found)] == [True, True]
    assert rejected(found) == [("3", "DR136")]


def test_a_page_that_inflates_without_end_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b"a" * 30_000_000)
    data = response("Content-Type: text/html\r\nContent-Encoding: gzip", bomb)
    assert rejected(items(tmp_path, "a.warc", data)) == [("1", "DR121")]


def test_a_record_shorter_than_it_says_is_told(tmp_path: Path) -> None:
    whole = record("https://a.example/1", PAGE.encode())
    data = whole + response("Content-Type: text/html", PAGE.encode(), 100_000)
    found = items(tmp_path, "a.warc", data)
    assert len(documents(found)) == 1
    assert rejected(found) == [("2", "DR126")]


def test_plain_text_and_errors_of_the_server(tmp_path: Path) -> None:
    text = response("Content-Type: text/plain", "Chad closed its border at Adré.".encode())
    gone = response("Content-Type: text/html", PAGE.encode()).replace(b"200 OK", b"404 No")
    found = items(tmp_path, "a.warc", text + gone)
    assert [d.text for d in documents(found)] == ["Chad closed its border at Adré."]
    assert notices(found) == ["DR127"]
