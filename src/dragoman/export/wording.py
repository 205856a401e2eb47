"""A reading's records in words: who, what, whom, and above all on whose word.

Every writer for people takes its words from here, so that a claim reads as a claim everywhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from dragoman.model import Event, Mention, Participant, Place, Reading, Span, Statement, Time

REPORT: Final = "the report"
ARROW: Final = " ← "
_JOINERS: Final = "\u200c\u200d"  # needed to spell Persian, Hindi and others
_UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def safe(text: str) -> str:
    """The text on one line, with what could steer a terminal or turn its direction escaped."""
    return "".join(map(_shown, " ".join(text.split())))


def _shown(character: str) -> str:
    if unicodedata.category(character) not in _UNSAFE or character in _JOINERS:
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def quoted(span: Span | None) -> str:
    """The words of a span in quotation marks, with their offsets: ``“said” (12–16)``."""
    if span is None:
        return ""
    places = ", ".join(f"{part.start}–{part.end}" for part in span.fragments)
    return f"“{safe(span.quote)}” ({places})"


def actor_name(reading: Reading, identifier: str | None) -> str | None:
    """The name of an actor of the reading; the id itself where it is not listed."""
    actor = reading.actor(identifier)
    return actor.name if actor else identifier


def source_name(reading: Reading, statement: Statement) -> str:
    """Who makes a statement: the actor, else the words of the source, else how it is implied."""
    if statement.speaker is not None:
        return actor_name(reading, statement.speaker) or statement.speaker
    if statement.source is not None:
        return statement.source.quote
    return f"someone ({statement.implicit})" if statement.implicit else "someone"


def chain(reading: Reading, event: Event) -> list[Statement]:
    """The statements an event stands in, outermost first."""
    found = (reading.statement(identifier) for identifier in event.according_to)
    return [statement for statement in found if statement is not None]


def parents(reading: Reading, statement: Statement) -> list[Statement]:
    """The statements that a statement is nested in, outermost first."""
    found: list[Statement] = []
    above = reading.statement(statement.parent)
    while above is not None and above not in found:
        found.append(above)
        above = reading.statement(above.parent)
    return found[::-1]


def on_whose_word(reading: Reading, statements: Iterable[Statement]) -> str:
    """``Mwape ← the report``: the innermost source first, the report last; ``the report`` alone
    where it speaks in its own voice.
    """
    names = [source_name(reading, statement) for statement in statements]
    return ARROW.join([*names[::-1], REPORT])


def whose_event(reading: Reading, event: Event) -> str:
    """On whose word an event stands. A statement that is not there still counts as one."""
    known = {statement.id: statement for statement in reading.statements}
    names = [
        source_name(reading, known[identifier]) if identifier in known else f"? ({identifier})"
        for identifier in event.according_to
    ]
    return ARROW.join([*names[::-1], REPORT])


def used_by(reading: Reading, mention: Mention) -> str:
    """On whose word a loaded wording stands; empty where the mention has none."""
    if mention.label is None:
        return ""
    said = (reading.statement(identifier) for identifier in mention.used_by)
    return on_whose_word(reading, [statement for statement in said if statement is not None])


def meant(reading: Reading, mention: Mention) -> str:
    """Whom or what a mention refers to, in neutral words; empty where that is not known."""
    named = refers_to(reading, mention.actor, mention.place, mention.time)
    return named or mention.neutral or ""


def participants(filled: Iterable[Participant], unknown: str = "?") -> str:
    """The names of a role's fillers; ``unknown`` where there is none."""
    return "; ".join(participant.name for participant in filled) or unknown


def counterparts(event: Event) -> str:
    """Whom an event was with or done to; "each other" where its parties act on one another."""
    if event.recipients and event.recipients == event.actors:
        return "each other"
    return ("with " if event.reciprocal else "") + participants(event.recipients)


def what(event: Event) -> str:
    """``ASSAULT · aerial``."""
    return f"{event.type} · {event.mode}" if event.mode else event.type


def when(event: Event) -> str:
    """The time as precisely as it is known; empty where it is not. An event that the report does
    not date happened "by" the day of publication.
    """
    if event.time is None:
        return ""
    by = "by " if event.time.rule == "publication-date" else ""
    return by + event.time.value


def place_of(reading: Reading, event: Event) -> Place | None:
    """The resolved place of an event."""
    mention = reading.mention(event.place)
    return mention.place if mention else None


def where(reading: Reading, event: Event) -> str:
    """The name of an event's place, with its country; the words where it was not resolved."""
    mention = reading.mention(event.place)
    if mention is None:
        return event.place or ""
    return _place(mention.place) if mention.place else mention.span.quote


def _place(place: Place) -> str:
    beside = place.country if place.country and place.feature != "country" else None
    return f"{place.name}, {beside}" if beside else place.name


def refers_to(reading: Reading, actor: str | None, place: Place | None, time: Time | None) -> str:
    """What a mention resolved to, in words; empty where it did not."""
    if actor is not None:
        return actor_name(reading, actor) or actor
    if place is not None:
        return _place(place)
    return f"{time.value} ({time.granularity})" if time else ""
