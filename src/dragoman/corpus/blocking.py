"""Pairs of accounts that may tell one happening, found without comparing each with each.

Two accounts come together where they are of one type (or go by one trigger), of one realm, and lie
in one stretch of days. Where these are more than :data:`CROWD`, they must share an anchor: a party,
a place, a kind of site, a name of their sentence or one of the words that tell most; where that
leaves too many, two of these; where that does, each meets those beside it only, by day and words.
Of all that it comes together with an account is compared with those that share most with it,
:data:`MOST` at most. So the work an account is bounded, however many there are and however crowded
a day is.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dragoman.corpus.accounts import Account

CROWD: Final = 64
MOST: Final = 32
"""Others of one type or trigger and one stretch of days that an account is compared with."""
LATEST: Final = 7
"""Days that may lie between a happening and a report that does not date it."""
_NEIGHBOURS: Final = 8  # on each side
_FEWEST: Final = 3  # crowds of two anchors in which neighbours are looked for, the smallest first
_ANCHORS: Final = 12  # crowded anchors of an account that are put together by two
_TELLING: Final = 5  # words of a sentence
_STRETCH: Final = 8  # days
_ERA: Final = 366  # days
_FINE: Final = 31  # days that a dated account may span to be looked for by stretch

Kind = tuple[str, str]
"""A realm, and a type or a word of a trigger."""
_Order = tuple[int, str, str]
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """Numbers of accounts to be compared, a row a pair, the smaller first, in order; and the
    accounts that lie in a crowd: there are others that they might have been compared with.
    """

    pairs: NDArray[np.int64]
    crowded: frozenset[int]


def pairs(accounts: Sequence[Account]) -> list[tuple[int, int]]:
    """The pairs of :func:`looked_at`, one by one."""
    return [(one, other) for one, other in looked_at(accounts).pairs.tolist()]


def looked_at(accounts: Sequence[Account]) -> Looked:
    """What is to be compared, of accounts in an order that does not hang on chance."""
    anchors = [_anchors(account) for account in accounts]
    orders = [_order(account) for account in accounts]
    size = len(accounts)
    found = array("q")  # pairs as single numbers: millions of tuples would not fit into memory
    crowded: set[int] = set()
    for members, askers in _groups(accounts):
        group = _Group(members, anchors, orders)
        for one in askers:
            met, is_cut = group.met(one)
            found.extend(one * size + other if one < other else other * size + one for other in met)
            if is_cut:
                crowded.add(one)
    codes: Any = np.unique(np.frombuffer(found, np.int64))
    return Looked(np.stack(np.divmod(codes, max(size, 1)), axis=1), frozenset(crowded))


def window(account: Account) -> tuple[int, int] | None:
    """The days that an account may lie on, as ordinals; None where nothing tells."""
    if account.first is not None or account.last is not None:
        first, last = account.first or account.last, account.last or account.first
        return first.toordinal(), last.toordinal()  # type: ignore[union-attr]
    if account.published is None:
        return None
    day = account.published.toordinal()
    return day - LATEST, day


def _groups(accounts: Sequence[Account]) -> Iterator[tuple[list[int], list[int]]]:
    """Accounts of one kind in one stretch of days, each time with those of them that look for
    others there: all, or in an era those that span too much of it.
    """
    near: dict[tuple[Kind, int], list[int]] = defaultdict(list)
    far: dict[tuple[Kind, int], list[int]] = defaultdict(list)
    wide: dict[tuple[Kind, int], list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        fine, eras = _stretches(account)
        for kind in _kinds(account):
            for stretch in fine:
                near[kind, stretch].append(number)
            for era in eras:
                far[kind, era].append(number)
                if not fine:
                    wide[kind, era].append(number)
    for members in near.values():
        yield members, members
    for key, askers in wide.items():
        yield far[key], askers


def _kinds(account: Account) -> Iterator[Kind]:
    yield account.realm, account.type
    for word in account.traits.trigger:
        yield account.realm, f"word {word}"


def _stretches(account: Account) -> tuple[range, range]:
    """The stretches of days that an account is looked for in, and the eras."""
    days = window(account)
    if days is None:
        return range(0), range(-1, 0)
    eras = range(days[0] // _ERA, days[1] // _ERA + 1)
    if days[1] - days[0] > _FINE:
        return range(0), eras
    return range(days[0] // _STRETCH, days[1] // _STRETCH + 1), eras


def _anchors(account: Account) -> tuple[str, ...]:
    found = {one.id or one.name.casefold() for one in (*account.initiators, *account.recipients)}
    found |= {f"at {place}" for place in account.traits.places}
    found |= {f"at {site}" for site in account.sites}
    found |= {f"named {name}" for name in account.traits.names}
    if account.place is not None:
        found.add(f"at {account.place.id}")
    return tuple(sorted(found | {f"word {word}" for word in _telling(account)}))


def _telling(account: Account) -> list[str]:
    words = account.traits.words
    return sorted(words, key=lambda word: (-words[word], word))[:_TELLING]


def _order(account: Account) -> _Order:
    """Where an account stands in a crowd: by day, beside those of the same words."""
    days = window(account)
    return days[1] if days else 0, " ".join(_telling(account)), account.id


class _Group:
    """Accounts of one kind in one stretch of days, by what they share: one anchor, and two where
    those that share one are a crowd.
    """

    def __init__(
        self, members: Sequence[int], anchors: Sequence[tuple[str, ...]], orders: Sequence[_Order]
    ) -> None:
        self._members = members
        self._orders = orders
        self._shared: dict[_Key, list[int]] = {}
        self._place: dict[_Key, dict[int, int]] = {}
        self._keys: dict[int, list[_Key]] = {}
        if len(members) > CROWD:
            self._sort(anchors)

    def met(self, one: int) -> tuple[list[int], bool]:
        """Those that an account is compared with, and whether others were passed over."""
        if not self._keys:
            return [other for other in self._members if other != one], False
        counts: Counter[int] = Counter()
        crowds = []
        for key in self._keys[one]:
            if key in self._place:
                crowds.append(key)
            else:
                counts.update(self._shared[key])
        for key in sorted(crowds, key=lambda key: (len(self._shared[key]), key))[:_FEWEST]:
            at, crowd = self._place[key][one], self._shared[key]
            counts.update(crowd[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1])
        del counts[one]
        if len(counts) <= MOST:
            return list(counts), bool(crowds)
        day = self._orders[one][0]
        ranked = sorted(
            [(-count, abs(self._orders[other][0] - day), other) for other, count in counts.items()]
        )
        return [other for *_, other in ranked[:MOST]], True

    def _sort(self, anchors: Sequence[tuple[str, ...]]) -> None:
        shared: dict[_Key, list[int]] = defaultdict(list)
        for one in self._members:
            for name in anchors[one]:
                shared[name,].append(one)
        for one in self._members:
            often = [(len(shared[name,]), name) for name in anchors[one]]
            crowded = [name for count, name in sorted(often) if count > CROWD][:_ANCHORS]
            twos: list[_Key] = [*combinations(sorted(crowded), 2)] or [(name,) for name in crowded]
            self._keys[one] = [*((name,) for count, name in often if 1 < count <= CROWD), *twos]
            for two in twos:
                if len(two) > 1:
                    shared[two].append(one)
        self._shared = shared
        for key, crowd in shared.items():
            if len(crowd) > CROWD:
                crowd.sort(key=self._orders.__getitem__)
                self._place[key] = {one: at for at, one in enumerate(crowd)}
