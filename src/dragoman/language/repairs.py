"""Mends to parses that the small English models get wrong in a regular way in news prose.

Each mend is narrow: it names the pattern of tags it needs, and leaves every other tree alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token
from dragoman.language.clauses import OBJECT_OF

_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_GERUND_VERBS = frozenset(
    "deny admit avoid stop start keep resume suggest consider recommend oppose risk begin cease "
    "condemn report regret".split()
)
_SAYING = frozenset(
    "add note stress say warn insist urge call state emphasize emphasise underline highlight claim "
    "argue accuse describe vow pledge cite point express demand reiterate explain conclude "
    "declare promise threaten blame thank praise condemn denounce".split()
)


def repair(tokens: Sequence[Token]) -> None:
    """Mends the trees of these tokens in place."""
    for token in tokens:
        if token.lower == "of":
            _of(token, tokens)
    for token in tokens:
        if token.lower in _MONTHS:
            _date(token, tokens)
        elif token.lower.endswith("ing") and token.tag == "NN":
            _nominal_gerund(token, tokens)
    for token in tokens:
        if token.tag != "VBG":
            continue
        if token.dep in ("amod", "compound"):
            _gerund(token, tokens)
        elif token.dep == "advcl":
            _participle(token, tokens)
        elif token.dep == "conj":
            _coordinated(token)


def _move(token: Token, head: Token, dep: str) -> None:
    token.head.children.remove(token)
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda child: child.i)


def _of(token: Token, tokens: Sequence[Token]) -> None:
    """ "accused by X on Sunday of training …": the charge hangs on the verb, not on the day."""
    at = token.i - tokens[0].i
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    day = token.head
    if after is None or not after.lower.endswith("ing") or day.dep != "pobj":
        return
    verb = day.head.head
    if day.head.dep in ("prep", "agent") and verb.pos == "VERB" and verb.lemma in OBJECT_OF:
        _move(token, verb, "prep")


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


def _nominal_gerund(token: Token, tokens: Sequence[Token]) -> None:
    """ "denied bombing villages", "accused of training rebels" with the gerund taken for a noun."""
    at = token.i - tokens[0].i
    before = tokens[at - 1] if at else None
    if before is None:
        return
    if token.dep == "xcomp" and before is token.head and before.lemma in _GERUND_VERBS:
        noun = next((c for c in before.having("dobj") if c.i > token.i), None)
        if noun is not None:
            _as_verb(token)
            _move(noun, token, "dobj")
    elif token.dep == "compound" and before.lower in ("of", "for") and token.head.tag == "NNS":
        noun = token.head
        if noun.head is before and before.head.lemma in OBJECT_OF:
            _as_verb(token)
            _move(token, before, "pcomp")
            _move(noun, token, "dobj")


def _date(month: Token, tokens: Sequence[Token]) -> None:
    """ "On 25 April 1974 Portuguese officers …": the date is no part of the subject."""
    at = month.i - tokens[0].i
    low = at - 1 if at and tokens[at - 1].tag == "CD" else at
    preposition = tokens[low - 1] if low else None
    if preposition is None or preposition.lower not in ("on", "in", "since", "by", "until"):
        return
    if month.head.i <= month.i or preposition.having("pobj"):
        return
    _move(month, preposition, "pobj")
    for number in tokens[low : at + 2]:
        if number.tag == "CD" and number.head is not month:
            _move(number, month, "nummod")


def _gerund(token: Token, tokens: Sequence[Token]) -> None:
    """ "denied bombing villages": the participle is what was denied, not what villages are like."""
    noun = token.head
    verb = noun.head
    at = token.i - tokens[0].i
    before = tokens[at - 1] if at else None
    if before is not verb or noun.dep != "dobj" or verb.lemma not in _GERUND_VERBS:
        return
    token.pos = "VERB"
    _move(token, verb, "xcomp")
    _move(noun, token, "dobj")


def _participle(token: Token, tokens: Sequence[Token]) -> None:
    """ "said that troops had crossed, adding that …": who adds is who said."""
    inner = token.head
    at = token.i - tokens[0].i
    if token.lemma not in _SAYING or at == 0 or tokens[at - 1].text != ",":
        return
    if inner.dep == "ccomp" and inner.head.i < inner.i < token.i and inner.head.pos == "VERB":
        _move(token, inner.head, "advcl")


def _coordinated(token: Token) -> None:
    """ "accused of training rebels and attacking posts": the second gerund goes with the first."""
    verb = token.head
    if verb.tag == "VBG" or any(c.dep in ("aux", "nsubj") for c in token.children):
        return
    for preposition in verb.having("prep"):
        gerund = preposition.child("pcomp")
        if gerund is not None and gerund.tag == "VBG" and gerund.i < token.i:
            _move(token, gerund, "conj")
            return
