from __future__ import annotations

import csv
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.archive import Archive, copies
from dragoman.cli import app
from dragoman.model import Document
from tests.archive.conftest import bring

TEXT = (
    "Envoys of both harbours agreed on Monday to share the pilot boats that had lain idle since "
    "the strike. The older of the two said that no fee would be asked before the summer. The union "
    "called the plan a gift to the shippers and will vote on it in a week."
)
DAY = dt.date(2024, 3, 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two copies of a text; then a third document with it, and one without."""
    path = tmp_path / "archive"
    bring(path, [
        Document("a", TEXT, DAY, "Wire", title="Pilots"),
        Document("b", f"Harbours agree\n\n{TEXT}", DAY + dt.timedelta(1), "Post"),
        Document("s", "Too short to tell.", DAY, "Post"),
    ])  # fmt: skip
    bring(path, [Document("c", TEXT[:180], DAY + dt.timedelta(2), "Times")])
    return path


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "cache").glob("*"))


def test_stories_of_versions(folder: Path) -> None:
    rows = Archive(folder).stories().to_pylist()
    assert [(row["document_id"], row["kind"], row["source"]) for row in rows] == [
        ("a", "first", None), ("b", "whole", "a"), ("c", "truncated", "a"),
    ]  # fmt: skip
    assert {(row["story"], row["copies"]) for row in rows} == {("story:a", 3)}
    assert [row["place"] for row in rows] == [0, 1, 2] and rows[0]["title"] == "Pilots"
    earlier = Archive(folder, version=1).stories()
    assert earlier["document_id"].to_pylist() == ["a", "b"]
    assert earlier.schema.metadata[b"dragoman.too_short"] == b"1"
    assert Archive(folder, version=0).stories().num_rows == 0


def test_rows_join_to_events(folder: Path) -> None:
    archive = Archive(folder)
    known = set(archive.documents()["reading"].to_pylist())
    assert set(archive.stories()["reading"].to_pylist()) <= known


def test_a_changed_text_leaves_its_story(folder: Path) -> None:
    bring(folder, [Document("b", "Something else altogether. " * 10, DAY, "Post")])
    assert Archive(folder).stories()["document_id"].to_pylist() == ["a", "c"]
    assert Archive(folder, revisions="all").stories()["document_id"].to_pylist() == ["a", "c"]


def test_they_are_computed_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Archive(folder).stories()
    monkeypatch.setattr(copies, "stories", None)  # calling it would fail
    again = Archive(folder).stories()
    assert again.equals(first) and again.schema.metadata == first.schema.metadata
    assert len(kept(folder)) == 1


def test_another_method_computes_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Archive(folder).stories()
    monkeypatch.setattr(copies, "METHOD", "another")
    Archive(folder).stories()
    assert len(kept(folder)) == 2


def test_a_broken_file_is_written_anew(folder: Path) -> None:
    wanted = Archive(folder).stories()
    kept(folder)[0].write_bytes(b"PAR1 half a file")
    assert Archive(folder).stories().equals(wanted)
    assert Archive(folder).stories().equals(wanted)


def test_an_archive_that_cannot_be_written_to(folder: Path) -> None:
    (folder / "cache").write_text("a file where the folder should be")
    assert Archive(folder).stories().num_rows == 3


def test_many_at_once(folder: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: Archive(folder).stories(), range(12)))
    assert all(one.equals(found[0]) for one in found)
    assert [path.suffix for path in kept(folder)] == [".parquet"]


def test_old_files_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        monkeypatch.setattr(copies, "METHOD", str(number))
        Archive(folder).stories()
    assert len(kept(folder)) == 8


def test_the_archive_stays_sound(folder: Path) -> None:
    Archive(folder).stories()
    assert list(Archive(folder).verify()) == []
    bring(folder, [Document("d", TEXT, DAY, "Herald")])
    assert Archive(folder).stories().num_rows == 4


def test_the_command(folder: Path, tmp_path: Path) -> None:
    def run(*words: object) -> object:
        return CliRunner().invoke(app, ["stories", "--archive", str(folder), *map(str, words)])

    told = run()
    assert told.exit_code == 0, told.output  # type: ignore[attr-defined]
    assert "story:a" in told.stdout and "truncated" in told.stdout  # type: ignore[attr-defined]
    assert "1 story of 3 documents, among 4; 1 of fewer" in told.stderr  # type: ignore[attr-defined]
    target = tmp_path / "stories.csv"
    run("--version", 1, "-o", target)
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert [row["document_id"] for row in rows] == ["a", "b"]
    assert "0 stories of 0 documents" in run("--copies", 4).stderr  # type: ignore[attr-defined]
    assert run("--version", 9).exit_code == 2  # type: ignore[attr-defined]
