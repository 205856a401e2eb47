"""When a value counts as the one that a date-time specification expects."""

from __future__ import annotations

import datetime as dt

import pytest

from benchmarks.times import _agrees, _expected, _holds
from dragoman.model import Time

DAY = dt.date(2018, 9, 5)


def time(value: str, first: str, last: str, granularity: str = "day") -> Time:
    bounds = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return Time("DATE", value, granularity, *bounds)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("timex", "days", "right"),
    [
        ("2018-09-05", [(DAY, DAY)], True),
        ("2018-09-06", [(dt.date(2018, 9, 6), dt.date(2018, 9, 6))], False),
        ("XXXX-09-05", [(DAY, DAY), (DAY.replace(year=2017), DAY.replace(year=2017))], True),
        ("XXXX-09-05", [(DAY.replace(year=2017), DAY.replace(year=2017))], False),
        ("XXXX-WXX-3", [(DAY, DAY)], True),
        ("XXXX-WXX-3TMO", [(DAY, DAY)], False),
    ],
)
def test_a_day_is_right_where_the_resolutions_name_it(
    timex: str, days: list[tuple[dt.date, dt.date]], right: bool
) -> None:
    assert _agrees(time("2018-09-05", "2018-09-05", "2018-09-05"), timex, days) is right


@pytest.mark.parametrize("end", ["2009-01-01", "2009-12-31", "2010-01-01"])
def test_a_range_may_end_with_its_last_unit_or_around_it(end: str) -> None:
    read = time("2007/2009", "2007-01-01", "2009-12-31", "year")
    days = [(dt.date(2007, 1, 1), dt.date.fromisoformat(end))]
    assert _agrees(read, "(2007-01-01,2009-01-01,P2Y)", days)


def test_coarser_takes_the_month_around_a_day_and_not_another() -> None:
    month = time("2018-09", "2018-09-01", "2018-09-30", "month")
    assert _holds(month, DAY, DAY)
    assert not _holds(month, dt.date(2018, 10, 5), dt.date(2018, 10, 5))


def test_classes_left_out_are_named() -> None:
    values = [{"timex": "T15", "type": "time", "value": "15:00:00"}]
    row = {"Text": "3pm", "Start": 0, "End": 2, "TypeName": "datetimeV2.time",
           "Resolution": {"values": values}}  # fmt: skip
    assert _expected(row).left_out == "times of day alone"
