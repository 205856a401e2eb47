"""Words that are likely somebody's though no cue is found."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from dragoman.language.parser import Parser
from dragoman.model import Document
from dragoman.statements.drafts import StatementDraft
from dragoman.statements.unsure import LIKELY, UNSURE, unsure

TEXT = "Rain fell on Lima. The army had shelled the market at night. Trains ran."
ANALYSIS = Parser().parse(Document(id="t", text=TEXT))


def encoded(low: int, high: int, chance: float = 0.9) -> Any:
    """A reading in which the words ``low`` to ``high`` are somebody's."""
    attributed = np.full(len(ANALYSIS.tokens), 0.1)
    attributed[low:high] = chance
    return SimpleNamespace(attributed=attributed)


def contents(found: list[StatementDraft]) -> list[str]:
    return [TEXT[start:end] for draft in found for start, end in draft.content]


def test_a_run_of_likely_words_becomes_a_statement_that_says_so() -> None:
    found = list(unsure(ANALYSIS, encoded(5, 13), []))
    assert contents(found) == ["The army had shelled the market at night"]
    assert found[0].implicit
    assert UNSURE in found[0].notes
    assert found[0].confidence < 0.5


def test_unlikely_and_few_words_do_not() -> None:
    assert not list(unsure(ANALYSIS, encoded(5, 13, LIKELY - 0.01), []))
    assert not list(unsure(ANALYSIS, encoded(5, 8), []))


def test_what_a_statement_covers_is_left_to_it() -> None:
    held = StatementDraft(cue=[], content=[(0, len(TEXT))], act="say", rule="test")
    assert not list(unsure(ANALYSIS, encoded(5, 13), [held]))


def test_a_run_ends_with_its_sentence() -> None:
    found = list(unsure(ANALYSIS, encoded(0, len(ANALYSIS.tokens)), []))
    assert contents(found)[:2] == [
        "Rain fell on Lima.",
        "The army had shelled the market at night.",
    ]
