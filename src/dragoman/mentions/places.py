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
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from dragoman.language.analysis import Analysis, Token
from dragoman.mentions.placing import Choice, Evidence, choose, contains, rank, within
from dragoman.mentions.toponyms import (
    HYPHENS,
    Name,
    Words,
    contains_towns,
    datelines,
    divides,
    hyphened,
    is_acronym,
    is_proper,
    persons_of_report,
    well_written,
    words,
)
from dragoman.model import Mention, Place
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
    finder = _Finder(analysis, taken, gazetteer or default_gazetteer(), words())
    return finder.mentions(countries)


class _Finder:
    def __init__(
        self,
        analysis: Analysis,
        taken: Sequence[tuple[int, int]],
        gazetteer: Gazetteer,
        lists: Words,
    ) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._gazetteer = gazetteer
        self._words = lists
        self._taken = sorted(taken)
        self._datelines = datelines(analysis)
        self._persons = persons_of_report(self._tokens, gazetteer, lists, self._is_taken)

    def mentions(self, countries: Collection[str]) -> tuple[Mention, ...]:
        names = self._with_outer(list(self._names()))
        kept: list[Name] = []
        for name in names:
            name.cue = self._cue(name, kept[-1] if kept else None)
            if self._is_place(name):
                kept.append(name)
        evidence = self._resolve(kept, countries)
        kept = [name for name in kept if self._supported(name, evidence)]
        kept = [name for name in kept if not self._is_metonym(name)]
        return tuple(self._mention(name, number) for number, name in enumerate(kept, start=1))

    def _resolve(self, names: Sequence[Name], countries: Collection[str]) -> Evidence:
        """Choose the place of each name; what all of them tell of countries comes back."""
        evidence = Evidence()
        evidence.countries.update(countries)
        told: dict[str, list[Place]] = {}
        for name in names:
            for place in self._plain(name):
                evidence.add(place)
                told.setdefault(key(self._text(name)), []).append(place)
        said: dict[str, Choice] = {}
        for name in names:
            word = key(self._text(name))
            name.choice = self._choose(name, evidence.without(told.get(word, ())), said)
            if name.choice.rule == "place.hierarchy":
                said[word] = name.choice
        chosen = [name.choice.place for name in names if name.choice and name.choice.place]
        for place in chosen:
            if place.feature != "country":
                evidence.add(place)
        return evidence

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

    def _with_outer(self, names: list[Name]) -> list[Name]:
        """Read "X, Y" and "X, Tex.": the outer place, where X has a namesake in it."""
        for name, after in zip(names, [*names[1:], None], strict=False):
            comma = self._token(name.last + 1)
            behind = self._token(name.last + 2)
            if comma is None or behind is None or comma.text not in (",", "("):
                continue
            short = self._words.abbreviations.get(behind.text)
            follows = after is not None and after.first == behind.i
            if short is not None:
                outer = [c.place for c in self._gazetteer.lookup(short[1]) if divides(c, short[0])]
            elif after is not None and follows:
                outer = [c.place for c in after.candidates if c.strong and contains_towns(c)]
            else:
                continue
            if name.wide:  # "the United States, Canada, Mexico" is a list
                outer = [place for place in outer if place.feature != "country"]
            outer = [place for place in outer if key(place.name) != key(self._text(name))]
            if inner := within(name.candidates, outer):
                chosen = rank(inner, Evidence())[0][1].place
                name.outer = [place for place in outer if contains(place, chosen)]
                if after is not None and follows:
                    after.choice = Choice(name.outer[0], "place.hierarchy")
        return names

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
        name.division = behind is not None and behind.text in self._words["divisions"]
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
        first, last = self._tokens[name.first], self._tokens[name.last]
        single = name.first == name.last
        if name.cue == "dateline":
            return name.wide or name.people >= _SMALL or bool(name.outer)
        written = self._text(name)
        if {written, written.capitalize()} & self._words["never"]:
            return False
        if not (is_proper(first) or is_proper(last)):
            return False
        if self._beside_name(name) or (single and not name.wide and is_acronym(first)):
            return False
        if name.outer:
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
            return name.people >= (_LARGE if ambiguous else _MIDDLE)
        if last.dep in ("nsubj", "nsubjpass") and name.people < _VERY_LARGE:
            return False
        return name.people >= _LARGE

    def _beside_name(self, name: Name) -> bool:
        """Whether a capitalised word that is no part of it touches the name: "Jordan Smith"."""
        before, behind = self._token(name.first - 1), self._token(name.last + 1)
        if before is not None and before.sentence is self._tokens[name.first].sentence:
            if hyphened(before, self._tokens[name.first]):
                beyond = self._token(before.i - 1)
                if beyond is not None and not self._may_pair(beyond):
                    return True
            elif self._joins_before(before):
                return True
        if behind is not None and behind.sentence is self._tokens[name.last].sentence:
            if hyphened(behind, self._tokens[name.last]):
                beyond = self._token(behind.i + 1)
                return beyond is not None and not self._may_pair(beyond)
            return self._joins_behind(behind, name)
        return False

    def _may_pair(self, token: Token) -> bool:
        """Whether a word across a hyphen leaves a name be: "Paris-based", "Russia-Ukraine"."""
        if not token.text[:1].isupper():
            return token.text[:1].isalpha() and token.lower not in ("al", "el")
        return any(
            c.place.feature in ("country", "capital") or c.place.id.startswith("region:")
            for c in self._gazetteer.lookup(token.text)
        )

    def _joins_before(self, token: Token) -> bool:
        if token.text == "&" or re.fullmatch(r"[A-Z]\.", token.text):
            return True
        if not token.text[:1].isupper() or not token.text[:1].isalpha():
            return False
        if token.text.capitalize() in self._words["titles"]:
            return True
        if token.text.capitalize() in self._words["directions"]:
            return False
        return token.tag in ("NNP", "NNPS") and not self._is_taken(token)

    def _joins_behind(self, token: Token, name: Name) -> bool:
        if token.text == "&":
            return True
        if not token.text[:1].isupper() or token.tag not in ("NNP", "NNPS"):
            return False
        if self._is_taken(token) or token.text in self._words["divisions"]:
            return False
        if token.text in self._words["features"]:
            return False
        if name.wide or name.people >= _VERY_LARGE:
            return token.text not in self._words["offices"]
        return True

    def _choose(self, name: Name, evidence: Evidence, said: Mapping[str, Choice]) -> Choice:
        if name.choice is not None:
            return name.choice
        if name.outer and (inner := within(name.candidates, name.outer)):
            choice = choose(inner, evidence)
            rule = "place.hierarchy" if choice.place else choice.rule
            return Choice(choice.place, rule, choice.unresolved)
        behind = self._token(name.last + 1)
        divisions = [c for c in name.candidates if c.place.feature == "first-level division"]
        if behind is not None and behind.text == "County" and not divisions:
            return Choice(None, "place.county", "the gazetteer has no counties")
        if (before := said.get(key(self._text(name)))) is not None and before.place is not None:
            return Choice(before.place, "place.said-before")
        return choose(name.candidates, evidence, division=name.division)

    def _plain(self, name: Name) -> Iterator[Place]:
        """Places that are evidence by themselves: countries, what a hierarchy names."""
        if name.outer:
            yield name.outer[0]
        if name.choice is not None and name.choice.place is not None:
            yield name.choice.place
            return
        for candidate in name.candidates:
            if candidate.place.feature == "country":
                yield candidate.place
                return
        best = rank(name.candidates, Evidence())[0][1]
        if best.population >= _VERY_LARGE and best.strong:
            yield best.place

    def _supported(self, name: Name, evidence: Evidence) -> bool:
        """A hamlet, or a town known only from a list, is believed in a country that is named."""
        firm = name.people >= (_LARGE if name.cue == "listed" else _SMALL)
        if name.wide or name.outer or firm:
            return True
        place = name.choice.place if name.choice else None
        return place is not None and evidence.countries[place.country or ""] > 1

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

    def _mention(self, name: Name, number: int) -> Mention:
        choice = name.choice
        assert choice is not None
        rule = "place.dateline" if name.cue == "dateline" and choice.place else choice.rule
        return Mention(
            id=f"p{number}",
            span=self._analysis.span(self._tokens[name.first], self._tokens[name.last]),
            kind="place",
            rule=rule,
            place=choice.place,
            unresolved=choice.unresolved,
        )
