"""Reports composed for tests: two contradict one another, a third copies one of them."""

from __future__ import annotations

import json
from pathlib import Path

from dragoman.archive import Archive
from dragoman.archive.ingest import Job, ingest
from dragoman.batches import code
from dragoman.ingest import Fields, Options, find, read
from dragoman.pipeline import Reader

TOLD = (
    "Bolivian soldiers attacked a market in Arica on Sunday, killing nine people, Chile's interior "
    "ministry said on Tuesday. Traders cleared the square in the evening, and the mayor asked for "
    "tents, water and a field hospital."
)
REPORTS = (
    {"id": "courier", "published": "2023-08-15", "publisher": "Coast Courier", "text": TOLD},
    {"id": "gazette", "published": "2023-08-16", "publisher": "Valley Gazette", "text": TOLD},
    {
        "id": "lake",
        "published": "2023-08-16",
        "publisher": "Lake Observer",
        "text": "Bolivia's army denied on Wednesday that its soldiers had attacked a market in "
        "Arica on Sunday.",
    },
    {
        "id": "other",
        "published": "2023-08-16",
        "publisher": "Lake Observer",
        "text": "Peru's president met Ecuador's foreign minister in Lima on Wednesday.",
    },
)


def archive(folder: Path) -> Archive:
    """An archive of these reports in a folder, read as they would be."""
    lines = folder / "reports.jsonl"
    lines.write_text("".join(json.dumps(one) + "\n" for one in REPORTS), "utf-8")
    reader = Reader()
    job = Job(reader.coder, lambda batches: code(batches, reader))
    ingest(folder / "archive", read(find([str(lines)]).found, Options(Fields(id="id"))), job)
    return Archive(folder / "archive")
