"""Where an event took place: the place expressions of its own clause, not those of the clause that
tells of it ("said in Geneva that …") nor of the dateline.

A place that the gazetteer lacks, or that stays open among namesakes, counts by its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from dragoman.events.scenes import scenes
from dragoman.events.triggers import Fired
from dragoman.language.analysis import Token
from dragoman.language.clauses import is_verb, surface_subjects
from dragoman.language.lexicon import load_yaml
from dragoman.mentions.index import MentionIndex
from dragoman.mentions.placing import contains
from dragoman.model import Mention, Statement

_LOCATIVE: Final = frozenset(
    "in at near outside inside around across along off over into on from to through towards toward "
    "against above beyond throughout within under beneath behind beside opposite".split()
)
_AT: Final = frozenset("in at near outside inside around across over within".split())
_DURING: Final = frozenset(("in", "during", "amid", "after", "following"))
_LINKING: Final = frozenset(("link", "connect", "join", "lead", "run"))
_SIDES: Final = frozenset(
    "north south east west northeast northwest southeast southwest outside inland".split()
)
_DEPTH: Final = 3  # "in tents at a clinic outside X"


def event_place(fired: Fired, index: MentionIndex, holder: Statement | None) -> str | None:
    """The id of the place mention that the event's clause locates it at."""
    low, high = (holder.content.start, holder.content.end) if holder else (0, 1 << 60)
    for mention in _candidates(fired, index):
        if low <= mention.span.start < high:
            return mention.id
    return None


def _candidates(fired: Fired, index: MentionIndex) -> Iterator[Mention]:
    """Places from the surest on: those of the clause, of what it is done to, of who does it, of
    the clauses of one scene with it.
    """
    governor = fired.governor
    governors = [fired.head] + ([fired.verb] if fired.verb is not None else [])
    if not is_verb(governor):
        governors += [a for a in fired.head.ancestors() if is_verb(a)][:1]
        governors += fired.head.having("relcl")
    for own in governors:
        yield from _narrowed(_places(own, index), governor, index)
    if is_verb(governor):
        yield from _of_the_clause(fired, index)
    else:
        yield from _at_hand(fired.head, index)
    for own in governors:
        yield from _borders(own, index)
    if fired.trigger.id in _words("at_home"):
        yield from _at_home(governor, index)


def _at_home(verb: Token, index: MentionIndex) -> Iterator[Mention]:
    """ "soldiers overthrew X's president", "Y's army chief took over": in the land they name."""
    for party in [*_objects(verb), *surface_subjects(verb)]:
        named = party.having("poss", "compound", "nmod")
        yield from _named([party, *named], index)
        for preposition in party.having("prep"):
            if preposition.lower == "of":
                yield from _held(preposition, index)


def _of_the_clause(fired: Fired, index: MentionIndex) -> Iterator[Mention]:
    governor = fired.governor
    yield from _narrowed(_of_scenes(fired, index), governor, index)
    if not fired.trigger.speech:
        yield from _undergoing(governor, index)
    yield from _of_the_doer(governor, index)
    if fired.trigger.speech:
        return
    yield from _fronted(governor, index)
    if governor.dep in ("relcl", "acl"):  # "a crowd in X that stormed the office"
        yield from _at_hand(governor.head, index)
    for clause in scenes(governor):
        yield from _places(clause, index)
        yield from _undergoing(clause, index)


def _narrowed(places: Iterator[Mention], governor: Token, index: MentionIndex) -> Iterator[Mention]:
    """Each place, before it the place in it that it is done to: "shelled the village of X in Y"."""
    for outer in places:
        if is_verb(governor):
            yield from (m for m in _undergoing(governor, index) if _is_in(m, outer))
        yield outer


def _of_scenes(fired: Fired, index: MentionIndex) -> Iterator[Mention]:
    for clause in _scenes(fired):
        yield from _places(clause, index)


def _is_in(inner: Mention, outer: Mention) -> bool:
    """ "shelled the village of X in Y": the village, not the whole of Y."""
    if inner.place is None or outer.place is None:
        return inner.antecedent == outer.id
    return contains(outer.place, inner.place)


def _is_going_on(clause: Token) -> bool:
    return clause.tag == "VBG" and not clause.having("ccomp")


def _undergoing(verb: Token, index: MentionIndex, depth: int = 0) -> Iterator[Mention]:
    """Where the one that it is done to is: "killed monks in X", "took the town of X"."""
    if depth > 1:
        return
    for token in [t for o in _objects(verb) for t in (o, *o.having("conj"))]:
        yield from _part_of_place(token, index)
        parts = token.having("compound") if token.lemma in _words("parts_of_places") else []
        yield from _named([token, *_after(token), *parts], index)
        yield from _places(token, index)
        for inner in token.having("prep"):
            # "seized control of the town of X", but not "killed a man of X"
            if inner.lower == "of" and index.at(token) is None:
                yield from _held(inner, index)
        for clause in token.having("acl", "relcl"):
            if clause.dep == "acl" and clause.lemma in _LINKING:  # "the road linking X with Y"
                yield from _named(clause.having("dobj"), index)
                yield from _places(clause, index)
            elif clause.lemma in _words("held_at"):  # "freed diplomats held in X"
                yield from _places(clause, index)
            elif _is_going_on(clause):  # "soldiers guarding a bank in X"
                yield from _places(clause, index)
                yield from _undergoing(clause, index, depth + 1)


def _objects(verb: Token) -> list[Token]:
    objects = verb.having("dobj", "nsubjpass")
    for preposition in verb.having("prep"):
        if preposition.lower in ("at", "on", "against"):  # "threw stones at soldiers in X"
            objects = [*objects, *preposition.having("pobj")]
    for particle in verb.having("prt"):  # "sealed off the road to X", as parsed
        objects = [*objects, *particle.having("pobj")]
    for inner in verb.having("xcomp"):
        objects = [*objects, *inner.having("dobj")]  # "struck launching sites in X", as parsed
    return objects


def _of_the_doer(verb: Token, index: MentionIndex) -> Iterator[Mention]:
    """ "Protesters in X burned flags", "shot by a sniper in X": that is where they were."""
    doers = verb.having("nsubj")
    for by in verb.having("agent"):
        doers = [*doers, *by.having("pobj")]
    for doer in doers:
        yield from _at_hand(doer, index, deed=doer.lemma in _words("attacks"))
        for side in doer.having("advmod", "npadvmod"):
            yield from _from_side(side, index)
        for clause in doer.having("acl"):
            if _is_going_on(clause):  # "soldiers patrolling in X came under fire"
                yield from _places(clause, index)


def _at_hand(noun: Token, index: MentionIndex, *, deed: bool = False) -> Iterator[Mention]:
    """Places right behind a noun; a ``deed`` is also "on" one."""
    for preposition in noun.having("prep"):
        if preposition.lower in _AT or (deed and preposition.lower in ("on", "against")):
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
    if token.lemma not in _words("parts_of_places"):
        return
    for preposition in token.having("prep"):
        if preposition.lower == "of":
            yield from _held(preposition, index)


def _beside(preposition: Token, index: MentionIndex) -> Iterator[Mention]:
    """ "a meeting with officials in Lusaka": the parser hangs the place on the officials."""
    for target in preposition.having("pobj"):
        for deeper in target.having("prep"):
            if deeper.lower in _AT:
                yield from _held(deeper, index)


def _places(governor: Token, index: MentionIndex) -> Iterator[Mention]:
    for preposition in governor.having("prep", "dative"):
        if preposition.lower in ("with", "between", "of"):
            yield from _beside(preposition, index)
        if preposition.lower == "out":  # "out of X"
            for inner in preposition.having("prep"):
                yield from _held(inner, index)
        if preposition.lower in _LOCATIVE:
            yield from _held(preposition, index)
        if preposition.lower in _DURING:  # "killed in clashes that broke out in X"
            yield from _of_deeds(preposition, index)
    for side in governor.having("advmod", "npadvmod"):
        yield from _from_side(side, index)


def _from_side(side: Token, index: MentionIndex) -> Iterator[Mention]:
    """ "20 km south of X"."""
    if side.lower in _SIDES:
        for preposition in side.having("prep"):
            yield from _held(preposition, index)


def _of_deeds(preposition: Token, index: MentionIndex) -> Iterator[Mention]:
    """Places of what an act was part of: "in clashes that broke out in X", "during a raid in X"."""
    for target in preposition.having("pobj"):
        yield from _at_hand(target, index, deed=True)
        for clause in target.having("relcl", "acl"):
            yield from _places(clause, index)


def _borders(governor: Token, index: MentionIndex) -> Iterator[Mention]:
    """ "massed near the border with X": for want of a place, the land on the other side."""
    for preposition in governor.having("prep"):
        for target in preposition.having("pobj") if preposition.lower in _LOCATIVE else ():
            if target.lemma in _words("borders"):
                yield from _named(target.having("compound", "poss"), index)
                for beyond in target.having("prep"):
                    yield from _held(beyond, index)


def _held(preposition: Token, index: MentionIndex, depth: int = 1) -> Iterator[Mention]:
    """Places behind a preposition: "in X", "in the X valley", "in tents outside X"."""
    joined = [t for also in preposition.having("conj") for t in also.having("pobj")]
    for target in [*preposition.having("pobj"), *joined]:  # "in and around X"
        if target.lemma in _words("borders"):  # only "the border at X" says where on it
            for at in target.having("prep"):
                if at.lower in _AT and depth < _DEPTH:
                    yield from _held(at, index, depth + 1)
            continue
        if target.lemma in _words("named_of"):  # "the Negev town of X": not all of the Negev
            yield from _part_of_place(target, index)
        named = target.having("compound", "conj")
        if target.lemma in _words("parts_of_places"):  # "X's airport"
            named = [*named, *target.having("poss")]
        if target.lemma in _words("named_of"):
            yield from _named([target, *_after(target), *named], index)
        else:  # "in X state, Y"
            yield from _named([target, *named, *_after(target)], index)
        if depth < _DEPTH:
            yield from _deeper(target, index, depth)


def _deeper(target: Token, index: MentionIndex, depth: int) -> Iterator[Mention]:
    for preposition in target.having("prep"):
        leads = preposition.lower in ("to", "from") and target.lemma in _words("ways")
        if leads or preposition.lower in ("of", "between") or preposition.lower in _AT:
            yield from _held(preposition, index, depth + 1)
        elif preposition.lower in ("on", "against"):  # "in an attack on a bus in X"
            yield from _beside(preposition, index)


def _after(noun: Token) -> list[Token]:
    """What a noun of places is named by, behind a comma: "the capital, X"; else its apposition."""
    named = noun.having("appos")
    if noun.lemma in _words("named_of"):
        words = noun.sentence.tokens
        behind = words[noun.i - words[0].i + 1 :][:2]
        if len(behind) == 2 and behind[0].text == "," and behind[1] not in named:
            named = [behind[1], *named]
    return named


def _named(tokens: Iterable[Token], index: MentionIndex) -> Iterator[Mention]:
    for token in tokens:
        mention = index.place_mention(token)
        if mention is not None:
            yield mention


@lru_cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_yaml("dragoman.events", "undergoing.yaml")[name])
