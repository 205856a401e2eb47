"""Every case of ``tests/cases`` is read as it says, but for those listed as known to fail."""

from __future__ import annotations

import pytest

import dragoman
from tests import casekit

CASES = casekit.load(casekit.CASES)
KNOWN = casekit.known_failures("cases")


@pytest.mark.parametrize("case", casekit.parameters(CASES, KNOWN))
def test_case(case: casekit.Case) -> None:
    reading = dragoman.read(case.text, published=case.published)
    missed = casekit.failures(case, reading)
    assert not missed, "\n".join([f"{case.id}: {case.why}", *missed, casekit.narrate(reading)])


def test_known_failures_name_cases() -> None:
    assert KNOWN.keys() <= {case.id for case in CASES}
