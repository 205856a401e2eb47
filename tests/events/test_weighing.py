"""Status by the parse and by the encoder's head together."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from dragoman.events.mood import Reading
from dragoman.events.weighing import SNAP, UNSIGNALLED, factuality, stands_for, weighed
from dragoman.language.parser import Parser
from dragoman.model import STATUSES, Document

_PARSER = Parser()


def token(text: str, word: str) -> Any:
    analysis = _PARSER.parse(Document(id="t", text=text))
    return next(t for t in analysis.tokens if t.text == word)


def says(at: Any, status: str, chance: float, value: float = 0.0) -> Any:
    """A stand-in for the encoder's reading, of one word."""
    chances = np.full((at.i + 1, len(STATUSES)), (1 - chance) / (len(STATUSES) - 1))
    chances[at.i, STATUSES.index(status)] = chance  # type: ignore[arg-type]
    return SimpleNamespace(status=chances, value=np.full(at.i + 1, value))


def test_a_sure_head_decides_where_the_rules_find_no_sign() -> None:
    at = token("Chad attacked Sudan.", "attacked")
    found = weighed(Reading("asserted", UNSIGNALLED), says(at, "denied", 0.95), at)
    assert (found.status, found.rule) == ("denied", "model:denied 0.95")


@pytest.mark.parametrize(
    ("rule", "chance"),
    [(Reading("possible", "modal"), 0.99), (Reading("asserted", UNSIGNALLED), 0.6)],
)
def test_signs_and_doubts_leave_the_rules_reading(rule: Reading, chance: float) -> None:
    at = token("Chad attacked Sudan.", "attacked")
    assert weighed(rule, says(at, "denied", chance), at) is rule


def test_what_was_forced_came_about_whatever_the_head_says() -> None:
    at = token("Russia forced the troops to withdraw.", "withdraw")
    rule = Reading("asserted", UNSIGNALLED)
    assert weighed(rule, says(at, "demanded", 0.99), at) is rule


def test_without_an_encoder_the_rules_stand_alone() -> None:
    rule = Reading("asserted", UNSIGNALLED)
    assert weighed(rule, None, token("Chad attacked Sudan.", "attacked")) is rule


def test_factuality_lies_between_head_and_rules_and_snaps_to_certain() -> None:
    at = token("Chad attacked Sudan.", "attacked")
    denied = Reading("denied", "negation")
    assert stands_for(denied) == -3.0
    assert -3.0 < factuality(denied, says(at, "denied", 0.9, value=-1.0), at) < -1.0
    assert factuality(Reading("asserted", UNSIGNALLED), says(at, "asserted", 0.9, SNAP), at) == 3.0
    assert factuality(Reading("asserted", UNSIGNALLED), says(at, "asserted", 0.9, 99.0), at) == 3.0
