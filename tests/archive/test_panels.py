from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from dragoman.archive import Archive, Filter, Shape
from dragoman.archive.ingest import Job, ingest
from dragoman.archive.panels import panel
from dragoman.batches import code
from dragoman.cli import app
from dragoman.errors import DragomanError
from dragoman.model import (
    Actor,
    Document,
    Event,
    EventTime,
    Participant,
    Reading,
    Statement,
)

NAMES = {
    "state:PER": ("Peru", "PER"),
    "state:CHL": ("Chile", "CHL"),
    "state:BOL": ("Bolivia", "BOL"),
    "person:ana": ("Ana", "PER"),
    "report:clerk": ("a clerk", "CHL"),
}
STORY = (
    "words that nobody else has about the strait and the ferry and the salt and the guano, told "
    "by a harbour master who had counted every barge since the lighthouse was lit again last year"
)
# Of each report: publisher, day, whether it carries the story, then its events: who, whom, type,
# status, own voice, first and last day of its time (None: no time), mutual.
Deed = tuple[Any, ...]
REPORTS: dict[str, tuple[str, str, bool, list[Deed]]] = {
    "d1": ("Wire", "2024-03-05", True, [
        (["state:PER"], ["state:CHL"], "ACCUSE", "asserted", True, "2024-03-04", "2024-03-04"),
        (["state:PER"], ["state:CHL"], "ACCUSE", "asserted", True, "2024-03-04", "2024-03-04"),
        (["state:CHL"], ["state:PER"], "ASSAULT", "asserted", False, None, None),
    ]),
    "d2": ("Post", "2024-03-06", True, [
        (["state:PER"], ["state:CHL"], "ACCUSE", "asserted", True, "2024-03-04", "2024-03-04"),
        (["state:PER"], ["state:BOL"], "AID", "planned", True, "2024-03", "2024-04"),
    ]),
    "d3": ("Times", "2024-03-29", False, [
        (["state:PER", "state:BOL"], ["state:CHL"], "CONSULT", "asserted", True,
         "2024-03-28", "2024-04-02", True),
        (["state:PER"], ["soldiers"], "COERCE", "asserted", True, "2024-03-28", "2024-03-28"),
        (["person:ana"], ["state:PER"], "ACCUSE", "asserted", True, "2024-03-28", "2024-03-28"),
        (["state:CHL"], [], "REJECT", "asserted", True, "2024-03-28", "2024-03-28"),
        (["state:CHL"], ["state:CHL"], "COERCE", "asserted", True, "2024-03-28", "2024-03-28"),
        (["report:clerk"], ["state:PER"], "THREATEN", "asserted", True, "2024-03-28", "2024-03-28"),
        (["state:CHL"], ["state:PER"], "ASSAULT", "asserted", True, "2023-01-01", "2023-12-31"),
        (["state:CHL"], ["state:PER"], "ACCUSE", "asserted", True, "2024-03-01", "2024-03-31"),
    ]),
    "d4": ("", "", False, [
        (["state:CHL"], ["state:PER"], "ASSAULT", "asserted", True, None, None),
    ]),
    "x1": ("AFP", "2024-03-05", False, [
        (["state:PER"], ["state:CHL"], "ACCUSE", "asserted", True, None, None),
    ]),
    "x2": ("Agence France-Presse", "2024-03-06", False, [
        (["state:PER"], ["state:CHL"], "ACCUSE", "asserted", True, None, None),
    ]),
}  # fmt: skip


def text_of(name: str) -> str:
    publisher, _, has_story, deeds = REPORTS[name]
    return f"{publisher} {name}. {'acted ' * len(deeds)}{STORY if has_story else ''}"


def reading_of(document: Document) -> Reading:
    deeds = REPORTS[document.id][3]
    start = document.text.index("acted")
    said = Statement("s1", document.span((start, start + 5)), "indirect", "say")
    events = []
    for number, deed in enumerate(deeds):
        who, whom, kind, status, own, first, last, *mutual = deed
        at = start + 6 * number
        days = [dt.date.fromisoformat(f"{day}-01"[:10]) for day in (first, last) if day]
        time = EventTime(first, "day", "given", None, *days) if days else None
        events.append(Event(
            f"e{number + 1}", document.span((at, at + 5)), kind, "010", "01", 1, status,
            actors=parties(who), recipients=parties(whom), time=time,
            according_to=() if own else ("s1",), reciprocal=bool(mutual),
        ))  # fmt: skip
    actors = tuple(Actor(key, name, "state", code) for key, (name, code) in NAMES.items())
    return Reading(document, actors, (), (said,), tuple(events), "by hand")


def parties(names: list[str]) -> tuple[Participant, ...]:
    return tuple(
        Participant(NAMES[name][0], name) if name in NAMES else Participant(name, unresolved="?")
        for name in names
    )


class ByHand:
    coder = "by hand"

    def read(self, document: Document) -> Reading:
        return reading_of(document)

    def read_many(self, documents: Any) -> Any:
        return map(self.read, documents)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("panels") / "archive"
    fill(path, "d")
    return path


def fill(path: Path, names: str) -> None:
    documents = [
        Document(name, text_of(name), dt.date.fromisoformat(day) if day else None, by or None)
        for name, (by, day, _, _) in REPORTS.items()
        if name.startswith(names)
    ]
    ingest(path, documents, Job("by hand", lambda batches: code(batches, ByHand())))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def archive(folder: Path) -> Archive:
    return Archive(folder)


def cells(archive: Archive, asked: dict[str, Any] | None = None, **shape: Any) -> Counter[Any]:
    found = archive.panel(Shape(**shape), **(asked or {}))
    names = found.rows.column_names[:2]
    return Counter({
        (*(row[name].split(":")[-1] for name in names), row["period"].isoformat()): row["events"]
        for row in found.rows.to_pylist()
    })  # fmt: skip


MARCH = "2024-03-01"


def test_a_month(archive: Archive) -> None:
    # Undated d4 and 2023 are left out; the meeting from March into April counts for March, by
    # publication, each way between Chile and the two, and between the two.
    assert cells(archive) == {
        ("PER", "CHL", MARCH): 4,
        ("CHL", "PER", MARCH): 3,
        ("BOL", "CHL", MARCH): 1,
        ("CHL", "BOL", MARCH): 1,
        ("BOL", "PER", MARCH): 1,
        ("PER", "BOL", MARCH): 1,
        ("ana", "PER", MARCH): 1,
    }


def test_what_is_left_out_is_said(archive: Archive) -> None:
    found = archive.panel()
    wanted = {
        "asked": 14, "status": 1, "undated": 1, "elsewhere": 1, "outside": 0, "again": 0,
        "one_sided": 1, "unresolved": 2, "within": 1, "events": 7, "pairs": 12,
        "by_publication": 2,
    }  # fmt: skip
    assert {name: found.counts[name] for name in wanted} == wanted
    left_out = ("status", "undated", "elsewhere", "outside", "one_sided", "unresolved", "within")
    assert found.counts["asked"] == found.counts["events"] + sum(wanted[n] for n in left_out)
    told = "\n".join((found.chosen, *found.notes))
    assert "status asserted" in told and "planned 1" in told and "add up to 12" in told
    assert "neither they nor their reports have a date: 1" in told


def test_columns_of_a_row(archive: Archive) -> None:
    rows = archive.panel(Shape(events=True)).rows.to_pylist()
    by_pair = {(row["initiator"], row["recipient"]): row for row in rows}
    row = by_pair["state:PER", "state:CHL"]
    # d1 and d2 are copies of one text: one source; d3 is another.
    assert (row["events"], row["own_voice"], row["claimed"]) == (4, 4, 0)
    assert (row["reports"], row["sources"], row["by_publication"]) == (3, 2, 1)
    assert {str(rows.type) for rows in archive.panel().rows.columns[3:]} == {"int64"}
    assert row["event_ids"] == ["d1#e1", "d1#e2", "d2#e1", "d3#e1"]
    row = by_pair["state:CHL", "state:PER"]
    assert (row["events"], row["own_voice"], row["claimed"]) == (3, 2, 1)


@pytest.mark.parametrize(
    ("period", "level", "one_per"),
    [
        ("day", "actor", "report"),
        ("day", "country", "day"),
        ("week", "actor", "story"),
        ("month", "country", "story"),
        ("month", "actor", "day"),
        ("year", "country", "report"),
    ],
)
def test_sums_are_traceable(archive: Archive, period: Any, level: Any, one_per: Any) -> None:
    shape = Shape(period=period, level=level, one_per=one_per, events=True, by=("type", "voice"))
    found = archive.panel(shape)
    rows = found.rows.to_pylist()
    assert rows
    for row in rows:
        assert len(row["event_ids"]) == len(set(row["event_ids"])) == row["events"]
        assert row["events"] == row["own_voice"] + row["claimed"]
    assert sum(row["events"] for row in rows) == found.counts["pairs"]
    long = archive.panel(dataclasses.replace(shape, form="long")).rows.to_pylist()
    assert sum(row["events"] for row in long) == found.counts["pairs"]
    spread = {name for row in rows for name in row} - {*long[0], "events"}
    assert sum(row[name] for row in rows for name in spread) == found.counts["pairs"]


def test_one_per_story(archive: Archive) -> None:
    # d2 repeats one of the two accusations of d1.
    found = archive.panel(Shape(one_per="story", events=True))
    row = next(
        row for row in found.rows.to_pylist()
        if (row["initiator"], row["recipient"]) == ("state:PER", "state:CHL")
    )  # fmt: skip
    assert row["event_ids"] == ["d1#e1", "d1#e2", "d3#e1"]
    assert found.counts["again"] == 1


def test_an_agency_is_one_source_under_all_its_names(tmp_path: Path) -> None:
    fill(tmp_path / "a", "x")
    rows = Archive(tmp_path / "a").panel().rows.to_pylist()
    assert [(row["events"], row["reports"], row["sources"]) for row in rows] == [(2, 2, 1)]


def test_without_stories(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.archive.panels.stories_of", None)  # calling it would fail
    found = archive.panel(Shape(stories=False))
    assert "copies not looked for" in found.chosen
    rows = {(row["initiator"], row["recipient"]): row for row in found.rows.to_pylist()}
    assert rows["state:PER", "state:CHL"]["sources"] == 3


def test_one_per_day(archive: Archive) -> None:
    assert cells(archive, one_per="day")["PER", "CHL", MARCH] == 2


def test_one_per_occurrence(archive: Archive) -> None:
    with pytest.raises(DragomanError, match="DR154"):
        panel(archive, Filter(), Shape(one_per="occurrence"))
    events = archive.find("events", Filter(type="ASSAULT")).to_pylist()
    same = pa.table({
        "reading": [row["reading"] for row in events],
        "event": [row["id"] for row in events],
        "occurrence": ["o1"] * len(events),
    })  # fmt: skip
    shape = Shape(one_per="occurrence", by=("type",))
    found = panel(archive, Filter(), shape, lambda _: same)
    assert sum(row["ASSAULT"] for row in found.rows.to_pylist()) == 1
    assert sum(row["ACCUSE"] for row in found.rows.to_pylist()) == 5


def test_breakdowns(archive: Archive) -> None:
    rows = archive.panel(Shape(by=("status",))).rows
    assert rows.column_names[-2:] == ["asserted", "planned"]
    rows = archive.panel(Shape(by=("quad", "voice"))).rows
    assert rows.column_names[-2:] == ["quad_1_claimed", "quad_1_own_voice"]
    rows = archive.panel(Shape(by=("type", "mode"), form="long")).rows
    assert rows.column_names[:5] == ["initiator", "recipient", "period", "type", "mode"]
    assert set(rows["mode"].to_pylist()) == {"no_mode"}


def test_zeros(archive: Archive) -> None:
    bounds = {"first": dt.date(2024, 2, 10), "last": dt.date(2024, 4, 10)}
    names = ("Peru", "state:CHL")
    found = archive.panel(Shape(zeros=True, among=names, events=True), **bounds).rows.to_pylist()
    assert [(row["initiator"][-3:], row["period"].month, row["events"]) for row in found] == [
        ("CHL", 2, 0), ("CHL", 3, 3), ("CHL", 4, 0),
        ("PER", 2, 0), ("PER", 3, 4), ("PER", 4, 0),
    ]  # fmt: skip
    assert found[0]["event_ids"] == [] and found[0]["sources"] == 0
    weeks = archive.panel(Shape(period="week", zeros=True, among=names), **bounds).rows
    assert weeks["period"][0].as_py() == dt.date(2024, 2, 5)
    assert weeks.num_rows == 2 * 10
    long = Shape(zeros=True, among=names, by=("type",), form="long")
    assert archive.panel(long, **bounds).rows.num_rows == 2 * 3 * 3
    # Only those found, in the time found, where neither is said.
    assert archive.panel(Shape(zeros=True, period="day")).rows.num_rows == 7 * 26


def test_directions(archive: Archive) -> None:
    assert cells(archive, undirected=True) == {
        ("CHL", "PER", MARCH): 6,  # the meeting once
        ("BOL", "CHL", MARCH): 1,
        ("BOL", "PER", MARCH): 1,
        ("ana", "PER", MARCH): 1,
    }


def test_who_is_kept(archive: Archive) -> None:
    assert cells(archive, unresolved=True)["PER", "soldiers", MARCH] == 1
    assert cells(archive, unresolved=True)["a clerk", "PER", MARCH] == 1
    assert cells(archive, self_dyads=True)["CHL", "CHL", MARCH] == 1
    countries = cells(archive, level="country")
    assert countries["CHL", "PER", MARCH] == 4  # the clerk is Chilean
    assert ("PER", "PER", MARCH) not in countries
    assert cells(archive, level="country", self_dyads=True)["PER", "PER", MARCH] == 1


def test_filters_hold(archive: Archive) -> None:
    assert cells(archive, {"type": "ACCUSE"}) == {
        ("PER", "CHL", MARCH): 3, ("ana", "PER", MARCH): 1, ("CHL", "PER", MARCH): 1,
    }  # fmt: skip
    # Bolivia takes part in the meeting, Peru and Chile are no pair of hers.
    assert cells(archive, {"actor": "Bolivia", "side": "initiator"}) == {
        ("BOL", "CHL", MARCH): 1, ("BOL", "PER", MARCH): 1,
    }  # fmt: skip
    assert cells(archive, {"status": "planned"}) == {("PER", "BOL", MARCH): 1}
    assert cells(archive, {"own_voice": True})["CHL", "PER", MARCH] == 2
    assert cells(archive, {"publisher": "post"}) == {("PER", "CHL", MARCH): 1}
    days = {"first": dt.date(2024, 3, 5), "last": dt.date(2024, 3, 27)}
    # What lies "in March" may lie on those days.
    assert cells(archive, days) == {("CHL", "PER", MARCH): 2}
    published = cells(archive, {"dates": "publication"}, period="day")
    assert published["PER", "CHL", "2024-03-05"] == 2
    assert published["CHL", "PER", "2024-03-29"] == 3  # that of 2023 as well


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        ({"period": "decade"}, "DR151"),
        ({"by": ("colour",)}, "DR151"),
        ({"among": ("nobody",)}, "DR152"),
        ({"among": ("Peru",), "level": "country"}, "DR155"),
    ],
)
def test_wrong_use(archive: Archive, shape: dict[str, Any], code: str) -> None:
    with pytest.raises(DragomanError, match=code):
        archive.panel(Shape(**shape))


def test_too_many_rows(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.archive.counting.MOST", 100)
    with pytest.raises(DragomanError, match="DR153"):
        archive.panel(Shape(period="day", zeros=True))


def test_an_empty_answer(archive: Archive) -> None:
    for shape in (Shape(), Shape(zeros=True), Shape(by=("type",), events=True)):
        assert archive.panel(shape, publisher="nobody").rows.num_rows == 0


def test_files(folder: Path, tmp_path: Path) -> None:
    def run(*words: object) -> Any:
        return CliRunner().invoke(app, ["panel", "--archive", str(folder), *map(str, words)])

    target = tmp_path / "panel.csv"
    told = run("--by", "type", "--by", "voice", "--events", "-o", target)
    assert told.exit_code == 0, told.output
    assert "Monthly counts" in told.stderr and "events were asked for" in told.stderr
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert sum(int(row["events"]) for row in rows) == 12
    assert all(len(json.loads(row["event_ids"])) == int(row["events"]) for row in rows)
    target = tmp_path / "panel.parquet"
    assert run("--period", "week", "--long", "--by", "quad", "-o", target).exit_code == 0
    kept = pq.read_table(target)
    assert json.loads(kept.schema.metadata[b"dragoman.panel"])["shape"]["period"] == "week"
    assert run("--among", "nobody").exit_code == 2
    assert "CHL" in run("--level", "country").stdout


def test_frames(archive: Archive) -> None:
    import polars

    rows = archive.panel().rows
    assert int(rows.to_pandas()["events"].sum()) == 12
    assert polars.from_arrow(rows)["events"].sum() == 12
