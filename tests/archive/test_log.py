"""A log that is kept open says what a log opened now says."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from dragoman.archive import Archive, delta, loading
from dragoman.archive.compaction import compact
from dragoman.archive.connection import connect
from dragoman.archive.layout import ROWS
from dragoman.archive.log import Log, following
from dragoman.archive.snapshot import Revisions
from dragoman.errors import DragomanError
from tests.archive.conftest import bring, documents


def test_a_kept_log_follows_others(folder: Path) -> None:
    kept = Log(folder)
    assert len(kept.read()) == 3
    bring(folder, documents(20))
    assert kept.read() == Log(folder).read() and len(kept.read()) == 6
    Log(folder).append(lambda lines: following(lines, "note"))
    delta.open_table(folder / "commits").optimize.compact()
    assert kept.read() == Log(folder).read() and len(kept.read()) == 7
    compact(folder, 0)  # the files that it has read are gone
    bring(folder, documents(24))
    assert kept.read() == Log(folder).read()
    versions = [line.version for line in kept.read()]
    assert versions == list(range(1, len(versions) + 1))


def test_a_kept_log_does_not_overtake(folder: Path) -> None:
    one, other = Log(folder), Log(folder)
    one.read()
    seen = []

    def line(lines):  # type: ignore[no-untyped-def]
        seen.append(len(lines))
        if len(seen) == 1:
            other.append(lambda lines: following(lines, "first"))
        return following(lines, "second")

    one.append(line)
    assert seen == [3, 4]
    assert [line.kind for line in Log(folder).read()[3:]] == ["first", "second"]
    assert one.read() == other.read() == Log(folder).read()


def test_a_line_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, read = Log(folder), []
    plain = delta.pq.read_table
    monkeypatch.setattr(
        "dragoman.archive.log.pq.read_table", lambda path: read.append(path) or plain(path)
    )
    for _ in range(5):
        kept.append(lambda lines: following(lines, "note"))
    assert len(kept.read()) == 8
    assert len(read) == len(set(read)) == 8


def test_a_table_that_is_held_takes_rows_after_others_rewrote_it(folder: Path) -> None:
    path = folder / "documents"
    held = delta.open_table(path)
    rows = delta.rows(held)
    compact(folder, 0)
    for number in range(2):
        name = f"batch-{number:016}.parquet"
        held = delta.append(path, name, rows.cast(ROWS["documents"]), held)
        kept = delta.refreshed(path, held)
        assert sorted(kept.file_uris()) == sorted(delta.open_table(path).file_uris())
        assert delta.rows(kept).num_rows == 20 + 10 * number


@pytest.mark.parametrize("revisions", ["newest", "all"])
def test_all_readings_in_parts(
    folder: Path, revisions: Revisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = [dataclasses.replace(one, text=one.text + " More.") for one in documents(3)]
    bring(folder, changed)
    for _ in range(2):
        expected = dict(Archive(folder, revisions=revisions).readings())
        assert len(expected) == (10 if revisions == "newest" else 13)
        for at_once in (500, 3):
            monkeypatch.setattr(loading, "AT_ONCE", at_once)
            found = list(loading.every(connect(Archive(folder).snapshot, revisions)))
            assert len(found) == len(expected) and dict(found) == expected
        compact(folder)


def test_a_file_that_is_gone_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "AT_ONCE", 3)
    connection = connect(Archive(folder).snapshot, "newest")
    next((folder / "events").glob("*.parquet")).unlink()
    with pytest.raises(DragomanError) as error:
        list(loading.every(connection))
    assert error.value.problem.code in ("DR206", "DR207")
