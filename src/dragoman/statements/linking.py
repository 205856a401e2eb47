"""Who speaks, to whom, and inside what other statement: drafts become statements."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import is_verb, modal, surface_subjects
from dragoman.language.lexicon import load_yaml
from dragoman.language.phrases import full_phrase, head_of, without_article
from dragoman.mentions.index import MentionIndex
from dragoman.model import Document, Span, Statement, Trace
from dragoman.statements.cover import Cover
from dragoman.statements.cues import cue_lexicon
from dragoman.statements.drafts import StatementDraft, merged
from dragoman.statements.extents import cue_extent
from dragoman.statements.tagging import RULE

_MAX_SOURCE = 40
"""Tokens: a longer source phrase is cut to its noun phrase, the parser having lost its way."""


def link(
    analysis: Analysis, drafts: Sequence[StatementDraft], index: MentionIndex
) -> tuple[Statement, ...]:
    """Statements in text order with speakers, addressees and parents."""
    ordered = sorted(drafts, key=lambda d: (_anchor(d), d.start))
    names = {id(draft): f"s{number}" for number, draft in enumerate(ordered, 1)}
    cover = Cover((start, end, d) for d in ordered for start, end in d.content)
    return tuple(_statement(analysis, d, names, _parent(d, cover), index) for d in ordered)


def _anchor(draft: StatementDraft) -> int:
    return min(draft.start, draft.cue[0].start) if draft.cue else draft.start


def _parent(draft: StatementDraft, cover: Cover[StatementDraft]) -> StatementDraft | None:
    """The smallest statement whose content holds this one's cue and content."""
    low = draft.cue[0].start if draft.cue else draft.start
    high = draft.cue[-1].end if draft.cue else draft.end
    holders = [
        other
        for other in cover.over(low, high)
        if other is not draft and _size(other) > _size(draft)
    ]
    return min(holders, key=_size, default=None)


def _size(draft: StatementDraft) -> int:
    return sum(end - start for start, end in draft.content)


def _statement(
    analysis: Analysis,
    draft: StatementDraft,
    names: dict[int, str],
    parent: StatementDraft | None,
    index: MentionIndex,
) -> Statement:
    document = analysis.document
    mention = index.reached(draft.source) if draft.source is not None else None
    speaker = mention[1].actor if mention is not None else None
    addressee_token = draft.addressee or _occasion(draft)
    addressee = index.reached(addressee_token) if addressee_token is not None else None
    act = _refined(analysis, draft, index, speaker)
    return Statement(
        id=names[id(draft)],
        content=document.span(*draft.content),
        kind=draft.kind,
        act=act,
        source=_source(analysis, draft),
        cue=_cue(analysis, draft),
        speaker=speaker,
        source_mention=mention[0] if mention is not None else None,
        implicit=draft.implicit,
        addressee=addressee[1].actor if addressee is not None else None,
        addressee_span=_source_span(analysis, addressee_token),
        parent=names[id(parent)] if parent is not None else None,
        confidence=round(draft.confidence * (0.6 if draft.negated else 1.0), 3),
        trace=_trace(draft, document, act),
    )


def _cue(analysis: Analysis, draft: StatementDraft) -> Span | None:
    if not draft.cue:
        return None
    if draft.rule == RULE:
        return _span_of(analysis, draft.cue)
    return analysis.span(*cue_extent(analysis, draft))


def _source(analysis: Analysis, draft: StatementDraft) -> Span | None:
    if draft.source_tokens:
        return _span_of(analysis, draft.source_tokens)
    return _source_span(analysis, draft.source, draft.cue)


def _span_of(analysis: Analysis, tokens: Sequence[Token]) -> Span:
    """The span of tokens that need not stand side by side."""
    parts = merged([(t.start, t.end) for t in tokens], text=analysis.document.text)
    return analysis.document.span(*parts)


def _source_span(analysis: Analysis, token: Token | None, cue: Sequence[Token] = ()) -> Span | None:
    """The whole phrase that names the source, without a clause that the cue itself stands in."""
    if token is None:
        return None
    if token.pos == "PRON" and not token.children:
        return analysis.span(token)
    tokens = full_phrase(token, "advcl")
    if len(tokens) > _MAX_SOURCE or any(t in tokens for t in cue):
        tokens = full_phrase(token, "relcl", "advcl", "acl")
    if len(tokens) > _MAX_SOURCE:
        tokens = [token]
    return analysis.span(*without_article(tokens) if len(tokens) == 1 else tokens)


def _trace(draft: StatementDraft, document: Document, act: str) -> tuple[Trace, ...]:
    evidence = document.span((draft.cue[0].start, draft.cue[-1].end)) if draft.cue else None
    rows = [Trace("content", draft.rule, evidence)]
    if act != draft.act:
        rows.append(Trace("act", f"{draft.act}->{act}: what the speaker's own side will do"))
    if draft.negated:
        rows.append(Trace("cue", "negated", evidence))
    rows += [Trace("kind", note) for note in dict.fromkeys(draft.notes)]
    return tuple(rows)


def _occasion(draft: StatementDraft) -> Token | None:
    """Whom a meeting or call was with at which the words were spoken."""
    if not draft.cue or not is_verb(draft.cue[0]):
        return None
    occasions = cue_lexicon().occasions
    verb = draft.cue[0]
    for governor in [verb, *verb.having("advcl")]:
        for preposition in governor.having("prep"):
            if preposition.lower not in ("at", "in", "during", "after", "on", "following"):
                continue
            noun = preposition.child("pobj")
            if noun is None or noun.lemma not in occasions:
                continue
            for with_ in noun.having("prep"):
                if with_.lower in ("with", "to"):
                    return with_.child("pobj")
    return None


def _refined(
    analysis: Analysis, draft: StatementDraft, index: MentionIndex, speaker: str | None
) -> str:
    """A plain "said" about what the speaker's own side will do is a promise or a threat."""
    if (
        draft.act not in ("say", "announce")
        or speaker is None
        or draft.rule not in ("cue:clause", RULE)
    ):
        return draft.act
    tokens = analysis.between(*draft.content[0])
    verb = head_of(tokens) if tokens else None
    if verb is None or not is_verb(verb) or modal(verb) not in ("will", "shall"):
        return draft.act
    subjects = surface_subjects(verb)
    own = index.reached(subjects[0]) if subjects else None
    if own is None or not _same_side(index, own[1].actor, speaker):
        return draft.act
    hostile = load_yaml("dragoman.statements", "cues.yaml")["hostile"]
    lemmas = {t.lemma for t in (verb, *verb.having("xcomp", "conj"))}
    return "threaten" if lemmas & set(hostile) else "promise"


def _same_side(index: MentionIndex, actor: str | None, speaker: str) -> bool:
    if actor is None:
        return False
    if actor == speaker:
        return True
    one, other = index.actors.get(actor), index.actors.get(speaker)
    return (
        one is not None and other is not None and one.country is not None
        and one.country == other.country and one.kind != "people"
    )  # fmt: skip
