"""Accounts: one event as one report tells it, with what it takes to compare it to others."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from dragoman.corpus.likeness import Traits
from dragoman.corpus.sites import dead, sites
from dragoman.corpus.words import WORD, stem, weight, weighted
from dragoman.export import wording
from dragoman.model import Event, Participant, Place, Reading, Span, Status

Realm = Literal["told", "planned", "demanded", "hypothetical"]
"""``told`` is what is said to have happened, to have not, or to perhaps have: asserted, denied and
possible; the others are what they are called."""

_LEAST: Final = 0.01  # a trigger counts, however frequent its word
_UNREAL: Final = frozenset({"future", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part. ``id`` is the actor's in the register, None where only the report knows it;
    ``generic`` where it is somebody by what they are ("gunmen") alone.
    """

    name: str
    id: str | None = None
    kind: str = ""
    country: str | None = None
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One event of one report.

    ``id`` is the reading's and the event's, with a stroke between. ``first`` and ``last`` bound
    its days where the report dates it. ``whose`` says on whose word it stands, innermost first;
    ``speakers`` who they are, outermost first, empty in the publisher's own voice. ``toll`` is how
    many its sentence says were killed.
    """

    id: str
    reading: str
    event: str
    document: str
    type: str
    status: Status
    trigger: str
    mode: str | None = None
    quad: int = 0
    reciprocal: bool = False
    unreal: bool = False
    initiators: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Place | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    published: dt.date | None = None
    publisher: str | None = None
    whose: str = wording.REPORT
    speakers: tuple[str, ...] = ()
    sentence: str = ""
    sites: frozenset[str] = frozenset()
    toll: int | None = None
    traits: Traits = field(default_factory=lambda: Traits({}), compare=False, repr=False)

    @property
    def realm(self) -> Realm:
        """Whether it is told as something that happened, or is to come, or only thought of."""
        if self.status in ("planned", "demanded", "hypothetical"):
            return self.status
        if self.status == "possible" and self.unreal:
            return "hypothetical"
        return "told"

    @property
    def day(self) -> dt.date | None:
        """The first day it may lie on; that of publication where the report does not date it."""
        return self.first or self.published


def accounts(reading: Reading, key: str | None = None) -> tuple[Account, ...]:
    """The accounts of a reading, one an event, in its order. ``key`` tells the reading from all
    others; its document's id if it is not given.
    """
    document = reading.document
    own = key or document.id
    words = tuple(WORD.finditer(document.text, document.preamble))
    report = weighted(word[0] for word in words)
    starts = [word.start() for word in words]
    places = sorted(
        (mention.span.start, mention.place.id)
        for mention in reading.mentions
        if mention.place is not None
    )
    found = []
    for event in reading.events:
        sentence = event.sentence or event.trigger
        low, high = (bisect.bisect_left(starts, at) for at in (sentence.start, sentence.end))
        inside = [word.span() for word in words[low:high]]
        near = frozenset(name for at, name in places if sentence.start <= at < sentence.end)
        traits = _traits(reading, event, inside, near, report)
        found.append(_account(reading, event, own, sentence, traits))
    return tuple(found)


def _account(reading: Reading, event: Event, key: str, sentence: Span, traits: Traits) -> Account:
    document, time = reading.document, event.time
    is_dated = time is not None and time.rule != "publication-date"
    return Account(
        id=f"{key}/{event.id}",
        reading=key,
        event=event.id,
        document=document.id,
        type=event.type,
        status=event.status,
        trigger=event.trigger.quote,
        mode=event.mode,
        quad=event.quad,
        reciprocal=event.reciprocal,
        unreal=bool(_UNREAL & set(event.auxiliary)),
        initiators=_parties(reading, event.actors),
        recipients=_parties(reading, event.recipients),
        place=wording.place_of(reading, event),
        first=time.first if time is not None and is_dated else None,
        last=time.last if time is not None and is_dated else None,
        published=document.published,
        publisher=document.publisher,
        whose=wording.whose_event(reading, event),
        speakers=tuple(wording.source_name(reading, s) for s in wording.chain(reading, event)),
        sentence=sentence.quote,
        sites=sites(sentence.quote),
        toll=dead(sentence.quote),
        traits=traits,
    )


def _parties(reading: Reading, filled: Iterable[Participant]) -> tuple[Party, ...]:
    return tuple(_party(reading, one) for one in _named(filled))


def _named(filled: Iterable[Participant]) -> Iterator[Participant]:
    """Those that the report has words for."""
    return (one for one in filled if one.actor is not None or one.span is not None)


def _party(reading: Reading, one: Participant) -> Party:
    actor = reading.actor(one.actor)
    if actor is None:
        return Party(one.name, None, generic=True)
    is_own = not actor.id.startswith("report:")
    return Party(actor.name, actor.id if is_own else None, actor.kind, actor.country)


def _traits(
    reading: Reading, event: Event, inside: Iterable[tuple[int, int]], places: frozenset[str],
    report: dict[str, float],
) -> Traits:  # fmt: skip
    text = reading.document.text
    sentence = event.sentence or event.trigger
    trigger = {}
    others: list[tuple[int, str]] = []
    for start, end in inside:
        if event.trigger.covers(start, end):
            word = text[start:end]
            trigger[stem(word)] = max(weight(word), _LEAST)
        else:
            others.append((start, text[start:end]))
    return Traits(
        trigger=_main(trigger),
        words=weighted(word for _, word in others),
        names=weighted(
            word for start, word in others if word[:1].isupper() and start != sentence.start
        ),
        initiators=_keys(reading, event.actors),
        recipients=_keys(reading, event.recipients),
        numbers=frozenset(word for _, word in others if word[0].isdigit()),
        places=places,
        report=report,
    )


def _main(trigger: dict[str, float]) -> dict[str, float]:
    """The word of a trigger that tells most, and those that tell nearly as much."""
    most = max(trigger.values(), default=0.0)
    return {key: value for key, value in trigger.items() if value >= 0.7 * most}


def _keys(reading: Reading, filled: Iterable[Participant]) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in _named(filled):
        if one.actor is not None and not one.actor.startswith("report:"):
            found[f"@{one.actor}"] = 1.0
        found.update(weighted(match[0] for match in WORD.finditer(one.name)))
    return found
