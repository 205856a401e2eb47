"""The cases of ``tests/cases``: what a short text must and must not be read as.

An expectation binds only the fields it gives; each expected record needs a found one of its own.
A name stands for the resolved actor (by any of the register's names for it) or for the words
themselves; ``A|B`` is either. Spans match when half the words of each side are shared.
``CONTRIBUTING.md`` describes the format.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from benchmarks.matching import (
    alike,
    alternatives,
    is_actor,
    is_chain,
    is_participant,
    pair,
    quote,
    words,
)
from dragoman.model import Actor, Event, Mention, Participant, Reading, Statement

CASES: Final = Path(__file__).parent / "cases"
KNOWN_FAILURES: Final = CASES / "known" / "failures.yaml"

_PARTS: Final = frozenset({"events", "statements", "times", "places", "mentions"})
_COMMENTS: Final = frozenset({"why", "note"})

Wanted = Mapping[str, Any]
Check = Callable[[Wanted, Any, Reading], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """One text with its expected reading. ``construction`` is the file it stands in."""

    id: str
    why: str
    text: str
    construction: str
    published: dt.date | None
    swap: tuple[str, str] | None
    expect: Mapping[str, Sequence[Wanted]]
    absent: Sequence[Wanted]


def load(folder: Path) -> list[Case]:
    """The cases of a folder's YAML files. Raises ValueError where one is malformed."""
    cases: list[Case] = []
    for path in sorted(folder.glob("*.yaml")):
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        cases.extend(_case(row, path) for row in rows)
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise ValueError(f"{folder}: the case id {case.id!r} stands twice; rename one")
        seen.add(case.id)
    return cases


def known_failures(test: str) -> dict[str, str]:
    """For the test named ``cases`` or ``swaps``: case id to the reason it fails today."""
    listed = yaml.safe_load(KNOWN_FAILURES.read_text(encoding="utf-8"))
    return dict(listed[test] or {})


def parameters(cases: Iterable[Case], known: Mapping[str, str]) -> list[Any]:
    """The cases as pytest parameters; a known failure that passes fails the test."""
    return [
        pytest.param(
            case,
            id=case.id,
            marks=[pytest.mark.xfail(strict=True, reason=known[case.id])]
            if case.id in known
            else [],
        )
        for case in cases
    ]


def failures(case: Case, reading: Reading) -> list[str]:
    """What the reading misses or has against the case, in words; empty when it passes."""
    found: list[str] = []
    for part, wanted in case.expect.items():
        records, fits = _records(part, reading)
        paired = pair(wanted, records, partial(_fits_in, reading, fits))
        missed = [want for i, want in enumerate(wanted) if i not in paired]
        found += [f"missing from {part}: {_plain(want)}" for want in missed]
    for want in case.absent:
        found += [
            f"should be absent ({_plain(want)}): {describe(event, reading)}"
            for event in reading.events
            if _event_fits(want, event, reading)
        ]
    return found


def describe(event: Event, reading: Reading) -> str:
    """An event in one line, for a failing test's message."""
    chain = " > ".join(
        quote(statement.source) if statement else identifier
        for identifier in event.according_to
        for statement in [reading.statement(identifier)]
    )
    return (
        f"{event.type}/{event.mode or '-'} {event.status} {event.trigger.quote!r} "
        f"{_names(event.actors, reading)} -> {_names(event.recipients, reading)} "
        f"according to [{chain}]"
    )


def narrate(reading: Reading) -> str:
    """All that was read, for a failing test's message."""
    events = [describe(event, reading) for event in reading.events]
    statements = [
        f"{quote(s.source)!r} {quote(s.cue)!r} {s.kind}/{s.act}: {s.content.quote!r}"
        for s in reading.statements
    ]
    return "\n".join(["events:", *events, "statements:", *statements])


def _case(row: Mapping[str, Any], path: Path) -> Case:
    unknown = row.keys() - {"id", "why", "text", "published", "swap", "expect", "absent"}
    lacking = {"id", "why", "text"} - row.keys()
    if unknown or lacking:
        raise ValueError(
            f"{path.name}: case {row.get('id', '?')!r} has unknown {sorted(unknown)} "
            f"and lacks {sorted(lacking)}"
        )
    expect = row.get("expect") or {}
    if expect.keys() - _PARTS:
        raise ValueError(f"{path.name}: case {row['id']!r} expects unknown parts {sorted(expect)}")
    swap = row.get("swap")
    return Case(
        id=row["id"],
        why=row["why"],
        text=row["text"],
        construction=path.stem,
        published=row.get("published"),
        swap=(swap[0], swap[1]) if swap else None,
        expect={part: wanted or [] for part, wanted in expect.items()},
        absent=row.get("absent") or [],
    )


def _records(part: str, reading: Reading) -> tuple[Sequence[Any], Check]:
    if part == "events":
        return reading.events, _event_fits
    if part == "statements":
        return reading.statements, _statement_fits
    kinds = {"times": "time", "places": "place"}
    kept = [m for m in reading.mentions if part == "mentions" or m.kind == kinds[part]]
    return kept, _mention_fits


def _fits_in(reading: Reading, fits: Check, wanted: Wanted, record: Any) -> bool:
    return fits(wanted, record, reading)


def _fits(wanted: Wanted, checks: Mapping[str, Callable[[Any], bool]]) -> bool:
    unknown = wanted.keys() - checks.keys() - _COMMENTS
    if unknown:
        raise ValueError(f"a case asks for {sorted(unknown)}; known are {sorted(checks)}")
    return all(checks[name](value) for name, value in wanted.items() if name not in _COMMENTS)


def _event_fits(wanted: Wanted, event: Event, reading: Reading) -> bool:
    place = reading.mention(event.place)
    return _fits(
        wanted,
        {
            "type": lambda value: event.type in _listed(value),
            "mode": lambda value: event.mode in _listed(value),
            "contexts": lambda value: set(value) <= set(event.contexts),
            "cameo": lambda value: event.cameo == str(value),
            "cameo_root": lambda value: event.cameo_root == str(value),
            "quad": lambda value: event.quad == value,
            "trigger": lambda value: any(
                part.lower() in event.trigger.quote.lower() for part in _listed(value)
            ),
            "actors": lambda value: _participants_fit(value, event.actors, reading),
            "recipients": lambda value: _participants_fit(value, event.recipients, reading),
            "status": lambda value: event.status in _listed(value),
            "polarity": lambda value: event.polarity == value,
            "certainty": lambda value: event.certainty == value,
            "auxiliary": lambda value: _marks_fit(value, event.auxiliary),
            "reciprocal": lambda value: event.reciprocal is value,
            "according_to": lambda value: is_chain(value, reading, event.according_to),
            "time": lambda value: _same(value, event.time.value if event.time else None),
            "place": lambda value: place is not None and _is_place(value, place),
        },
    )


def _statement_fits(wanted: Wanted, statement: Statement, reading: Reading) -> bool:
    parent = reading.statement(statement.parent)
    speaker = reading.actor(statement.speaker)
    return _fits(
        wanted,
        {
            "source": lambda value: _alike(value, quote(statement.source)),
            "speaker": lambda value: _is(value, speaker),
            "cue": lambda value: _holds(value, quote(statement.cue)),
            "content": lambda value: alike(value, statement.content.quote),
            "kind": lambda value: statement.kind in _listed(value),
            "act": lambda value: statement.act in _listed(value),
            "addressee": lambda value: _is_addressee(value, statement, reading),
            "parent": lambda value: _holds(value, quote(parent.cue if parent else None)),
        },
    )


def _mention_fits(wanted: Wanted, mention: Mention, reading: Reading) -> bool:
    actor, place, time = reading.actor(mention.actor), mention.place, mention.time
    country = place.country if place else actor.country if actor else None
    return _fits(
        wanted,
        {
            "quote": lambda value: alike(value, mention.span.quote),
            "within": lambda value: _is_within(wanted["quote"], value, mention, reading),
            "kind": lambda value: mention.kind == value,
            "actor": lambda value: _is(value, actor),
            "country": lambda value: country == value,
            "name": lambda value: place is not None and _is_place(value, mention),
            "value": lambda value: _same(value, time.value if time else None),
            "type": lambda value: time is not None and time.type == value,
            "granularity": lambda value: time is not None and time.granularity == value,
            "label": lambda value: _same(value, mention.label),
            "office": lambda value: actor is not None and alike(value, actor.office or ""),
            "organisation": lambda value: (
                actor is not None and alike(value, actor.organisation or "")
            ),
            "sector": lambda value: actor is not None and actor.sector == value,
            "unresolved": lambda value: bool(mention.unresolved) is bool(value),
        },
    )


def _participants_fit(
    names: Sequence[str], participants: Sequence[Participant], reading: Reading
) -> bool:
    if not names:
        return not participants
    paired = pair(
        names,
        participants,
        lambda name, found: any(is_participant(n, reading, found) for n in alternatives(name)),
    )
    return len(paired) == len(names)


def _marks_fit(wanted: Sequence[str], found: Sequence[str]) -> bool:
    paired = pair(wanted, found, lambda mark, got: got in alternatives(mark))
    return len(paired) == len(wanted) == len(found)


def _is_addressee(value: str | None, statement: Statement, reading: Reading) -> bool:
    worded = quote(statement.addressee_span)
    if value is None:
        return statement.addressee is None and not worded
    return is_actor(value, reading.actor(statement.addressee)) or alike(value, worded)


def _is(value: str | None, actor: Actor | None) -> bool:
    if value is None:
        return actor is None
    return any(is_actor(name, actor) for name in alternatives(value))


def _is_place(value: str, mention: Mention) -> bool:
    place = mention.place
    return alike(value, mention.span.quote) or bool(place and words(value) == words(place.name))


def _is_within(wording: str, context: str, mention: Mention, reading: Reading) -> bool:
    start = reading.document.text.index(context) + context.index(wording)
    return mention.span.start < start + len(wording) and start < mention.span.end


def _listed(value: Any) -> list[Any]:
    if isinstance(value, str):
        return alternatives(value)
    return value if isinstance(value, list) else [value]


def _same(value: Any, found: str | None) -> bool:
    return found is None if value is None else found is not None and str(value) == found


def _alike(value: str | None, found: str) -> bool:
    return not found if value is None else alike(value, found)


def _holds(value: str | None, found: str) -> bool:
    if value is None:
        return not found
    return any(part.lower() in found.lower() for part in _listed(value)) or alike(value, found)


def _names(participants: Iterable[Participant], reading: Reading) -> list[str]:
    return [actor.name if (actor := reading.actor(p.actor)) else f"?{p.name}" for p in participants]


def _plain(wanted: Wanted) -> str:
    return ", ".join(f"{name}={value}" for name, value in wanted.items())
