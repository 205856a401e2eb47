"""Reading the register's data files.

``states.csv`` states and territories; ``organisations/`` a file for each kind: groups, parties,
institutions, peoples and so on; ``leaders.csv`` terms of office, one a row; ``ministers.csv``
those of foreign and defence ministers; ``officials.csv`` those of other persons of note, from
vice presidents to leaders of movements; ``leaders_more.csv`` and ``leaders_1945.csv`` heads of
state and government, compiled from published lists for what ``leaders.csv`` leaves out;
``persons.csv`` spellings and surnames; ``metonyms.csv`` further words; ``ambiguous.csv`` words
with several meanings; ``labels.yaml`` loaded wordings; ``decoys.csv`` phrases that hold a name
but mean nothing here; ``roles.yaml`` role nouns. Lists within a cell are parted by semicolons.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Final

import yaml

from dragoman.register.naming import fold, slug, spellings, surnames
from dragoman.register.records import Alias, Entry, Label, Office

_PACKAGE: Final = "dragoman.register"
_YAML: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# A post outside the executive puts its holder in another sector than GOV.
_SECTOR_OF_OFFICE: Final[Mapping[str, str]] = {
    "military_chief": "MIL",
    "speaker": "LEG",
    "prosecutor": "JUD",
    "central_intelligence": "SPY",
    "opposition_leader": "OPP",
    "activist": "SOC",
    "rebel_leader": "REB",
    "religious_leader": "REL",
    "crime_boss": "CRM",
    "legislator": "LEG",
    "union_leader": "LAB",
}

# Files with terms of office; where two know a person, the first one's spelling counts.
TERMS: Final = (
    "leaders.csv",
    "leaders_more.csv",
    "leaders_1945.csv",
    "ministers.csv",
    "officials.csv",
)

Row = Mapping[str, str]


@dataclass(slots=True)
class Content:
    """Everything the data files say. ``surnames`` maps a folded lower-case word to person ids,
    ``labels`` a folded lower-case wording to what is known of it, ``categories`` the ways of
    judging to what they mean. ``places`` are a user's own, in the form of ``regions`` in
    ``places.yaml``.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    aliases: list[Alias] = field(default_factory=list)
    surnames: dict[str, list[str]] = field(default_factory=dict)
    decoys: list[str] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    exact_labels: set[str] = field(default_factory=set)
    self_names: frozenset[str] = frozenset()
    ambiguous: frozenset[str] = frozenset()
    places: tuple[Mapping[str, Any], ...] = ()


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the register by column name. Raises FileNotFoundError."""
    text = files(_PACKAGE).joinpath("data", name).read_text(encoding="utf-8")
    rows = csv.reader(io.StringIO(text))
    header = next(rows)
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_yaml(name: str) -> Any:
    """The content of a YAML file of the register."""
    text = files(_PACKAGE).joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_YAML)


def organisation_files() -> list[str]:
    """The files of organisations and peoples, for :func:`read_rows`, in order of their names."""
    folder = files(_PACKAGE).joinpath("data", "organisations")
    names = sorted(item.name for item in folder.iterdir())
    return [f"organisations/{name}" for name in names if name.endswith(".csv")]


def load() -> Content:
    """The whole register as records. Raises ValueError where two rows have one id."""
    content = Content()
    content.ambiguous = frozenset(row["text"] for row in read_rows("ambiguous.csv"))
    for row in read_rows("states.csv"):
        _add(content, _state(row), _state_words(row))
    for name in organisation_files():
        for row in read_rows(name):
            _add(content, _organisation(row), _organisation_words(row))
    _add_persons(content)
    for row in read_rows("metonyms.csv"):
        content.aliases.append(Alias(row["text"], row["entry"], row["form"], row["category"]))
    _add_labels(content)
    content.decoys = [row["text"] for row in read_rows("decoys.csv")]
    return content


def _add(content: Content, entry: Entry, words: Iterable[tuple[str, str, str | None]]) -> None:
    if entry.id in content.entries:
        raise ValueError(f"two rows of the register have the id {entry.id}: rename one")
    content.entries[entry.id] = entry
    seen = set()
    for text, form, category in words:
        if not text or (text, form) in seen:
            continue
        seen.add((text, form))
        if category is None and text in content.ambiguous:
            category = "homonym"
        content.aliases.append(Alias(text, entry.id, form, category))


def _cells(value: str) -> list[str]:
    return value.split(";") if value else []


def _state(row: Row) -> Entry:
    return Entry(
        id=row["id"], name=row["name"], kind=row["kind"], country=row["iso3"] or None,
        cameo=row["cameo"] or None, wikidata=row["wikidata"] or None,
        valid_from=row["valid_from"] or None, valid_to=row["valid_to"] or None,
        provenance=row["provenance"],
    )  # fmt: skip


def _state_words(row: Row) -> Iterator[tuple[str, str, str | None]]:
    for text in (row["name"], row["official"], *_cells(row["variants"])):
        acronym = len(text) <= 6 and text.replace(".", "").isupper()
        yield text, "acronym" if acronym else "name", None
    for text in _cells(row["former"]):
        yield text, "name", "former"
    for text in _cells(row["adjectives"]):
        yield text, "adjective", None
    for text in _cells(row["demonyms"]):
        yield text, "demonym", None
    for text in _cells(row["capitals"]):
        yield text, "capital", None


def _organisation(row: Row) -> Entry:
    return Entry(
        id=row["id"], name=row["name"], kind=row["kind"], country=row["country"] or None,
        sector=row["sector"] or None, cameo=row["cameo"] or None,
        wikidata=row["wikidata"] or None, valid_from=row["valid_from"] or None,
        valid_to=row["valid_to"] or None, provenance=row["provenance"],
    )  # fmt: skip


def _organisation_words(row: Row) -> Iterator[tuple[str, str, str | None]]:
    # A name told apart by a bracket is not written so in reports.
    if "(" not in row["name"]:
        yield row["name"], "demonym" if row["name"] in _cells(row["demonyms"]) else "name", None
    for column, form in (
        ("names", "name"),
        ("acronyms", "acronym"),
        ("adjectives", "adjective"),
        ("demonyms", "demonym"),
    ):
        for text in _cells(row[column]):
            yield text, form, None


# ---------------------------------------------------------------- persons


def _add_persons(content: Content) -> None:
    extra = {row["name"]: row for row in read_rows("persons.csv")}
    terms: dict[str, list[dict[str, str]]] = {}
    for row in (row for name in TERMS for row in read_rows(name)):
        terms.setdefault(row["name"], []).append(row)
    for name, rows in terms.items():
        more = extra.get(name, {})
        entry = _person(name, rows, more, content.entries)
        _add(content, entry, _person_words(entry, more))
        known = surnames(name, entry.country)
        told = _cells(more.get("surnames", ""))
        if told:
            known = (*told, *(word for word in known if " " in word))
        for word in dict.fromkeys(known):
            content.surnames.setdefault(fold(word).lower(), []).append(entry.id)


def _person(name: str, rows: list[dict[str, str]], more: Row, known: Mapping[str, Entry]) -> Entry:
    rows.sort(key=lambda row: row["valid_from"])
    offices = tuple(
        Office(
            row["office"], row["title"], row["country"] or None, row["organisation"] or None,
            row["valid_from"] or None, row["valid_to"] or None, row["provenance"],
        )
        for row in rows
    )  # fmt: skip
    last = offices[-1]
    country = next((office.country for office in reversed(offices) if office.country), None)
    sector = sector_of(last, known)
    return Entry(
        id=f"person:{slug(name)}", name=name, kind="person", country=country, sector=sector,
        cameo=cameo_of(last, known), wikidata=more.get("wikidata") or None, offices=offices,
        gender=rows[-1]["gender"] or None,
        provenance=last.provenance,
    )  # fmt: skip


def sector_of(office: Office, known: Mapping[str, Entry]) -> str:
    """PLOVER's sector of whoever holds the office."""
    organisation = known.get(office.organisation or "")
    if organisation is not None and organisation.kind != "territory" and organisation.sector:
        return organisation.sector
    return _SECTOR_OF_OFFICE.get(office.office, "GOV")


def cameo_of(office: Office, known: Mapping[str, Entry]) -> str:
    """The CAMEO actor code of whoever holds the office: the state's, then the sector's."""
    organisation = known.get(office.organisation or "")
    if organisation is not None and organisation.cameo and organisation.kind != "territory":
        return organisation.cameo
    state = known.get(f"state:{office.country}")
    code = state.cameo if state is not None and state.cameo else office.country or ""
    return code + sector_of(office, known)


def _person_words(entry: Entry, more: Row) -> Iterator[tuple[str, str, str | None]]:
    for text in spellings(entry.name, entry.country):
        yield text, "name", None
    for alias in _cells(more.get("aliases", "")):
        for text in spellings(alias, entry.country):
            yield text, "name", None


# ---------------------------------------------------------------- labels


def _add_labels(content: Content) -> None:
    data = read_yaml("labels.yaml")
    content.self_names = frozenset(data["self_names"])
    content.categories = data["categories"]
    for conflict in data["conflicts"]:
        for side in conflict["sides"]:
            _add_side(content, side, conflict["name"])
    _add_side(content, data["general"], "")


def _add_side(content: Content, side: Mapping[str, Any], conflict: str) -> None:
    for row in side["labels"]:
        label = Label(
            text=row["text"], entry=row["entry"], category=row["category"],
            neutral=row.get("neutral"), among_people=row.get("when") == "people",
            by=side["by"], conflict=conflict,
        )  # fmt: skip
        content.labels[fold(label.text).lower()] = label
        content.aliases.append(Alias(label.text, label.entry, "label", label.category))
        if row.get("case") == "exact":
            content.exact_labels.add(label.text)
