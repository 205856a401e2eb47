"""When an event took place: the time expressions of its own clause.

An event without one takes the time of what goes on at once with it, or of the scene that its
sentence goes on with; else it is anchored to the report's date of publication, as its latest day.
The rule says which. Nouns of standing situations and past or future events without an expression
get no date at all, and the trace says why.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from dragoman.events.background import BY_DEFAULT, is_remembered
from dragoman.events.status import is_occurring
from dragoman.events.triggers import Fired
from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import is_verb
from dragoman.mentions.index import MentionIndex
from dragoman.model import Document, EventTime, Statement, Status

_ADJUNCTS = frozenset({"prep", "npadvmod", "advmod", "tmod", "pobj", "nummod", "amod", "nmod",
                       "compound", "poss", "pcomp", "dobj", "appos", "dep"})  # fmt: skip
_NAMING = frozenset({"year", "decade", "century"})
_NOT_YET = frozenset({"planned", "demanded", "possible", "hypothetical"})
_GOING_ON = frozenset({"they", "he", "she", "it"})
_FIRST = frozenset({"first", "only"})
_TIMELESS = frozenset({"DURATION", "SET"})


def event_time(
    fired: Fired,
    index: MentionIndex,
    analysis: Analysis,
    holder: Statement | None,
    status: Status,
) -> EventTime | None:
    """The event's time, or None where the report gives no reason for one."""
    document = analysis.document
    low, high = (holder.content.start, holder.content.end) if holder else (0, 1 << 60)
    own = _nearest(fired, index, low, high)
    if own is not None:
        return own
    if fired.trigger.generic or status in _NOT_YET:
        return None
    if not (fired.is_verbal or is_occurring(fired.head)):
        return None
    if (shared := _at_once(fired, index, low, high)) is not None:
        return shared
    if holder is None and (shared := _scene(fired, index, analysis)) is not None:
        return shared
    if document.published is None:
        return None
    return EventTime(
        value=document.published.isoformat(),
        granularity="day",
        rule=BY_DEFAULT,
        first=None,
        last=document.published,
    )


def why_untimed(fired: Fired, document: Document, status: Status) -> str:
    """Why an event has no time, for its trace."""
    if status in _NOT_YET:
        return "none:not-yet"
    if fired.trigger.generic or not (fired.is_verbal or is_occurring(fired.head)):
        return "none:standing"
    return "none:background" if document.published is not None else "none:no-publication-date"


def _at_once(fired: Fired, index: MentionIndex, low: int, high: int) -> EventTime | None:
    """ "fired tear gas at students who were marching on Friday": the progressive of a clause below
    goes on while the event does.
    """
    stack = list(fired.governor.children)
    while stack:
        token = stack.pop(0)
        stack += token.children
        helped = any(c.dep == "aux" and c.tag == "VBD" and c.lemma == "be" for c in token.children)
        if token.tag != "VBG" or not helped or not low <= token.start < high:
            continue
        for verb in (token, *token.having("xcomp")):
            for held in _adjuncts(verb, fired):
                if (found := _timed(held, verb, index, "simultaneous-clause")) is not None:
                    return found
    return None


def _scene(fired: Fired, index: MentionIndex, analysis: Analysis) -> EventTime | None:
    """ "Rebels took the town on Tuesday. They burned two houses.": a sentence that begins with a
    pronoun goes on with the one before. The day is the earliest it may be, not the only one.
    """
    verb = fired.governor
    while verb.dep == "conj" and verb.tag == "VBD" and verb.child("nsubj") is None:
        verb = verb.head
    if not fired.is_verbal or fired.trigger.speech or verb.tag != "VBD" or verb.dep != "ROOT":
        return None
    subject = verb.child("nsubj")
    if subject is None or subject.lower not in _GOING_ON:
        return None
    here = verb.sentence
    before = analysis.sentences[here.index - 1] if here.index else here
    if before is here or before.paragraph != here.paragraph:
        return None
    for root in (token for token in before.tokens if token.dep == "ROOT" and token.tag == "VBD"):
        for held in _adjuncts(root, fired):
            found = _timed(held, root, index, "scene")
            if found is not None and found.granularity == "day" and found.first is not None:
                return dataclasses.replace(found, last=analysis.document.published or found.last)
    return None


def _timed(token: Token, governor: Token, index: MentionIndex, rule: str) -> EventTime | None:
    """The time an adjunct names, None where it names a length, a habit or the verb's object."""
    mention = index.time(token)
    if mention is None or mention.time is None:
        return None
    time = mention.time
    if time.type == "DURATION" and mention.unresolved and mention.rule.startswith("time.later"):
        # "two days after the raid": some day, which the words do not fix
        return EventTime("XXXX-XX-XX", "vague", "relative", mention.id)
    if mention.rule.endswith("+since") and _is_record(token):
        return None
    if time.type in _TIMELESS or (time.granularity in _NAMING and _is_in_object(token, governor)):
        return None
    return EventTime(time.value, time.granularity, rule, mention.id, time.first, time.last)


def _is_record(token: Token) -> bool:
    """ "the deadliest attack since May": up to when nothing like it was, not when it was."""
    before = token.sentence.tokens[: token.i - token.sentence.tokens[0].i]
    return any(t.tag in ("JJS", "RBS") or t.lower in _FIRST for t in before[-10:])


def _nearest(fired: Fired, index: MentionIndex, low: int, high: int) -> EventTime | None:
    levels = [fired.head] if is_remembered(fired) else _levels(fired)
    for level, governor in enumerate(levels):
        if not low <= governor.start < high:
            return None
        for token in _adjuncts(governor, fired):
            rule = "own-clause" if level == 0 else "governing-clause"
            if (found := _timed(token, governor, index, rule)) is not None:
                return found
    return None


def _is_in_object(token: Token, governor: Token) -> bool:
    """Whether a time names the verb's object and not its day: "discussed the 1967 war"."""
    while token.head not in (token, governor):
        token = token.head
    return is_verb(governor) and token.dep == "dobj"


def _levels(fired: Fired) -> Iterator[Token]:
    """The trigger, its support verb, then the clauses over it that share its time: not those over
    a relative clause, nor those that only mention a noun.
    """
    yield fired.head
    if not fired.is_verbal and not is_occurring(fired.head) and not fired.trigger.reciprocal:
        return
    if fired.verb is not None:
        yield fired.verb
    token = fired.governor
    for ancestor in token.ancestors():
        if token.dep in ("relcl", "acl"):
            return
        yield ancestor
        token = ancestor


def _adjuncts(governor: Token, fired: Fired) -> Iterator[Token]:
    """Tokens of the governor's own adjuncts, not those of another clause below it."""
    for child in governor.children:
        if child.dep not in _ADJUNCTS:
            continue
        if child.dep == "dobj" and not is_verb(governor):
            continue
        # "banned imports from X on Thursday": the trigger's object carries the day
        stack = [child] if child not in fired.tokens else _below(child, fired)
        while stack:
            token = stack.pop(0)
            yield token
            stack += [c for c in token.children if c.dep in _ADJUNCTS and not is_verb(c)]


def _below(token: Token, fired: Fired) -> list[Token]:
    return [
        child
        for child in token.children
        if child.dep in _ADJUNCTS and child not in fired.tokens and not is_verb(child)
    ]
