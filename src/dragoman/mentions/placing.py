"""How likely each of several places of one name is meant, before the report's other places speak:
prominence, the countries the report names, and where its publisher is at home.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from dragoman.model import Place
from dragoman.register.places import Candidate, key

NEAR_KM: Final = 80.0  # two points closer than this are one place for a reader
CLEAR: Final = 0.15  # score by which the first candidate must lead: a population ratio of 1.5
_PEOPLE: Final = 0.9
_COUNTRY: Final = 2.75
_DIVISION: Final = 0.0
_COUNTY: Final = -0.25
_ALTERNATE: Final = -2.0  # another name, in another language or of old
_SPELLING: Final = -0.7  # another spelling of the name
_CAPITAL: Final = 1.25
_MENTIONED: Final = 2.25
_OFTEN: Final = 0.3
_SAME_DIVISION: Final = 2.5
_HOME: Final = 3.5  # at the publisher's own town, falling off with distance
_HOME_KM: Final = 150.0
_HOME_COUNTRY: Final = 1.0
_HOME_DIVISION: Final = 0.7

DIVISIONS: Final = ("first-level division", "second-level division")


@dataclass(slots=True)
class Evidence:
    """Countries (ISO3 codes) and divisions (code, division's key) that the report names, counted,
    and where its publisher is at home.
    """

    countries: Counter[str] = field(default_factory=Counter)
    divisions: Counter[tuple[str, str]] = field(default_factory=Counter)
    home: Place | None = None

    def add(self, place: Place) -> None:
        """Count a place as evidence for its country and division."""
        self._count(place, 1)

    def without(self, places: Iterable[Place]) -> Evidence:
        """The evidence less these places: a name is no evidence for its own reading."""
        rest = Evidence(self.countries.copy(), self.divisions.copy(), self.home)
        for place in places:
            rest._count(place, -1)
        return rest

    def _count(self, place: Place, step: int) -> None:
        if place.country:
            self.countries[place.country] += step
            if place.admin1:
                self.divisions[place.country, key(place.admin1)] += step


@dataclass(frozen=True, slots=True)
class Choice:
    """The place meant and the rule that chose it, or why none was."""

    place: Place | None
    rule: str
    unresolved: str | None = None


def rank(
    candidates: Iterable[Candidate], evidence: Evidence, *, division: bool = False
) -> list[tuple[float, Candidate]]:
    """The candidates with their scores, best first; the given order breaks ties."""
    scored = [(score(c, evidence, division=division), c) for c in candidates]
    scored.sort(key=lambda pair: -pair[0])
    return scored


def within(candidates: Iterable[Candidate], outer: Sequence[Place]) -> list[Candidate]:
    """The candidates that lie in one of the outer places: "X, Y"."""
    return [
        candidate
        for candidate in candidates
        if any(contains(place, candidate.place) for place in outer)
    ]


def score(candidate: Candidate, evidence: Evidence, *, division: bool = False) -> float:
    """How likely a candidate is meant: the logarithm of its people, moved by the evidence."""
    place = candidate.place
    value = _PEOPLE * math.log10(candidate.population + 10) + _kind(place, division=division)
    if not candidate.strong:
        value += _SPELLING if candidate.alike else _ALTERNATE
    if place.country and (count := evidence.countries[place.country]) > 0:
        value += _MENTIONED + min(3, count - 1) * _OFTEN
        if place.admin1 and evidence.divisions[place.country, key(place.admin1)] > 0:
            value += _SAME_DIVISION
    return value + _at_home(place, evidence.home)


def _kind(place: Place, *, division: bool) -> float:
    if place.feature == "country" or place.id.startswith("region:"):
        return _COUNTRY
    if place.feature == "capital":
        return _CAPITAL
    if place.feature in DIVISIONS and division:
        return _COUNTRY
    if place.feature == "first-level division":
        return _DIVISION
    return _COUNTY if place.feature == "second-level division" else 0.0


def _at_home(place: Place, home: Place | None) -> float:
    """What a place near the publisher's own town gains."""
    if home is None or place.feature == "country" or place.country != home.country:
        return 0.0
    value = _HOME_COUNTRY + (_HOME_DIVISION if place.admin1 == home.admin1 else 0.0)
    return value + _HOME * math.exp(-distance(place, home) / _HOME_KM)


def distance(one: Place, other: Place) -> float:
    """Kilometres between two points on a sphere (haversine, radius 6,371 km)."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    half = math.radians(other.longitude - one.longitude) / 2
    chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(half) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(chord)))


def contains(outer: Place, place: Place) -> bool:
    """Whether a place lies in a country or division, by the gazetteer's codes; in a second-level
    division, by nearness to its middle.
    """
    if place.id == outer.id or place.country != outer.country or place.feature == "country":
        return False
    if outer.feature == "country":
        return True
    if outer.feature == "second-level division":
        return place.admin1 == outer.admin1 and distance(place, outer) < NEAR_KM
    return outer.admin1 is not None and place.admin1 == outer.admin1
