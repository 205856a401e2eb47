"""The chapter on actors of one's own, gone through from start to end.

To write its outputs anew: ``python -m tests.test_own_actors``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_own_ontology import rewrite, walk

PAGE = Path(__file__).resolve().parents[1] / "docs" / "own-actors.md"


def test_the_chapter_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    steps = []

    def compare(step: re.Match[str], printed: str) -> None:
        steps.append(step["command"])
        if step["output"] is not None:
            assert printed == step["output"], step["command"]

    walk(PAGE.read_text(encoding="utf-8"), compare)
    assert len(steps) == 7


if __name__ == "__main__":
    rewrite(PAGE)
