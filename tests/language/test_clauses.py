from __future__ import annotations

import pytest

from dragoman.language.analysis import Token
from dragoman.language.clauses import is_negated, logical_objects, logical_subjects, modal
from dragoman.language.parser import Parser
from dragoman.model import Document

PARSER = Parser()


def verb(text: str, lemma: str) -> Token:
    tokens = PARSER.parse(Document(id="x", text=text)).tokens
    return next(token for token in tokens if token.lemma == lemma)


@pytest.mark.parametrize(
    ("text", "lemma", "subjects", "objects"),
    [
        ("Chad attacked Sudan.", "attack", ["Chad"], ["Sudan"]),
        ("Sudan was attacked by Chad.", "attack", ["Chad"], ["Sudan"]),
        ("Sudan was attacked.", "attack", [], ["Sudan"]),
        ("Chad, which attacked Sudan, said nothing.", "attack", ["Chad"], ["Sudan"]),
        ("Chad wants to attack Sudan.", "attack", ["Chad"], ["Sudan"]),
        ("Niger urged Chad to attack Sudan.", "attack", ["Chad"], ["Sudan"]),
        ("Niger called on Chad to attack Sudan.", "attack", ["Chad"], ["Sudan"]),
        ("Niger accused Chad of attacking Sudan.", "attack", ["Chad"], ["Sudan"]),
        ("Chad crossed the border and attacked Sudan.", "attack", ["Chad"], ["Sudan"]),
        ("Chad is likely to attack Sudan.", "attack", ["Chad"], ["Sudan"]),
        ("The town that Chad attacked burned.", "attack", ["Chad"], ["town"]),
    ],
)
def test_who_acts_and_on_whom(
    text: str, lemma: str, subjects: list[str], objects: list[str]
) -> None:
    found = verb(text, lemma)
    assert [t.text for t in logical_subjects(found)] == subjects
    assert [t.text for t in logical_objects(found)] == objects


def test_modals_and_negation() -> None:
    assert modal(verb("Chad won't attack.", "attack")) == "will"
    assert is_negated(verb("Chad never attacked.", "attack"))
    assert is_negated(verb("No soldiers attacked.", "attack"))
    assert not is_negated(verb("Chad attacked.", "attack"))
