from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.register.records import Office, bounds


@pytest.mark.parametrize(
    ("value", "first", "after"),
    [
        ("2024", dt.date(2024, 1, 1), dt.date(2025, 1, 1)),
        ("2024-12", dt.date(2024, 12, 1), dt.date(2025, 1, 1)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 3, 1)),
        ("2024-02-29", dt.date(2024, 2, 29), dt.date(2024, 3, 1)),
    ],
)
def test_bounds(value: str, first: dt.date, after: dt.date) -> None:
    assert bounds(value) == (first, after)


@pytest.mark.parametrize("value", ["", "July 2024", "2024-13", "2024-02-30"])
def test_bounds_of_no_date(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bounds(value)


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 1, 1)))
def test_a_day_lies_in_its_month_and_year(day: dt.date) -> None:
    for length in (4, 7, 10):
        first, after = bounds(day.isoformat()[:length])
        assert first <= day < after


def _office(first: str | None, last: str | None) -> Office:
    return Office("leader", "Leader", "PER", None, first, last, "made up")


@pytest.mark.parametrize(
    ("first", "last", "day", "held"),
    [
        ("2001-07-28", "2006-07-28", "2001-07-28", True),
        ("2001-07-28", "2006-07-28", "2006-07-27", True),
        ("2001-07-28", "2006-07-28", "2006-07-28", False),
        ("2001", "2006", "2006-12-31", True),
        ("2001", "2006", "2007-01-01", False),
        ("2001-03", None, "2001-02-28", False),
        ("2001-03", None, "2099-01-01", True),
    ],
)
def test_holds(first: str, last: str | None, day: str, held: bool) -> None:
    assert _office(first, last).holds(dt.date.fromisoformat(day)) is held
