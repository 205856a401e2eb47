"""One list of attributions from two: the trained network's and the rules'.

The network gives the outermost attributions their extents; the rules give them act, addressee and
negation, and find what the network was not trained to: statements inside statements, implicit and
continued ones. An outermost attribution that only a rule proposes is kept at a lower confidence, so
that what it holds is never told as the publisher's own word.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.statements.cover import Cover
from dragoman.statements.cues import cue_lexicon
from dragoman.statements.direct import CONTINUES
from dragoman.statements.drafts import StatementDraft

_RULE_ONLY = 0.5
"""What a rule's confidence is multiplied by where the network reads no attribution."""
_UNSURE = 0.6
"""Confidence of the network below which a rule's wider content is taken instead of its own."""
ATTITUDE = "attitude"
"""Marks what only the network attributes, by words that do not say: plans, moods, decisions."""
ALONE = "by rule alone"
"""Marks an outermost statement that the network does not read."""
_WHOLE = 0.9
"""Share of a content inside another's from which it is a part of it."""
_SAME = 0.5
"""Share of both contents' code points from which two attributions are one."""


def merge(model: Sequence[StatementDraft], rules: Sequence[StatementDraft]) -> list[StatementDraft]:
    """The network's drafts, completed by their twins among the rules' drafts, and those drafts of
    the rules that are no other reading of one of them.
    """
    twins: dict[int, StatementDraft] = {}
    spent: set[int] = set()
    by_cue: dict[int, StatementDraft] = {t.i: d for d in model for t in d.cue}
    cover = Cover((start, end, d) for d in model for start, end in d.content)
    for rule in rules:
        other = _twin(rule, by_cue, cover)
        if other is None:
            continue
        spent.add(id(rule))
        if id(other) not in twins or _fits(rule, other) > _fits(twins[id(other)], other):
            twins[id(other)] = rule
    for draft in model:
        if id(draft) not in twins and not _is_cue(draft):
            draft.notes.append(ATTITUDE)
    kept = [
        _completed(draft, twins.get(id(draft)))
        for draft in model
        if (id(draft) in twins or draft.source is not None or _is_cue(draft))
        and not _is_relative(draft)
    ]
    for rule in rules:
        if id(rule) not in spent:
            kept.append(_lowered(rule, cover))
    return kept


def _is_cue(draft: StatementDraft) -> bool:
    """Whether a word of the cue is one the lexicon knows; without a source it must be."""
    lexicon = cue_lexicon()
    return any(
        lexicon.verb(t) or t.lemma in lexicon.nouns or t.lower in lexicon.adverbs for t in draft.cue
    )


def _is_relative(draft: StatementDraft) -> bool:
    """ "…, allegations the police reject": what is told of the noun is not what was alleged."""
    if len(draft.cue) != 1 or draft.cue[0].pos != "NOUN":
        return False
    clauses = [c for c in draft.cue[0].having("relcl") if c.child("nsubj") and not c.child("dobj")]
    return any(draft.start == clause.subtree()[0].start for clause in clauses)


def _twin(
    rule: StatementDraft, by_cue: dict[int, StatementDraft], cover: Cover[StatementDraft]
) -> StatementDraft | None:
    """The network's draft that reads the same attribution: one cue, or one content and no cue of
    the rule's inside it.
    """
    for token in rule.cue:
        other = by_cue.get(token.i)
        if other is not None and (_held(rule, other) >= _SAME or _held(other, rule) >= _WHOLE):
            return other
    near = {id(d): d for s, e in rule.content for d in cover.touching(s, e)}.values()
    for other in near:
        inside = bool(rule.cue) and other.covers(rule.cue[0].start, rule.cue[0].end)
        if not inside and _shared(rule, other) >= _SAME:
            return other
    return None


def _held(rule: StatementDraft, other: StatementDraft) -> float:
    """The share of the rule's content that the network's content covers."""
    common = sum(
        max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in rule.content for b in other.content
    )
    return common / sum(end - start for start, end in rule.content)


def _shared(one: StatementDraft, other: StatementDraft) -> float:
    """The share of code points the contents have in common, of the longer one."""
    common = sum(
        max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one.content for b in other.content
    )
    longest = max(sum(e - s for s, e in d.content) for d in (one, other))
    return common / longest if longest else 0.0


def _fits(rule: StatementDraft, other: StatementDraft) -> float:
    cue = bool({t.i for t in rule.cue} & {t.i for t in other.cue})
    return cue + _shared(rule, other)


def _completed(draft: StatementDraft, rule: StatementDraft | None) -> StatementDraft:
    if rule is None:
        return draft
    goes_on = CONTINUES in rule.notes
    wider = draft.confidence < _UNSURE or goes_on or _runs_on(draft, rule)
    if wider and _held(draft, rule) >= _WHOLE:
        draft.content = rule.content
    draft.addressee = rule.addressee
    draft.negated = rule.negated
    if draft.act == "say":
        draft.act = rule.act
    if draft.source is None and rule.source is not None and not rule.implicit:
        draft.source, draft.implicit = rule.source, None
    draft.notes += [*rule.notes, f"agrees with {rule.rule}"]
    return draft


def _runs_on(draft: StatementDraft, rule: StatementDraft) -> bool:
    """Whether the network's content breaks off in the middle of a phrase that the rule's ends."""
    if len(draft.content) != 1 or len(rule.content) != 1 or not rule.cue:
        return False
    if draft.start != rule.start or draft.end >= rule.end:
        return False
    left = [t for t in rule.cue[0].sentence.tokens if draft.end <= t.start < rule.end]
    return bool(left) and all(t.pos != "PUNCT" for t in left)


def _lowered(rule: StatementDraft, cover: Cover[StatementDraft]) -> StatementDraft:
    """Nested statements keep their confidence: the network reads only the outermost."""
    low = rule.cue[0].start if rule.cue else rule.start
    if not cover.over(low, low + 1):
        rule.confidence *= _RULE_ONLY
        rule.notes.append(ALONE)
    return rule
