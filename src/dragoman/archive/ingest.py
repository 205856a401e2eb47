"""An ingest run: documents to coded rows to the archive, only what it does not have yet."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from dragoman.archive import delta
from dragoman.archive.committer import Committed, Committer, Refused
from dragoman.archive.layout import LEDGER_ROWS, token
from dragoman.archive.migrations import prepare
from dragoman.batches import Code
from dragoman.ingest import Item, Rejected
from dragoman.model import Document
from dragoman.schema.coded import CODED, documents_to_batch
from dragoman.version import __version__

_CODED_AT_ONCE: Final = 32  # documents
_SECONDS: Final = 60.0  # of work between two commits, at most about so many


@dataclass(slots=True)
class Report:
    """What a run has done so far, in documents; ``refused`` counts values that were lost too."""

    run: str
    committed: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Job:
    """What to code with and how. ``code`` is the engine's batch form, ``coder`` the name that it
    writes into readings; ``commit`` counts the documents that become visible at a time.
    """

    coder: str
    code: Code
    recode: bool = False
    commit: int = 200


def ingest(
    folder: Path,
    items: Iterable[Item],
    job: Job,
    *,
    sources: Iterable[str] = (),
    done: Callable[[int, Iterable[Refused]], None] = lambda count, refused: None,
) -> Report:
    """Bring the documents into the archive of ``folder``, which is made where there is none.

    A document that is there in the same text is left alone; with ``job.recode`` it is read again
    by another coder of no earlier release. ``done`` is told of documents as they are dealt with.
    What was committed stays, whatever ends the run. Raises DragomanError for an archive of
    another schema.
    """
    prepare(folder)
    report = Report(token())
    committer = Committer(folder, report.run, recode=job.recode)
    _note(folder, report, job, "started", sources)

    def settle(outcome: Committed) -> None:
        report.committed += outcome.committed
        report.unchanged += outcome.unchanged
        report.refused.extend(outcome.refused)
        done(outcome.committed + outcome.unchanged + len(outcome.refused), outcome.refused)

    for coded in _gathered(job.code(_wanted(items, committer, job, settle)), job.commit):
        settle(committer.commit(coded))
    _note(folder, report, job, "finished", sources)
    return report


def _wanted(
    items: Iterable[Item], committer: Committer, job: Job, settle: Callable[[Committed], None]
) -> Iterator[pa.RecordBatch]:
    """Batches of the documents to be read; all else is settled as it passes."""
    batch: list[Document] = []
    for item in items:
        if isinstance(item, Rejected):
            told = item.problem
            refused = Refused(item.origin, told.code, told.what, item.document_kept)
            committer.refuse((refused,))
            settle(Committed(refused=(refused,)))
        elif isinstance(item, Document):
            if committer.index.wants(item, job.coder, recode=job.recode):
                batch.append(item)
            else:
                settle(Committed(unchanged=1))
        if len(batch) == _CODED_AT_ONCE or (batch and len(batch) >= job.commit):
            yield documents_to_batch(batch)
            batch = []
    if batch:
        yield documents_to_batch(batch)


def _gathered(coded: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    held: list[pa.RecordBatch] = []
    since = time.monotonic()
    for batch in coded:
        held.append(batch)
        late = time.monotonic() - since > _SECONDS
        if late or sum(one.num_rows for one in held) >= rows:
            yield pa.Table.from_batches(held, schema=CODED)
            held, since = [], time.monotonic()
    if held:
        yield pa.Table.from_batches(held, schema=CODED)


def _note(folder: Path, report: Report, job: Job, state: str, sources: Iterable[str]) -> None:
    row: dict[str, Any] = {
        "run": report.run,
        "at": dt.datetime.now(dt.UTC),
        "state": state,
        "program": f"dragoman {__version__}",
        "coder": job.coder,
        "sources": list(sources),
        "committed": report.committed,
        "unchanged": report.unchanged,
        "rejected": len(report.refused),
    }
    table = pa.Table.from_pylist([row], schema=LEDGER_ROWS["runs"])
    delta.append(folder / "runs", f"{token()}.parquet", table)
