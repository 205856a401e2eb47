"""Laying the records of own files over a register."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, Final

from dragoman.ontologies.own.marks import Entry as Record
from dragoman.ontologies.own.marks import Faults
from dragoman.register.check import SINGLE, overlaps
from dragoman.register.loader import cameo_of, sector_of
from dragoman.register.lookup import Register
from dragoman.register.naming import fold, slug, spellings, surnames
from dragoman.register.own.parts import (
    FORMS,
    KINDS,
    WORDS,
    Parts,
    identifier,
    one_of,
    span,
)
from dragoman.register.records import Alias, Entry, Office

SECTORS: Final = tuple(
    "GOV LEG JUD MIL COP SPY PRM REB UAF PTY OPP ELI BUS LAB AGR EDU JRN MED REL REF CVL CRM SOC "
    "NGO IGO UNK".split()
)
_STATES = ("state", "territory")
_WORDINGS = ("name", "acronym", "demonym", "adjective")


def lay_over(register: Register, parts: Parts, faults: Faults) -> Register:
    """A register of its own with the records; faults of reference are told to ``faults``."""
    if parts == Parts():
        return register
    laid = _Laying(register)
    for record in parts.actors:
        laid.actor(record)
    for record in parts.offices:
        laid.office(record)
    for record in (*parts.actors, *parts.aliases):
        laid.wordings(record)
    for record in parts.labels:
        laid.label(record)
    for record in parts.places:
        laid.place(record)
    made = laid.register(parts.nobody)
    laid.tell_overlaps(made)
    return made


class _Laying:
    def __init__(self, register: Register) -> None:
        self._base = register
        self._entries = dict(register.content.entries)
        self._aliases = list(register.content.aliases)
        self._surnames = {word: list(ids) for word, ids in register.content.surnames.items()}
        self._exact = set(register.content.exact_labels)
        self._places = list(register.content.places)
        self._meant: dict[str, set[str]] = {}
        self._by_name: dict[str, str] = {}
        for alias in register.content.aliases:
            if alias.entry and alias.form != "label":
                self._meant.setdefault(alias.text, set()).add(alias.entry)
        for entry in self._entries.values():
            if entry.kind == "person":
                self._by_name.setdefault(fold(entry.name).lower(), entry.id)
        self._countries = {
            e.country for e in self._entries.values() if e.kind in _STATES and e.country
        }
        self._terms: list[tuple[Record, str, Office]] = []

    # -------------------------------------------------------------- actors

    def actor(self, record: Record) -> None:
        """An entry added, or fields of a known one changed."""
        known = self._entries.get(record.name)
        if known is None and not identifier(record):
            return
        new = known is None
        if new and not (record.needs("name", "the neutral name")
                        and record.needs("kind", f"one of {', '.join(KINDS)}")):  # fmt: skip
            return
        first, last = span(record)
        changes: dict[str, Any] = {
            "name": record.word("name"),
            "kind": one_of(record, "kind", "kind", KINDS),
            "country": self._country(record),
            "sector": one_of(record, "sector", "sector", SECTORS),
            "cameo": record.word("cameo"),
            "wikidata": record.word("wikidata"),
            "gender": one_of(record, "gender", "gender", ("m", "f")),
            "valid_from": first,
            "valid_to": last,
            "provenance": _source(record),
        }
        given = {name: value for name, value in changes.items() if value is not None}
        if known is not None:
            self._entries[known.id] = dataclasses.replace(known, **given)
        elif "name" in given and "kind" in given:
            self._add(Entry(id=record.name, **given))
            if given["kind"] in _STATES and given.get("country"):
                self._countries.add(given["country"])

    def _add(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        if entry.kind == "person":
            self._by_name.setdefault(fold(entry.name).lower(), entry.id)

    def _country(self, record: Record) -> str | None:
        code = record.word("country")
        if code is None:
            return None
        if record.plain("kind") in _STATES:
            return code  # it may be the first to have it
        known = sorted(self._countries)
        return code if record.known("country", code, "state of that ISO code", known) else None

    # -------------------------------------------------------------- offices

    def office(self, record: Record) -> None:
        """A term; who held the post until then is let go on that day, where the term says so or
        the post has one holder.
        """
        needed = [
            record.needs("person", "a name, or an id of the register"),
            record.needs("office", "head_of_state, foreign_minister, leader, …"),
            record.needs("from", "the day it began, as far as it is known"),
        ]
        if not (record.has("country") or record.has("organisation")):
            record.tell("person", "DR094", field="country",
                        wanted="the state's ISO code, or organisation: the id of one")  # fmt: skip
            return
        first, last = span(record)
        organisation = self._organisation(record)
        country = self._country(record)
        if not all(needed) or first is None or not (organisation or country):
            return
        office = record.word("office") or ""
        term = Office(
            office, record.word("title") or office.replace("_", " ").capitalize(), country,
            organisation, first, last, _source(record),
        )  # fmt: skip
        person = self._person(record, term)
        if person is None:
            return
        self._let_go(record, person, term)
        entry = self._entries[person]
        kept = tuple(o for o in entry.offices if not _same_term(o, term))
        self._entries[person] = dataclasses.replace(
            entry, offices=tuple(sorted((*kept, term), key=lambda o: o.starts))
        )
        self._terms.append((record, person, term))

    def _organisation(self, record: Record) -> str | None:
        id = record.word("organisation")
        if id is None:
            return None
        names = list(self._entries)
        return id if record.known("organisation", id, "actor", names) else None

    def _person(self, record: Record, term: Office) -> str | None:
        """The holder's id: known by id or by name, else a person added."""
        given = record.word("person") or ""
        if ":" in given:
            known = record.known("person", given, "actor", list(self._entries))
            return given if known else None
        id = self._by_name.get(fold(given).lower())
        if id is not None:
            return id
        entry = Entry(
            id=f"person:{slug(given)}", name=given, kind="person", country=term.country,
            sector=sector_of(term, self._entries), cameo=cameo_of(term, self._entries),
            gender=one_of(record, "gender", "gender", ("m", "f")), provenance=term.provenance,
        )  # fmt: skip
        self._add(entry)
        self._called(entry, spellings(given, term.country), "name", record)
        for word in surnames(given, term.country):
            self._surnames.setdefault(fold(word).lower(), []).append(entry.id)
        return entry.id

    def _let_go(self, record: Record, person: str, term: Office) -> None:
        replaced = record.word("replaces")
        wanted = self._by_name.get(fold(replaced).lower(), replaced) if replaced else None
        if wanted is not None and not record.known("replaces", wanted, "actor", self._entries):
            return
        of = term.organisation or term.country
        for entry in list(self._entries.values()):
            if entry.id == person or (wanted and entry.id != wanted):
                continue
            if not wanted and (term.office not in SINGLE or term.valid_to):
                continue
            offices = tuple(
                dataclasses.replace(held, valid_to=term.valid_from)
                if held.office == term.office and (held.organisation or held.country) == of
                and held.valid_to is None and held.starts < term.starts else held
                for held in entry.offices
            )  # fmt: skip
            if offices != entry.offices:
                self._entries[entry.id] = dataclasses.replace(entry, offices=offices)

    def tell_overlaps(self, made: Register) -> None:
        """Tell of each own term that overlaps another's in a post of one holder."""
        for one, first, two, second in overlaps(made):
            for record, person, term in self._terms:
                if (person, term) in ((one.id, first), (two.id, second)):
                    record.tell("from", "DR113", post=term.office, one=_told(one, first),
                                two=_told(two, second))  # fmt: skip
                    break

    # -------------------------------------------------------------- words

    def wordings(self, record: Record) -> None:
        """The words for an actor, from its own record or from one of ``aliases``."""
        if record.has("text") or record.has("actor"):
            self._alias(record)
            return
        entry = self._entries.get(record.name)
        if entry is None:
            return
        if entry.id not in self._base.content.entries:
            form = "demonym" if entry.name in record.words("demonyms") else "name"
            called = (
                spellings(entry.name, entry.country) if entry.kind == "person" else [entry.name]
            )
            self._called(entry, called, form, record)
        for column, form in WORDS.items():
            self._called(entry, record.words(column), form, record, column)
        if entry.kind == "person":
            new = entry.id not in self._base.content.entries
            for word in record.words("surnames") or (
                surnames(entry.name, entry.country) if new else ()
            ):
                ids = self._surnames.setdefault(fold(word).lower(), [])
                if entry.id not in ids:
                    ids.append(entry.id)

    def _alias(self, record: Record) -> None:
        if not (record.needs("text", "the words") and record.needs("actor", "an id")):
            return
        id, text = record.word("actor") or "", record.word("text") or ""
        form = one_of(record, "form", "form", FORMS) if record.has("form") else "name"
        if form is None or not text or not record.known("actor", id, "actor", self._entries):
            return
        self._called(self._entries[id], [text], form, record, "text")

    def _called(
        self, entry: Entry, texts: Iterable[str], form: str, record: Record, where: str = "name"
    ) -> None:
        for text in texts:
            if not text.strip():
                record.wrong(where, "words")
                continue
            others = self._meant.get(text, set()) - {entry.id}
            if record.plain("instead") is True:
                self._aliases = [a for a in self._aliases if a.text != text or a.form == "label"]
                others = set()
                self._meant[text] = set()
            elif others and record.plain("also") is not True:
                told = ", ".join(self._entries[id].name for id in sorted(others))
                record.tell(where, "DR112", text=text, others=told)
                continue
            alias = Alias(text, entry.id, form, "homonym" if others else None)
            if alias not in self._aliases:
                self._aliases.append(alias)
            self._meant.setdefault(text, set()).add(entry.id)

    def label(self, record: Record) -> None:
        """A loaded wording, of one actor or of nobody in particular."""
        needed = [
            record.needs("text", "the loaded words"),
            record.needs("category", "in what way they judge: terror, regime, enemy, …"),
        ]
        id, text = record.word("actor") or "", record.word("text") or ""
        case = one_of(record, "case", "case", ("exact",))
        if not all(needed) or not text:
            return
        if id and not record.known("actor", id, "actor", self._entries):
            return
        self._aliases.append(Alias(text, id, "label", record.word("category")))
        if case:
            self._exact.add(text)

    # -------------------------------------------------------------- places

    def place(self, record: Record) -> None:
        """A place of the user's gazetteer."""
        needed = [record.needs("name", "the place's name"), record.needs("point", "[north, east]"),
                  record.needs("feature", "what it is: town, region, site, …")]  # fmt: skip
        point = record.plain("point")
        if not all(needed):
            return
        if not _is_point(point):
            record.wrong("point", "degrees north and east, such as [31.4, 34.4]")
            return
        name, feature = record.word("name"), record.word("feature")
        made: dict[str, Any] = {
            "id": f"own-{slug(record.name)}", "name": name, "feature": feature,
            "latitude": float(point[0]), "longitude": float(point[1]),
            "names": "|".join(record.words("names")), "country": self._country(record),
            "administered": " ".join(record.words("administered")),
            "claimed": " ".join(record.words("claimed")), "weight": 0,
        }  # fmt: skip
        weight = record.figure("weight", 0, 1e10)
        if weight is not None:
            made["weight"] = int(weight)
        if name and feature:
            self._places.append(made)

    def register(self, nobody: Iterable[str]) -> Register:
        """The register as it now stands; ``nobody`` are words that mean no actor."""
        words = set(nobody)
        content = dataclasses.replace(
            self._base.content,
            entries=self._entries,
            aliases=[a for a in self._aliases if a.text not in words or a.form == "label"],
            surnames=self._surnames,
            decoys=[*self._base.content.decoys, *sorted(words)],
            exact_labels=self._exact,
            places=tuple(self._places),
        )
        return Register(content, self._base.roles)


def _source(record: Record) -> str:
    where = f"{record.path}, line {record.marked.line}"
    said = record.word("source")
    return f"{said} ({where})" if said else where


def _same_term(one: Office, two: Office) -> bool:
    """The same post from the same day: a term given again changes the one before."""
    return (one.office, one.country, one.organisation, one.starts) == (
        two.office, two.country, two.organisation, two.starts,
    )  # fmt: skip


def _told(entry: Entry, office: Office) -> str:
    return f"{entry.name} ({office.valid_from} to {office.valid_to or '…'})"


def _is_point(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(n, int | float) and not isinstance(n, bool) for n in value)
        and abs(value[0]) <= 90
        and abs(value[1]) <= 180
    )
