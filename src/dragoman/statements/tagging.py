"""Attributions as the trained network reads them: outermost statements with their source, cue and
content. What stands inside another's words, and what has no cue, is left to the rules.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.language.analysis import Analysis, Token
from dragoman.language.encoder import Encoded, Window, default_encoder
from dragoman.language.phrases import head_of, trim
from dragoman.model import Kind
from dragoman.statements.cues import cue_lexicon
from dragoman.statements.decoding import Relation, Settings, relations
from dragoman.statements.drafts import Bounds, StatementDraft, bounds

RULE = "model:attribution"
_DIRECT, _INDIRECT = 0.95, 0.05
"""Shares of quoted letters from which a content is direct, up to which it is indirect."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution in tokens. ``anchor`` is the cue's head word, ``source`` is empty where the
    source is implicit, ``content`` has a row of tokens for each fragment.
    """

    anchor: Token
    source: tuple[Token, ...]
    cue: tuple[Token, ...]
    content: tuple[tuple[Token, ...], ...]
    confidence: float

    @property
    def bounds(self) -> Bounds:
        """Code points of the content's fragments."""
        return [bounds(fragment) for fragment in self.content]


def tag(analysis: Analysis, encoded: Encoded | None = None) -> list[Attribution]:
    """The attributions of one analysis, in the order of their cues."""
    encoded = encoded or default_encoder().encode(analysis)
    settings = encoded.encoder.settings
    found = decode(encoded.windows, Settings(tuple(settings["cost"])))
    slope = settings["calibration"]
    made = [_attribution(analysis, relation, slope) for relation in found]
    return sorted(made, key=lambda attribution: attribution.anchor.i)


def decode(encoded: Sequence[Window], settings: Settings) -> list[Relation]:
    """The relations of a document's windows, padded to one array so that one pass decodes all."""
    rows = [window for window in encoded if len(window.anchors)]
    if not rows:
        return []
    counts = [len(window.anchors) for window in rows]
    wide = max(window.high - window.low for window in rows)
    labels = rows[0].scores.shape[2]
    scores = np.zeros((sum(counts), wide, labels), np.float32)
    start = 0
    for window, count in zip(rows, counts, strict=True):
        scores[start : start + count, : window.high - window.low] = window.scores
        start += count
    sizes = np.repeat([window.high - window.low for window in rows], counts)
    lows = np.repeat([window.low for window in rows], counts)
    anchors = np.concatenate([window.anchors for window in rows])
    certainties = np.concatenate([window.certainty[window.anchors] for window in rows])
    return relations(scores, sizes, anchors, certainties, lows, settings)


def _attribution(
    analysis: Analysis, relation: Relation, calibration: Sequence[float]
) -> Attribution:
    def words(parts: Sequence[tuple[int, int]]) -> tuple[Token, ...]:
        return tuple(token for low, high in parts for token in analysis.tokens[low:high])

    return Attribution(
        anchor=analysis.tokens[relation.anchor],
        source=words(relation.source),
        cue=words(relation.cue),
        content=tuple(words([part]) for part in relation.content),
        confidence=confidence(relation.certainty, relation.margin, calibration),
    )


def confidence(certainty: float, margin: float, calibration: Sequence[float]) -> float:
    """The probability that source, cue and content are each right by half (Platt 1999): logistic
    in the log odds of the cue and of the labels, with weights fitted on reports held out.
    """
    offset, of_cue, of_labels = calibration
    value = offset + of_cue * _log_odds(certainty) + of_labels * _log_odds(margin)
    return round(1 / (1 + math.exp(-value)), 3)


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(clipped / (1 - clipped))


# ---------------------------------------------------------------- as drafts


def drafts(analysis: Analysis, found: Sequence[Attribution] | None = None) -> list[StatementDraft]:
    """The attributions as drafts that the later steps of the statements stage take."""
    return [_draft(analysis, a) for a in (tag(analysis) if found is None else found)]


def _draft(analysis: Analysis, found: Attribution) -> StatementDraft:
    source = trim(found.source) if found.source else []
    return StatementDraft(
        cue=list(found.cue), content=found.bounds, act=act_of(found), rule=RULE,
        source=head_of(source) if source else None, source_tokens=source,
        implicit=None if found.source else "no source beside the cue",
        kind=kind_of(analysis, found.bounds), confidence=found.confidence,
    )  # fmt: skip


def act_of(found: Attribution) -> str:
    """The speech act of the cue's words in the lexicon, "say" where it has none of them."""
    lexicon = cue_lexicon()
    for token in (found.anchor, *reversed(found.cue)):
        cue = lexicon.verb(token) or lexicon.light_nouns.get(token.lemma)
        if cue is not None:
            return cue.act
        if token.pos == "NOUN" and token.lemma in lexicon.nouns:
            return lexicon.nouns[token.lemma]
    return "say"


def kind_of(analysis: Analysis, content: Bounds) -> Kind:
    """Direct, indirect or mixed, by how much of the content stands between quotation marks."""
    text = analysis.document.text
    letters = quoted = 0
    for start, end in content:
        letters += sum(map(str.isalnum, text[start:end]))
        at = bisect.bisect_right(analysis.quotes, start, key=lambda quote: quote.end)
        for quote in analysis.quotes[at:]:
            if quote.start >= end:
                break
            inner = text[max(start, quote.start) : max(start, min(end, quote.end))]
            quoted += sum(map(str.isalnum, inner))
    share = quoted / letters if letters else 0.0
    return "direct" if share >= _DIRECT else "indirect" if share <= _INDIRECT else "mixed"
