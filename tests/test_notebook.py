"""The notebook that goes from an archive to a figure runs, cell after cell."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    notebook = json.loads((DOCS / "notebooks" / "figure.ipynb").read_text("utf-8"))
    shutil.copytree(DOCS / "press", tmp_path / "press")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert (tmp_path / "figure.svg").read_text("utf-8").lstrip().startswith("<svg")
    told = capsys.readouterr().out
    assert "content hash" in told
    assert "ZMB → MWI" in told
