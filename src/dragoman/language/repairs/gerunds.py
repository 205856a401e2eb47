"""Words in -ing: what was done, a noun, or what somebody is like."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token
from dragoman.language.clauses import OBJECT_OF
from dragoman.language.repairs.trees import move

_ATTACKING = frozenset({"shelling", "bombing", "shooting"})
_GERUND_VERBS = frozenset(
    "deny admit avoid stop start keep resume suggest consider recommend oppose risk begin cease "
    "condemn report regret".split()
)
_CHARGING = frozenset({"accuse", "suspect", "convict", "acquit"})


def _as_verb(token: Token) -> None:
    token.pos, token.tag = "VERB", "VBG"
    if token.lemma == token.lower:
        token.lemma = _stem(token.lower)


def _stem(word: str) -> str:
    """The verb of an -ing noun, near enough for a lexicon: bombing, training, shelling, seizing."""
    base = word[:-3]
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "ls":
        return base[:-1]
    if base.endswith(("at", "ut", "iz", "is", "ag", "in", "rg", "dg")) and base[-1] in "tzsgc":
        return base + "e"
    return base


def nominal_gerund(token: Token, tokens: Sequence[Token]) -> None:
    """ "denied bombing villages", "accused of training rebels" with the gerund taken for a noun."""
    at = token.i - tokens[0].i
    before = tokens[at - 1] if at else None
    if before is None:
        return
    if token.dep == "xcomp" and before is token.head and before.lemma in _GERUND_VERBS:
        noun = next((c for c in before.having("dobj") if c.i > token.i), None)
        if noun is not None:
            _as_verb(token)
            move(noun, token, "dobj")
    elif token.dep == "pobj" and before.lower == "of" and token.having("dobj"):
        if before.head.lemma in OBJECT_OF:
            _as_verb(token)
            token.dep = "pcomp"
    elif token.dep == "compound" and before.lower in ("of", "for") and token.head.tag == "NNS":
        noun = token.head
        if noun.head is before and before.head.lemma in OBJECT_OF:
            _as_verb(token)
            move(token, before, "pcomp")
            move(noun, token, "dobj")


def gerund(token: Token, tokens: Sequence[Token]) -> None:
    """ "denied bombing villages", "accused X of shelling villages": the participle is what was
    done, not what villages are like.
    """
    noun = token.head
    verb = noun.head
    at = token.i - tokens[0].i
    before = tokens[at - 1] if at else None
    if before is not verb:
        return
    charged = verb.lower == "of" and verb.head.lemma in _CHARGING and noun.dep == "pobj"
    if not charged and (noun.dep != "dobj" or verb.lemma not in _GERUND_VERBS):
        return
    token.pos = "VERB"
    move(token, verb, "pcomp" if charged else "xcomp")
    move(noun, token, "dobj")


def gerund_object(token: Token) -> None:
    """ "denied bombing villages" with the villages taken for what was denied."""
    verb = token.head
    noun = next((c for c in verb.having("dobj") if c.i > token.i), None)
    if noun is not None and not token.having("dobj"):
        move(noun, token, "dobj")


def attack(token: Token, tokens: Sequence[Token]) -> None:
    """ "killed in Chadian tank shelling" with what the tanks did taken for a clause: a noun."""
    at = token.i - tokens[0].i
    before = tokens[at - 1] if at else None
    if token.lower not in _ATTACKING or before is None or before.tag != "NN":
        return
    preposition = before.head
    within = before.dep == "pobj" and preposition.lower in ("in", "by", "during")
    if not within or token.having("dobj", "nsubj", "aux") or preposition.head is not token.head:
        return
    token.tag, token.pos, token.lemma = "NN", "NOUN", token.lower
    move(token, preposition, "pobj")
    for child in [c for c in before.children if c.i < before.i]:
        move(child, token, child.dep)
    move(before, token, "compound")


def coordinated(token: Token) -> None:
    """ "accused of training rebels and attacking posts": the second gerund goes with the first."""
    verb = token.head
    if verb.tag == "VBG" or any(c.dep in ("aux", "nsubj") for c in token.children):
        return
    for preposition in verb.having("prep"):
        gerund = preposition.child("pcomp")
        if gerund is not None and gerund.tag == "VBG" and gerund.i < token.i:
            move(token, gerund, "conj")
            return
