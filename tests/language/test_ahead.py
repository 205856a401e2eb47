"""Work done ahead keeps order, raises at its item and does not run away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.language.ahead import AHEAD, ahead


def test_results_come_with_their_items_in_order() -> None:
    assert list(ahead(lambda n: n * n, range(50))) == [(n, n * n) for n in range(50)]


def test_nothing_gives_nothing() -> None:
    assert list(ahead(str, [])) == []


def test_an_exception_comes_out_at_its_item() -> None:
    results = ahead(lambda n: 1 / (3 - n), range(10))
    assert [next(results)[0] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_items_are_drawn_only_a_little_ahead() -> None:
    drawn: list[int] = []

    def items() -> Iterator[int]:
        for n in range(100):
            drawn.append(n)
            yield n

    results = ahead(str, items())
    next(results)
    assert len(drawn) == AHEAD + 1
    results.close()  # type: ignore[attr-defined]
    assert len(drawn) == AHEAD + 1
