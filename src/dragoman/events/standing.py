"""Where an event's participants stand in the parse: places that need no mentions to be read."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.events.triggers import Fired, complement_of
from dragoman.language.analysis import Token
from dragoman.language.clauses import (
    is_passive,
    is_verb,
    logical_objects,
    prepositional,
    surface_subjects,
)

_HANDING = frozenset("send supply sell deliver lend ship export provide grant donate pay".split())
"""Verbs whose object is a thing and whose recipient stands after "to"."""


def own(token: Token, *deps: str) -> list[Token]:
    return token.having(*deps)


def datives(fired: Fired) -> list[Token]:
    verb = fired.governor
    if is_passive(verb) and verb.having("dobj"):
        return surface_subjects(verb)
    found = []
    for child in verb.having("dative"):
        found += [child] if child.pos != "ADP" else child.having("pobj")
    return found or prepositional(verb, "to")


def clause_subjects(fired: Fired) -> list[Token]:
    verb = fired.governor
    clause = complement_of(verb) if is_verb(verb) else None
    clause = clause or fired.head.child("acl", "ccomp")
    if clause is None:
        return []
    subjects = clause.having("nsubj", "nsubjpass")
    return subjects or (verb.having("dobj") if is_verb(verb) else [])


def content_recipients(fired: Fired) -> list[Token]:
    """Who undergoes what a speech act is about."""
    verb = fired.governor
    clause = complement_of(verb) if is_verb(verb) else fired.head.child("acl", "ccomp")
    if clause is not None and clause.lemma in _HANDING:
        given = [c for c in clause.having("dative") if c.pos != "ADP"]
        return given or prepositional(clause, "to", "with", "for") or logical_objects(clause)
    if clause is not None:
        return [*logical_objects(clause), *prepositional(clause, "against", "on", "at", "from")]
    held = logical_objects(verb) if is_verb(verb) else [fired.head]
    return [t for noun in held for t in prepositional(noun, "of", "on", "against")]


def governors(noun: Token) -> Iterator[tuple[Token, str]]:
    """What the noun is an argument of, with the preposition between, through coordination and
    through nouns of amount ("20 months of resistance against …")."""
    token = noun
    while token.dep == "conj":
        token = token.head
    preposition = ""
    if token.dep == "pobj":
        preposition = token.head.lower
        token = token.head
    if token.head is token:
        return
    governor = token.head
    yield governor, preposition
    for child in governor.having("prep"):
        if child.lower == "of" and child.i < noun.i:
            for held in child.having("pobj"):
                yield held, preposition


def predicate(verb: Token) -> Token | None:
    """What a noun is said to be: "support for X is a policy of Y"."""
    return verb.child("attr") if verb.lemma == "be" else None


def beside(noun: Token, *words: str) -> list[Token]:
    """Prepositional phrases that the parser hung one noun higher."""
    if noun.dep == "pobj" and noun.head.head.pos == "NOUN":
        return [t for t in prepositional(noun.head.head, *words) if t is not noun]
    return []


_TAKING = frozenset("claim take accept admit assume acknowledge".split())
_ANSWERING = frozenset({"responsibility", "credit", "blame", "involvement", "role"})


def claimants(head: Token) -> list[Token]:
    """Who says that a deed was theirs: "claimed responsibility for the attack", "claimed the
    attack", "was behind the attack".
    """
    return [t for t in _claiming(head) if not any(c.lower in ("no", "any") for c in t.children)]


def _claiming(head: Token) -> list[Token]:
    if head.dep == "dobj" and head.head.lemma == "claim":
        return surface_subjects(head.head)
    if head.dep != "pobj":
        return []
    over = head.head.head
    if head.head.lower == "behind" and over.lemma == "be":
        return surface_subjects(over)
    answers = over.lemma in _ANSWERING and over.dep == "dobj" and over.head.lemma in _TAKING
    if head.head.lower in ("for", "in") and answers:
        return surface_subjects(over.head)
    taken = over.lemma in _TAKING and any(t.lemma in _ANSWERING for t in over.having("dobj"))
    return surface_subjects(over) if head.head.lower == "for" and taken else []
