"""An archive with the reading by hand of a few documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from dragoman.archive.ingest import Job, Report, ingest
from dragoman.batches import code
from dragoman.ingest import Item
from dragoman.model import Document
from tests.fakes import TEXT, Reader

Bring = Callable[..., Report]


def documents(count: int, head: str = "Report") -> list[Document]:
    """Documents ``d0``, ``d1``, …, a day apart, of two publishers in turn."""
    day = dt.date(2024, 3, 9)
    return [
        Document(
            f"d{n}",
            f"{head} {n}. {TEXT}",
            day + dt.timedelta(n),
            "Wire" if n % 2 else "Post",
            origin=f"reports.jsonl:{n + 1}",
        )
        for n in range(count)
    ]


class Coder(Reader):
    """The reader by hand under another name."""

    def __init__(self, coder: str = "dragoman 0.1.0; fake") -> None:
        super().__init__()
        self.coder = coder

    def read(self, document):  # type: ignore[no-untyped-def]
        import dataclasses

        return dataclasses.replace(super().read(document), coder=self.coder)


def bring(
    folder: Path,
    items: Iterable[Item],
    coder: str = "dragoman 0.1.0; fake",
    *,
    recode: bool = False,
    commit: int = 4,
) -> Report:
    """Ingest the items with the reader by hand."""
    reader = Coder(coder)
    job = Job(reader.coder, lambda batches: code(batches, reader), recode, commit)
    return ingest(folder, items, job)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of ten documents in three commits."""
    path = tmp_path / "archive"
    bring(path, documents(10))
    return path
