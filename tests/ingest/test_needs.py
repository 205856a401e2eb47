"""Formats whose libraries are not installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dragoman.ingest import english
from tests.ingest.helpers import documents, items, rejected
from tests.ingest.test_office import pdf

CASES = [
    ("a.html", b"<html><p>Ghana voted.</p></html>", "trafilatura", "formats"),
    ("a.rss", b"<rss><item><title>A</title></item></rss>", "feedparser", "formats"),
    ("a.warc", b"WARC/1.0\r\n\r\n", "fastwarc.warc", "formats"),
    ("a.docx", b"PK\x03\x04rest", "docx", "formats"),
    ("a.rtf", b"{\\rtf1 Ghana voted.}", "striprtf.striprtf", "formats"),
    ("a.pdf", pdf(["Ghana voted."]), "pypdf", "pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "module", "extra"), CASES)
def test_the_command_that_installs_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    found = items(tmp_path, name, data)
    assert rejected(found) == [(name, "DR120")]
    assert f"pip install 'dragoman[{extra}]'" in str(found[0])


def test_without_its_library_every_language_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    english._identifier.cache_clear()
    spanish = "El presidente dijo el lunes que las conversaciones con los sindicatos seguirían hoy."
    assert len(documents(items(tmp_path, "a.txt", spanish))) == 1
    english._identifier.cache_clear()
