"""Clauses that tell of one scene with an act, so that what locates them locates it.

Only clauses of the same sentence count, and none that says what somebody says: "spoke in X after Y
attacked Z" does not put the attack in X.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dragoman.language.analysis import Token
from dragoman.language.clauses import is_verb
from dragoman.language.lexicon import load_yaml

_SAME_TIME: Final = frozenset(("as", "when", "while"))
_DEPTH: Final = 3


def scenes(verb: Token) -> Iterator[Token]:
    """Verbs of the same scene, the nearest first; no verb of speech."""
    for clause in _neighbours(verb):
        if not _tells(clause):
            yield clause


def _neighbours(verb: Token) -> Iterator[Token]:
    yield from _before(verb)
    for clause in verb.having("advcl"):
        if is_verb(clause) and (_marks(clause) & _SAME_TIME or _is_bare(clause)):
            yield clause
    for later in verb.having("conj"):
        if is_verb(later):
            yield later


def _before(verb: Token, depth: int = 0) -> Iterator[Token]:
    """The verb that this one goes on from, and the one before that."""
    head = verb.head
    if head is verb or not is_verb(head) or depth > _DEPTH:
        return
    arises = head.lemma in load_yaml("dragoman.events", "undergoing.yaml")["arising"]
    marks = _marks(verb)
    if verb.dep == "conj" or (verb.dep == "advcl" and _is_bare(verb)):
        yield head
        yield from _before(head, depth + 1)
    elif verb.dep in ("advcl", "pcomp") and (marks & _SAME_TIME or (arises and marks)):
        yield head


def _is_bare(clause: Token) -> bool:
    return clause.tag == "VBG" and not clause.having("mark", "prep")


def _marks(clause: Token) -> set[str]:
    words = {t.lower for t in clause.having("mark", "advmod")}
    return words & (_SAME_TIME | {"after", "because", "since"})


def _tells(verb: Token) -> bool:
    return bool(verb.having("ccomp"))
