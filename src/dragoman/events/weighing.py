"""The status of an event by the parse and by the encoder's head together.

The rules read what stands in the clause and above it; where they find no sign at all the head may
still tell from the whole. Where the rules have found one they decide: what they went by can be
shown.
"""

from __future__ import annotations

from typing import Final

from dragoman.events.mood import Reading, data
from dragoman.language.analysis import Token
from dragoman.language.clauses import is_verb
from dragoman.language.encoder import Encoded
from dragoman.model import STATUSES

UNSIGNALLED: Final = "no-signal"
SURE: Final = 0.8
"""Probability from which the head's status is taken where the rules find no sign of any."""
RULES: Final = 0.2
"""Weight of the rules in the factuality, beside the head's; chosen on UW dev."""
SNAP: Final = 2.8
"""A factuality from here on is 3: annotators call nearly all that is this sure a fact."""
_VALUES: Final = {"CT": 3.0, "PR": 2.0, "PS": 1.0, "U": 0.0}
_SIDES: Final = {"+": 1.0, "-": -1.0, "u": 0.0}


def weighed(rule: Reading, encoded: Encoded | None, token: Token) -> Reading:
    """The rules' reading, or the head's where they have none and it is sure."""
    if encoded is None or rule.rule != UNSIGNALLED or _is_implied(token):
        return rule
    chances = encoded.status[token.i]
    best = int(chances.argmax())
    if STATUSES[best] == rule.status or chances[best] < SURE:
        return rule
    return Reading(STATUSES[best], f"model:{STATUSES[best]} {chances[best]:.2f}", token)


def _is_implied(token: Token) -> bool:
    """Whether it hangs on a verb by which it came about, or that takes it for granted."""
    words = {*data()["implying"], *data()["factive"]}
    return any(above.lemma in words for above in token.ancestors() if is_verb(above))


def stands_for(rule: Reading) -> float:
    """The factuality that a polarity and certainty stand for, -3 to 3."""
    return _SIDES[rule.polarity] * _VALUES[rule.certainty]


def factuality(rule: Reading, encoded: Encoded, token: Token) -> float:
    """How sure it is that the event happened, -3 to 3, in the author's view (Stanovsky et al.
    2017): the head's value, drawn towards what the rules' polarity and certainty stand for.
    """
    by_rules = stands_for(rule)
    value = (1 - RULES) * min(max(float(encoded.value[token.i]), -3.0), 3.0) + RULES * by_rules
    return 3.0 if value > SNAP else value
