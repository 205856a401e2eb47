"""Dates of publication as files state them."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import Final

from dragoman.errors import Problem, problem

_PREFIX: Final = re.compile(r"\s*date:?[ \t]+(\d{4}-\d{2}-\d{2})(?!\S)\s*", re.IGNORECASE)
_ISO_HEAD: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_EITHER_FIRST: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)")
_WORDED: Final = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
_SECONDS, _MILLISECONDS = 10, 13  # digits of a Unix time between 2001 and 2286


def prefix(text: str) -> tuple[str | None, int]:
    """A ``date YYYY-MM-DD`` at the head of a text: the date as written, and how many code points
    it takes with the white space around it. ``(None, 0)`` where there is none.
    """
    match = _PREFIX.match(text)
    return (match[1], match.end()) if match else (None, 0)


def read(
    value: object, form: str | None = None, zone: dt.tzinfo | None = None
) -> dt.date | Problem | None:
    """The day that a value of a record states; None where it states none.

    ISO 8601 dates and times (the day as written, whatever the zone), ``20250612``, RFC 2822, dates
    with the month in words, Unix times in seconds or milliseconds (UTC), and Python's own. A day
    that could as well be a month is a problem, unless ``form`` tells (``strptime``). With ``zone``,
    a moment whose own zone is stated counts as the day it was there.
    """
    if value is None or isinstance(value, bool) or value != value:  # NaN differs from itself
        return None
    if isinstance(value, dt.datetime):
        return _there(value, zone)
    if isinstance(value, dt.date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    if not text:
        return None
    if form is not None:
        return _by_form(text, form, zone)
    found = _moment(text, zone) if zone is not None else None
    found = found or _iso(text) or _digits(text) or _worded(text) or _mail(text)
    if found is not None:
        return found
    code = "DR041" if _EITHER_FIRST.match(text) else "DR040"
    return problem(code, value=_short(text))


def _there(moment: dt.datetime, zone: dt.tzinfo | None) -> dt.date:
    try:
        return (moment.astimezone(zone) if zone and moment.tzinfo else moment).date()
    except OverflowError:  # the first or last day that can be written
        return moment.date()


def _moment(text: str, zone: dt.tzinfo) -> dt.date | None:
    """The day of a moment that is stated with its zone; None where no such thing is stated."""
    if text.isascii() and text.isdigit() and len(text) in (_SECONDS, _MILLISECONDS):
        seconds = int(text) // (1000 if len(text) == _MILLISECONDS else 1)
        return dt.datetime.fromtimestamp(seconds, tz=zone).date()
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return _there(moment, zone) if moment.tzinfo is not None else None


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _by_form(text: str, form: str, zone: dt.tzinfo | None) -> dt.date | Problem:
    try:
        return _there(dt.datetime.strptime(text, form), zone)
    except ValueError:
        return problem("DR040", value=_short(text))


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _iso(text: str) -> dt.date | None:
    match = _ISO_HEAD.match(text)
    return _day(*match.groups()) if match else None


def _digits(text: str) -> dt.date | None:
    if not (text.isascii() and text.isdigit()):
        return None
    if len(text) in (8, 14):  # 20250612, 20250612103000
        return _day(text[:4], text[4:6], text[6:8])
    if len(text) not in (_SECONDS, _MILLISECONDS):
        return None
    seconds = int(text) // (1000 if len(text) == _MILLISECONDS else 1)
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).date()


def _worded(text: str) -> dt.date | None:
    plain = " ".join(re.sub(r"(?<=\d)(st|nd|rd|th)\b|[,.]", " ", text).split())
    for form in _WORDED:
        try:
            return dt.datetime.strptime(plain, form).date()
        except ValueError:
            continue
    return None


def _mail(text: str) -> dt.date | None:
    if not re.search("[A-Za-z]{3}", text):
        return None
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
