"""Attribution: every statement of a report, with source, cue, content, act and nesting."""

from __future__ import annotations

from dragoman.language.analysis import Analysis
from dragoman.language.encoder import Encoded
from dragoman.mentions.index import MentionIndex
from dragoman.model import Statement
from dragoman.statements import tagging
from dragoman.statements.continued import continued
from dragoman.statements.direct import with_quotes
from dragoman.statements.drafts import StatementDraft
from dragoman.statements.implicit import headed, implicit
from dragoman.statements.indirect import indirect
from dragoman.statements.linking import link
from dragoman.statements.merging import merge
from dragoman.statements.unsure import kept, unsure


def find(
    analysis: Analysis, index: MentionIndex, encoded: Encoded | None = None
) -> tuple[Statement, ...]:
    """The statements of an analysis in text order; without ``encoded`` the rules read alone."""
    drafts = [*indirect(analysis), *implicit(analysis), *_headed(analysis, index)]
    drafts = _without_doubles(with_quotes(analysis, drafts))
    drafts += continued(analysis, drafts, index)
    if encoded is not None:
        found = tagging.tag(analysis, encoded)
        drafts = kept(analysis, encoded, merge(tagging.drafts(analysis, found), drafts))
        drafts += [*unsure(analysis, encoded, drafts)]
    return link(analysis, drafts, index)


def _headed(analysis: Analysis, index: MentionIndex) -> list[StatementDraft]:
    """Headlines whose first or last words name an actor, a person, or an account."""
    return [draft for draft in headed(analysis) if _names_speaker(draft, index)]


def _names_speaker(draft: StatementDraft, index: MentionIndex) -> bool:
    source = draft.source
    if source is None:
        return False
    held = index.reached(source)
    if held is None:
        return source.text.startswith("@")
    return held[1].actor is not None or index.is_human(source) or held[1].role is not None


def _without_doubles(drafts: list[StatementDraft]) -> list[StatementDraft]:
    """One statement a content and cue; a noun inside another cue's phrase is no cue of its own."""
    kept: dict[tuple[tuple[int, int], ...], list[StatementDraft]] = {}
    for draft in sorted(drafts, key=lambda d: (-len(d.cue), -d.confidence)):
        rivals = kept.setdefault(tuple(draft.content), [])
        words = {token.i for token in draft.cue}
        if not any(words <= {token.i for token in rival.cue} for rival in rivals):
            rivals.append(draft)
    return [draft for rivals in kept.values() for draft in rivals]
