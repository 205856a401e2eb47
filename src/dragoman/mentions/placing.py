"""Which of several places of one name is meant: country named near, "X, Y", prominence last."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from dragoman.model import Place
from dragoman.register.places import Candidate, key

_NEAR_KM: Final = 80.0  # two points closer than this are one place for a reader
_CLEAR: Final = 0.35  # score by which the first candidate must lead: a population ratio of 2.2
_COUNTRY: Final = 3.0
_DIVISION: Final = -1.5
_ALTERNATE: Final = -1.0
_CAPITAL: Final = 1.0
_MENTIONED: Final = 2.5
_MENTIONED_SMALL: Final = 1.5  # "Paris" beside "the United States" is seldom Paris, Texas
_SMALL: Final = 50_000
_OFTEN: Final = 0.3
_SAME_DIVISION: Final = 0.7


@dataclass(slots=True)
class Evidence:
    """Countries and divisions the report names, counted: ISO3 codes, (code, division)."""

    countries: Counter[str] = field(default_factory=Counter)
    divisions: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, place: Place) -> None:
        """Count a place as evidence for its country and division."""
        self._count(place, 1)

    def without(self, places: Iterable[Place]) -> Evidence:
        """The evidence less these places: a name is no evidence for its own reading."""
        rest = Evidence(self.countries.copy(), self.divisions.copy())
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


def choose(
    candidates: Sequence[Candidate], evidence: Evidence, *, division: bool = False
) -> Choice:
    """Rank the candidates; ``division`` says that the words name a province, state or the like.

    Ties between places far apart stay unresolved.
    """
    ranked = rank(candidates, evidence, division=division)
    best_score, best = ranked[0]
    rivals = [
        candidate
        for value, candidate in ranked[1:]
        if best_score - value < _CLEAR and distance(best.place, candidate.place) > _NEAR_KM
    ]
    if rivals:
        return Choice(None, "place.ambiguous", f"may be {_list([best, *rivals])}")
    if best.place.feature == "country":
        return Choice(best.place, "place.country")
    if best.place.id.startswith("region:"):
        return Choice(best.place, "place.region")
    if len(candidates) == 1:
        return Choice(best.place, "place.only")
    alone = rank(candidates, Evidence(), division=division)[0][1]
    return Choice(best.place, "place.population" if alone is best else "place.context")


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
    value = math.log10(candidate.population + 10)
    if not candidate.strong:
        value += _ALTERNATE
    if place.feature == "country" or place.id.startswith("region:"):
        value += _COUNTRY
    elif place.feature == "capital":
        value += _CAPITAL
    elif place.feature == "first-level division":
        value += _COUNTRY if division else _DIVISION
    if place.country and (count := evidence.countries[place.country]):
        base = _MENTIONED if candidate.population >= _SMALL else _MENTIONED_SMALL
        value += base + min(3, count - 1) * _OFTEN
        if place.admin1 and evidence.divisions[place.country, key(place.admin1)]:
            value += _SAME_DIVISION
    return value


def distance(one: Place, other: Place) -> float:
    """Kilometres between two points on a sphere (haversine, radius 6,371 km)."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    half = math.radians(other.longitude - one.longitude) / 2
    chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(half) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(chord)))


def contains(outer: Place, place: Place) -> bool:
    """Whether a place lies in a country or first-level division, by the gazetteer's codes."""
    if place.id == outer.id or place.country != outer.country or place.feature == "country":
        return False
    if outer.feature == "country":
        return True
    return outer.admin1 is not None and place.admin1 == outer.admin1


def _list(candidates: Sequence[Candidate]) -> str:
    names = []
    for candidate in candidates[:4]:
        place = candidate.place
        where = ", ".join(part for part in (place.admin1, place.country) if part)
        names.append(f"{place.name} ({where or place.feature})")
    return " or ".join(names) + (" or others" if len(candidates) > 4 else "")
