"""Which place each name of a report means, all names at once.

Every name starts with the likelihood of each of its places (``placing.score``); then the names
vote for one another, a few rounds: a place gains by other names' likely places close to it, in its
division or its country, each by that place's own likelihood (relaxation labelling, Rosenfeld et
al. 1976). A name has one meaning in a report, unless a hierarchy ("X, Y") says otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from dragoman.mentions.placing import (
    CLEAR,
    DIVISIONS,
    NEAR_KM,
    Choice,
    Evidence,
    contains,
    distance,
    rank,
    score,
    within,
)
from dragoman.mentions.toponyms import Name
from dragoman.model import Place
from dragoman.register.places import Candidate

_ROUNDS: Final = 5
_SHARP: Final = 2.0  # of the softmax over scores
_KM: Final = 100.0
_NEAR: Final = 3.5  # what one certain neighbour adds, then ever less
_DIVISION: Final = 1.6
_COUNTRY: Final = 0.15
_MOST: Final = 5.0  # all neighbours together
_VOTERS: Final = 40
_VOTES: Final = 4  # places of a voter that count
_NAMESAKE: Final = 1.5
_FIRM: Final = 1_000_000


@dataclass(slots=True)
class _Sense:
    """The names of a report that mean one place: its candidates, their scores and shares."""

    names: list[Name]
    candidates: tuple[Candidate, ...]
    rule: str | None = None
    base: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    total: list[float] = field(default_factory=list)

    def votes(self) -> list[tuple[float, Place]]:
        """The likeliest places with their shares."""
        pairs = zip(self.shares, (c.place for c in self.candidates), strict=True)
        return sorted(pairs, key=lambda pair: -pair[0])[:_VOTES]


def resolve(
    names: Sequence[Name],
    word: Callable[[Name], str],
    countries: Collection[str] = (),
    home: Place | None = None,
) -> Evidence:
    """Set ``choice`` of every name; what all of them tell of countries comes back.

    ``word`` gives a name's key; ``countries`` are ISO3 codes of countries the report speaks of
    otherwise; ``home`` is where its publisher is at home.
    """
    evidence = Evidence(home=home)
    evidence.countries.update(countries)
    senses = _senses(names, word)
    plain = [_plain(sense) for sense in senses]
    for places in plain:
        for place in places:
            evidence.add(place)
    for sense, own in zip(senses, plain, strict=True):
        rest = evidence.without(own)
        division = any(name.division for name in sense.names)
        sense.base = [score(c, rest, division=division) for c in sense.candidates]
        if not division:
            _prefer_towns(sense)
        sense.total = sense.base
        sense.shares = _shares(sense.base)
    for _ in range(_ROUNDS):
        _vote(senses)
    for sense in senses:
        choice = _choice(sense, home)
        for name in sense.names:
            if name.choice is None:
                name.choice = choice
    _count(names, evidence)
    return evidence


def _count(names: Iterable[Name], evidence: Evidence) -> None:
    for name in names:
        place = name.choice.place if name.choice else None
        if place is not None and place.feature != "country":
            evidence.add(place)


def _senses(names: Sequence[Name], word: Callable[[Name], str]) -> list[_Sense]:
    """Names grouped by what they mean; a hierarchy settles its name wherever it stands."""
    found: dict[tuple[str, bool, tuple[str, ...]], _Sense] = {}
    settled: dict[str, tuple[str, ...]] = {}
    for name in names:
        if name.outer:
            settled.setdefault(word(name), tuple(place.id for place in name.outer))
    for name in names:
        outer = tuple(place.id for place in name.outer or ())
        rule = "place.hierarchy" if outer else None
        if not outer and not name.division and word(name) in settled:
            outer, rule = settled[word(name)], "place.said-before"
        group = (word(name), name.division and not outer, outer)
        if group not in found:
            found[group] = _Sense([], _candidates(name), rule)
        elif name.outer:
            found[group].rule, found[group].candidates = rule, _candidates(name)
        found[group].names.append(name)
    return list(found.values())


def _candidates(name: Name) -> tuple[Candidate, ...]:
    if name.outer and (inner := within(name.candidates, name.outer)):
        return tuple(inner)
    if name.division:
        divisions = tuple(
            c for c in name.candidates if c.place.feature in (*DIVISIONS, "country", "region")
        )
        return divisions or name.candidates
    return name.candidates


def _plain(sense: _Sense) -> list[Place]:
    """Places that are evidence by themselves: countries, what a hierarchy names, large cities.

    One for each time it is named.
    """
    found: list[Place] = []
    for name in sense.names:
        if name.outer:
            found.append(name.outer[0])
        elif name.choice is not None and name.choice.place is not None:
            found.append(name.choice.place)
    if found:
        return found
    for candidate in sense.candidates:
        if candidate.place.feature == "country":
            return [candidate.place] * len(sense.names)
    best = rank(sense.candidates, Evidence())[0][1]
    large = best.population >= _FIRM and best.strong
    return [best.place] * len(sense.names) if large else []


def _prefer_towns(sense: _Sense) -> None:
    """A division named after a town in it is meant only where it is called a division."""
    towns = {
        (c.place.country, c.place.admin1)
        for c in sense.candidates
        if c.strong and c.place.feature not in (*DIVISIONS, "country")
    }
    for number, candidate in enumerate(sense.candidates):
        place = candidate.place
        if place.feature in DIVISIONS and (place.country, place.admin1) in towns:
            sense.base[number] -= _NAMESAKE


def _shares(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    raw = [math.exp(_SHARP * (value - top)) for value in scores]
    whole = sum(raw)
    return [value / whole for value in raw]


def _vote(senses: Sequence[_Sense]) -> None:
    """One round: every candidate's score anew, from all names' shares of the round before."""
    ballots = [(sense, sense.votes()) for sense in senses[:_VOTERS]]
    for sense in senses:
        if len(sense.candidates) < 2:
            continue
        # No vote lifts a candidate above one that leads it by more than votes can give.
        least = max(sense.base) - _MOST - CLEAR
        sense.total = [
            value + _support(candidate.place, sense, ballots) if value > least else value
            for value, candidate in zip(sense.base, sense.candidates, strict=True)
        ]
    for sense in senses:
        sense.shares = _shares(sense.total)


def _support(
    place: Place, sense: _Sense, ballots: Sequence[tuple[_Sense, list[tuple[float, Place]]]]
) -> float:
    gained = 0.0
    for voter, votes in ballots:
        if voter is not sense:
            gained += max(share * _bond(place, other) for share, other in votes)
    return _MOST * math.tanh(gained / _MOST)


def _bond(place: Place, other: Place) -> float:
    """How much one place speaks for another."""
    if other.feature == "country" or place.id == other.id:
        return 0.0  # countries that are named count already
    same = place.country is not None and place.country == other.country
    if place.feature == "country":
        return _DIVISION if same else 0.0
    value = _COUNTRY if same else 0.0
    if same and place.admin1 is not None and place.admin1 == other.admin1:
        value = _DIVISION
    wide = "first-level division"
    if wide in (place.feature, other.feature) or abs(place.latitude - other.latitude) > 5:
        return value
    return max(value, _NEAR * math.exp(-distance(place, other) / _KM))


def _choice(sense: _Sense, home: Place | None) -> Choice:
    """The best candidate, or none where others far from it are about as likely."""
    ranked = sorted(zip(sense.total, sense.candidates, strict=True), key=lambda pair: -pair[0])
    best_score, best = ranked[0]
    rivals = [
        candidate
        for value, candidate in ranked[1:]
        if best_score - value < CLEAR and not _is_one(best.place, candidate.place)
    ]
    if rivals:
        return Choice(None, "place.ambiguous", f"may be {_list([best, *rivals])}")
    return Choice(best.place, sense.rule or _rule(sense, best, home))


def _is_one(one: Place, other: Place) -> bool:
    """Whether a reader would take two places for one: near, or one in the other."""
    if distance(one, other) <= NEAR_KM:
        return True
    return contains(one, other) or contains(other, one)


def _rule(sense: _Sense, best: Candidate, home: Place | None) -> str:
    if best.place.feature == "country":
        return "place.country"
    if best.place.id.startswith("region:"):
        return "place.region"
    if len(sense.candidates) == 1:
        return "place.only"
    division = any(name.division for name in sense.names)
    if rank(sense.candidates, Evidence(), division=division)[0][1] is best:
        return "place.population"
    at_home = rank(sense.candidates, Evidence(home=home), division=division)[0][1] is best
    return "place.home" if home is not None and at_home else "place.context"


def _list(candidates: Sequence[Candidate]) -> str:
    names = []
    for candidate in candidates[:4]:
        place = candidate.place
        where = ", ".join(part for part in (place.admin1, place.country) if part)
        names.append(f"{place.name} ({where or place.feature})")
    return " or ".join(names) + (" or others" if len(candidates) > 4 else "")
