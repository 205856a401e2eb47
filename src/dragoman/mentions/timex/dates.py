"""Meanings of dates: days, months, years and their parts, ranges, weekdays.

Each function takes the reader of a match and returns its :class:`Value`, or None where the match is
no temporal expression after all. None of them invents a day. They may raise ValueError for a date
that no calendar has.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from dragoman.mentions.timex import calendar as cal
from dragoman.mentions.timex.reading import NO_ANCHOR, NO_DATE, NO_YEAR, Reader, Value, nearest
from dragoman.model import Time

_CLOSE: Final = 2  # days: datelines run ahead across time zones
_FAR: Final = 200

FISCAL: Final = "when a fiscal year begins differs by country; the bounds are the widest"


def date(r: Reader) -> Value | None:
    year, day = r.number("year"), r.number("day")
    if day is not None:
        return day_of_month(r, year, r.month(), day)
    return month_of_year(r, year, r.month())


def day_of_month(r: Reader, year: int | None, month: int, day: int) -> Value | None:
    if year is not None:
        return Value(cal.day(dt.date(year, month, day)))
    dt.date(2024, month, day)  # raises where no year has that day
    published = r.published
    if published is None:
        return Value(Time("DATE", f"XXXX-{month:02d}-{day:02d}", "day"), NO_YEAR)
    choices = []
    for near in (published.year + step for step in (-4, -3, -2, -1, 0, 1, 2, 3, 4)):
        try:
            choices.append(dt.date(near, month, day))
        except ValueError:  # 29 February
            continue
    if (weekday := r.mean("wday")) is not None:
        choices = [date for date in choices if date.isoweekday() == int(weekday)] or choices
    found = nearest(choices, published, r.context)
    closest = min(choices, key=lambda date: abs((date - published).days))
    if abs((closest - published).days) <= _CLOSE and abs((found - published).days) > _FAR:
        found = closest
    return Value(cal.day(found))


def month_of_year(r: Reader, year: int | None, month: int) -> Value | None:
    if year is not None:
        return Value(r.part(cal.month(year, month)))
    if r.published is None:
        return Value(Time("DATE", f"XXXX-{month:02d}", "month"), NO_YEAR)
    starts = [dt.date(r.published.year + step, month, 1) for step in (-1, 0, 1)]
    found = nearest(starts, r.published.replace(day=1), r.context)
    return Value(r.part(cal.month(found.year, month)))


def slashed(r: Reader) -> Value | None:
    left, right, year = int(r.groups["left"]), int(r.groups["right"]), int(r.groups["year"])
    orders = []
    for day, month in ((left, right), (right, left)):
        try:
            orders.append(dt.date(year, month, day))
        except ValueError:
            continue
    if not orders:
        return None
    if len(orders) == 2 and orders[0] != orders[1]:
        if r.context.day_first is not None:
            chosen = cal.day(orders[0 if r.context.day_first else 1])
            return Value(chosen, mark=r.context.order_by)
        open_ = Time("DATE", f"{year:04d}", "year", min(orders), max(orders))
        return Value(open_, f"day and month may stand in either order: {orders[0]} or {orders[1]}")
    return Value(cal.day(orders[0]))


def ordinal_day(r: Reader) -> Value | None:
    """ "the third of May": the ordinal is the day."""
    return day_of_month(r, r.number("year"), r.month(), r.number("ordinal") or 0)


def week_of(r: Reader) -> Value | None:
    """ "the second week of May": seven days counted from the month's or year's first, or last."""
    whole: Value | None
    if "month" in r.groups or "clearmonth" in r.groups:
        whole = month_of_year(r, r.number("year"), r.month())
    elif (number := r.number("year")) is not None:
        whole = Value(cal.year(number))
    elif r.published is not None and (unit := r.mean("period")) in ("M", "Q", "Y"):
        day = cal.shift(r.published.replace(day=1), r.number("shift") or 0, unit)
        whole = Value(cal.containing(day, unit))
    else:
        return Value(Time("DATE", "XXXX-WXX", "week"), NO_DATE)
    if whole is None or whole.time.first is None or whole.time.last is None:
        return Value(Time("DATE", "XXXX-WXX", "week"), NO_YEAR)
    nth = r.number("nth") or 0
    first = whole.time.first + cal.DAY * 7 * (nth - 1) if nth else whole.time.last - cal.DAY * 6
    last = min(first + cal.DAY * 6, whole.time.last)
    return Value(Time("DATE", f"{first}/{last}", "week", first, last))


def fiscal(r: Reader) -> Value | None:
    """A fiscal year: its bounds are the widest, from the April before to the March after."""
    text = r.groups.get("year2")
    year = r.number("year") or 2000 + int(r.groups["shortyear"])
    if text is not None:
        last = int(text) if len(text) == 4 else year // 100 * 100 + int(text)
        if last != year + 1:
            return None
        value, first, end = f"FY{year}/FY{last}", dt.date(year, 1, 1), dt.date(last, 12, 31)
    else:
        value, first, end = f"FY{year}", dt.date(year - 1, 4, 1), dt.date(year + 1, 3, 31)
    return Value(Time("DATE", value, "year", first, end), FISCAL)


def month_shifted(r: Reader) -> Value | None:
    by, month = r.number("shift") or 0, r.month()
    if r.published is None:
        return Value(Time("DATE", f"XXXX-{month:02d}", "month"), NO_DATE)
    day = r.number("day") or r.number("day2")
    if "by" not in r.given:  # "June last year"
        year = r.published.year + by
        return Value(cal.day(dt.date(year, month, day)) if day else cal.month(year, month))
    year = r.published.year
    if by < 0 and month >= r.published.month:
        year -= 1
    if by > 0 and month <= r.published.month:
        year += 1
    return Value(cal.month(year, month))


# Ranges


def day_range(r: Reader) -> Value | None:
    month = r.month()
    month2 = r.month("month2") if "month2" in r.groups else month
    year2 = r.number("year2") or r.number("year")
    end = day_of_month(r, year2, month2, r.number("day2") or 0)
    if end is None:
        return None
    if end.time.first is None:
        text = f"XXXX-{month:02d}-{r.number('day'):02d}/{end.time.value}"
        return Value(Time("DATE", text, "day"), NO_YEAR)
    year = r.number("year") or end.time.first.year
    start = dt.date(year, month, r.number("day") or 0)
    if start > end.time.first and "year" not in r.groups:
        start = start.replace(year=year - 1)
    return Value(cal.interval(cal.day(start), end.time)) if start <= end.time.first else None


def month_range(r: Reader) -> Value | None:
    end = month_of_year(r, r.number("year2") or r.number("year"), r.month("month2"))
    if end is None or end.time.first is None:
        text = f"XXXX-{r.month():02d}/XXXX-{r.month('month2'):02d}"
        return Value(Time("DATE", text, "month"), NO_YEAR)
    year = r.number("year") or end.time.first.year - (r.month() > end.time.first.month)
    start = cal.month(year, r.month())
    assert start.first is not None
    return Value(cal.interval(start, end.time)) if start.first <= end.time.first else None


def year_range(r: Reader) -> Value | None:
    if r.given.get("bare") and not r.context.names_year():
        return None
    first, text = r.number("year") or 0, r.groups["year2"]
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    return Value(cal.interval(cal.year(first), cal.year(last))) if first < last else None


def weekday_range(r: Reader) -> Value | None:
    """ "from Monday to Friday": the last such days, or the next, as the tense has it."""
    number, number2 = r.number("weekday") or 0, r.number("weekday2") or 0
    if r.published is None:
        return Value(Time("DATE", f"XXXX-WXX-{number}/XXXX-WXX-{number2}", "day"), NO_DATE)
    long = (number2 - number) % 7 or 7
    if r.context.tense() in ("future", "present"):
        first = r.published + cal.DAY * ((number - r.published.isoweekday()) % 7)
    else:
        end = r.published - cal.DAY * ((r.published.isoweekday() - number2) % 7)
        first = end - cal.DAY * long
    return Value(cal.interval(cal.day(first), cal.day(first + cal.DAY * long)))


# Years and parts of years, decades, centuries


def year(r: Reader) -> Value | None:
    if not r.given.get("cued") and not r.context.names_year():
        return None
    return Value(r.part(cal.year(r.number("year") or 0)))


def decade(r: Reader) -> Value | None:
    if word := r.groups.get("decadeword"):
        return Value(r.part(cal.decade(int(r.context.grammar.mean("decadeword", word)))))
    digits = r.groups["decade"]
    number = int(digits) // 10 if len(digits) == 4 else 190 + int(digits) // 10
    return Value(r.part(cal.decade(number)))


def century(r: Reader) -> Value | None:
    number = int(r.groups.get("ordinaldigits", 0)) or r.number("ordinal") or 0
    return Value(r.part(cal.century(number))) if 1 <= number <= 30 else None


def _spoken_year(r: Reader) -> int | None:
    """The year a part belongs to: named, shifted, or the publication's."""
    if (year := r.number("year")) is not None:
        return year
    return r.published.year + (r.number("shift") or 0) if r.published else None


def quarter(r: Reader) -> Value | None:
    if (written := r.groups.get("quarterdigit")) is not None:
        number = int(written)
    else:
        number = r.number("ordinal") or 0
    if not 1 <= number <= 4:
        return None
    if (year := _spoken_year(r)) is None:
        return Value(Time("DATE", f"XXXX-Q{number}", "quarter"), NO_YEAR)
    if r.published and "year" not in r.groups and "shift" not in r.groups:
        starts = [dt.date(y, number * 3 - 2, 1) for y in (year - 1, year, year + 1)]
        year = nearest(starts, r.published, r.context).year
    return Value(cal.quarter(year, number))


def half(r: Reader) -> Value | None:
    number = r.number("half") or 0
    if (year := _spoken_year(r)) is None:
        return Value(Time("DATE", f"XXXX-H{number}", "year"), NO_YEAR)
    return Value(cal.half(year, number))


def season(r: Reader) -> Value | None:
    code = r.mean("season") or ""
    if (year := _spoken_year(r)) is None:
        return Value(Time("DATE", f"XXXX-{code}", "season"), NO_YEAR)
    return Value(cal.season(year, code))


# Weekdays


def weekday(r: Reader) -> Value | None:
    number = r.number("weekday") or 0
    if r.published is None:
        return Value(r.of_day(Time("DATE", f"XXXX-WXX-{number}", "day")), NO_DATE)
    back = (r.published.isoweekday() - number) % 7
    ahead = (number - r.published.isoweekday()) % 7
    by = r.number("shift") if "shift" in r.groups else None
    if by is None:
        forward = r.context.tense() in ("future", "present")
        date = r.published + cal.DAY * (ahead if forward else -back)
    elif by == 0:
        date = r.published + cal.DAY * (number - r.published.isoweekday())
        if r.context.tense() == "past" and date > r.published:
            date -= cal.DAY * 7
    else:
        date = r.published + cal.DAY * ((ahead or 7) if by > 0 else -(back or 7))
    return Value(r.of_day(cal.day(date)))


def following_weekday(r: Reader) -> Value | None:
    """ "the following Friday": the first after the day named before."""
    number = r.number("weekday") or 0
    if (anchor := r.context.anchor or r.context.around) is None:
        return Value(r.of_day(Time("DATE", f"XXXX-WXX-{number}", "day")), NO_ANCHOR)
    ahead = (number - anchor.isoweekday()) % 7 or 7
    return Value(r.of_day(cal.day(anchor + cal.DAY * ahead)))


def weekday_of_week(r: Reader) -> Value | None:
    number = r.number("weekday") or 0
    if r.published is None:
        return Value(Time("DATE", f"XXXX-WXX-{number}", "day"), NO_DATE)
    monday = r.published - cal.DAY * (r.published.isoweekday() - 1)
    date = monday + cal.DAY * (7 * (r.number("shift") or 0) + number - 1)
    return Value(r.of_day(cal.day(date)))
