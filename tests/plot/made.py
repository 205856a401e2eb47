"""Readings made by hand for pictures: a sentence an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.model import (
    Actor,
    Document,
    Event,
    EventTime,
    Mention,
    Participant,
    Place,
    Reading,
    Statement,
)

QUADS: dict[str, Any] = {"CONSULT": 1, "AID": 2, "ACCUSE": 3, "ASSAULT": 4, "RETREAT": 2}
PLACES = {
    "Lima": Place("geonames:1", "Lima", "capital", -12.04, -77.03, "PER"),
    "Arica": Place("geonames:2", "Arica", "city", -18.47, -70.3, "CHL"),
    "Peru": Place("state:PER", "Peru", "country", -9.2, -75.0, "PER"),
    "Suva": Place("geonames:3", "Suva", "capital", -18.14, 178.44, "FJI"),
}


@dataclass(frozen=True)
class Told:
    """An event to be made: ``said`` is the speaker, None for the report's own voice."""

    type: str
    by: Sequence[str]
    to: Sequence[str] = ()
    said: str | None = None
    status: Any = "asserted"
    day: dt.date | None = None
    place: str | None = None
    mutual: bool = False


def reading(
    told: Sequence[Told],
    number: int = 0,
    published: dt.date = dt.date(2024, 3, 9),
    publisher: str | None = "Post",
    word: str = "acted upon",
) -> Reading:
    """One report with these events."""
    text, sentences = "", []
    for one in told:
        line = f"{' and '.join(one.by) or 'Somebody'} {word} {' and '.join(one.to)}."
        if one.said:
            line = f"{one.said} said: {line}"
        start = len(text)
        place = f" It was in {one.place}." if one.place else ""
        text += f"{line}{place} "
        sentences.append((start, start + len(line), start + line.index(word)))
    document = Document(f"d{number}", text or "Nothing.", published, publisher)
    mentions, statements, events = [], [], []
    for n, (one, (start, end, verb)) in enumerate(zip(told, sentences, strict=True)):
        if one.place:
            at = text.index(one.place, end)
            span = document.span((at, at + len(one.place)))
            mentions.append(Mention(f"m{n}", span, "place", "x", place=PLACES.get(one.place)))
        if one.said:
            source = document.span((start, start + len(one.said)))
            statements.append(
                Statement(f"s{n}", document.span((verb, end)), "indirect", "say", source,
                          speaker=_id(one.said))
            )  # fmt: skip
        events.append(
            Event(
                f"e{n}", document.span((verb, verb + len(word))), one.type, "010", "01",
                QUADS[one.type], one.status,
                actors=tuple(Participant(name, _id(name)) for name in one.by),
                recipients=tuple(Participant(name, _id(name)) for name in one.to),
                place=f"m{n}" if one.place else None,
                time=EventTime(str(one.day), "day", "x", first=one.day, last=one.day)
                if one.day else None,
                according_to=(f"s{n}",) if one.said else (),
                reciprocal=one.mutual,
                sentence=document.span((start, end)),
            )
        )  # fmt: skip
    named = {name for one in told for name in (*one.by, *one.to, *([one.said] if one.said else []))}
    actors = tuple(Actor(i, name, "state") for name in sorted(named) if (i := _id(name)))
    return Reading(document, actors, tuple(mentions), tuple(statements), tuple(events), "made")


def _id(name: str) -> str | None:
    return None if name == "unnamed" else f"x:{name.lower().replace(' ', '-')}"
