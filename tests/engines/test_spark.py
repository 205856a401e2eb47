"""Spark beside the pool: the same rows, harmful documents told, lost workers made good."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from dragoman.batches import code
from dragoman.engines.spark import Spark, _retrying
from dragoman.errors import DragomanError
from dragoman.schema.coded import documents_to_batch
from tests.archive.conftest import documents
from tests.engines import stand_in
from tests.engines.test_pool import with_text
from tests.fakes import Reader

ROOT = Path(__file__).resolve().parents[2]


def _missing() -> str | None:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if java is None:
        return "Spark needs Java, and none was found"
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = told.partition('"')[2].partition(".")[0]
    return None if version.isdecimal() and int(version) >= 17 else f"Java {version} is too old"


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    if reason := _missing():
        pytest.skip(reason)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        with Spark(stand_in.Parent, "local[2]", time_limit=20) as made:
            yield made


def test_rows_are_those_of_one_process_and_harm_is_told(spark: Spark, tmp_path: Path) -> None:
    given = documents(90)
    given.insert(7, with_text("SEGFAULT"))
    given.insert(30, with_text("BREAK", "broken"))
    given.insert(50, with_text(f"PARENT {tmp_path / 'mark'}", "parent"))
    batches = [documents_to_batch(given[:40]), documents_to_batch(given[40:])]
    found = pa.Table.from_batches(spark.code(iter(batches))).to_pylist()
    assert [row["id"] for row in found] == [one.id for one in given]
    assert {row["id"]: row["failure"] for row in found if row["failure"]} == {
        "bad": "DR180",
        "broken": "DR061",
    }
    good = [one for one in given if one.id not in ("bad", "broken")]
    expected = pa.Table.from_batches(code([documents_to_batch(good)], Reader())).to_pylist()
    assert [row for row in found if not row["failure"]] == expected
    assert spark.coder == "fake"
    assert list(spark.code([])) == []


def test_a_reader_that_cannot_be_made_is_told(spark: Spark) -> None:
    with Spark(stand_in.unfit) as second, pytest.raises(DragomanError) as error:
        list(second.code([documents_to_batch(documents(1))]))
    assert error.value.problem.code == "DR060"
    assert "it is not there" in error.value.problem.what
    # The session was there before: it stays.
    assert spark.coder == "fake"


def test_a_task_is_tried_again_on_one_machine_too() -> None:
    assert _retrying("local[2]") == "local[2,4]"
    assert _retrying("local[*]") == "local[*,4]"
    for master in ("local", "local[2,1]", "spark://host:7077"):
        assert _retrying(master) == master


def test_no_java_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DragomanError) as error:
        Spark(Reader, "local[2]")
    assert error.value.problem.code == "DR184"


def test_no_spark_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.engines.spark.find_spec", lambda name: None)
    with pytest.raises(DragomanError) as error:
        Spark(Reader, "local[2]")
    assert error.value.problem.code == "DR183"
