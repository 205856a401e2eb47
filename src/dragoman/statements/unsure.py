"""What the encoder makes of single words, held against what the rules and the network found.

Words that are likely somebody's, though nobody finds a cue for them, become statements too, at the
low confidence they deserve and marked as unsure: an event in attributed words must not be told as
the publisher's own. The other way round, a statement that one rule alone proposes is given up
where the encoder takes nearly all its words for the report's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from dragoman.language.analysis import Analysis, Token
from dragoman.language.encoder import Encoded
from dragoman.statements.continued import BETWEEN
from dragoman.statements.cover import Cover
from dragoman.statements.drafts import StatementDraft
from dragoman.statements.merging import ALONE, ATTITUDE

RULE: Final = "model:attributed"
UNSURE: Final = "unsure"
LIKELY: Final = 0.7
"""Probability of being attributed from which words are somebody's without any cue.
Chosen on the reports held out of PolNeAR's train split and on our own gold of status: lower values
keep more of what is attributed and give more of the report's own words away.
"""
OWN: Final = 0.1
"""Mean probability below which the words of a rule's content are the report's own."""
_WORDS: Final = 4
_DISCOUNT: Final = 0.4


def kept(
    analysis: Analysis, encoded: Encoded, drafts: Sequence[StatementDraft]
) -> list[StatementDraft]:
    """The drafts without those that a rule alone proposes and the encoder's words speak against.

    Quotations stay in any case, and so does what a headline or a witness's tale gives.
    """
    return [d for d in drafts if not _is_doubtful(d) or _mean(_words(analysis, d), encoded) >= OWN]


def _is_doubtful(draft: StatementDraft) -> bool:
    """Whether a cue that the network does not read, or the tense alone, is all there is for it."""
    return ALONE in draft.notes and (bool(draft.cue) or BETWEEN in draft.notes)


def unsure(
    analysis: Analysis, encoded: Encoded, drafts: Sequence[StatementDraft]
) -> Iterator[StatementDraft]:
    """Drafts for what the given ones leave uncovered."""
    cover = Cover((start, end, draft) for draft in drafts for start, end in draft.content)
    for sentence in analysis.sentences:
        for run in _runs(sentence.tokens, encoded, cover):
            yield StatementDraft(
                cue=[], content=[(run[0].start, run[-1].end)], act="say", rule=RULE,
                implicit="likely somebody's words; nobody is named beside them",
                confidence=round(_DISCOUNT * _mean(run, encoded), 3), notes=[ATTITUDE, UNSURE],
            )  # fmt: skip


def _runs(
    tokens: Sequence[Token], encoded: Encoded, cover: Cover[StatementDraft]
) -> Iterator[list[Token]]:
    """Runs of words that likely are somebody's and that no draft holds."""

    def is_somebodys(token: Token) -> bool:
        likely = float(encoded.attributed[token.i]) >= LIKELY
        return likely and not cover.over(token.start, token.end)

    for likely, group in groupby(tokens, key=is_somebodys):
        run = [*group]
        if likely and len(run) >= _WORDS:
            yield run


def _words(analysis: Analysis, draft: StatementDraft) -> list[Token]:
    return [token for start, end in draft.content for token in analysis.between(start, end)]


def _mean(tokens: Sequence[Token], encoded: Encoded) -> float:
    if not tokens:
        return 1.0
    return sum(float(encoded.attributed[t.i]) for t in tokens) / len(tokens)
