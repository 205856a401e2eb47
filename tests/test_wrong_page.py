"""The figures of the chapter on mistakes are those of the results."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RESULTS = (ROOT / "benchmarks/RESULTS.md").read_text("utf-8")
PAGE = (ROOT / "docs/wrong.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]*\d[^|]*) \|$", PAGE.split("## Kinds")[0], re.M)


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def _rows(figure: str) -> str:
    """The row of the results whose name has these words, and those that go on with it."""
    rows = [row for row in RESULTS.splitlines() if row.startswith("| ")]
    names = [row.split("|")[1].replace("**", "").casefold() for row in rows]
    at = next(n for n, name in enumerate(names) if figure.casefold() in name)
    return "\n".join(rows[at : at + 3])


@pytest.mark.parametrize(("question", "figure", "value"), ROWS, ids=[row[0] for row in ROWS])
def test_a_figure_stands_in_the_results(question: str, figure: str, value: str) -> None:
    assert _numbers(value) <= _numbers(_rows(figure))


def test_the_page_has_its_table() -> None:
    assert len(ROWS) >= 15
