"""``dragoman actors history``: who held what when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from dragoman.register import Entry, Office, Register


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its holder, and the other posts held meanwhile."""

    holder: Entry
    office: Office
    beside: tuple[Office, ...]


def history(register: Register, entry: Entry, office: str | None = None) -> list[Term]:
    """The terms of a person, or in a state or an organisation, in order of their start.

    ``office`` keeps one kind of post: its word, or its title in any case.
    """
    holders = [entry] if entry.kind == "person" else list(register.entries)
    found = [
        Term(holder, term, tuple(_beside(holder, term)))
        for holder in holders
        for term in holder.offices
        if (entry.kind == "person" or _of(entry, term)) and (not office or _is(term, office))
    ]
    return sorted(found, key=lambda term: (term.office.starts, term.office.office))


def _of(entry: Entry, term: Office) -> bool:
    if term.organisation is not None:
        return term.organisation == entry.id
    return entry.kind == "state" and term.country == entry.country


def _is(term: Office, wanted: str) -> bool:
    word = wanted.lower().replace(" ", "_").replace("-", "_")
    return term.office == word or term.title.lower() == wanted.lower()


def _beside(holder: Entry, term: Office) -> Iterator[Office]:
    for other in holder.offices:
        if other is not term and other.starts < term.ends and term.starts < other.ends:
            yield other


def to_json(terms: Sequence[Term]) -> list[dict[str, object]]:
    """The terms as JSON values; dates as far as they are known, null where open."""
    return [
        {
            "id": term.holder.id,
            "name": term.holder.name,
            **_office(term.office),
            "provenance": term.office.provenance,
            "meanwhile": [_office(other) for other in term.beside],
        }
        for term in terms
    ]


def _office(office: Office) -> dict[str, object]:
    return {
        "office": office.office,
        "title": office.title,
        "country": office.country,
        "organisation": office.organisation,
        "valid_from": office.valid_from,
        "valid_to": office.valid_to,
    }


def to_table(terms: Sequence[Term]) -> Table:
    """The terms as a table."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from dragoman.export.wording import safe

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in ("from", "to", "name", "title", "of", "meanwhile", "provenance"):
        table.add_column(column, overflow="fold")
    for term in terms:
        office = term.office
        meanwhile = "; ".join(
            f"{o.title}{f', {of}' if (of := o.organisation or o.country) else ''}"
            for o in term.beside
        )
        cells = (
            office.valid_from or "?",
            office.valid_to or "",
            term.holder.name,
            office.title,
            office.organisation or office.country or "",
            meanwhile,
            office.provenance,
        )
        table.add_row(*(Text(safe(cell)) for cell in cells))
    return table
