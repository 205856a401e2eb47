"""Attribution: every statement of a report, with source, cue, content, act and nesting."""

from __future__ import annotations

from dragoman.language.analysis import Analysis
from dragoman.mentions.index import MentionIndex
from dragoman.model import Statement
from dragoman.statements.continued import continued
from dragoman.statements.direct import with_quotes
from dragoman.statements.drafts import StatementDraft
from dragoman.statements.implicit import implicit
from dragoman.statements.indirect import indirect
from dragoman.statements.linking import link


def find(analysis: Analysis, index: MentionIndex) -> tuple[Statement, ...]:
    """The statements of an analysis in text order."""
    drafts = [*indirect(analysis), *implicit(analysis)]
    drafts = _without_doubles(with_quotes(analysis, drafts))
    drafts += continued(analysis, drafts, index)
    return link(analysis, drafts, index)


def _without_doubles(drafts: list[StatementDraft]) -> list[StatementDraft]:
    """One statement a cue and content, the surer one."""
    kept: dict[tuple[int, tuple[tuple[int, int], ...]], StatementDraft] = {}
    for draft in drafts:
        key = (draft.cue[0].start if draft.cue else -1, tuple(draft.content))
        if key not in kept or kept[key].confidence < draft.confidence:
            kept[key] = draft
    return list(kept.values())
