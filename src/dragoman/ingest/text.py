"""Plain text: a file is a report."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.errors import Problem, problem
from dragoman.ingest.decoding import decode
from dragoman.ingest.documents import from_text
from dragoman.ingest.items import Item, Notice, Options, Rejected
from dragoman.ingest.sources import Source


def read(source: Source, options: Options) -> Iterator[Item]:
    """One document, its text as decoded: line ends, blanks and a date prefix are left in."""
    decoded = decode(source.read(), options.encoding)
    if isinstance(decoded, Problem):
        yield Rejected(source.name, decoded)
        return
    if decoded.how == "detected":
        yield Notice(source.name, problem("DR013", encoding=decoded.encoding))
    yield from from_text(decoded.text, options, source.name, meta=decoded.meta)
