"""Which person of the register a title and a name mean at the report's date.

An office, the country beside it, the date and what else the report speaks of decide; spelling
alone never does.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Sequence
from typing import Final

from dragoman.language.analysis import Token
from dragoman.language.lexicon import load_yaml
from dragoman.mentions.drafts import Setting
from dragoman.mentions.people import Introduction, role_ending_at, text_of
from dragoman.register import Entry, Office
from dragoman.register.naming import bare, fold

# Titles that heads and ministers bear beside their office's: "General Zia", "Archbishop Makarios".
_BORNE: Final = frozenset({"GOV", "MIL", "REL", "PTY", "REB", "OPP", "IGO"})
_HEADS: Final = frozenset(
    {"supreme_leader", "monarch", "head_of_state", "head_of_government", "leader"}
)
# A surname alone, of several, is not that of who is known otherwise than by high office.
_MINOR: Final = frozenset(
    {"activist", "official", "legislator", "rebel_leader", "religious_leader", "union_leader",
     "crime_boss", "party_official", "envoy", "ambassador", "spokesperson", "former"}
)  # fmt: skip
_DEPUTIES: Final = frozenset({"vice_president", "deputy_head_of_government"})
_RULING: Final = frozenset({"monarch", "crown_prince"})
_BELOW: Final = ("deputy", "vice", "assistant", "under")
_ALIKE: Final = 0.72  # of letters shared, for a given name under the right surname and office


def by_name(
    name: Sequence[Token], intro: Introduction | None, setting: Setting, text: str
) -> Entry | None:
    """Whom a surname, or a name spelled otherwise behind the right office, means; None when nobody
    or several remain.
    """
    words = text_of(name, text)
    people = setting.register.surname(words)
    role = intro.role if intro is not None else None
    if role is not None and role.office in _RULING:
        people = (*people, *setting.register.ruler(words))
    if intro is not None and intro.former:
        return _former(people, intro, setting)
    if people:
        return _in_office(people, intro, setting) or _near_office(people, intro, setting)
    return _spelled_otherwise(words, intro, setting) if intro is not None else None


def _in_office(
    people: Sequence[Entry], intro: Introduction | None, setting: Setting
) -> Entry | None:
    held = [(e, _terms(e, lambda office: _holds(office, setting))) for e in people]
    if intro is None and len(people) > 1:
        held = [(e, [t for t in terms if t.office not in _MINOR]) for e, terms in held]
    able = [(e, terms) for e, terms in held if terms and _may_be(e, intro, setting)]
    role = intro.role if intro else None
    wanted = role.office if role else None
    fitting = [e for e, terms in able if wanted in {term.office for term in terms}]
    if not fitting:
        below = wanted in _DEPUTIES or (role is not None and role.text.startswith(_BELOW))
        fitting = [] if below else [e for e, _ in able]
    in_full = [e for e in fitting if e.id in setting.named]
    fitting = in_full if len(in_full) == 1 else fitting
    if len({e.country for e in fitting}) > 1:
        most = _spoken_of(fitting, setting)
        fitting = [e for e in fitting if e.country == most]
    found = fitting[0] if len(fitting) == 1 else _highest(fitting, setting)
    if found is None or intro is not None or _is_known(found, people, setting):
        return found
    return None


def _near_office(
    people: Sequence[Entry], intro: Introduction | None, setting: Setting
) -> Entry | None:
    """Who left the office said not long before the date, or, called general or the like in a report
    about his country, was to come into one: "General Kagame" in May 1994.
    """
    role = intro.role if intro is not None else None
    if role is None or setting.date is None or role.text.startswith(_BELOW):
        return None
    reach = dt.timedelta(days=365 * (1 if role.office else 3))
    low, high = setting.date - reach, setting.date + reach
    found = []
    for entry in people:
        if not _may_be(entry, intro, setting):
            continue
        terms = _terms(entry, lambda term: low < term.ends and term.starts < high)
        if role.office:
            terms = [t for t in terms if t.office == role.office and t.ends <= setting.date]
        if terms and setting.spoken_of.get(entry.country or "", 0):
            found.append(entry)
    return found[0] if len(found) == 1 else None


def _terms(entry: Entry, fits: Callable[[Office], bool]) -> list[Office]:
    return [office for office in entry.offices if fits(office)]


def _holds(office: Office, setting: Setting) -> bool:
    return not office.valid_to if setting.date is None else office.holds(setting.date)


def _may_be(entry: Entry, intro: Introduction | None, setting: Setting) -> bool:
    """Whether country and sector of the words before a name leave it this person's."""
    if intro is None:
        return True
    if intro.country and entry.country not in (None, intro.country):
        return False
    if intro.role is None or intro.role.office or intro.role.sector in _BORNE:
        return True
    sectors = {setting.register.actor(entry.id, setting.date).sector, entry.sector}
    return intro.role.sector in sectors


def _spoken_of(people: Sequence[Entry], setting: Setting) -> str | None:
    """That of their countries of which the report speaks most."""
    codes = {e.country for e in people if e.country}
    counted = sorted(((setting.spoken_of.get(code, 0), code) for code in codes), reverse=True)
    if not counted or not counted[0][0]:
        return None
    return counted[0][1] if len(counted) == 1 or counted[0][0] > counted[1][0] else None


def _highest(people: Sequence[Entry], setting: Setting) -> Entry | None:
    """The one who leads, of several ministers of a state; a minister is told by the title."""
    heads = [
        e for e in people
        if any(term.office in _HEADS and _holds(term, setting) for term in e.offices)
    ]  # fmt: skip
    return heads[0] if len(heads) == 1 else None


def _is_known(entry: Entry, people: Sequence[Entry], setting: Setting) -> bool:
    """Whether a surname alone is enough: nobody else of the register has it, or the report speaks
    of the country, or all reports do.
    """
    if len(people) == 1 or setting.spoken_of.get(entry.country or "", 0):
        return True
    return entry.country in load_yaml("dragoman.mentions", "reference.yaml")["prominent"]


def _former(people: Sequence[Entry], intro: Introduction, setting: Setting) -> Entry | None:
    """Who held the office before the date; of several, the one whose term ended last, where the
    country is said or they are of one.
    """
    wanted = intro.role.office if intro.role else None
    found: list[tuple[Office, Entry]] = []
    for entry in people:
        if intro.country and entry.country not in (None, intro.country):
            continue
        terms = _terms(entry, lambda term: _is_past(term, setting))
        fitting = [t for t in terms if t.office == wanted] if wanted else terms
        if fitting:
            found.append((fitting[-1], entry))
    entries = [entry for _, entry in found]
    if len({entry.country for entry in entries}) > 1:
        most = _spoken_of(entries, setting)
        found = [pair for pair in found if pair[1].country == most]
    return max(found, key=lambda pair: pair[0].ends)[1] if found else None


def _is_past(office: Office, setting: Setting) -> bool:
    if setting.date is None:
        return bool(office.valid_to)
    return office.ends <= setting.date


def _spelled_otherwise(words: str, intro: Introduction, setting: Setting) -> Entry | None:
    """ "President Hosny Mubarak": the office and the surname are his, the given name nearly."""
    if intro.role is None or intro.role.office is None:
        return None
    parts = words.split()
    for cut in range(1, len(parts)):
        family = " ".join(parts[cut:])
        people = setting.register.surname(family) or setting.register.surname(bare(family))
        alike = [e for e in people if _is_alike(parts[:cut], e.name)]
        if people:
            found = [e for e in alike if _may_be(e, intro, setting)]
            terms = {e.id: _terms(e, lambda office: _holds(office, setting)) for e in found}
            fitting = [
                e for e in found if intro.role.office in {term.office for term in terms[e.id]}
            ]
            return fitting[0] if len(fitting) == 1 else None
    return None


def _is_alike(given: Sequence[str], name: str) -> bool:
    ours = [fold(word).lower().strip(".") for word in given]
    theirs = [fold(word).lower().strip(".") for word in name.split()[:-1]]
    return any(
        one == other
        or (len(one) > 3 and difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE)
        for one in ours
        for other in theirs
    )


# ---------------------------------------------------------------- names that are also roles


def is_surname(phrase: Sequence[Token], setting: Setting, text: str) -> bool:
    """Whether the last word, though it names a role as well, is a surname here: that of somebody
    whom the report gives in full, or of who holds the office said before it: "Prime Minister
    Major".
    """
    last = phrase[-1]
    if not last.text.istitle() or last.pos != "PROPN":
        return False
    if len(phrase) == 1:
        return last.text in setting.surnames
    before = role_ending_at(phrase[:-1], len(phrase) - 2, setting, text)
    if before is None or before[0].office is None:
        return last.text in setting.surnames
    return any(
        term.office == before[0].office and _holds(term, setting)
        for entry in setting.register.surname(last.text)
        for term in entry.offices
    )
