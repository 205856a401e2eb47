"""Personal, possessive and relative pronouns to whom they refer to.

A salience ranking after Lappin & Leass (1994): nearness in sentences, then grammatical role, then
how often somebody was mentioned. Agreement in gender, number and kind excludes; so does binding
("Smith saw him"), and so do quotation marks: "he" inside a quotation is not its speaker, and who
says it is not named in it. What no rule settles stays unresolved and says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from dragoman.language.analysis import Token
from dragoman.language.clauses import OBJECT_OF, is_verb
from dragoman.mentions import bearing
from dragoman.mentions.drafts import Draft, point
from dragoman.mentions.history import History
from dragoman.mentions.together import follows, members, share

_WINDOW = 8
"""Sentences to look back."""
_NEAR = 3
"""Sentences over which salience fades fast."""
_MARGIN = 0.8
"""By how much the likeliest antecedent of "it" or "they" must lead; chosen on the study half of
``benchmarks.coreference``.
"""
_FATES = 2
"""Sentences over which what befell somebody tells whom a later fate befell."""
_TIE = "two earlier names fit it nearly alike"
_TOGETHER = "several named together, not one actor"
_GROUPS = frozenset(
    {"state", "territory", "armed group", "IGO", "NGO", "party", "people", "religion", "company",
     "media", "institution", "group"}
)  # fmt: skip
FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our"})
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_PLURAL = frozenset({"they", "them", "their", "themselves"})
_RELATIVE = frozenset({"WP", "WDT"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})


def resolve_pronoun(draft: Draft, history: History) -> bool:
    """Settles a pronoun in place; False where it refers to nobody ("it rained")."""
    lower = draft.head.lower
    if lower in FIRST_PERSON:
        draft.unresolved = "first person outside a quote"
        return True
    if lower == "who":
        return _resolve_relative(draft, history)
    if lower in ("it", "itself") and _is_empty(draft.head, history):
        return False
    ahead = history.named_ahead(draft.head)
    if ahead is not None and _agrees(draft, ahead):
        point(draft, ahead, "pronoun:cataphora")
        return True
    antecedent, why = _best(draft, history)
    if antecedent is not None and why == _TOGETHER:
        meant = members(antecedent, history) if lower not in _POSSESSIVE else []
        if not share(draft, meant, "pronoun:together"):
            draft.unresolved = why
        return True
    if antecedent is None:
        draft.unresolved = why
        return why == _TIE or lower not in ("it", "its", "itself")
    point(draft, antecedent, "pronoun:salience")
    return True


def _resolve_relative(draft: Draft, history: History) -> bool:
    """ "X, who said …": the relative pronoun is the head of its clause."""
    clause = draft.head.head
    while clause.dep in ("conj", "ccomp", "xcomp", "aux") and clause.head is not clause:
        clause = clause.head
    if clause.dep != "relcl":
        return False
    candidate = history.at(clause.head)
    if candidate is None:
        return False
    point(draft, candidate, "relative-pronoun")
    return True


def _is_empty(token: Token, history: History) -> bool:
    if token.dep == "expl":
        return True
    verb = token.head
    if token.dep not in SUBJECTS or not is_verb(verb):
        return False
    clausal = any(c.dep in ("ccomp", "xcomp", "csubj", "acomp", "advcl") for c in verb.children)
    return (verb.lemma == "be" and clausal) or verb.lemma in history.words.expletive


def _best(draft: Draft, history: History) -> tuple[Draft | None, str]:
    """The likeliest antecedent, or None and why. "It" and "they" agree with so much that they are
    left open where two are nearly as likely.
    """
    fits: dict[str | int, tuple[float, Draft]] = {}
    plural = draft.head.lower in _PLURAL
    barred = _barred(draft, history)
    for candidate, distance in history.back(draft.head, _WINDOW):
        pair = members(candidate, history) if plural else []
        if plural and follows(candidate, history):
            continue
        if not pair and not _agrees(draft, candidate):
            continue
        if id(candidate) in barred or (candidate.actor and candidate.actor in barred):
            continue
        score = _salience(draft, candidate, distance, history)
        score += 2.8 if pair else 0.0  # they are several
        own = candidate.actor or id(candidate.antecedent or candidate)
        who = " ".join(sorted(one.actor or str(id(one)) for one in pair)) if pair else own
        if who not in fits or score > fits[who][0]:
            fits[who] = (score, candidate)
    ranked = sorted(fits.values(), key=lambda fit: -fit[0])
    if not ranked:
        return None, "no earlier name agrees with it"
    if draft.gender is None and len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN:
        return None, _TIE
    if plural and members(ranked[0][1], history):
        return ranked[0][1], _TOGETHER
    return ranked[0][1], ""


def _barred(draft: Draft, history: History) -> set[str | int]:
    """Who cannot be meant: actors and mentions that stand beside the pronoun in its clause, the
    speaker of the quotation it stands in.
    """
    barred: set[str | int] = set()
    for seen, (candidate, _) in enumerate(history.back(draft.head, 1)):
        if seen == 8:
            break
        if _same_clause(draft, candidate):
            barred.add(candidate.actor or id(candidate))
    inside = history.quoted.at(draft.head)
    if inside is not None:
        speaking = history.quoted.speaker(inside)
        speaker = history.at(speaking, reach=40) if speaking is not None else None
        if speaker is not None:
            barred.add(speaker.actor or id(speaker))
    return barred


def _salience(draft: Draft, candidate: Draft, distance: int, history: History) -> float:
    score = -2.0 * min(distance, _NEAR) - 0.8 * max(0, distance - _NEAR)
    if draft.head.lower in _PLURAL:
        score += 1.6 if candidate.plural else -1.2
    score += _standing(candidate, history) + _by_quotes(draft, candidate, history)
    head = candidate.head
    if distance == 0:
        score -= 0.02 * (draft.head.i - head.i)
        if draft.kind != "person" and head.dep not in SUBJECTS:
            score += 0.8
        if _governs(candidate, draft):
            score += 6.5 if _as_subject(candidate, draft) else 1.0
        elif _commands(candidate, draft):
            score += 1.7
        if _held_object(draft, candidate, history):
            score += 6.5
    elif draft.head.dep in SUBJECTS and head.dep in SUBJECTS:
        score += 0.5
    if 0 < distance <= _FATES:
        score += bearing.fit(bearing.bearing(draft.head), bearing.bearing(head))
    return score


def _standing(candidate: Draft, history: History) -> float:
    """How prominent a mention is by its own place: subject before object before possessor, often
    mentioned before seldom; "his successor" less than whoever is named.
    """
    head, score = _first_conjunct(candidate.head), 0.0
    if head.dep in SUBJECTS:
        score += 3.0
        if head.head.dep == "ROOT":
            score += 1.5
    elif head.dep == "dobj":
        score += 1.0
    elif head.dep == "poss" and head.head.dep in SUBJECTS and candidate.kind == "person":
        score += 1.5
    elif head.dep == "poss" or candidate.locative:
        score -= 1.0
    if candidate.actor is not None:
        score += 0.8 + 0.4 * min(3.0, math.log2(1 + history.counts[candidate.actor]))
    if candidate.rule == "role-of-possessive":
        score -= 1.0
    return score


def _first_conjunct(token: Token) -> Token:
    """Of "X and Y", where the place of both in the clause is written."""
    while token.dep == "conj" and token.head.pos in ("NOUN", "PROPN", "PRON"):
        token = token.head
    return token


def _by_quotes(draft: Draft, candidate: Draft, history: History) -> float:
    """A report's own pronoun looks past what others are quoted as saying."""
    theirs = history.quoted.at(candidate.head)
    if theirs is None or theirs == history.quoted.at(draft.head):
        return 0.0
    return -4.0 if theirs in history.quoted.spoken_by(draft.head) else -2.0


def _held_object(draft: Draft, candidate: Draft, history: History) -> bool:
    """ "thanking X for his stance", "helped X with her visa": the object of such verbs owns what
    it is thanked for or helped with.
    """
    if draft.head.lower not in _POSSESSIVE or candidate.head.dep != "dobj":
        return False
    verb = candidate.head.head
    owning = verb.lemma in OBJECT_OF or verb.lemma in history.words.helping
    return owning and any(a is verb for a in draft.head.ancestors())


def _governs(candidate: Draft, draft: Draft) -> bool:
    """Whether the pronoun stands in a relative clause on the candidate."""
    return any(ancestor is candidate.head for ancestor in draft.head.ancestors())


def _as_subject(candidate: Draft, draft: Draft) -> bool:
    """ "X, who said that he …": the relative pronoun is the subject of a verb over the other."""
    for verb in draft.head.ancestors():
        if verb.head is candidate.head and verb.dep == "relcl":
            return any(c.dep in SUBJECTS and c.tag in _RELATIVE for c in verb.children)
    return False


def _commands(candidate: Draft, draft: Draft) -> bool:
    """Whether the candidate is the subject of a verb over the pronoun."""
    if draft.head.lower in _PLURAL and not candidate.plural:
        return False
    if candidate.head.dep not in SUBJECTS:
        return False
    return any(ancestor is candidate.head.head for ancestor in draft.head.ancestors())


def _agrees(draft: Draft, candidate: Draft) -> bool:
    lower = draft.head.lower
    if lower in _PLURAL:
        return candidate.plural or candidate.kind in _GROUPS
    if draft.gender is None:
        return candidate.kind in _GROUPS and not candidate.plural
    if candidate.kind not in ("person", "unknown"):
        return False
    if candidate.plural or (candidate.form == "local" and candidate.kind == "unknown"):
        return False
    return candidate.gender in (None, draft.gender)


def _same_clause(draft: Draft, candidate: Draft) -> bool:
    """A plain pronoun and its antecedent are not arguments of one verb ("Smith saw him")."""
    lower = draft.head.lower
    if draft.head.dep == "poss" or lower in ("his", "its", "their") or lower.endswith("self"):
        return False
    if candidate.head.dep in ("poss", "compound", "amod", "nmod"):
        return False
    verb, other = _verb_over(draft.head), _verb_over(candidate.head)
    return verb is other or (candidate.head.dep in SUBJECTS and other in _lending_subject(verb))


def _lending_subject(verb: Token) -> Iterator[Token]:
    """Verbs whose subject an infinitive has too: "X refused to meet him"."""
    while verb.dep == "xcomp" and is_verb(verb.head) and not verb.head.having("dobj"):
        verb = verb.head
        yield verb


def _verb_over(token: Token) -> Token:
    for ancestor in token.ancestors():
        if is_verb(ancestor):
            return ancestor
    return token
