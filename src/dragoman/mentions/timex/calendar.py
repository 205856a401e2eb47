"""Calendar arithmetic behind the temporal grammar: TIMEX3 values with the days they bound."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final

from dragoman.model import Granularity, Time, TimeType

DAY: Final = dt.timedelta(days=1)

# Unit codes of data/times.yaml: granularity, TIMEX3 duration designator, days (None: by calendar).
UNITS: Final[dict[str, tuple[Granularity, str, float | None]]] = {
    "TS": ("minute", "PT{}S", 0),
    "TM": ("minute", "PT{}M", 0),
    "TH": ("hour", "PT{}H", 0),
    "D": ("day", "P{}D", 1),
    "W": ("week", "P{}W", 7),
    "WE": ("weekend", "P{}WE", 7),
    "F": ("week", "P{}W", 14),
    "M": ("month", "P{}M", None),
    "Q": ("quarter", "P{}Q", None),
    "Y": ("year", "P{}Y", None),
    "E": ("decade", "P{}DE", None),
    "C": ("century", "P{}CE", None),
}
_MONTHS: Final = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}


def shift(day: dt.date, count: float, unit: str) -> dt.date:
    """The day ``count`` units away; the month's last day where the day does not exist there.

    Raises OverflowError or ValueError beyond the years 1 to 9999.
    """
    if unit in _MONTHS:
        months = day.year * 12 + day.month - 1 + round(count * _MONTHS[unit])
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(day.day, month_length(year, month + 1)))
    return day + DAY * round(count * (UNITS[unit][2] or 0))


def month_length(year: int, month: int) -> int:
    """Days of a month. Raises ValueError for a year outside 1 to 9999."""
    if not 1 <= year <= 9999:
        raise ValueError(f"no calendar for the year {year}")
    return calendar.monthrange(year, month)[1]


def day(date: dt.date) -> Time:
    """One day."""
    return Time("DATE", date.isoformat(), "day", date, date)


def week(date: dt.date) -> Time:
    """The ISO week of a day, Monday to Sunday."""
    year, number, weekday = date.isocalendar()
    monday = date - DAY * (weekday - 1)
    return Time("DATE", f"{year:04d}-W{number:02d}", "week", monday, monday + DAY * 6)


def weekend(date: dt.date) -> Time:
    """The Saturday and Sunday of a day's ISO week."""
    whole = week(date)
    assert whole.last is not None
    return Time("DATE", f"{whole.value}-WE", "weekend", whole.last - DAY, whole.last)


def month(year: int, number: int) -> Time:
    """A month. Raises ValueError where there is none of that number."""
    last = dt.date(year, number, month_length(year, number))
    return Time("DATE", f"{year:04d}-{number:02d}", "month", last.replace(day=1), last)


def quarter(year: int, number: int) -> Time:
    """A quarter of the calendar year."""
    first, last = month(year, number * 3 - 2).first, month(year, number * 3).last
    return Time("DATE", f"{year:04d}-Q{number}", "quarter", first, last)


def half(year: int, number: int) -> Time:
    """Half a calendar year; its granularity is said as the year's, the next wider there is."""
    first, last = month(year, number * 6 - 5).first, month(year, number * 6).last
    return Time("DATE", f"{year:04d}-H{number}", "year", first, last)


def year(number: int) -> Time:
    """A year."""
    first, last = dt.date(number, 1, 1), dt.date(number, 12, 31)
    return Time("DATE", f"{number:04d}", "year", first, last)


def decade(number: int) -> Time:
    """A decade by its first three digits: 199 is the 1990s."""
    first, last = dt.date(number * 10, 1, 1), dt.date(number * 10 + 9, 12, 31)
    return Time("DATE", f"{number:03d}", "decade", first, last)


def century(number: int) -> Time:
    """A century by ordinal: 20 is 1901 to 2000; the value keeps TIMEX3's two digits (``19``)."""
    first, last = dt.date(number * 100 - 99, 1, 1), dt.date(number * 100, 12, 31)
    return Time("DATE", f"{number - 1:02d}", "century", first, last)


def season(year_: int, code: str) -> Time:
    """A season of a year. Hemispheres differ, so the bounds are the year's (winter runs over)."""
    last = dt.date(year_ + 1, 3, 31) if code == "WI" else dt.date(year_, 12, 31)
    return Time("DATE", f"{year_:04d}-{code}", "season", dt.date(year_, 1, 1), last)


def containing(date: dt.date, unit: str) -> Time:
    """The week, month, quarter, … that a day lies in. Raises KeyError for units below a day."""
    makers = {
        "D": lambda: day(date),
        "W": lambda: week(date),
        "F": lambda: week(date),
        "WE": lambda: weekend(date),
        "M": lambda: month(date.year, date.month),
        "Q": lambda: quarter(date.year, (date.month + 2) // 3),
        "Y": lambda: year(date.year),
        "E": lambda: decade(date.year // 10),
        "C": lambda: century((date.year + 99) // 100),
    }
    return makers[unit]()


def interval(first: Time, last: Time) -> Time:
    """From the start of one time to the end of the other, at the first one's granularity."""
    value = f"{first.value}/{last.value}"
    return Time("DATE", value, first.granularity, first.first, last.last)


def at(base: Time, suffix: str, granularity: Granularity) -> Time:
    """A time of day on a date: ``suffix`` as in TIMEX3, ``TMO`` or ``T15:00``."""
    return Time("TIME", base.value + suffix, granularity, base.first, base.last)


def duration(count: float | None, unit: str, type_: TimeType = "DURATION") -> Time:
    """A length of time; ``count`` None where it is not said."""
    granularity, shape, _ = UNITS[unit]
    if count is not None and unit == "F":
        count *= 2
    if unit in ("E", "C"):
        shape = "P{}Y"
        count = None if count is None else count * (10 if unit == "E" else 100)
    number = "X" if count is None else f"{count:g}" if count != int(count) else str(int(count))
    return Time(type_, shape.format(number), granularity)


def narrowed(time: Time, part: int) -> Time:
    """The bounds of the early (1), middle (2) or late (3) part; the value stays as it was.

    Early and late are the two halves, the middle the two inner quarters: wide on purpose.
    """
    if time.first is None or time.last is None:
        return time
    days = (time.last - time.first).days + 1
    first, last = time.first, time.last
    if part == 1:
        last = first + DAY * max(0, days // 2 - 1)
    elif part == 3:
        first = first + DAY * ((days + 1) // 2)
    else:
        first, last = first + DAY * (days // 4), last - DAY * (days // 4)
    return Time(time.type, time.value, time.granularity, first, max(first, last))
