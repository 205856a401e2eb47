"""A reading with emoji before every offset, and what a format makes of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Iterable

from dragoman.export import FORMATS, Tally, write
from dragoman.model import Document, EventTime, Reading
from tests.fakes import TEXT, reading_of


def reading(
    identifier: str = "d1", head: str = "🇵🇪 😀\n", url: str | None = "https://example.org/a?b=1&c=2"
) -> Reading:
    """The reading by hand, behind a line of emoji, with address and publisher."""
    document = Document(
        identifier, f"{head}{TEXT}", dt.date(2024, 3, 4), "Lima <Post> & Son", url, "A \"title\""
    )  # fmt: skip
    made = reading_of(document)
    day = dt.date(2024, 3, 4)
    time = EventTime("2024-03-04", "day", "weekday", "m3", day, day)
    met = dataclasses.replace(made.events[0], time=time)
    return dataclasses.replace(made, events=(met, *made.events[1:]))


def exported(
    format: str, readings: Iterable[Reading] | None = None, claims: bool = False
) -> tuple[str, Tally]:
    """The text of an export, and the counts."""
    file = io.StringIO(newline="")
    tally = write([reading()] if readings is None else readings, format, file, claims=claims)
    return file.getvalue(), tally


def exported_bytes(format: str, readings: Iterable[Reading] | None = None) -> bytes:
    """The same of a binary format."""
    file = io.BytesIO()
    write([reading()] if readings is None else readings, format, file)
    return file.getvalue()


__all__ = ["FORMATS", "exported", "exported_bytes", "reading"]
