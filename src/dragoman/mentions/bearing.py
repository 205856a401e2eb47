"""What befell whom: who does and who undergoes a deed, by its kind. Words for a later fate mean the
ones who underwent the first: "Police arrested two men. They were charged."
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.language.analysis import Token
from dragoman.language.clauses import is_passive, is_verb
from dragoman.language.lexicon import load_yaml

_FATE = "fate"
_PUNISHED = frozenset({"custody", "execution", "blame"})
"""What befalls whoever harmed others."""
_SUFFERED = frozenset({"harm", _FATE, "moving"})
_AIMED = frozenset({"on", "at", "against", "for"})
SAME, OTHER, DOER = 4.5, 3.0, -3.0
"""How much the better an antecedent fits that underwent a deed of the kind, or another; one that
did it fits the worse. Chosen on the study half of ``benchmarks.antecedents``.
"""


@dataclass(frozen=True, slots=True)
class Bearing:
    """A part in a deed: whether somebody underwent it, and its kind."""

    undergoes: bool
    kind: str


@cache
def _kinds() -> dict[str, str]:
    data = load_yaml("dragoman.mentions", "reference.yaml")
    return {lemma: kind for kind, lemmas in data["undergone"].items() for lemma in lemmas}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_yaml("dragoman.mentions", "reference.yaml")[name])


def bearing(token: Token) -> Bearing | None:
    """The part that a noun or pronoun has in the deed of its clause; None where it is in none that
    does something to people.
    """
    while token.dep == "conj" and token.head.pos in ("NOUN", "PROPN", "PRON"):
        token = token.head
    if token.dep == "pobj" and token.head.dep == "prep":
        return _aimed(token.head) or _described(token)
    if token.dep in ("nsubj", "nsubjpass", "dobj"):
        return _of_verb(token, token.head) or _described(token)
    if token.dep == "pobj" and token.head.dep == "agent":
        kind = _kinds().get(token.head.head.lemma)
        return Bearing(undergoes=False, kind=kind) if kind is not None else None
    return _described(token)


def _of_verb(token: Token, verb: Token) -> Bearing | None:
    if token.dep == "nsubj" and verb.lemma == "be":
        # "are to be tried"
        verb = next((c for c in verb.having("xcomp") if is_passive(c)), verb)
    kind = _kinds().get(verb.lemma)
    if token.dep == "dobj":
        return Bearing(undergoes=True, kind=kind) if kind is not None else None
    if kind is not None and (token.dep == "nsubjpass" or is_passive(verb)):
        return Bearing(undergoes=True, kind=kind)
    if verb.lemma in _words("fates") or _pleads(verb):
        return Bearing(undergoes=True, kind=_FATE)
    if kind is not None:
        return Bearing(undergoes=False, kind=kind)
    struck = next((_befalling(c) for c in verb.having("dobj") if _befalling(c)), None)
    return Bearing(undergoes=False, kind=struck) if struck is not None else None


def _pleads(verb: Token) -> bool:
    """ "deny the charges"."""
    denied = _words("denied")
    return verb.lemma == "deny" and any(t.lemma in denied for t in verb.having("dobj"))


def _befalling(noun: Token) -> str | None:
    data: dict[str, str] = load_yaml("dragoman.mentions", "reference.yaml")["befalling"]
    return data.get(noun.lemma)


def _aimed(preposition: Token) -> Bearing | None:
    """ "opened fire on them", "a warrant for him"."""
    if preposition.lower not in _AIMED:
        return None
    over = preposition.head
    nouns = over.having("dobj") if is_verb(over) else [over]
    kind = next((_befalling(noun) for noun in nouns if _befalling(noun)), None)
    return Bearing(undergoes=True, kind=kind) if kind is not None else None


def _described(noun: Token) -> Bearing | None:
    """ "people suspected of theft"."""
    for clause in noun.having("acl"):
        kind = _kinds().get(clause.lemma)
        if kind is not None and is_passive(clause):
            return Bearing(undergoes=True, kind=kind)
    return None


def fit(later: Bearing | None, earlier: Bearing | None) -> float:
    """How well somebody with a part in an earlier deed can be the one who undergoes a later one."""
    if later is None or earlier is None or not later.undergoes:
        return 0.0
    if earlier.kind == "harm" and later.kind in _PUNISHED:
        return OTHER if not earlier.undergoes else DOER
    if not earlier.undergoes:
        return DOER
    close = later.kind == earlier.kind or later.kind in _SUFFERED or later.kind in _PUNISHED
    return SAME if close else OTHER
