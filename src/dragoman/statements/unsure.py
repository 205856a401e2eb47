"""Words that are likely somebody's, though neither the network nor the rules find a cue for them.

An event in attributed words must not be told as the publisher's own, so these stretches become
statements too, at the low confidence they deserve and marked as unsure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from dragoman.language.analysis import Analysis, Token
from dragoman.language.encoder import Encoded
from dragoman.statements.cover import Cover
from dragoman.statements.drafts import StatementDraft
from dragoman.statements.merging import ATTITUDE

RULE: Final = "model:attributed"
UNSURE: Final = "unsure"
LIKELY: Final = 0.7
"""Probability of being attributed from which a word is taken for somebody's without any cue.
Chosen on the reports held out of PolNeAR's train split and on our own gold of status: lower values
keep more of what is attributed and give more of the report's own words away.
"""
_WORDS: Final = 4
_DISCOUNT: Final = 0.4


def unsure(
    analysis: Analysis, encoded: Encoded, drafts: Sequence[StatementDraft]
) -> Iterator[StatementDraft]:
    """Drafts for what the given ones leave uncovered."""
    cover = Cover((start, end, draft) for draft in drafts for start, end in draft.content)

    def is_somebodys(token: Token) -> bool:
        likely = float(encoded.attributed[token.i]) >= LIKELY
        return likely and not cover.over(token.start, token.end)

    for sentence in analysis.sentences:
        for likely, group in groupby(sentence.tokens, key=is_somebodys):
            run = [*group]
            if not likely or len(run) < _WORDS:
                continue
            mean = sum(float(encoded.attributed[t.i]) for t in run) / len(run)
            yield StatementDraft(
                cue=[], content=[(run[0].start, run[-1].end)], act="say", rule=RULE,
                implicit="likely somebody's words; nobody is named beside them",
                confidence=round(_DISCOUNT * mean, 3), notes=[ATTITUDE, UNSURE],
            )  # fmt: skip
