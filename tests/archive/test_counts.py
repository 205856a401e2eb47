"""Pictures are the same whether events were counted at the last compaction or are counted now."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dragoman.archive import Archive, Filter, counts
from dragoman.archive.compaction import compact
from dragoman.archive.grains import GRAINS, TABLE, choose
from dragoman.archive.ingest import Job, ingest
from dragoman.archive.snapshot import take
from dragoman.batches import code
from dragoman.model import Document, Reading
from dragoman.plot import spec
from tests.plot.made import PLACES, QUADS, Told, reading

NAMES = ["Peru", "Chile", "Fiji", "Mali", "unnamed"]
FIRST = dt.date(2023, 12, 1)
ASKED = (
    Filter(),
    Filter(actor="x:peru"),
    Filter(actor="x:peru", side="initiator", status="asserted"),
    Filter(actor="Chile"),
    Filter(type="assault", own_voice=True),
    Filter(source="x:chile"),
    Filter(publisher="wire", country="PER"),
    Filter(first=FIRST + dt.timedelta(20), last=FIRST + dt.timedelta(70)),
    Filter(actor="x:fiji", first=FIRST + dt.timedelta(20), dates="publication"),
    Filter(text="Mali", place="Lima"),
)
KINDS = ("timeline", "network", "map", "dyad", "source")
WHO: dict[str, tuple[tuple[str, ...], ...]] = {
    "dyad": (("Peru", "Chile"), ("x:chile", "x:fiji"), ("x:peru", "x:nobody")),
    "source": (("Chile",), ("Wire",), ("x:mali",)),
}


class Given:
    """Gives readings that were made before, by the ids of their documents."""

    coder = "given"

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.readings = {one.document.id: one for one in readings}

    def read(self, document: Document) -> Reading:
        """The reading."""
        return self.readings[document.id]

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """The same, one by one."""
        return map(self.read, documents)


def drawn(draw: random.Random, number: int) -> Reading:
    told = []
    for _ in range(draw.randint(4, 8)):
        by = draw.sample(NAMES, draw.choice([1, 1, 1, 2]))
        mutual = draw.random() < 0.2
        to = by if mutual and len(by) > 1 else draw.sample(NAMES, draw.choice([0, 1, 1, 2]))
        told.append(
            Told(
                draw.choice(list(QUADS)), by, to, draw.choice([None, "Chile", "Mali", "Peru"]),
                draw.choice(["asserted", "asserted", "denied", "planned"]),
                draw.choice([None, FIRST + dt.timedelta(draw.randint(0, 90))]),
                draw.choice([None, *PLACES]), mutual,
            )
        )  # fmt: skip
    day = FIRST + dt.timedelta(draw.randint(0, 90))
    return reading(told, number, day, draw.choice(["Wire", "Post", None]))


def bring(folder: Path, readings: list[Reading]) -> None:
    reader = Given(readings)
    job = Job(reader.coder, lambda batches: code(batches, reader), commit=4)
    ingest(folder, [one.document for one in readings], job)


def same(folder: Path, kinds: Iterable[str] = KINDS) -> None:
    """Pictures drawn with counts and without."""
    with_, without = Archive(folder), Archive(folder)
    without.__dict__["has_counts"] = False
    assert with_.has_counts
    try:
        for asked in ASKED:
            for kind in kinds:
                for who in WHO.get(kind, ((),)):
                    drawn_: list[Any] = [
                        spec(kind, one, asked, who=who)  # type: ignore[arg-type]
                        for one in (with_, without)
                    ]
                    assert drawn_[0] == drawn_[1], (kind, asked, who)
    finally:
        with_.close()
        without.close()


def states(folder: Path, draw: random.Random) -> Iterator[counts.Counted | None]:
    """The archive after a compaction, a further ingest, revisions, and compactions of these."""
    bring(folder, [drawn(draw, n) for n in range(16)])
    compact(folder, 0)
    yield counts.kept(take(folder))
    bring(folder, [drawn(draw, n) for n in range(16, 19)])
    yield counts.kept(take(folder))
    bring(folder, [drawn(draw, n) for n in (3, 17)])  # one of before, one of after
    yield counts.kept(take(folder))
    compact(folder, 24)
    yield counts.kept(take(folder))


def test_pictures_are_the_same_with_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    since = []
    for counted in states(tmp_path, random.Random(1127)):
        assert counted is not None
        since.append((len(counted.batches), len(counted.gone)))
        archive = Archive(tmp_path)
        number = archive.ask("SELECT count(*) AS n FROM events")["n"][0].as_py()
        assert archive.committed_events == (number if len(since) < 3 else None)
        same(tmp_path)
        with monkeypatch.context() as patched:
            patched.setattr("dragoman.plot.asking.LARGE", 10)
            same(tmp_path, ("network",))
        assert list(Archive(tmp_path).verify()) == []
    # Counted, one batch added, one reading taken off too, counted again.
    assert since == [(0, 0), (1, 0), (2, 2), (0, 0)]


def test_what_was_counted_is_found_again_when_a_compaction_was_broken_off(tmp_path: Path) -> None:
    for counted in states(tmp_path, random.Random(7)):
        assert counted is not None
    newest = counts.kept(take(tmp_path))
    assert newest is not None
    newest.path.unlink()  # the files lie anew, the counts are of before
    before = counts.kept(take(tmp_path))
    assert before is not None and before.path != newest.path
    assert len(before.gone) == 2
    same(tmp_path, ("map", "network"))
    assert list(Archive(tmp_path).verify()) == []


def test_counts_are_of_no_other_version(tmp_path: Path) -> None:
    bring(tmp_path, [drawn(random.Random(2), n) for n in range(4)])
    bring(tmp_path, [drawn(random.Random(3), n) for n in range(4, 8)])
    compact(tmp_path, 0)
    assert Archive(tmp_path).has_counts
    assert not Archive(tmp_path, version=1).has_counts
    assert not Archive(tmp_path, revisions="all").has_counts
    # Where most came later, it is as well to count all.
    bring(tmp_path, [drawn(random.Random(4), n) for n in range(8, 40)])
    assert not Archive(tmp_path).has_counts


def test_verify_finds_counts_that_are_wrong(tmp_path: Path) -> None:
    bring(tmp_path, [drawn(random.Random(5), n) for n in range(4)])
    compact(tmp_path, 0)
    counted = counts.kept(take(tmp_path))
    assert counted is not None
    table = pq.read_table(counted.path)
    for grain in GRAINS:
        row = table["grain"].to_pylist().index(grain.name)
        rest = table.take([n for n in range(table.num_rows) if n != row])
        pq.write_table(rest, counted.path)
        (flaw,) = Archive(tmp_path).verify()
        assert (flaw.table, flaw.what) == (
            TABLE, f"by {grain.name}: not as many as there are events",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "columns", "name"),
    [
        (Filter(), ["place_name"], "place"),
        (Filter(status="denied"), ["earliest", "type"], "day"),
        (Filter(), ["initiators", "quad"], "tie"),
        (Filter(actor="x:peru", mode="strike"), ["earliest"], "party"),
        (Filter(actor="Peru"), ["earliest"], None),
        (Filter(text="river"), ["place_name"], None),
        (Filter(), ["reading"], None),
        (Filter(), ["speaker", "type"], None),
    ],
)
def test_the_smallest_counts_that_hold_what_is_asked_are_taken(
    asked: Filter, columns: list[str], name: str | None
) -> None:
    found = choose(asked, columns)
    assert (found.sql.split("'")[1] if found else None) == name
