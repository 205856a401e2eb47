"""How far a cue reaches: the verb with its particle and the word that leads to the content."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import is_verb
from dragoman.statements.cues import cue_lexicon
from dragoman.statements.drafts import StatementDraft

_LEADING = frozenset({"aux", "auxpass", "neg"})
_PHASES = frozenset(
    "go begin start continue proceed seem appear tend stop fall come keep resume cease".split()
)
_MAX_CHAIN = 4
_MAX_LEAD = 6


def cue_extent(analysis: Analysis, draft: StatementDraft) -> Sequence[Token]:
    """The tokens of the cue as a reader would mark it, a contiguous run."""
    if not draft.cue:
        return []
    first, last = min(draft.cue, key=_place), max(draft.cue, key=_place)
    low = _lead(analysis, _first_of_chain(first)) if is_verb(first) else first.i
    return analysis.tokens[low : _trail(analysis, draft, last) + 1]


def _first_of_chain(verb: Token) -> Token:
    """The verb that lends its tense to the cue: "went on to say", "stopped short of saying"."""
    top = verb.head
    if verb.dep == "pcomp":
        top = top.head if top.head.pos != "ADV" else top.head.head
    elif verb.dep != "xcomp":
        return verb
    near = top.i < verb.i <= top.i + _MAX_CHAIN
    return top if near and is_verb(top) and top.lemma in _PHASES else verb


def _place(token: Token) -> int:
    return token.i


def _lead(analysis: Analysis, verb: Token) -> int:
    """The first of the auxiliaries, negations and adverbs that stand together before the verb."""
    low = verb.i
    apart = cue_lexicon().adverbs
    for at in range(verb.i - 1, max(verb.sentence.tokens[0].i, verb.i - _MAX_LEAD) - 1, -1):
        token = analysis.tokens[at]
        governor = token.head
        own = governor is verb or (governor.head is verb and governor.dep == "advmod")
        if not own or token.lower in apart:
            break
        is_adverb = token.dep == "advmod" and token.tag in ("RB", "RBR")
        if not is_adverb and token.dep not in _LEADING:
            break
        low = at
    return low


def _trail(analysis: Analysis, draft: StatementDraft, last: Token) -> int:
    """The preposition between the cue and the content, where nothing else stands there."""
    at = last.i + 1
    if at + 1 >= len(analysis.tokens):
        return last.i
    token, after = analysis.tokens[at], analysis.tokens[at + 1]
    if token.pos != "ADP" and token.dep not in ("prep", "prt", "dative"):
        return last.i
    leads = any(start == after.start for start, _ in draft.content)
    return at if leads and not _to_addressee(draft, token, after) else last.i


def _to_addressee(draft: StatementDraft, preposition: Token, after: Token) -> bool:
    held = draft.addressee
    return preposition.lower == "to" and held is not None and after.i <= held.i
