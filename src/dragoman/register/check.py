"""What is wrong with a register's data: for the tests, and for whoever edits the files."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterator

from dragoman.register.lookup import Register
from dragoman.register.naming import fold
from dragoman.register.records import Entry, Office, bounds

# Posts that one person holds at a time in a state.
SINGLE = frozenset(
    {"head_of_state", "head_of_government", "supreme_leader", "monarch", "crown_prince",
     "foreign_minister", "defence_minister"}
)  # fmt: skip


def check(register: Register) -> list[str]:
    """One line for each fault, in order of gravity; empty when there is none.

    Looked for: unknown ids, states and organisations; missing provenance; dates that are no
    dates or run backwards; terms without a start; two holders of one post; wordings of several
    entries that ``ambiguous.csv`` does not list; names that adopt a loaded wording. Overlaps are
    only looked for once every date can be read.
    """
    undated = list(_dates(register))
    return [
        *_references(register),
        *_provenance(register),
        *undated,
        *(() if undated else _overlaps(register)),
        *_homonyms(register),
        *_labels(register),
    ]


def _references(register: Register) -> Iterator[str]:
    states = {e.country for e in register.entries if e.kind in ("state", "territory")}
    for entry in register.entries:
        if entry.country and entry.country not in states:
            yield f"{entry.id}: unknown country {entry.country}: add it to states.csv"
        for office in entry.offices:
            if office.organisation and register.entry(office.organisation) is None:
                yield f"{entry.id}: unknown organisation {office.organisation}"
            if not office.organisation and not office.country:
                yield f"{entry.id}: {office.title} belongs to no state and no organisation"
    for alias in register.aliases:
        if alias.entry and register.entry(alias.entry) is None:
            yield f"{alias.text!r} ({alias.form}) stands for unknown entry {alias.entry}"
        if not alias.entry and alias.form != "label":
            yield f"{alias.text!r} ({alias.form}) stands for no entry"


def _provenance(register: Register) -> Iterator[str]:
    for entry in register.entries:
        if not entry.provenance or not all(office.provenance for office in entry.offices):
            yield f"{entry.id}: no provenance: say where the fact is from"


def _dates(register: Register) -> Iterator[str]:
    for entry in register.entries:
        yield from _span(entry.id, entry.valid_from, entry.valid_to)
        for office in entry.offices:
            where = f"{entry.id}, {office.title}"
            if office.valid_from is None:
                yield f"{where}: no start"
            yield from _span(where, office.valid_from, office.valid_to)


def _span(where: str, first: str | None, last: str | None) -> Iterator[str]:
    for value in (first, last):
        try:
            bounds(value or "2000")
        except ValueError:
            yield f"{where}: {value!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD"
            return
    if first and last and bounds(last)[1] <= bounds(first)[0]:
        yield f"{where}: ends {last}, before it begins {first}"


def _overlaps(register: Register) -> Iterator[str]:
    for one, first, two, second in overlaps(register):
        yield (
            f"{first.country} {first.office}: {one.name} ({first.valid_from} to"
            f" {first.valid_to or '…'}) and {two.name} ({second.valid_from} to"
            f" {second.valid_to or '…'}) overlap"
        )


def overlaps(register: Register) -> Iterator[tuple[Entry, Office, Entry, Office]]:
    """Terms, and their holders, that overlap in a post of one holder."""
    posts: dict[tuple[str, str], list[tuple[Entry, Office]]] = defaultdict(list)
    for entry in register.entries:
        for office in entry.offices:
            if office.office in SINGLE and office.country and not office.organisation:
                posts[office.office, office.country].append((entry, office))
    for terms in posts.values():
        terms.sort(key=lambda term: term[1].starts)
        for (one, first), (two, second) in itertools.pairwise(terms):
            if _latest_entry(second) < _latest_start(first):
                yield one, first, two, second


def _latest_start(office: Office) -> dt.date:
    """A term that ends some day of a month may be followed by one that begins in that month."""
    return bounds(office.valid_to)[0] if office.valid_to else office.ends


def _latest_entry(office: Office) -> dt.date:
    """The last day on which the term may have begun."""
    return bounds(office.valid_from)[1] - dt.timedelta(1) if office.valid_from else dt.date.min


def _homonyms(register: Register) -> Iterator[str]:
    meanings: dict[str, set[str]] = defaultdict(set)
    for alias in register.aliases:
        if alias.entry and alias.form != "label":
            meanings[alias.text].add(alias.entry)
    for text, entries in meanings.items():
        if len(entries) > 1 and text not in register.content.ambiguous:
            yield f"{text!r} means {', '.join(sorted(entries))}: list it in ambiguous.csv"


def _labels(register: Register) -> Iterator[str]:
    wordings = [fold(a.text).lower() for a in register.aliases if a.form == "label"]
    for entry in register.entries:
        if entry.id in register.content.self_names:
            continue
        name = f" {fold(entry.name).lower()} "
        adopted = next((word for word in wordings if f" {word} " in name), None)
        if adopted is not None:
            yield f"{entry.id}: the name {entry.name!r} adopts the wording {adopted!r}"
