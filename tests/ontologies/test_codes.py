from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dragoman.ontologies import DataError, cameo, plover
from dragoman.ontologies.codes import load


def test_there_are_twenty_roots_and_312_codes() -> None:
    assert list(cameo().roots) == [f"{n:02d}" for n in range(1, 21)]
    assert len(cameo().codes) == 312
    assert Counter(len(code) for code in cameo().codes) == {2: 20, 3: 147, 4: 145}


@pytest.mark.parametrize("code", cameo().codes)
def test_a_code_is_consistent(code: str) -> None:
    record = cameo().code(code)
    assert record.root == code[:2]
    assert record.root in cameo().roots
    assert record.quad == cameo().roots[record.root].quad
    assert -10 <= record.goldstein <= 10
    assert record.name
    if len(code) > 2:
        assert cameo().parent(code) == code[:-1]


@pytest.mark.parametrize("code", cameo().codes)
def test_the_map_to_plover_is_total_and_valid(code: str) -> None:
    reading = cameo().to_plover(code)
    if reading.type is None:
        assert code.startswith("01")
        assert reading.reading
        return
    assert reading.mode is None or reading.mode in plover().modes(reading.type)
    assert set(reading.contexts) <= set(plover().contexts)


@pytest.mark.parametrize("name", plover().types)
def test_every_type_and_mode_comes_back_from_its_cameo_code(name: str) -> None:
    assert cameo().to_plover(plover().to_cameo(name)).type == name
    for mode in plover().modes(name):
        code = plover().to_cameo(name, mode)
        back = cameo().to_plover(code).type
        assert back == ("CONCEDE" if mode == "resign" else name), (mode, code, back)


def test_every_type_is_reached_from_some_code() -> None:
    reached = {cameo().to_plover(code).type for code in cameo().codes}
    assert reached - {None} == set(plover().types)


@pytest.mark.parametrize(
    ("code", "type_", "mode"),
    [
        ("163", "SANCTION", "discontinue"),
        ("116", "SANCTION", "convict"),
        ("055", "CONCEDE", None),
        ("016", "REJECT", None),
        ("0253", "REQUEST", "yield"),
        ("191", "COERCE", "restrict"),
    ],
)
def test_a_reading_against_a_table_is_given_its_reason(
    code: str, type_: str, mode: str | None
) -> None:
    reading = cameo().to_plover(code)
    assert (reading.type, reading.mode) == (type_, mode)
    assert reading.reading or code == "191"


def test_an_unknown_code_is_told() -> None:
    with pytest.raises(KeyError, match="9999"):
        cameo().goldstein("9999")


def test_a_map_with_a_hole_is_refused(tmp_path: Path) -> None:
    (tmp_path / "roots.yaml").write_text('"19": {quad: 4}')
    (tmp_path / "codes.csv").write_text("code,name,goldstein,reading\n19,x,-10,\n190,y,-10,\n")
    (tmp_path / "to_plover.csv").write_text("code,type,mode,contexts,reading\n19,ASSAULT,,,\n")
    with pytest.raises(DataError, match="190"):
        load(tmp_path, plover())
    (tmp_path / "to_plover.csv").write_text(
        "code,type,mode,contexts,reading\n19,ASSAULT,,,\n190,ASSAULT,waltz,,\n"
    )
    with pytest.raises(DataError, match="waltz"):
        load(tmp_path, plover())
