from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.events.guards import doubt, guards, load, veto
from dragoman.language.analysis import Token
from dragoman.language.parser import Parser
from dragoman.model import Document
from dragoman.ontologies import DataError

PARSER = Parser()


def _trigger(text: str, word: str) -> tuple[tuple[Token, ...], Token]:
    analysis = PARSER.parse(Document(id="t", text=text))
    for sentence in analysis.sentences:
        for token in sentence.tokens:
            if token.text == word:
                return sentence.tokens, token
    raise AssertionError(f"{word} is not in the text")


@pytest.mark.parametrize(
    ("text", "word", "type_", "guard"),
    [
        ("Ghana beat Senegal 2-1 in Accra.", "beat", "ASSAULT", "sports-score"),
        ("The goalkeeper saved Peru from defeat.", "saved", "AID", "sports-terms"),
        ("A hurricane struck Haiti on Friday.", "struck", "ASSAULT", "weather-subject"),
        ("Storm Bella hit Norway.", "hit", "ASSAULT", "weather-subject"),
        ("The king suffered a heart attack.", "attack", "ASSAULT", "disease-near"),
        ("A shark attacked a surfer off Kenya.", "attacked", "ASSAULT", "animal"),
        ("A bus crash killed 30 people in Peru.", "killed", "ASSAULT", "accident"),
        ("The novel tells how Chile invaded Peru.", "invaded", "ASSAULT", "fiction-plot"),
        ("Share prices retreated in Japan.", "retreated", "RETREAT", "business-subject"),
        ("Rwanda waged a war on malaria.", "war", "ASSAULT", "metaphor-enemy"),
        ("The senator beat his rival in the primary.", "beat", "ASSAULT", "election-contest"),
        ("The parade was held on 3 March in Oslo.", "March", "PROTEST", "month"),
    ],
)
def test_what_is_no_political_event_is_vetoed(text: str, word: str, type_: str, guard: str) -> None:
    tokens, trigger = _trigger(text, word)
    assert veto(tokens, trigger, type_) == guard


@pytest.mark.parametrize(
    ("text", "word", "type_"),
    [
        ("Rebels attacked a village in Chad.", "attacked", "ASSAULT"),
        ("Jets struck targets in Yemen.", "struck", "ASSAULT"),
        ("A car bomb killed 30 people in Somalia.", "killed", "ASSAULT"),
        ("The Lightning Brigade attacked a base with soldiers.", "attacked", "ASSAULT"),
        ("The council voted 14-1 to condemn Sudan.", "condemn", "ACCUSE"),
        ("The war on the border killed soldiers.", "war", "ASSAULT"),
        ("Hunger strikers were arrested in Tunis.", "arrested", "COERCE"),
        ("Protesters marched in Lima.", "marched", "PROTEST"),
        ("Police beat protesters after the match between the two countries.", "beat", "ASSAULT"),
    ],
)
def test_political_events_pass(text: str, word: str, type_: str) -> None:
    tokens, trigger = _trigger(text, word)
    assert veto(tokens, trigger, type_) is None


def test_a_guard_keeps_to_its_types() -> None:
    tokens, trigger = _trigger("A hurricane struck Haiti on Friday.", "struck")
    assert veto(tokens, trigger, "CONSULT") is None


def test_what_is_past_is_doubted_not_vetoed() -> None:
    tokens, trigger = _trigger("Japan invaded Korea in 1592.", "invaded")
    assert doubt(tokens, trigger, "ASSAULT") == "past-century"
    assert veto(tokens, trigger, "ASSAULT") is None
    tokens, trigger = _trigger("Japan invaded Korea on Monday.", "invaded")
    assert doubt(tokens, trigger, "ASSAULT") is None


def test_guards_name_no_country() -> None:
    named = {"russia", "israel", "iran", "china", "ukraine", "american", "russian", "arab"}
    assert [guard.id for guard in guards() if (guard.words | guard.unless) & named] == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{id: g, scope: moon, words: [x]}", "scope"),
        ("{id: g, scope: near}", "neither words nor a pattern"),
        ("{id: g, scope: near, words: [x], types: [WALTZ]}", "WALTZ"),
        ("{id: g, scope: near, pattern: '('}", "pattern"),
        ("{id: g, scope: near, words: [x], effect: shrug}", "shrug"),
        ("{id: g, scope: near, words: [x], colour: red}", "colour"),
    ],
)
def test_a_broken_guard_is_told_with_file_and_id(tmp_path: Path, row: str, told: str) -> None:
    path = tmp_path / "guards.yaml"
    path.write_text(f"guards:\n  - {row}\n")
    with pytest.raises(DataError, match=r"guards\.yaml: g") as error:
        load(path)
    assert told in str(error.value)
