"""How alike two groupings of mentions into entities are: MUC, B-cubed, CEAF-e and their mean.

A mention is any hashable value; the same value in both groupings is the same mention. Definitions
as in Vilain et al. (1995), Bagga & Baldwin (1998) and Luo (2005), in the form that the CoNLL-2012
scorer has (Pradhan et al. 2014).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

Cluster = frozenset[Hashable]
METRICS: Final = ("MUC", "B-cubed", "CEAF-e")


@dataclass(frozen=True, slots=True)
class Sums:
    """Numerators and denominators of recall and precision; they add up over documents."""

    recall: float = 0.0
    wanted: float = 0.0
    precision: float = 0.0
    found: float = 0.0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.recall + other.recall,
            self.wanted + other.wanted,
            self.precision + other.precision,
            self.found + other.found,
        )

    def scores(self) -> tuple[float, float, float]:
        """Precision, recall and F1, 0 to 1."""
        precision = self.precision / self.found if self.found else 0.0
        recall = self.recall / self.wanted if self.wanted else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


def _links(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    at = {mention: index for index, other in enumerate(others) for mention in other}
    kept = total = 0
    for cluster in clusters:
        parts = {at[m] for m in cluster if m in at}
        alone = sum(m not in at for m in cluster)
        kept += len(cluster) - len(parts) - alone
        total += len(cluster) - 1
    return kept, total


def _shares(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    at = {mention: other for other in others for mention in other}
    shared = sum(
        len(cluster & at[m]) / len(cluster) for cluster in clusters for m in cluster if m in at
    )
    return shared, sum(len(cluster) for cluster in clusters)


def _aligned(gold: Sequence[Cluster], ours: Sequence[Cluster]) -> float:
    return sum(_aligned_part(wanted, found) for wanted, found in _touching(gold, ours))


def _aligned_part(gold: Sequence[Cluster], ours: Sequence[Cluster]) -> float:
    rows, columns = (gold, ours) if len(gold) <= len(ours) else (ours, gold)
    likeness = [[2 * len(r & c) / (len(r) + len(c)) for c in columns] for r in rows]
    return sum(likeness[i][j] for i, j in enumerate(best_pairs(likeness)))


def _touching(
    gold: Sequence[Cluster], ours: Sequence[Cluster]
) -> Iterator[tuple[list[Cluster], list[Cluster]]]:
    """Both groupings cut into parts that share no mention with one another: what is aligned best
    in each is aligned best in all, and a matrix of thousands by thousands is not needed.
    """
    holder = {mention: n for n, cluster in enumerate(ours) for mention in cluster}
    holders = [{holder[m] for m in cluster if m in holder} for cluster in gold]
    by_own: dict[int, list[int]] = {}
    for number, held in enumerate(holders):
        for own in held:
            by_own.setdefault(own, []).append(number)
    seen: set[int] = set()
    for start in range(len(gold)):
        wanted, found, stack = [], set(), [start]
        while stack:
            number = stack.pop()
            if number in seen:
                continue
            seen.add(number)
            wanted.append(gold[number])
            found |= holders[number]
            stack += [other for own in holders[number] for other in by_own[own]]
        if found:
            yield wanted, [ours[own] for own in sorted(found)]


def best_pairs(gains: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row such that no column is taken twice and the gains add up to the most
    (Kuhn's Hungarian method with potentials); not more rows than columns.
    """
    width = len(gains[0]) if gains else 0
    costs = -np.asarray(gains, float).reshape(len(gains), width)
    row_price, column_price = np.zeros(len(gains) + 1), np.zeros(width + 1)
    holder = np.zeros(width + 1, int)
    for row in range(1, len(gains) + 1):
        holder[0], column = row, 0
        least, came_from = np.full(width + 1, inf), np.zeros(width + 1, int)
        seen = np.zeros(width + 1, bool)
        while holder[column]:
            seen[column] = True
            at, open_ = holder[column], ~seen[1:]
            reduced = costs[at - 1] - row_price[at] - column_price[1:]
            nearer = open_ & (reduced < least[1:])
            least[1:][nearer], came_from[1:][nearer] = reduced[nearer], column
            waiting = np.where(open_, least[1:], inf)
            following = int(np.argmin(waiting)) + 1
            step = waiting[following - 1]
            row_price[holder[seen]] += step
            column_price[seen] -= step
            least[~seen] -= step
            column = following
        while column:
            holder[column] = holder[came_from[column]]
            column = int(came_from[column])
    found = [0] * len(gains)
    for column in range(1, width + 1):
        if holder[column]:
            found[holder[column] - 1] = column - 1
    return found


def compare(gold: Iterable[Cluster], ours: Iterable[Cluster]) -> dict[str, Sums]:
    """The sums of each metric for one document."""
    wanted, found = list(gold), list(ours)
    aligned = _aligned(wanted, found)
    return {
        "MUC": Sums(*_links(wanted, found), *_links(found, wanted)),
        "B-cubed": Sums(*_shares(wanted, found), *_shares(found, wanted)),
        "CEAF-e": Sums(aligned, len(wanted), aligned, len(found)),
    }
