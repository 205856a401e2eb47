"""Labels of mentions made whole: where each wording stands, in what way it judges, who uses it; and
wordings for deeds and things as mentions of their own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from dragoman.language.analysis import Analysis
from dragoman.mentions import wordings
from dragoman.mentions.finding import Found
from dragoman.mentions.wordings import Wording
from dragoman.model import Event, Mention, Participant, Statement
from dragoman.register import Register
from dragoman.statements.cover import Cover

_CALLED = "called “"
_NO_NAME = "a loaded wording for something that the register has no name for"


def with_labels(
    analysis: Analysis, found: Found, statements: Sequence[Statement], register: Register
) -> Found:
    """The mentions with every label's span, category and user; wordings that belong to no actor or
    place follow at the end, as mentions of kind ``wording``.
    """
    users = _Users(statements)
    rows = wordings.find(analysis, found, register, _cued(statements))
    mentions = [_completed(analysis, m, found, users) for m in found.mentions]
    at = _by_token(analysis, mentions, found)
    labelled = {t.i for d in found.drafts.values() for t in d.label_tokens}
    for row in rows:
        if all(t.i in labelled for t in row.tokens):
            continue
        place = next((at[t.i] for t in reversed(row.rest or row.tokens) if t.i in at), None)
        if place is not None and mentions[place].label is None and row.rest:
            mentions[place] = _labelled(analysis, mentions[place], row, users)
            continue
        actor = mentions[place].actor if place is not None and row.rest else None
        mentions.append(_of_its_own(analysis, row, f"m{len(mentions) + 1}", actor, users))
    return dataclasses.replace(found, mentions=tuple(mentions))


class _Users:
    """The statements that a stretch of text stands in."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._by_id = {s.id: s for s in statements}
        self._cover = Cover((f.start, f.end, s) for s in statements for f in s.content.fragments)

    def of(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of the statements around, outermost first; empty for the report's own words."""
        held = self._cover.over(start, end)
        inner = min(held, key=lambda s: (s.content.end - s.content.start, s.id), default=None)
        chain: list[str] = []
        while inner is not None and inner.id not in chain:
            chain.append(inner.id)
            inner = self._by_id.get(inner.parent or "")
        return tuple(reversed(chain))


def neutrally_named(events: Sequence[Event], mentions: Sequence[Mention]) -> tuple[Event, ...]:
    """The events with no wording as the name of a participant: where one is known only by loaded
    words it is told as somebody, or something, that is called so.
    """
    labelled = [m for m in mentions if m.label is not None and m.label_span is not None]
    if not labelled:
        return tuple(events)
    return tuple(
        dataclasses.replace(
            event,
            actors=tuple(_renamed(p, labelled) for p in event.actors),
            recipients=tuple(_renamed(p, labelled) for p in event.recipients),
        )
        for event in events
    )


def _renamed(participant: Participant, labelled: Sequence[Mention]) -> Participant:
    if participant.actor is not None or participant.span is None:
        return participant
    for mention in labelled:
        span, label = mention.label_span, mention.label or ""
        if span is None or not participant.span.covers(span.start, span.end):
            continue
        if label.lower() in participant.name.lower() and _CALLED not in participant.name:
            whom = "what is" if mention.kind == "wording" else "those"
            quoted = label.strip("\"“”‘’'")
            return dataclasses.replace(participant, name=f"{whom} {_CALLED}{quoted}”")
    return participant


def _cued(statements: Iterable[Statement]) -> list[tuple[int, int]]:
    """Bounds of the stretches that a cue makes somebody's words, if they are hardly more than a
    quotation of a few words; within a longer one marks are the speaker's.
    """
    return [
        (f.start, f.end)
        for s in statements
        for f in s.content.fragments
        if s.cue is not None and len(f.quote.split()) <= 5
    ]


def _completed(analysis: Analysis, mention: Mention, found: Found, users: _Users) -> Mention:
    draft = found.drafts.get(mention.id)
    if draft is None or draft.label is None or not draft.label_tokens:
        return mention
    span = analysis.span(*draft.label_tokens)
    return dataclasses.replace(
        mention, label_span=span, category=draft.category, used_by=users.of(span.start, span.end)
    )


def _by_token(analysis: Analysis, mentions: Sequence[Mention], found: Found) -> dict[int, int]:
    """Which mention of an actor or a place holds a token; of several the longest."""
    at: dict[int, int] = {}
    for number, mention in enumerate(mentions):
        draft = found.drafts.get(mention.id)
        if mention.kind == "time" or (draft is not None and draft.form == "pronoun"):
            continue
        for token in analysis.between(mention.span.start, mention.span.end):
            held = at.get(token.i)
            if held is None or len(mentions[held].span.quote) < len(mention.span.quote):
                at[token.i] = number
    return at


def _labelled(analysis: Analysis, mention: Mention, row: Wording, users: _Users) -> Mention:
    span = analysis.span(*row.tokens)
    return dataclasses.replace(
        mention,
        label=" ".join(span.quote.split()),
        label_span=span,
        category=row.category,
        used_by=users.of(span.start, span.end),
    )


def _of_its_own(
    analysis: Analysis, row: Wording, name: str, actor: str | None, users: _Users
) -> Mention:
    span = analysis.span(*row.tokens)
    unknown = actor is None and row.neutral is None
    return Mention(
        id=name,
        span=span,
        kind="wording",
        rule=row.rule,
        actor=actor,
        label=" ".join(span.quote.split()),
        label_span=span,
        category=row.category,
        used_by=users.of(span.start, span.end),
        neutral=row.neutral,
        unresolved=_NO_NAME if unknown else None,
    )
