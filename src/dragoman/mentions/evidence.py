"""What a report tells beside a name: which countries it speaks of, whom it names in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dragoman.language.analysis import Analysis, Token
from dragoman.mentions.people import given_names
from dragoman.model import Mention
from dragoman.register import Match, Register


def countries(
    analysis: Analysis, matches: Mapping[int, Match], where: Sequence[Mention], register: Register
) -> Counter[str]:
    """How often the report speaks of each country (ISO 3166-1), by words that mean only one: names,
    places, and titled surnames of those in office at its date.
    """
    counted: Counter[str] = Counter()
    for match in _once(matches):
        codes = {e.country for a in match.aliases if (e := register.entry(a.entry)) is not None}
        if len(codes) == 1:
            counted.update(code for code in codes if code)
    starts = {analysis.tokens[index].start for index in matches}
    counted.update(
        m.place.country for m in where if m.place and m.place.country and m.span.start not in starts
    )
    for title, token in zip(analysis.tokens, analysis.tokens[1:], strict=False):
        role = register.role(title.lower) if title.text.istitle() else None
        if role is not None and role.person and token.pos == "PROPN" and token.i not in matches:
            counted.update(_of_surname(token, register, analysis))
    return counted


def _once(matches: Mapping[int, Match]) -> Iterator[Match]:
    yield from {id(match): match for match in matches.values()}.values()


def _of_surname(token: Token, register: Register, analysis: Analysis) -> Iterator[str]:
    date = analysis.document.published
    people = [e for e in register.surname(token.text) if register.at(e, date) is not None]
    codes = {e.country for e in people if e.country}
    if len(codes) == 1:
        yield codes.pop()


def surnames(
    analysis: Analysis, matches: Mapping[int, Match], register: Register
) -> frozenset[str]:
    """Last words of persons' full names, as they are written."""
    found = set()
    for match in _once(matches):
        kinds = {e.kind for a in match.aliases if (e := register.entry(a.entry)) is not None}
        words = analysis.document.text[analysis.document.preamble :][match.start : match.end]
        if kinds == {"person"} and " " in words:
            found.add(words.split()[-1])
    for one, two in zip(analysis.tokens, analysis.tokens[1:], strict=False):
        proper = one.pos == two.pos == "PROPN" and one.text.istitle() and two.text.istitle()
        if proper and one.lower in given_names() and two.i not in matches:
            found.add(two.text)
    return frozenset(found)


def persons(matches: Mapping[int, Match], register: Register) -> frozenset[str]:
    """Ids of the register's persons whom the report gives in full, by names of theirs alone."""
    found = set()
    for match in _once(matches):
        ids = {alias.entry for alias in match.aliases}
        entry = register.entry(next(iter(ids))) if len(ids) == 1 else None
        if entry is not None and entry.kind == "person":
            found.add(entry.id)
    return frozenset(found)
