"""Fills the tables of ``docs/labels.md`` from the list and its outputs from the program.

Run: ``python -m tools.labels_page``.
"""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any, Final

from dragoman.register.loader import read_yaml

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "labels.md"
_EXAMPLE: Final = re.compile(r"```python\n(.*?)```\n\n```text\n.*?```\n", re.S)
_TABLE: Final = r"(## {name}\n(?:(?!\n## ).)*?\|---\|---\|\n)(?:(?!\n\n).)*"


def render(text: str) -> str:
    """The page with what its examples print, and with the tables as the list has them."""
    scope: dict[str, object] = {}

    def run(match: re.Match[str]) -> str:
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            exec(compile(match[1], str(PAGE), "exec"), scope)
        return f"```python\n{match[1]}```\n\n```text\n{told.getvalue()}```\n"

    data = read_yaml("labels.yaml")
    for name, rows in (("Categories", _categories(data)), ("Conflicts", _conflicts(data))):
        pattern = re.compile(_TABLE.format(name=name), re.S)
        text = pattern.sub(lambda match, rows=rows: match[1] + rows, text)  # type: ignore[misc]
    return _EXAMPLE.sub(run, text)


def _categories(data: dict[str, Any]) -> str:
    return "\n".join(f"| `{name}` | {what} |" for name, what in data["categories"].items())


def _conflicts(data: dict[str, Any]) -> str:
    return "\n".join(
        f"| {conflict['name']} | "
        + " – ".join(f"{side['by']} ({len(side['labels'])})" for side in conflict["sides"])
        + " |"
        for conflict in data["conflicts"]
    )


if __name__ == "__main__":
    PAGE.write_text(render(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
