"""The commands of the chapter do what it says, one after the other."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from dragoman.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "archive.md"
TEXT = PAGE.read_text(encoding="utf-8")


def blocks() -> list[tuple[str, str]]:
    return re.findall(r"^```(sh|python)\n(.*?)^```", TEXT, re.M | re.S)


def test_the_chapter_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "src" / "dragoman" / "samples", tmp_path / "reports")
    monkeypatch.chdir(tmp_path)
    said = {}
    for language, block in blocks():
        if language == "python":
            exec(compile(block, str(PAGE), "exec"), {})
            continue
        for line in block.splitlines():
            if line.startswith("dragoman "):
                result = CliRunner().invoke(app, shlex.split(line)[1:])
                assert result.exit_code == 0, (line, result.output, result.exception)
                said[line] = result.output
    assert "6 there already" in said["dragoman ingest reports --archive talks"]
    assert "no faults" in said["dragoman archive verify talks"]
    assert "Border talks, version 1" in said['dragoman archive cite talks --name "Border talks"']
    assert (tmp_path / "denied.csv").read_text(encoding="utf-8").count("\n") > 1


def test_options_are_documented() -> None:
    shared = {*_options("read"), "--help"}
    mine = {*_options("ingest"), *_options("query")} - shared
    for name in ("info", "history", "compact", "verify", "cite", "migrate"):
        assert f"dragoman archive {name}" in TEXT
        mine |= _options("archive", name) - shared
    assert [name for name in sorted(mine) if name not in TEXT] == []


def _options(*path: str) -> set[str]:
    command = typer.main.get_command(app)
    for name in path:
        command = command.commands[name]  # type: ignore[attr-defined]
    return {name for one in command.params for name in one.opts if name.startswith("--")}
