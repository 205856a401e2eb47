"""By which office a state is led."""

from __future__ import annotations

import datetime as dt
from functools import cache

from dragoman.register.loader import read_yaml
from dragoman.register.records import bounds

Span = tuple[dt.date, dt.date]


def leading_office(country: str, date: dt.date | None) -> str | None:
    """The office whose holder leads the state (ISO 3166 code) on that day, as ``heads.yaml`` has
    it: head_of_state, head_of_government, monarch or leader (of the ruling party); None where no
    one office does. Without a date, as things last stood.
    """
    day = date or dt.date.max - dt.timedelta(days=1)
    for first, last, office in _heads().get(country, ()):
        if first <= day < last:
            return office if office != "nobody" else None
    return "head_of_state"


@cache
def _heads() -> dict[str, list[tuple[dt.date, dt.date, str]]]:
    found: dict[str, list[tuple[dt.date, dt.date, str]]] = {}
    for office, states in read_yaml("heads.yaml").items():
        for country, spans in states.items():
            for first, last in spans:
                low = bounds(first)[0] if first else dt.date.min
                high = bounds(last)[0] if last else dt.date.max
                found.setdefault(country, []).append((low, high, office))
    return found
