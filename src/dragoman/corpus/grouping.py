"""Copies that hang together, directly or through others.

Pairs are taken from the most alike down. Two groups become one only where their texts have a third
in common on the average: a digest that prints two stories does not make them one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dragoman.corpus.copying import shared
from dragoman.corpus.texts import Text

_OVERLAP: Final = 1 / 3  # of the shorter one's shingles
_LOOKED_AT: Final = 5  # texts of a group, so that large ones cost no more


@dataclass(slots=True)
class Group:
    """Numbers of texts, in order, and for each those that it is a copy of, with the number of
    shingles in common.
    """

    numbers: list[int]
    beside: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))


def groups(texts: Sequence[Text], pairs: Mapping[tuple[int, int], int]) -> list[Group]:
    """The groups, by their first number, from pairs of copies with what they have in common; texts
    alone in theirs only where several documents have that text.
    """
    alike = {pair: common / _smaller(texts, *pair) for pair, common in pairs.items()}
    root = list(range(len(texts)))
    first: dict[int, list[int]] = {}
    for a, b in sorted(pairs, key=lambda pair: (-alike[pair], pair)):
        one, other = sorted((_root(root, a), _root(root, b)))
        left, right = first.get(one, [one]), first.get(other, [other])
        if one == other or not _hang_together(texts, left, right):
            continue
        root[other] = one
        first[one] = sorted(left + right)[:_LOOKED_AT]
    return _listed(texts, root, pairs)


def _listed(
    texts: Sequence[Text], root: list[int], pairs: Mapping[tuple[int, int], int]
) -> list[Group]:
    made: dict[int, Group] = {}
    for number in range(len(texts)):
        made.setdefault(_root(root, number), Group([])).numbers.append(number)
    for (a, b), common in sorted(pairs.items()):
        if _root(root, a) == _root(root, b):
            group = made[_root(root, a)]
            group.beside[a][b] = group.beside[b][a] = common
    return [
        group
        for _, group in sorted(made.items())
        if len(group.numbers) > 1 or len(texts[group.numbers[0]].members) > 1
    ]


def _root(root: list[int], number: int) -> int:
    while root[number] != number:
        root[number] = root[root[number]]
        number = root[number]
    return number


def _smaller(texts: Sequence[Text], a: int, b: int) -> int:
    return max(1, min(texts[a].size, texts[b].size))


def _hang_together(texts: Sequence[Text], left: list[int], right: list[int]) -> bool:
    overlaps = [shared(texts[a], texts[b]) / _smaller(texts, a, b) for a in left for b in right]
    return sum(overlaps) >= _OVERLAP * len(overlaps)
