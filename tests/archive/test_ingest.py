from __future__ import annotations

import dataclasses
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from benchmarks import kill, readers
from dragoman.archive import Archive, delta
from dragoman.archive.committer import Committer
from dragoman.archive.compaction import compact
from dragoman.archive.ingest import Job, ingest
from dragoman.batches import code
from dragoman.errors import problem
from dragoman.ingest import Rejected
from dragoman.model import Document
from dragoman.schema.coded import documents_to_batch
from tests.archive.conftest import Coder, bring, documents
from tests.fakes import reading_of

TABLES = ("documents", "actors", "mentions", "statements", "events")


def content(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the five tables, in an order of their own."""
    archive = Archive(folder, revisions="all")
    return {
        name: sorted(map(repr, archive.sql(f"SELECT * FROM {name}", timeout=None).to_pylist()))
        for name in TABLES
    }


def test_three_runs_of_a_thousand_documents_are_one(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    reports = [bring(path, documents(1000), commit=250)]
    rows, hashed = content(path), Archive(path).cite().content_hash
    for _ in range(2):
        reports.append(bring(path, documents(1000), commit=250))
        assert content(path) == rows
        assert Archive(path).cite().content_hash == hashed
    assert [(one.committed, one.unchanged) for one in reports] == [(1000, 0), (0, 1000), (0, 1000)]


def test_readings_come_back_as_they_were_made(folder: Path) -> None:
    made = {
        one.id: dataclasses.replace(reading_of(one), coder="dragoman 0.1.0; fake")
        for one in documents(10)
    }
    found = {reading.document.id: reading for _, reading in Archive(folder).readings()}
    assert found == made


def test_a_hash_depends_on_what_was_read_and_not_on_where_or_how(tmp_path: Path) -> None:
    moved = [dataclasses.replace(one, origin="elsewhere") for one in documents(10)]
    bring(tmp_path / "a", documents(10), commit=3)
    bring(tmp_path / "b", moved[::-1], commit=7)
    bring(tmp_path / "c", documents(9))
    a, b, c = (Archive(tmp_path / name).cite().content_hash for name in "abc")
    assert a == b != c


def test_a_changed_text_is_a_revision(folder: Path) -> None:
    before = Archive(folder)
    changed = dataclasses.replace(documents(1)[0], text="Nobody said anything.")
    assert bring(folder, [changed]).committed == 1
    now, both = Archive(folder), Archive(folder, revisions="all")
    assert now.documents(text="Nobody").num_rows == 1
    assert (now.events().num_rows, both.events().num_rows) == (18, 20)
    assert (now.documents().num_rows, both.documents().num_rows) == (10, 11)
    assert sorted(
        both.sql("SELECT revision FROM documents WHERE id = 'd0'")["revision"].to_pylist()
    ) == [1, 2]
    old = Archive(folder, version=before.version)
    assert old.events().num_rows == 20
    assert old.cite() == before.cite()
    # Back to the first text: the newest text is that one again.
    assert bring(folder, documents(1)).committed == 1
    assert Archive(folder).events().num_rows == 20
    assert list(Archive(folder).verify()) == []


def test_recoding_by_a_later_coder_only(folder: Path) -> None:
    later, earlier = "dragoman 0.10.0; fake", "dragoman 0.0.9; fake"
    assert bring(folder, documents(10), later).committed == 0
    assert bring(folder, documents(10), earlier, recode=True).committed == 0
    assert bring(folder, documents(10), later, recode=True).committed == 10
    assert bring(folder, documents(10), later, recode=True).committed == 0
    archive = Archive(folder)
    assert set(archive.events()["coder"].to_pylist()) == {later}
    assert archive.events().num_rows == 20
    # Another coding is no other text.
    assert Archive(folder, revisions="all").events().num_rows == 20
    assert archive.cite().coders == ("dragoman 0.10.0; fake",)
    assert set(Archive(folder, version=3).events()["coder"].to_pylist()) == {"dragoman 0.1.0; fake"}
    compact(folder, 0)
    assert Archive(folder).events().num_rows == 20
    assert Archive(folder, version=3).events().num_rows == 20


def test_what_is_not_read_is_written_down(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    broken = Document("x", "BREAK", origin="reports.jsonl:7")
    rejected = Rejected("reports.jsonl:3", problem("DR026"))
    report = bring(path, [*documents(3), broken, rejected])
    assert report.committed == 3
    rows = delta.rows(delta.open_table(path / "rejected")).to_pylist()
    told = {(row["origin"], row["place"], row["number"]) for row in rows}
    assert told == {("reports.jsonl", "7", "DR061"), ("reports.jsonl", "3", "DR026")}
    assert any("broken on purpose" in row["reason"] for row in rows)
    assert {row["run"] for row in rows} == {report.run}
    assert Archive(path).documents().num_rows == 3


def test_one_id_twice_in_a_batch(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    first = documents(1)[0]
    other = dataclasses.replace(first, text="Another text.")
    reader = Coder()
    table = pa.Table.from_batches(code([documents_to_batch([first, other, other])], reader))
    bring(path, [])
    done = Committer(path, "run").commit(table)
    assert (done.committed, done.unchanged) == (2, 1)
    assert Archive(path, revisions="all").documents().num_rows == 2
    assert list(Archive(path).verify()) == []


def test_a_document_appears_with_all_its_rows(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that ends before its line is in the log leaves rows that nobody sees."""
    before = Archive(folder).cite()

    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dragoman.archive.log.Log.append", stop)
    with pytest.raises(KeyboardInterrupt):
        bring(folder, documents(14))
    monkeypatch.undo()
    assert Archive(folder).cite() == before
    assert sum(map(len, Archive(folder).snapshot.files.values())) == 20
    assert list(Archive(folder).verify()) == []
    assert compact(folder, 0).leftovers == 1
    assert sum(map(len, Archive(folder).snapshot.files.values())) == 5
    assert bring(folder, documents(14)).committed == 4
    assert Archive(folder).documents().num_rows == 14


def test_a_batch_that_compaction_wrote_off_is_written_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.archive.log import Log

    whole, calls = Log.append, []

    def late(self: Log, make):  # type: ignore[no-untyped-def]
        if not calls:
            calls.append(1)
            compact(folder, 0)
        return whole(self, make)

    monkeypatch.setattr(Log, "append", late)
    assert bring(folder, documents(12)).committed == 2
    archive = Archive(folder)
    assert archive.documents().num_rows == 12
    assert archive.events().num_rows == 24
    assert list(archive.verify()) == []


def test_killed_five_times(tmp_path: Path) -> None:
    outcome = kill.trial(tmp_path, 5, count=60)
    assert outcome.wrong == []
    assert outcome.kills == 5


def _bring(path: Path, first: int, last: int) -> None:
    bring(path, documents(last)[first:], commit=5)


def test_several_writers(tmp_path: Path) -> None:
    """Three at once, from nothing, with documents in common: each gets in once."""
    bring(tmp_path / "alone", documents(60))
    context = multiprocessing.get_context("spawn")
    path = tmp_path / "archive"
    parts = [(0, 40), (20, 60), (10, 50)]
    processes = [context.Process(target=_bring, args=(path, *part)) for part in parts]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    archive = Archive(path)
    assert archive.documents().num_rows == 60
    assert archive.cite().content_hash == Archive(tmp_path / "alone").cite().content_hash
    assert list(archive.verify()) == []


def test_readers_beside_a_writer(tmp_path: Path) -> None:
    asked, versions, wrong = readers.trial(tmp_path / "archive", readers=2, seconds=3)
    assert wrong == []
    assert asked > 0 and versions > 1


def test_an_engine_may_give_batches_in_any_order(tmp_path: Path) -> None:
    reader = Coder()

    def backwards(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return reversed(list(code(batches, reader)))

    ingest(tmp_path / "a", documents(70), Job(reader.coder, backwards, commit=10))
    bring(tmp_path / "b", documents(70))
    a, b = (Archive(tmp_path / name).cite().content_hash for name in "ab")
    assert a == b
