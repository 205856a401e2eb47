"""First-person pronouns in direct speech: "I" is the speaker, "we" the speaker's side."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from dragoman.language.analysis import Analysis
from dragoman.mentions.drafts import Draft
from dragoman.mentions.finding import Found
from dragoman.model import Actor, Mention, Statement
from dragoman.statements.cover import Cover

_SINGULAR = frozenset({"i", "me", "my"})
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "COP", "JUD", "SPY"})


def with_first_person(analysis: Analysis, found: Found, statements: Sequence[Statement]) -> Found:
    """The mentions with first-person pronouns inside quotations pointed at who speaks."""
    spoken = [s for s in statements if s.kind != "indirect" and s.speaker is not None]
    if not spoken:
        return found
    cover = Cover((f.start, f.end, s) for s in spoken for f in s.content.fragments)
    mentions: list[Mention] = []
    for mention in found.mentions:
        draft = found.drafts.get(mention.id)
        if draft is None or draft.rule != "pronoun" or draft.actor is not None:
            mentions.append(mention)
            continue
        holder = _innermost(mention, cover)
        mentions.append(_pointed(mention, draft, holder, found) if holder else mention)
    return dataclasses.replace(found, mentions=tuple(mentions))


def _innermost(mention: Mention, cover: Cover[Statement]) -> Statement | None:
    held = cover.over(mention.span.start, mention.span.end)
    return min(held, key=lambda s: s.content.end - s.content.start, default=None)


def _pointed(mention: Mention, draft: Draft, holder: Statement, found: Found) -> Mention:
    speaker = found.actors.get(holder.speaker or "")
    if speaker is None or draft.unresolved is None or "first person" not in draft.unresolved:
        return mention
    actor = speaker if draft.head.lower in _SINGULAR else _side(speaker, found)
    rule = "first-person:speaker" if actor is speaker else "first-person:side-of-speaker"
    draft.actor, draft.name, draft.rule, draft.unresolved = actor.id, actor.name, rule, None
    draft.country, draft.sector = actor.country, actor.sector
    return dataclasses.replace(mention, actor=actor.id, rule=rule, unresolved=None)


def _side(speaker: Actor, found: Found) -> Actor:
    """An official's "we" is the state, a spokesman's the organisation; else the speaker's own."""
    if speaker.organisation in found.actors:
        return found.actors[speaker.organisation or ""]
    state = found.actors.get(f"state:{speaker.country}")
    if state is not None and (speaker.sector in _OFFICIAL or speaker.kind in ("office",)):
        return state
    return speaker
