"""GDELT 2.0: the events table (61 columns) and the mentions table (16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from dragoman.export import wording
from dragoman.export.choosing import Tally
from dragoman.export.codes import actor_code, gdelt_place
from dragoman.export.delimited import Delimited, Row, Value
from dragoman.export.dyads import day, dyads, event_number, first_day, in_lead, last_day
from dragoman.model import Event, Participant, Reading

_WEB: Final = 1
_CITATION: Final = 2


class Events(Delimited):
    """A row for each directed event, without a header."""

    def __init__(self, file: TextIO, tally: Tally) -> None:
        super().__init__(file, tally, "gdelt", _events)


class Mentions(Delimited):
    """A row for each directed event: where the report tells it, in characters."""

    def __init__(self, file: TextIO, tally: Tally) -> None:
        super().__init__(file, tally, "gdelt-mentions", _mentions)


def _events(reading: Reading, event: Event) -> Iterator[Row]:
    place = gdelt_place(wording.place_of(reading, event))
    shared: dict[str, Value] = {
        **_dates(event),
        "IsRootEvent": int(in_lead(reading, event)),
        "EventCode": event.cameo,
        "EventBaseCode": event.cameo[:3],
        "EventRootCode": event.cameo_root,
        "QuadClass": event.quad or None,
        "GoldsteinScale": event.goldstein,
        "NumMentions": 1,
        "NumSources": 1,
        "NumArticles": 1,
        "Actor1Geo_Type": 0,
        "Actor2Geo_Type": 0,
        **{f"ActionGeo_{name}": value for name, value in place.items()},
        "SOURCEURL": reading.document.url,
    }
    for dyad in dyads(event):
        number = event_number(reading, event, dyad)
        sides = {**_side(reading, dyad[0], "Actor1"), **_side(reading, dyad[1], "Actor2")}
        yield {"GLOBALEVENTID": number, **shared, **sides}


def _dates(event: Event) -> dict[str, Value]:
    first, last, known = first_day(event), last_day(event), day(event)
    if first is None or last is None or first.year != last.year:
        return {}
    month = f"{first:%Y%m}" if first.month == last.month else None
    if known is None:
        return {"MonthYear": month, "Year": f"{first:%Y}"}
    # The codebook's own arithmetic: months of 30 days.
    fraction = known.year + ((known.month - 1) * 30 + known.day) / 365
    return {
        "SQLDATE": f"{known:%Y%m%d}",
        "MonthYear": month,
        "Year": f"{known:%Y}",
        "FractionDate": f"{fraction:.4f}",
    }


def _side(reading: Reading, participant: Participant | None, name: str) -> dict[str, Value]:
    if participant is None:
        return {}
    code = actor_code(reading, participant)
    found: dict[str, Value] = {
        f"{name}Code": code.code,
        f"{name}Name": participant.name,
        f"{name}CountryCode": code.country,
        f"{name}KnownGroupCode": code.group,
        f"{name}EthnicCode": code.ethnic,
    }
    for index, religion in enumerate(code.religions, start=1):
        found[f"{name}Religion{index}Code"] = religion
    for index, role in enumerate(code.types, start=1):
        found[f"{name}Type{index}Code"] = role
    return found


def _mentions(reading: Reading, event: Event) -> Iterator[Row]:
    document = reading.document
    for dyad in dyads(event):
        spans = [side.span.start if side and side.span else None for side in dyad]
        yield {
            "GLOBALEVENTID": event_number(reading, event, dyad),
            "MentionType": _WEB if document.url else _CITATION,
            "MentionSourceName": document.publisher,
            "MentionIdentifier": document.url or document.origin or document.id,
            "Actor1CharOffset": spans[0],
            "Actor2CharOffset": spans[1],
            "ActionCharOffset": event.trigger.start,
            "Confidence": round(event.confidence * 100),
            "MentionDocLen": len(document.text),
        }
