"""Attributions without a verb of saying: "according to", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import is_verb
from dragoman.language.phrases import head_of, trim
from dragoman.register import default_register
from dragoman.statements.cues import cue_lexicon
from dragoman.statements.drafts import Bounds, StatementDraft, bounds

_VIEWS = {
    "view": "think", "opinion": "think", "eyes": "think", "judgment": "think", "mind": "think",
    "judgement": "think", "estimation": "think", "words": "say", "account": "say",
    "telling": "say", "reckoning": "think", "estimate": "think", "phrase": "say",
}  # fmt: skip
_VIEW_OPENERS = frozenset({"in", "by", "to", "on"})
_PUT = frozenset({"put", "puts", "had", "has", "tells", "told"})
_MAX_HEAD = 10
"""Tokens before the colon of a headline that names its speaker."""
_MAX_TAIL = 6
"""Tokens behind the dash of such a headline."""
_DASHES = frozenset({"—", "–", "-", "--"})


def implicit(analysis: Analysis) -> Iterator[StatementDraft]:
    """Statements marked by a phrase or an adverb."""
    adverbs = cue_lexicon().adverbs
    for token in analysis.tokens:
        if token.lower == "according":
            draft = _according(token)
        elif token.lower == "per":
            draft = _per(token)
        elif token.lower in _VIEWS and token.dep == "pobj":
            draft = _view(token)
        elif token.lower in _PUT and token.pos == "VERB":
            draft = _put(token)
        elif token.lower in adverbs and token.pos == "ADV":
            draft = _adverb(token, adverbs[token.lower])
        else:
            continue
        if draft is not None:
            yield draft


def headed(analysis: Analysis) -> Iterator[StatementDraft]:
    """Headlines such as "Foreign Ministry: troops will leave", where the first words of a
    paragraph, up to a colon, name who says the rest, or "Troops to leave — foreign ministry", where
    the last ones do. Whether they name anybody is for the caller to see.
    """
    for start, end in analysis.paragraphs:
        tokens = analysis.between(start, end)
        draft = _before_colon(tokens) or _behind_dash(tokens)
        if draft is not None:
            yield draft


def _before_colon(tokens: Sequence[Token]) -> StatementDraft | None:
    colon = next((n for n, t in enumerate(tokens[:_MAX_HEAD]) if t.text == ":"), 0)
    before, after = tokens[:colon], tokens[colon + 1 :]
    if not before or len(after) < 3 or any(is_verb(t) for t in before):
        return None
    named = before[0].text.startswith("@") or any(t.pos == "PROPN" for t in before)
    if not named or after[0].text in '“"‘«' or _is_dateline(before):
        return None
    return StatementDraft(
        cue=[tokens[colon]], content=[bounds(trim(after))], act="say", rule="cue:colon",
        source=head_of(before), confidence=0.7,
    )  # fmt: skip


def _is_dateline(tokens: Sequence[Token]) -> bool:
    """ "NAIROBI, Kenya: …": a town in capitals and its country say where, not who says it."""
    comma = next((n for n, t in enumerate(tokens) if t.text == ","), 0)
    country = " ".join(t.text for t in tokens[comma + 1 :])
    in_capitals = all(t.text.isupper() and "." not in t.text for t in tokens[:comma])
    return bool(comma) and in_capitals and bool(default_register().find(country))


def _behind_dash(tokens: Sequence[Token]) -> StatementDraft | None:
    dash = next((n for n, t in enumerate(tokens) if t.text in _DASHES and n), None)
    if dash is None or tokens[-1].text in (".", "!", "?", "”", '"'):
        return None
    before, after = tokens[:dash], tokens[dash + 1 :]
    if len(before) < 3 or not 0 < len(after) <= _MAX_TAIL or any(is_verb(t) for t in after):
        return None
    if before[-1].text == "”" or any(t.text in (",", ":", ";") for t in after):
        return None
    return StatementDraft(
        cue=[], content=[bounds(trim(before))], act="say", rule="headline:dash",
        source=head_of(after), confidence=0.5,
    )  # fmt: skip


def _according(token: Token) -> StatementDraft | None:
    to = next((c for c in token.having("prep") if c.i == token.i + 1), None)
    source = to.child("pobj", "pcomp") if to is not None else token.child("pobj")
    if source is None:
        return None
    cue = [token, to] if to is not None else [token]
    content = _rest(_clause_over(token), token)
    if not content:
        return None
    return StatementDraft(
        cue=cue, content=content, act="say", rule="cue:according-to", source=source, confidence=0.9
    )


def _per(token: Token) -> StatementDraft | None:
    """ "…, per the ministry": never "ten dollars per head"."""
    source = token.child("pobj")
    if source is None or (source.pos != "PROPN" and not source.children):
        return None
    before = token.sentence.tokens[max(0, token.i - token.sentence.tokens[0].i - 1)]
    if before is not token and before.text not in (",", "—", "–", "-", "("):
        return None
    content = _rest(_clause_over(token), token)
    if not content:
        return None
    return StatementDraft(
        cue=[token], content=content, act="say", rule="cue:per", source=source, confidence=0.8
    )


def _view(noun: Token) -> StatementDraft | None:
    """ "In X's view, …", "in the words of X", "by X's account"."""
    preposition = noun.head
    owner = noun.child("poss")
    of = next((c for c in noun.having("prep") if c.lower == "of" and c.i > noun.i), None)
    source = owner if owner is not None else of.child("pobj") if of is not None else None
    if source is None or preposition.lower not in _VIEW_OPENERS:
        return None
    content = _rest(_clause_over(preposition), preposition)
    if not content or not is_verb(_clause_over(preposition)):
        return None
    if not (_is_set_off(preposition, noun) or owner is None):
        return None
    return StatementDraft(
        cue=[noun] if owner is not None or of is None else [preposition, of], content=content,
        act=_VIEWS[noun.lower], rule="cue:view", source=source, confidence=0.75,
    )  # fmt: skip


def _is_set_off(preposition: Token, noun: Token) -> bool:
    """Whether the phrase opens its sentence or stands behind a comma, and a comma follows it."""
    tokens = noun.sentence.tokens
    start, end = preposition.i - tokens[0].i, preposition.subtree()[-1].i - tokens[0].i
    opens = start == 0 or tokens[start - 1].text in (",", "—", "–", "(") or start == 1
    return opens and (end + 1 >= len(tokens) or tokens[end + 1].pos == "PUNCT")


def _put(verb: Token) -> StatementDraft | None:
    """ "…, as X put it", "X put it plainly: …"."""
    held = verb.child("dobj")
    source = verb.child("nsubj")
    if held is None or held.lower != "it" or source is None or held.i != verb.i + 1:
        return None
    tokens = verb.sentence.tokens
    follows = [t for t in tokens if t.i > held.i]
    if any(c.dep == "mark" and c.lower == "as" for c in verb.children):
        content = _rest(_clause_over(verb.head) if verb.head is not verb else verb, verb)
        cue = [verb, held]
    else:
        at = next((n for n, t in enumerate(follows[:4]) if t.text == ":"), None)
        if at is None or len(follows) < at + 3:
            return None
        content = [bounds(trim(follows[at + 1 :]))]
        cue = [verb, held, *follows[: at + 1]]
    if not content:
        return None
    return StatementDraft(
        cue=cue, content=content, act="say", rule="cue:put-it", source=source, confidence=0.85
    )


def _clause_over(token: Token) -> Token:
    """The verb of the clause a phrase stands in; the sentence's root where it stands in none."""
    top = token
    while top.head is not top and (not is_verb(top) or top is token):
        top = top.head
    return top


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
    stops = [t.i for t in kept if t.text == ";"]
    first = max((i for i in stops if i < low), default=-1)
    last = min((i for i in stops if i > high), default=high + len(kept) + 1_000)
    kept = [t for t in kept if first < t.i < last]
    found: Bounds = []
    for part in ([t for t in kept if t.i < low], [t for t in kept if t.i > high]):
        part = trim(part) if part else []
        if part and any(t.pos != "PUNCT" for t in part):
            found.append(bounds(part))
    return found
