"""Agent dictionaries: nouns that tell what somebody is, with the code they add to an actor's.

``NAME {PLURAL} [~CODE]``: ``{}`` has no plural, no braces a regular one; ``~`` stands for the
actor's own code. ``!SET! = ONE, TWO`` names words that ``!SET!`` in an entry stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.ontologies.petrarch.lines import Ledger, Line
from dragoman.register.records import Role

_ENTRY = re.compile(r"^(?P<name>[^{\[]+?)\s*(\{(?P<plural>[^}]*)\})?\s*\[(?P<code>[^\]]*)\]$")
_SET = re.compile(r"^(?P<set>![^!]+!)\s*=\s*(?P<words>.+)$")
_PERSON = re.compile(r"(er|or|ist|ant|ent|ian|man|woman|person|ate|ive|ee|yst|eer|eur|ary|ot|chief"
                     r"|head|king|queen|spy|cop|thug|guard|monk|judge|clerk|rebel)$")  # fmt: skip
_BODY = re.compile(r"(parliament|government|newspaper|establishment|department|regiment)$")


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """A noun in lower case, its plurals, and its code with ``~`` for the actor's."""

    line: Line
    name: str
    plurals: tuple[str, ...]
    code: str

    def roles(self) -> Iterator[Role]:
        """The register's roles for singular and plural."""
        sector = self.code.replace("~", "")[:3]
        last = self.name.split()[-1]
        person = bool(_PERSON.search(last)) and not _BODY.search(last) and bool(self.plurals)
        for text in (self.name, *self.plurals):
            yield Role(text, sector, person=person, group=not person, cameo=self.code)


def read_agents(ledger: Ledger) -> list[AgentRecord]:
    """The entries of a dictionary; lines of no known form are told to the ledger."""
    sets: dict[str, list[str]] = {}
    found: list[AgentRecord] = []
    for line in ledger:
        named = _SET.match(line.text)
        if named is not None:
            sets[named["set"]] = [word.strip() for word in named["words"].split(",")]
            continue
        entry = _ENTRY.match(line.text)
        if entry is None:
            ledger.unused(line, "an agent is NAME [~CODE] or NAME {PLURAL} [~CODE]")
            continue
        code = entry["code"].replace(" ", "").upper()
        if not re.fullmatch(r"~?\w{3,}~?", code) or code.count("~") != 1:
            ledger.unused(line, f"{code or 'nothing'} is no code with one ~")
            continue
        names = _filled(entry["name"], sets)
        if names is None:
            ledger.unused(line, "a set between ! marks that is not named before")
            continue
        for name in names:
            plain = _plain(name)
            found.append(AgentRecord(line, plain, _plurals(plain, entry["plural"]), code))
    return found


def _filled(name: str, sets: dict[str, list[str]]) -> list[str] | None:
    marked = re.search(r"![^!]+!", name)
    if marked is None:
        return None if "!" in name else [name]
    words = sets.get(marked.group())
    return None if words is None else [name.replace(marked.group(), word) for word in words]


def _plain(name: str) -> str:
    return " ".join(re.split(r"[_\s]+", name.strip("_ ").lower()))


def _plurals(name: str, written: str | None) -> tuple[str, ...]:
    if written is not None:
        return tuple(_plain(word) for word in written.split(",") if word.strip())
    if name.endswith(("s", "x", "ch", "sh")):
        return (f"{name}es",)
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return (f"{name[:-1]}ies",)
    return (f"{name}s",)
