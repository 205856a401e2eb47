from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from dragoman.ontologies import DataError, cameo, plover
from dragoman.ontologies.types import load

ALL = [
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
]


def test_there_are_the_sixteen_types_in_the_manuals_order() -> None:
    assert list(plover().types) == ALL


def test_every_quad_holds_the_types_of_the_manuals_summary() -> None:
    quads = {n: {t for t in ALL if plover().quad(t) == n} for n in (1, 2, 3, 4)}
    assert quads[1] == {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"}
    assert quads[2] == {"COOPERATE", "AID", "RETREAT"}
    assert quads[3] == {"REQUEST", "ACCUSE", "REJECT", "THREATEN"}
    assert sum(map(len, quads.values())) == 16


def test_there_are_thirty_seven_contexts_and_four_auxiliary_modes() -> None:
    assert len(plover().contexts) == 37
    assert set(plover().auxiliary) == {"historical", "future", "hypothetical", "negation"}


@pytest.mark.parametrize("name", ALL)
def test_a_type_is_consistent_with_its_modes_and_with_cameo(name: str) -> None:
    kind = plover().type(name)
    assert -10 <= kind.intensity <= 10
    assert (kind.intensity < 0) == (kind.quad in (3, 4) and name != "REQUEST")
    assert all(code in cameo().codes for code in kind.cameo)
    assert kind.gloss
    for mode in kind.modes.values():
        assert mode.type == name
        assert mode.gloss
        assert -10 <= mode.intensity <= 10
        assert mode.cameo in cameo().codes, f"{name}/{mode.name}"
        assert mode.figure or mode.intensity == kind.intensity


@pytest.mark.parametrize("name", ["SANCTION", "ACCUSE", "CONCEDE", "SUPPORT", "REQUEST"])
def test_where_the_codebooks_disagree_the_reading_says_so(name: str) -> None:
    assert len(plover().type(name).reading) > 40


def test_accusation_is_negative_whatever_the_printed_sign() -> None:
    assert plover().intensity("ACCUSE") == -3
    assert plover().intensity("ACCUSE", "allege") == -3.5


def test_an_earlier_name_of_a_mode_finds_the_present_one() -> None:
    assert plover().mode("ASSAULT", "massacre").name == "targeted"
    assert plover().intensity("COERCE", "ban") == plover().intensity("COERCE", "restrict")


def test_a_mode_without_a_figure_takes_the_types() -> None:
    mode = plover().mode("PROTEST", "vandalize")
    assert not mode.figure
    assert mode.intensity == plover().intensity("PROTEST")


def test_records_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        plover().type("AID").gloss = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        plover().types["AID"] = plover().type("AGREE")  # type: ignore[index]


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(KeyError, match="ASSAULT"):
        plover().type("BATTLE")
    with pytest.raises(KeyError, match="phone"):
        plover().mode("CONSULT", "letter")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "contexts.yaml").write_text("{}")
    (tmp_path / "auxiliary.yaml").write_text("{}")
    (tmp_path / "types.yaml").write_text("PARADE: {quad: 4, intensity: 12}")
    with pytest.raises(DataError, match=r"types\.yaml: PARADE.*12"):
        load(tmp_path)
    (tmp_path / "types.yaml").write_text("PARADE: {quad: 4, intensity: 2}")
    with pytest.raises(DataError, match=r"PARADE lacks the field"):
        load(tmp_path)
    (tmp_path / "types.yaml").write_text("PARADE: {gloss: drums, and pipes, quad: 4}")
    with pytest.raises(DataError, match=r"PARADE has no field \['and pipes'\]"):
        load(tmp_path)
