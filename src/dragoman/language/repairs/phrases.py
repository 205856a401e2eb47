"""Prepositional phrases, names in lists and dates hung on the wrong word."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token
from dragoman.language.clauses import OBJECT_OF
from dragoman.language.repairs.trees import move

_LINES = frozenset({"border", "frontier", "boundary"})


def of(token: Token, tokens: Sequence[Token]) -> None:
    """ "accused by X on Sunday of training …": the charge hangs on the verb, not on the day."""
    at = token.i - tokens[0].i
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    day = token.head
    if after is None or not after.lower.endswith("ing") or day.dep != "pobj":
        return
    verb = day.head.head
    if day.head.dep in ("prep", "agent") and verb.pos == "VERB" and verb.lemma in OBJECT_OF:
        move(token, verb, "prep")


def by(token: Token) -> None:
    """ "protested over the detention of X by Y": who did it goes with the noun before."""
    verb = token.head
    held = token.child("pobj")
    if verb.pos == "NOUN":
        _agent(token)
        return
    if verb.pos != "VERB" or held is None or held.pos not in ("NOUN", "PROPN") or verb.tag == "VBN":
        return
    for child in verb.children:
        noun = child.child("pobj") if child.dep == "prep" else child
        if noun is None or noun.i > token.i or noun.dep not in ("pobj", "dobj"):
            continue
        of = next((c for c in noun.having("prep") if c.lower == "of"), None)
        if of is not None and of.subtree()[-1].i == token.i - 1:
            move(token, noun, "prep")
            return


def _agent(by: Token) -> None:
    """ "was offered money by X", "was barred from talks by X": who did it goes with the verb."""
    noun = by.head
    verb = noun.head.head if noun.dep == "pobj" and noun.head.lower == "from" else noun.head
    passive = verb.tag == "VBN" and verb.child("auxpass") is not None
    held = by.child("pobj")
    if passive and held is not None and held.pos == "PROPN" and verb.child("agent") is None:
        move(by, verb, "agent")


def line(token: Token, tokens: Sequence[Token]) -> None:
    """ "were deployed along the border with X": whose border it is, not with whom they went."""
    at = token.i - tokens[0].i
    before = tokens[at - 1] if at else token
    if before.lemma in _LINES and token.head is not before and token.head in before.ancestors():
        move(token, before, "prep")


def listed_name(token: Token, tokens: Sequence[Token]) -> None:
    """ "Peru, Chile, and Bolivia met": a name in a list is no apposition. One that is closed by a
    comma is: "Peru, Lima and its suburbs, …".
    """
    if token.having("det", "poss", "compound", "prep"):
        return
    # The last name hangs on this one, or on the first with this one between.
    owner = token if token.having("cc") else token.head
    last = owner.child("conj")
    if last is None or last.pos != "PROPN" or last.i < token.i or not owner.having("cc"):
        return
    if owner is not token:
        token.dep = "conj"
        return
    after = max(t.i for t in (last, *last.children)) + 1 - tokens[0].i
    if after >= len(tokens) or tokens[after].lower not in (",", "-", "–"):
        token.dep = "conj"


def date(month: Token, tokens: Sequence[Token]) -> None:
    """ "On 25 April 1974 Portuguese officers …": the date is no part of the subject."""
    at = month.i - tokens[0].i
    low = at - 1 if at and tokens[at - 1].tag == "CD" else at
    preposition = tokens[low - 1] if low else None
    if preposition is None or preposition.lower not in ("on", "in", "since", "by", "until"):
        return
    if month.head.i <= month.i or month.dep == "pobj" or preposition.having("pobj"):
        return
    move(month, preposition, "pobj")
    for number in tokens[low : at + 2]:
        if number.tag == "CD" and number.head is not month:
            move(number, month, "nummod")
