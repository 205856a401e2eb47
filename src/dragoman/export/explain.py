"""An event as a sentence that says on whose word it stands, and what decided each field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dragoman.export import wording
from dragoman.export.wording import quoted, safe
from dragoman.model import Event, Participant, Reading, Statement, Status

_HAPPENS: Final[dict[Status, str]] = {
    "asserted": "took place",
    "denied": "did not take place",
    "planned": "is planned",
    "demanded": "is demanded",
    "possible": "is possible",
    "hypothetical": "is a hypothesis",
}


def explain(reading: Reading, event: Event) -> str:
    """Several lines of plain text, each ended by a line feed."""
    return "".join(f"{line}\n" for line in _lines(reading, event))


def sentence(reading: Reading, event: Event) -> str:
    """``The report says that X said that an ASSAULT by Y on Z took place.``"""
    publisher = reading.document.publisher
    report = f"The report ({publisher})" if publisher else "The report"
    if event.according_to:
        known = {statement.id: statement for statement in reading.statements}
        words = [_says(reading, known.get(identifier)) for identifier in event.according_to]
        opening = f"{report} says that " + "".join(f"{said} that " for said in words)
    else:
        opening = f"{report} says in its own voice that "
    return safe(opening + _act(event) + _circumstances(reading, event) + ".")


def _says(reading: Reading, statement: Statement | None) -> str:
    if statement is None:
        return "someone said"
    cue = f" (“{statement.cue.quote}”)" if statement.cue else ""
    return f"{wording.source_name(reading, statement)} said{cue}"


def _act(event: Event) -> str:
    article = "an" if event.type[:1] in "AEIOU" else "a"
    mode = f" ({event.mode})" if event.mode else ""
    if event.reciprocal:
        sides = [*event.actors, *event.recipients]
        names = list(dict.fromkeys(participant.name for participant in sides))
        parties = f" between {' and '.join(names)}"
    else:
        recipients = f" towards {_listed(event.recipients)}" if event.recipients else ""
        parties = f" by {_listed(event.actors)}{recipients}"
    return f"{article} {event.type}{mode}{parties} {_HAPPENS[event.status]}"


def _listed(filled: tuple[Participant, ...]) -> str:
    return " and ".join(participant.name for participant in filled) or "someone not named"


def _circumstances(reading: Reading, event: Event) -> str:
    time, place = wording.when(event), wording.where(reading, event)
    return (f", time: {time}" if time else "") + (f", place: {place}" if place else "")


def _lines(reading: Reading, event: Event) -> Iterator[str]:
    yield f"{safe(event.id)}  {safe(wording.what(event))}  {event.status}"
    yield sentence(reading, event)
    if event.main:
        yield "It is the report's main event."
    yield ""
    yield f"Trigger    {quoted(event.trigger)}"
    if event.sentence is not None:
        yield f"Sentence   {quoted(event.sentence)}"
    yield from _roles("Who", event.actors)
    yield from _roles("Whom", event.recipients)
    yield f"Codes      {_codes(event)}"
    yield ""
    yield from _chain(reading, event)
    yield ""
    yield "Decided by"
    for trace in event.trace:
        yield _field(trace.field, trace.rule, quoted(trace.evidence))
    if not event.trace:
        yield "  nothing was noted"


def _roles(title: str, filled: tuple[Participant, ...]) -> Iterator[str]:
    for participant in filled:
        known = participant.actor or f"unresolved: {participant.unresolved or 'no reason given'}"
        words = f"  {quoted(participant.span)}" if participant.span else ""
        rule = f", by {participant.rule}" if participant.rule else ""
        yield f"{title:<10} {safe(participant.name)}  [{safe(known)}]{words}{safe(rule)}"
    if not filled:
        yield f"{title:<10} not said"


def _codes(event: Event) -> str:
    parts = {
        "CAMEO": event.cameo,
        "quad": event.quad,
        "Goldstein": event.goldstein,
        "intensity": event.intensity,
        "contexts": ", ".join(event.contexts) or None,
        "polarity": event.polarity,
        "certainty": event.certainty,
        "auxiliary": ", ".join(event.auxiliary) or None,
        "confidence": f"{event.confidence:.2f}",
    }
    return safe(", ".join(f"{name} {value}" for name, value in parts.items() if value is not None))


def _chain(reading: Reading, event: Event) -> Iterator[str]:
    yield f"On whose word: {safe(wording.whose_event(reading, event))}"
    if not event.according_to:
        yield "  The report says so in its own voice."
    for statement in wording.chain(reading, event):
        source = quoted(statement.source) or "no source is named"
        cue = f", cue {quoted(statement.cue)}" if statement.cue else ""
        name = safe(wording.source_name(reading, statement))
        yield f"  {safe(statement.id)}  {name}: {source}{cue}, act {safe(statement.act)}"
        yield f"      {quoted(statement.content)}"
        for trace in statement.trace:
            yield "  " + _field(trace.field, trace.rule, quoted(trace.evidence))


def _field(name: str, rule: str, evidence: str) -> str:
    return f"  {safe(name)}: {safe(rule)}" + (f", {evidence}" if evidence else "")
