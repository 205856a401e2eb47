"""What the chapter on many documents shows is what happens; the documents read by hand."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.archive import Archive
from dragoman.archive.compaction import compact
from dragoman.cli import app
from tests.engines import stand_in
from tests.fakes import TEXT

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scale.md"


def test_the_chapter_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The last one last: the others have taken its Setup for their own by then.
    for name in ("dragoman.cli.ingesting", "dragoman.cli.reading", "dragoman.engines"):
        monkeypatch.setattr(f"{name}.Setup", lambda *given: stand_in.Dangerous)
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(3):
        (reports / f"{number}.txt").write_text(f"{number}. {TEXT}", encoding="utf-8")
    (reports / "killer.txt").write_text("SEGFAULT", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```text\n(.*?)^```", page, re.M | re.S)
    lines = re.findall(r"^dragoman .*", page, re.M)
    assert len(lines) == 4
    for line in lines:
        if "spark" not in line:
            done = CliRunner().invoke(app, shlex.split(line)[1:])
            assert done.exit_code == (0 if "query" in line else 1), (line, done.output)
            assert "query" in line or shown.strip() in done.stderr
    assert len((tmp_path / "readings.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    (block,) = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    exec(compile(block, str(PAGE), "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out == "0 committed, 3 there already\n"
    compact(Path("talks"), 0)
    assert Archive("talks").sql("SELECT sum(n) AS n FROM pair_counts")["n"].to_pylist() == [6]
