"""What the chapter on pictures says can be done can be done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_documents import COMMANDS, ROOT, blocks, options_of

PAGE = ROOT / "docs" / "pictures.md"
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.png"))


def test_python_examples_run() -> None:
    scope: dict[str, object] = {}
    for block in blocks(PAGE, "python"):
        exec(compile(block, str(PAGE), "exec"), scope)
    assert str(scope["drawn"], "utf-8").startswith("<svg")  # type: ignore[call-overload]
    assert "dragomanPlot" in str(scope["script"])


def test_options_are_documented() -> None:
    text = PAGE.read_text("utf-8")
    options = options_of(COMMANDS.commands["plot"])
    assert [name for name in sorted(options) if name.startswith("--") and name not in text] == [
        "--output"
    ]


def test_every_kind_is_shown() -> None:
    text = PAGE.read_text("utf-8")
    for kind in ("timeline", "network", "map", "dyad", "source", "disputed", "page"):
        assert f"dragoman plot {kind} " in text


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_pictures_are_small_and_shown(path: Path) -> None:
    assert path.stat().st_size < 100_000
    assert re.search(rf"!\[[^\]]{{20,}}\]\(pictures/{path.name}\)", PAGE.read_text("utf-8"))
