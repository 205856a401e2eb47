"""Questions to an archive of ten million events: the medians of five answers each.

The events are drawn at random, always the same way: actors, types, sources and places by
frequencies that fall off as in news, quotes and traces as long as ours, ten events a document,
documents in the order of publication, in the files that ``dragoman archive compact`` leaves, and
counted as it does. Top pairs are asked of the view ``pair_counts``; to count them from the events
is shown beside it, without a limit.

Run: ``python -m benchmarks.query [--events 10000000] [--archive DIR]``; exit code 1 where a median
is 300 ms or more. An archive in DIR is made once and asked again later.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.archive import Archive, delta
from dragoman.archive.compaction import count as count_events
from dragoman.archive.layout import ROWS, TABLES, compacted_name
from dragoman.archive.log import Log, following
from dragoman.archive.migrations import prepare
from dragoman.archive.rewriting import gathered
from dragoman.archive.snapshot import take

LIMIT_MS: Final = 300.0
_PER_DOCUMENT: Final = 10
_GROUP: Final = 122_880  # rows that a compaction gathers
_CHUNK: Final = 4 * _GROUP
_FILE: Final = 2_000_000
_ACTORS: Final = 4_000
_FIRST: Final = dt.date(2005, 1, 1)
_DAYS: Final = 20 * 365
_TYPES: Final = (
    "CONSULT", "SUPPORT", "AGREE", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
_STATUSES: Final = ("asserted", "denied", "planned", "demanded", "possible", "hypothetical")
_TEXT: Final = (
    "The ministry said on Tuesday that both delegations had met at the border crossing and would "
    "talk again within the month about grazing rights, water and the prisoners still held. "
)


def make(folder: Path, events: int) -> None:
    """An archive of so many events in ``folder``."""
    prepare(folder)
    draw = np.random.default_rng(20261127)
    count = events // _PER_DOCUMENT
    days = np.sort(draw.integers(0, _DAYS, count))
    publishers = _zipf(draw, 300, count)
    counts = dict.fromkeys(TABLES, 0)
    counts["events"], counts["documents"] = events, count
    name = "events"
    makers: dict[str, Callable[[int, int], pa.Table]] = {
        "documents": lambda a, b: _documents(a, days[a:b], publishers[a:b]),
        "events": lambda a, b: _events(draw, a, b, days, publishers),
    }
    for name, total in (("documents", count), ("events", events)):
        _write(folder / name, name, total, makers[name])
    batch = {"batch": "drawn", "run": "drawn", "coder": "drawn"}
    Log(folder).append(
        lambda lines: following(lines, "batch", counts=tuple(counts.values()), **batch)
    )
    count_events(take(folder))


def _write(path: Path, name: Any, total: int, make_rows: Callable[[int, int], pa.Table]) -> None:
    actions = []
    for first in range(0, total, _FILE):
        target = path / compacted_name(1, old=False)
        last = min(first + _FILE, total)
        with pq.ParquetWriter(target, ROWS[name], compression="zstd") as writer:
            for start in range(first, last, _CHUNK):
                rows = make_rows(start, min(start + _CHUNK, last))
                parts = [rows.slice(n, _GROUP) for n in range(0, rows.num_rows, _GROUP)]
                for part in gathered(parts, name):
                    writer.write_table(part)
        actions.append(delta.added(target, last - first))
    assert delta.replace(path, [], actions, ROWS[name])


def _zipf(draw: np.random.Generator, kinds: int, size: int) -> Any:
    weights = 1 / np.arange(1, kinds + 1)
    return draw.choice(kinds, size, p=weights / weights.sum())


def _picked(values: Sequence[Any], places: Any, kind: pa.DataType) -> pa.Array:
    return pa.array(values, kind).take(pa.array(places))


def _numbered(prefix: str, numbers: Any) -> pa.Array:
    return pa.array(np.char.add(prefix, numbers.astype("U10")))


def _days(days: Any) -> pa.Array:
    offset = (_FIRST - dt.date(1970, 1, 1)).days
    return pa.array((days + offset).astype("int32"), pa.int32()).cast(pa.date32())


def _filled(name: Any, columns: dict[str, Any], size: int) -> pa.Table:
    arrays = []
    for field in ROWS[name]:
        value = columns.get(field.name)
        if value is None or isinstance(value, str | int | float | bool | list | dict):
            value = pa.repeat(pa.scalar(value, field.type), size)
        arrays.append(value if value.type == field.type else value.cast(field.type))
    return pa.Table.from_arrays(arrays, schema=ROWS[name])


def _documents(first: int, days: Any, publishers: Any) -> pa.Table:
    size = len(days)
    numbers = np.arange(first, first + size)
    texts = pa.array([f"{_TEXT * 6} ({n})" for n in numbers.tolist()])
    key = _numbered("r", numbers)
    columns = {
        "id": key, "reading": key, "digest": key, "checksum": key, "content": key, "text": texts,
        "published": _days(days), "publisher": _numbered("publisher ", publishers),
        "schema_version": "2", "language": "en", "preamble": 0, "coder": "drawn", "revision": 1,
        "run": "drawn", "batch": "drawn", "notes": [], "origin": "drawn.jsonl",
    }  # fmt: skip
    return _filled("documents", columns, size)


def _events(draw: np.random.Generator, first: int, last: int, days: Any, by: Any) -> pa.Table:
    size = last - first
    numbers = np.arange(first, last)
    report = numbers // _PER_DOCUMENT
    day = days[report] - draw.integers(0, 4, size)
    sides = [_zipf(draw, _ACTORS, size) for _ in range(2)]
    kinds, states = _zipf(draw, len(_TYPES), size), _zipf(draw, len(_STATUSES), size)
    said = draw.random(size) < 0.6
    names = [f"state:{n:04d}" for n in range(_ACTORS)]
    key = _numbered("r", report)
    events, strings = ROWS["events"], pa.list_(pa.string())
    span = [{"start": 100, "end": 110, "quote": "had met at"}]
    party = [[_participant(name, span)] for name in names]
    trace = [
        {"field": name, "rule": "lexicon:meet.consult", "evidence": span}
        for name in ("type", "actors", "recipients", "status")
    ]
    time_of = {"value": "2015-03-02", "granularity": "day", "rule": "weekday", "mention": "m3",
               "first": dt.date(2015, 3, 2), "last": dt.date(2015, 3, 2)}  # fmt: skip
    shared = {
        "time": time_of, "goldstein": 1.0, "intensity": 0.5,
        "document_id": key, "reading": key, "position": pa.array(numbers % _PER_DOCUMENT),
        "id": _numbered("e", numbers % _PER_DOCUMENT), "published": _days(days[report]),
        "publisher": _numbered("publisher ", by[report]),
        "schema_version": "2", "trigger": span, "cameo": "040", "cameo_root": "04", "quad": 1,
        "sentence": [{"start": 0, "end": len(_TEXT), "quote": _TEXT}], "trace": trace,
        "polarity": "+", "certainty": "CT", "auxiliary": [], "contexts": [], "reciprocal": False,
        "main": False, "coder": "drawn", "revision": 1, "run": "drawn", "batch": "drawn",
    }  # fmt: skip
    drawn = {
        "type": _picked(_TYPES, kinds, pa.string()),
        "status": _picked(_STATUSES, states, pa.string()),
        "confidence": pa.array(draw.random(size).round(2)),
        "actors": _picked(party, sides[0], events.field("actors").type),
        "recipients": _picked(party, sides[1], events.field("recipients").type),
        "initiators": _picked([[name] for name in names], sides[0], strings),
        "affected": _picked([[name] for name in names], sides[1], strings),
        "initiator": _picked(names, sides[0], pa.string()),
        "recipient": _picked(names, sides[1], pa.string()),
        "according_to": _picked([[], ["s1"]], said.astype(int), strings),
        "own_voice": pa.array(~said),
        "speakers": _picked([[], ["org:ministry"]], said.astype(int), strings),
        "on_whose_word": _picked(["the report", "ministry ← the report"], said.astype(int),
                                 pa.string()),
        "day": _days(day), "last_day": _days(day), "earliest": _days(day), "latest": _days(day),
        "place_name": _picked([f"Town {n}" for n in range(5000)], _zipf(draw, 5000, size),
                              pa.string()),
        "place_country": _picked([f"C{n:02d}" for n in range(100)], _zipf(draw, 100, size),
                                 pa.string()),
    }  # fmt: skip
    return _filled("events", {**shared, **drawn}, size)


def _participant(name: str, span: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": name.replace("state:", "State "),
        "actor": name,
        "span": span,
        "mention": "m1",
        "rule": "subject",
        "unresolved": None,
    }


_TIMELINE: Final = (
    "SELECT date_trunc('month', day) AS month, count(*) AS n FROM events "
    "WHERE type = 'ASSAULT' AND status = 'asserted' GROUP BY month ORDER BY month"
)
_PAIRS: Final = (
    "SELECT initiator, recipient, n FROM pair_counts ORDER BY n DESC, initiator, recipient LIMIT 20"
)
_COUNTED: Final = (
    "SELECT initiator, recipient, count(*) AS n FROM events "
    "GROUP BY initiator, recipient ORDER BY n DESC, initiator, recipient LIMIT 20"
)
_YEAR: Final = (dt.date(2015, 1, 1), dt.date(2015, 12, 31))


def _questions(archive: Archive) -> dict[str, Callable[[], pa.Table]]:
    first, last = _YEAR
    return {
        "timeline": lambda: archive.sql(_TIMELINE, timeout=None),
        "top pairs": lambda: archive.sql(_PAIRS, timeout=None),
        "top pairs, counted": lambda: archive.sql(_COUNTED, timeout=None),
        "filter": lambda: archive.events(
            actor="state:0012", side="initiator", type="COERCE", first=first, last=last, limit=100
        ),
        "filter, ids only": lambda: archive.find(
            "events", _asked(), "reading, position, on_whose_word"
        ),
    }


def _asked() -> Any:
    from dragoman.archive import Filter

    first, last = _YEAR
    return Filter(
        actor="state:0012", side="initiator", type="COERCE", first=first, last=last, limit=100
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--archive", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.archive or Path(scratch) / "archive"
        if not (folder / "commits").exists():
            began = time.perf_counter()
            make(folder, options.events)
            print(f"made in {time.perf_counter() - began:.0f} s")
        size = sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 1e9
        began = time.perf_counter()
        archive = Archive(folder)
        total = archive.sql("SELECT count(*) AS n FROM events", timeout=None)["n"][0].as_py()
        opened = (time.perf_counter() - began) * 1000
        print(f"{total:,} events, {size:.2f} GB, {os.cpu_count()} cores; opened in {opened:.0f} ms")
        return _ask(archive)


def _ask(archive: Archive) -> int:
    slow = 0
    same = archive.sql(_PAIRS, timeout=None).equals(archive.sql(_COUNTED, timeout=None))
    print(f"top pairs by both ways: {'the same' if same else 'DIFFERENT'}")
    for name, question in _questions(archive).items():
        taken = []
        for _ in range(5):
            began = time.perf_counter()
            rows = question().num_rows
            taken.append((time.perf_counter() - began) * 1000)
        median = statistics.median(taken)
        slow += median >= LIMIT_MS and name != "top pairs, counted"
        print(f"{name}: median {median:.0f} ms ({rows} rows; first {taken[0]:.0f} ms)")
    return 1 if slow or not same else 0


if __name__ == "__main__":
    sys.exit(main())
