"""The metrics of coreference on examples worked by hand."""

from __future__ import annotations

import itertools
import random

import pytest

from benchmarks.clusters import best_pairs, compare

GOLD = [frozenset("abc"), frozenset("defg")]
OURS = [frozenset("ab"), frozenset("cd"), frozenset("fghi")]


def test_an_example_worked_by_hand() -> None:
    # The example of the CoNLL scorer's authors (Pradhan et al. 2014).
    sums = compare(GOLD, OURS)
    assert sums["MUC"].scores() == pytest.approx((0.4, 0.4, 0.4))
    assert sums["B-cubed"].scores()[:2] == pytest.approx((4 / 8, 35 / 84))
    assert sums["CEAF-e"].scores()[:2] == pytest.approx((1.3 / 3, 1.3 / 2))


def test_alike_is_one_and_nothing_is_nought() -> None:
    assert all(s.scores() == pytest.approx((1, 1, 1)) for s in compare(GOLD, GOLD).values())
    assert all(s.scores() == (0, 0, 0) for s in compare(GOLD, []).values())


def test_pairs_are_the_best_of_all() -> None:
    draw = random.Random(7)
    for _ in range(40):
        gains = [[draw.random() for _ in range(4)] for _ in range(3)]
        best = max(
            sum(gains[i][j] for i, j in enumerate(order))
            for order in itertools.permutations(range(4), 3)
        )
        found = best_pairs(gains)
        assert len(set(found)) == 3
        assert sum(gains[i][j] for i, j in enumerate(found)) == pytest.approx(best)
