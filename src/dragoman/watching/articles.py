"""From what was fetched to documents: entries of a feed, and the pages that they lead to."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, cast, get_args
from urllib.parse import urlsplit

from dragoman import ingest
from dragoman.errors import Problem, problem
from dragoman.ingest import Item, Notice, Options, Rejected, Source
from dragoman.ingest.decoding import known_encoding
from dragoman.ingest.detection import HEAD, by_content
from dragoman.model import Document
from dragoman.watching.addresses import Address, joined, parse
from dragoman.watching.client import Fetched

Kind = Literal["feed", "html"]
_SAID: Final[Mapping[str, Kind]] = {
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/rdf+xml": "feed",
    "application/xml": "feed", "text/xml": "feed",
    "text/html": "html", "application/xhtml+xml": "html",
}  # fmt: skip
OWN_TEXT: Final = "the feed's own text"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed as the feed gives it, with what was wrong with it. ``document`` None: it
    could not be read. ``key`` is its article's address, or made from its text; ``mark`` changes
    when the entry does.
    """

    key: str
    mark: str
    document: Document | None
    link: str | None = None
    told: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a page gave: its document, or why there is none; and what else is to be told."""

    outcome: Document | Problem
    told: tuple[Item, ...] = field(default=())


def kind_of(got: Fetched) -> Kind | Problem:
    """Whether a feed or a page came: by its first bytes, else by what the server says."""
    found = by_content((got.body or b"")[:HEAD]) or _SAID.get(got.kind)
    if found in get_args(Kind):
        return cast(Kind, found)
    return problem("DR149", why=f"it is {got.kind[:60]}")


def identifier(url: str) -> str:
    """The id of an article: of its address, so that a changed text is its next revision."""
    return hashlib.sha256(f"watch\x1f{url}".encode("utf-8", "replace")).hexdigest()[:16]


def entries(got: Fetched, url: str, options: Options) -> tuple[list[Entry], list[Item]]:
    """The entries of a feed in its order, and what is to be told of the feed itself."""
    found: list[Entry] = []
    whole: list[Item] = []
    told: list[Item] = []
    source = Source(url, data=got.body, format="feed")
    for item in ingest.read([source], dataclasses.replace(options, format="feed")):
        if not isinstance(item, Document) and item.origin == url:
            whole.append(item)
        elif isinstance(item, Rejected) and not item.document_kept:
            mark = _digest(item.problem.code, item.problem.what)
            found.append(Entry(f"rejected:{mark}", mark, None, told=(*told, item)))
            told = []
        elif isinstance(item, Document):
            found.append(_entry(item, got.url, tuple(told)))
            told = []
        else:
            told.append(item)
    return found, whole


def _entry(document: Document, base: str, told: tuple[Item, ...]) -> Entry:
    mark = _digest(document.title, document.published, document.publisher, document.text)
    address = parse(joined(base, document.url)) if document.url else None
    if not isinstance(address, Address):  # what the entry says stays as it is
        link = joined(base, document.url) if document.url else None
        return Entry(link or f"entry:{document.id}", mark, document, link, told)
    own = dataclasses.replace(document, id=identifier(address.url), url=address.url)
    return Entry(address.url, mark, own, address.url, told)


def own_text(entry: Document, why: Problem | None) -> Document:
    """The entry as it stands in the feed; its ``meta`` says that it is not the page, and why."""
    meta = {**entry.meta, "extraction": OWN_TEXT}
    if why is not None:
        meta["page"] = f"{why.code} {why.what}"
    return dataclasses.replace(entry, meta=meta)


def page(got: Fetched, link: str, options: Options, entry: Document | None = None) -> Read:
    """The document of an article's page; what its feed says of title and date comes first."""
    told: list[Item] = []
    outcome: Document | Problem | None = None
    for item in _items(got, link, options):
        if isinstance(item, Document):
            outcome = _joined(item, got.url, link, options, entry)
        elif isinstance(item, Rejected) and not item.document_kept:
            outcome = item.problem
        elif isinstance(item, Notice) or entry is None or entry.published is None:
            told.append(item)
    if outcome is None:
        outcome = problem("DR149", why="there is no text")
    whole = isinstance(outcome, Document) and "extraction" in outcome.meta
    if whole and entry is not None and entry.meta.get("feed") in ("content", "summary"):
        # Menus and notices would be read as news, and the feed has sentences of the article.
        return Read(problem("DR149", why="no article was found on the page"))
    return Read(outcome, tuple(told))


def _items(got: Fetched, link: str, options: Options) -> Iterator[Item]:
    encoding = options.encoding
    if encoding is None and got.charset is not None and known_encoding(got.charset):
        encoding = got.charset
    chosen = dataclasses.replace(options, format="html", encoding=encoding)
    return ingest.read([Source(link, data=got.body, format="html")], chosen)


def _joined(
    found: Document, url: str, link: str, options: Options, entry: Document | None
) -> Document:
    publisher = found.publisher
    host = urlsplit(url).hostname or ""
    if publisher is None or publisher.removeprefix("www.") in (host, host.removeprefix("www.")):
        # A page without its publisher's name is known by its host; the feed may tell the name.
        publisher = (entry.publisher if entry else None) or options.publisher or host
    return dataclasses.replace(
        found,
        id=identifier(link),
        url=url,
        origin=link,
        publisher=publisher,
        title=(entry.title if entry else None) or found.title,
        published=(entry.published if entry else None) or found.published,
    )


def _digest(*values: object) -> str:
    told = "\x1f".join(str(value or "") for value in values)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
