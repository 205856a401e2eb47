"""Groups of accounts by average link: two groups become one while the mean of the probabilities
between their members is high enough and nothing forbids it.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence

Pair = tuple[int, int]


def group(
    count: int,
    likely: Mapping[Pair, float],
    threshold: float,
    forbidden: Callable[[Sequence[int], Sequence[int]], bool] = lambda one, other: False,
    sizes: Sequence[int] | None = None,
) -> list[list[int]]:
    """The numbers 0 to ``count`` - 1 in groups, each in order, the groups by their first.

    ``likely`` has the probability of each pair ``(smaller, larger)`` that was looked at; a pair
    that was not counts as 0. ``forbidden`` says that two groups must not become one. Of equally
    likely groups those with the smallest members go first, so that the order in which pairs come
    does not matter. ``sizes`` says how many accounts each number stands for, 1 if not given.
    """
    weights: dict[int, int] = dict(enumerate(sizes or [1] * count))
    members: dict[int, list[int]] = {number: [number] for number in range(count)}
    beside: dict[int, dict[int, float]] = {number: {} for number in range(count)}
    for (one, other), chance in likely.items():
        beside[one][other] = beside[other][one] = chance
    heap = [
        _entry(members, one, other, chance)
        for (one, other), chance in likely.items()
        if chance >= threshold
    ]
    heapq.heapify(heap)
    following = count
    while heap:
        *_, one, other = heapq.heappop(heap)
        if one not in members or other not in members:
            continue
        if forbidden(members[one], members[other]):
            continue
        joined = _joined(beside, weights, one, other)
        members[following] = sorted(members.pop(one) + members.pop(other))
        weights[following] = weights[one] + weights[other]
        _rewire(beside, following, (one, other), joined)
        for near, chance in joined.items():
            if chance >= threshold:
                heapq.heappush(heap, _entry(members, near, following, chance))
        following += 1
    return sorted(members.values())


def _entry(
    members: Mapping[int, Sequence[int]], one: int, other: int, chance: float
) -> tuple[float, int, int, int, int]:
    firsts = sorted((members[one][0], members[other][0]))
    return (-round(chance, 9), firsts[0], firsts[1], one, other)


def _joined(
    beside: Mapping[int, Mapping[int, float]], weights: Mapping[int, int], one: int, other: int
) -> dict[int, float]:  # fmt: skip
    """The mean probabilities between what is made of two groups and each other group."""
    first, second = beside[one], beside[other]
    sizes = weights[one], weights[other]
    return {
        near: (first.get(near, 0.0) * sizes[0] + second.get(near, 0.0) * sizes[1]) / sum(sizes)
        for near in _either(first, second)
        if near not in (one, other)
    }


def _either(first: Mapping[int, float], second: Mapping[int, float]) -> Iterable[int]:
    yield from first
    yield from (near for near in second if near not in first)


def _rewire(
    beside: dict[int, dict[int, float]], new: int, old: Pair, joined: dict[int, float]
) -> None:
    for one in old:
        for near in beside.pop(one):
            if near in beside:
                beside[near].pop(one, None)
    beside[new] = joined
    for near, chance in joined.items():
        beside[near][new] = chance


def connected(count: int, links: Iterable[Pair]) -> list[list[int]]:
    """The numbers 0 to ``count`` - 1 that links join, directly or by others; each in order."""
    above = list(range(count))

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    for one, other in links:
        low, high = sorted((top(one), top(other)))
        above[high] = low
    found: dict[int, list[int]] = {}
    for number in range(count):
        found.setdefault(top(number), []).append(number)
    return list(found.values())
