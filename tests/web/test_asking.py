"""What the explorer asks an archive."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from dragoman.archive import Archive
from dragoman.archive.compaction import compact
from dragoman.errors import DragomanError
from dragoman.web import asking, reports
from dragoman.web.wanted import ORDER_OF, Table, Wanted, sealed, unsealed, wanted


@pytest.fixture
def archive(shared: Path) -> Archive:
    return Archive(shared)


def test_an_address_and_back() -> None:
    query = {"actor": "Peru", "from": "2024-01-02", "own_voice": "1", "order": "type"}
    asked = wanted("events", query)
    assert asked == Wanted(
        "events", actor="Peru", first=dt.date(2024, 1, 2), own_voice=True, order="type"
    )
    assert asked.parameters() == {**query, "own_voice": True}
    assert "actor" not in asked.parameters(actor=None)


@pytest.mark.parametrize(
    ("name", "value"),
    [("from", "soon"), ("order", "nothing"), ("side", "left"), ("after", "x"), ("text", "a" * 500)],
)
def test_what_cannot_be_is_told(name: str, value: str) -> None:
    with pytest.raises(DragomanError, match=f"DR222 {name}"):
        wanted("events", {name: value})


def test_keys_of_pages() -> None:
    row = (dt.date(2024, 1, 2), "ü:/?", 1, 0)
    assert unsealed(sealed(row)) == ("2024-01-02", "ü:/?", 1, 0)


@pytest.mark.parametrize("table", ["events", "statements", "documents"])
def test_pages_have_each_row_once(archive: Archive, table: Table) -> None:
    for order in ORDER_OF[table]:
        asked = Wanted(table, order=order)
        seen, after = [], None
        for _ in range(20):
            found = asking.page(archive, wanted(table, asked.parameters() | after_of(after)), 3)
            seen += [(row["reading"], row["position"]) for row in found.rows]
            after = found.following
            if after is None:
                break
        assert len(seen) == len(set(seen)) == asking.count(archive, asked), order
        assert seen == asking.keys(archive, asked)


def after_of(key: str | None) -> dict[str, str]:
    return {"after": key} if key else {}


def test_counterparts_stand_on_the_other_side(archive: Archive) -> None:
    def count(**asked: object) -> int:
        return asking.count(archive, Wanted(**asked))  # type: ignore[arg-type]

    assert count(actor="Peru", counterpart="state:CHL") == 10
    assert count(actor="chile", counterpart="Peru") == 10
    assert count(counterpart="Peru") == 10
    assert count(actor="Peru", counterpart="Peru") == 0
    assert count(actor="Chile", counterpart="Peru", side="initiator") == 10  # they met
    assert count(actor="soldiers", counterpart="Peru") == 0


def test_a_facet_counts_what_the_others_keep(archive: Archive) -> None:
    facets = asking.facets(archive, Wanted(type="ASSAULT", publisher="Wire"), 5)
    shown = {one.name: [(v.value, v.count, v.chosen) for v in one.values] for one in facets}
    assert shown["type"] == [("ASSAULT", 5, True), ("CONSULT", 5, False)]
    assert shown["publisher"] == [("Post", 5, False), ("Wire", 5, True)]
    assert shown["status"] == [("asserted", 5, False)]
    speakers = next(one for one in facets if one.name == "source")
    assert [one.shown for one in speakers.values] == ["A clerk", "Ana Rojas"]


def test_a_long_report_in_parts_is_the_report(archive: Archive, shared: Path,
                                              monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    key = archive.ask("SELECT reading FROM documents LIMIT 1")["reading"][0].as_py()
    whole = reports.load(archive, key)
    assert whole.part.count == 1 and whole.events == 2
    cuts = reports.parts
    monkeypatch.setattr(reports, "parts", lambda text: cuts(text, 50))
    found = [reports.load(archive, key, n) for n in range(1, 4)]
    assert [one.part.count for one in found] == [3, 3, 3]
    assert [event for one in found for event in one.numbers] == list(whole.numbers)
    last = reports.load(archive, key, event="e2")
    (event,) = last.reading.events
    assert event == whole.reading.event("e2")
    assert {one.id for one in last.reading.statements} == {"s1", "s2"}
    assert reports.load(archive, key, statement="s2").part == last.part
    assert last.numbers == {"e2": 2} and last.events == 2


def test_an_unknown_report_is_told(archive: Archive) -> None:
    with pytest.raises(DragomanError, match="DR228"):
        reports.load(archive, "nothing")


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(actor="state:PER", status="asserted"),
        Wanted(actor="Peru"),
        Wanted(actor="state:PER", counterpart="soldiers"),
        Wanted(counterpart="state:PER", own_voice=True),
        Wanted(source="state:CHL", publisher="Wire"),
        Wanted(first=dt.date(2024, 3, 12), country="PER"),
        Wanted(actor="state:PER", side="recipient", last=dt.date(2024, 3, 12)),
        Wanted(text="Report 3"),
    ],
)
@pytest.mark.parametrize("few", [0, 20_000])
def test_lists_are_the_same_where_events_are_counted(
    folder: Path, wanted: Wanted, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> Any:
        archive = Archive(folder)
        asked = asking.narrowed(archive, wanted)
        found = asking.page(archive, asked, 3)
        facets = asking.facets(archive, asked, found.count)
        return archive.has_counts, (found, facets)

    is_counted, before = told()
    compact(folder, 0)
    monkeypatch.setattr(asking, "_FEW", few)
    counted, after = told()
    assert (is_counted, counted) == (False, True)
    assert after == before
    one = next(iter(before[1]))
    assert one.name == "status"
