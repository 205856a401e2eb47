"""ICEWS coded event data: 20 columns, a header, a row for each directed event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from dragoman.export import wording
from dragoman.export.choosing import Tally
from dragoman.export.codes import codes, coordinate, country, levels
from dragoman.export.delimited import Delimited, Row, Value
from dragoman.export.dyads import day, dyads, event_number, number
from dragoman.model import Event, Participant, Reading
from dragoman.ontologies import cameo


class Icews(Delimited):
    """A row for each directed event."""

    def __init__(self, file: TextIO, tally: Tally) -> None:
        super().__init__(file, tally, "icews", _rows)


def _rows(reading: Reading, event: Event) -> Iterator[Row]:
    document, place = reading.document, wording.place_of(reading, event)
    code = cameo().codes.get(event.cameo)
    shared: dict[str, Value] = {
        "Event Date": day(event),
        "Event Text": code.name if code else event.type,
        "CAMEO Code": event.cameo,
        "Intensity": event.goldstein,
        "Story ID": number(document.id),
        "Publisher": document.publisher,
        **levels(place),
        "Country": country(place.country, "name") if place else None,
        "Latitude": coordinate(place.latitude) if place else None,
        "Longitude": coordinate(place.longitude) if place else None,
    }
    for dyad in dyads(event):
        sides = {**_side(reading, dyad[0], "Source"), **_side(reading, dyad[1], "Target")}
        yield {"Event ID": event_number(reading, event, dyad), **shared, **sides}


def _side(reading: Reading, participant: Participant | None, name: str) -> dict[str, Value]:
    if participant is None:
        return {}
    actor = reading.actor(participant.actor)
    sector = (actor.sector or "") if actor else ""
    return {
        f"{name} Name": participant.name,
        f"{name} Sectors": codes()["icews_sectors"].get(sector, ""),
        f"{name} Country": country(actor.country, "name") if actor else "",
    }
