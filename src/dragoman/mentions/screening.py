"""Which loaded words of the register's list are loaded where they stand: not those that are part of
a proper name, of the legal name of an offence, or that have their plain meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from dragoman.language.analysis import Analysis, Sentence, Token
from dragoman.language.lexicon import load_yaml
from dragoman.language.phrases import head_of
from dragoman.register import Label, Match, Register

_PERSONAL = frozenset("he she they we you i them us him her who".split())
# Sectors whose bodies are institutions: a university is no collaborator of the enemy's.
_BODIES = frozenset({"EDU", "BUS", "MED", "JRN", "NGO", "IGO"})
_SMALL = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PART", "AUX"})
_MARKS = frozenset({"'", "’", "'s", "’s", "-"})


def words() -> Mapping[str, Any]:
    """The word lists of ``mentions/data/labels.yaml``."""
    found: Mapping[str, Any] = load_yaml("dragoman.mentions", "labels.yaml")
    return found


def counts(analysis: Analysis, match: Match, register: Register) -> bool:
    """Whether a listed wording is meant as one. Matches of other words always count."""
    alias = next((a for a in match.aliases if a.form == "label"), None)
    if alias is None:
        return True
    label = register.label(alias.text)
    preamble = analysis.document.preamble
    tokens = analysis.between(preamble + match.start, preamble + match.end)
    if label is None or not tokens:
        return True
    return not (
        (label.text.islower() and in_proper_name(tokens))
        or (label.category in ("terror", "act") and in_legal_name(tokens))
        or _plain(analysis, tokens, label, register)
    )


def in_proper_name(tokens: Collection[Token]) -> bool:
    """Whether words that are lower-case by themselves are written as part of a name: "Martyrs'
    Square", "the Invaders". A title before a person's name ("Martyr Ali Hassan") is none.
    """
    listed = list(tokens)
    sentence = listed[0].sentence
    capital = [t for t in listed if t.text[:1].isupper()]
    if not capital or _is_headline(sentence):
        return False
    after = _beyond(listed[-1], 1)
    if capital[0] is sentence.tokens[0]:
        return after is not None and after.text[:1].isupper() and not _opens_name(listed[-1])
    return not _opens_name(listed[-1])


def _opens_name(token: Token) -> bool:
    first = _beyond(token, 1)
    second = _beyond(first, 1) if first is not None else None
    return (
        first is not None
        and second is not None
        and first.i == token.i + 1
        and all(t.text[:1].isupper() and t.pos == "PROPN" for t in (first, second))
    )


def _beyond(token: Token, step: int) -> Token | None:
    tokens = token.sentence.tokens
    at = token.i - tokens[0].i + step
    while 0 <= at < len(tokens) and tokens[at].text in _MARKS:
        at += step
    return tokens[at] if 0 <= at < len(tokens) else None


def _is_headline(sentence: Sentence) -> bool:
    """A line with capitals on all but its small words, where they say nothing."""
    said = [t for t in sentence.tokens if t.text[0].isalpha() and t.pos not in _SMALL]
    return len(said) > 3 and all(t.text[0].isupper() for t in said)


def in_legal_name(tokens: Collection[Token]) -> bool:
    """Whether the words are part of the name of an offence, a law, a list, a unit or a court."""
    listed, known = list(tokens), words()
    before, after = _beyond(listed[0], -1), _beyond(listed[-1], 1)
    if after is not None and after.lower in known["legal"]:
        return True
    if before is not None and before.lower in known["legal_before"]:
        return True
    head = head_of(listed)
    over = head.head
    return head.dep == "pobj" and over.head.lemma in known["legal_verbs"]


def _plain(analysis: Analysis, tokens: Collection[Token], label: Label, register: Register) -> bool:
    listed, known = list(tokens), words()
    before = _beyond(listed[0], -1)
    if before is not None and before.lower in known["plain_before"]:
        return True
    return label.among_people and not _of_people(analysis, head_of(listed), label, register)


def _of_people(analysis: Analysis, head: Token, label: Label, register: Register) -> bool:
    """Whether people are called so: by a verb, by a copula, in address, or by what they suffer."""
    known = words()
    if _predicated_of_people(head, register):
        return True
    if any(c.lower in known["demonstratives"] for c in head.children) and any(
        q.start < head.start < q.end for q in analysis.quotes
    ):
        return True
    verb = head.head
    if head.dep == "nsubj" and verb.lemma in known["speaking"]:
        return True
    if label.category == "dehumanising":
        return False
    if head.dep in ("dobj", "nsubjpass", "nsubj") and verb.lemma in known["harm"]:
        return True
    held = [p for c in head.having("prep") if c.lower == "of" for p in c.having("pobj")]
    around = [*held, *head.having("amod", "compound", "poss")]
    return any(_is_people(t, register) for t in around)


def _predicated_of_people(head: Token, register: Register) -> bool:
    known = words()
    over = head.head
    if head.dep == "attr" or (head.dep == "pobj" and over.lower in ("as", "like")):
        verb = over.head if head.dep == "pobj" else over
        sides = verb.having("nsubj", "nsubjpass", "dobj")
        return any(_is_people(t, register) for t in sides)
    near = [head.head, head.head.head]
    return any(v.lemma in known["calling"] and v.pos == "VERB" and v.i < head.i for v in near)


def _is_people(token: Token, register: Register) -> bool:
    if token.lower in _PERSONAL or token.pos == "PROPN":
        return True
    for word in (token.lower, token.lemma):
        role = register.role(word)
        if role is not None and (role.person or role.sector not in _BODIES):
            return True
    return token.lemma in words()["people"] or bool(register.find(token.text))
