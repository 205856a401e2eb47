"""Free indirect speech: sentences without a cue that go on with what somebody has been quoted as
saying.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.language.analysis import Analysis, Sentence, Token
from dragoman.language.clauses import is_verb, modal
from dragoman.language.phrases import trim
from dragoman.mentions.index import MentionIndex
from dragoman.statements.cues import cue_lexicon
from dragoman.statements.drafts import StatementDraft, bounds

_CONFIDENCE = 0.4
_MIN_WORDS = 4
BETWEEN = "present between two statements"
"""Marks a sentence that nothing but its tense and its place gives to the speaker."""
_BACKSHIFTED = frozenset({"would", "ought"})
_PRESENT = frozenset({"VBZ", "VBP"})
_PAST = frozenset({"VBD", "VBN"})


def continued(
    analysis: Analysis, drafts: Sequence[StatementDraft], index: MentionIndex
) -> Iterator[StatementDraft]:
    """A statement at low confidence for each sentence that carries a mark of the speaker's voice:
    a modal in a report of the past ("Egypt would not retreat"), a question, the present tense
    between two statements of one speaker, or what a witness who "recounted" goes on to tell.
    """
    by_sentence, covered = _said(analysis, drafts)
    before: StatementDraft | None = None
    for sentence in analysis.sentences:
        own = by_sentence.get(sentence.index)
        if sentence.index in covered:
            before = _main(own) if own else None
            continue
        found = None
        if before is not None and _follows(analysis, sentence):
            found = _going_on(sentence, before, by_sentence, index)
        if found is None:
            before = None
            continue
        yield found


def _said(
    analysis: Analysis, drafts: Sequence[StatementDraft]
) -> tuple[dict[int, list[StatementDraft]], set[int]]:
    """The cued drafts by sentence, and the sentences that any content or cue lies in."""
    by_sentence: dict[int, list[StatementDraft]] = {}
    covered: set[int] = set()
    for draft in drafts:
        for start, end in draft.content:
            covered.update(t.sentence.index for t in analysis.between(start, end))
        if draft.cue:
            by_sentence.setdefault(draft.cue[0].sentence.index, []).append(draft)
            covered.add(draft.cue[0].sentence.index)
    return by_sentence, covered


def _follows(analysis: Analysis, sentence: Sentence) -> bool:
    before = analysis.sentences[sentence.index - 1] if sentence.index else None
    return before is not None and sentence.paragraph - before.paragraph <= 1


def _going_on(
    sentence: Sentence,
    before: StatementDraft,
    by_sentence: dict[int, list[StatementDraft]],
    index: MentionIndex,
) -> StatementDraft | None:
    tokens = trim(sentence.tokens)
    if before.source is None or len(tokens) <= _MIN_WORDS or not before.cue:
        return None
    mark = _mark(sentence, before)
    if mark is None and _is_present(sentence.root):
        after = _main(by_sentence.get(sentence.index + 1, ()))
        if after is not None and _same_speaker(before, after, index):
            mark = BETWEEN
    if mark is None:
        return None
    return StatementDraft(
        cue=[], content=[bounds(tokens)], act="ask" if mark == "question" else "say",
        rule="free-indirect", source=before.source, confidence=_CONFIDENCE, notes=[mark],
    )  # fmt: skip


def _mark(sentence: Sentence, before: StatementDraft) -> str | None:
    """What shows that the sentence is still the speaker's, where one sign is enough."""
    cue, root = before.cue[0], sentence.root
    if before.cue[0].sentence.paragraph != sentence.paragraph:
        return None
    if cue.lemma in cue_lexicon().telling and not _is_dated(sentence):
        return "told on"
    if cue.tag not in _PAST or not _speaks(before):
        return None
    if sentence.tokens[-1].text == "?":
        return "question"
    if is_verb(root) and modal(root) in _BACKSHIFTED and not _is_dated(sentence):
        return "modal in reported speech"
    return None


def _speaks(draft: StatementDraft) -> bool:
    """A clause of saying or a demand, not a belief or a quotation between its marks."""
    return draft.rule == "cue:clause" and draft.kind != "direct" and draft.act != "think"


def _is_dated(sentence: Sentence) -> bool:
    """A day or hour of its own marks a fact the report adds."""
    return any(t.lower in cue_lexicon().days for t in sentence.tokens)


def _is_present(root: Token) -> bool:
    if not is_verb(root):
        return False
    auxiliaries = [c for c in root.children if c.dep in ("aux", "auxpass")]
    finite = auxiliaries[0] if auxiliaries else root
    return finite.tag in _PRESENT or modal(root) is not None


def _same_speaker(one: StatementDraft, other: StatementDraft, index: MentionIndex) -> bool:
    if one.source is None or other.source is None:
        return False
    first, second = index.reached(one.source), index.reached(other.source)
    if first is None or second is None or first[1].actor is None:
        return False
    return first[1].actor == second[1].actor


def _main(drafts: Sequence[StatementDraft]) -> StatementDraft | None:
    """The statement whose cue is the sentence's main verb, else the first."""
    for draft in drafts:
        if draft.cue[0] is draft.cue[0].sentence.root:
            return draft
    return drafts[0] if drafts else None
