"""The notebook that goes from an archive to a figure runs, cell after cell."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"


def texts(figure: str) -> list[str]:
    """The words that stand in an SVG."""
    return re.findall(r">([^<>]+)</text>", figure)


def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    notebook = json.loads((DOCS / "notebooks" / "figure.ipynb").read_text("utf-8"))
    shutil.copytree(DOCS / "press", tmp_path / "press")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    figure = (tmp_path / "figure.svg").read_text("utf-8")
    assert figure.lstrip().startswith("<svg")
    assert {"2024-03", "deeds: conflict", "own_voice", "claimed"} <= set(texts(figure))
    drawn, panel = names["numbers"], names["panel"]
    assert drawn["events"].sum() == panel.counts["pairs"] > 0
    assert set(drawn["voice"]) == {"own_voice", "claimed"}
    told = capsys.readouterr().out
    assert "content hash" in told
    assert panel.chosen in told
