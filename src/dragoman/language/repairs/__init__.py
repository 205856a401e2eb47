"""Mends to parses that the small English models get wrong in a regular way in news prose.

Each mend is narrow: it names the pattern of tags it needs, and leaves every other tree alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token
from dragoman.language.repairs.gerunds import (
    attack,
    coordinated,
    gerund,
    gerund_object,
    nominal_gerund,
)
from dragoman.language.repairs.phrases import by, date, line, listed_name, of
from dragoman.language.repairs.sayings import (
    after_parenthesis,
    marked_subject,
    participle,
    said_noun,
    second_saying,
    semicolon,
    time_clause,
)
from dragoman.language.repairs.verbs import (
    captive,
    finite_behind_gerund,
    headless,
    helped,
    infinitive,
    listed_verb,
    lost_subject,
    order,
    separated_object,
)

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_LEMMAS = {
    "hoped": "hope", "hoping": "hope", "bombed": "bomb", "shelled": "shell", "raped": "rape",
    "raping": "rape", "staged": "stage", "staging": "stage",
}  # fmt: skip
"""Word forms that the lemmatizer gets wrong."""
_CALENDAR = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
_CAPTIVE = frozenset({"hostage", "captive", "prisoner"})
_GERUND_VERBS = frozenset(
    "deny admit avoid stop start keep resume suggest consider recommend oppose risk begin cease "
    "condemn report regret".split()
)


def repair(tokens: Sequence[Token]) -> None:
    """Mends the trees of these tokens in place, each pass on what the one before left."""
    _verbs(tokens)
    _phrases(tokens)
    _names(tokens)
    _clauses(tokens)


def _verbs(tokens: Sequence[Token]) -> None:
    """Verbs of saying, and words in the place of verbs."""
    for token in tokens:
        token.lemma = _LEMMAS.get(token.lower, token.lemma)
        if token.tag in _FINITE:
            said_noun(token, tokens)
        if token.pos == "VERB" and token.dep != "ccomp":
            semicolon(token, tokens)
        if token.tag in _FINITE:
            second_saying(token)
            finite_behind_gerund(token)
            lost_subject(token, tokens)
            after_parenthesis(token, tokens)
            time_clause(token)
            if token.dep == "amod":
                headless(token)
        elif token.tag == "VBN" and token.dep == "conj" and token.head.dep == "acomp":
            second_saying(token)
        elif token.tag == "VBN" and token.dep == "amod":
            listed_verb(token, tokens)
            headless(token)


def _phrases(tokens: Sequence[Token]) -> None:
    """What hangs on the wrong word."""
    for token in tokens:
        if token.dep == "appos" and token.pos == "PROPN" and token.head.pos == "PROPN":
            listed_name(token, tokens)
        elif token.lower == "of":
            of(token, tokens)
        elif token.lower == "by" and token.dep == "prep":
            by(token)
        elif token.lower == "with" and token.dep == "prep":
            line(token, tokens)
        elif token.dep == "mark":
            marked_subject(token)
        elif token.dep == "prt":
            separated_object(token)


def _names(tokens: Sequence[Token]) -> None:
    """Captives, dates and nouns in -ing."""
    for token in tokens:
        if token.lower in _CAPTIVE and token.dep == "dobj":
            captive(token)
        if token.lower in _CALENDAR and token.pos == "PROPN":
            date(token, tokens)
        elif token.lower.endswith("ing") and token.tag == "NN":
            nominal_gerund(token, tokens)


def _clauses(tokens: Sequence[Token]) -> None:
    """Infinitives and participles."""
    for token in tokens:
        if token.tag == "VB" and token.dep == "amod":
            infinitive(token)
        if token.tag == "VB" and token.dep == "advcl":
            order(token)
        elif token.tag == "VB" and token.dep == "conj" and token.head.tag != "VB":
            helped(token, tokens)
        if token.tag != "VBG":
            continue
        if token.dep in ("amod", "compound"):
            gerund(token, tokens)
        elif token.dep == "xcomp" and token.head.lemma in _GERUND_VERBS:
            gerund_object(token)
        elif token.dep == "advcl":
            participle(token, tokens)
            attack(token, tokens)
        elif token.dep == "conj":
            coordinated(token)
