"""Attributions without a verb of saying: "according to", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import is_verb
from dragoman.language.phrases import head_of, trim
from dragoman.statements.cues import cue_lexicon
from dragoman.statements.drafts import Bounds, StatementDraft, bounds

_MAX_HEAD = 10
"""Tokens before the colon of a headline that names its speaker."""


def implicit(analysis: Analysis) -> Iterator[StatementDraft]:
    """Statements marked by a phrase or an adverb."""
    adverbs = cue_lexicon().adverbs
    for token in analysis.tokens:
        if token.lower == "according":
            draft = _according(token)
        elif token.lower in adverbs and token.pos == "ADV":
            draft = _adverb(token, adverbs[token.lower])
        else:
            continue
        if draft is not None:
            yield draft


def headed(analysis: Analysis) -> Iterator[StatementDraft]:
    """Headlines such as "Foreign Ministry: troops will leave": the first words of a paragraph, up
    to a colon, name who says the rest. Whether they name anybody is for the caller to see.
    """
    for start, end in analysis.paragraphs:
        tokens = analysis.between(start, end)
        colon = next((n for n, t in enumerate(tokens[:_MAX_HEAD]) if t.text == ":"), 0)
        before, after = tokens[:colon], tokens[colon + 1 :]
        if not before or len(after) < 3 or any(is_verb(t) for t in before):
            continue
        if not any(t.pos == "PROPN" for t in before) or after[0].text in '“"‘«':
            continue
        yield StatementDraft(
            cue=[tokens[colon]], content=[bounds(trim(after))], act="say", rule="cue:colon",
            source=head_of(before), confidence=0.7,
        )  # fmt: skip


def _according(token: Token) -> StatementDraft | None:
    to = token.child("prep")
    source = to.child("pobj", "pcomp") if to is not None else token.child("pobj")
    if source is None:
        return None
    cue = [token, to] if to is not None else [token]
    top = token
    while top.head is not top and (not is_verb(top) or top is token):
        top = top.head
    content = _rest(top, token)
    if not content:
        return None
    return StatementDraft(
        cue=cue, content=content, act="say", rule="cue:according-to", source=source, confidence=0.9
    )


def _adverb(token: Token, act: str) -> StatementDraft | None:
    top = token.head
    while not is_verb(top) and top.head is not top:
        top = top.head
    content = _rest(top, token)
    if not content:
        return None
    return StatementDraft(
        cue=[token], content=content, act=act, rule="cue:adverb",
        implicit="an adverb without a source", confidence=0.7,
    )  # fmt: skip


def _rest(top: Token, phrase: Token) -> Bounds:
    """The clause of ``top`` without the phrase, as one or two runs."""
    inside = {t.i for t in phrase.subtree()}
    kept = [t for t in top.subtree() if t.i not in inside]
    low, high = min(inside), max(inside)
    found: Bounds = []
    for part in ([t for t in kept if t.i < low], [t for t in kept if t.i > high]):
        part = trim(part) if part else []
        if part and any(t.pos != "PUNCT" for t in part):
            found.append(bounds(part))
    return found
