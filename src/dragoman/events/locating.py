"""Where an event took place: the place expressions of its own clause, not those of the clause that
tells of it ("said in Geneva that …") nor of the dateline.

A place that the gazetteer lacks, or that stays open among namesakes, counts by its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dragoman.events.triggers import Fired
from dragoman.language.analysis import Token
from dragoman.language.clauses import is_verb
from dragoman.language.lexicon import load_yaml
from dragoman.mentions.index import MentionIndex
from dragoman.mentions.placing import contains
from dragoman.model import Mention, Statement

_LOCATIVE: Final = frozenset(
    "in at near outside inside around across along off over into on from to through towards toward "
    "against above beyond throughout within".split()
)
_AT: Final = frozenset("in at near outside inside around across over within".split())
_SIDES: Final = frozenset(
    "north south east west northeast northwest southeast southwest outside inland".split()
)
_DEPTH: Final = 3  # "in tents at a clinic outside X"


def event_place(fired: Fired, index: MentionIndex, holder: Statement | None) -> str | None:
    """The id of the place mention that the event's clause locates it at."""
    low, high = (holder.content.start, holder.content.end) if holder else (0, 1 << 60)
    governors = [fired.head] + ([fired.verb] if fired.verb is not None else [])
    if not is_verb(fired.governor):
        over = [a for a in fired.head.ancestors() if is_verb(a)][:1]
        governors += [g for g in over if low <= g.start < high]
    governors += _scenes(fired)
    for governor in governors:
        for mention in _places(governor, index):
            inner = _undergoing(fired.governor, index) if is_verb(fired.governor) else ()
            return next((m for m in inner if _is_in(m, mention)), mention).id
    if fired.trigger.speech or not is_verb(fired.governor):
        return None
    for mention in _undergoing(fired.governor, index):
        return mention.id
    for mention in [*_of_the_subject(fired.governor, index), *_fronted(fired.governor, index)]:
        if low <= mention.span.start < high:
            return mention.id
    return None


def _is_in(inner: Mention, outer: Mention) -> bool:
    """ "shelled the village of X in Y": the village, not the whole of Y."""
    if inner.place is None or outer.place is None:
        return inner.antecedent == outer.id
    return contains(outer.place, inner.place)


def _undergoing(verb: Token, index: MentionIndex) -> Iterator[Mention]:
    """Where the one that it is done to is: "killed monks in X", "took the town of X"."""
    objects = verb.having("dobj", "nsubjpass")
    for inner in verb.having("xcomp"):
        objects = [*objects, *inner.having("dobj")]  # "struck launching sites in X", as parsed
    for token in [t for o in objects for t in (o, *o.having("conj"))]:
        found = index.place_mention(token)
        if found is not None:
            yield found
        yield from _part_of_place(token, index)
        yield from _places(token, index)


def _of_the_subject(verb: Token, index: MentionIndex) -> Iterator[Mention]:
    """ "Protesters in X burned flags": they were there when they did it."""
    for subject in verb.having("nsubj"):
        for preposition in subject.having("prep"):
            if preposition.lower in _AT:
                yield from _held(preposition, index)


def _fronted(verb: Token, index: MentionIndex) -> Iterator[Mention]:
    """ "In X, students marched and police dispersed them": the scene of all that follows."""
    head = verb
    while head.dep == "conj" and is_verb(head.head):
        head = head.head
    if head is verb:
        return
    for preposition in head.having("prep"):
        if preposition.lower in _AT and preposition.start < head.start:
            yield from _held(preposition, index)


def _scenes(fired: Fired) -> Iterator[Token]:
    """ "bombed a market in X, killing ten", "came to X to meet", "died when a bomb went off in X":
    the same scene.
    """
    verb = fired.governor
    for clause in verb.having("advcl"):
        if is_verb(clause) and any(t.lower == "when" for t in clause.having("advmod")):
            yield clause
    is_bare = verb.dep == "advcl" and verb.tag == "VBG" and not verb.having("mark", "prep")
    if is_bare and is_verb(verb.head):
        yield verb.head
    purpose = verb.dep in ("advcl", "xcomp") and verb.tag == "VB" and fired.trigger.reciprocal
    if purpose and is_verb(verb.head):
        yield verb.head


def _part_of_place(token: Token, index: MentionIndex) -> Iterator[Mention]:
    """ "the outskirts of X", "the town of X"."""
    if token.lemma not in load_yaml("dragoman.events", "undergoing.yaml")["parts_of_places"]:
        return
    for preposition in token.having("prep"):
        if preposition.lower == "of":
            yield from _held(preposition, index)


def _beside(preposition: Token, index: MentionIndex) -> Iterator[Mention]:
    """ "a meeting with officials in Lusaka": the parser hangs the place on the officials."""
    for target in preposition.having("pobj"):
        for deeper in target.having("prep"):
            if deeper.lower in ("in", "at", "near", "outside"):
                yield from _held(deeper, index)


def _places(governor: Token, index: MentionIndex) -> Iterator[Mention]:
    for preposition in governor.having("prep"):
        if preposition.lower in ("with", "between", "of"):
            yield from _beside(preposition, index)
        if preposition.lower == "out":  # "out of X"
            for inner in preposition.having("prep"):
                yield from _held(inner, index)
        if preposition.lower in _LOCATIVE:
            yield from _held(preposition, index)
    for side in governor.having("advmod", "npadvmod"):
        if side.lower in _SIDES:  # "20 km south of X"
            for preposition in side.having("prep"):
                yield from _held(preposition, index)


def _held(preposition: Token, index: MentionIndex, depth: int = 1) -> Iterator[Mention]:
    """Places behind a preposition: "in X", "in the X valley", "in tents outside X"."""
    for target in preposition.having("pobj"):
        for token in [target, *target.having("compound", "appos", "conj")]:
            mention = index.place_mention(token)
            if mention is not None:
                yield mention
        if depth < _DEPTH:
            for deeper in target.having("prep"):
                if deeper.lower in ("of", "between") or deeper.lower in _AT:
                    yield from _held(deeper, index, depth + 1)
                elif deeper.lower in ("on", "against"):  # "in an attack on a bus in X"
                    yield from _beside(deeper, index)
