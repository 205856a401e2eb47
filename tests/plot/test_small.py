from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
import vl_convert

from dragoman.plot import PARTS, Filter, Loose, draw, page, small
from tests.plot.made import Told, reading
from tests.plot.test_specs import DAY, HOSTILE, TOLD, values

CHOSEN = Filter(first=DAY, last=DAY, type="ASSAULT", actor="Peru", country="PER")


@pytest.fixture(scope="module")
def few() -> Loose:
    return Loose([reading(TOLD)])


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("shade", ["light", "dark"])
@pytest.mark.parametrize("chosen", [Filter(), CHOSEN])
def test_parts_compile_without_a_warning(
    few: Loose, part: Any, shade: Any, chosen: Filter, capfd: pytest.CaptureFixture[str]
) -> None:
    made = small(part, few, Filter(), chosen, shade=shade, wide=700)
    vega = vl_convert.vegalite_to_vega(made, vl_version="6.4", show_warnings=True)
    assert vega["marks"]
    assert "Invalid" not in capfd.readouterr().err
    assert made["description"] and "title" not in made


@pytest.mark.parametrize("part", PARTS)
def test_parts_of_nothing_say_so(part: Any) -> None:
    made = small(part, Loose([reading(())]), Filter(), Filter())
    assert made["description"].startswith("No event")
    assert draw(made, "svg").startswith(b"<svg")


@pytest.mark.parametrize("part", PARTS)
def test_hostile_words_stay_words(part: Any) -> None:
    told = (
        Told("ASSAULT", [HOSTILE], ["Chile"], said="Chile", day=DAY, place="Lima"),
        Told("AID", ["Chile"], [HOSTILE], said=HOSTILE, day=DAY),
    )
    made = small(part, Loose([reading(told)]), Filter(), Filter(actor=HOSTILE), wide=700)
    assert draw(made, "png").startswith(b"\x89PNG")
    assert "<img src=x" not in page([made], "A part")


def picks(made: Any, key: str) -> dict[str, Any]:
    return {row[key]: row["pick"] for row in values(made) if "pick" in row}


def test_what_can_be_chosen(few: Loose) -> None:
    when = small("when", few, Filter(), Filter())
    assert picks(when, "when")["2024-03-04"] == {"from": "2024-03-04", "to": "2024-03-04"}
    what = small("what", few, Filter(), Filter())
    assert picks(what, "type")["AID"] == {"type": "AID", "mode": ""}
    who = small("who", few, Filter(), Filter())
    assert picks(who, "actor")["Peru"]["actor"] == "x:peru"
    where = small("where", few, Filter(), Filter())
    assert picks(where, "place")["Arica, CHL"] == {"country": "CHL", "place": ""}


def test_what_is_chosen_is_marked_and_can_be_let_go(few: Loose) -> None:
    for part, key, own in (
        ("when", "when", {"2024-03-04"}),
        ("what", "type", {"ASSAULT"}),
        ("where", "country", {"PER"}),
    ):
        made = small(part, few, Filter(), CHOSEN)  # type: ignore[arg-type]
        bright = {row[key] for row in values(made) if row.get("light") == 1}
        assert bright == own, part
        for row in values(made):
            if row.get("light") == 1:
                assert not any(row["pick"].values()), part
            elif "pick" in row:
                assert any(row["pick"].values()), part
    who = small("who", few, Filter(), CHOSEN)
    assert picks(who, "actor")["Peru"]["actor"] == ""
    assert {row["actor"]: row["weight"] for row in values(who) if "weight" in row}["Peru"] == "bold"


def test_bars_stand_on_one_another_and_sum_up(few: Loose) -> None:
    rows = [row for row in values(small("when", few, Filter(), Filter())) if "low" in row]
    assert sum(abs(row["high"] - row["low"]) for row in rows) == len(TOLD)
    assert {row["high"] > 0 for row in rows if row["voice"].startswith("in the")} == {True}
    assert {row["high"] < 0 for row in rows if row["voice"].startswith("on")} == {True}
    edges = small("when", few, Filter(), Filter())["usermeta"]["edges"]
    assert {row[end] for row in rows for end in ("start", "end")} <= set(edges)
    assert edges == sorted(edges)


def test_somebody_beyond_the_most_active_is_drawn_alone() -> None:
    told = [Told("AID", [f"Land {n:02}"], [f"Land {n + 1:02}"]) for n in range(20) for _ in "ab"]
    told.append(Told("AID", ["Peru"], ["Chile"], day=dt.date(2024, 1, 1)))
    held = Loose([reading(told)])
    made = small("who", held, Filter(), Filter(actor="Peru"))
    assert made["description"].startswith("Who deals with Peru")
    assert set(picks(made, "actor")) == {"Peru", "Chile"}
    assert "others not shown" in small("who", held, Filter(), Filter())["description"]


def test_the_same_twice() -> None:
    for part in PARTS:
        one, other = (small(part, Loose([reading(TOLD)]), Filter(), CHOSEN) for _ in range(2))
        assert json.dumps(one) == json.dumps(other)
