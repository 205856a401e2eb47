"""What a file of own actors may say, part by part, with a fault for whatever cannot be used.

``actors`` (by id), ``offices``, ``aliases``, ``labels`` (lists), ``nobody`` (words that are no
actor) and ``places`` (by id).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dragoman.ontologies.own.marks import Entry as Record
from dragoman.ontologies.own.marks import Faults, Marked, entries
from dragoman.register.records import bounds

PARTS: Final = ("actors", "offices", "aliases", "labels", "nobody", "places")
KINDS: Final = (
    "state", "territory", "person", "armed group", "IGO", "NGO", "party", "people", "religion",
    "company", "media", "institution",
)  # fmt: skip
FORMS: Final = ("name", "acronym", "demonym", "adjective", "capital", "metonym")
WORDS: Final = {"names": "name", "acronyms": "acronym", "adjectives": "adjective",
                "demonyms": "demonym"}  # fmt: skip
ACTOR: Final = ("name", "kind", "country", "sector", "cameo", "wikidata", "gender", "from", "to",
                *WORDS, "surnames", "also", "source")  # fmt: skip
OFFICE: Final = ("person", "office", "title", "country", "organisation", "from", "to", "gender",
                 "replaces", "source")  # fmt: skip
ALIAS: Final = ("text", "actor", "form", "instead", "also")
LABEL: Final = ("text", "actor", "category", "case")
PLACE: Final = ("name", "names", "feature", "point", "country", "administered", "claimed",
                "weight")  # fmt: skip
DATE: Final = "a date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD"
_ID = re.compile(r"[a-z]+:[a-z0-9][a-z0-9-]*")


@dataclass(slots=True)
class Parts:
    """The records of all files, in their order, each with its place."""

    actors: list[Record] = field(default_factory=list)
    offices: list[Record] = field(default_factory=list)
    aliases: list[Record] = field(default_factory=list)
    labels: list[Record] = field(default_factory=list)
    nobody: list[str] = field(default_factory=list)
    places: list[Record] = field(default_factory=list)


def read_parts(path: Path, faults: Faults, parts: Parts) -> None:
    """Add a file's records to ``parts``; what cannot be read is told to ``faults``."""
    root = faults.read(path)
    if root is None or not isinstance(root.value, dict):
        if root is not None or not faults.found:
            faults.add(path, root.line if root else 1, "", "DR096", field="the file",
                       value="no mapping" if root else "empty",
                       wanted=f"a mapping with some of: {', '.join(PARTS)}")  # fmt: skip
        return
    Record(faults, path, "", root).fields(PARTS)
    held = root.value
    for name, known in (("actors", ACTOR), ("places", PLACE)):
        for record in entries(faults, path, held.get(name), name):
            _keep(record, known, getattr(parts, name))
    for name, known in (("offices", OFFICE), ("aliases", ALIAS), ("labels", LABEL)):
        for record in _listed(faults, path, held.get(name), name):
            _keep(record, known, getattr(parts, name))
    parts.nobody += Record(faults, path, "", root).words("nobody")


def _keep(record: Record, known: tuple[str, ...], kept: list[Record]) -> None:
    record.fields(known)
    kept.append(record)


def _listed(faults: Faults, path: Path, root: Marked | None, what: str) -> Iterator[Record]:
    if root is None:
        return
    if not isinstance(root.value, list):
        faults.add(path, root.line, "", "DR096", field=what, value=type(root.value).__name__,
                   wanted="a list of records, each after a -")  # fmt: skip
        return
    for item in root.value:
        if isinstance(item.value, dict):
            named = item.value.get("person") or item.value.get("text")
            yield Record(faults, path, str(named.plain()) if named else what, item)
        else:
            faults.add(path, item.line, "", "DR096", field=what, value=item.plain(),
                       wanted="a mapping of fields")  # fmt: skip


def identifier(record: Record) -> bool:
    """Whether the record's name can be an id; told where not."""
    if _ID.fullmatch(record.name):
        return True
    record.tell("", "DR096", field="the id", value=record.name,
                wanted="an id as kind:name in lower case, such as group:river-guard")  # fmt: skip
    return False


def date(record: Record, name: str) -> str | None:
    """A field that is an ISO date or its beginning, as text; None where it is missing or no date.

    YAML reads a bare day as a date and a bare year as a number: both are meant as written.
    """
    value: Any = record.plain(name)
    if value is None:
        return None
    text = str(value)
    try:
        bounds(text)
    except (ValueError, TypeError):
        record.wrong(name, DATE)
        return None
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        record.wrong(name, DATE)
        return None
    return text


def span(record: Record) -> tuple[str | None, str | None]:
    """``from`` and ``to``; told where they run backwards."""
    first, last = date(record, "from"), date(record, "to")
    if first and last and bounds(last)[1] <= bounds(first)[0]:
        record.tell("to", "DR114", first=first, last=last)
    return first, last


def one_of(record: Record, name: str, what: str, known: tuple[str, ...]) -> str | None:
    """A field with one of the words known; None, told, for another."""
    word = record.word(name)
    return word if word is not None and record.known(name, word, what, known) else None
