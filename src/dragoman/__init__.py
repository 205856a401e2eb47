"""Dragoman reads news reports and writes down who did or said what, and on whose word."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.export.labels import LabelCount, LabelUse, label_counts, labels
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
    "LabelCount",
    "LabelUse",
    "Mention",
    "Participant",
    "Place",
    "Reading",
    "Span",
    "Statement",
    "Time",
    "Trace",
    "__version__",
    "label_counts",
    "labels",
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
    ontology: str | os.PathLike[str] | None = None,
    actors: Sequence[str | os.PathLike[str]] = (),
) -> Reading:
    """The reading of one report.

    ``published`` is a date or ``YYYY-MM-DD``; a ``date YYYY-MM-DD`` prefix of the text gives it
    otherwise. ``model`` names an installed English spaCy pipeline, ``ontology`` a folder of own
    types and triggers, ``actors`` files of own actors; all stay loaded, and a file is read again
    when it changes.

    Raises ValueError when ``published`` is not a date, DragomanError when the model is missing,
    OntologyError or ActorsError, with every fault, when the folder or the files cannot be used.
    """
    from dragoman.ingest import document

    date = dt.date.fromisoformat(published) if isinstance(published, str) else published
    made = document(text, published=date, publisher=publisher, url=url, title=title)
    folder = Path(ontology).absolute() if ontology is not None else None
    own = tuple(Path(file) for file in actors)
    return _reader(model, folder, own, _state(folder, own)).read(made)


def _state(folder: Path | None, own: Sequence[Path] = ()) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of the files: what tells that one was changed."""
    files = sorted(file for file in folder.rglob("*") if file.is_file()) if folder else []
    files += [file for file in own if file.is_file()]
    return tuple((str(f), f.stat().st_size, f.stat().st_mtime_ns) for f in files)


@lru_cache(maxsize=4)
def _reader(
    model: str | None, folder: Path | None, actors: tuple[Path, ...], state: object
) -> Reader:
    from dragoman.pipeline import Reader

    return Reader(model, ontology=folder, actors=actors)
