from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import dragoman
from dragoman.cli import app
from dragoman.cli.exporting import readings
from dragoman.export import FORMATS
from tests import fakes
from tests.archive.conftest import bring, documents
from tests.fakes import TEXT


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    module = fakes.pipeline()
    monkeypatch.setitem(sys.modules, "dragoman.pipeline", module)
    monkeypatch.setattr(dragoman, "pipeline", module, raising=False)


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(f"date 2024-03-09 {TEXT}", encoding="utf-8")
    return str(path)


@pytest.fixture
def archive(tmp_path: Path) -> str:
    folder = tmp_path / "archive"
    bring(folder, documents(6))
    return str(folder)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_by_both_commands_and_from_an_archive(
    name: str, report: str, archive: str, tmp_path: Path
) -> None:
    first, second, third = (tmp_path / f"{n}.out" for n in range(3))
    for path, command in (
        (first, ("export", report, "--to", name)),
        (second, ("read", report, "--format", name)),
        (third, ("export", "--archive", archive, "--to", name)),
    ):
        result = run(*command, "-o", str(path))
        assert result.exit_code == 0, result.output
        assert path.stat().st_size
    if name in ("csv", "json", "jsonl"):
        return
    assert first.read_bytes() == second.read_bytes()


def test_counts_of_what_was_left_out_are_told(report: str) -> None:
    result = run("export", report, "--to", "geojson")
    assert result.stderr.splitlines() == [
        "geojson: 1 events of 1 reports written",
        "geojson: left out: 1 events that stand on somebody's word",
    ]
    assert len(json.loads(result.stdout)["features"]) == 1
    result = run("export", report, "--to", "geojson", "--claims")
    assert "claims are in it" in result.stderr
    assert len(json.loads(result.stdout)["features"]) == 2


def test_filters_are_those_of_query(archive: str) -> None:
    def lines(*more: str) -> list[str]:
        result = run("export", "--archive", archive, "--to", "petrarch", *more)
        assert result.exit_code == 0, result.output
        return result.stdout.splitlines()

    assert len(lines()) == 12
    assert len(lines("--publisher", "Wire")) == 6
    assert len(lines("--actor", "Peru", "--side", "initiator")) == 12
    assert lines("--type", "ASSAULT") == []
    assert len(lines("--limit", "1")) == 2
    assert lines("--until", "2000-01-01") == []
    assert len(lines("--dates", "publication", "--from", "2024-03-14")) == 2
    assert len(lines("--version", "1")) < 12


def test_readings_come_once_each(archive: str) -> None:
    from dragoman.archive import Archive, Filter

    found = list(readings(Archive(archive), Filter(country="PER")))
    assert len(found) == 6 and all(len(reading.events) == 1 for reading in found)
    assert [len(reading.events) for reading in readings(Archive(archive))] == [2] * 6


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export", "--to", "gdelt"), "DR173"),
        (("export", "REPORT", "--to", "gdelt", "--actor", "Peru"), "DR174"),
        (("export", "REPORT", "--to", "gdelt", "--archive", "ARCHIVE"), "DR174"),
        (("export", "--archive", "ARCHIVE", "--to", "gdelt", "--url", "x"), "DR174"),
        (("export", "REPORT", "--to", "gdelt", "--claims"), "DR171"),
        (("read", "REPORT", "--format", "gdelt", "--show", "events"), "DR175"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], code: str, report: str, archive: str) -> None:
    named = {"REPORT": report, "ARCHIVE": archive}
    result = run(*(named.get(word, word) for word in arguments))
    assert result.exit_code == 2
    assert code in result.stderr


def test_binary_formats_go_through_a_pipe(report: str) -> None:
    result = run("export", report, "--to", "brat")
    assert result.exit_code == 0
    assert "annotation.conf" in zipfile.ZipFile(io.BytesIO(result.stdout_bytes)).namelist()
