"""Pairs of accounts that may tell one happening, found without comparing each with each.

Two accounts come together where they are of one type (or go by one trigger), of one realm, and lie
in one stretch of days. Where these are more than :data:`CROWD`, they must share a party, a place, a
kind of site, a name of their sentence or one of the words that tell most; where that leaves too
many, two of these; where that does, each meets its neighbours by day only. So the work grows with
the number of accounts, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from dragoman.corpus.accounts import Account

CROWD: Final = 64
LATEST: Final = 7
"""Days that may lie between a happening and a report that does not date it."""
_NEIGHBOURS: Final = 16
_TELLING: Final = 5  # words of a sentence
_ANY: Final = "any"  # what all have in common
_STRETCH: Final = 8  # days
_ERA: Final = 366  # days
_FINE: Final = 31  # days that a dated account may span to be looked for by stretch

Key = tuple[Hashable, ...]


def pairs(accounts: Sequence[Account]) -> list[tuple[int, int]]:
    """Numbers of accounts to be compared, the smaller first, in order."""
    anchors = [_anchors(account) for account in accounts]
    blocks: dict[Key, list[int]] = defaultdict(list)
    coarse: dict[Key, list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        fine, wide = _stretches(account)
        for key in _keys(account, anchors[number]):
            for stretch in fine:
                blocks[(*key, stretch)].append(number)
            for stretch in wide:
                coarse[(*key, stretch)].append(number)
    found: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        found.update(_met(members, key[2], anchors, accounts, 1))
    is_wide = [not _stretches(account)[0] for account in accounts]
    for key, members in coarse.items():
        if any(is_wide[one] for one in members):
            met = _met(members, key[2], anchors, accounts, 1)
            found.update(pair for pair in met if is_wide[pair[0]] or is_wide[pair[1]])
    return sorted(found)


def window(account: Account) -> tuple[int, int] | None:
    """The days that an account may lie on, as ordinals; None where nothing tells."""
    if account.first is not None or account.last is not None:
        first, last = account.first or account.last, account.last or account.first
        return first.toordinal(), last.toordinal()  # type: ignore[union-attr]
    if account.published is None:
        return None
    day = account.published.toordinal()
    return day - LATEST, day


def _keys(account: Account, anchors: frozenset[str]) -> Iterator[Key]:
    kinds = [account.type, *(f"word {word}" for word in account.traits.trigger)]
    for kind in kinds:
        for anchor in anchors:
            yield account.realm, kind, anchor


def _anchors(account: Account) -> frozenset[str]:
    found = {one.id or one.name.casefold() for one in (*account.initiators, *account.recipients)}
    found |= {f"at {place}" for place in account.traits.places}
    found |= {f"at {site}" for site in account.sites}
    found |= {f"named {name}" for name in account.traits.names}
    if account.place is not None:
        found.add(f"at {account.place.id}")
    words = account.traits.words
    most = sorted(words, key=lambda word: (-words[word], word))[:_TELLING]
    return frozenset((_ANY, *found, *(f"word {word}" for word in most)))


def _stretches(account: Account) -> tuple[range, range]:
    """The stretches of days that an account is looked for in, and the eras."""
    days = window(account)
    if days is None:
        return range(0), range(-1, 0)
    eras = range(days[0] // _ERA, days[1] // _ERA + 1)
    if days[1] - days[0] > _FINE:
        return range(0), eras
    return range(days[0] // _STRETCH, days[1] // _STRETCH + 1), eras


def _met(
    members: Sequence[int], used: Hashable, anchors: Sequence[frozenset[str]],
    accounts: Sequence[Account], depth: int,
) -> Iterator[tuple[int, int]]:  # fmt: skip
    if len(members) <= CROWD:
        for place, one in enumerate(members):
            for other in members[place + 1 :]:
                yield one, other
        return
    if depth < 2:
        parts: dict[str, list[int]] = defaultdict(list)
        for one in members:
            for anchor in anchors[one]:
                if anchor != used:
                    parts[anchor].append(one)
        for anchor, part in parts.items():
            yield from _met(part, anchor, anchors, accounts, depth + 1)
        return
    order = sorted(members, key=lambda one: (_start(accounts[one]), accounts[one].id))
    for place, one in enumerate(order):
        for other in order[place + 1 : place + 1 + _NEIGHBOURS]:
            yield min(one, other), max(one, other)


def _start(account: Account) -> int:
    days = window(account)
    return days[1] if days else 0
