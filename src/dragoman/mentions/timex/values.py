"""From a match of the grammar to its value: which function reads which kind of expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dragoman.mentions.timex import dates, hijri, spans
from dragoman.mentions.timex.grammar import Match
from dragoman.mentions.timex.reading import Context, Reader, Value

Maker = Callable[[Reader], Value | None]


def evaluate(match: Match, context: Context) -> Value | None:
    """The value of a match, None where it is not a temporal expression (or no date there is)."""
    try:
        return _MAKERS[match.rule.value](Reader(match, context))
    except (ValueError, OverflowError):  # 31 June, year 10000: words, but no date
        return None


_MAKERS: Final[dict[str, Maker]] = {
    "date": dates.date,
    "ordinal_day": dates.ordinal_day,
    "week_of": dates.week_of,
    "fiscal": dates.fiscal,
    "hijri_date": hijri.hijri_date,
    "solar_date": hijri.solar_date,
    "solar_year": hijri.solar_year,
    "feast": hijri.feast,
    "slashed": dates.slashed,
    "month_shifted": dates.month_shifted,
    "day_range": dates.day_range,
    "month_range": dates.month_range,
    "year_range": dates.year_range,
    "year": dates.year,
    "decade": dates.decade,
    "century": dates.century,
    "quarter": dates.quarter,
    "half": dates.half,
    "season": dates.season,
    "weekday": dates.weekday,
    "weekday_of_week": dates.weekday_of_week,
    "weekday_range": dates.weekday_range,
    "following_weekday": dates.following_weekday,
    "relative_day": spans.relative_day,
    "part_today": spans.part_today,
    "overnight": spans.overnight,
    "clock": spans.clock_alone,
    "period": spans.period,
    "period_around": spans.period_around,
    "weekend": spans.weekend,
    "span": spans.span,
    "vague_span": spans.vague_span,
    "ago": spans.ago,
    "ago_to": spans.ago_to,
    "in_time": spans.in_time,
    "later": spans.later,
    "hours_off": spans.hours_off,
    "from_day": spans.from_day,
    "other_day": spans.other_day,
    "other_period": spans.other_period,
    "duration": spans.duration,
    "every_weekday": spans.every_weekday,
    "every_part": spans.every_part,
    "every_period": spans.every_period,
    "rate": spans.rate,
    "adverb": spans.adverb,
    "holiday": spans.holiday,
    "vague": spans.vague,
    "named": spans.named,
}
