"""The composed training sentences: every line is well formed, and wrong ones are told."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).resolve().parents[1] / "training" / "relations" / "composed.py"


def module() -> Any:
    spec = importlib.util.spec_from_file_location("composed", PATH)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules["composed"] = found
    spec.loader.exec_module(found)
    return found


composed = module()
LINE = "SANCTION/discontinue | 163 | economic | asserted | <s>Peru</s> <e>cut off</e> <t>Chile</t>."


def test_all_lines_are_well_formed_and_many() -> None:
    rows = composed.load()
    assert len(rows) >= 4000
    types = {row.type for row in rows}
    assert len(types) == 17
    assert {row.status for row in rows} == set(composed.STATUSES)
    modes = {(row.type, row.mode) for row in rows}
    wanted = {(t, m) for t, own in composed.plover().types.items() for m in own.modes}
    assert wanted <= modes


def test_a_line_is_read_with_its_marks() -> None:
    row = composed.parse(LINE, "x:1")
    assert row.text == "Peru cut off Chile."
    assert [row.text[slice(*span)] for span in (row.source, row.target, *row.trigger)] == [
        "Peru", "Chile", "cut off",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [("SANCTION/discontinue", "SANCTION/none"), ("163", "9999"), ("economic", "sports"),
     ("asserted", "sure"), ("</s>", ""), ("<e>cut off</e>", "cut off"), (" | 163", "")],
)  # fmt: skip
def test_wrong_lines_are_refused(old: str, new: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        composed.parse(LINE.replace(old, new, 1), "x:1")


def test_parties_are_exchanged_form_by_form() -> None:
    parties = {
        "Peru": ["Peru", "Peruvian"],
        "Chile": ["Chile", "Chilean"],
        "Fiji": ["Fiji", "Fijian"],
    }
    line = LINE.replace("cut off", "told Peruvian and Chilean")
    with pytest.raises(ValueError, match="ample"):
        composed.renamed(line, parties, random.Random(1))
    parties |= {"Togo": ["Togo", "Togolese"]}
    other = composed.renamed(line, parties, random.Random(1))
    assert "Peru" not in other
    assert "Chile" not in other
    assert {"Fijian", "Togolese"} <= set(other.replace("<", " ").replace(">", " ").split())
