"""What the register holds: entries, the offices persons held, the words for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

Precise = str


@lru_cache(maxsize=16384)
def bounds(value: Precise) -> tuple[dt.date, dt.date]:
    """First day of an ISO prefix date and the first day after it.

    ``"2024-07"`` gives 2024-07-01 and 2024-08-01. Raises ValueError for anything but
    ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    """
    numbers = [int(part) for part in value.split("-")]
    if len(numbers) == 1:
        return dt.date(numbers[0], 1, 1), dt.date(numbers[0] + 1, 1, 1)
    if len(numbers) == 2:
        year, month = numbers
        return dt.date(year, month, 1), dt.date(year + month // 12, month % 12 + 1, 1)
    day = dt.date.fromisoformat(value)
    return day, day + dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Office:
    """A term of office, from ``valid_from`` on until the day before ``valid_to``.

    ``office`` is one word for comparable posts (head_of_state, head_of_government, monarch,
    supreme_leader, foreign_minister, defence_minister, leader, …); ``title`` is how this one is
    called. Of two holders on the day of a handover the incoming one counts. A date that is only
    known to the month or year ends with the end of that month or year.
    """

    office: str
    title: str
    country: str | None
    organisation: str | None
    valid_from: Precise | None
    valid_to: Precise | None
    provenance: str

    def holds(self, date: dt.date) -> bool:
        """Whether the term covers the day."""
        return self.starts <= date < self.ends

    @property
    def starts(self) -> dt.date:
        """The first day that may belong to the term."""
        return bounds(self.valid_from)[0] if self.valid_from else dt.date.min

    @property
    def ends(self) -> dt.date:
        """The first day after the term; the last day of the calendar when it is open."""
        if not self.valid_to:
            return dt.date.max
        first, after = bounds(self.valid_to)
        return first if len(self.valid_to) == 10 else after


@dataclass(frozen=True, slots=True)
class DatedCode:
    """A CAMEO actor code borne from ``first`` to ``last``, both included, None where open."""

    code: str
    first: dt.date | None = None
    last: dt.date | None = None

    def holds(self, date: dt.date | None) -> bool:
        """Whether it is borne on that day; without a date, whether it is borne at all times."""
        if self.first is None and self.last is None:
            return True
        if date is None:
            return False
        return (self.first or date) <= date <= (self.last or date)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody or something that acts. ``name`` is neutral: never a loaded wording.

    ``kind`` is state, territory, person, armed group, IGO, NGO, party, people, religion,
    company, media or institution; ``country`` ISO 3166-1 alpha-3 (XKX for Kosovo); ``sector``
    PLOVER's; ``cameo`` the CAMEO actor code, of a people with the ethnic group in lower case.
    ``gender`` is m or f, for persons. ``codes`` are what a dictionary of the user's says of it;
    they go before the rest.
    """

    id: str
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    cameo: str | None = None
    wikidata: str | None = None
    offices: tuple[Office, ...] = ()
    gender: str | None = None
    valid_from: Precise | None = None
    valid_to: Precise | None = None
    provenance: str = ""
    codes: tuple[DatedCode, ...] = ()

    def code_at(self, date: dt.date | None) -> str | None:
        """The dictionary's code on a day: the first one with dates that fits, else one without."""
        fitting = [c for c in self.codes if c.holds(date)]
        dated = [c for c in fitting if c.first or c.last]
        return next((c.code for c in (*dated, *fitting)), None)


@dataclass(frozen=True, slots=True)
class Alias:
    """Words for an entry.

    ``form`` is name, acronym, demonym, adjective, capital, metonym or label. A label is a loaded
    wording: ``category`` says in what way it judges, and ``entry`` is "" where it names nobody by
    itself. For the other forms ``category`` is ``homonym`` where the words also mean something
    else, inside the register or outside it, ``former`` for a name no longer used, or what a
    metonym stands for.
    """

    text: str
    entry: str
    form: str
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A loaded wording as the register lists it.

    ``category`` says in what way it judges; ``entry`` whom it means by itself, "" for nobody;
    ``neutral`` is a plain word for a deed or thing. With ``among_people`` it counts only where
    people are called so. ``by`` says who mostly uses it, ``conflict`` in which one, "" in any.
    """

    text: str
    entry: str
    category: str
    neutral: str | None = None
    among_people: bool = False
    by: str = ""
    conflict: str = ""

    @property
    def of_actor(self) -> bool:
        """Whether it is a wording for somebody, rather than for a deed, a thing or a territory."""
        return bool(self.entry) or not (self.neutral or self.category in ("act", "territory"))


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a text, ``text[start:end]``, and everything they may mean."""

    start: int
    end: int
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A noun that tells what somebody is: ``sector`` is PLOVER's, ``office`` the post it names.

    ``person`` marks one human being, ``group`` a body of people. ``cameo`` is a dictionary's code
    for it, with ``~`` where the owner's code goes.
    """

    text: str
    sector: str
    office: str | None = None
    person: bool = False
    group: bool = False
    gender: str | None = None
    cameo: str | None = None
