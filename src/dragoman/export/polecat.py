"""POLECAT: 40 columns, a header, ``None`` for what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from dragoman.export import wording
from dragoman.export.choosing import Tally
from dragoman.export.codes import codes, coordinate, country, levels
from dragoman.export.delimited import Delimited, Row, Value
from dragoman.export.dyads import day, dyads
from dragoman.model import Event, Participant, Place, Reading


class Polecat(Delimited):
    """A row for each event, its parties joined by ``; ``; two directed ones where parties act on
    one another.
    """

    def __init__(self, file: TextIO, tally: Tally) -> None:
        super().__init__(file, tally, "polecat", _rows)


def _rows(reading: Reading, event: Event) -> Iterator[Row]:
    document = reading.document
    shared: dict[str, Value] = {
        "Event Date": day(event),
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": event.intensity,
        "Quad Code": codes()["quads"].get(event.quad),
        "Contexts": _joined(event.contexts),
        **_place(reading, event, wording.place_of(reading, event)),
        "Source": document.publisher,
        "Publication Date": document.published,
        **_story(reading),
        "Language": document.language,
        "Version": reading.coder,
    }
    sides: list[tuple[Sequence[Participant], Sequence[Participant]]] = (
        [((a,) if a else (), (b,) if b else ()) for a, b in dyads(event)]
        if event.reciprocal
        else [(event.actors, event.recipients)]
    )
    for index, (actors, recipients) in enumerate(sides, start=1):
        suffix = f"-{index}" if len(sides) > 1 else ""
        yield {
            "Event ID": f"{document.id}-{event.id}{suffix}",
            **shared,
            **_side(reading, actors, "Actor"),
            **_side(reading, recipients, "Recipient"),
        }


def _joined(values: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def _side(reading: Reading, filled: Sequence[Participant], name: str) -> dict[str, Value]:
    found = [reading.actor(one.actor) for one in filled]
    known = [actor for actor in found if actor is not None]
    sectors = [actor.sector or "" for actor in known]
    return {
        f"{name} Name": _joined([actor.name for actor in known]),
        f"{name} Country": _joined([actor.country or "" for actor in known]),
        f"{name} COW": _joined([country(actor.country, "cow") for actor in known]),
        f"Primary {name} Sector": next(filter(None, sectors), None),
        f"{name} Sectors": _joined(sectors),
        f"{name} Title": _joined([actor.office or "" for actor in known]),
        f"{name} Name Raw": _joined([one.span.quote if one.span else one.name for one in filled]),
    }


def _place(reading: Reading, event: Event, place: Place | None) -> dict[str, Value]:
    mention = reading.mention(event.place)
    raw: dict[str, Value] = {"Raw Placename": mention.span.quote if mention else None}
    if place is None:
        return raw
    scheme, _, identifier = place.id.partition(":")
    return {
        **raw,
        "Placename": place.name,
        **levels(place),
        "Country": place.country,
        "Latitude": coordinate(place.latitude),
        "Longitude": coordinate(place.longitude),
        "GeoNames ID": identifier if scheme == "geonames" else None,
        "Feature Type": codes()["geography"]["geonames"].get(place.feature),
    }


def _story(reading: Reading) -> dict[str, Value]:
    def named(kinds: frozenset[str]) -> str:
        return _joined([actor.name for actor in reading.actors if actor.kind in kinds])

    places = [mention.place.name for mention in reading.mentions if mention.place]
    return {
        "Story People": named(frozenset({"person"})),
        "Story Organizations": named(_ORGANISATIONS),
        "Story Locations": _joined(places),
    }


_ORGANISATIONS = frozenset(
    {"IGO", "NGO", "party", "institution", "armed group", "media", "company"}
)
