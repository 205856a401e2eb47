"""Toponyms of a report, each resolved to a point or said not to be.

A name of the gazetteer is a place only where the words around it let it be one: not inside the
name of an organisation or person, not beside another capitalised name, and for small towns and
names that are also common words only after a locative word, in a dateline or before its country.
A capital or country that is the subject of a verb of saying or deciding is the state, not the
place, and is left to the actors. Adjectives and demonyms are no places.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from dragoman.language.analysis import Analysis, Token
from dragoman.mentions.hierarchy import abbreviation, divisions, with_outer
from dragoman.mentions.neighbours import Neighbours
from dragoman.mentions.placing import DIVISIONS, Choice, Evidence
from dragoman.mentions.resolving import resolve
from dragoman.mentions.toponyms import (
    HYPHENS,
    Name,
    Words,
    datelines,
    home_of,
    is_acronym,
    is_proper,
    persons_of_report,
    well_written,
    words,
)
from dragoman.mentions.unlisted import Unlisted, unlisted
from dragoman.model import Mention
from dragoman.register.places import Gazetteer, default_gazetteer, key

_LARGE: Final = 100_000  # people from whom on a name needs no locative word
_VERY_LARGE: Final = 1_000_000  # ... even as the subject of an act
_MIDDLE: Final = 20_000  # people from whom on "from" and "to" will do
_SMALL: Final = 5_000  # people below whom the country must be named as well


def find(
    analysis: Analysis,
    taken: Sequence[tuple[int, int]],
    published: dt.date | None,
    countries: Collection[str] = (),
    gazetteer: Gazetteer | None = None,
) -> tuple[Mention, ...]:
    """Every toponym, in text order, without overlaps; ids ``p1``, ``p2``, …

    ``taken`` are spans, in code points of the text, that no place may touch: organisations,
    persons, times. ``countries`` are ISO3 codes of countries the report speaks of otherwise, by
    demonyms say; they help to choose among places of one name. ``published`` is there for names
    that changed hands; the first form does not use it. ``gazetteer`` is the package's by default.
    """
    del published
    return _Finder(analysis, taken, gazetteer or default_gazetteer(), words(), countries).mentions()


def place(
    analysis: Analysis, spans: Iterable[tuple[int, int]], countries: Collection[str] = ()
) -> dict[tuple[int, int], Choice]:
    """What names mean that are known to be places: spans are code points of the text."""
    return _Finder(analysis, (), default_gazetteer(), words(), countries).place(spans)


class _Finder:
    def __init__(
        self,
        analysis: Analysis,
        taken: Sequence[tuple[int, int]],
        gazetteer: Gazetteer,
        lists: Words,
        countries: Collection[str],
    ) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._gazetteer = gazetteer
        self._words = lists
        self._taken = sorted(taken)
        self._countries = countries
        self._home = home_of(analysis.document, gazetteer)
        self._datelines = datelines(analysis)
        self._neighbours = Neighbours(self._tokens, gazetteer, lists, self._is_taken)
        self._persons = persons_of_report(self._tokens, gazetteer, lists, self._is_taken)

    def mentions(self) -> tuple[Mention, ...]:
        names = with_outer(list(self._names()), self._tokens, self._gazetteer, self._words)
        kept: list[Name] = []
        for name in names:
            name.cue = self._cue(name, kept[-1] if kept else None)
            if self._is_place(name):
                kept.append(name)
        evidence = self._resolve(kept)
        kept = [name for name in kept if self._supported(name, evidence)]
        kept = [name for name in kept if not self._is_metonym(name)]
        others = unlisted(self._tokens, kept, self._words, self._is_taken, self._persons)
        found: list[Name | Unlisted] = [*kept, *self._unknown(others)]
        found.sort(key=lambda name: name.first)
        number = {id(name): f"p{number}" for number, name in enumerate(found, start=1)}
        return tuple(
            self._mention(name, number) if isinstance(name, Name) else self._unlisted(name, number)
            for name in found
        )

    def _unknown(self, names: Iterable[Unlisted]) -> Iterator[Unlisted]:
        """Those that the gazetteer has in no shape; what it has was refused for a reason."""
        for name in names:
            written = [t.text for t in self._tokens[name.first : name.last + 1]]
            if self._gazetteer.longest(written) < len(written):
                yield name

    def place(self, spans: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Choice]:
        """What names at given bounds mean; see :func:`place`."""
        names: list[Name] = []
        at: dict[int, list[tuple[int, int]]] = {}
        found: dict[tuple[int, int], Choice] = {}
        for low, high in sorted(spans):
            name = self._given(low, high)
            if name is None:
                found[low, high] = Choice(None, "place.unknown", "no place of this name is known")
                continue
            name.division = name.division or self._is_division(name)
            names.append(name)
            at.setdefault(id(name), []).append((low, high))
        with_outer(names, self._tokens, self._gazetteer, self._words)
        self._resolve(names)
        for name in names:
            for bounds in at[id(name)]:
                assert name.choice is not None
                found[bounds] = name.choice
        return found

    def _given(self, low: int, high: int) -> Name | None:
        tokens = self._analysis.between(low, high)
        while tokens and tokens[-1].text in ("'s", "’s", "'", "’", "."):
            tokens = tokens[:-1]
        if tokens and (short := abbreviation(self._tokens, tokens[0].i, self._words)):
            last, country, division = short
            if last >= tokens[-1].i:
                found = divisions(self._gazetteer, country, division)
                return Name(tokens[0].i, tokens[-1].i, found, short=True)
        for start in range(min(2, len(tokens))):  # "the Gulf"
            written = " ".join(t.text for t in tokens[start:])
            candidates = self._gazetteer.lookup(written) or self._gazetteer.lookup(
                self._analysis.document.text[low:high]
            )
            if candidates:
                return Name(tokens[start].i, tokens[-1].i, candidates)
        return None

    def _resolve(self, names: Sequence[Name]) -> Evidence:
        """Choose the place of each name; what all of them tell of countries comes back."""
        for name in names:
            behind = self._token(name.last + 1)
            divided = any(c.place.feature in DIVISIONS for c in name.candidates)
            if behind is not None and behind.text == "County" and not divided:
                name.choice = Choice(None, "place.county", "no county of this name is known")
        return resolve(names, lambda name: key(self._text(name)), self._countries, self._home)

    def _names(self) -> Iterator[Name]:
        """Longest names of the gazetteer, leftmost first, outside the spans that are taken."""
        position = 0
        while position < len(self._tokens):
            token = self._tokens[position]
            name = self._name_at(position) if token.text[0].isupper() else None
            if name is not None:
                yield name
                position = name.last + 1
            else:
                position += 1

    def _name_at(self, position: int) -> Name | None:
        if self._is_taken(self._tokens[position]):
            return None
        indices = self._stretch(position)
        count = self._gazetteer.longest([self._tokens[i].text for i in indices])
        while count:
            chosen = indices[:count]
            text = " ".join(self._tokens[i].text for i in chosen)
            candidates = self._gazetteer.lookup(text)
            last = self._tokens[chosen[-1]]
            if not last.text[0].isupper():  # "Rafah crossing" is a name of ours, "Paris is" none
                candidates = tuple(c for c in candidates if c.place.id.startswith("region:"))
            if candidates and well_written(text, last):
                return Name(position, chosen[-1], candidates)
            count -= 1
        return None

    def _stretch(self, position: int) -> list[int]:
        """Indices of the words from here on that may make one name; hyphens are skipped."""
        indices: list[int] = []
        sentence = self._tokens[position].sentence
        for index in range(position, min(position + 10, len(self._tokens))):
            token = self._tokens[index]
            if token.sentence is not sentence or self._is_taken(token):
                break
            if token.text in HYPHENS:
                continue
            if not (token.text[0].isalnum() or token.text[0] in "‘'’`"):
                break
            indices.append(index)
            if len(indices) == 7:
                break
        return indices

    def _text(self, name: Name) -> str:
        return " ".join(t.text for t in self._tokens[name.first : name.last + 1])

    def _cue(self, name: Name, previous: Name | None) -> str | None:
        """What shows that the name stands for a place: the first that applies."""
        first = self._tokens[name.first]
        if any(low <= first.start < high for low, high in self._datelines):
            return "dateline"
        if name.outer:
            return "hierarchy"
        behind = self._token(name.last + 1)
        name.division = self._is_division(name)
        before = self._before(name.first)
        if before is None:
            return None
        word = before.lower
        if word in self._words["strong_cues"]:
            return "weak" if self._modifies(name, behind) else "strong"
        if word == "of" and self._is_settlement(before.i - 1):
            return "strong"
        if word in self._words["weak_cues"]:
            return "weak"
        linked = before.text in (",", "and", "or", "&")
        if linked and previous is not None and 0 <= before.i - previous.last <= 2:
            return previous.cue if previous.cue == "strong" else "listed"
        return None

    def _is_division(self, name: Name) -> bool:
        behind = self._token(name.last + 1)
        return behind is not None and behind.text in self._words["divisions"]

    def _is_settlement(self, index: int) -> bool:
        token = self._token(index)
        words = self._words["settlements"]
        return token is not None and (token.lower in words or token.lemma in words)

    def _modifies(self, name: Name, behind: Token | None) -> bool:
        """ "in Obama's budget", "in the Boren car": the cue belongs to the noun that follows."""
        if behind is None or behind.lower in self._words["settlements"]:
            return False
        article = self._token(name.first - 1)
        return behind.text in ("'s", "’s", "'", "’") or (
            article is not None and article.lower == "the" and not name.wide
        )

    def _before(self, first: int) -> Token | None:
        """The word before a name, over directions, articles and settlement nouns."""
        index = first - 1
        skipped = self._words["directions"]
        while index >= 0:
            token = self._tokens[index]
            plain = token.text.capitalize()
            if token.sentence is not self._tokens[first].sentence:
                return None
            if plain in skipped or token.lower in ("the", "nearby", "city", "town", "village"):
                index -= 1
            else:
                return token
        return None

    def _is_place(self, name: Name) -> bool:
        """Whether these words name a place here, before it is asked which."""
        if name.short:
            return True
        first, last = self._tokens[name.first], self._tokens[name.last]
        single = name.first == name.last
        if name.cue == "dateline":
            return name.wide or name.people >= _SMALL or bool(name.outer)
        written = self._text(name)
        if {written, written.capitalize()} & self._words["never"]:
            return False
        if not (is_proper(first) or is_proper(last)):
            return False
        if self._neighbours.touch(name) or (single and not name.wide and is_acronym(first)):
            return False
        called = last.text in self._words["divisions"] and not single  # "Boone County"
        if name.outer or (called and any(c.place.feature in DIVISIONS for c in name.candidates)):
            return True
        ambiguous = single and first.text.capitalize() in self._words["ambiguous"]
        if single and name.cue != "strong" and key(first.text) in self._persons:
            return name.wide and not ambiguous
        if name.wide:
            return not ambiguous or first.tag in ("NNP", "NNPS") or name.cue is not None
        return self._large_enough(name, last, ambiguous=ambiguous)

    def _large_enough(self, name: Name, last: Token, *, ambiguous: bool) -> bool:
        if name.cue == "strong":
            return True
        if ambiguous and name.people < _VERY_LARGE:
            return False
        if name.cue == "listed" and not ambiguous:
            return name.people >= _SMALL
        if name.cue == "weak" or name.division:
            spoken_of = not ambiguous and any(
                c.strong and c.place.country in self._countries for c in name.candidates
            )
            return spoken_of or name.people >= (_LARGE if ambiguous else _MIDDLE)
        if last.dep in ("nsubj", "nsubjpass") and name.people < _VERY_LARGE:
            return False
        return name.people >= _LARGE

    def _supported(self, name: Name, evidence: Evidence) -> bool:
        """A hamlet, or a town known only from a list, is believed in a country that is named; after
        "in" it is a place all the same, but it stays open which.
        """
        firm = name.people >= (_LARGE if name.cue == "listed" else _SMALL)
        if name.wide or name.outer or firm or name.cue is None:
            return True
        place = name.choice.place if name.choice else None
        if place is not None and evidence.countries[place.country or ""] > 1:
            return True
        before = self._before(name.first)
        if before is None or (
            name.cue != "strong" and before.lower not in self._words["taking_verbs"]
        ):
            return False
        why = "only small places have this name, none in a country that the report names"
        name.choice = Choice(None, "place.unsupported", why)
        return True

    def _is_metonym(self, name: Name) -> bool:
        """ "Tehran said": the government, whatever the city."""
        place = name.choice.place if name.choice else None
        if place is None or place.feature not in ("capital", "country"):
            return False
        token = self._tokens[name.last]
        while token.dep == "conj" and token.head is not token:
            token = token.head
        if token.dep not in ("nsubj", "nsubjpass", "agent"):
            return False
        return token.head.lemma in self._words["speaking"]

    def _is_taken(self, token: Token) -> bool:
        position = bisect.bisect_right(self._taken, (token.start, token.end))
        around = self._taken[max(0, position - 1) : position + 1]
        return any(low < token.end and token.start < high for low, high in around)

    def _token(self, index: int) -> Token | None:
        return self._tokens[index] if 0 <= index < len(self._tokens) else None

    def _mention(self, name: Name, number: Mapping[int, str]) -> Mention:
        choice = name.choice
        assert choice is not None
        rule = "place.dateline" if name.cue == "dateline" and choice.place else choice.rule
        return Mention(
            id=number[id(name)],
            span=self._analysis.span(self._tokens[name.first], self._tokens[name.last]),
            kind="place",
            rule=rule,
            place=choice.place,
            unresolved=choice.unresolved,
        )

    def _unlisted(self, name: Unlisted, number: Mapping[int, str]) -> Mention:
        outer = name.within.choice.place if name.within and name.within.choice else None
        where = f"; it lies in {outer.name}, {outer.country or outer.feature}" if outer else ""
        return Mention(
            id=number[id(name)],
            span=self._analysis.span(self._tokens[name.first], self._tokens[name.last]),
            kind="place",
            rule="place.unlisted",
            antecedent=number[id(name.within)] if name.within else None,
            unresolved=f"the gazetteer has no place of this name{where}",
        )
