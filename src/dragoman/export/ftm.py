"""FollowTheMoney entities, a JSON object a line: reports, actors, events."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any, Final, TextIO

from dragoman.export import wording
from dragoman.export.choosing import Tally
from dragoman.export.codes import codes, country
from dragoman.export.dyads import day, first_day, last_day
from dragoman.export.text import json_line
from dragoman.model import Event, Participant, Reading

_NOT_IN_NAMES: Final = re.compile(r"\s+")


class FollowTheMoney:
    """An Article for each report, a LegalEntity or kinder for each party, an Event for each event.

    A party is written once; its ids are kept in memory. Direction and status have no property of
    their own: the event's name and ``notes`` say them.
    """

    def __init__(self, file: TextIO, tally: Tally) -> None:
        self._file = file
        self._tally = tally
        self._written: set[str] = set()

    def write(self, reading: Reading) -> None:
        """Write the entities of one reading."""
        self._tally.readings += 1
        article = _id("article", reading.document.id)
        if reading.events:
            self._entity(article, "Article", _article(reading))
        for event in reading.events:
            involved = [self._party(reading, one) for one in (*event.actors, *event.recipients)]
            identifier = _id("event", reading.document.id, event.id)
            values = _event(reading, event, involved, article)
            self._entity(identifier, "Event", values)
            self._tally.events += 1

    def close(self) -> None:
        """Nothing stands at the end."""

    def _party(self, reading: Reading, one: Participant) -> str:
        actor = reading.actor(one.actor)
        if actor is None:
            identifier = _id("party", reading.document.id, one.name)
            if identifier not in self._written:
                self._entity(identifier, "LegalEntity", {"name": [one.name]})
        else:
            within = reading.document.id if actor.id.startswith("report:") else ""
            identifier = _id("actor", within, actor.id)
            if identifier not in self._written:
                schema = codes()["ftm_schemata"].get(actor.kind, "LegalEntity")
                office = [actor.office] if schema == "Person" else []
                values: dict[str, Iterable[Any]] = {
                    "name": [actor.name], "country": [country(actor.country, "iso2").lower()],
                    "sector": [actor.sector], "wikidataId": [actor.wikidata], "position": office,
                }  # fmt: skip
                self._entity(identifier, schema, values)
        self._written.add(identifier)
        return identifier

    def _entity(self, identifier: str, schema: str, values: dict[str, Iterable[Any]]) -> None:
        properties = {
            name: kept
            for name, found in values.items()
            if (kept := list(dict.fromkeys(_clean(value) for value in found if value)))
        }
        self._file.write(
            json_line({"id": identifier, "schema": schema, "properties": properties}) + "\n"
        )
        self._tally.rows += 1


def _clean(value: str) -> str:
    return _NOT_IN_NAMES.sub(" ", value)


def _id(kind: str, *parts: str) -> str:
    joined = "\x1f".join((kind, *parts)).encode("utf-8", "surrogatepass")
    return f"dragoman-{hashlib.sha256(joined).hexdigest()[:24]}"


def _article(reading: Reading) -> dict[str, Iterable[Any]]:
    document = reading.document
    published = document.published.isoformat() if document.published else None
    return {
        "name": [document.title or document.url or document.id],
        "title": [document.title],
        "sourceUrl": [document.url],
        "publisher": [document.publisher],
        "publishedAt": [published],
        "language": ["eng"] if document.language == "en" else [],
        "fileName": [document.origin],
    }


def _event(
    reading: Reading, event: Event, involved: list[str], article: str
) -> dict[str, Iterable[Any]]:
    place, known = wording.place_of(reading, event), day(event)
    first, last = first_day(event), last_day(event)
    doers = wording.participants(event.actors)
    is_range = known is None
    return {
        "name": [f"{doers} · {wording.what(event)} · {wording.counterparts(event)}"],
        "date": [known.isoformat()] if known else [],
        "startDate": [first.isoformat()] if first and is_range else [],
        "endDate": [last.isoformat()] if last and is_range else [],
        "location": [wording.where(reading, event)],
        "country": [country(place.country, "iso2").lower()] if place else [],
        "involved": involved,
        "keywords": [event.type, event.mode, *event.contexts, f"CAMEO {event.cameo}"],
        "summary": [event.sentence.quote if event.sentence else None],
        "notes": [f"status: {event.status}; on whose word: {wording.whose_event(reading, event)}"],
        "recordId": [f"{reading.document.id}-{event.id}"],
        "proof": [article],
        "publisher": [reading.document.publisher],
        "sourceUrl": [reading.document.url],
    }
