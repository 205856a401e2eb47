"""Records of a report in words, as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from dragoman.export import explain, wording
from dragoman.model import Event, Participant, Reading, Span, Statement, Trace
from dragoman.web.lighting import depth_of
from dragoman.web.linked import Links
from dragoman.web.rendering import day
from dragoman.web.reports import Report


@dataclass(frozen=True, slots=True)
class Filler:
    """Who fills a role: name, id if the register has one, words of the text, why not known."""

    name: str
    actor: str | None
    words: str
    unresolved: str | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Which rule decided a field, and the words it went by."""

    field: str
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class StatementTold:
    """A statement: who says what, by which words, on whose word that is known."""

    id: str
    who: str
    speaker: str | None
    whose: str
    depth: int
    act: str
    kind: str
    words: str
    source: str
    cue: str
    addressee: str
    confidence: float
    trace: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class EventTold:
    """An event: all that its place in the margin shows."""

    id: str
    number: int
    trigger: str
    type: str
    mode: str | None
    what: str
    who: tuple[Filler, ...]
    whom: tuple[Filler, ...]
    mutual: bool
    status: str
    own_voice: bool
    whose: str
    claimed_by: str
    sentence: str
    said: str
    when: str
    days: str
    where: str
    chain: tuple[StatementTold, ...]
    confidence: float
    codes: str
    contexts: str
    main: bool
    trace: tuple[Reason, ...]
    accounts: tuple[dict[str, Any], ...]
    occurrence: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class LabelTold:
    """A loaded wording: whom it means, in what way it judges, who chose it."""

    wording: str
    category: str
    meant: str
    chosen_by: str


def events(report: Report, links: Links | None = None) -> list[EventTold]:
    """The events of the part in reading order."""
    held = [event for event in report.reading.events if event.id in report.numbers]
    held.sort(key=lambda one: report.numbers[one.id])
    return [_event(report, event, links or Links()) for event in held]


@dataclass(frozen=True, slots=True)
class Share:
    """How many events stand on somebody's word, the report's own where ``who`` is empty; the first
    of them.
    """

    who: str
    count: int
    event: str


def tally(told: Iterable[EventTold]) -> list[Share]:
    """The events by whose word they stand on, the report's own first, then the most."""
    groups: dict[str, list[str]] = {}
    for event in told:
        groups.setdefault(event.claimed_by, []).append(event.id)
    shares = [Share(who, len(held), held[0]) for who, held in groups.items()]
    return sorted(shares, key=lambda one: (bool(one.who), -one.count))


def statements(report: Report) -> list[StatementTold]:
    """The statements that the part shows, in reading order."""
    part = report.part
    held = [
        one
        for one in report.reading.statements
        if one.content.start < part.end and one.content.end > part.start
    ]
    held.sort(key=lambda one: (one.content.start, -one.content.end))
    return [statement(report.reading, one) for one in held]


def labels(report: Report) -> list[LabelTold]:
    """The loaded wordings of the part, in reading order, each wording of one user once."""
    reading = report.reading
    held = [one for one in reading.mentions if one.label is not None]
    held.sort(key=lambda one: (one.label_span or one.span).start)
    found = [
        LabelTold(
            one.label or "",
            one.category or "",
            wording.meant(reading, one),
            wording.used_by(reading, one),
        )
        for one in held
        if report.part.start <= (one.label_span or one.span).start < report.part.end
    ]
    return list(dict.fromkeys(found))


def statement(reading: Reading, one: Statement) -> StatementTold:
    """A statement in words."""
    return StatementTold(
        id=one.id,
        who=wording.source_name(reading, one),
        speaker=one.speaker,
        whose=wording.on_whose_word(reading, wording.parents(reading, one)),
        depth=depth_of(reading, one),
        act=one.act,
        kind=one.kind,
        words=one.content.quote,
        source=_quote(one.source),
        cue=_quote(one.cue),
        addressee=wording.actor_name(reading, one.addressee) or _quote(one.addressee_span),
        confidence=one.confidence,
        trace=_reasons(one.trace),
    )


def _event(report: Report, event: Event, links: Links) -> EventTold:
    reading = report.reading
    chain = wording.chain(reading, event)
    inner = wording.source_name(reading, chain[-1]) if chain else ""
    return EventTold(
        id=event.id,
        number=report.numbers[event.id],
        trigger=event.trigger.quote,
        type=event.type,
        mode=event.mode,
        what=wording.what(event),
        who=_fillers(event.actors),
        whom=() if event.recipients == event.actors else _fillers(event.recipients),
        mutual=event.reciprocal,
        status=event.status,
        own_voice=not event.according_to,
        whose=wording.whose_event(reading, event),
        claimed_by=inner or ("somebody" if event.according_to else ""),
        sentence=explain.sentence(reading, event),
        said=_quote(event.sentence),
        when=wording.when(event),
        days=_days(event),
        where=wording.where(reading, event),
        chain=tuple(statement(reading, one) for one in chain),
        confidence=event.confidence,
        codes=_codes(event),
        contexts=", ".join(event.contexts),
        main=event.main,
        trace=_reasons(event.trace),
        accounts=tuple(links.accounts(report.key, event.id)),
        occurrence=links.occurrence(report.key, event.id),
    )


def _days(event: Event) -> str:
    """The days that a time may mean, where it is less exact than a day."""
    time = event.time
    if time is None or time.first is None or time.last is None or time.first == time.last:
        return ""
    return f"{day(time.first)} to {day(time.last)}"


def _fillers(filled: Iterable[Participant]) -> tuple[Filler, ...]:
    return tuple(Filler(one.name, one.actor, _quote(one.span), one.unresolved) for one in filled)


def _quote(span: Span | None) -> str:
    return span.quote if span else ""


def _reasons(trace: Iterable[Trace]) -> tuple[Reason, ...]:
    return tuple(Reason(one.field, one.rule, _quote(one.evidence)) for one in trace)


_QUADS: Final = {
    0: "none of the four classes",
    1: "cooperation in words",
    2: "cooperation in deeds",
    3: "conflict in words",
    4: "conflict in deeds",
}


def _codes(event: Event) -> str:
    told = {
        "CAMEO": event.cameo,
        "class": _QUADS[event.quad],
        "Goldstein": event.goldstein,
        "intensity": event.intensity,
    }
    return "; ".join(f"{name} {value}" for name, value in told.items() if value is not None)
