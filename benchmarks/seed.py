"""How much of a careful reader's account of the acceptance report is read.

``../shared/seed/expected.yaml`` lists what to find; a record counts when every field compared here
agrees: spans when half the words of each side are shared, the rest when equal. Actors are compared
by the register's names or, as spans, by their words; of several, half must be there. A trigger in
several fragments ("made … a demand") also matches by one of them. What must never be read is
checked absolutely.

Run: ``python -m benchmarks.seed [--verbose]``; exit code 1 where something forbidden was read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

import dragoman
from benchmarks.matching import (
    alike,
    alternatives,
    is_actor,
    is_chain,
    is_participant,
    is_speaker,
    pair,
    quote,
)
from dragoman.model import Event, Mention, Participant, Reading, Statement
from dragoman.register import default_register

SEED: Final = Path(__file__).resolve().parents[2] / "shared" / "seed"

_CONFLICT: Final = frozenset(
    {"ACCUSE", "ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "REJECT", "SANCTION", "THREATEN"}
)
_LOADED: Final = ("zionist", "regime")
_ORGANISATION: Final = "Popular Front for the Liberation of Palestine"
_WRONG_DAYS: Final = ("2025-06-12", "2025-06-18")
_FORBIDDEN_RULES: Final = 4

Wanted = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the account: how many records it has and which of them were not found."""

    name: str
    total: int
    missed: tuple[str, ...]

    @property
    def found(self) -> int:
        """How many of its records were found."""
        return self.total - len(self.missed)


@dataclass(frozen=True, slots=True)
class Score:
    """The parts, and each violation of what must not be read, in words."""

    parts: tuple[Part, ...]
    violations: tuple[str, ...]

    def found(self, part: str) -> int:
        """The count of one part by name."""
        return next(p.found for p in self.parts if p.name == part)


def available() -> bool:
    """Whether the acceptance report lies beside the checkout."""
    return (SEED / "seed.txt").is_file() and (SEED / "expected.yaml").is_file()


def read() -> Reading:
    """The acceptance report's reading, its date taken from its own prefix."""
    return dragoman.read((SEED / "seed.txt").read_text(encoding="utf-8"))


def score(reading: Reading) -> Score:
    """The counts per part of the account, and the violations."""
    expected = yaml.safe_load((SEED / "expected.yaml").read_text(encoding="utf-8"))
    if len(expected["must_not"]) != _FORBIDDEN_RULES:
        raise ValueError(f"{SEED}/expected.yaml forbids something that this script does not check")
    named = [m for m in reading.mentions if m.kind != "time"]
    timed = [m for m in reading.mentions if m.kind == "time"]
    statements, events = expected["statements"], expected["events"]
    return Score(
        parts=(
            _document(expected["document"], reading),
            _part("times", expected["times"], timed, _time_fits),
            _part("actors", expected["actors"], named, lambda w, m: _actor_fits(w, m, reading)),
            _part(
                "statements",
                statements,
                reading.statements,
                lambda w, s: _statement_fits(w, s, reading),
            ),
            _part(
                "statements, every field",
                statements,
                reading.statements,
                lambda w, s: _statement_fits(w, s, reading) and _details_fit(w, s, reading),
            ),
            _part("events", events, reading.events, lambda w, e: _event_fits(w, e, reading)),
        ),
        violations=tuple(violations(reading)),
    )


def violations(reading: Reading) -> list[str]:
    """Everything read that the account forbids, in words."""
    return [
        *(
            f"the publisher is made to assert {event.type} of Israel: {event.trigger.quote!r}"
            for event in reading.events
            if event.quad in (3, 4) or event.type in _CONFLICT
            if event.status == "asserted" and not event.according_to
            if any(is_participant("Israel", reading, actor) for actor in event.actors)
        ),
        *(
            f"the register adopts a loaded wording: {name!r}"
            for name in _neutral_names(reading)
            if any(word in name.lower() for word in _LOADED)
        ),
        *(
            f"a place inside an organisation's name: {mention.span.quote!r}"
            for mention in reading.mentions
            if mention.kind == "place" and _inside_organisation(mention, reading.document.text)
        ),
        *(
            f"a meeting is dated {event.time.value}: {event.trigger.quote!r}"
            for event in reading.events
            if event.type == "CONSULT" and event.time and event.time.value[:10] in _WRONG_DAYS
        ),
    ]


def _neutral_names(reading: Reading) -> list[str]:
    resolved = [p.name for e in reading.events for p in (*e.actors, *e.recipients) if p.actor]
    register = default_register()
    israel = [text for entry in register.lookup("Israel") for text in (entry.id, entry.name)]
    return [*(text for a in reading.actors for text in (a.id, a.name)), *resolved, *israel]


def _inside_organisation(mention: Mention, text: str) -> bool:
    at = text.find(_ORGANISATION)
    while at >= 0:
        if mention.span.start < at + len(_ORGANISATION) and mention.span.end > at:
            return True
        at = text.find(_ORGANISATION, at + 1)
    return False


def _document(wanted: Wanted, reading: Reading) -> Part:
    document = reading.document
    missed = [
        f"{name}: {value}, not {getattr(document, name)}"
        for name, value in wanted.items()
        if getattr(document, name) != value
    ]
    return Part("document", len(wanted), tuple(missed))


def _part(
    name: str, wanted: Sequence[Wanted], found: Sequence[Any], fits: Callable[[Wanted, Any], bool]
) -> Part:
    paired = pair(wanted, found, fits)
    missed = [_plain(want) for i, want in enumerate(wanted) if i not in paired]
    return Part(name, len(wanted), tuple(missed))


def _time_fits(wanted: Wanted, mention: Mention) -> bool:
    value = mention.time.value if mention.time else None
    return alike(wanted["quote"], mention.span.quote) and str(wanted["value"]) == value


def _actor_fits(wanted: Wanted, mention: Mention, reading: Reading) -> bool:
    if not alike(wanted["quote"], mention.span.quote):
        return False
    actor, place = reading.actor(mention.actor), mention.place
    name = wanted.get("actor")
    if name is not None and not _is_named(name, mention, reading):
        return False
    if "place" in wanted and not (place and alike(wanted["place"], place.name)):
        return False
    countries = (actor.country if actor else None, place.country if place else None)
    if "country" in wanted and wanted["country"] not in countries:
        return False
    if "label" in wanted and not alike(wanted["label"], mention.label or ""):
        return False
    office = wanted.get("office")
    return office is None or (actor is not None and _is_office(office, actor.office))


def _is_named(name: str, mention: Mention, reading: Reading) -> bool:
    actor = reading.actor(mention.actor)
    if not name.startswith("person not in any register"):
        return is_actor(name, actor)
    return (
        actor is not None
        and default_register().entry(actor.id) is None
        and actor.office is not None
        and actor.organisation is not None
        and alike(actor.name, mention.span.quote)
    )


def _is_office(wanted: str, office: str | None) -> bool:
    # The country stands in a field of its own, so that "President of Iran" is held by "President".
    return office is not None and alike(wanted.split(" of ")[0], office.split(" of ")[0])


def _statement_fits(wanted: Wanted, statement: Statement, reading: Reading) -> bool:
    return (
        alike(wanted["source"], quote(statement.source))
        and alike(wanted["cue"], quote(statement.cue))
        and alike(wanted["content"], statement.content.quote)
        and ("speaker" not in wanted or is_speaker(wanted["speaker"], reading, statement))
    )


def _details_fit(wanted: Wanted, statement: Statement, reading: Reading) -> bool:
    addressee, to = wanted.get("addressee"), reading.actor(statement.addressee)
    return (
        wanted.get("kind", statement.kind) == statement.kind
        and wanted.get("act", statement.act) == statement.act
        and (
            addressee is None
            or is_actor(addressee, to)
            or alike(addressee, quote(statement.addressee_span))
        )
    )


def _event_fits(wanted: Wanted, event: Event, reading: Reading) -> bool:
    triggers = alternatives(wanted.get("trigger", event.trigger.quote))
    time = wanted.get("time")
    return (
        event.type in alternatives(wanted["type"])
        and _one_of(wanted.get("mode"), event.mode or "none")
        and _one_of(wanted.get("status"), event.status)
        and any(alike(trigger, worded) for trigger in triggers for worded in _wordings(event))
        and _half_fit(wanted.get("actors", []), event.actors, reading)
        and _half_fit(wanted.get("recipients", []), event.recipients, reading)
        and is_chain(wanted.get("according_to", []), reading, event.according_to)
        and (time is None or (event.time is not None and event.time.value == str(time)))
    )


def _wordings(event: Event) -> list[str]:
    return [event.trigger.quote, *(fragment.quote for fragment in event.trigger.fragments)]


def _one_of(wanted: str | None, found: str) -> bool:
    # "asserted by Jamil Mezher": whose word it is stands in the chain.
    return wanted is None or found in [part.split(" by ")[0] for part in alternatives(wanted)]


def _half_fit(names: Sequence[str], participants: Sequence[Participant], reading: Reading) -> bool:
    paired = pair(
        names,
        participants,
        lambda name, p: is_participant(name, reading, p) or alike(name, quote(p.span)),
    )
    return 2 * len(paired) >= len(names)


def _plain(wanted: Wanted) -> str:
    return ", ".join(f"{key}={value}" for key, value in wanted.items() if key not in ("why",))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts, what was missed and what was forbidden."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="list what was missed")
    options = parser.parse_args(arguments)
    if not available():
        print(f"{SEED} is not there; this figure needs the acceptance report", file=sys.stderr)
        return 2
    result = score(read())
    for part in result.parts:
        print(f"{part.name:<24} {part.found:>3} of {part.total}")
        if options.verbose:
            for line in part.missed:
                print(f"    missed: {line}")
    print(f"{'forbidden':<24} {len(result.violations):>3} of {_FORBIDDEN_RULES} rules' breaches")
    for line in result.violations:
        print(f"    {line}")
    return 1 if result.violations else 0


if __name__ == "__main__":
    sys.exit(main())
