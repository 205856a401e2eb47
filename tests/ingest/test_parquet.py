from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.ingest import Fields, Options, find, read
from tests.ingest.helpers import documents, items, rejected


def written(folder: Path, columns: dict[str, pa.Array]) -> bytes:
    path = folder / "made"
    pq.write_table(pa.table(columns), path)
    return path.read_bytes()


@pytest.mark.parametrize(
    "dates",
    [
        pa.array([dt.date(2024, 3, 9), None]),
        pa.array([dt.datetime(2024, 3, 9, 23), None]),
        pa.array(["2024-03-09", None]),
        pa.array([1_709_942_400_000, None]),
        pa.array([20240309.0, float("nan")]),
    ],
)
def test_columns(tmp_path: Path, dates: pa.Array) -> None:
    texts = pa.array(["Ghana voted.", "Togo voted."]).dictionary_encode()
    more = pa.array([[1], [2]])
    data = written(tmp_path, {"content": texts, "published": dates, "more": more})
    first, second = documents(items(tmp_path, "a.parquet", data))
    assert (first.text, first.published) == ("Ghana voted.", dt.date(2024, 3, 9))
    assert second.published is None
    assert second.origin == f"{tmp_path / 'a.parquet'}:2"


def test_bad_rows(tmp_path: Path) -> None:
    texts = pa.array([b"One.", b"\xff", None, b" "], pa.binary())
    found = items(tmp_path, "a.parquet", written(tmp_path, {"text": texts}))
    assert [document.text for document in documents(found)] == ["One."]
    assert rejected(found) == [("2", "DR011"), ("3", "DR020"), ("4", "DR026")]


def test_what_is_no_parquet(tmp_path: Path) -> None:
    assert rejected(items(tmp_path, "a.parquet", b"PAR1 and no more")) == [("a.parquet", "DR034")]
    empty = written(tmp_path, {"text": pa.array([], pa.string())})
    assert rejected(items(tmp_path, "b.parquet", empty)) == [("b.parquet", "DR026")]
    columns = written(tmp_path, {"words": pa.array(["x"])})
    assert rejected(items(tmp_path, "c.parquet", columns)) == [("c.parquet", "DR032")]
    options = Options(fields=Fields(text="words"))
    assert len(documents(items(tmp_path, "c.parquet", columns, options))) == 1


def test_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_bytes(written(tmp_path, {"text": pa.array(["One."])}))
    assert len(documents(list(read(find([str(path)]).found)))) == 1
