"""Dragoman reads news reports and writes down who did or said what, and on whose word."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.model import (
    Actor,
    Document,
    Event,
    EventTime,
    Fragment,
    Mention,
    Participant,
    Place,
    Reading,
    Span,
    Statement,
    Time,
    Trace,
)
from dragoman.version import __version__

if TYPE_CHECKING:
    from dragoman.pipeline import Reader

__all__ = [
    "Actor",
    "Document",
    "Event",
    "EventTime",
    "Fragment",
    "Mention",
    "Participant",
    "Place",
    "Reading",
    "Span",
    "Statement",
    "Time",
    "Trace",
    "__version__",
    "read",
]


def read(
    text: str,
    *,
    published: dt.date | str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    title: str | None = None,
    model: str | None = None,
) -> Reading:
    """The reading of one report.

    ``published`` is a date or ``YYYY-MM-DD``; a ``date YYYY-MM-DD`` prefix of the text gives it
    otherwise. ``model`` names an installed English spaCy pipeline.

    Raises ValueError when ``published`` is not a date, DragomanError when the model is missing.
    """
    from dragoman.ingest import document

    date = dt.date.fromisoformat(published) if isinstance(published, str) else published
    made = document(text, published=date, publisher=publisher, url=url, title=title)
    return _reader(model).read(made)


@lru_cache(maxsize=4)
def _reader(model: str | None) -> Reader:
    from dragoman.pipeline import Reader

    return Reader(model)
