from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import Problem
from dragoman.ingest import dates

DAY = dt.date(2024, 3, 9)


@pytest.mark.parametrize(
    "value",
    [
        "2024-03-09",
        " 2024-03-09 ",
        "2024-03-09T23:59:59Z",
        "2024-03-09 23:59:59.123+05:30",
        "2024/3/9",
        "2024.03.09",
        "20240309",
        "20240309120000",
        20240309,
        20240309.0,
        1709942400,
        "1709942400",
        1709942400000,
        "9 March 2024",
        "March 9, 2024",
        "Mar 9 2024",
        "9th March, 2024",
        "Sat, 09 Mar 2024 23:30:00 -0800",
        dt.date(2024, 3, 9),
        dt.datetime(2024, 3, 9, 23, 59),
    ],
)
def test_forms_of_a_date(value: object) -> None:
    assert dates.read(value) == DAY


@pytest.mark.parametrize("value", [None, "", "  ", float("nan"), True])
def test_no_date(value: object) -> None:
    assert dates.read(value) is None


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2024-02-30", "DR040"),
        ("2024-03", "DR040"),  # a month is no day, and none is invented
        ("2024", "DR040"),
        ("March 2024", "DR040"),
        ("Tuesday", "DR040"),
        ("x" * 10_000, "DR040"),
        ([2024], "DR040"),
        ("03/09/2024", "DR041"),
        ("9.3.24", "DR041"),
    ],
)
def test_what_is_not_taken_for_a_date(value: object, code: str) -> None:
    found = dates.read(value)
    assert isinstance(found, Problem)
    assert found.code == code
    assert len(found.what) < 150


def test_a_form_settles_it() -> None:
    assert dates.read("09/03/2024", "%d/%m/%Y") == DAY
    assert dates.read("03/09/2024", "%m/%d/%Y") == DAY
    assert isinstance(dates.read("2024-03-09", "%d/%m/%Y"), Problem)


@given(st.text() | st.integers() | st.floats() | st.lists(st.text()))
def test_nothing_crashes(value: object) -> None:
    found = dates.read(value)
    assert found is None or isinstance(found, dt.date | Problem)


@given(st.dates())
def test_iso_dates_come_back(day: dt.date) -> None:
    assert dates.read(day.isoformat()) == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-05-04T23:30:00-05:00", "2021-05-05"),
        ("2021-05-04T23:30:00", "2021-05-04"),
        ("2021-05-04", "2021-05-04"),
        ("Tue, 04 May 2021 20:30:00 +0000", "2021-05-05"),
        ("1620160200", "2021-05-05"),
        (dt.datetime(2021, 5, 4, 20, 30, tzinfo=dt.UTC), "2021-05-05"),
        ("9999-12-31T23:59:59+00:00", "9999-12-31"),
    ],
)
def test_the_day_that_a_moment_was_in_a_zone(value: object, day: str) -> None:
    assert str(dates.read(value, None, zoneinfo.ZoneInfo("Asia/Manila"))) == day
