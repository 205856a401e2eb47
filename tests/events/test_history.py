"""Events of an earlier time than the one the report is about."""

from __future__ import annotations

import datetime as dt

import dragoman


def auxiliary(text: str) -> list[tuple[str, ...]]:
    reading = dragoman.read(text, published=dt.date(1987, 5, 18))
    return [event.auxiliary for event in reading.events if event.type == "ASSAULT"]


def test_what_the_report_dates_years_back_is_historical() -> None:
    assert auxiliary("Chad attacked Sudan in 1983.") == [("historical",)]


def test_what_happened_this_year_or_last_is_not() -> None:
    assert auxiliary("Chad attacked Sudan on Sunday.") == [()]
    assert auxiliary("Chad attacked Sudan in 1986.") == [()]
