"""The examples of docs/places.md print what stands under them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[1] / "docs" / "places.md"


def test_the_examples_print_what_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    pairs = re.findall(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```", text, re.M | re.S)
    assert len(pairs) == text.count("```python")
    scope: dict[str, object] = {}
    for code, printed in pairs:
        exec(compile(code, str(PAGE), "exec"), scope)
        assert capsys.readouterr().out == printed
