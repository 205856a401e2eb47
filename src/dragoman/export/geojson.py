"""Events as a GeoJSON feature collection (RFC 7946): a point, or no geometry."""

from __future__ import annotations

from typing import Any, TextIO

from dragoman.export import wording
from dragoman.export.choosing import Tally
from dragoman.export.codes import coordinate
from dragoman.export.dyads import first_day, last_day
from dragoman.export.listed import Listed
from dragoman.model import Event, Reading


class GeoJson:
    """A feature an event, in degrees east and north (WGS 84). What has no place has no geometry."""

    def __init__(self, file: TextIO, tally: Tally) -> None:
        self._list = Listed(file, '{"type": "FeatureCollection", "features": [', "]}")
        self._tally = tally

    def write(self, reading: Reading) -> None:
        """Write the events of one reading."""
        self._tally.readings += 1
        for event in reading.events:
            self._list.add(_feature(reading, event))
            self._tally.events += 1
            self._tally.rows += 1

    def close(self) -> None:
        """End the collection."""
        self._list.close()


def _feature(reading: Reading, event: Event) -> dict[str, Any]:
    place = wording.place_of(reading, event)
    point = [coordinate(place.longitude), coordinate(place.latitude)] if place else None
    return {
        "type": "Feature",
        "id": f"{reading.document.id}-{event.id}",
        "geometry": {"type": "Point", "coordinates": point} if place else None,
        "properties": _properties(reading, event),
    }


def _properties(reading: Reading, event: Event) -> dict[str, Any]:
    document, place = reading.document, wording.place_of(reading, event)
    first, last = first_day(event), last_day(event)
    return {
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "actors": [one.name for one in event.actors],
        "recipients": [one.name for one in event.recipients],
        "reciprocal": event.reciprocal,
        "status": event.status,
        "on_whose_word": wording.whose_event(reading, event),
        "according_to": list(event.according_to),
        "time": event.time.value if event.time else None,
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
        "place": wording.where(reading, event) or None,
        "place_feature": place.feature if place else None,
        "cameo": event.cameo,
        "quad": event.quad,
        "goldstein": event.goldstein,
        "intensity": event.intensity,
        "sentence": event.sentence.quote if event.sentence else None,
        "document": document.id,
        "published": document.published.isoformat() if document.published else None,
        "publisher": document.publisher,
        "url": document.url,
    }
