"""The gazetteer: names of countries, divisions, towns, and regions of news interest, with points.

Populated places and divisions are GeoNames' (CC BY 4.0, see ``data/PLACES-LICENCE.md``), compiled
into two Arrow files that are mapped into memory; regions, waters, camps, bases, crossings and
disputed territories are ours in ``data/regions.csv``, other English names of countries and towns
in ``data/places.yaml``.
"""

from __future__ import annotations

import copy
import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final

import pyarrow as pa
import yaml

from dragoman.model import Place

STRONG: Final = 1
WEAK: Final = 0
ALIKE: Final = 2
LONGEST_NAME: Final = 7

_TOWNS: Final = ("populated place", "capital")
_CACHED: Final = 50_000
_REGION_WEIGHT: Final = 1_000_000  # ranks a region of ours like a city of a million

_QUOTES = re.compile(r"['`´‘’ʻʼ.]")
_GAPS = re.compile(r"[\s\-‐‑–—,/()]+")
_SAME = {"saint": "st", "sainte": "ste", "el": "al"}
_FOLD = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "ð": "d", "þ": "th", "ə": "a"})


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The form names are compared in: lower case, no diacritics, points or apostrophes.

    >>> key("Deir al-Balaḥ"), key("Saint-Denis"), key("U.S.")
    ('deir al balah', 'st denis', 'us')
    """
    text = _QUOTES.sub("", name.casefold())
    if not text.isascii():
        text = text.translate(_FOLD)
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        ).casefold()
    words = _GAPS.sub(" ", text).strip().split(" ")
    return " ".join(_SAME.get(word, word) for word in words)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a name may mean. ``population`` is 0 where unknown; ``strong`` is False for an
    alternate spelling (then ``alike`` is True) or another language's name. ``note`` says who
    claims and who administers a disputed territory.
    """

    place: Place
    population: int
    strong: bool = True
    note: str = ""
    alike: bool = False


class Gazetteer:
    """Names to places by binary search in a sorted column: no dictionary of half a million names.

    ``places`` and ``names`` are the tables that ``tools/places/build.py`` writes; ``own`` has the
    rows of ``data/regions.csv`` as ``regions`` and what is in ``data/places.yaml``: ``aliases`` by
    ISO3 code, ``exonyms``.
    """

    def __init__(self, places: pa.Table, names: pa.Table, own: Mapping[str, Any]) -> None:
        places, names = places.combine_chunks(), names.combine_chunks()
        keys = names.column("key").chunk(0)
        self._offsets = memoryview(keys.buffers()[1]).cast("i")
        self._keys = memoryview(keys.buffers()[2])
        self._count = len(keys)
        self._rows = memoryview(names.column("row").chunk(0).buffers()[1]).cast("i")
        self._strengths = memoryview(names.column("strength").chunk(0).buffers()[1]).cast("b")
        self._columns = {name: places.column(name).chunk(0) for name in places.column_names}
        self._countries = self._read_countries()
        self._own: dict[str, list[Candidate]] = {}
        self._synonyms: dict[str, str] = {}
        self._read_own(own)
        self._own_prefixes = _prefixes((*self._own, *self._synonyms))
        self._found: dict[str, tuple[Candidate, ...]] = {}

    def over(self, regions: Sequence[Mapping[str, Any]]) -> Gazetteer:
        """The gazetteer with further regions, as ``data/regions.csv`` has them; their names come
        before the compiled ones. This one stays as it is.
        """
        if not regions:
            return self
        made = copy.copy(self)
        made._own = {word: list(found) for word, found in self._own.items()}
        made._read_own({"regions": regions})
        made._own_prefixes = _prefixes((*made._own, *made._synonyms))
        made._found = {}
        return made

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Every place of that name, unranked; empty where there is none."""
        word = key(name)
        if word not in self._found:
            if len(self._found) > _CACHED:
                self._found.clear()
            self._found[word] = tuple(self._lookup(word))
        return self._found[word]

    def longest(self, words: Sequence[str]) -> int:
        """How many of these words, from the first on, make the longest known name; 0 for none."""
        best = 0
        text = ""
        for count, word in enumerate(words[:LONGEST_NAME], start=1):
            text = f"{text} {key(word)}".strip()
            if not text:
                return best
            known, longer = self._at(text)
            if known:
                best = count
            if not longer:
                return best
        return best

    def country(self, code: str | None) -> Place | None:
        """The country of an ISO 3166-1 alpha-3 code, as a place."""
        return self._countries[code].place if code in self._countries else None

    def _lookup(self, word: str) -> list[Candidate]:
        found = list(self._own.get(word, ()))
        for candidate in self._search(word):
            if candidate.place.id not in {c.place.id for c in found}:
                found.append(candidate)
        if main := self._synonyms.get(word):
            known = {c.place.id for c in found if c.strong}
            meant = (c for c in self._search(main) if c.place.feature in _TOWNS)
            found = [c for c in found if c.strong]
            found += [c for c in meant if c.strong and c.place.id not in known][:1]
        return found

    def _search(self, text: str) -> list[Candidate]:
        """Candidates of the compiled table, largest population first."""
        word = text.encode()
        found: list[Candidate] = []
        position = self._position(word)
        while position < self._count and self._key(position) == word:
            found.append(self._candidate(self._rows[position], self._strengths[position]))
            position += 1
        found.sort(key=lambda candidate: (-candidate.strong, -candidate.population))
        return found

    def _candidate(self, row: int, strength: int) -> Candidate:
        value = {name: column[row].as_py() for name, column in self._columns.items()}
        place = Place(
            id=value["id"],
            name=value["name"],
            feature=value["feature"],
            latitude=round(value["latitude"], 5),
            longitude=round(value["longitude"], 5),
            country=value["country"],
            admin1=value["admin1"],
        )
        return Candidate(place, value["population"], strength == STRONG, alike=strength == ALIKE)

    def _key(self, position: int) -> bytes:
        return bytes(self._keys[self._offsets[position] : self._offsets[position + 1]])

    def _position(self, word: bytes) -> int:
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) < word:
                low = middle + 1
            else:
                high = middle
        return low

    def _at(self, text: str) -> tuple[bool, bool]:
        """Whether this key is a name, and whether longer names begin with it."""
        word, more = text.encode(), f"{text} ".encode()
        position = self._position(word)
        known = position < self._count and self._key(position) == word
        if known:
            position = self._position(more)
        longer = position < self._count and self._key(position).startswith(more)
        known = known or text in self._own or text in self._synonyms
        return known, longer or text in self._own_prefixes

    def _read_countries(self) -> dict[str, Candidate]:
        found: dict[str, Candidate] = {}
        for row, feature in enumerate(self._columns["feature"]):
            if feature.as_py() != "country":  # the table has all countries first
                break
            candidate = self._candidate(row, STRONG)
            if candidate.place.country:
                found[candidate.place.country] = candidate
        return found

    def _read_own(self, own: Mapping[str, Any]) -> None:
        for entry in own.get("regions", ()):
            place = Place(
                id=f"region:{entry['id']}",
                name=entry["name"],
                feature=entry["feature"],
                latitude=float(entry["latitude"]),
                longitude=float(entry["longitude"]),
                country=entry["country"] or None,
            )
            weight = int(entry["weight"] or _REGION_WEIGHT)
            candidate = Candidate(place, weight, True, _note(entry))
            others = entry["names"].split("|") if entry["names"] else ()
            for name in (entry["name"], *others):
                self._own.setdefault(key(name), []).append(candidate)
        for code, names in own.get("aliases", {}).items():
            if code not in self._countries:
                raise ValueError(f"data/places.yaml: aliases: no country {code} in the gazetteer")
            for name in names:
                self._own.setdefault(key(name), []).append(self._countries[code])
        for main, names in own.get("exonyms", {}).items():
            for name in names:
                self._synonyms[key(name)] = key(main)


def _prefixes(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        words = name.split(" ")
        found.update(" ".join(words[:count]) for count in range(1, len(words)))
    return frozenset(found)


def _note(entry: Mapping[str, str]) -> str:
    parts = []
    for word in ("administered", "claimed"):
        if codes := entry[word]:
            parts.append(f"{word} by {', '.join(codes.split())}")
    return "; ".join(parts)


@cache
def default_gazetteer() -> Gazetteer:
    """The gazetteer of the package, loaded on first use.

    Raises FileNotFoundError where the data files were left out of an installation.
    """
    data = resources.files("dragoman") / "register" / "data"
    tables = []
    for name in ("places.arrow", "place_names.arrow"):
        with resources.as_file(data / name) as path:  # the map outlives a file that is removed
            tables.append(pa.ipc.open_file(pa.memory_map(str(path))).read_all())
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    own = yaml.load((data / "places.yaml").read_text(encoding="utf-8"), loader)
    rows = (data / "regions.csv").read_text(encoding="utf-8").splitlines()
    own["regions"] = list(csv.DictReader(rows))
    return Gazetteer(tables[0], tables[1], own)
