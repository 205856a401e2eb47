"""How far things reach: the clause of a cue, a cue in the middle of it, who is its subject."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token
from dragoman.language.clauses import agents, is_passive, is_verb, surface_subjects
from dragoman.language.phrases import trim
from dragoman.statements.cues import Cue, cue_lexicon

_CLAUSE_PARTS = frozenset("nsubj nsubjpass aux mark csubj expl attr auxpass".split())
_ADRIFT = ("nsubj", "nsubjpass", "prep", "advcl", "advmod", "dep", "npadvmod", "attr")
_FRAMES = frozenset({",", "—", "–", "-", "--"})
_MARKS = frozenset({'"', "“", "”", "''", "``"})
_MAX_PARENTHESIS = 30
"""Tokens of "…, X said, …" between its commas."""


def source_of(verb: Token, cue: Cue, passive: bool, rule: str) -> tuple[Token | None, str | None]:
    """Who says it, with the reason where nobody is named."""
    if passive or rule == "raised":
        by = agents(verb)
        return (by[0], None) if by else (None, "passive without an agent")
    subject = own_subject(verb) if verb.child("nsubj") is not None else None
    if subject is None or subject.tag in ("WDT", "WP") or subject.lower == "that":
        subject = _shared_subject(verb)
    if subject is None and _follows_words(verb):
        subject = named_behind(verb)
    if subject is None:
        return None, "no subject in the clause"
    if subject.lower in ("it", "there") and is_passive(verb):
        return None, "impersonal"
    return subject, None


def _shared_subject(verb: Token) -> Token | None:
    """The subject the verb shares with another, or of "X issued a statement accusing …"."""
    noun = verb.head
    if verb.dep == "acl" and verb.tag == "VBG" and noun.lemma in cue_lexicon().papers:
        own = noun.child("poss")
        if own is not None:
            return own
        if noun.dep in ("dobj", "pobj"):
            over = noun.head if noun.dep == "dobj" else noun.head.head
            return next(iter(surface_subjects(over)), noun) if is_verb(over) else noun
        return noun
    return next(iter(surface_subjects(verb)), None)


def is_finite_or_quoted(head: Token) -> bool:
    """A clausal complement with a subject or a tense of its own."""
    if head.pos in ("VERB", "AUX"):
        if head.tag in ("VBD", "VBZ", "VBP", "MD"):
            return True
        return any(c.dep in _CLAUSE_PARTS for c in head.children)
    return any(c.dep in ("nsubj", "cop", "mark", "punct") for c in head.children)


def within(head: Token, verb: Token) -> list[Token]:
    """The clause of ``head``, one run on one side of the cue."""
    tokens = [t for t in head.subtree() if t is not verb]
    left = [t for t in tokens if t.i < verb.i]
    right = [t for t in tokens if t.i > verb.i]
    kept = right
    if head.i < verb.i:
        kept = left + [t for c in head.having("conj") if c.i > verb.i for t in c.subtree()]
    while kept and kept[0].text in ",:;":
        kept = kept[1:]
    return kept


def one_run(tokens: list[Token]) -> list[Token]:
    """From the first to the last token, everything between included."""
    if not tokens:
        return []
    places = [t.i for t in tokens]
    low, high = min(places), max(places)
    return [t for t in tokens[0].sentence.tokens if low <= t.i <= high]


def parenthetical(verb: Token) -> list[Token]:
    """ "The talks, he said, would resume": what stands around a cue set off on both sides, or
    behind which the sentence ends.
    """
    subject = own_subject(verb)
    if subject is None or verb.child("mark") is not None or verb.dep in ("relcl", "advcl"):
        return []
    tokens = verb.sentence.tokens
    low, high = _parenthesis(verb, subject)
    before = [t for t in tokens if t.i < low]
    after = [t for t in tokens if t.i > high]
    if not before or before[-1].text not in _FRAMES or high - low > _MAX_PARENTHESIS:
        return []
    quoted = any(t.text in _MARKS for t in (*before[-2:], *after[:2]))
    if quoted or not after or after[0].text not in _FRAMES or not _joined(before, after, verb):
        return []
    return _same_clause(before, after)


def _joined(before: Sequence[Token], after: Sequence[Token], verb: Token) -> bool:
    """Whether the words on both sides are one clause: the parse ties them to each other, or ties a
    second subject before the cue and a clause behind it to the cue.
    """
    left, right = {t.i for t in before}, {t.i for t in after}
    for token in (*before, *after):
        if token.pos == "PUNCT" or token.dep == "cc":
            continue
        if token.head.i in (right if token.i in left else left):
            return True
    clauses = [c for c in verb.children if c.i in right and c.dep == "ccomp"]
    first = [c for c in verb.children if c.i in left and c.dep in _ADRIFT]
    return bool(clauses and first) and clauses[0].child("mark") is None


def inverted(verb: Token) -> list[Token]:
    """ "The talks would resume, he said" with the cue hung on what was said."""
    head = verb.head
    if verb.dep not in ("parataxis", "ccomp") or head is verb or not is_verb(head):
        return []
    if verb.child("nsubj") is None or verb.child("mark") is not None:
        return []
    inside = {t.i for t in verb.subtree()}
    low = min(inside)
    outer = [t for t in head.subtree() if t.i not in inside]
    before = [t for t in outer if t.i < verb.i]
    framed = [t for t in verb.sentence.tokens if low - 1 <= t.i <= low]
    is_framed = any(t.text in _FRAMES for t in framed)
    return outer if is_framed and before else []


def told_after(verb: Token) -> list[Token]:
    """ "Operation will last weeks, says general": all before the comma, however it was parsed."""
    subject = verb.child("nsubj")
    tokens = verb.sentence.tokens
    at = verb.i - tokens[0].i
    if subject is None or subject.i < verb.i or verb.tag not in ("VBZ", "VBD") or at < 4:
        return []
    if tokens[at - 1].text != "," or subject.subtree()[0].i != verb.i + 1:
        return []
    return list(tokens[: at - 1])


def named_behind(verb: Token) -> Token | None:
    """The name behind "grumbled X", which the parser takes for an object."""
    held = verb.child("dobj", "npadvmod", "attr", "oprd", "dep")
    if held is None or is_passive(verb) or held.pos not in ("PROPN", "NOUN"):
        return None
    return held if held.subtree()[0].i == verb.i + 1 else None


def _follows_words(verb: Token) -> bool:
    at = verb.i - verb.sentence.tokens[0].i
    return at > 0 and verb.sentence.tokens[at - 1].text in _MARKS


def own_subject(verb: Token) -> Token | None:
    """The subject next to the verb: the parser may hang the sentence's first noun on it too."""
    subjects = [c for c in verb.children if c.dep in ("nsubj", "nsubjpass")]
    if not subjects:
        return None
    before = [c for c in subjects if c.i < verb.i]
    return before[-1] if before else subjects[0]


def _parenthesis(verb: Token, subject: Token) -> tuple[int, int]:
    """First and last token of the subject, the cue and whom or when it names, without commas."""
    phrase = trim(subject.subtree())
    low, high = min(phrase[0].i, verb.i), max(phrase[-1].i, verb.i)
    while low and (left := _sibling(verb, low - 1)) is not None:
        low = left
    tokens = {t.i: t for t in verb.sentence.tokens}
    for child in verb.children:
        span = child.subtree()
        follows = child.i > verb.i and span[0].i == high + 1
        if follows and child.dep in ("dobj", "dative", "prep", "npadvmod", "advmod", "prt"):
            kept = trim(span)
            high = max(high, kept[-1].i)
            if high + 1 in tokens and tokens[high + 1].text in _FRAMES:
                break
    return low, high


def _sibling(verb: Token, at: int) -> int | None:
    """Where an auxiliary or adverb of the verb right before its phrase begins."""
    for child in verb.children:
        if child.i == at and child.dep in ("aux", "advmod", "auxpass", "neg"):
            return at
    return None


def _same_clause(before: Sequence[Token], after: Sequence[Token]) -> list[Token]:
    """What belongs to the words on both sides: up to the next semicolon each way."""
    kept = list(after)
    for n, token in enumerate(kept):
        if token.text == ";":
            kept = kept[:n]
            break
    left = list(before)
    for n in range(len(left) - 1, -1, -1):
        if left[n].text == ";":
            left = left[n + 1 :]
            break
    return left + kept
