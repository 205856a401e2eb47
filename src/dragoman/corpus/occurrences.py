"""Occurrences: accounts of several reports that tell one happening, side by side."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from dragoman.corpus.accounts import Account, Party, Realm
from dragoman.corpus.blocking import pairs
from dragoman.corpus.clustering import group
from dragoman.corpus.disputes import Dispute, disputes
from dragoman.corpus.likeness import Likeness, Traits, compare, settings
from dragoman.corpus.parting import apart, parted
from dragoman.corpus.words import cosine

METHOD: Final = "occurrences 1"
"""What computed them; another number where the same accounts may come out otherwise."""
LEAST: Final = 0.3
"""The mean probability from which two groups are one: the better of two values on our own events
of ECB+ (``benchmarks/occurrence_own.py``)."""
_COPY: Final = 1.0
_AT_ONCE: Final = 20_000  # pairs


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Accounts that tell one happening, the earliest published first.

    ``documents`` counts the reports, ``independent`` those of them that are no copies of one
    another. ``first`` and ``last`` bound its days, by the accounts that are dated, else by the days
    of publication. ``confidence`` is the mean probability that two of its accounts are one
    happening; 1 where there is one account.
    """

    id: str
    type: str
    mode: str | None
    realm: Realm
    accounts: tuple[Account, ...]
    initiators: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: str | None
    first: dt.date | None
    last: dt.date | None
    documents: int
    independent: int
    confidence: float
    disputes: tuple[Dispute, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether its accounts contradict each other."""
        return bool(self.disputes)

    @property
    def events(self) -> tuple[str, ...]:
        """The ids of its accounts: reading and event."""
        return tuple(account.id for account in self.accounts)


def occurrences(
    accounts: Iterable[Account],
    stories: Mapping[str, str] | None = None,
    *,
    threshold: float = LEAST,
    network: Likeness | None = None,
) -> tuple[Occurrence, ...]:
    """The occurrences among accounts, each account in one, by day and first account.

    ``stories`` names the story of each document that is a copy of another. Ids of accounts are
    taken to be unique; the order in which they come does not matter. ``threshold`` is the mean
    probability, 0 to 1, from which two groups of accounts are one; ``network`` takes the place of
    the shipped one.
    """
    order = sorted(accounts, key=lambda account: account.id)
    held = dict(stories or {})
    likely = _likely(order, held, network or settings().plain)
    known: dict[tuple[int, int], bool] = {}

    def forbidden(one: Sequence[int], other: Sequence[int]) -> bool:
        for a in one:
            for b in other:
                pair = (a, b) if a < b else (b, a)
                if pair in likely:
                    continue
                if pair not in known:
                    known[pair] = parted(order[pair[0]], order[pair[1]]) is not None
                if known[pair]:
                    return True
        return False

    found = [
        _occurrence([order[number] for number in members], held, _mean(members, likely))
        for members in group(len(order), likely, threshold, forbidden)
    ]
    return tuple(sorted(found, key=lambda one: (one.first or dt.date.max, one.id)))


def _likely(
    accounts: Sequence[Account], stories: Mapping[str, str], network: Likeness
) -> dict[tuple[int, int], float]:
    """The probability of each pair that nothing keeps apart."""
    reports: dict[tuple[str, str], float] = {}
    found: dict[tuple[int, int], float] = {}
    waiting: list[tuple[int, int]] = []
    rows: list[list[float]] = []
    for pair in pairs(accounts):
        one, other = accounts[pair[0]], accounts[pair[1]]
        if parted(one, other) is not None:
            continue
        if _are_copies(one, other, stories):
            found[pair] = _COPY
            continue
        waiting.append(pair)
        rows.append(_row(one, other, reports))
        if len(rows) >= _AT_ONCE:
            _weigh(network, waiting, rows, found)
    _weigh(network, waiting, rows, found)
    return found


def _weigh(
    network: Likeness,
    waiting: list[tuple[int, int]],
    rows: list[list[float]],
    found: dict[tuple[int, int], float],
) -> None:
    if rows:
        found.update(zip(waiting, (float(chance) for chance in network(rows)), strict=True))
    waiting.clear()
    rows.clear()


def _row(one: Account, other: Account, reports: dict[tuple[str, str], float]) -> list[float]:
    alike = None
    if one.reading != other.reading:
        key = (one.reading, other.reading)
        if key not in reports:
            reports[key] = cosine(one.traits.report, other.traits.report)
        alike = reports[key]
    mine, yours = one.traits, other.traits
    if apart(one.initiators, other.initiators):
        # Who did it is what they may dispute: it must not tell whether it is one deed.
        mine, yours = _without_initiators(mine), _without_initiators(yours)
    return compare(mine, yours, alike)


def _without_initiators(traits: Traits) -> Traits:
    return Traits(
        traits.trigger, traits.words, traits.names, {}, traits.recipients, traits.numbers,
        traits.places, traits.report, traits.vectors,
    )  # fmt: skip


def _are_copies(one: Account, other: Account, stories: Mapping[str, str]) -> bool:
    """Whether the same sentence of one text tells them, in two copies of it."""
    story = stories.get(one.document)
    return (
        story is not None
        and one.document != other.document
        and story == stories.get(other.document)
        and one.sentence.split() == other.sentence.split()
        and one.trigger == other.trigger
        and one.status == other.status
    )


def _mean(members: Sequence[int], likely: Mapping[tuple[int, int], float]) -> float:
    chances = [likely.get(pair, 0.0) for pair in combinations(members, 2)]
    return round(sum(chances) / len(chances), 3) if chances else 1.0


def _occurrence(
    accounts: Sequence[Account], stories: Mapping[str, str], confidence: float
) -> Occurrence:
    told = sorted(accounts, key=_by_day)
    documents = {account.document for account in told}
    dated = [account for account in told if account.first and account.last]
    first = max((one.first for one in dated if one.first), default=None)
    last = min((one.last for one in dated if one.last), default=None)
    published = [one.published for one in told if one.published]
    return Occurrence(
        id=f"occurrence:{told[0].id}",
        type=_most(account.type for account in told) or "",
        mode=_most(account.mode for account in told),
        realm=told[0].realm,
        accounts=tuple(told),
        initiators=_parties(account.initiators for account in told),
        recipients=_parties(account.recipients for account in told),
        place=_most(one.place.name if one.place else None for one in told),
        first=first or (last if dated else min(published, default=None)),
        last=last or (first if dated else min(published, default=None)),
        documents=len(documents),
        independent=len({stories.get(name, name) for name in documents}),
        confidence=confidence,
        disputes=disputes(told),
    )


def _by_day(account: Account) -> tuple[dt.date, str, str, str]:
    day = account.published or dt.date.max
    return day, account.publisher or "", account.document, account.id


def _most(values: Iterable[str | None]) -> str | None:
    """What most say; of equals the one said first."""
    counts = Counter(value for value in values if value)
    return max(counts, key=lambda value: counts[value]) if counts else None


def _parties(sides: Iterable[Sequence[Party]]) -> tuple[Party, ...]:
    """All parties that are told, those of the register once; those told by kind alone only where
    there are no others.
    """
    found: dict[str, Party] = {}
    for party in (party for side in sides for party in side):
        found.setdefault(party.id or party.name.casefold(), party)
    known = [party for party in found.values() if not party.generic]
    return tuple(known or found.values())
