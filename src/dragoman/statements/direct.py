"""Direct speech: which quotation is whose, by the cue beside it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from dragoman.language.analysis import Analysis, Quote, Token
from dragoman.language.clauses import is_passive, is_verb, surface_subjects
from dragoman.statements.cover import Cover
from dragoman.statements.cues import Cue, cue_lexicon
from dragoman.statements.drafts import StatementDraft, merged
from dragoman.statements.reach import named_behind

CONTINUES = "quotation goes on"
"""Marks a quotation that a later paragraph takes up again."""
_MIN_WORDS = 3
_REACH = 14
"""Tokens between a quotation and its cue at the most."""
_EXCLAIMED = frozenset("!?,")
_BROKEN_OFF = frozenset(",—–-")
_SENTENCE_ENDS = frozenset(".!?:—–”\"'")
_NEAR = 6
"""Tokens between a quotation and a verb behind it that is no known cue."""
_LABEL = re.compile(r"(?:^|\n)\s*([A-Z][\w .'’-]{1,60}):\s*$")


def with_quotes(analysis: Analysis, drafts: list[StatementDraft]) -> list[StatementDraft]:
    """The drafts with quotations joined to them, and a draft for each quotation that stands alone.

    A quotation inside a content makes it mixed or direct. One beside a cue becomes that cue's
    content; one that follows its speaker's quotation in the same paragraph goes on with it.
    """
    by_cue = {id(draft.cue[0]): draft for draft in drafts if draft.cue}
    quoted = _QuoteIndex(analysis.quotes)
    cover = Cover((start, end, d) for d in drafts for start, end in d.content)
    known = {id(draft) for draft in drafts}
    previous: tuple[Quote, StatementDraft] | None = None
    for quote in analysis.quotes:
        tokens = analysis.between(quote.start, quote.end)
        holder = _holder(cover, quote)
        if holder is not None:
            _mark(holder, quote, analysis)
            previous = (quote, holder)
            continue
        if not tokens:
            continue
        cue = _cue_beside(analysis, quote, tokens, quoted)
        if not (_is_speech(tokens) or (cue is not None and _is_exclaimed(analysis, quote))):
            continue
        draft = _attach(analysis, quote, cue, by_cue, previous)
        if draft is None:
            continue
        if id(draft) not in known:
            known.add(id(draft))
            drafts.append(draft)
        previous = (quote, draft)
    return drafts


class _QuoteIndex:
    def __init__(self, quotes: Sequence[Quote]) -> None:
        self._quotes = quotes

    def holds(self, token: Token) -> bool:
        """Whether the token stands inside any quotation."""
        at = bisect.bisect_right(self._quotes, token.start, key=lambda q: q.start) - 1
        return at >= 0 and token.end <= self._quotes[at].end


def _is_speech(tokens: Sequence[Token]) -> bool:
    """Long enough, or with a verb: not a scare quote or a title."""
    words = [t for t in tokens if t.pos != "PUNCT"]
    return len(words) >= _MIN_WORDS and (len(words) > 6 or any(is_verb(t) for t in words))


def _is_exclaimed(analysis: Analysis, quote: Quote) -> bool:
    """A few words that are a sentence of their own: "Murderer!" """
    before = analysis.document.text[quote.start + 1 : quote.end - 1].rstrip()[-1:]
    return quote.closed and before in _EXCLAIMED


def _holder(cover: Cover[StatementDraft], quote: Quote) -> StatementDraft | None:
    inside = (quote.start + 1, quote.end - 1)
    near = {id(d): d for d in cover.touching(*inside)}.values()
    held = [
        d
        for d in near
        if d.kind != "direct"
        and not (d.cue and quote.start <= d.cue[0].start < quote.end)
        and d.rule != "cue:adverb"
        and (d.covers(*inside) or _overlap(d, quote) > 0.5)
    ]
    clausal = [d for d in held if d.rule == "cue:clause"] or held
    return min(clausal, key=lambda d: d.end - d.start, default=None)


def _overlap(draft: StatementDraft, quote: Quote) -> float:
    shared = sum(
        max(0, min(end, quote.end) - max(start, quote.start)) for start, end in draft.content
    )
    return shared / (quote.end - quote.start)


def _mark(draft: StatementDraft, quote: Quote, analysis: Analysis) -> None:
    text = analysis.document.text
    cue = (draft.cue[0].start, draft.cue[-1].end) if draft.cue else (0, 0)
    if not (quote.start < cue[1] and cue[0] < quote.end):
        draft.content = merged([*draft.content, (quote.start, quote.end)], text=text)
    outside = "".join(
        text[start:end] for start, end in _without(draft.content, quote.start, quote.end)
    )
    draft.kind = "mixed" if re.search(r"\w", outside) else "direct"
    draft.notes.append("quotation")


def _without(content: Sequence[tuple[int, int]], low: int, high: int) -> list[tuple[int, int]]:
    found = []
    for start, end in content:
        if start < low:
            found.append((start, min(end, low)))
        if end > high:
            found.append((max(start, high), end))
    return found


# ---------------------------------------------------------------- the cue beside a quotation


def _cue_beside(
    analysis: Analysis, quote: Quote, tokens: Sequence[Token], quoted: _QuoteIndex
) -> Token | None:
    first, last = tokens[0].i, tokens[-1].i
    paragraph = tokens[0].sentence.paragraph
    last_paragraph = tokens[-1].sentence.paragraph
    after = [
        t for t in analysis.tokens[last + 1 : last + 1 + _REACH]
        if t.sentence.paragraph == last_paragraph
    ]  # fmt: skip
    following = _until_stop(after, analysis, quote)
    found = _first_cue(following, quoted) or _unknown_cue(analysis, following, quote)
    if found is not None:
        return found
    before = [
        t for t in analysis.tokens[max(0, first - _REACH * 2) : first]
        if t.sentence.paragraph >= paragraph - 1
    ]  # fmt: skip
    return _cue_before(before, quoted, paragraph)


def _until_stop(tokens: Sequence[Token], analysis: Analysis, quote: Quote) -> list[Token]:
    """What follows a quotation up to the next full stop, unless it is a new sentence."""
    text = analysis.document.text
    closing = text[quote.end - 2 : quote.end - 1] if quote.closed else ""
    found: list[Token] = []
    for token in tokens:
        if not found and closing == "." and token.text[:1].isupper():
            # "…" He said: the next sentence's cue opens another quotation as a rule.
            return []
        if token.text in (".", "!", "?", "“", '"', "``", ";"):
            break
        found.append(token)
    return found


def _first_cue(tokens: Sequence[Token], quoted: _QuoteIndex) -> Token | None:
    verbs = cue_lexicon().verbs
    for token in tokens:
        cue = verbs.get(token.lemma) if is_verb(token) else None
        if cue is None or quoted.holds(token):
            continue
        if not {"clause", "quote"} & set(cue.frames):
            continue
        if token.tag != "VB" or token.child("aux") is None:
            return token
    return None


def _unknown_cue(analysis: Analysis, tokens: Sequence[Token], quote: Quote) -> Token | None:
    """Any finite verb right behind words broken off by a comma or dash: "…," she deadpanned."""
    last = analysis.document.text[quote.start : quote.end - 1].rstrip()[-1:]
    if not tokens or not quote.closed or last not in _BROKEN_OFF:
        return None
    for token in tokens[:_NEAR]:
        if is_verb(token):
            has_subject = token is tokens[0] or bool(surface_subjects(token))
            return token if token.tag in ("VBD", "VBZ") and has_subject else None
        if token.text in _BROKEN_OFF or token.pos in ("CCONJ", "SCONJ", "ADP"):
            return None
    return None


def _cue_before(tokens: Sequence[Token], quoted: _QuoteIndex, paragraph: int) -> Token | None:
    verbs = cue_lexicon().verbs
    if not tokens:
        return None
    last = tokens[-1]
    introduces = last.text in (":", ",") or last.lower in ("that", "as") or last.lemma in verbs
    if last.sentence.paragraph != paragraph and last.text != ":":
        return None
    for token in reversed(tokens):
        if token.text in (".", "!", "?") and token is not last:
            break
        if quoted.holds(token):
            break
        cue = verbs.get(token.lemma)
        if cue is None or not is_verb(token) or not introduces:
            continue
        if "clause" in cue.frames or ("quote" in cue.frames and last.text in (":", ",")):
            return token
    return None


def _attach(
    analysis: Analysis,
    quote: Quote,
    cue: Token | None,
    by_cue: dict[int, StatementDraft],
    previous: tuple[Quote, StatementDraft] | None,
) -> StatementDraft | None:
    span = (quote.start, quote.end)
    text = analysis.document.text
    if cue is not None:
        draft = by_cue.get(id(cue))
        if draft is not None:
            if draft.kind == "direct":
                draft.content = merged([*draft.content, span], text=text)
            else:
                _mark(draft, quote, analysis)
            return draft
        draft = _new(cue, span)
        by_cue[id(cue)] = draft
        return draft
    label = _LABEL.search(text, max(0, quote.start - 80), quote.start)
    if label is not None:
        return _labelled(analysis, label.span(1), span)
    if previous is not None and _goes_on(analysis, previous[0], quote):
        previous[1].content = merged([*previous[1].content, span], text=text)
        previous[1].notes.append(CONTINUES)
        return previous[1]
    if not quote.closed:
        # A mark without its fellow must not lend the rest of a paragraph to nobody.
        return None
    return StatementDraft(
        cue=[], content=[span], act="say", rule="quote:alone", kind="direct",
        implicit="a quotation without a cue", confidence=0.3,
    )  # fmt: skip


def _new(cue: Token, span: tuple[int, int]) -> StatementDraft:
    subjects = surface_subjects(cue)
    known = cue_lexicon().verbs.get(cue.lemma) or Cue(cue.lemma, "say")
    impersonal = is_passive(cue) and not known.passive_source
    source = subjects[0] if subjects and not impersonal else named_behind(cue)
    object_ = cue.child("dobj", "dative") if known.addressee == "object" else None
    return StatementDraft(
        cue=[cue], content=[span], act=known.act, rule="quote:cue", source=source, kind="direct",
        implicit=None if source is not None else "no subject in the clause", addressee=object_,
        confidence=0.92,
    )  # fmt: skip


def _labelled(
    analysis: Analysis, label: tuple[int, int], span: tuple[int, int]
) -> StatementDraft | None:
    """An interview's "Speaker: “…”"."""
    tokens = analysis.between(*label)
    if not tokens:
        return None
    return StatementDraft(
        cue=[], content=[span], act="say", rule="quote:colon", source=tokens[-1], kind="direct",
        confidence=0.8,
    )  # fmt: skip


def _paragraph_of(analysis: Analysis, at: int) -> int:
    return bisect.bisect_right(analysis.paragraphs, at, key=lambda bounds: bounds[0]) - 1


def _goes_on(analysis: Analysis, first: Quote, second: Quote) -> bool:
    """Whether a quotation without a cue is the one before continued: it begins a sentence in the
    same paragraph, or is the whole of the next.
    """
    before = _paragraph_of(analysis, first.end - 1)
    after = _paragraph_of(analysis, second.start)
    text = analysis.document.text
    start, end = analysis.paragraphs[after]
    lead, rest = text[start : second.start].rstrip(), text[second.end : end]
    if after == before:
        return lead[-1:] in _SENTENCE_ENDS
    return after == before + 1 and not lead and not re.search(r"\w", rest)
