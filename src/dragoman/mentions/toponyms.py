"""What the surface of a text tells of toponyms: word lists, datelines, capitals, persons' names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import yaml

from dragoman.language.analysis import Analysis, Token
from dragoman.mentions.placing import Choice, Evidence, rank, within
from dragoman.model import Document, Place
from dragoman.register.places import Candidate, Gazetteer, key

HYPHENS: Final = frozenset("-–‐‑")
_DATELINE = re.compile(
    r"[^\S\n]*[A-Z][^\n.]{0,60}?(?:\([^)\n]{2,40}\)[^\S\n]*)?[^\S\n](?:--|[-–—])[^\S\n]"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of ``data/places.yaml``."""

    sets: Mapping[str, frozenset[str]]
    abbreviations: Mapping[str, tuple[str, str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]


@dataclass(slots=True)
class Name:
    """A span of tokens that is a name of the gazetteer; ``cue`` is why it may be a place;
    ``short`` says that it abbreviates a division ("Ill.")."""

    first: int
    last: int
    candidates: tuple[Candidate, ...]
    cue: str | None = None
    outer: list[Place] | None = None
    division: bool = False
    choice: Choice | None = None
    short: bool = False

    @property
    def wide(self) -> bool:
        """Whether a country, or a region of our own, bears the name."""
        return any(
            c.place.feature == "country" or c.place.id.startswith("region:")
            for c in self.candidates
        )

    @property
    def people(self) -> int:
        """The largest population; an alternate spelling counts a third."""
        return max(c.population // (1 if c.strong else 3) for c in self.candidates)


def persons_of_report(
    tokens: Sequence[Token], gazetteer: Gazetteer, words: Words, taken: Callable[[Token], bool]
) -> frozenset[str]:
    """Keys of words the report uses in persons' names: "Hillary Clinton", "Mr Lincoln"."""
    found: set[str] = set()
    run: list[Token] = []
    for token in tokens:
        name = token.tag == "NNP" and token.text[0].isupper()
        joins = bool(run) and token.i == run[-1].i + 1 and token.sentence is run[-1].sentence
        if run and not (name and joins):
            found.update(_surnames(run, gazetteer, words, taken))
            run = []
        if name:
            run.append(token)
    found.update(_surnames(run, gazetteer, words, taken))
    return frozenset(found)


def _surnames(
    run: list[Token], gazetteer: Gazetteer, words: Words, taken: Callable[[Token], bool]
) -> Iterator[str]:
    if len(run) < 2 or any(taken(token) for token in run):
        return
    written = [token.text for token in run]
    if run[0].text not in words["titles"] and gazetteer.longest(written) > 0:
        return
    if any(word in words["features"] or word in words["divisions"] for word in written):
        return
    for word in written[1:]:
        yield key(word)


def is_proper(token: Token) -> bool:
    """Whether a capital means a name: by the tag, or in the middle of running text."""
    if token.tag in ("NNP", "NNPS"):
        return True
    tokens = token.sentence.tokens
    if token is tokens[0] or not tokens[token.i - tokens[0].i - 1].text[-1].isalnum():
        return False
    words = [t for t in tokens if t.text[0].isalpha()]
    return sum(t.text[0].isupper() for t in words) * 2 < len(words)


def is_acronym(token: Token) -> bool:
    """Whether a word in capitals stands among words that are not: "NATO", not "FLINT, Mich."."""
    if not token.text.isupper() or len(token.text) < 2:
        return False
    words = [t.text for t in token.sentence.tokens if len(t.text) > 3 and t.text.isalpha()]
    return sum(word.isupper() for word in words) * 2 <= len(words)


def hyphened(hyphen: Token, token: Token) -> bool:
    """Whether the hyphen touches the word: "Paris-based", not "Paris - the city"."""
    return hyphen.text in HYPHENS and (hyphen.end == token.start or token.end == hyphen.start)


def well_written(text: str, last: Token) -> bool:
    """Short names are abbreviations, which are written in capitals ("US", not "Us")."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) <= 3 and " " not in text:
        return all(c.isupper() for c in letters) or (len(letters) == 3 and last.tag == "NNP")
    return True


def datelines(analysis: Analysis) -> list[tuple[int, int]]:
    """Stretches at the head of a paragraph that read as a dateline: "GAZA CITY, June 11 —"."""
    found: list[tuple[int, int]] = []
    for low, high in analysis.paragraphs:
        match = _DATELINE.match(analysis.document.text, low, min(high, low + 120))
        if match is None:
            continue
        head = re.split(r"[,(—–]|--| - ", match[0].strip())[0].strip()
        comma = "," in match[0] or "(" in match[0]
        if head and len(head.split()) <= 4 and (head.isupper() or comma):
            found.append((low, match.end()))
    return found


def home_of(document: Document, gazetteer: Gazetteer) -> Place | None:
    """Where the publisher is at home: ``meta["home"]``, a place as "Town, Division" or alone."""
    inner, _, outer = (document.meta.get("home") or "").partition(",")
    candidates = gazetteer.lookup(inner.strip()) if inner.strip() else ()
    if outer.strip():
        around = [c.place for c in gazetteer.lookup(outer.strip())]
        candidates = tuple(within(candidates, around))
    return rank(candidates, Evidence())[0][1].place if candidates else None


@cache
def words() -> Words:
    text = (resources.files("dragoman") / "mentions/data/places.yaml").read_text("utf-8")
    data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    abbreviations = {
        short: (country, division)
        for country, entries in data.pop("abbreviations").items()
        for short, division in entries.items()
    }
    return Words({name: frozenset(words) for name, words in data.items()}, abbreviations)
