"""Meanings of what is told against the publication date, and of lengths, sets and names of time.

The functions are of the same shape as those of :mod:`dragoman.mentions.timex.dates`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Final

from dragoman.mentions.timex import calendar as cal
from dragoman.mentions.timex.dates import day_of_month
from dragoman.mentions.timex.reading import (
    NO_ANCHOR,
    NO_DATE,
    NO_DAY,
    Reader,
    Value,
    clock,
)
from dragoman.model import Granularity, Time


def relative_day(r: Reader) -> Value | None:
    if r.published is None:
        return Value(r.of_day(Time("DATE", "XXXX-XX-XX", "day")), NO_DATE)
    return Value(r.of_day(cal.day(r.published + cal.DAY * (r.number("relday") or 0))))


def part_today(r: Reader) -> Value | None:
    part = str(r.given.get("part") or r.mean("daypart"))
    if r.published is None:
        return Value(Time("TIME", f"XXXX-XX-XXT{part}", "daypart"), NO_DATE)
    date = r.published + cal.DAY * _integer(r.given["by"])
    return Value(cal.at(cal.day(date), f"T{part}", "daypart"))


def overnight(r: Reader) -> Value | None:
    if r.published is None:
        return Value(Time("TIME", "XXXX-XX-XXTNI", "daypart"), NO_DATE)
    first = r.published - cal.DAY if r.context.tense() != "future" else r.published
    return Value(Time("TIME", f"{first}TNI", "daypart", first, first + cal.DAY))


def clock_alone(r: Reader) -> Value | None:
    suffix, granularity = clock(r)
    return Value(Time("TIME", f"XXXX-XX-XX{suffix}", granularity), NO_DAY)


# Spans against the publication date

_LONG_PAST: Final = 400  # days


def period(r: Reader) -> Value | None:
    unit = r.mean("period") or ""
    by = _integer(r.given["by"]) if "by" in r.given else r.number("shift") or 0
    if r.published is None:
        return Value(_open(unit), NO_DATE)
    date = cal.shift(r.published.replace(day=1) if unit in "MQYEC" else r.published, by, unit)
    time = cal.containing(date, unit)
    side = r.groups.get("side", "").casefold()
    if side == "earlier":
        time = dataclasses.replace(time, last=r.published)
    elif side == "later":
        time = dataclasses.replace(time, first=r.published)
    return Value(r.part(time))


def period_around(r: Reader) -> Value | None:
    """ "the end of the year": the publication's, or that of a time named before and long past."""
    around, published = r.context.around, r.published
    if around is not None and (published is None or abs((published - around).days) > _LONG_PAST):
        published = around
    unit = r.mean("period") or ""
    if published is None:
        return Value(_open(unit), NO_DATE)
    return Value(r.part(cal.containing(published, unit)))


def _open(unit: str) -> Time:
    """A calendar unit of which only the size is known."""
    values = {
        "W": "XXXX-WXX",
        "F": "XXXX-WXX",
        "WE": "XXXX-WXX-WE",
        "M": "XXXX-XX",
        "D": "XXXX-XX-XX",
    }
    return Time("DATE", values.get(unit, "XXXX"), cal.UNITS[unit][0])


def weekend(r: Reader) -> Value | None:
    if r.published is None:
        return Value(_open("WE"), NO_DATE)
    back = r.context.tense() not in ("future", "present") and r.published.isoweekday() < 6
    return Value(cal.weekend(r.published - cal.DAY * 7 * back))


def span(r: Reader) -> Value | None:
    """ "the past three weeks": a length that ends, or begins, on the publication date."""
    unit, to = r.unit(), _integer(r.given["to"])
    count = 1.0 if r.given.get("one") else r.count()
    length = cal.duration(count, unit)
    if r.published is None or count is None:
        return Value(length, NO_DATE if r.published is None else None)
    other = cal.shift(r.published, to * count, unit)
    first, last = sorted((r.published, other))
    return Value(Time("DURATION", length.value, length.granularity, first, last))


def vague_span(r: Reader) -> Value | None:
    plural = r.groups["unit"].casefold().endswith(("s", "ies"))
    if not plural:
        return None
    past = _integer(r.given["to"]) < 0
    bounds = (None, r.published) if past else (r.published, None)
    return Value(Time("DATE", "PAST_REF" if past else "FUTURE_REF", "vague", *bounds))


def ago(r: Reader) -> Value | None:
    unit, count, to = r.unit(), r.count(), _integer(r.given["to"])
    if unit.startswith("T") and r.published:
        first, last = sorted((r.published, r.published + cal.DAY * to))
        return Value(Time("TIME", "PAST_REF" if to < 0 else "FUTURE_REF", "vague", first, last))
    if count is None:
        bounds = (None, r.published) if to < 0 else (r.published, None)
        return Value(Time("DATE", "PAST_REF" if to < 0 else "FUTURE_REF", "vague", *bounds))
    if r.published is None:
        return Value(_open(unit), NO_DATE)
    return Value(cal.containing(cal.shift(r.published, to * count, unit), unit))


def ago_to(r: Reader) -> Value | None:
    """ "ten years ago this month", "a year ago today": as fine as the second part says."""
    if (count := r.count()) is None:
        return None
    fine = r.mean("period") or "D"
    if r.published is None:
        return Value(_open(fine), NO_DATE)
    base = r.published if fine == "D" else r.published.replace(day=1)
    return Value(cal.containing(cal.shift(base, -count, r.unit()), fine))


def in_time(r: Reader) -> Value | None:
    """ "in two weeks": a point ahead under a future verb, else how long something took."""
    if r.context.tense() == "future" and (count := r.count()) is not None:
        if r.unit().startswith("T") or r.published is None:
            return Value(Time("TIME", "FUTURE_REF", "vague", r.published), None)
        return Value(cal.containing(cal.shift(r.published, count, r.unit()), r.unit()))
    return duration(r)


def later(r: Reader) -> Value | None:
    """ "two days later": counted from the day named before. What "after" or "before" something
    counts from is not read: the length stands, without a date.
    """
    unit, count, word = r.unit(), r.count(), r.groups["direction"].casefold()
    if word in ("after", "before") and r.context.behind[:1].isalnum():
        return Value(cal.duration(count, unit), NO_ANCHOR)
    if unit.startswith("T"):
        return _hours_off(r, -1 if word in ("earlier", "before") else 1)
    open_ = _open(unit) if unit in "DWMY" else cal.duration(count, unit)
    if count is None or (anchor := r.context.anchor or r.context.around) is None:
        return Value(open_, NO_ANCHOR)
    if unit in "DW" and r.context.anchor is None:
        return Value(open_, NO_ANCHOR)
    sign = -1 if word in ("earlier", "before") else 1
    return Value(cal.containing(cal.shift(anchor, sign * count, unit), unit))


def hours_off(r: Reader) -> Value | None:
    """ "Hours earlier": on the day named before, or the one next to it."""
    return _hours_off(r, -1 if r.groups["direction"].casefold() in ("earlier", "before") else 1)


def _hours_off(r: Reader, to: int) -> Value:
    if (anchor := r.context.anchor) is None:
        return Value(Time("TIME", "XXXX-XX-XXTXX", "hour"), NO_ANCHOR)
    first, last = sorted((anchor, anchor + cal.DAY * to))
    return Value(Time("TIME", f"{anchor}TXX", "hour", first, last))


def from_day(r: Reader) -> Value | None:
    """ "two weeks before Christmas", "three days after May 4": counted from a date in the words."""
    sign = -1 if r.groups["direction"].casefold() == "before" else 1
    if (count := r.count()) is None or (base := _base(r)) is None:
        return None
    return Value(cal.containing(cal.shift(base, sign * count, r.unit()), r.unit()))


def _base(r: Reader) -> dt.date | None:
    if "relday" in r.groups:
        return r.published + cal.DAY * (r.number("relday") or 0) if r.published else None
    if "holiday" in r.groups:
        found = holiday(r)
    elif (day := r.number("day")) is not None:
        found = day_of_month(r, r.number("year"), r.month(), day)
    else:
        return None
    return found.time.first if found else None


_STEPS: Final = {"following": 1, "next": 1, "previous": -1, "preceding": -1, "same": 0, "that": 0}


def other_day(r: Reader) -> Value | None:
    """ "the following day", "that morning": counted from the day named before."""
    part = r.mean("daypart")
    if r.context.anchor is None:
        return Value(r.of_day(Time("DATE", "XXXX-XX-XX", "day")), NO_ANCHOR)
    base = cal.day(r.context.anchor + cal.DAY * _step(r))
    return Value(cal.at(base, f"T{part}", "daypart") if part else base)


def other_period(r: Reader) -> Value | None:
    """ "that year", "the following month": counted from the time named before."""
    unit = r.mean("period") or ""
    if (anchor := r.context.around) is None:
        return Value(_open(unit), NO_ANCHOR)
    day = anchor.replace(day=1) if unit in "MQYEC" else anchor
    return Value(cal.containing(cal.shift(day, _step(r), unit), unit))


def _step(r: Reader) -> int:
    if "step" in r.given:
        return _integer(r.given["step"])
    if word := r.groups.get("otherday", "").casefold():
        return _STEPS[word]
    return -1 if r.groups["direction"].casefold() == "before" else 1


# Durations, sets, names

_LENGTH_WORDS: Final = frozenset(
    "for after in within over lasting lasted last took take takes spent than about nearly almost "
    "half only just under every around until another".split()
)


def duration(r: Reader) -> Value | None:
    if r.given.get("one"):
        many = r.groups["unit"].casefold().endswith("s")  # "decades-long"
        return Value(cal.duration(None if many else 1, r.unit()))
    if r.given.get("vague"):
        return Value(cal.duration(None, r.unit()))
    unit = r.unit()
    if "more" in r.given:
        count = r.count()
        return Value(cal.duration(count and count + float(str(r.given["more"])), unit))
    if r.indefinite():
        words = re.findall(r"\w+", r.context.before.casefold())
        if unit in ("TS", "Q") or not words or words[-1] not in _LENGTH_WORDS:
            return None
    if r.groups["unit"].casefold() == "second" and r.context.behind[:1].isalpha():
        return None
    return Value(cal.duration(r.count(), unit))


def every_weekday(r: Reader) -> Value | None:
    day = Time("SET", f"XXXX-WXX-{r.number('weekday')}", "day")
    other = (r.number("every") or 1) > 1  # TIMEX3 has no value for every second Friday
    time = dataclasses.replace(r.of_day(day), type="SET")
    return Value(time, mark=f"{EVERY}-other" if other else EVERY)


def every_part(r: Reader) -> Value | None:
    return Value(Time("SET", f"XXXX-XX-XXT{r.mean('daypart')}", "daypart"), mark=EVERY)


def every_period(r: Reader) -> Value | None:
    """ "every two weeks" (``+every``), "twice a week" (``+2X``, TIMEX3's frequency)."""
    if "every" in r.groups:
        count: float | None = float(r.number("every") or 1)
        if "count" in r.groups:
            count = r.count()
        return Value(cal.duration(count, r.unit(), "SET"), mark=EVERY)
    often = r.mean("often")
    if often is None and "count" in r.groups:
        number = r.count()
        often = "X" if number is None else f"{number:g}X"
    return Value(cal.duration(1, r.unit(), "SET"), mark=often)


def rate(r: Reader) -> Value | None:
    """ "40,000 barrels a day": how often, where a number or a plural stands before."""
    if r.context.behind.split(" ", 1)[0].casefold().strip(",.") in _NO_RATE:
        return None
    if not _COUNTED.search(r.context.before):
        return None
    return Value(cal.duration(1, r.unit(), "SET"))


EVERY: Final = "every"
_NO_RATE: Final = frozenset("ago after later before earlier of in from for long".split())
_COUNTED: Final = re.compile(r"(?:\d|illion|thousand|hundred|\btimes|[a-z]{2}s) $")


def adverb(r: Reader) -> Value | None:
    value = r.mean("adverb") or ""
    grain: dict[str, Granularity] = {
        "D": "day",
        "W": "week",
        "M": "month",
        "Y": "year",
        "H": "hour",
    }
    return Value(Time("SET", value, grain[value[-1]]))


def holiday(r: Reader) -> Value | None:
    month, day = (int(part) for part in (r.mean("holiday") or "").split("-"))
    return day_of_month(r, r.number("year"), month, day)


def vague(r: Reader) -> Value | None:
    value = r.mean("vague") or r.mean("stretch") or ""
    bounds = {"PAST_REF": (None, r.published), "FUTURE_REF": (r.published, None)}
    first, last = bounds.get(value, (None, None))
    return Value(Time("DATE", value, "vague", first, last))


def named(r: Reader) -> Value | None:
    return Value(cal.day(dt.date.fromisoformat(str(r.given["is"]))))


def _integer(value: object) -> int:
    return int(str(value))
