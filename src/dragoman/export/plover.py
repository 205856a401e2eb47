"""Events in PLOVER's JSON: the record of the ontology's gold standard file, as one list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from dragoman.export import wording
from dragoman.export.choosing import Tally
from dragoman.export.dyads import day
from dragoman.export.listed import Listed
from dragoman.model import Event, Participant, Reading


class Plover:
    """A JSON list, a record an event. ``textInfo`` says on whose word it stands."""

    def __init__(self, file: TextIO, tally: Tally) -> None:
        self._list = Listed(file, "[", "]")
        self._tally = tally

    def write(self, reading: Reading) -> None:
        """Write the events of one reading."""
        self._tally.readings += 1
        for event in reading.events:
            self._list.add(_record(reading, event))
            self._tally.events += 1
            self._tally.rows += 1

    def close(self) -> None:
        """End the list."""
        self._list.close()


def _record(reading: Reading, event: Event) -> dict[str, Any]:
    document, known = reading.document, day(event)
    return {
        "id": f"{document.id}-{event.id}",
        "date": known.isoformat() if known else "",
        "source": _side(reading, event.actors),
        "target": _side(reading, event.recipients),
        "event": event.type,
        "eventText": event.trigger.quote,
        "context": "; ".join(event.contexts),
        "mode": event.mode or "",
        "text": event.sentence.quote if event.sentence else "",
        "textInfo": {
            "date": event.time.value if event.time else "",
            "place": wording.where(reading, event),
            "status": event.status,
            "auxiliary": list(event.auxiliary),
            "onWhoseWord": wording.whose_event(reading, event),
            "reciprocal": event.reciprocal,
            "publicationDate": document.published.isoformat() if document.published else "",
            "url": document.url or "",
        },
        "language": document.language,
        "publication": document.publisher or "",
        "coder": reading.coder,
        "version": "",
        "dateCoded": "",
        "comment": "",
    }


def _side(reading: Reading, filled: Iterable[Participant]) -> list[dict[str, str]]:
    found = []
    for one in filled:
        actor = reading.actor(one.actor)
        record = {"actorText": one.span.quote if one.span else one.name}
        if actor is not None and (actor.country or actor.sector):
            record["code"] = actor.country or actor.sector or ""
            record |= {"sector": actor.sector} if actor.country and actor.sector else {}
        found.append(record)
    return found
