"""Actor and agent dictionaries laid over the register.

The dictionary has the last word on its own words. A spelling under a state's bare code becomes a
name of that state; a record that the register knows by name keeps its identity and bears the
dictionary's codes; everybody else becomes an entry of its own.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.ontologies.petrarch.actors import ActorRecord, read_actors
from dragoman.ontologies.petrarch.agents import AgentRecord, read_agents
from dragoman.ontologies.petrarch.lines import Account, Ledger
from dragoman.register import Alias, Entry, Register
from dragoman.register.loader import Content
from dragoman.register.naming import fold, slug, surnames

_STATES = ("state", "territory")
_SMALL = frozenset("of the and for in on de da do dos du la bin ben ibn al el van von der".split())
_SHORT = 3  # single words up to this length are written in capitals only


@dataclass(frozen=True, eq=False, slots=True)
class ActorDictionaries:
    """What actor and agent dictionaries say, and what became of their lines."""

    actors: tuple[tuple[str, ActorRecord], ...]
    agents: tuple[AgentRecord, ...]
    accounts: tuple[Account, ...]

    @classmethod
    def read(
        cls,
        actors: Sequence[tuple[Path, str]],
        agents: Sequence[tuple[Path, str]],
        codes: tuple[str, str] = ("DR118", "DR119"),
    ) -> ActorDictionaries:
        """Read the files, each given with the name that messages call it by. ``codes`` are the
        messages about lines that are not used, or in part.
        """
        records: list[tuple[str, ActorRecord]] = []
        roles: list[AgentRecord] = []
        accounts = []
        for path, name in actors:
            ledger = Ledger(path, name, codes)
            records += [(name, record) for record in read_actors(ledger)]
            accounts.append(ledger.account())
        for path, name in agents:
            ledger = Ledger(path, name, codes)
            roles += read_agents(ledger)
            accounts.append(ledger.account())
        return cls(tuple(records), tuple(roles), tuple(accounts))

    def over(self, register: Register) -> Register:
        """A register of its own with both; the one given stays as it is."""
        content = _Overlay(register.content).with_records(self.actors)
        roles = dict(register.roles)
        for record in self.agents:
            for role in record.roles():
                known = roles.get(role.text)
                if known is not None:
                    role = dataclasses.replace(known, sector=role.sector, cameo=role.cameo)
                roles[role.text] = role
        return Register(content, roles)


class _Overlay:
    def __init__(self, base: Content) -> None:
        self._base = base
        self._entries = dict(base.entries)
        self._states: dict[str, Entry] = {}
        # A territory may share its state's codes; they are the state's.
        for kind in _STATES:
            for entry in base.entries.values():
                if entry.kind == kind:
                    for code in filter(None, (entry.cameo, entry.country)):
                        self._states.setdefault(code, entry)
        self._meant: dict[str, set[str]] = {}
        for alias in base.aliases:
            if alias.entry and alias.form in ("name", "acronym", "demonym", "adjective"):
                self._meant.setdefault(_key(alias.text), set()).add(alias.entry)
        self._added: list[Alias] = []
        self._taken: set[str] = set()
        self._decoys = list(base.decoys)
        self._surnames = {word: list(ids) for word, ids in base.surnames.items()}

    def with_records(self, records: Sequence[tuple[str, ActorRecord]]) -> Content:
        for file, record in records:
            if record.nobody and not record.codes:
                for name in record.names:
                    self._taken.add(_key(_words(name)))
                    self._decoys += [text for text, _ in _written(name)]
                continue
            self._add(file, record)
        kept = [
            alias for alias in self._base.aliases
            if alias.form == "label" or _key(alias.text) not in self._taken
        ]  # fmt: skip
        return dataclasses.replace(
            self._base, entries=self._entries, aliases=kept + self._added,
            decoys=self._decoys, surnames=self._surnames,
        )  # fmt: skip

    def _add(self, file: str, record: ActorRecord) -> None:
        entry = self._state_of(record)
        if entry is None:
            entry = self._known(record) or self._made(file, record)
            entry = dataclasses.replace(entry, codes=(*entry.codes, *record.codes))
        self._entries[entry.id] = entry
        for name in record.names:
            if self._meant.get(_key(_words(name))) == {entry.id}:
                continue  # the register knows the words already, with their form
            self._taken.add(_key(_words(name)))
            self._added += [Alias(text, entry.id, form) for text, form in _written(name)]
        if entry.kind == "person" and entry.id not in self._base.entries:
            for word in surnames(entry.name, entry.country):
                self._surnames.setdefault(fold(word).lower(), []).append(entry.id)

    def _state_of(self, record: ActorRecord) -> Entry | None:
        """The state itself, where all that is said is its bare code."""
        codes = record.codes
        bare = len(codes) == 1 and codes[0].first is None and codes[0].last is None
        return self._states.get(codes[0].code) if bare else None

    def _known(self, record: ActorRecord) -> Entry | None:
        """The one entry that the register calls by the record's first name."""
        ids = self._meant.get(_key(_words(record.names[0])), set())
        return self._entries[next(iter(ids))] if len(ids) == 1 else None

    def _made(self, file: str, record: ActorRecord) -> Entry:
        name = next(iter(_written(record.names[0])))[0]
        code = next((c.code for c in record.codes if c.first is None and c.last is None),
                    record.codes[-1].code)  # fmt: skip
        state = self._states.get(code[:3])
        dated = any(c.first or c.last for c in record.codes)
        identifier = f"own:{slug(name) or record.line.number}"
        held = self._entries.get(identifier)
        if held is not None:
            return held
        return Entry(
            id=identifier,
            name=name,
            kind="person" if dated and " " in name else "institution",
            country=state.country if state is not None else None,
            sector=code[3:6] or None,
            cameo=code,
            provenance=f"{file}, line {record.line.number}",
        )


def _key(text: str) -> str:
    return fold(text).lower().removeprefix("the ")


def _words(name: str) -> str:
    return " ".join(word for word in re.split(r"[_\s]+", name) if word)


def _written(name: str) -> Iterator[tuple[str, str]]:
    """A dictionary's capitals as news writes them, with the form of each wording."""
    words = _words(name).split(" ")
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    if any(word.lower() != word and word.upper() != word for word in words):
        yield " ".join(words), "name"
        return
    plain = "".join(words)
    if len(words) == 1 and (len(plain) <= _SHORT or "." in plain):
        yield plain.upper(), "acronym"
        return
    title = [_capital(word) for word in words]
    yield " ".join(title), "name"
    small = [w if not i or w.lower() not in _SMALL else w.lower() for i, w in enumerate(title)]
    if small != title:
        yield " ".join(small), "name"
    mixed = [word.upper() if _is_short_form(word) else word for word in small]
    if mixed != small:
        yield " ".join(mixed), "name"


def _capital(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda held: held.group().capitalize(), word)


def _is_short_form(word: str) -> bool:
    return (len(word) <= 5 and not re.search(r"[aeiouy]", word.lower())) or "." in word
