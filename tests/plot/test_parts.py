from __future__ import annotations

import datetime as dt
import itertools
import json
from importlib.resources import files

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.plot import outlines
from dragoman.plot.grammar import cut, theme, wrapped
from dragoman.plot.network import seriated
from dragoman.plot.timeline import after, begin, called, floor, framed, start_of

DAYS = st.dates(dt.date(1, 1, 1), dt.date(9000, 1, 1))
UNITS = st.sampled_from(["day", "week", "month", "quarter", "year", "decade"])


@given(DAYS, UNITS)
def test_a_day_lies_in_its_bin(day: dt.date, unit: str) -> None:
    if unit == "week" and day < dt.date(1, 1, 8):
        return
    first = floor(day, unit)  # type: ignore[arg-type]
    assert first <= day < after(first, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "name"),
    [("day", "2024-05-09"), ("week", "week of 2024-05-09"), ("month", "2024-05"),
     ("quarter", "2024-Q2"), ("year", "2024"), ("decade", "2024s")],
)  # fmt: skip
def test_bins_have_names(unit: str, name: str) -> None:
    assert called(dt.date(2024, 5, 9), unit) == name  # type: ignore[arg-type]


@given(st.lists(st.tuples(DAYS, st.integers(1, 50)), min_size=1, max_size=40))
def test_a_window_counts_everything(days: list[tuple[dt.date, int]]) -> None:
    counts = [(day, n, 0) for day, n in sorted(dict(days).items())]
    found = framed(counts)
    assert found is not None
    inside = sum(n for day, n, _ in counts if found.first <= day <= found.last)
    assert inside + found.before + found.after == found.total == sum(n for _, n, _ in counts)
    assert inside >= found.total * 0.9


@given(st.text(max_size=200), st.integers(5, 40))
def test_lines_are_no_longer_than_asked(text: str, width: int) -> None:
    assert all(len(line) <= width for line in wrapped(text, width, 3))
    assert len(wrapped(text, width, 3)) <= 3
    assert len(cut(text, width)) <= width


def test_seriation_keeps_everybody_and_groups_together() -> None:
    ties = [{"a": a, "b": b, "n": 3} for a, b in ("ab", "bc", "ca", "de", "ef", "fd")]
    order = seriated("adbecf", ties)
    assert sorted(order) == list("abcdef")
    assert set(order[:3]) in ({"a", "b", "c"}, {"d", "e", "f"})


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_signs_and_words_stand_out(shade: str) -> None:
    look = theme(shade)  # type: ignore[arg-type]
    assert contrast(look.ink, look.paper) >= 7
    assert contrast(look.muted, look.paper) >= 4.5
    assert all(contrast(colour, look.paper) >= 2.9 for colour in look.quads.values())
    # Where colour tells nothing, shape and lightness do.
    assert len(set(look.shapes.values())) == len(look.shapes)
    for one, other in ((1, 2), (3, 4)):
        assert contrast(look.quads[one], look.quads[other]) >= 1.5


def test_outlines_have_no_countries() -> None:
    for scale in ("110m", "50m"):
        path = files("dragoman.plot") / "data" / f"outlines-{scale}.json"
        found = json.loads(path.read_text("utf-8"))
        assert set(found["objects"]) == {"land", "borders", "disputed"}
        assert found["objects"]["disputed"]["arcs"]


@pytest.mark.parametrize("box", [(-80, -40, -30, 10), (100, 40, 178, 75), (20, 25, 60, 50)])
def test_land_lies_within_the_box(box: outlines.Box) -> None:
    found = outlines.land(box, lambda x, y: (x, y))
    rings = [ring for polygon in found["geometry"]["coordinates"] for ring in polygon]
    assert rings
    for ring in rings:
        assert all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in ring)
        assert all(one != other for one, other in itertools.pairwise(ring))
    # No ring runs across the whole map by a jump over its edge.
    shares = [abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2
              for ring in rings]  # fmt: skip
    assert sum(shares) < 0.95 * (box[2] - box[0]) * (box[3] - box[1])


@settings(deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=20), UNITS)
def test_bins_of_the_archive_are_ours(days: list[dt.date], unit: str) -> None:
    connection = duckdb.connect()
    sql = f"SELECT earliest, {start_of(unit)} FROM (SELECT unnest(?::DATE[]) AS earliest)"  # type: ignore[arg-type]
    for day, number in connection.execute(sql, [days]).fetchall():
        assert begin(number, unit) == floor(day, unit)  # type: ignore[arg-type]
