"""From a text or a record to a Document: fields found, dates read, defaults filled in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dragoman.errors import Problem, problem
from dragoman.ingest import dates
from dragoman.ingest.items import Fields, Item, Options, Rejected
from dragoman.model import Document, document_id

ROLES: Final = ("text", "date", "publisher", "url", "title", "id")
# In order of preference; compared in lower case with blanks and hyphens as underscores. An id is
# taken only where it is named: a column called "id" often counts rows and repeats from file to
# file.
USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (
        "text", "body", "content", "maintext", "main_text", "article", "article_text", "full_text",
        "fulltext", "story", "article_body", "articlebody", "raw_text", "document",
    ),
    "date": (
        "date", "published", "publication_date", "date_publish", "publish_date", "published_at",
        "publishedat", "pub_date", "pubdate", "date_published", "datepublished", "published_date",
        "datetime", "timestamp",
    ),
    "publisher": (
        "publisher", "source", "outlet", "source_domain", "source_name", "publication", "newspaper",
        "site", "domain", "media",
    ),
    "url": ("url", "link", "source_url", "article_url", "web_url", "permalink"),
    "title": ("title", "headline", "heading"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Which field of a kind of record holds what; None where none does."""

    text: str | None
    date: str | None
    publisher: str | None
    url: str | None
    title: str | None
    id: str | None
    keep: tuple[str, ...] = ()

    def used(self) -> tuple[str, ...]:
        """The fields that are read at all, each once."""
        named = (getattr(self, role) for role in ROLES)
        return tuple(dict.fromkeys(name for name in (*named, *self.keep) if name is not None))


def names(available: Iterable[str], fields: Fields) -> Names:
    """The fields among ``available``: those the user named, else the usual ones."""
    plain = {name.strip().lower().replace(" ", "_").replace("-", "_"): name for name in available}
    found = {}
    for role in ROLES:
        usual = (plain[name] for name in USUAL.get(role, ()) if name in plain)
        found[role] = getattr(fields, role) or next(usual, None)
    return Names(**found, keep=fields.keep)


def missing(available: Iterable[str], fields: Fields) -> Problem | None:
    """What is wrong with a table of these columns: a named one or the text's is not there."""
    columns = list(available)
    shown = shorten(columns)
    for named in (*(getattr(fields, role) for role in ROLES), *fields.keep):
        if named is not None and named not in columns:
            return problem("DR033", field=named, fields=shown)
    if names(columns, fields).text is None:
        return problem("DR032", fields=shown)
    return None


def shorten(columns: Iterable[str], most: int = 12) -> str:
    """The names in a line, the first dozen of many."""
    listed = list(columns)
    more = f", … ({len(listed)} in all)" if len(listed) > most else ""
    return (", ".join(listed[:most]) or "none") + more


def from_text(
    text: str,
    options: Options,
    origin: str | None = None,
    stated: Mapping[str, str | None] | None = None,
    published: dt.date | None = None,
    meta: Mapping[str, str] | None = None,
) -> Iterator[Item]:
    """The document of a text, after a rejection where it or its date prefix is no good.

    What the record states (``stated``, ``published``) comes first, then a date prefix of the text,
    then the options.
    """
    own = dict(stated or {})
    where = origin or "the text"
    trouble = _unfit(text, own)
    if trouble is not None:
        yield Rejected(where, trouble)
        return
    worded, preamble = dates.prefix(text)
    day = dates.read(worded)
    if isinstance(day, Problem) and published is None:
        yield Rejected(where, day, document_kept=True)
    if published is None:
        published = day if isinstance(day, dt.date) else options.published
    publisher = own.get("publisher") or options.publisher
    yield Document(
        id=own.get("id") or document_id(text, published, publisher),
        text=text,
        published=published,
        publisher=publisher,
        url=own.get("url") or options.url,
        title=own.get("title"),
        preamble=preamble,
        origin=origin,
        meta=dict(meta or {}),
    )


def _unfit(text: str, stated: Mapping[str, str | None]) -> Problem | None:
    if not text[dates.prefix(text)[1] :].strip():
        return problem("DR026")
    for name, value in {"text": text, **stated}.items():
        if value is None:
            continue
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            return problem("DR015", position=error.start, field=name)
    return None


def from_record(
    record: Mapping[str, object],
    found: Names,
    options: Options,
    origin: str,
    meta: Mapping[str, str] | None = None,
) -> Iterator[Item]:
    """The document of a record, after rejections of what is wrong with it."""
    text = record.get(found.text) if found.text is not None else None
    if text is None or text == "":
        yield Rejected(origin, problem("DR020", fields=shorten(record)))
        return
    if not isinstance(text, str):
        yield Rejected(origin, problem("DR024", field=found.text, kind=_kind(text)))
        return
    own = {role: _string(record, getattr(found, role)) for role in ROLES[2:]}
    kept = {name: value for name in found.keep if (value := _string(record, name)) is not None}
    stamp = record.get(found.date) if found.date else None
    day = dates.read(stamp, options.date_format, options.zone)
    kept.update(meta or {})
    if isinstance(day, Problem):
        yield Rejected(origin, day, document_kept=True)
        kept["date"] = str(record[found.date or ""])
    published = day if isinstance(day, dt.date) else None
    yield from from_text(text, options, origin, own, published, kept)


def _string(record: Mapping[str, object], name: str | None) -> str | None:
    value = record.get(name) if name is not None else None
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        value = value["name"]  # {"source": {"id": …, "name": …}}
    if value is None or value != value or value == "":
        return None
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", bytes: "bytes"}
    return kinds.get(type(value), "a number" if isinstance(value, int | float) else "something")
