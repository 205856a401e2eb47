"""What a sentence says beside names: the kind of site a deed struck, and how many died."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

_BEFORE: Final = (
    r"\b(?:at|near|outside|inside|in|on|against|of|hit|hitting|struck|striking|target(?:ed|ing)|"
    r"bombed|bombing|shelled|shelling|attacked|attacking|destroyed|destroying|raided|raiding|"
    r"stormed|storming)\s+(?:(?:a|an|the|its|their|his|her|one|another)\s+)(?:[\w'’-]+\s+){0,3}?"
)
_NUMBERS: Final = {
    word: value
    for value, word in enumerate(
        "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
_COUNT: Final = rf"(?P<count>\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(_NUMBERS)})"
_ROUGH: Final = r"(?:at least|more than|about|around|some|nearly|almost|up to|as many as|over)"
_NOT_DEAD: Final = r"(?!\s*(?:years?|days?|hours?|months?|weeks?|per\s?cent|%))"
_TOLLS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:kill(?:s|ed|ing)|claim(?:ed|ing)? the lives of|death toll \w+ to|dead at)\s+"
        rf"(?:{_ROUGH}\s+)?{_COUNT}\b{_NOT_DEAD}",
        rf"\b{_COUNT}(?:\s+(?!wounded|injured|hurt)[\w'’-]+){{0,3}}?\s+"
        r"(?:(?:were|was|had been|have been|are|is)\s+)?(?:killed|dead|died|slain)\b",
        rf"\b{_COUNT}\s+deaths\b",
    )
)  # fmt: skip


def sites(sentence: str) -> frozenset[str]:
    """The kinds of sites that a sentence names as where something happened."""
    known = _nouns()
    return frozenset(
        known[match["site"].casefold()] for match in _pattern().finditer(" ".join(sentence.split()))
    )


def dead(sentence: str) -> int | None:
    """How many a sentence says were killed; None where it does not say, or says two figures."""
    found = {_value(match["count"]) for pattern in _TOLLS for match in pattern.finditer(sentence)}
    return found.pop() if len(found) == 1 else None


def _value(written: str) -> int:
    plain = written.casefold()
    return _NUMBERS[plain] if plain in _NUMBERS else int(plain.replace(",", ""))


@cache
def _nouns() -> Mapping[str, str]:
    source = files("dragoman.corpus").joinpath("data/sites.yaml")
    data: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8"))
    return {noun.casefold(): kind for kind, nouns in data.items() for noun in nouns}


@cache
def _pattern() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, _nouns()), key=len, reverse=True))
    return re.compile(rf"{_BEFORE}(?P<site>{nouns})s?\b", re.IGNORECASE)
