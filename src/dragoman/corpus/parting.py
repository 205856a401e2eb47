"""What keeps two accounts apart, however alike their words are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dragoman.corpus.accounts import Account, Party
from dragoman.corpus.blocking import window
from dragoman.corpus.words import stem, weighted
from dragoman.model import Place

MATERIAL: Final = (2, 4)
"""Quad classes of deeds, which two sides may tell of different doers; words have one speaker."""
_WIDE: Final = frozenset({"country", "region", "state", "province", "continent", "sea"})


def parted(one: Account, other: Account) -> str | None:
    """Why two accounts cannot tell one happening; None where nothing forbids it."""
    if one.realm != other.realm:
        return "one is told as happened, the other is not"
    if one.type != other.type and not _same_word(one, other):
        return "types"
    if one.mode and other.mode and one.mode != other.mode and not _same_word(one, other):
        return "modes"
    if _days_apart(one, other):
        return "days"
    if places_apart(one.place, other.place):
        return "places"
    if one.sites and other.sites and not one.sites & other.sites:
        return "sites"
    return _parties_apart(one, other)


def _same_word(one: Account, other: Account) -> bool:
    return bool(one.traits.trigger.keys() & other.traits.trigger.keys())


def _days_apart(one: Account, other: Account) -> bool:
    days, others = window(one), window(other)
    if days is None or others is None:
        return False
    return days[1] < others[0] or others[1] < days[0]


def places_apart(one: Place | None, other: Place | None) -> bool:
    """Whether neither place can lie within the other."""
    if one is None or other is None or one.id == other.id:
        return False
    if one.country and other.country and one.country != other.country:
        return True
    return one.feature not in _WIDE and other.feature not in _WIDE


def _parties_apart(one: Account, other: Account) -> str | None:
    if one.reciprocal or other.reciprocal:
        sides = _all(one), _all(other)
        missing = [_unmatched(a, b) for a, b in (sides, sides[::-1])]
        return "parties" if all(missing) else None
    if apart(one.recipients, other.recipients):
        return "recipients"
    if not apart(one.initiators, other.initiators):
        return None
    if one.quad not in MATERIAL or other.quad not in MATERIAL:
        return "initiators"
    if _are_crossed(one, other):
        return "each is the other's recipient"
    return None if _at_one_spot(one, other) else "initiators, and no spot in common"


def _all(account: Account) -> tuple[Party, ...]:
    return (*account.initiators, *account.recipients)


def _unmatched(some: Sequence[Party], others: Sequence[Party]) -> bool:
    known = [one for one in some if _is_known(one)]
    return bool(others) and any(not any(related(a, b) for b in others) for a in known)


def _are_crossed(one: Account, other: Account) -> bool:
    pairs = ((one.initiators, other.recipients), (other.initiators, one.recipients))
    return all(any(related(a, b) for a in some for b in others) for some, others in pairs)


def _at_one_spot(one: Account, other: Account) -> bool:
    """Whether they name a common place that is no whole country, or a common site."""
    if one.sites & other.sites:
        return True
    if one.place is None or other.place is None:
        return bool(_beside_parties(one) & _beside_parties(other))
    return one.place.id == other.place.id and one.place.feature != "country"


def _beside_parties(account: Account) -> set[str]:
    """Names in the sentence that are nobody's who takes part or speaks."""
    people = (*(one.name for one in _all(account)), *account.speakers)
    held = {stem(word) for name in people for word in name.split()}
    return set(account.traits.names) - held


def apart(some: Sequence[Party], others: Sequence[Party]) -> bool:
    """Whether both sides are known, and nobody of the one is or may be anybody of the other."""
    if not some or not others or not all(map(_is_known, (*some, *others))):
        return False
    return not any(related(one, other) for one in some for other in others)


def _is_known(party: Party) -> bool:
    """Whether it can be told from others: by the register, or as a person by name."""
    return party.id is not None or (party.kind == "person" and not party.generic)


def related(one: Party, other: Party) -> bool:
    """Whether two parties are one, or one is a state and the other acts in its name or is named
    like the other.
    """
    if one.id is not None and one.id == other.id:
        return True
    if one.country and one.country == other.country and "state" in (one.kind, other.kind):
        return True
    if one.id is not None and other.id is not None:
        return False
    words, more = (weighted(party.name.split()) for party in (one, other))
    return any(value > 0.3 and key in more for key, value in words.items())
