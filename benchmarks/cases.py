"""Cases passed per construction, the held-back ones apart, with counts of what they expect.

Run: ``python -m benchmarks.cases [--verbose]``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

import dragoman
from tests import casekit


def main(arguments: Sequence[str] | None = None) -> int:
    """Print passed of all per construction, and the events and statements expected."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="say what failing cases miss")
    options = parser.parse_args(arguments)
    for title, folder in (("cases", casekit.CASES), ("held back", casekit.CASES / "heldback")):
        cases = casekit.load(folder)
        passed, total, expected = Counter[str](), Counter[str](), Counter[str]()
        failing: list[str] = []
        for case in cases:
            missed = casekit.failures(case, dragoman.read(case.text, published=case.published))
            total[case.construction] += 1
            passed[case.construction] += not missed
            expected.update({part: len(wanted) for part, wanted in case.expect.items()})
            failing += [f"    {case.id}: {line}" for line in missed]
        parts = ", ".join(f"{count} {part}" for part, count in sorted(expected.items()))
        print(f"{title}: {passed.total()} of {len(cases)} passed; they expect {parts or 'nothing'}")
        for construction in sorted(total):
            print(f"  {construction:<24} {passed[construction]:>3} of {total[construction]}")
        if options.verbose:
            print("\n".join(failing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
