"""What a value is read from: the match of a rule, its word lists, and the report around it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.mentions.timex import calendar as cal
from dragoman.mentions.timex.grammar import Grammar, Match
from dragoman.model import Granularity, Time

Tense = Literal["past", "present", "future"]

NO_DATE: Final = "the publication date is not known"
NO_YEAR: Final = "the year is not said and the publication date is not known"
NO_DAY: Final = "the day is not said"
NO_ANCHOR: Final = "relative to another time that the words do not name"


_LATELY: Final = dt.timedelta(days=100)


@dataclass(frozen=True, slots=True)
class Context:
    """What a value depends on beside its words.

    ``tense`` of the governing verb, asked only where it matters; ``anchor`` the last day named
    before and ``around`` the first day of the last time named, of any size; ``day_first`` how the
    document orders figures such as 12/06/2024, None where nothing settles that, and ``order_by``
    what did; ``before`` and ``behind`` the text around the match.
    """

    grammar: Grammar
    published: dt.date | None
    tense: Callable[[], Tense | None]
    anchor: dt.date | None
    around: dt.date | None
    day_first: bool | None
    order_by: str | None
    before: str
    behind: str
    names_year: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Value:
    """A meaning; ``unresolved`` says what was missing to fix it in the calendar, ``mark`` what is
    to be known of how it was read: a calendar, how often, by what the order of figures is known.
    """

    time: Time
    unresolved: str | None = None
    mark: str | None = None


class Reader:
    """A match with its context, and the readings of its parts."""

    def __init__(self, match: Match, context: Context) -> None:
        self.groups = match.groups
        self.given: Mapping[str, object] = match.rule.constants
        self.context = context
        self.published = context.published

    def mean(self, name: str) -> str | None:
        word = self.groups.get(name)
        return self.context.grammar.mean(name, word) if word is not None else None

    def number(self, name: str) -> int | None:
        """A day, year or list value as an integer."""
        if (word := self.groups.get(name)) is None:
            return None
        if word[0].isdigit() and (found := re.match(r"\d+", word)):
            return int(found[0])
        return int(self.context.grammar.mean(name, word))

    def month(self, name: str = "month") -> int:
        """The month's number, from its name or figures. Raises ValueError where neither is."""
        if digits := self.groups.get("monthnum"):
            return int(digits)
        if name not in self.groups and name == "month":
            name = "clearmonth"
        return int(self.context.grammar.mean(name, self.groups[name]))

    def count(self) -> float | None:
        """How many; None for an unnamed number ("several")."""
        if digits := self.groups.get("digits"):
            return float(digits.replace(",", ""))
        words = re.split(r"[\s-]+", self.groups["count"])
        if "number" not in self.groups:  # "twenty-one"
            return float(sum(int(self.context.grammar.mean("number", word)) for word in words))
        named = self.context.grammar.mean("number", self.groups["number"])
        return None if named == "X" else float(named)

    def indefinite(self) -> bool:
        """Whether the count is an article or "one", which may be no count at all."""
        return self.groups.get("number", "").casefold() in ("a", "an", "one")

    def unit(self) -> str:
        return self.context.grammar.mean("unit", self.groups["unit"])

    def part(self, time: Time) -> Time:
        return cal.narrowed(time, number) if (number := self.number("part")) else time

    def of_day(self, base: Time) -> Time:
        """Add the time of day, if the words name one."""
        if "clock" in self.groups or "exactclock" in self.groups or "military" in self.groups:
            suffix, granularity = clock(self)
            return cal.at(base, suffix, granularity)
        if (part := self.mean("daypart")) is not None:
            return cal.at(base, f"T{part}", "daypart")
        return base


def clock(r: Reader) -> tuple[str, Granularity]:
    """``T15:00`` and its granularity. Raises ValueError where there is no such time of day."""
    if military := r.groups.get("military"):
        hour, minute = int(military[:2]), int(military[2:])
        granularity: Granularity = "minute"
    else:
        words = (r.groups.get("clock") or r.groups["exactclock"]).casefold().replace(".", ":")
        figures = re.findall(r"\d+", words)
        hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
        granularity = "minute" if len(figures) > 1 else "hour"
        if re.search(r"p:?m", words):
            hour = hour % 12 + 12
        elif re.search(r"a:?m", words):
            hour %= 12
    dt.time(hour, minute)
    return f"T{hour:02d}:{minute:02d}{r.mean('zone') or ''}", granularity


def nearest(choices: list[dt.date], published: dt.date, context: Context) -> dt.date:
    """The nearest choice on the side the tense points to, publication day included."""
    tense = context.tense()
    past = [date for date in choices if date <= published]
    future = [date for date in choices if date >= published]
    if tense == "past" and past:
        return past[-1]
    if tense == "future" and future:
        return future[0]
    if tense == "present" and past and future and not context.before.endswith("since "):
        # "Rebels seize town in May" is the last one, "the vote takes place in October" the next.
        return past[-1] if published - past[-1] <= _LATELY else future[0]
    return min(choices, key=lambda date: abs((date - published).days))
