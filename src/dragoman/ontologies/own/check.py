"""Running an ontology's examples: what was read instead, where one is read otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.ingest import document
from dragoman.model import Event, Participant, Reading
from dragoman.ontologies.own.examples import Example, Wanted
from dragoman.ontologies.own.record import Ontology
from dragoman.pipeline import Reader
from dragoman.register import Register


@dataclass(frozen=True, slots=True)
class Outcome:
    """An example with what is wrong with its reading, in lines; none where it is as expected."""

    example: Example
    wrong: tuple[str, ...]
    read: tuple[str, ...]


def run_examples(ontology: Ontology, reader: Reader) -> Iterator[Outcome]:
    """Read each example and hold the reading to it."""
    for example in ontology.examples:
        reading = reader.read(document(example.text, published=example.published))
        yield Outcome(
            example,
            tuple(_wrong(example, reading, reader.register)),
            tuple(describe(event) for event in reading.events),
        )


def describe(event: Event) -> str:
    """An event in a line."""
    who = ", ".join(p.name for p in event.actors) or "nobody"
    whom = ", ".join(p.name for p in event.recipients) or "nobody"
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    return f"{kind} {event.status} “{event.trigger.quote}”: {who} → {whom}"


def _wrong(example: Example, reading: Reading, register: Register) -> Iterator[str]:
    for wanted in _unmet(example.expect, reading, register):
        yield f"not read: {_shown(wanted)}"
    if not example.expect and not example.absent:
        yield from (f"not expected: {describe(event)}" for event in reading.events)
    for wanted in example.absent:
        for event in reading.events:
            if _fits(wanted, event, reading, register):
                yield f"must not be read ({_shown(wanted)}): {describe(event)}"


def _unmet(expected: Sequence[Wanted], reading: Reading, register: Register) -> list[Wanted]:
    """The expected events for which no event of their own is left (Kuhn 1955)."""
    taken: dict[int, int] = {}
    edges = [
        [j for j, event in enumerate(reading.events) if _fits(wanted, event, reading, register)]
        for wanted in expected
    ]

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    return [wanted for i, wanted in enumerate(expected) if not place(i, set())]


def _fits(wanted: Wanted, event: Event, reading: Reading, register: Register) -> bool:
    checks: dict[str, Callable[[Any], bool]] = {
        "type": lambda value: event.type == value,
        "mode": lambda value: event.mode == value,
        "contexts": lambda value: set(value) <= set(event.contexts),
        "cameo": lambda value: event.cameo == value,
        "quad": lambda value: event.quad == value,
        "trigger": lambda value: value.lower() in event.trigger.quote.lower(),
        "actors": lambda value: _all_named(value, event.actors, reading, register),
        "recipients": lambda value: _all_named(value, event.recipients, reading, register),
        "status": lambda value: event.status == value,
    }
    return all(checks[name](value) for name, value in wanted.items())


def _all_named(
    names: str | Sequence[str], found: Sequence[Participant], reading: Reading, register: Register
) -> bool:
    """Whether each name is one of them; an empty list wants nobody."""
    listed = [names] if isinstance(names, str) else names
    if not listed:
        return all(p.span is None for p in found)
    return all(any(_is(name, p, reading, register) for p in found) for name in listed)


def _is(name: str, participant: Participant, reading: Reading, register: Register) -> bool:
    actor = reading.actor(participant.actor)
    words = [participant.name, participant.span.quote if participant.span else ""]
    if actor is not None:
        words += [actor.name, actor.id, actor.cameo or ""]
        if any(entry.id == actor.id for entry in register.lookup(name)):
            return True
    return _plain(name) in map(_plain, words)


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).removeprefix("the ")


def _shown(wanted: Wanted) -> str:
    return ", ".join(
        f"{name} {', '.join(value) or 'nobody' if isinstance(value, list) else value}"
        for name, value in wanted.items()
    )
