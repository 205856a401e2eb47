"""The readers on public corpora of hostile input, where those are there; and the benchmark's own
means on small inputs of ours.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import corpora
from benchmarks.hostile import figures, records, strings
from dragoman.model import Document, Mention, Reading
from tests.ingest.test_warc import PAGE, record

there = pytest.mark.skipif(not corpora.CORPORA.is_dir(), reason=f"no corpora in {corpora.CORPORA}")
# Offsets need the whole product, which is slow to load; these parts need the readers alone. How
# long something takes is for the benchmark on a quiet machine.
READERS = [name for name in corpora.PARTS if name != "strings"]
TIMED = ("p99", "slowest", "memory")


@there
@pytest.mark.parametrize("part", READERS)
def test_the_readers_hold(part: str) -> None:
    found = corpora.PARTS[part](corpora.CORPORA, True, 1)
    assert found
    missed = [str(one) for one in found if not one.good]
    assert [one for one in missed if not any(word in one for word in TIMED)] == []


def test_whole_records_are_counted_up_to_the_break() -> None:
    first, second = (record(f"https://a.example/{n}", PAGE.encode()) for n in (1, 2))
    asked = record("https://a.example/x", b"", "request")
    assert records._whole_pages(first + asked + second) == [1, 3]
    assert records._whole_pages(first + asked + second[:-50]) == [1]
    assert records._whole_pages(b"nothing") == []


def test_what_is_opened_and_written_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with figures.watched() as opened:
        path.write_text("a")
        path.read_text()
        (tmp_path / "b").mkdir()
    assert str(path) in opened.read
    assert {str(path), str(tmp_path / "b")} <= set(opened.written)
    path.read_text()
    assert opened.read.count(str(path)) == 1


def test_a_reader_that_raises_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setattr(figures, "read_source", broken)
    taken = figures.take("a.txt", b"Ghana voted.")
    assert "ZeroDivisionError" in str(taken.fault)
    assert not figures.faults([taken]).good


def test_offsets_that_show_another_quote_are_wrong() -> None:
    document = Document("d", "Ghana voted.")
    right = Mention("m1", "place", document.span((0, 5)), rule="-")
    assert strings.wrong_offsets(Reading(document, mentions=(right,))) == (1, 0)
    moved = Document("d", "The Ghana voted.")
    assert strings.wrong_offsets(Reading(moved, mentions=(right,))) == (1, 1)
