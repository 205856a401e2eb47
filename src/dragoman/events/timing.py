"""When an event took place: the time expressions of its own clause.

An event without one is anchored to the report's date of publication, and its trace says so; nouns
of standing situations and past or future events without an expression get no date at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.events.background import BY_DEFAULT, is_remembered
from dragoman.events.status import is_occurring
from dragoman.events.triggers import Fired
from dragoman.language.analysis import Token
from dragoman.language.clauses import is_verb
from dragoman.mentions.index import MentionIndex
from dragoman.model import Document, EventTime, Statement, Status

_ADJUNCTS = frozenset({"prep", "npadvmod", "advmod", "tmod", "pobj", "nummod", "amod", "nmod",
                       "compound", "poss", "pcomp", "dobj", "appos", "dep"})  # fmt: skip
_NAMING = frozenset({"year", "decade", "century"})
_TIMELESS = frozenset({"DURATION", "SET"})


def event_time(
    fired: Fired,
    index: MentionIndex,
    document: Document,
    holder: Statement | None,
    status: Status,
) -> EventTime | None:
    """The event's time, or None where the report gives no reason for one."""
    low, high = (holder.content.start, holder.content.end) if holder else (0, 1 << 60)
    own = _nearest(fired, index, low, high)
    if own is not None:
        return own
    if fired.trigger.generic or status in ("planned", "demanded", "possible", "hypothetical"):
        return None
    if document.published is None or not (fired.is_verbal or is_occurring(fired.head)):
        return None
    return EventTime(
        value=document.published.isoformat(),
        granularity="day",
        rule=BY_DEFAULT,
        first=None,
        last=document.published,
    )


def _nearest(fired: Fired, index: MentionIndex, low: int, high: int) -> EventTime | None:
    levels = [fired.head] if is_remembered(fired) else _levels(fired)
    for level, governor in enumerate(levels):
        if not low <= governor.start < high:
            return None
        for token in _adjuncts(governor, fired):
            mention = index.time(token)
            if mention is None or mention.time is None or mention.time.type in _TIMELESS:
                continue
            time = mention.time
            if time.granularity in _NAMING and _is_in_object(token, governor):
                continue
            return EventTime(
                value=time.value,
                granularity=time.granularity,
                rule="own-clause" if level == 0 else "governing-clause",
                mention=mention.id,
                first=time.first,
                last=time.last,
            )
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
        if child.dep not in _ADJUNCTS or child in fired.tokens:
            continue
        if child.dep == "dobj" and not is_verb(governor):
            continue
        stack = [child]
        while stack:
            token = stack.pop(0)
            yield token
            stack += [c for c in token.children if c.dep in _ADJUNCTS and not is_verb(c)]
