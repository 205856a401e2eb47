"""Free indirect speech: a sentence without a cue between two that one speaker is the source of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.language.analysis import Analysis, Sentence, Token
from dragoman.language.clauses import is_verb, modal
from dragoman.language.phrases import trim
from dragoman.mentions.index import MentionIndex
from dragoman.statements.drafts import StatementDraft, bounds

_CONFIDENCE = 0.4


def continued(
    analysis: Analysis, drafts: Sequence[StatementDraft], index: MentionIndex
) -> Iterator[StatementDraft]:
    """A statement at low confidence for each such sentence in the present tense, or with a modal:
    a report in the past tense that changes to it within one person's speech goes on quoting.
    """
    by_sentence: dict[int, list[StatementDraft]] = {}
    covered: set[int] = set()
    for draft in drafts:
        for start, end in draft.content:
            covered.update(t.sentence.index for t in analysis.between(start, end))
        if draft.cue:
            by_sentence.setdefault(draft.cue[0].sentence.index, []).append(draft)
            covered.add(draft.cue[0].sentence.index)
    for sentence in analysis.sentences:
        if sentence.index in covered or not _is_present(sentence.root):
            continue
        source = _shared_speaker(sentence, by_sentence, index)
        tokens = trim(sentence.tokens)
        if source is not None and len(tokens) > 4:
            yield StatementDraft(
                cue=[], content=[bounds(tokens)], act="say", rule="free-indirect", source=source,
                confidence=_CONFIDENCE, implicit=None,
            )  # fmt: skip


def _is_present(root: Token) -> bool:
    if not is_verb(root):
        return False
    auxiliaries = [c for c in root.children if c.dep in ("aux", "auxpass")]
    finite = auxiliaries[0] if auxiliaries else root
    return finite.tag in ("VBZ", "VBP") or modal(root) is not None


def _shared_speaker(
    sentence: Sentence, by_sentence: dict[int, list[StatementDraft]], index: MentionIndex
) -> Token | None:
    before = _main(by_sentence.get(sentence.index - 1, ()))
    after = _main(by_sentence.get(sentence.index + 1, ()))
    if before is None or after is None or before.source is None or after.source is None:
        return None
    one, other = index.reached(before.source), index.reached(after.source)
    if one is None or other is None or one[1].actor is None:
        return None
    return after.source if one[1].actor == other[1].actor else None


def _main(drafts: Sequence[StatementDraft]) -> StatementDraft | None:
    """The statement whose cue is the sentence's main verb, else the first."""
    for draft in drafts:
        if draft.cue[0] is draft.cue[0].sentence.root:
            return draft
    return drafts[0] if drafts else None
