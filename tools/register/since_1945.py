"""Compile ``leaders_1945.csv``: heads since 1945 that the other files of leaders leave out.

    python tools/register/since_1945.py --reign leaderlist_3_21.csv --archigos archigos.csv

REIGN says who led a state in effect; it knows them by surname and their ends to the month.
``fullnames_1945.csv`` says who is meant and in what office; ``since`` there parts two persons (or
two offices of one) that the list calls alike, ``until`` is the end of a term that outlasts the
list. Archigos supplies the day of an end where both lists have the start.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

import sources

from dragoman.register.check import SINGLE
from dragoman.register.naming import fold

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "src/dragoman/register/data"
HEADS = SINGLE - {"foreign_minister", "defence_minister"} | {"leader", "presidency_member"}
# States of the list that the register has under another code until the day given.
UNTIL = {
    "RUS": (("1991-12-26", "SUN"),),
    "SRB": (("1992-04-27", "YUG"), ("2006-06-03", "SCG")),
}
# Halves of a state of today, by the list's abbreviations.
PARTS = {
    "YAR": ("YEM", "territory:north-yemen"),
    "YPR": ("YEM", "territory:south-yemen"),
    "RVN": ("VNM", "territory:south-vietnam"),
}
ENDED = "2021-03"  # the list's last month
Row = dict[str, str]


def words(name: str) -> set[str]:
    plain = fold(name).lower().replace("-", " ").replace(".", " ")
    return {word for word in plain.split() if len(word) > 2}


def country_of(term: sources.Term) -> str:
    for day, code in UNTIL.get(term.country, ()):
        if term.valid_from < day:
            return code
    return PARTS.get(term.country, (term.country, ""))[0]


def named() -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    with (HERE / "fullnames_1945.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["country"], row["listed"]].append(row)
    return found


def covered(term: sources.Term, known: Iterable[Row]) -> bool:
    """Whether the register has a head of that surname in those years."""
    wanted = words(term.name)
    return any(
        wanted & words(row["name"])
        and row["valid_from"][:7] <= (term.valid_to or "9")[:7]
        and (row["valid_to"] or "9")[:7] > term.valid_from[:7]
        for row in known
    )


def terms(reign: Path, archigos: Path, known: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    names = named()
    ends = {(t.country, t.valid_from): t.valid_to for t in sources.archigos(archigos)}
    for term in sources.reign(reign, PARTS):
        country = country_of(term)
        rows = names.get((term.country, term.name), [])
        row = next(
            (r for r in rows if not r["since"] or term.valid_from.startswith(r["since"])), None
        )
        if row is None or (term.valid_to or "9999") < "1945":
            continue
        part = PARTS.get(term.country, ("", ""))[1]
        if covered(term, () if part else known.get(country, ())):
            continue
        exact = ends.get((term.country, term.valid_from), "")
        end = exact if exact[:7] == term.valid_to else term.valid_to
        lists = "REIGN 2021-03, Archigos 4.1" if exact else "REIGN 2021-03"
        yield {
            "name": row["name"], "gender": term.gender, "country": country, "organisation": part,
            "office": row["office"], "title": row["title"], "valid_from": term.valid_from,
            "valid_to": row["until"] if term.valid_to in ("", ENDED) else end,
            "provenance": f"dates from {lists}; full name and post public record",
        }  # fmt: skip


def fitted(rows: Iterable[Row], known: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """Terms cut where somebody else comes in; those that begin within another's are left out."""
    rows = sorted(rows, key=lambda row: row["valid_from"])
    for row in rows:
        if row["office"] not in SINGLE or row["organisation"]:
            yield row
            continue
        others = [
            other
            for other in (*known.get(row["country"], ()), *rows)
            if other is not row and other["country"] == row["country"]
            and other["office"] == row["office"] and not other["organisation"]
        ]  # fmt: skip
        within = [
            other for other in others
            if other["valid_from"] <= row["valid_from"]
            and (other["valid_to"] or "9") > row["valid_from"]
            and any(other is held for held in known.get(row["country"], ()))
        ]  # fmt: skip
        if within:
            print(f"left out, within {within[0]['name']}'s term: {row['country']} {row['name']}"
                  f" {row['valid_from']}")  # fmt: skip
            continue
        later = [o["valid_from"] for o in others if o["valid_from"] > row["valid_from"]]
        end = min([row["valid_to"] or "9999", *later])
        yield {**row, "valid_to": "" if end == "9999" else end}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("reign", "archigos"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    known: dict[str, list[Row]] = defaultdict(list)
    for name in ("leaders.csv", "leaders_more.csv"):
        with (DATA / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                ruling = row["office"] == "leader" and row["organisation"].startswith("party:")
                if row["office"] in HEADS and (ruling or not row["organisation"]):
                    known[row["country"]].append(row)
    rows = list(fitted(terms(options.reign, options.archigos, known), known))
    rows.sort(key=lambda row: (row["country"], row["organisation"], row["valid_from"]))
    with (DATA / "leaders_1945.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} terms written to leaders_1945.csv")


if __name__ == "__main__":
    main()
