"""RSS and Atom feeds, by feedparser: an entry is a report, its text what the feed gives of it."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from dragoman.errors import Problem, problem
from dragoman.ingest import dates, markup
from dragoman.ingest.documents import from_text
from dragoman.ingest.items import Item, Notice, Options, Rejected
from dragoman.ingest.needs import need
from dragoman.ingest.sources import Source

LARGEST: Final = 20_000_000
"""Bytes of a feed; longer ones are refused."""
_ENTITY: Final = re.compile(r"<!\s*ENTITY", re.I)
_DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_WIDE: Final = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def read(source: Source, options: Options) -> Iterator[Item]:
    """A document for each entry; entries are numbered from 1."""
    yield from entries(source.read(), options, source.name)


def entries(data: bytes, options: Options, origin: str) -> Iterator[Item]:
    """The documents of a feed's bytes. A feed that defines entities is refused unread: expanding
    them is how a small file fills a memory, and external ones read other files.
    """
    if len(data) > LARGEST:
        yield Rejected(origin, problem("DR121", size=len(data), most=LARGEST))
        return
    if defines_entities(data):
        yield Rejected(origin, problem("DR123"))
        return
    parsed = _parsed(data)
    found = parsed.get("entries") or [] if parsed is not None else []
    if not found:
        why = str(parsed.get("bozo_exception", "")) if parsed else "it cannot be parsed"
        yield Rejected(origin, problem("DR124", why=why or "it has no entries"))
        return
    if parsed.get("bozo") and "encod" not in str(parsed.get("bozo_exception", "")):
        yield Notice(origin, problem("DR125", why=parsed.get("bozo_exception"), count=len(found)))
    publisher = _plain(parsed.get("feed", {}).get("title"))
    for number, entry in enumerate(found, 1):
        yield from _document(entry, publisher, options, f"{origin}:{number}")


def defines_entities(data: bytes) -> bool:
    """Whether a DTD in it defines entities, in whatever encoding its characters are."""
    texts = [data.decode("latin-1")]
    if b"\0" in data[:64]:
        texts += [data.decode(name, "ignore") for name in _WIDE]
    elif declared := _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf")):
        with contextlib.suppress(LookupError, ValueError):  # a name that nobody reads it by
            texts.append(data.decode(declared[1].decode("ascii"), "ignore"))
    return any(_ENTITY.search(text) for text in texts)


def _parsed(data: bytes) -> Any:
    feedparser = need("feedparser", "formats", "feeds")
    try:
        # Never the bytes themselves: it would take them for the name of a file, and open that.
        held = io.BytesIO(data)
        return feedparser.parse(held, sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # it promises none, but a feed is anybody's bytes
        return None


def _document(
    entry: Mapping[str, Any], publisher: str | None, options: Options, origin: str
) -> Iterator[Item]:
    contents = [str(part.get("value") or "") for part in entry.get("content") or ()]
    body = max(contents, key=len, default="") or str(entry.get("summary") or "")
    text = markup.text_of(body)[0]
    title = _plain(entry.get("title"))
    meta = {"feed": "content" if contents else "summary" if text else "title alone"}
    if entry.get("author"):
        meta["author"] = str(entry["author"])
    day = dates.read(entry.get("published") or entry.get("updated"), None, options.zone)
    if isinstance(day, Problem):
        yield Rejected(origin, day, document_kept=True)
    source = entry.get("source")
    named = _plain(source.get("title")) if isinstance(source, Mapping) else None
    stated = {
        "title": title,
        "publisher": named or publisher,
        "url": str(entry["link"]) if entry.get("link") else None,
    }
    published = day if not isinstance(day, Problem) else None
    yield from from_text(text or title or "", options, origin, stated, published, meta)


def _plain(value: object) -> str | None:
    return markup.text_of(str(value))[0].replace("\n\n", " ") or None if value else None
