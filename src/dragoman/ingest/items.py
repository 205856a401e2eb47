"""What a reader is given and what it yields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from dragoman.errors import Problem
from dragoman.ingest.sources import Source
from dragoman.model import Document


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that did not come through: a file, a record, or one value of a record.

    ``origin`` is the path, with ``:row`` where a file holds several. ``document_kept`` is True
    where only a value was lost (a date that is no date) and the document itself follows.
    """

    origin: str
    problem: Problem
    document_kept: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know although nothing was lost (a guessed encoding, say)."""

    origin: str
    problem: Problem


Item: TypeAlias = Document | Rejected | Notice


@dataclass(frozen=True, slots=True)
class Fields:
    """Which field of a record holds what; None: look for the usual names.

    ``keep`` names further fields that go into the document's ``meta``.
    """

    text: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    id: str | None = None
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How to read. ``published``, ``publisher`` and ``url`` fill what a record itself lacks.

    ``format`` None: by the file's name or content. ``encoding`` None: by its bytes.
    ``date_format`` is a pattern of :func:`datetime.datetime.strptime`. ``quotes`` False: quotation
    marks in CSV and TSV are plain characters. ``any_language`` True: reports that are surely not
    English are read all the same. ``zone``: moments stated with a zone count as the day it was
    there; None: the day as written.
    """

    fields: Fields = field(default_factory=Fields)
    published: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    format: str | None = None
    encoding: str | None = None
    date_format: str | None = None
    quotes: bool = True
    any_language: bool = False
    zone: dt.tzinfo | None = None


class FormatReader(Protocol):
    """One per format: the documents of a source, and what was wrong with the rest of it.

    A reader raises OSError where the source cannot be opened, and nothing else.
    """

    def __call__(self, source: Source, options: Options) -> Iterator[Item]:
        """Yield the items of ``source`` in its own order."""
        ...
