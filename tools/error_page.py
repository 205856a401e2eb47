"""Writes ``docs/errors.md`` from the catalogue of messages: ``python -m tools.error_page``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dragoman.errors import catalogue

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "errors.md"
_HEAD: Final = """# Messages

Every message has a number, says what is wrong and what to do next, and names the file and the
line, row or record where there is one. A broken record is skipped and the rest is read; `dragoman`
then ends with exit code 1. Code 0 means that nothing was wrong, 2 that the command itself was not
understood. Words in braces are filled in.

| number | what is wrong | what to do next |
|---|---|---|
"""


def render() -> str:
    """The page's text."""
    rows = (
        f"| {code} | {_cell(what)} | {_cell(remedy)} |"
        for code, (what, remedy) in sorted(catalogue().items())
    )
    return _HEAD + "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    plain = text.replace("{{", "{").replace("}}", "}")
    return plain.replace("|", "\\|").replace("*", "\\*")


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
