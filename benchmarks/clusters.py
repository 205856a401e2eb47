"""How alike two groupings of mentions into entities are: MUC, B-cubed, CEAF-e and their mean.

A mention is any hashable value; the same value in both groupings is the same mention. Definitions
as in Vilain et al. (1995), Bagga & Baldwin (1998) and Luo (2005), in the form that the CoNLL-2012
scorer has (Pradhan et al. 2014).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

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
    rows, columns = (gold, ours) if len(gold) <= len(ours) else (ours, gold)
    likeness = [[2 * len(r & c) / (len(r) + len(c)) for c in columns] for r in rows]
    return sum(likeness[i][j] for i, j in enumerate(best_pairs(likeness)))


def best_pairs(gains: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row such that no column is taken twice and the gains add up to the most
    (Kuhn's Hungarian method with potentials); not more rows than columns.
    """
    width = len(gains[0]) if gains else 0
    row_price, column_price = [0.0] * (len(gains) + 1), [0.0] * (width + 1)
    holder = [0] * (width + 1)
    for row in range(1, len(gains) + 1):
        holder[0], column = row, 0
        least, came_from, seen = [inf] * (width + 1), [0] * (width + 1), [False] * (width + 1)
        while holder[column]:
            seen[column] = True
            at, step, following = holder[column], inf, 0
            for j in range(1, width + 1):
                if seen[j]:
                    continue
                cost = -gains[at - 1][j - 1] - row_price[at] - column_price[j]
                if cost < least[j]:
                    least[j], came_from[j] = cost, column
                if least[j] < step:
                    step, following = least[j], j
            for j in range(width + 1):
                if seen[j]:
                    row_price[holder[j]] += step
                    column_price[j] -= step
                else:
                    least[j] -= step
            column = following
        while column:
            holder[column] = holder[came_from[column]]
            column = came_from[column]
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
