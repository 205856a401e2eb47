"""The register: who is who, and which office they held when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache, cached_property

from dragoman.model import Actor
from dragoman.register.heads import leading_office
from dragoman.register.loader import Content, cameo_of, load, sector_of
from dragoman.register.matching import Matcher
from dragoman.register.naming import fold
from dragoman.register.places import Gazetteer, default_gazetteer
from dragoman.register.records import Alias, Entry, Label, Match, Office, Role
from dragoman.register.roles import load_roles

# Of several offices held at once, the one a report would name.
_RANK = (
    "supreme_leader", "monarch", "head_of_state", "head_of_government", "crown_prince",
    "vice_president", "foreign_minister", "defence_minister", "minister", "secretary_general",
    "president", "director_general", "leader", "military_chief",
)  # fmt: skip
_ARTICLED = re.compile(
    r"(United |Netherlands|Philippines|Gambia|Bahamas|Maldives|Comoros|Seychelles|Holy See|"
    r".*(Republic|Union|Islands|Emirates|Nations|Organi[sz]ation|Region|Bank|Fund|Commission|"
    r"Council|Court|Agency|Party|Movement|Forces|Army|League|Guard Corps|Taliban|Houthis)\b)"
)


class Register:
    """Entries by id, by the words for them, by surname and by office.

    ``content`` and ``roles`` are what the data files hold; :func:`default_register` gives the
    register that comes with the package.
    """

    def __init__(self, content: Content, roles: dict[str, Role]) -> None:
        self._content = content
        self._roles = roles
        others = [a for a in content.aliases if not self._of_actor(a)]
        actors = [a for a in content.aliases if self._of_actor(a)]
        self._matcher = Matcher(actors, content.decoys, content.exact_labels)
        self._others = Matcher(others, (), content.exact_labels)
        self._holders: dict[tuple[str, str], list[tuple[Entry, Office]]] = {}
        self._by_words: dict[str, list[Alias]] = {}
        for entry in content.entries.values():
            for office in entry.offices:
                for of in self._owners(office):
                    self._holders.setdefault((office.office, of), []).append((entry, office))

    def _owners(self, office: Office) -> Iterable[str]:
        """The state and the organisation; a territory's posts are not its state's."""
        of = self.entry(office.organisation or "")
        country = None if of is not None and of.kind == "territory" else office.country
        return filter(None, (country, office.organisation))

    @property
    def entries(self) -> Iterable[Entry]:
        """Every entry, states first."""
        return self._content.entries.values()

    @property
    def aliases(self) -> Iterable[Alias]:
        """Every wording."""
        return tuple(self._content.aliases)

    @property
    def roles(self) -> dict[str, Role]:
        """Role nouns by their words; not to be changed."""
        return self._roles

    @property
    def content(self) -> Content:
        """What was loaded."""
        return self._content

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The package's gazetteer, with the user's places where there are any."""
        return default_gazetteer().over(self._content.places)

    def find(self, text: str) -> list[Match]:
        """The words of the text that mean an entry, leftmost-longest, never inside a word.

        Names, demonyms and adjectives match by case or wholly in capitals, labels in any case;
        diacritics and the kind of apostrophe do not matter. A possessive ``'s`` is left out. All
        that the words may mean is in ``aliases``.
        """
        return self._matcher.find(text)

    def find_others(self, text: str) -> list[Match]:
        """Loaded wordings for deeds, things and territories, which no entry stands for."""
        return self._others.find(text)

    def label(self, text: str) -> Label | None:
        """What is known of a listed wording, in any case."""
        return self._content.labels.get(fold(text).lower())

    def _of_actor(self, alias: Alias) -> bool:
        label = self.label(alias.text) if alias.form == "label" else None
        return label is None or label.of_actor

    def entry(self, id: str) -> Entry | None:
        """The entry of that id."""
        return self._content.entries.get(id)

    def surname(self, word: str) -> tuple[Entry, ...]:
        """The persons of that last name, in any case, diacritics aside."""
        ids = self._content.surnames.get(fold(word).lower(), [])
        return tuple(self._content.entries[id] for id in dict.fromkeys(ids))

    def ruler(self, name: str) -> tuple[Entry, ...]:
        """The monarchs and popes of that given name, number and house aside: "King Hassan"."""
        return tuple(self._rulers.get(fold(name).lower(), ()))

    @cached_property
    def _rulers(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if any(term.office in ("monarch", "crown_prince") for term in entry.offices):
                words = fold(entry.name).lower().split()
                for count in (1, 2):
                    if count < len(words) or len(words) == 1:
                        found.setdefault(" ".join(words[:count]), []).append(entry)
        return found

    def at(self, entry: Entry, date: dt.date | None) -> Office | None:
        """The highest office held on that day; without a date, one that has not ended."""
        if date is None:
            held = [office for office in entry.offices if not office.valid_to]
        else:
            held = [office for office in entry.offices if office.holds(date)]
        return min(held, key=_rank, default=None)

    def officeholders(self, office: str, country: str, date: dt.date | None) -> tuple[Entry, ...]:
        """Who held an office of a state (or of an organisation, by its id) on that day.

        Without a date, whoever holds it still. The latest to come in stands first.
        """
        terms = [
            (entry, term)
            for entry, term in self._holders.get((office, country), ())
            if (not term.valid_to if date is None else term.holds(date))
        ]
        terms.sort(key=lambda pair: pair[1].starts, reverse=True)
        return tuple({entry.id: entry for entry, _ in terms}.values())

    def head(self, country: str, date: dt.date | None) -> Entry | None:
        """Who leads a state on that day, by whatever office; None where nobody alone does, or the
        register does not know.
        """
        first = self.officeholders("supreme_leader", country, date)
        if first:
            return first[0] if len(first) == 1 else None
        office = leading_office(country, date)
        if office is None:
            return None
        for post in (office, "leader", "head_of_government"):
            people = self.officeholders(post, country, date)
            if post == "leader":
                people = tuple(e for e in people if self._leads_state(e, date))
            if people:
                return people[0] if len(people) == 1 else None
        return None

    def _leads_state(self, entry: Entry, date: dt.date | None) -> bool:
        """Whether somebody leads the state itself or its ruling party, rather than a movement."""
        for term in entry.offices:
            if term.office == "leader" and (date is None or term.holds(date)):
                party = self.entry(term.organisation or "")
                if party is None or (party.kind == "party" and party.sector in ("GOV", "PTY")):
                    return True
        return False

    def actor(self, id: str, date: dt.date | None) -> Actor:
        """The model's record of an entry, with the office held on that day.

        Who has left every office by then is a former official: sector ELI. Raises LookupError
        for an id that the register does not have.
        """
        entry = self.entry(id)
        if entry is None:
            raise LookupError(f"the register has no entry {id!r}: look names up with lookup()")
        office = self.at(entry, date)
        sector, cameo = self._standing(entry, office, date)
        organisation = self.entry(office.organisation or "") if office else None
        return Actor(
            id=entry.id, name=entry.name, kind=entry.kind, country=entry.country, sector=sector,
            cameo=cameo, office=self._worded(office) if office else None,
            organisation=organisation.name if organisation else None, wikidata=entry.wikidata,
            provenance=office.provenance if office else entry.provenance,
        )  # fmt: skip

    def _standing(
        self, entry: Entry, office: Office | None, date: dt.date | None
    ) -> tuple[str | None, str | None]:
        own = entry.code_at(date)
        if own is not None:
            return own[3:6] or None, own
        if office is not None:
            known = self._content.entries
            return sector_of(office, known), cameo_of(office, known)
        if not entry.offices:
            return entry.sector, entry.cameo
        if date is not None and all(date < term.starts for term in entry.offices):
            return None, entry.country
        return "ELI", f"{entry.country or ''}ELI"

    def _worded(self, office: Office) -> str:
        owner = self.entry(office.organisation or "") or self.entry(f"state:{office.country}")
        if owner is None or " of " in office.title:
            return office.title
        article = "the " if _ARTICLED.match(owner.name) else ""
        return f"{office.title} of {article}{owner.name}"

    def lookup(self, name: str, at: dt.date | None = None) -> list[Entry]:
        """Who may be meant by a name, in any case, best fit first.

        A wording's own spelling comes before another case, then surnames, then names that hold
        all the words; of equal fits, whoever was in office on the day ``at`` comes first.
        """
        wanted = fold(" ".join(name.split())).removeprefix("the ").removeprefix("The ")
        if not wanted:
            return []
        fits: dict[str, int] = {}
        for alias in self._worded_as(wanted.lower()):
            if alias.entry:
                fit = 0 if fold(alias.text) == wanted else 1
                fits[alias.entry] = min(fit, fits.get(alias.entry, 9))
        for entry in self.surname(wanted):
            fits.setdefault(entry.id, 2)
        if not fits:
            fits = dict.fromkeys(self._holding(wanted.lower().split()), 3)
        found = [(fit, self._content.entries[id]) for id, fit in fits.items()]
        found.sort(key=lambda pair: (pair[0], self._distance(pair[1], at)))
        return [entry for _, entry in found]

    def _worded_as(self, words: str) -> list[Alias]:
        if not self._by_words:
            for alias in self._content.aliases:
                known = fold(alias.text).lower().removeprefix("the ")
                self._by_words.setdefault(known, []).append(alias)
        return self._by_words.get(words, [])

    def _holding(self, words: list[str]) -> list[str]:
        wanted = set(words)
        return [
            entry.id
            for entry in self.entries
            if wanted <= set(re.split(r"[\s()–-]+", fold(entry.name).lower()))
        ]

    def _distance(self, entry: Entry, at: dt.date | None) -> tuple[int, int]:
        if entry.kind != "person":
            return 0, 0
        if self.at(entry, at) is not None:
            return 0, 1
        since = max((office.starts for office in entry.offices), default=dt.date.min)
        return 1, -since.toordinal()

    def role(self, words: str) -> Role | None:
        """The role that a noun phrase in lower case tells: "foreign minister", "protesters"."""
        return self._roles.get(words)


def _rank(office: Office) -> tuple[int, int]:
    rank = _RANK.index(office.office) if office.office in _RANK else len(_RANK)
    return rank, -office.starts.toordinal()


@cache
def default_register() -> Register:
    """The register that comes with the package, loaded once a process."""
    return Register(load(), load_roles())
