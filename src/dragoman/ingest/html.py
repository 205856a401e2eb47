"""HTML pages: the article's text with title, date, author and publisher, by trafilatura.

Where it finds no article, or the page nests deeper than its tree can hold, all running text of the
page is taken instead, and said so.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from dragoman.errors import Problem, problem
from dragoman.ingest import dates, markup
from dragoman.ingest.decoding import Decoded, damaged, detect, mark
from dragoman.ingest.documents import from_text
from dragoman.ingest.items import Item, Notice, Options, Rejected
from dragoman.ingest.needs import need
from dragoman.ingest.sources import Source

LARGEST: Final = 10_000_000
"""Bytes of a page; longer ones are refused."""
_DEEP: Final = 200
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
# What browsers take these names for (WHATWG Encoding).
_MEANT: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}


def read(source: Source, options: Options) -> Iterator[Item]:
    """The document of a page."""
    yield from page(source.read(), options, source.name)


def page(
    data: bytes,
    options: Options,
    origin: str,
    stated: Mapping[str, str | None] | None = None,
    meta: Mapping[str, str] | None = None,
    charset: str | None = None,
) -> Iterator[Item]:
    """The document of a page's bytes; what is ``stated`` outside of it comes first (``published``
    as a date in words).
    """
    if len(data) > LARGEST:
        yield Rejected(origin, problem("DR121", size=len(data), most=LARGEST))
        return
    decoded = characters(data, options.encoding or charset)
    if isinstance(decoded, Problem):
        yield Rejected(origin, decoded)
        return
    yield from _told(decoded, origin)
    whole, depth = markup.text_of(decoded.text)
    found = None if depth > _DEEP else _extracted(decoded.text)
    lines = (found.text or "").split("\n") if found else []
    text = "\n\n".join(line.strip() for line in lines if line.strip())
    kept = {**decoded.meta, **(meta or {})}
    if not text.strip() and whole:
        kept["extraction"] = "all text of the page"
        yield Notice(origin, problem("DR122"))
        text = whole
    own = {**_stated(found, decoded.text), **{k: v for k, v in (stated or {}).items() if v}}
    if found and found.author:
        kept["author"] = found.author
    day = dates.read(own.pop("published", None), None, options.zone)
    if isinstance(day, Problem):
        yield Rejected(origin, day, document_kept=True)
    published = day if not isinstance(day, Problem) else None
    yield from from_text(text, options, origin, own, published, kept)


def _told(decoded: Decoded, origin: str) -> Iterator[Item]:
    if decoded.how == "detected":
        yield Notice(origin, problem("DR013", encoding=decoded.encoding))
    if broken := decoded.text.count("\ufffd"):
        yield Notice(origin, problem("DR133", count=broken))


def characters(data: bytes, named: str | None = None) -> Decoded | Problem:
    """A page's characters: by byte order mark, as named, as UTF-8, by what it declares, else by a
    guess. A page is not refused for broken characters: each is U+FFFD, as in a browser, and so is
    a NUL.
    """
    decoded = _characters(data, named)
    if isinstance(decoded, Problem):
        return decoded
    return Decoded(decoded.text.replace("\0", "\ufffd"), decoded.encoding, decoded.how)


def _characters(data: bytes, named: str | None) -> Decoded | Problem:
    if marked := mark(data):
        how = "" if marked == "utf-8-sig" else "byte order mark"
        return Decoded(data.decode(marked, "replace"), marked, how)
    declared = _CHARSET.search(data[:8192])
    written = declared[1].decode("ascii", "replace") if declared else None
    for name, how in ((named, "named"), ("utf-8", ""), (written, "declared")):
        known = _known(name) if name is not None else None
        try:
            if known is not None:
                return Decoded(data.decode(known), known, how)
        except (UnicodeError, ValueError):
            continue
    if data[:64].count(0) > 16:
        wide = "utf-16-le" if data[1:64:2].count(0) > data[:64:2].count(0) else "utf-16-be"
        return Decoded(data.decode(wide, "replace"), wide, "detected")
    if damaged(data) or "utf-8" in (_known(named or ""), _known(written or "")):
        return Decoded(data.decode("utf-8", "replace"), "utf-8", "damaged")
    guess = detect(data)
    if guess is None:
        return problem("DR011", why="no encoding fits them")
    return Decoded(data.decode(guess, "replace"), guess, "detected")


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return _MEANT.get(found.name, found.name) if found._is_text_encoding else None


def _extracted(text: str) -> Any:
    """trafilatura's document, or None where it finds no article or fails on the page."""
    trafilatura = need("trafilatura", "formats", "HTML pages")
    try:
        return trafilatura.bare_extraction(
            text,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            # A date that is only guessed from the page's text would move every "Monday" in it.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception:  # whatever a damaged page does to it, the running text is still there
        return None


def _stated(found: Any, text: str) -> dict[str, str | None]:
    if found is None:
        title = re.search(r"<title[^>]*>([^<]{1,500})", text, re.I)
        return {"title": markup.text_of(title[1])[0] or None if title else None}
    return {
        "title": found.title,
        "publisher": found.sitename or found.hostname,
        "url": found.url,
        "published": found.date,
    }
