"""Places named with the place they lie in: "Paris, Texas", "Bath, Ont.", "Selma (Ala.)"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dragoman.language.analysis import Token
from dragoman.mentions.placing import DIVISIONS, Choice, Evidence, contains, rank, within
from dragoman.mentions.toponyms import Name, Words
from dragoman.model import Place
from dragoman.register.places import Candidate, Gazetteer, key

_LONGEST: Final = 4  # tokens of an abbreviation: "P", ".", "E.I", "."


def with_outer(
    names: list[Name], tokens: Sequence[Token], gazetteer: Gazetteer, words: Words
) -> list[Name]:
    """Set ``outer`` of every X of "X, Y", where X has a namesake in Y; Y's abbreviation becomes a
    name of its own. The names come back in text order.
    """
    found: list[Name] = []
    for name, after in zip(names, [*names[1:], None], strict=False):
        if found and found[-1].short and name.first <= found[-1].last:
            continue  # "Miss." was read as a town of its own
        found.append(name)
        behind = name.last + 2
        if behind >= len(tokens) or tokens[behind - 1].text not in (",", "("):
            continue
        short = abbreviation(tokens, behind, words)
        follows = after is not None and after.first == behind
        if short is not None:
            last, *written = short
            candidates = divisions(gazetteer, *written)
            outer = [c.place for c in candidates]
        elif after is not None and follows:
            outer = [c.place for c in after.candidates if c.strong and _holds_towns(c)]
        else:
            continue
        if name.wide:  # "the United States, Canada, Mexico" is a list
            outer = [place for place in outer if place.feature != "country"]
        own = key(" ".join(t.text for t in tokens[name.first : name.last + 1]))
        outer = [place for place in outer if key(place.name) != own]
        if inner := within(name.candidates, outer):
            chosen = rank(inner, Evidence())[0][1].place
            name.outer = [place for place in outer if contains(place, chosen)]
        if short is not None and candidates and not (follows and after is name):
            choice = Choice(candidates[0].place, "place.abbreviation")
            found.append(Name(behind, last, candidates, choice=choice, short=True))
        elif name.outer and after is not None and follows:
            after.choice = Choice(name.outer[0], "place.hierarchy")
    return found


def abbreviation(tokens: Sequence[Token], index: int, words: Words) -> tuple[int, str, str] | None:
    """The last token, country and division of an abbreviation that begins here."""
    best = None
    for count in range(1, _LONGEST + 1):
        written = "".join(token.text for token in tokens[index : index + count])
        if written in words.abbreviations:
            last = min(index + count, len(tokens)) - 1
            best = (last, *words.abbreviations[written])
    return best


def divisions(gazetteer: Gazetteer, country: str, division: str) -> tuple[Candidate, ...]:
    """The first-level divisions of that country and name."""
    return tuple(
        c
        for c in gazetteer.lookup(division)
        if c.place.country == country and c.place.feature == "first-level division"
    )


def outer_places(candidates: Sequence[Candidate]) -> list[Place]:
    """The countries and divisions among these."""
    return [c.place for c in candidates if c.strong and _holds_towns(c)]


def _holds_towns(candidate: Candidate) -> bool:
    return candidate.place.feature in ("country", *DIVISIONS)
