"""The page on occurrences shows what the program prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.archive import Archive
from dragoman.archive.panels import Shape
from dragoman.cli import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "occurrences.md"
TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the page's reports are."""
    path = tmp_path_factory.mktemp("page")
    reports = re.search(r"^```jsonl\n(.*?)^```", TEXT, re.M | re.S)
    assert reports is not None
    (path / "reports.jsonl").write_text(reports[1], encoding="utf-8")
    return path


def shown() -> list[tuple[list[str], str]]:
    """The page's commands with what stands below them."""
    found = re.findall(r"^```sh\n(.*?)^```\n+```text\n(.*?)^```", TEXT, re.M | re.S)
    return [(block.splitlines(), output) for block, output in found]


def test_the_page_is_what_is_printed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    blocks = shown()
    assert len(blocks) == 2
    for lines, output in blocks:
        for line in lines:
            result = CliRunner().invoke(app, shlex.split(line)[1:])
            assert result.exit_code == 0, result.output
        printed = [row.rstrip() for row in result.stdout.rstrip().splitlines()]
        assert printed == output.rstrip().splitlines()


def test_the_pages_python_runs_and_panels_count_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    for block in re.findall(r"^```python\n(.*?)^```", TEXT, re.M | re.S):
        exec(compile(block, str(PAGE), "exec"), {})
    assert "denies what" in capsys.readouterr().out
    archive = Archive("talks")
    counted = {
        unit: archive.panel(Shape(one_per=unit, by=("type",), unresolved=True), type="COERCE").rows
        for unit in ("report", "story", "occurrence")
    }
    sums = {unit: sum(rows["COERCE"].to_pylist()) for unit, rows in counted.items()}
    assert sums == {"report": 4, "story": 3, "occurrence": 2}


def test_filters_show_an_occurrence_whole_and_its_cache_may_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    archive = Archive("talks")
    found = archive.occurrences(source="Malawi army", type="ASSAULT")
    assert [len(row) for row in found["accounts"]] == [3]
    assert archive.occurrences(several=2, type="COERCE")["independent"].to_pylist() == [2]
    every = archive.occurrences()
    events = archive.sql("SELECT count(*) AS n FROM events")["n"][0].as_py()
    assert sum(len(row) for row in every["accounts"]) == events
    for file in Path("talks/cache").iterdir():
        file.unlink()
    assert archive.occurrences().equals(every)


def test_forms(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    command = ["occurrences", "--archive", "talks", "--disputed", "--format"]
    rows = CliRunner().invoke(app, [*command, "csv"]).stdout.splitlines()
    assert len(rows) == 4 and rows[0].startswith("occurrence,type,mode,documents,independent,")
    value = CliRunner().invoke(app, [*command, "json"]).stdout
    assert '"kind": "denial"' in value and '"independent": 3' in value
    none = CliRunner().invoke(app, ["occurrences", "--archive", "talks", "--actor", "nobody"])
    assert none.exit_code == 0 and "0 occurrences" in none.stderr
