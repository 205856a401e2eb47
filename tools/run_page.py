"""Runs the commands of a document and puts what they print below them.

A block of ``sh`` or ``python`` that stands right above a block of ``text`` is one whose output the
document shows. ``python -m tools.run_page docs/panels.md …`` writes the documents anew; a test
holds that nothing would change.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from typer.testing import CliRunner

from dragoman.cli import app

ROOT: Final = Path(__file__).resolve().parents[1]
PRESS: Final = ROOT / "docs" / "press"
PAGES: Final = tuple(
    ROOT / "docs" / name for name in ("stories.md", "panels.md", "folder-to-panel.md")
)
_BLOCK: Final = re.compile(
    r"^```(?P<language>sh|python)\n(?P<body>.*?)^```\n(?P<shown>\n```text\n.*?^```\n)?", re.M | re.S
)


def render(page: Path) -> str:
    """The document with what its blocks print now, run one after the other in a folder that holds
    ``press`` alone. Raises AssertionError where a command fails.
    """
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, _inside(Path(folder)):
        shutil.copytree(PRESS, Path(folder) / "press")
        scope: dict[str, Any] = {}
        return _BLOCK.sub(lambda block: _run(block, scope), text)


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before, columns = Path.cwd(), os.environ.pop("COLUMNS", None)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        if columns is not None:
            os.environ["COLUMNS"] = columns


def _run(block: re.Match[str], scope: dict[str, Any]) -> str:
    body = block["body"]
    printed = _python(body, scope) if block["language"] == "python" else _shell(body)
    if block["shown"] is None:
        return block[0]
    lines = "\n".join(line.rstrip() for line in printed.rstrip().splitlines())
    return f"```{block['language']}\n{body}```\n\n```text\n{lines}\n```\n"


def _python(body: str, scope: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(body, "<page>", "exec"), scope)
    return out.getvalue()


def _shell(body: str) -> str:
    printed = []
    for line in body.replace("\\\n", " ").splitlines():
        if line.startswith("dragoman "):
            result = CliRunner().invoke(app, shlex.split(line)[1:])
            assert result.exit_code == 0, (line, result.output, result.exception)
            printed.append(result.output)
        elif line.startswith("head "):
            count, name = shlex.split(line)[1:]
            lines = Path(name).read_text(encoding="utf-8").splitlines()
            printed.append("\n".join(lines[: -int(count)]) + "\n")
    return "".join(printed)


def main(pages: Sequence[str]) -> int:
    """Write the documents named anew, all of :data:`PAGES` where none is."""
    for page in map(Path, pages or map(str, PAGES)):
        page.write_text(render(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
