"""PLOVER and CAMEO lead to each other, and where they part, a reading says so."""

from __future__ import annotations

import pytest

from dragoman.events.lexicon import Trigger, lexicon
from dragoman.ontologies import cameo, plover
from dragoman.ontologies.codes import PloverReading

MODES = [(name, mode) for name in plover().types for mode in plover().modes(name)]


def quads_differ(code: str) -> bool:
    type_ = cameo().to_plover(code).type
    return type_ is not None and plover().quad(type_) != cameo().quad(code)


def test_the_numbers_of_types_modes_contexts_and_codes() -> None:
    assert len(plover().types) == 16
    assert len(MODES) == 69
    assert len(plover().contexts) == 37
    assert len(plover().auxiliary) == 4
    assert (len(cameo().roots), len(cameo().codes)) == (20, 312)


@pytest.mark.parametrize("code", cameo().codes)
def test_every_code_is_reached_from_its_root(code: str) -> None:
    shorter = code
    while (parent := cameo().parent(shorter)) is not None:
        shorter = parent
    assert shorter == cameo().root(code)
    assert shorter in cameo().roots


@pytest.mark.parametrize("code", cameo().codes)
def test_quads_agree_or_a_reading_says_why_not(code: str) -> None:
    if quads_differ(code):
        assert cameo().to_plover(code).reading or cameo().roots[cameo().root(code)].reading


def test_quads_differ_in_these_places_only() -> None:
    differing = {code for code in cameo().codes if quads_differ(code)}
    appeals = {code for code in cameo().codes if code.startswith("02")}
    concessions = {code for code in cameo().codes if cameo().to_plover(code).type == "CONCEDE"}
    assert differing == {
        *("016", "017", "018", "019", "116"),
        *appeals,
        *(code for code in concessions if code.startswith("08")),
    }


@pytest.mark.parametrize(("type_", "mode"), MODES)
def test_a_mode_comes_back_from_its_code_or_a_reading_says_why_not(type_: str, mode: str) -> None:
    back: PloverReading = cameo().to_plover(plover().to_cameo(type_, mode))
    if (back.type, back.mode) != (type_, mode):
        assert "CAMEO" in plover().mode(type_, mode).reading


@pytest.mark.parametrize(("type_", "mode"), MODES)
def test_a_mode_has_the_sign_of_its_types_quad(type_: str, mode: str) -> None:
    if plover().quad(type_) != 3:  # requests are of either sign
        assert (plover().intensity(type_, mode) > 0) == (plover().quad(type_) < 3)


def test_goldstein_values_have_the_sign_of_their_quad_or_are_listed() -> None:
    conflicting = {
        code
        for code, record in cameo().codes.items()
        if record.goldstein and record.quad and (record.goldstein > 0) != (record.quad < 3)
    }
    reform = {code for code in cameo().codes if code.startswith(("024", "025"))}
    assert conflicting == reform


@pytest.mark.parametrize("trigger", lexicon().triggers, ids=lambda trigger: trigger.id)
def test_a_triggers_code_and_type_agree(trigger: Trigger) -> None:
    found = cameo().to_plover(trigger.cameo).type
    assert found == trigger.type or trigger.mode == "resign"
    if trigger.negated is not None:
        assert cameo().to_plover(trigger.negated.cameo).type == trigger.negated.type
