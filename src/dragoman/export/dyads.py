"""What the flat formats make of an event: pairs of one doer and one counterpart, ids, days."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Final, TypeAlias

from dragoman.model import Event, Participant, Reading

Dyad: TypeAlias = tuple[Participant | None, Participant | None]
_SIXTY_THREE_BITS: Final = (1 << 63) - 1


def dyads(event: Event) -> list[Dyad]:
    """Each doer with each counterpart, None where a side is not told. Of parties that act on one
    another, both directed events; nobody acts on himself.
    """
    if event.reciprocal:
        found: list[Dyad] = [(a, b) for a, b in _pairs(event) if _key(a) != _key(b)]
        if found:
            return found
    doers = event.actors or (None,)
    return [(doer, other) for doer in doers for other in event.recipients or (None,)]


def _pairs(event: Event) -> Iterator[tuple[Participant, Participant]]:
    if {_key(one) for one in event.actors} == {_key(one) for one in event.recipients}:
        yield from ((a, b) for a in event.actors for b in event.actors)
        return
    for actor in event.actors:
        for recipient in event.recipients:
            yield actor, recipient
            yield recipient, actor


def _key(participant: Participant) -> tuple[str, str]:
    return participant.actor or "", participant.name


def number(*parts: str) -> int:
    """A stable number of 63 bits: the first eight bytes of SHA-256 over the parts, sign off."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") & _SIXTY_THREE_BITS


def event_number(reading: Reading, event: Event, dyad: Dyad) -> int:
    """The number of one directed event: of document, event, doer and counterpart."""
    sides = [side.actor or side.name if side else "" for side in dyad]
    return number(reading.document.id, event.id, *sides)


def first_day(event: Event) -> dt.date | None:
    """The first day that the event may lie on."""
    return event.time.first if event.time else None


def last_day(event: Event) -> dt.date | None:
    """The last one."""
    return event.time.last if event.time else None


def day(event: Event) -> dt.date | None:
    """The day of an event, None where it is not known to the day."""
    first = first_day(event)
    return first if first is not None and first == last_day(event) else None


def in_lead(reading: Reading, event: Event) -> bool:
    """Whether the trigger stands in the first paragraph."""
    document = reading.document
    before = document.text[document.preamble : event.trigger.start]
    return "\n" not in before.lstrip()
