"""The judge is judged: what counts as a match, what as a miss."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.matching import alike, alternatives, pair, words
from dragoman.model import Actor, Document, Event, Participant, Reading, Statement
from tests import casekit

TEXT = "Fiji said the rebels had shelled Tonga."
DOCUMENT = Document("d1", TEXT)


def span_of(quote: str) -> Any:
    start = TEXT.index(quote)
    return DOCUMENT.span((start, start + len(quote)))


def reading(**changes: Any) -> Reading:
    values: dict[str, Any] = {
        "id": "e1",
        "trigger": span_of("shelled"),
        "type": "ASSAULT",
        "cameo": "194",
        "cameo_root": "19",
        "quad": 4,
        "status": "asserted",
        "actors": (Participant("the rebels", span=span_of("the rebels"), unresolved="no name"),),
        "recipients": (Participant("Tonga", "state:TON", span_of("Tonga")),),
        "according_to": ("s1",),
    }
    statement = Statement(
        "s1",
        span_of("the rebels had shelled Tonga"),
        "indirect",
        "say",
        source=span_of("Fiji"),
        cue=span_of("said"),
        speaker="state:FJI",
    )
    return Reading(
        DOCUMENT,
        actors=(Actor("state:FJI", "Fiji", "state"), Actor("state:TON", "Tonga", "state")),
        statements=(statement,),
        events=(Event(**{**values, **changes}),),
    )


def case(expect: dict[str, Any], absent: tuple[dict[str, Any], ...] = ()) -> casekit.Case:
    return casekit.Case("c1", "why", TEXT, "test", None, None, expect, absent)


FULL = {
    "type": "ASSAULT|COERCE",
    "mode": None,
    "trigger": "shelled",
    "actors": ["rebels"],
    "recipients": ["Tonga"],
    "status": "asserted",
    "according_to": ["Fiji"],
}


def test_a_full_expectation_is_met() -> None:
    assert casekit.failures(case({"events": [FULL]}), reading()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "PROTEST"},
        {"mode": "aerial"},
        {"status": "denied"},
        {"trigger": span_of("said")},
        {"actors": ()},
        {"recipients": (Participant("Fiji", "state:FJI"),)},
        {"according_to": ()},
        {"according_to": ("s1", "s1")},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_any_other_value_misses(changes: dict[str, Any]) -> None:
    assert len(casekit.failures(case({"events": [FULL]}), reading(**changes))) == 1


def test_one_event_meets_one_expectation() -> None:
    assert len(casekit.failures(case({"events": [FULL, FULL]}), reading())) == 1


def test_empty_lists_mean_none() -> None:
    nobody = {"type": "ASSAULT", "recipients": [], "according_to": []}
    assert len(casekit.failures(case({"events": [nobody]}), reading())) == 1
    bare = reading(recipients=(), according_to=())
    assert casekit.failures(case({"events": [nobody]}), bare) == []


def test_what_must_be_absent_is_found() -> None:
    assert len(casekit.failures(case({}, ({"type": "ASSAULT"},)), reading())) == 1
    assert casekit.failures(case({}, ({"type": "ASSAULT", "status": "denied"},)), reading()) == []


def test_statements_are_compared_by_words() -> None:
    wanted = {"source": "Fiji", "cue": "said", "content": "rebels shelled Tonga", "act": "say"}
    assert casekit.failures(case({"statements": [wanted]}), reading()) == []
    assert casekit.failures(case({"statements": [{**wanted, "source": "Tonga"}]}), reading())
    assert casekit.failures(case({"statements": [{**wanted, "content": "Tonga"}]}), reading())


def test_a_misspelt_field_is_an_error() -> None:
    with pytest.raises(ValueError, match="triger"):
        casekit.failures(case({"events": [{"triger": "shelled"}]}), reading())


def test_a_malformed_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- {id: a, text: x}\n")
    with pytest.raises(ValueError, match="why"):
        casekit.load(tmp_path)
    (tmp_path / "a.yaml").write_text("- {id: a, why: b, text: x}\n- {id: a, why: b, text: y}\n")
    with pytest.raises(ValueError, match="twice"):
        casekit.load(tmp_path)


def test_half_the_words_of_each_side() -> None:
    assert alike("the ministry", "The defence ministry")
    assert not alike("ministry", "the head of the defence ministry")
    assert not alike("", "")
    assert words("Peru’s president") == ["peru", "president"]
    assert alternatives("AGREE or SUPPORT|AID") == ["AGREE", "SUPPORT", "AID"]


def test_pairing_finds_the_largest() -> None:
    assert pair([1, 2], [1, 2], lambda left, right: left <= right) == {0: 0, 1: 1}
    assert len(pair([1, 1], [1], lambda left, right: left == right)) == 1
