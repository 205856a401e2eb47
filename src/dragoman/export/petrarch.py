"""PETRARCH2's event lines: date, source, target, code, issues, ids, address, story source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from dragoman.export.choosing import Tally
from dragoman.export.codes import actor_code
from dragoman.export.delimited import Delimited, Row
from dragoman.export.dyads import day, dyads
from dragoman.model import Event, Reading

_NOBODY: Final = "---"


class Petrarch(Delimited):
    """A line for each directed event of which one side at least has a code."""

    def __init__(self, file: TextIO, tally: Tally) -> None:
        super().__init__(file, tally, "petrarch", _rows)


def _rows(reading: Reading, event: Event) -> Iterator[Row]:
    document, known = reading.document, day(event)
    written: set[tuple[str, str]] = set()
    for dyad in dyads(event):
        source, target = (actor_code(reading, side).code or _NOBODY for side in dyad)
        if source == target == _NOBODY or (source, target) in written:
            continue
        written.add((source, target))
        yield {
            "date": f"{known:%Y%m%d}" if known else None,
            "source": source,
            "target": target,
            "code": event.cameo,
            "ids": f"{document.id}_{event.id}",
            "url": document.url,
            "story source": document.publisher or "NULL",
        }
