"""The news agency that a report's head or foot names as where it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

_REACH: Final = 300  # characters of head and foot
_WORD: Final = re.compile(r"\w+")
_DATELINE: Final = re.compile(r"^[^\n()]{2,60}\(([^()\n]{2,40})\)\s*[-–—]", re.MULTILINE)


@cache
def agencies() -> Mapping[str, str]:
    """Every name of an agency, as written, and the name it is told by."""
    source = files("dragoman.corpus").joinpath("data/agencies.yaml")
    data: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8"))
    return {name: agency for agency, names in data.items() for name in (agency, *names)}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted(map(re.escape, agencies()), key=len, reverse=True))
    head = (
        rf"\((?P<a>{names})\)\s*(?:[-–—:]|$)"
        rf"|^\W*(?:by|from)?\s*(?P<b>{names})\s*(?:[-–—:|]|$)"
    )
    foot = (
        rf"(?:copyright|©|\(c\))\W{{0,3}}(?:\d{{4}}\W{{0,3}})?(?:the\s)?(?P<a>{names})\b"
        rf"|^\W*(?:(?:source|credit|with|by|from)\W{{1,3}})?(?:the\s)?(?P<b>{names})\W*$"
        rf"|[-–—(]\s*(?P<c>{names})\W*\Z|(?P<d>{names}) contributed"
    )
    flags = re.MULTILINE
    return re.compile(f"(?i:{head})", flags), re.compile(f"(?i:{foot})", flags)


def credit_of(text: str) -> str | None:
    """The agency named in a dateline, a line of its own or a credit at the end; None: none."""
    head, foot = _patterns()
    for pattern, part in ((head, text[:_REACH]), (foot, text[-_REACH:])):
        # Most reports have no agency's name there: that is seen sooner than the pattern fails.
        if _telling().isdisjoint(_WORD.findall(part.casefold())):
            continue
        if match := pattern.search(part):
            return named(next(name for name in match.groups() if name))
    return None


def stated_in(text: str) -> str | None:
    """What stands in brackets at the end of a dateline, whoever that is: in "LUSAKA, March 4
    (Evening Wire) - ", the Evening Wire.
    """
    match = _DATELINE.search(text[:_REACH])
    return match[1].strip() if match else None


@cache
def _telling() -> frozenset[str]:
    """Of each name its longest word."""
    words = (_WORD.findall(name.casefold()) for name in agencies())
    return frozenset(max(found, key=len) for found in words)


@cache
def _folded() -> Mapping[str, str]:
    return {name.casefold(): agency for name, agency in agencies().items()}


def named(name: str | None) -> str | None:
    """The agency of that name, in any case of letters; None: it is no agency."""
    return _folded().get((name or "").strip().casefold())
