"""Times of day and the days they belong to: "3 p.m. on Monday", or a day of the sentence."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.mentions.timex import calendar as cal
from dragoman.mentions.timex.reading import Value

_CLOCK: Final = "clock"
_BETWEEN: Final = re.compile(
    r",?\s*\(?(?:(?:at|on|in the|around|about|roughly|exactly|local time)\s*,?\s*)*"
)
NAMED_THERE: Final = "same-sentence"


@dataclass(frozen=True, slots=True)
class Read:
    """An expression that was read: bounds in its paragraph, the grammar's rule, its value."""

    start: int
    end: int
    rule: str
    value: Value


def with_clocks(
    read: Sequence[Read], text: str, sentence: Callable[[int], int], low: int
) -> list[Read]:
    """Join a time of day to the day beside it; else give it the only day its sentence names.

    ``text`` is the paragraph that begins at ``low``; ``sentence`` tells the sentence of an offset.
    """
    joined: list[Read] = []
    for item in read:
        if joined and (both := _joined(joined[-1], item, text)) is not None:
            joined[-1] = both
        else:
            joined.append(item)
    where = [sentence(low + item.start) if item.rule == _CLOCK else -1 for item in joined]
    if all(place < 0 for place in where):
        return joined
    days = [(sentence(low + item.start), item) for item in joined if _is_day(item)]
    return [
        _dated(item, [day for at, day in days if at == place]) if place >= 0 else item
        for item, place in zip(joined, where, strict=True)
    ]


def _joined(left: Read, right: Read, text: str) -> Read | None:
    clock, day = (left, right) if left.rule == _CLOCK else (right, left)
    if clock.rule != _CLOCK or not _is_day(day):
        return None
    if not _BETWEEN.fullmatch(text[left.end : right.start]):
        return None
    return Read(left.start, right.end, f"{day.rule}-clock", _at(day, clock))


def _is_day(item: Read) -> bool:
    time = item.value.time
    if time.type == "TIME":  # "8 a.m. this morning"
        return time.granularity == "daypart" and time.first == time.last
    return time.type == "DATE" and time.granularity == "day" and "/" not in time.value


def _at(day: Read, clock: Read) -> Value:
    base = dataclasses.replace(day.value.time, value=day.value.time.value.split("T")[0])
    _, _, suffix = clock.value.time.value.partition("T")
    time = cal.at(base, f"T{suffix}", clock.value.time.granularity)
    return Value(time, day.value.unresolved, day.value.mark)


def _dated(clock: Read, days: Sequence[Read]) -> Read:
    if len({day.value.time.value for day in days}) != 1:
        return clock
    value = dataclasses.replace(_at(days[0], clock), mark=NAMED_THERE)
    return dataclasses.replace(clock, value=value)
