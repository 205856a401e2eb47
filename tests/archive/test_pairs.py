from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dragoman.archive import Archive, counts, pairs
from dragoman.archive.compaction import compact
from dragoman.archive.rewriting import gathered
from dragoman.archive.snapshot import take
from tests.archive.conftest import bring, documents


def counted(archive: Archive, body: str = pairs.VIEW) -> list[dict[str, object]]:
    order = "ORDER BY n DESC, initiator, recipient"
    found: list[dict[str, object]] = archive.sql(
        f"SELECT * FROM {body} {order}", timeout=None
    ).to_pylist()
    return found


def agree(archive: Archive) -> bool:
    return counted(archive) == counted(archive, f"({pairs.COUNT})")


def test_counts_are_those_of_the_events(folder: Path) -> None:
    assert pairs.kept(take(folder)) is None
    before = counted(Archive(folder))
    assert [(row["initiator"], row["n"], row["in_own_voice"]) for row in before] == [
        ("soldiers", 10, 0),
        ("state:PER", 10, 10),
    ]
    compact(folder, 0)
    assert pairs.kept(take(folder)) is not None
    assert counted(Archive(folder)) == before
    assert agree(Archive(folder))
    apart = Archive(folder).sql("SELECT sum(n) AS n FROM pair_counts", timeout=30, apart=True)
    assert apart["n"].to_pylist() == [20]


def test_counts_never_outlive_what_they_count(folder: Path) -> None:
    compact(folder, 0)
    old = Archive(folder)
    changed = dataclasses.replace(documents(1)[0], text="Nobody said anything.")
    bring(folder, [changed])
    assert pairs.kept(take(folder)) is None
    assert [row["n"] for row in counted(Archive(folder))] == [9, 9]
    assert agree(Archive(folder))
    assert [row["n"] for row in counted(old)] == [10, 10]
    compact(folder, 24)
    assert pairs.kept(take(folder)) is not None
    for version in range(5):
        for revisions in ("newest", "all"):
            assert agree(Archive(folder, version=version, revisions=revisions))  # type: ignore[arg-type]
    assert [row["n"] for row in counted(Archive(folder, version=3))] == [10, 10]
    bring(folder, documents(10), "dragoman 0.10.0; fake", recode=True)
    assert pairs.kept(take(folder)) is None
    assert agree(Archive(folder))


def test_old_counts_go_when_they_are_old(folder: Path) -> None:
    compact(folder, 0)
    first = pairs.kept(take(folder))
    bring(folder, documents(12))
    compact(folder, 24)
    assert first is not None and first.exists()
    os.utime(first, (0, 0))
    (first.parent / "pairs-1-left.partial").write_bytes(b"")
    compact(folder, 0)
    now = take(folder)
    counted = counts.kept(now)
    assert counted is not None
    assert {*first.parent.iterdir()} == {pairs.kept(now), counted.path}
    # Nothing new: nothing is counted again.
    kept = pairs.kept(take(folder))
    compact(folder, 0)
    assert pairs.kept(take(folder)) == kept


def test_verify_finds_wrong_counts(folder: Path) -> None:
    compact(folder, 0)
    path = pairs.kept(take(folder))
    assert path is not None
    assert list(Archive(folder).verify()) == []
    table = pq.read_table(path)
    pq.write_table(table.slice(1), path)
    (flaw,) = Archive(folder).verify()
    assert "soldiers and None: not as many as there are events" in str(flaw)


@pytest.mark.parametrize("name", ["events", "documents"])
def test_rows_aregathered_and_events_lie_by_who_did_them(folder: Path, name) -> None:  # type: ignore[no-untyped-def]
    parts = [pq.read_table(one.path) for one in take(folder).files[name]]
    (table,) = gathered(parts, name)
    rows = [row for part in parts for row in part.to_pylist()]
    if name == "events":
        rows.sort(key=lambda row: (row["initiator"], row["earliest"]))
    assert table.to_pylist() == rows


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"actor": "Peru", "side": "initiator"},
        {"actor": "state:PER", "order": "-date", "limit": 3},
        {"actor": "nobody"},
        {"status": "asserted", "own_voice": True, "order": "type"},
    ],
)
@pytest.mark.parametrize("compacted", [False, True])
def test_events_fetched_by_their_keys_are_those_asked_for(
    folder: Path,
    compacted: bool,
    asked,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if compacted:
        compact(folder, 0)
    for revisions in ("newest", "all"):
        archive = Archive(folder, revisions=revisions)  # type: ignore[arg-type]
        fetched = archive.events(**asked)
        monkeypatch.setattr("dragoman.archive._FETCHED", -1)
        assert fetched.equals(archive.events(**asked))
        monkeypatch.undo()
    assert asked or fetched.num_rows == 20
