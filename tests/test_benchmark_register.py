"""The chain of heads: what counts as a gap."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from benchmarks.register import gaps, heads
from dragoman.register import Entry, Office, Register
from dragoman.register.loader import Content

TODAY = dt.date(2000, 1, 1)
PERU = Entry("state:PER", "Peru", "state", "PER", valid_from="1990-01-01")


def term(first: str, last: str | None, office: str = "head_of_state") -> Office:
    return Office(office, "Head", "PER", None, first, last, "made up")


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([term("1985", None)], []),
        ([term("1990-01-01", "1995-01-01"), term("1995-02-20", None)], []),
        (
            [term("1990-01-01", "1995-01-01"), term("1995-04-01", None)],
            [(dt.date(1995, 1, 1), dt.date(1995, 4, 1))],
        ),
        ([term("1990-01-01", "1995")], [(dt.date(1996, 1, 1), TODAY)]),
        ([], [(dt.date(1990, 1, 1), TODAY)]),
        ([term("1980", "2010"), term("1991", "1992")], []),
    ],
)
def test_gaps(terms: list[Office], expected: list[tuple[dt.date, dt.date]]) -> None:
    assert gaps(PERU, terms, TODAY) == expected


def test_ceremonial_heads_close_no_gap() -> None:
    content = Content()
    norway = dataclasses.replace(PERU, id="state:NOR", country="NOR")
    king = dataclasses.replace(term("1990", None, "monarch"), country="NOR")
    premier = dataclasses.replace(term("1995", None, "head_of_government"), country="NOR")
    holder = Entry("person:x", "X", "person", "NOR", offices=(king, premier))
    content.entries = {norway.id: norway, holder.id: holder}
    register = Register(content, {})
    assert heads(register, norway, effective=False) == [king, premier]
    assert heads(register, norway, effective=True) == [premier]
