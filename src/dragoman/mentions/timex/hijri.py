"""Dates of the Hijri calendar (Umm al-Qura) and of the Solar Hijri calendar of Iran, as days of the
Gregorian one.

The functions are of the same shape as those of :mod:`dragoman.mentions.timex.dates`. The
conversion is ``hijridate``'s and ``persiantools``', which are loaded when a text first has such a
date. A Hijri month begins where the moon is sighted, so the bounds of a Hijri date lie a day on
either side of the calculated one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from dragoman.mentions.timex import calendar as cal
from dragoman.mentions.timex.reading import NO_YEAR, Reader, Value, nearest
from dragoman.model import Granularity, Time

UNKNOWN: Final = "the calendar's tables do not reach that year"
HIJRI: Final = "umm-al-qura"
SOLAR: Final = "solar-hijri"

Convert = Callable[[int, int, int], dt.date]


def _hijri(year: int, month: int, day: int) -> dt.date:
    """Raises ValueError or OverflowError for a date outside 1343 to 1500."""
    from hijridate import Hijri

    return dt.date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())


def _solar(year: int, month: int, day: int) -> dt.date:
    """Raises ValueError for a date that the calendar lacks."""
    from persiantools.jdatetime import JalaliDate

    return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]


def hijri_date(r: Reader) -> Value | None:
    return _date(r, int(r.mean("hijri") or 0), _hijri, HIJRI, slack=1)


def solar_date(r: Reader) -> Value | None:
    return _date(r, int(r.mean("solar") or 0), _solar, SOLAR, slack=0)


def solar_year(r: Reader) -> Value | None:
    """ "the Iranian year 1403", "the Iranian calendar year 1403"."""
    number = r.number("eastyear") or 0
    first, last = _solar(number, 1, 1), _solar(number + 1, 1, 1) - cal.DAY
    return Value(_between(first, last, "year"), mark=SOLAR)


def feast(r: Reader) -> Value | None:
    """ "Ashura", "Nowruz 2024": in the Gregorian year named, else the one the tense points to."""
    kind, month, day = (r.mean("feast") or "").split("-")
    convert, mark, slack = (_hijri, HIJRI, 1) if kind == "h" else (_solar, SOLAR, 0)
    if (written := r.number("eastyear")) is not None:
        return Value(_near(convert(written, int(month), int(day)), slack), mark=mark)
    if (year := r.number("year")) is not None:
        near = _choices(convert, int(month), int(day), dt.date(year, 7, 1))
        found = [date for date in near if date.year == year]
        return Value(_near(found[0], slack), mark=mark) if found else None
    if r.published is None:
        return Value(Time("DATE", "XXXX-XX-XX", "day"), NO_YEAR, mark)
    choices = _choices(convert, int(month), int(day), r.published)
    return Value(_near(nearest(choices, r.published, r.context), slack), mark=mark)


def _date(r: Reader, month: int, convert: Convert, mark: str, slack: int) -> Value | None:
    day = r.number("day")
    if (year := r.number("eastyear")) is None:
        return _without_year(r, month, day, convert, mark, slack)
    try:
        if day is not None:
            return Value(_near(convert(year, month, day), slack), mark=mark)
        return Value(_month(convert, year, month), mark=mark)
    except OverflowError:
        open_ = Time("DATE", "XXXX-XX-XX" if day else "XXXX-XX", "day" if day else "month")
        return Value(open_, UNKNOWN, mark)


def _without_year(
    r: Reader, month: int, day: int | None, convert: Convert, mark: str, slack: int
) -> Value:
    if r.published is None:
        value = "XXXX-XX-XX" if day else "XXXX-XX"
        return Value(Time("DATE", value, "day" if day else "month"), NO_YEAR, mark)
    if day is not None:
        found = nearest(_choices(convert, month, day, r.published), r.published, r.context)
        return Value(_near(found, slack), mark=mark)
    starts = _choices(convert, month, 1, r.published)
    running = [date for date in starts if date <= r.published < date + cal.DAY * 30]
    start = running[0] if running else nearest(starts, r.published, r.context)
    return Value(_month_from(convert, month, start), mark=mark)


def _choices(convert: Convert, month: int, day: int, around: dt.date) -> list[dt.date]:
    """That day in the years near a date, in order. Raises ValueError where no year has it."""
    length, epoch = (354.367, 622.54) if convert is _hijri else (365.2422, 621.22)
    middle = int((around.year + around.timetuple().tm_yday / 365 - epoch) * 365.2422 / length) + 1
    found = []
    for year in range(middle - 2, middle + 3):
        try:
            found.append(convert(year, month, day))
        except (ValueError, OverflowError):
            continue
    if not found:
        raise ValueError(f"no day {day} in month {month} near {around}")
    return found


def _near(date: dt.date, slack: int) -> Time:
    return Time("DATE", date.isoformat(), "day", date - cal.DAY * slack, date + cal.DAY * slack)


def _between(first: dt.date, last: dt.date, granularity: Granularity) -> Time:
    return Time("DATE", f"{first}/{last}", granularity, first, last)


def _month(convert: Convert, year: int, month: int) -> Time:
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return _between(convert(year, month, 1), convert(*following, 1) - cal.DAY, "month")


def _month_from(convert: Convert, month: int, start: dt.date) -> Time:
    """The month that begins on a day; where the next begins is asked of the calendar."""
    ends = _choices(convert, month % 12 + 1, 1, start + cal.DAY * 45)
    end = min(date for date in ends if date > start)
    return _between(start, end - cal.DAY, "month")
