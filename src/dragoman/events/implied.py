"""Stances a statement takes by its words: accusing by naming crimes, backing by promising help.

The report asserts that the speaker said it; so the implied speech act is an event in the report's
own voice (or in the voice of the statements around it), at a confidence below a worded one's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import prepositional
from dragoman.language.lexicon import load_yaml
from dragoman.mentions.index import MentionIndex
from dragoman.model import Actor, Event, Participant, Span, Statement, Trace
from dragoman.ontologies.own.record import Ontology
from dragoman.statements.merging import ATTITUDE

_CONFIDENCE = 0.5
_NOT_VOICED = frozenset({"deny", "refuse", "ask"})


def implied_events(
    analysis: Analysis,
    statements: Sequence[Statement],
    events: Sequence[Event],
    index: MentionIndex,
    ontology: Ontology,
) -> list[Event]:
    """One accusation a speaker and accused, one support a speaker and party backed, a statement."""
    found: list[Event] = []
    inside: dict[str, list[Event]] = {}
    for event in events:
        if event.according_to:
            inside.setdefault(event.according_to[-1], []).append(event)
    for statement in statements:
        if statement.speaker is None or statement.source is None or not _is_voiced(statement):
            continue
        told = inside.get(statement.id, ())
        found += _accusations(analysis, statement, told, index, ontology)
        found += _support(statement, told, index, ontology)
    voiced = {
        (e.type, e.actors[0].actor, p.actor, e.sentence.start if e.sentence else 0)
        for e in events for p in e.recipients if e.actors
    }  # fmt: skip
    kept = []
    for event in found:
        key = (event.type, event.actors[0].actor, event.recipients[0].actor,
               event.sentence.start if event.sentence else 0)  # fmt: skip
        if key not in voiced:
            voiced.add(key)
            kept.append(event)
    return kept


def _is_voiced(statement: Statement) -> bool:
    """Whether anything is said: who only means to help has not yet backed anybody by words."""
    return statement.act not in _NOT_VOICED and all(t.rule != ATTITUDE for t in statement.trace)


def _accusations(
    analysis: Analysis,
    statement: Statement,
    events: Sequence[Event],
    index: MentionIndex,
    ontology: Ontology,
) -> list[Event]:
    words = load_yaml("dragoman.events", "implied.yaml")
    nouns = frozenset([*words["author_of"], *words["victim_of"]])
    found: dict[str, Event] = {}
    for fragment in statement.content.fragments:
        for token in analysis.between(fragment.start, fragment.end):
            if token.pos != "NOUN" or token.lemma not in nouns:
                continue
            of = token.lemma in words["author_of"]
            author = _author(token, analysis, index, of)
            if author is not None and index.is_pronoun(author.mention):
                author = _doer(token, events) or author
            if author is None or author.actor is None or author.actor == statement.speaker:
                continue
            trigger = analysis.span(token)
            sentence = analysis.document.span((token.sentence.start, token.sentence.end))
            event = _made("ACCUSE", statement, author, trigger, sentence, index, ontology)
            found.setdefault(author.actor, event)
    return list(found.values())


def _doer(token: Token, events: Sequence[Event]) -> Participant | None:
    """Who does the deed that is told by these words: in "for X to continue its crimes" X, whoever
    "its" alone would be taken for.
    """
    for event in events:
        told = any(f.start <= token.start < f.end for f in event.trigger.fragments)
        if told and event.actors and event.actors[0].actor is not None:
            return dataclasses.replace(event.actors[0], rule=f"doer-of-{token.lemma}")
    return None


def _author(token: Token, analysis: Analysis, index: MentionIndex, of: bool) -> Participant | None:
    near = [*token.having("poss", "amod", "compound"), *prepositional(token, "by")]
    near += prepositional(token, "of") if of else []
    for child in near:
        held = index.at(child)
        if held is not None and held[1].actor is not None:
            name, draft = held
            return Participant(
                name=draft.name, actor=draft.actor, span=analysis.span(*draft.tokens),
                mention=name, rule=f"author-of-{token.lemma}",
            )  # fmt: skip
    return None


def _support(
    statement: Statement, events: Sequence[Event], index: MentionIndex, ontology: Ontology
) -> list[Event]:
    types = load_yaml("dragoman.events", "implied.yaml")["support_types"]
    speaker = index.actors.get(statement.speaker or "")
    found = []
    for event in events:
        if event.type not in types or event.status in ("denied", "hypothetical"):
            continue
        own = index.actors.get(event.actors[0].actor or "") if event.actors else None
        if speaker is None or own is None or not event.recipients:
            continue
        target = index.actors.get(event.recipients[0].actor or "")
        if event.reciprocal or target is None or not _is_own(own, speaker):
            continue
        if not _is_own(target, speaker):
            party = event.recipients[0]
            found.append(
                _made("SUPPORT", statement, party, event.trigger, event.sentence, index, ontology)
            )
    return found


def _is_own(actor: Actor, speaker: Actor) -> bool:
    """Whether the actor is the speaker or of the speaker's country."""
    if actor.id == speaker.id:
        return True
    return actor.country is not None and actor.country == speaker.country


def _made(
    type_: str,
    statement: Statement,
    target: Participant,
    trigger: Span,
    sentence: Span | None,
    index: MentionIndex,
    ontology: Ontology,
) -> Event:
    plover, cameo = ontology.plover, ontology.cameo
    code = plover.to_cameo(type_)
    speaker = index.actors.get(statement.speaker or "")
    source = Participant(
        name=speaker.name if speaker else statement.source.quote if statement.source else "unnamed",
        actor=statement.speaker, span=statement.source, mention=statement.source_mention,
        rule="source-of-statement",
    )  # fmt: skip
    parents = (statement.parent,) if statement.parent else ()
    return Event(
        id="", trigger=trigger, type=type_, cameo=code, cameo_root=cameo.root(code) if code else "",
        quad=plover.quad(type_), status="asserted", intensity=plover.intensity(type_),
        goldstein=cameo.goldstein(code) if code else None, actors=(source,), recipients=(target,),
        according_to=parents, sentence=sentence,
        confidence=round(_CONFIDENCE * statement.confidence, 3),
        trace=(
            Trace("type", f"implied:{type_.lower()}", trigger),
            Trace("actors", "source-of-statement", statement.source),
            Trace("recipients", target.rule, target.span),
            Trace("status", f"voiced in {statement.id}", statement.cue),
        ),
    )  # fmt: skip
