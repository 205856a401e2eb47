"""The commands of docs/exports.md print what stands under them, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.export import FORMATS

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
PAIRS = re.findall(r"^```sh\ndragoman ([^\n]*)\n```\n\n```text\n(.*?)^```", TEXT, re.M | re.S)


@pytest.mark.parametrize(("command", "printed"), PAIRS, ids=[pair[0][-20:] for pair in PAIRS])
def test_commands_print_what_the_page_says(
    command: str, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(app, command.split())
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    at = 0
    for line in printed.splitlines():
        if line != "…":
            assert line in lines[at:]
            at = lines.index(line, at) + 1


def test_counts_on_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(app, PAIRS[0][0].split())
    told = re.search(r"on standard error.*?```text\n(.*?)^```", TEXT, re.M | re.S)
    assert told is not None and result.stderr == told[1]


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", TEXT, re.M | re.S)
    exec(compile(code, "exports.md", "exec"), {})
    assert capsys.readouterr().out.startswith("['2024")


def test_every_format_has_its_place() -> None:
    assert len(PAIRS) == 4
    assert [name for name in FORMATS if f"`{name}`" not in TEXT] == []
