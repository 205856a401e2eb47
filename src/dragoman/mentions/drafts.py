"""Actor mentions while they are being worked out, and the table of actors they point to."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.language.analysis import Token
from dragoman.model import Actor, Place
from dragoman.register import Entry, Match, Register, Role
from dragoman.register.records import bounds

PERSON_KINDS = frozenset({"person"})
STATE_KINDS = frozenset({"state", "territory"})


@dataclass(eq=False, slots=True)
class Draft:
    """A phrase that refers to an actor, before its reference is settled.

    ``form`` is what the words are: name, title (a role before a name), role, modifier (a demonym
    or name that modifies another noun), local (a name no register knows), pronoun. ``shared`` marks
    one owner's part of a plural noun that has several ("the presidents of Egypt and Syria"); its
    tokens need not be neighbours. ``others`` are those for the same words' other meanings, where
    they mean several together ("they" after "X and Y").
    """

    head: Token
    tokens: list[Token]
    form: str
    rule: str
    actor: str | None = None
    name: str = ""
    kind: str = "unknown"
    gender: str | None = None
    plural: bool = False
    definite: bool = False
    country: str | None = None
    sector: str | None = None
    role: Role | None = None
    label: str | None = None
    label_tokens: Sequence[Token] = ()
    category: str | None = None
    unresolved: str | None = None
    antecedent: Draft | None = None
    locative: bool = False
    shared: bool = False
    others: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, eq=False, slots=True)
class Setting:
    """What actor drafting may look at besides the words: the register, the date, known spans,
    ``spoken_of``, how often the report speaks of each country (ISO 3166-1), and ``surnames`` of
    persons whom it gives in full, and ``named``, the register's ids of such persons.
    """

    register: Register
    date: dt.date | None
    matches: Mapping[int, Match]
    places: Mapping[int, Place | None]
    times: frozenset[int]
    wordings: frozenset[int] = frozenset()
    spoken_of: Mapping[str, int] = field(default_factory=dict)
    surnames: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()

    def entry_at(self, token: Token) -> Entry | None:
        """The register's entry for the name that covers the token, if it has one."""
        match = self.matches.get(token.i)
        return self.choose(match) if match is not None else None

    def choose(self, match: Match) -> Entry | None:
        """The likeliest entry of a match: names before metonyms, what was there at the date before
        what was not, then whose country the report speaks of most.
        """
        order = {"name": 0, "acronym": 1, "adjective": 2, "demonym": 2, "metonym": 3, "capital": 4}
        entries = [
            (order.get(alias.form, 5), self._is_past(entry), -self._spoken(entry), index, entry)
            for index, alias in enumerate(match.aliases)
            if (entry := self.register.entry(alias.entry)) is not None
        ]
        return min(entries, key=lambda row: row[:4])[4] if entries else None

    def _is_past(self, entry: Entry) -> bool:
        """Whether somebody was out of office, or a state not there, on the day."""
        if entry.kind == "person":
            return self.register.at(entry, self.date) is None
        if self.date is None:
            return bool(entry.valid_to)
        first = bounds(entry.valid_from)[0] if entry.valid_from else dt.date.min
        last = bounds(entry.valid_to)[1] if entry.valid_to else dt.date.max
        return not first <= self.date < last

    def _spoken(self, entry: Entry) -> int:
        return self.spoken_of.get(entry.country or "", 0)


class ActorTable:
    """The actors a report refers to, by id: the register's own and those the report introduces."""

    def __init__(self, register: Register, date: dt.date | None) -> None:
        self._register = register
        self.date = date
        self.records: dict[str, Actor] = {}

    def known(self, entry: Entry) -> str:
        """The register's actor, with the office held at the report's date."""
        if entry.id not in self.records:
            self.records[entry.id] = self._register.actor(entry.id, self.date)
        return entry.id

    def part(self, owner: Entry, role: Role, name: str) -> str:
        """A part of a state or organisation: "Iranian officials", "the army of Chad"."""
        identifier = f"{owner.id}/{slug(role.text)}"
        if identifier not in self.records:
            cameo = owner.cameo
            if owner.cameo and role.sector:
                cameo = (role.cameo or f"~{role.sector}").replace("~", owner.cameo)
            self.records[identifier] = Actor(
                id=identifier,
                name=name,
                kind="office" if role.person else "institution" if not role.group else "people",
                country=owner.country,
                sector=role.sector or owner.sector,
                cameo=cameo,
                organisation=None if owner.kind in STATE_KINDS else owner.id,
                provenance=f"{role.text} of {owner.id}, by the report's words",
            )
        return identifier

    def local(
        self,
        name: str,
        kind: str,
        *,
        country: str | None = None,
        sector: str | None = None,
        office: str | None = None,
        organisation: str | None = None,
    ) -> str:
        """Somebody whom only this report introduces."""
        identifier = f"report:{slug(name)}"
        earlier = self.records.get(identifier)
        if earlier is None or (office and not earlier.office):
            self.records[identifier] = Actor(
                id=identifier,
                name=name,
                kind=kind,
                country=country,
                sector=sector,
                office=office,
                organisation=organisation,
                provenance="introduced by the report",
            )
        return identifier


def slug(name: str) -> str:
    """A name as an identifier: ASCII where it has a Latin base, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", (plain or name).lower()).strip("-") or "unnamed"


def point(draft: Draft, antecedent: Draft, rule: str) -> None:
    """Gives a draft the actor of another, with who that is; one that is itself unresolved is kept
    as the antecedent all the same.
    """
    draft.antecedent, draft.name, draft.rule = antecedent, antecedent.name, rule
    draft.kind, draft.country, draft.sector = (
        antecedent.kind,
        antecedent.country,
        antecedent.sector,
    )
    draft.gender = draft.gender or antecedent.gender
    draft.actor = antecedent.actor
    draft.unresolved = None if antecedent.actor is not None else OPEN


OPEN = "it refers to words that are themselves unresolved"
