"""Whether an event is asserted, denied, planned, demanded, possible or hypothetical.

Read off the parse from the trigger up to the border of the innermost statement that holds it, as
that statement's source holds it (Saurí & Pustejovsky 2009; Lotan et al. 2013, TruthTeller).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from dragoman.events.triggers import Fired
from dragoman.language.analysis import Token
from dragoman.language.clauses import is_negated, is_verb, modal
from dragoman.language.lexicon import load_yaml
from dragoman.language.phrases import head_of
from dragoman.model import AuxiliaryMode, Certainty, Polarity, Span, Statement, Status

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "pcomp", "acl", "advcl", "csubj"})
_ARGUMENTS = frozenset({"dobj", "nsubjpass", "nsubj", "prep", "agent", "dative"})
_FINITE_BREAK = frozenset({"relcl", "ROOT"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A status with the rule and the word that decided it."""

    status: Status
    rule: str
    evidence: Token | None = None

    @property
    def certainty(self) -> Certainty:
        """FactBank's degree of certainty that goes with the status."""
        return cast(Certainty, _data()["certainty"][self.status])

    @property
    def polarity(self) -> Polarity:
        """FactBank's polarity."""
        if self.status == "denied":
            return "-"
        return "u" if self.status in ("hypothetical", "demanded") else "+"

    @property
    def auxiliary(self) -> tuple[AuxiliaryMode, ...]:
        """PLOVER's auxiliary modes that follow from the status."""
        modes: dict[Status, tuple[AuxiliaryMode, ...]] = {
            "denied": ("negation",),
            "planned": ("future",),
            "hypothetical": ("hypothetical",),
            "possible": ("hypothetical",),
        }
        return modes.get(self.status, ())


@dataclass(frozen=True, slots=True)
class _Class:
    verbs: dict[str, Status]
    nouns: dict[str, Status]
    adjectives: dict[str, Status]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("dragoman.events", "status.yaml")
    return data


@lru_cache(maxsize=1)
def _classes() -> _Class:
    tables: dict[str, dict[str, Status]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for status, rows in _data()["governors"].items():
        for part, words in rows.items():
            for word in words:
                tables[part].setdefault(word, status)
    return _Class(**tables)


def read_status(fired: Fired, holder: Statement | None) -> Reading:
    """The status of a fired trigger inside ``holder``, the innermost statement around it."""
    found = [*_signals(fired, holder)]
    precedence = _data()["precedence"]
    return min(
        found, key=lambda r: precedence.index(r.status), default=Reading("asserted", "no-signal")
    )


def _signals(fired: Fired, holder: Statement | None) -> Iterator[Reading]:
    low, high = (holder.content.start, holder.content.end) if holder else (0, 1 << 60)
    token = fired.governor
    if not is_verb(token):
        yield from _of_noun(fired.head)
        occurrence = _occurrence(fired.head)
        if occurrence is not None and low <= occurrence.start < high:
            yield from _of_verb(occurrence)
            token = occurrence
    else:
        if fired.verb is not None:
            yield from _of_noun(fired.head)
        yield from _of_verb(token)
    yield from _of_governors(token, low, high)
    if holder is not None:
        yield from _of_act(fired, token, holder)


# ---------------------------------------------------------------- the trigger's own words


def _of_noun(noun: Token) -> Iterator[Reading]:
    adjectives = _classes().adjectives
    for child in noun.children:
        if child.dep == "det" and child.lower in ("no", "neither"):
            yield Reading("denied", "negation:determiner", child)
        elif child.dep in ("amod", "det", "advmod") and child.lemma in adjectives:
            yield Reading(adjectives[child.lemma], "modifier", child)
        elif child.dep in ("amod", "det", "advmod") and child.lower in adjectives:
            yield Reading(adjectives[child.lower], "modifier", child)


def _occurrence(noun: Token) -> Token | None:
    """The verb that says of the event only that it takes place."""
    top = noun
    while top.dep == "conj":
        top = top.head
    verb = top.head
    if top.dep in ("nsubj", "nsubjpass", "dobj", "attr") and verb.lemma in _data()["occurrence"]:
        return verb if is_verb(verb) else None
    return None


def is_occurring(noun: Token) -> bool:
    """Whether a verb says of the noun's event that it takes place: "talks began"."""
    return _occurrence(noun) is not None or noun.dep == "ROOT" or noun.dep == "nsubj"


def _of_verb(verb: Token) -> Iterator[Reading]:
    data = _data()
    if is_negated(verb):
        words = [c for c in verb.children if c.dep == "neg" or c.lower in ("never", "no")]
        yield Reading("denied", "negation", words[0] if words else verb)
    word = _modal_of(verb)
    if word is not None and word in data["modals"]:
        status = data["modals"][word]
        if word == "would" and _has_condition(verb):
            status = "hypothetical"
        yield Reading(status, f"modal:{word}", verb)
    for child in verb.children:
        if child.dep == "advmod":
            for status, words in data["adverbs"].items():
                if child.lower in words:
                    yield Reading(status, "adverb", child)
        if child.dep == "aux" and child.lower in ("going", "about"):
            yield Reading("planned", "going-to", child)
    if _is_conditional(verb):
        yield Reading("hypothetical", "conditional-clause", verb)
    if _has_condition(verb):
        yield Reading("hypothetical", "condition", verb)
    if verb.dep == "advcl" and any(
        c.dep == "mark" and c.lower in data["before"] for c in verb.children
    ):
        yield Reading("possible", "before-clause", verb)


def _modal_of(verb: Token) -> str | None:
    """The verb's modal, shared through coordination when it has no subject of its own."""
    token = verb
    while True:
        word = modal(token)
        if word is not None:
            return word
        if token.dep != "conj" or not is_verb(token.head):
            return None
        if any(c.dep in ("nsubj", "nsubjpass", "aux", "auxpass") for c in token.children):
            return None
        token = token.head


def _is_inverted(verb: Token) -> bool:
    """ "Were X to invade Y, …": a condition without a conjunction."""
    if verb.dep != "advcl":
        return False
    first = next(
        (c for c in [verb, *verb.having("aux")] if c.lower in ("were", "had", "should")), None
    )
    subject = verb.child("nsubj", "nsubjpass")
    return first is not None and subject is not None and first.i == subject.subtree()[0].i - 1


def _is_conditional(verb: Token) -> bool:
    if _is_inverted(verb):
        return True
    words = _data()["hypothetical_conjunctions"]
    return (
        verb.dep in ("advcl", "ccomp")
        and any(c.dep in ("mark", "advmod") and c.lower in words for c in verb.children)
        and (verb.dep == "advcl" or verb.child("mark") is None)
    )


def _has_condition(verb: Token) -> bool:
    words = _data()["hypothetical_conjunctions"]
    return any(child.dep == "advcl" and _is_inverted(child) for child in verb.children) or any(
        child.dep == "advcl" and any(c.dep == "mark" and c.lower in words for c in child.children)
        for child in verb.children
    )


# ---------------------------------------------------------------- what governs it


def _of_governors(token: Token, low: int, high: int) -> Iterator[Reading]:
    """Signals of the words over the trigger's clause, as far as the statement reaches."""
    hops = 0
    while token.head is not token and token.dep not in _FINITE_BREAK:
        head = token.head
        if not low <= head.start < high:
            return
        if token.dep == "conj":
            token = head
            continue
        hops += token.dep == "pobj"
        reading = _governed(token, head, hops <= 1)
        if reading is not None:
            yield reading
        if is_verb(head):
            if token.dep in _ARGUMENTS:
                # What a verb is done to is taken as given: its tense and mood are not the event's.
                return
            yield from _of_clause_over(token, head)
            if not _shares_mood(token) and not _is_conditional(head):
                return
        token = head


def _shares_mood(token: Token) -> bool:
    """Whether the clause of the verb above lends this one its modality and negation."""
    return token.dep in ("xcomp", "pcomp", "acl") or (token.dep == "ccomp" and token.tag == "VB")


def _of_clause_over(token: Token, head: Token) -> Iterator[Reading]:
    if _shares_mood(token):
        yield from _of_verb(head)
    elif token.dep == "advcl" and _is_purpose(token):
        yield Reading("planned", "purpose", token)
    if _is_conditional(head):
        yield Reading("hypothetical", "conditional-clause", head)


def _is_purpose(token: Token) -> bool:
    return token.tag == "VB" and any(c.dep == "aux" and c.lower == "to" for c in token.children)


def _governed(token: Token, head: Token, direct: bool) -> Reading | None:
    classes, data = _classes(), _data()
    if is_verb(head):
        status = classes.verbs.get(head.lemma)
        if head.lemma == "be" and token.dep == "xcomp" and _is_purpose(token):
            return Reading("planned", "be-to", head)
        if status is None:
            return _by_adjective(token, head)
        if token.dep in _COMPLEMENTS:
            if token.dep == "advcl" and not _is_purpose(token):
                return None
            if token.dep == "ccomp" and token.tag not in ("VB", "VBG") and status != "demanded":
                return None if head.lemma not in ("expect", "hope", "fear", "plan") else Reading(
                    status, f"governor:{head.lemma}", head)  # fmt: skip
            return Reading(status, f"governor:{head.lemma}", head)
        is_object = token.dep in ("dobj", "nsubjpass") or _is_called_for(token, head)
        if is_object and direct and head.lemma in (*data["objects_too"], "call", "appeal"):
            return Reading(status, f"governor:{head.lemma}", head)
        return None
    if token.dep == "pcomp" and _denies(head):
        return Reading("denied", f"preposition:{head.lower}", head)
    if token.dep == "pobj" and head.pos == "ADP":
        return None
    if head.pos == "ADJ" and token.dep in _COMPLEMENTS:
        found = classes.adjectives.get(head.lemma)
        return Reading(found, f"governor:{head.lemma}", head) if found else None
    found = classes.nouns.get(head.lemma)
    if found is not None and direct and token.dep in (*_COMPLEMENTS, "prep"):
        return Reading(found, f"governor:{head.lemma}", head)
    return None


def _denies(preposition: Token) -> bool:
    """ "without firing", "stopped short of condemning", "instead of signing"."""
    words = load_yaml("dragoman.events", "undergoing.yaml")
    if preposition.lower in words["denying_prepositions"]:
        return True
    near = [preposition.head, *preposition.children]
    return any(token.lower in words["denying_words"] for token in near)


def _is_called_for(token: Token, head: Token) -> bool:
    return (
        token.dep == "prep"
        and token.lower == "for"
        and head.lemma in ("call", "appeal", "ask", "plan")
    )


def _by_adjective(token: Token, head: Token) -> Reading | None:
    """ "is ready to attack", "is due to meet"."""
    if token.dep != "xcomp":
        return None
    for child in head.having("acomp", "attr", "oprd"):
        status = _classes().adjectives.get(child.lemma)
        if status is not None:
            return Reading(status, f"governor:{child.lemma}", child)
    return None


# ---------------------------------------------------------------- the speech act around it


def _of_act(fired: Fired, token: Token, holder: Statement) -> Iterator[Reading]:
    status = _data()["acts"].get(holder.act)
    if status is None or not _is_main(fired, token, holder.content):
        return
    is_finite = is_verb(token) and any(c.dep == "nsubj" for c in token.children)
    if holder.act == "warn" and is_finite and _modal_of(token) is None:
        return
    evidence = holder.cue
    yield Reading(status, f"act:{holder.act}" + ("" if evidence else ":implicit"))


def _is_main(fired: Fired, token: Token, content: Span) -> bool:
    """Whether the trigger is what the content is about, not something it takes for granted."""
    tokens = [t for t in token.sentence.tokens if content.covers(t.start, t.end)]
    if not tokens:
        return False
    heads = {head_of(tokens)}
    heads |= {t for t in tokens if t.head.start < content.start or t.head.start >= content.end}
    top = token
    for _ in range(12):
        if top in heads:
            return True
        if top.dep in ("conj", "xcomp", "aux", "auxpass") or _is_light_link(top):
            top = top.head
            continue
        return False
    return False


def _is_light_link(token: Token) -> bool:
    """ "carry out an attack on": the noun is the content's main event through its light verb."""
    return token.dep in ("dobj", "nsubjpass", "nsubj") and token.head.lemma in _data()["occurrence"]
