"""The chapter on an ontology of one's own, gone through from start to end.

A block after a line with a file's name is that file; a block of output after a command is what the
command prints. To write the outputs anew: ``python -m tests.test_own_ontology``.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "own-ontology.md"
STEP = re.compile(
    r"^`(?P<file>[\w/.-]+)`:\n```\w+\n(?P<text>.*?)^```\n"
    r"|^```sh\n(?P<command>[^\n]+)\n```\n(?:```text\n(?P<output>.*?)^```\n)?",
    re.M | re.S,
)


def run(line: str) -> str:
    """What a command prints, as a terminal shows it."""
    result = CliRunner().invoke(app, shlex.split(line)[1:])
    return "\n".join(row.rstrip() for row in result.output.splitlines()) + "\n"


def walk(page: str, told: Callable[[re.Match[str], str], None]) -> None:
    """Do each step of the page in the working folder, and tell what the commands print."""
    for step in STEP.finditer(page):
        if step["file"]:
            file = Path(step["file"])
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(step["text"], encoding="utf-8")
        else:
            told(step, run(step["command"]))


def test_the_chapter_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    steps = []

    def compare(step: re.Match[str], printed: str) -> None:
        steps.append(step["command"])
        if step["output"] is not None:
            assert printed == step["output"], step["command"]

    walk(PAGE.read_text(encoding="utf-8"), compare)
    assert len(steps) >= 6


def rewrite(path: Path = PAGE) -> None:
    """Write the outputs into the page as they are now."""
    page = path.read_text(encoding="utf-8")
    found: list[tuple[int, int, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        walk(page, lambda step, printed: found.append((*step.span("output"), printed)))
    for start, end, printed in reversed(found):
        if start >= 0:
            page = page[:start] + printed + page[end:]
    path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
