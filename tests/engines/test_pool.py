from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from dragoman.batches import code
from dragoman.engines.pool import Pool, readings
from dragoman.errors import DragomanError
from dragoman.model import Document
from dragoman.schema.coded import Failure, documents_to_batch
from tests.archive.conftest import documents
from tests.engines import stand_in
from tests.fakes import Reader, reading_of


def rows(pool: Pool, given: list[Document], size: int = 32) -> list[dict[str, object]]:
    batches = (documents_to_batch(given[n : n + size]) for n in range(0, len(given), size))
    return [row for batch in pool.code(batches) for row in batch.to_pylist()]


def with_text(text: str, name: str = "bad") -> Document:
    return Document(name, text, origin=f"{name}.txt")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(stand_in.Dangerous, 2, time_limit=4) as made:
        yield made


def test_rows_are_those_of_one_process_in_order(pool: Pool) -> None:
    given = documents(100)
    whole = pa.Table.from_batches(code([documents_to_batch(given)], Reader()))
    assert rows(pool, given) == whole.to_pylist()
    assert rows(pool, given, size=7) == whole.to_pylist()
    assert rows(pool, []) == []
    assert pool.coder == "fake"


@pytest.mark.parametrize(
    ("harm", "number", "told"),
    [
        ("SEGFAULT", "DR180", "SIGSEGV, 2 times"),
        ("EXIT", "DR180", "exit code 3, 2 times"),
        ("HANG", "DR181", "4 s"),
        ("BREAK", "DR061", "broken on purpose"),
    ],
)
def test_a_harmful_document_costs_no_other(pool: Pool, harm: str, number: str, told: str) -> None:
    given = documents(40)
    given.insert(13, with_text(harm))
    found = rows(pool, given)
    assert [row["id"] for row in found] == [one.id for one in given]
    assert [row["id"] for row in found if row["failure"]] == ["bad"]
    assert found[13]["failure"] == number
    assert told in str(found[13]["failure_reason"])
    assert all(row["digest"] for row in found if row["id"] != "bad")


def test_readings_come_back_whole(pool: Pool) -> None:
    given = documents(11)
    found = list(readings(pool, [*given[:5], with_text("EXIT"), *given[5:], given[0]]))
    told = found.pop(5)
    assert isinstance(told, Failure) and told.document == with_text("EXIT")
    assert told.problem.code == "DR180" and told.problem.remedy.startswith("Leave it out")
    assert found == [reading_of(one) for one in [*given, given[0]]]


def test_several_harmful_ones(pool: Pool) -> None:
    given = [with_text("EXIT", f"bad{n}") for n in range(3)] + documents(5)
    assert [row["failure"] for row in rows(pool, given)] == ["DR180"] * 3 + [None] * 5


def test_a_worker_killed_from_outside_is_replaced_and_its_documents_read(tmp_path: Path) -> None:
    with Pool(stand_in.Dangerous, 1) as pool:
        once = with_text(f"ONCE {tmp_path / 'mark'}", "once")
        before = pool.processes
        assert [row["failure"] for row in rows(pool, [once])] == [None]
        assert pool.processes != before


def test_no_more_is_taken_than_can_be_held() -> None:
    taken = []

    def given() -> Iterator[pa.RecordBatch]:
        for one in documents(200):
            taken.append(one.id)
            yield documents_to_batch([one])

    with Pool(stand_in.slow, 1) as pool:
        found = pool.code(given())
        next(found)
        assert len(taken) <= 6
        found.close()
        assert [row["id"] for row in rows(pool, documents(3))] == ["d0", "d1", "d2"]


def test_workers_end_with_the_pool() -> None:
    with Pool(Reader, 2) as pool:
        assert pool.coder == "fake"
        running = pool.processes
    for number in running:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def test_a_worker_that_holds_too_much_is_replaced() -> None:
    with Pool(Reader, 1, memory=1.0) as pool:
        before = pool.processes
        found = rows(pool, documents(100))
        assert [row["id"] for row in found] == [one.id for one in documents(100)]
        assert pool.processes != before


@pytest.mark.parametrize(("make", "number"), [(stand_in.dying, "DR182"), (stand_in.unfit, "DR060")])
def test_no_reader_is_told(make, number: str) -> None:  # type: ignore[no-untyped-def]
    with Pool(make, 1) as pool, pytest.raises(DragomanError) as error:
        rows(pool, documents(1))
    assert error.value.problem.code == number


def test_workers_have_one_thread_each_and_the_parent_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with Pool(Reader, 1) as pool:
        assert os.environ["OMP_NUM_THREADS"] == "5"
        assert "MKL_NUM_THREADS" not in os.environ
        path = Path(f"/proc/{pool.processes[0]}/environ")
        if not path.exists():
            pytest.skip("the system does not show the environment of a process")
        deadline = time.monotonic() + 5
        while not (held := path.read_bytes()) and time.monotonic() < deadline:
            time.sleep(0.01)
    assert b"OMP_NUM_THREADS=1\0" in held
    assert b"MKL_NUM_THREADS=1\0" in held
