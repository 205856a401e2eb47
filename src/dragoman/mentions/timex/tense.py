"""Which way a temporal expression points: the tense of the verb that governs it."""

from __future__ import annotations

from typing import Final

from dragoman.language.analysis import Analysis, Token
from dragoman.mentions.timex.reading import Tense

_AHEAD_WORDS: Final = frozenset(
    "scheduled planned expected due set slated likely poised ready bound".split()
)
_INTENDING: Final = frozenset(
    "plan expect intend hope aim agree prepare threaten vow promise pledge decide vote schedule "
    "want seek propose offer urge ask call demand order request promise".split()
)
_MODALS: Final = frozenset(
    "will shall would should can could may might must 'll ’ll wo ca 'd ’d".split()
)
_SAYING: Final = frozenset("say tell report write claim note tweet announce admit add".split())
_HAVE: Final = "have"
_BE: Final = "be"


def tense_at(analysis: Analysis, start: int, end: int) -> Tense | None:
    """Past, present or future of the clause around ``start..end``; None where no verb governs it.

    The nearest verb above the words decides; participles and bare infinitives that do not tell by
    themselves hand the question to the verb above them. "ahead of" and "pending" point
    forward.
    """
    tokens = [token for token in analysis.between(start, end) if token.dep != "punct"]
    if not tokens:
        return None
    top = min(tokens, key=lambda token: sum(1 for _ in token.ancestors()))
    if _ahead_of(tokens[0], analysis):
        return "future"
    for token in top.ancestors() if top.pos not in ("VERB", "AUX") else (top, *top.ancestors()):
        if token.lower in _AHEAD_WORDS and token.pos in ("VERB", "ADJ"):
            return "future"
        if token.pos in ("VERB", "AUX") and (found := _tense(token)) is not None:
            return found
    return None


def _ahead_of(token: Token, analysis: Analysis) -> bool:
    """Whether the words stand after "ahead of" or "pending"."""
    before = [t.lower for t in analysis.tokens[max(0, token.i - 3) : token.i]]
    return before[-2:] == ["ahead", "of"] or before[-1:] == ["pending"]


def _tense(verb: Token) -> Tense | None:
    """The tense a verb group shows; None for forms that depend on the verb above."""
    helpers = [child for child in verb.children if child.dep in ("aux", "auxpass")]
    if any(helper.lower in _MODALS for helper in helpers):
        perfect = any(helper.lemma == _HAVE for helper in helpers)
        return "past" if perfect else "future"
    if any(helper.lemma in (_HAVE, "'ve", "’ve") for helper in helpers):
        return "past"
    if any(helper.tag == "VBD" for helper in helpers):
        return "future" if _going_to(verb) else "past"
    if helpers and helpers[0].tag in ("VBZ", "VBP"):
        return "future" if verb.tag == "VBG" else "present"
    if verb.tag == "VBD":
        return "past"
    if any(helper.lower == "to" for helper in helpers):
        return _infinitive(verb)
    if verb.tag in ("VBZ", "VBP"):  # "he says on Friday" tells of what was said
        return "past" if verb.lemma in _SAYING else "present"
    return None


def _going_to(verb: Token) -> bool:
    return verb.lower == "going" and any(child.dep == "xcomp" for child in verb.children)


def _infinitive(verb: Token) -> Tense | None:
    """ "agreed to meet on Friday": the infinitive of an intention lies ahead."""
    head = verb.head
    if head is verb:
        return "future"
    if head.lemma in _INTENDING or head.lower in _AHEAD_WORDS or head.lower == "going":
        return "future"
    if head.pos in ("VERB", "AUX") and head.tag in ("VBD", "VBN") and verb.dep == "advcl":
        return None
    return "future" if head.pos in ("NOUN", "ADJ") else None
