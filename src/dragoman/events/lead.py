"""Which of a report's events the report is about: at most one is its main event.

News says first what is new. So the event is weighed by where it stands, by its tense and clause, by
whether it is told as done, by how much of it is told, and by whether the headline or later
paragraphs come back to it. What is only background (``historical``, ``generic``) is never the main
event; a report that has nothing else has none.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.language.analysis import Analysis, Sentence, Token
from dragoman.language.clauses import is_verb
from dragoman.model import Event, Participant, Status

_STATUS: Final[dict[Status, float]] = {
    "asserted": 2.0,
    "planned": 1.0,
    "denied": 1.0,
    "demanded": 0.5,
    "possible": -1.0,
    "hypothetical": -2.0,
}
_BACKGROUND: Final = frozenset(("historical", "generic"))
_SUBORDINATE: Final = frozenset(("relcl", "acl", "advcl", "pcomp", "csubj"))
_IMPLIED: Final = "implied"
_ECHOES: Final = 2
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Report:
    analysis: Analysis
    headline: frozenset[str]
    first: int  # the number of the sentence with which the prose begins, after a headline
    kin: Mapping[tuple[str, str], Sequence[Event]]  # events by type and party


def with_main(events: Sequence[Event], analysis: Analysis) -> tuple[Event, ...]:
    """The events with the report's main one marked; of equals the first."""
    chosen = main_event(events, analysis)
    return tuple(
        dataclasses.replace(event, main=True) if event is chosen else event for event in events
    )


def main_event(events: Sequence[Event], analysis: Analysis) -> Event | None:
    """The event the report is about; None where it has none but background."""
    fresh = [event for event in events if _BACKGROUND.isdisjoint(event.auxiliary)]
    if not fresh:
        return None
    report = _report(analysis, events)
    return max(fresh, key=lambda event: (_weight(event, report), -event.trigger.start))


def _report(analysis: Analysis, events: Sequence[Event]) -> _Report:
    """A headline is the report's title, or a first paragraph that does not end like a sentence."""
    words = _words(analysis.document.title or "")
    first = 0
    opening = [s for s in analysis.sentences if s.paragraph == 0]
    if opening and len(analysis.paragraphs) > 1 and opening[-1].tokens[-1].text[-1] not in '.!?"”':
        words |= frozenset(t.lemma.lower() for s in opening for t in s.tokens)
        first = len(opening)
    kin: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        for party in _parties(event):
            kin.setdefault((event.type, party), []).append(event)
    return _Report(analysis, words, first, kin)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))


def _weight(event: Event, report: _Report) -> float:
    tokens = report.analysis.between(event.trigger.start, event.trigger.end)
    head = next((t for t in tokens if is_verb(t)), tokens[0] if tokens else None)
    value = _STATUS[event.status] + _completeness(event) + event.confidence
    value += _echo(event, tokens, report)
    if not event.according_to:
        value += 0.5
    if head is not None:
        value += _position(head.sentence, report) + _clause(head)
    if any(row.rule.startswith(_IMPLIED) for row in event.trace):
        value -= 2.0
    return value


def _position(sentence: Sentence, report: _Report) -> float:
    """The headline and the first sentence weigh most; a paragraph further down less and less."""
    place = max(sentence.index - report.first, 0)
    if place == 0:
        return 4.0
    opening = report.analysis.sentences[min(report.first, len(report.analysis.sentences) - 1)]
    below = max(sentence.paragraph - opening.paragraph, 0)
    return 3.0 / (1 + place / 4 + below)


def _clause(head: Token) -> float:
    """Main clauses in the past or present tell the news; past perfects tell what was before."""
    if not is_verb(head):
        return -1.0
    value = 0.0
    if any(t.lower in ("had", "'d") for t in head.having("aux")):
        value -= 2.5
    above = [head, *head.ancestors()]
    if any(t.dep in _SUBORDINATE for t in above):
        value -= 1.0
    if head.dep == "ROOT":
        value += 1.0
    elif head.dep == "conj" and head.head.dep == "ROOT":
        value += 0.5
    return value


def _completeness(event: Event) -> float:
    return sum(
        max((_told(p) for p in side), default=0.0) for side in (event.actors, event.recipients)
    )


def _told(participant: Participant) -> float:
    if participant.actor is not None:
        return 1.0
    return 0.5 if participant.span is not None else 0.0


def _echo(event: Event, tokens: Sequence[Token], report: _Report) -> float:
    """A headline that has the act's words or parties, and later events of the same kind."""
    value = 0.0
    if any(t.lemma.lower() in report.headline or t.lower in report.headline for t in tokens):
        value += 2.0
    for participant in (*event.actors, *event.recipients):
        value += 0.25 * bool(_words(participant.name) & report.headline)
    return value + len(_again(event, report))


def _again(event: Event, report: _Report) -> set[int]:
    """Identities of other events of its kind with a party of its own, two at the most."""
    found: set[int] = set()
    for party in _parties(event):
        for other in report.kin[event.type, party]:
            if _is_elsewhere(other, event):
                found.add(id(other))
            if len(found) == _ECHOES:
                return found
    return found


def _parties(event: Event) -> frozenset[str]:
    return frozenset(p.actor or p.name for p in (*event.actors, *event.recipients) if p.span)


def _is_elsewhere(other: Event, event: Event) -> bool:
    return other is not event and other.sentence != event.sentence
