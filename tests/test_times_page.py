"""The examples of ``docs/times.md`` print what stands below them."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "times.md"


def printed(code: str, scope: dict[str, object]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, str(PAGE), "exec"), scope)
    return out.getvalue()


def test_examples_print_what_the_page_says() -> None:
    text = PAGE.read_text(encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```", text, re.M | re.S)
    assert len(examples) == 4
    scope: dict[str, object] = {}
    for code, expected in examples:
        assert printed(code, scope) == expected
