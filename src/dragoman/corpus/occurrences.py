"""Occurrences: accounts of several reports that tell one happening, side by side."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, Final

import numpy as np

from dragoman.corpus.accounts import Account, Party, Realm
from dragoman.corpus.blocking import Looked, looked_at
from dragoman.corpus.clustering import connected, group
from dragoman.corpus.disputes import Dispute, disputes
from dragoman.corpus.likeness import Likeness, Traits, compare, settings
from dragoman.corpus.parting import apart, parted
from dragoman.corpus.repeats import Repeat, repeats
from dragoman.corpus.words import cosine

METHOD: Final = "occurrences 2"
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
    happening; 1 where there is one account. ``crowded`` says that one of its
    accounts shares kind, days, and parties, places or words with more others than it was compared
    with, half of which are likely to tell the same: more that tell of this happening may stand in
    occurrences of their own.
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
    crowded: bool = False

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
    judge = _Judge(order, held, network or settings().plain)
    found = [
        _occurrence([order[number] for number in one.members], held, one)
        for one in _groups(order, judge, threshold)
    ]
    return tuple(sorted(found, key=lambda one: (one.first or dt.date.max, one.id)))


@dataclass(frozen=True, slots=True)
class _Grouped:
    """Numbers of accounts that tell one happening."""

    members: list[int]
    confidence: float
    crowded: bool


def _groups(accounts: Sequence[Account], judge: _Judge, threshold: float) -> Iterator[_Grouped]:
    told = repeats(accounts, judge.chances)
    firsts = [accounts[one.members[0]] for one in told]
    looked = looked_at(firsts)
    kept = [
        parted(firsts[a], firsts[b]) is None
        for low in range(0, len(looked.pairs), _AT_ONCE)
        for a, b in looked.pairs[low : low + _AT_ONCE].tolist()
    ]
    pairs = looked.pairs[np.array(kept, bool)]
    chances = judge.weighed(np.array([one.members[0] for one in told], np.int64)[pairs])
    crowded = _crowded(looked, pairs[chances >= threshold])
    # Groups that no likely pair connects can never become one: each such part is grouped by itself.
    parts = connected(len(told), pairs[chances >= threshold].tolist())
    for part, likely in zip(parts, _within(parts, pairs, chances), strict=True):
        apart_ = _Apart([firsts[number] for number in part], likely)
        sizes = [len(told[number].members) for number in part]
        for group_ in group(len(part), likely, threshold, apart_, sizes):
            ones = [told[part[place]] for place in group_]
            yield _Grouped(
                sorted(number for one in ones for number in one.members),
                _mean(group_, ones, likely),
                any(part[place] in crowded for place in group_),
            )


def _crowded(looked: Looked, likely: Any) -> set[int]:
    """Those in a crowd of which half of the others that they were compared with are likely to tell
    the same: then some of those passed over are likely to as well.
    """
    if not looked.crowded:
        return set()
    least = max(looked.crowded) + 1
    all_, kept = (np.bincount(rows.ravel(), minlength=least) for rows in (looked.pairs, likely))
    return {one for one in looked.crowded if 2 * kept[one] >= all_[one] > 0}


def _within(
    parts: Sequence[Sequence[int]], pairs: Any, chances: Any
) -> Iterator[dict[tuple[int, int], float]]:
    """The probabilities between members of each part, by their places in it."""
    count = sum(map(len, parts))
    part_of, place = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for number, part in enumerate(parts):
        part_of[part], place[part] = number, range(len(part))
    inside = part_of[pairs[:, 0]] == part_of[pairs[:, 1]]
    pairs, chances = pairs[inside], chances[inside]
    order = np.argsort(part_of[pairs[:, 0]], kind="stable")
    pairs, chances = pairs[order], chances[order]
    bounds = np.searchsorted(part_of[pairs[:, 0]], np.arange(len(parts) + 1))
    for low, high in pairwise(bounds.tolist()):
        ends = place[pairs[low:high]].tolist()
        yield {
            (a, b): chance for (a, b), chance in zip(ends, chances[low:high].tolist(), strict=True)
        }


class _Apart:
    """Whether two groups hold accounts that cannot tell one happening."""

    def __init__(
        self, accounts: Sequence[Account], likely: Mapping[tuple[int, int], float]
    ) -> None:
        self._accounts = accounts
        self._likely = likely
        self._known: dict[tuple[int, int], bool] = {}

    def __call__(self, one: Sequence[int], other: Sequence[int]) -> bool:
        return any(self._are_apart((a, b) if a < b else (b, a)) for a in one for b in other)

    def _are_apart(self, pair: tuple[int, int]) -> bool:
        if pair in self._likely:
            return False
        if pair not in self._known:
            a, b = (self._accounts[number] for number in pair)
            self._known[pair] = parted(a, b) is not None
        return self._known[pair]


class _Judge:
    """How likely pairs of accounts tell one happening."""

    def __init__(
        self, accounts: Sequence[Account], stories: Mapping[str, str], network: Likeness
    ) -> None:
        self._accounts = accounts
        self._stories = stories
        self._network = network

    def chances(self, pairs: Sequence[tuple[int, int]]) -> Sequence[float]:
        """The probabilities of pairs of numbers, in their order."""
        found: list[float] = self.weighed(np.array(pairs, np.int64).reshape(-1, 2)).tolist()
        return found

    def weighed(self, pairs: Any) -> Any:
        """The same for an array with a row a pair."""
        found = np.zeros(len(pairs), np.float32)
        for low in range(0, len(pairs), _AT_ONCE):
            found[low : low + _AT_ONCE] = self._some(pairs[low : low + _AT_ONCE].tolist())
        return found

    def _some(self, pairs: Sequence[Sequence[int]]) -> Any:
        found = np.full(len(pairs), _COPY, np.float32)
        places: list[int] = []
        rows: list[list[float]] = []
        reports: dict[tuple[str, str], float] = {}
        for place, (a, b) in enumerate(pairs):
            one, other = self._accounts[a], self._accounts[b]
            if not _are_copies(one, other, self._stories):
                places.append(place)
                rows.append(_row(one, other, reports))
        if rows:
            found[places] = self._network(rows)
        return found


def _row(one: Account, other: Account, reports: dict[tuple[str, str], float]) -> list[float]:
    alike = None
    if one.reading != other.reading:
        key = (one.reading, other.reading)
        if key not in reports:
            lengths = one.traits.lengths[-1], other.traits.lengths[-1]
            reports[key] = cosine(one.traits.report, other.traits.report, lengths)
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


def _mean(
    places: Sequence[int], told: Sequence[Repeat], likely: Mapping[tuple[int, int], float]
) -> float:
    """The mean probability of all pairs of accounts; those in the same words are as likely as
    their first, and among themselves as likely as with it.
    """
    total = pairs = 0.0
    for one in told:
        count = len(one.members)
        if one.chances:
            total += sum(one.chances) / len(one.chances) * count * (count - 1) / 2
        pairs += count * (count - 1) / 2
    for (a, one), (b, other) in combinations(zip(places, told, strict=True), 2):
        count = len(one.members) * len(other.members)
        total += likely.get((a, b), 0.0) * count
        pairs += count
    return round(total / pairs, 3) if pairs else 1.0


def _occurrence(
    accounts: Sequence[Account], stories: Mapping[str, str], grouped: _Grouped
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
        confidence=grouped.confidence,
        disputes=disputes(told),
        crowded=grouped.crowded,
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
