"""Mends to parses that the small English models get wrong in a regular way in news prose.

Each mend is narrow: it names the pattern of tags it needs, and leaves every other tree alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token

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
