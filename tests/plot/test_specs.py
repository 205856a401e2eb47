from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import vl_convert

from dragoman.errors import DragomanError
from dragoman.plot import KINDS, Filter, Loose, draw, spec
from tests.plot.made import Told, reading

DAY = dt.date(2024, 3, 4)
HOSTILE = "</script><img src=x onerror=alert(1)> \u2028 {{7*7}} ${x} ' \" datum.x"
WHO = {"dyad": ("Peru", "Chile"), "source": ("Chile",)}

TOLD = (
    Told("CONSULT", ["Peru", "Chile"], ["Peru", "Chile"], day=DAY, place="Lima", mutual=True),
    Told("ASSAULT", ["Peru"], ["Chile"], said="Chile", day=DAY, place="Arica"),
    Told("ASSAULT", ["Peru"], ["Chile"], said="Peru", status="denied", day=DAY),
    Told("AID", ["Peru", "Fiji"], ["Chile"], place="Peru"),
    Told("ACCUSE", ["unnamed"], ["Peru"], said="Chile", place="Suva"),
)


@pytest.fixture(scope="module")
def few() -> Loose:
    return Loose([reading(TOLD)])


def values(picture: Any) -> Iterator[dict[str, Any]]:
    """Every row of data in a specification."""
    if isinstance(picture, dict):
        data = picture.get("data", {})
        if isinstance(data, dict) and isinstance(data.get("values"), list):
            yield from data["values"]
        for key, value in picture.items():
            if key != "data":
                yield from values(value)
    elif isinstance(picture, list):
        for value in picture:
            yield from values(value)


def said(picture: Any) -> str:
    title = picture["title"]
    return " ".join([title["text"], *title.get("subtitle", [])])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shade", ["light", "dark"])
def test_pictures_compile_without_a_warning(
    few: Loose, kind: Any, shade: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    picture = spec(kind, few, who=WHO.get(kind, ()), shade=shade)
    vega = vl_convert.vegalite_to_vega(picture, vl_version="6.4", show_warnings=True)
    assert vega["marks"]
    assert "Invalid" not in capfd.readouterr().err
    assert picture["description"]


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_of_nothing_say_what_to_do(kind: Any) -> None:
    picture = spec(kind, Loose([reading(())]), who=WHO.get(kind, ()))
    words = " ".join(next(values(picture))["words"])
    assert "dragoman " in words
    assert words in picture["description"]
    assert draw(picture, "png").startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_twice(kind: Any) -> None:
    one, other = (spec(kind, Loose([reading(TOLD)]), who=WHO.get(kind, ())) for _ in range(2))
    assert json.dumps(one) == json.dumps(other)


def test_timeline_keeps_claims_apart(few: Loose) -> None:
    picture = spec("timeline", few)
    assert said(picture).startswith("Events over time 5 events by day.")
    assert "2 events without a day of their own" in said(picture)
    bars = [row for row in values(picture) if "signed" in row]
    assert sorted((row["of"], row["own"], row["signed"]) for row in bars) == [
        (1, True, 1), (2, True, 1), (3, False, -1), (4, False, -2),
    ]  # fmt: skip
    types = [row for row in values(picture) if row.get("of") == "ASSAULT"]
    assert [(row["n"], row["own"]) for row in types] == [(2, False)]
    assert "Chile said: Peru acted upon Chile." in types[0]["example"]
    assert "Post, 2024-03-09 (d0)" in types[0]["example"]
    assert "on whose word: Chile ← the report" in types[0]["example"]
    statuses: Counter[tuple[str, bool]] = Counter()
    for row in values(picture):
        if row.get("of") in ("asserted", "denied"):
            statuses[row["of"], row["own"]] += row["n"]
    assert statuses == {("asserted", True): 2, ("asserted", False): 2, ("denied", False): 1}


def test_timeline_filters(few: Loose) -> None:
    assert "2 events" in said(spec("timeline", few, Filter(type="ASSAULT")))
    assert "1 event by" in said(spec("timeline", few, Filter(status="denied")))


def test_timeline_leaves_out_what_lies_far_off_and_says_so() -> None:
    told = [Told("AID", ["Peru"], day=dt.date(2024, 1, 1) + dt.timedelta(n)) for n in range(60)]
    early = Told("AID", ["Peru"], day=dt.date(1879, 2, 14))
    picture = spec("timeline", Loose([reading([*told, early])]))
    assert "Not shown: 1 before" in said(picture)
    assert sum(row["n"] for row in values(picture) if "signed" in row) == 60


def test_network_counts_each_pair(few: Loose) -> None:
    picture = spec("network", few)
    ends = {(row["who"], row["kind"]): (row["n"], row["own voice"])
            for row in values(picture) if "own voice" in row and "step" not in row}  # fmt: skip
    assert ends == {
        ("Peru → Chile", "cooperation"): (2, 2),
        ("Chile → Peru", "cooperation"): (1, 1),
        ("Peru → Chile", "conflict"): (2, 0),
        ("Fiji → Chile", "cooperation"): (1, 1),
    }


def test_network_of_many_says_how_many_are_left_out() -> None:
    told = [Told("AID", [f"Land {n}"], [f"Land {n + 1}"]) for n in range(30)]
    picture = spec("network", Loose([reading(told)]), most=5)
    assert "26 others not shown" in said(picture)
    assert len({row["id"] for row in values(picture) if "id" in row}) <= 5


def test_map_places_and_counts(few: Loose) -> None:
    picture = spec("map", few)
    points = {row["place"]: row for row in values(picture) if "place" in row}
    assert set(points) == {"Lima, PER", "Arica, CHL", "Peru", "Suva, FJI"}
    assert {name for name, row in points.items() if row["what"] != "place"} == {"Peru"}
    assert (points["Lima, PER"]["own"], points["Arica, CHL"]["own"]) == (1, 0)
    assert "1 event without a place" in said(picture)


def test_map_of_a_region_is_of_plain_coordinates() -> None:
    picture = spec("map", Loose([reading(TOLD[:2])]))
    ground, _ = picture["vconcat"]
    assert ground["projection"]["type"] == "identity"
    land = ground["layer"][0]["data"]["values"]["geometry"]["coordinates"]
    xs = [x for polygon in land for ring in polygon for x, _ in ring]
    assert min(xs) > -80 and max(xs) < 800
    points = {row["place"]: row for row in values(picture) if "place" in row}
    assert points["Lima, PER"]["x"] < points["Arica, CHL"]["x"]
    assert points["Lima, PER"]["y"] < points["Arica, CHL"]["y"]


def test_dyad_goes_both_ways(few: Loose) -> None:
    picture = spec("dyad", few, who=("peru", "x:chile"))
    there, back = (panel["data"]["values"] for panel in picture["vconcat"][:2])
    assert sum(row["n"] for row in there) == 4
    assert [(row["kind"], row["n"]) for row in back] == [("words: cooperation", 1)]
    conflict = [row for row in there if row["high"] < row["low"]]
    assert [(row["low"], row["high"], row["own"]) for row in conflict] == [(0, -2, False)]
    claims = [row for row in values(picture["vconcat"][2]) if row.get("status")]
    assert [(row["row"], row["status"], row["n"]) for row in claims] == [("ASSAULT", "asserted", 1)]
    assert picture["vconcat"][2]["title"]["text"] == "What Chile says that Peru does"


def test_source_speaker_and_outlet(few: Loose) -> None:
    speaker = spec("source", few, who=("Chile",))
    assert "2 events on the word of Chile" in said(speaker)
    cells = {(row["row"], row["status"]) for row in values(speaker) if "status" in row}
    assert {("ASSAULT", "asserted"), ("Peru", "asserted")} <= cells
    outlet = spec("source", few, who=("post",))
    assert said(outlet).startswith("What Post says 2 events in its own voice.")


def test_disputed_accounts_stand_beside_one_another() -> None:
    picture = spec("disputed", Loose([reading(TOLD[1:3])]))
    assert "1 occurrence;" in said(picture)
    signs = [row for row in values(picture) if row.get("kind") == "sign"]
    assert [(row["on whose word"], row["status"]) for row in signs] == [
        ("Chile ← the report", "asserted"),
        ("Peru ← the report", "denied"),
    ]


def test_wrong_use(few: Loose) -> None:
    unknown: Any = "pie"
    with pytest.raises(DragomanError, match="DR241"):
        spec(unknown, few)
    with pytest.raises(DragomanError, match="DR243"):
        spec("dyad", few, who=("Peru",))
    with pytest.raises(DragomanError, match="DR243"):
        spec("source", few)


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_stay_words(kind: Any) -> None:
    told = (
        Told("ASSAULT", [HOSTILE], ["Chile"], said="Chile", day=DAY, place="Lima"),
        Told("ASSAULT", [HOSTILE], ["Chile"], said=HOSTILE, status="denied", day=DAY),
    )
    held = Loose([reading(told, publisher=HOSTILE)])
    who = {"dyad": (HOSTILE, "Chile"), "source": (HOSTILE,)}.get(kind, ())
    picture = spec(kind, held, who=who)
    assert draw(picture, "png").startswith(b"\x89PNG")
    page = draw(picture, "html").decode()
    assert "<img src=x" not in page
    assert "\u2028" not in page.partition("</head>")[2].partition("<script>")[0]


def test_a_large_archive_counts_the_first_named(
    few: Loose, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.plot.asking.LARGE", 1)
    picture = spec("network", Loose([reading(TOLD)]))
    assert "Of each side the first-named party is counted." in said(picture)
    ends = {(row["who"], row["kind"]): row["n"]
            for row in values(picture) if "own voice" in row and "step" not in row}  # fmt: skip
    assert ends == {
        ("Peru → Chile", "cooperation"): 2,
        ("Chile → Peru", "cooperation"): 1,
        ("Peru → Chile", "conflict"): 2,
    }


def test_who_says_both_contradicts_nobody() -> None:
    told = [Told("ASSAULT", ["Peru"], ["Chile"], said="Peru", status=status)
            for status in ("asserted", "denied")]  # fmt: skip
    assert "No two accounts" in spec("disputed", Loose([reading(told)]))["description"]


def test_a_single_day_is_no_broad_bar() -> None:
    picture = spec("timeline", Loose([reading([Told("AID", ["Peru"], day=DAY)])]))
    scale = picture["vconcat"][0]["encoding"]["x"]["scale"]
    begins, ends = (
        dt.date(end["year"], end["month"], end["date"])
        for end in (scale["domainMin"], scale["domainMax"])
    )
    assert (ends - begins).days >= 14
