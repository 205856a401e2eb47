"""The ontologies against the published codebooks, where those are at hand.

The codebooks stand beside the checkout, not in it; without them these tests are skipped, and the
tests beside this file still hold the data to be complete and consistent in itself.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from dragoman.ontologies import cameo, plover

WHERE = "shared/gold/codebooks"


def codebook(name: str) -> Path:
    for folder in Path(__file__).resolve().parents:
        if (folder / WHERE / name).is_file():
            return folder / WHERE / name
    pytest.skip(f"{WHERE}/{name} is not here: the published table cannot be compared")


def text(name: str) -> str:
    return codebook(name).read_text(encoding="utf-8", errors="replace")


def rows(name: str) -> list[dict[str, str]]:
    with codebook(name).open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


def test_codes_and_goldstein_values_are_those_of_the_newer_table() -> None:
    published = {row["code"]: float(row["goldstein"]) for row in rows("cameo-codes.csv")}
    assert {code: record.goldstein for code, record in cameo().codes.items()} == published


def test_where_the_older_goldstein_table_differs_a_reading_says_so() -> None:
    older = {}
    for line in text("cameoCodeTable.tsv").splitlines()[1:]:
        code, _, value, *_ = line.split("\t")
        older[code] = float(value)
    left_out = older.keys() - cameo().codes.keys()
    assert left_out == {"0357", "1641", "1642", "1643"}
    shared = older.keys() & cameo().codes.keys()
    assert len(shared) == 276
    differing = {code for code in shared if older[code] != cameo().goldstein(code)}
    assert differing == {code for code in cameo().codes if cameo().code(code).reading}


def test_the_code_file_holds_no_other_codes_than_are_named_as_left_out() -> None:
    found = set(re.findall(r"^LABEL\w*: *(\d{3,4}) *=", text("CAMEO_codefile.txt"), re.M))
    assert {code for code in cameo().codes if len(code) > 2} <= found
    assert found - cameo().codes.keys() == {"1214", "1951", "1952"}


def conversions() -> dict[str, set[tuple[str, str, tuple[str, ...]]]]:
    found: dict[str, set[tuple[str, str, tuple[str, ...]]]] = {}
    lines = re.findall(r"^(\d+):\s*([^#\n]*)", text("CAMEO2PLOVER-2021.txt"), re.M)
    for code, rest in lines:
        type_, mode, contexts = [*(part.strip() for part in rest.split(",")), "", ""][:3]
        listed = tuple(part.strip() for part in contexts.split(";") if part.strip())
        found.setdefault(code, set()).add((type_, mode, listed))
    return found


def test_where_the_conversion_table_is_not_followed_a_reading_says_so() -> None:
    table = conversions()
    assert table.keys() - cameo().codes.keys() == {"1214"}
    for code in cameo().codes:
        reading = cameo().to_plover(code)
        taken = (reading.type or "", reading.mode or "", reading.contexts)
        assert taken in table.get(code, set()) or reading.reading, (code, taken, table.get(code))


def scores() -> dict[str, float]:
    """The manual's table of scores: "TYPE" or "TYPE: Mode" to the figure printed."""
    plain = text("PLOVER_MANUAL.tex").replace(r"\cellcolor{gray!25}", "")
    table = plain[plain.rindex(r"\caption{PLOVER conflict--cooperation scores}") :]
    table = table[: table.index(r"\end{table}")]
    cells = re.findall(r"([A-Z]+(?:: [\w-]+)?)\s*&\s*(-?[\d.]+)", table)
    return {name: float(figure) for name, figure in cells}


def test_intensities_are_the_manuals_but_for_the_sign_of_accuse() -> None:
    printed = scores()
    ours = {name: kind.intensity for name, kind in plover().types.items()}
    for name, kind in plover().types.items():
        figures = {m.name: m.intensity for m in kind.modes.values() if m.figure}
        ours |= {f"{name}: {mode.capitalize()}": figure for mode, figure in figures.items()}
    assert printed.pop("ACCUSE") == -ours.pop("ACCUSE") == 3
    assert "misprint" in plover().type("ACCUSE").reading
    assert ours == printed


def mode_tables() -> set[str]:
    """Names in the manual's tables of modes, by the section they stand in."""
    body = text("PLOVER_MANUAL.tex")
    body = body[body.index(r"\chapter{Event Categories}") : body.index(r"\chapter{Contexts}")]
    found = set()
    for section in body.split(r"\section{")[1:]:
        type_ = section[: section.index("}")]
        found |= {
            f"{type_}/{name}"
            for table in re.findall(r"\\begin\{tabular\}.*?\\end\{tabular\}", section, re.S)
            for name in re.findall(r"^([a-z][\w-]*)\s*&", table, re.M)
        }
    return found


def test_modes_are_the_manuals_and_two_of_the_older_table() -> None:
    ours = {f"{name}/{mode}" for name in plover().types for mode in plover().modes(name)}
    older = {"RETREAT/return", "ASSAULT/cleansing"}
    # a cell of THREATEN's table runs over two lines; its second begins with this word
    assert mode_tables() - {"THREATEN/and"} == ours - older
    for name in older:
        mode = plover().mode(*name.split("/"))
        assert (mode.table, bool(mode.reading)) == ("older", True)


def test_modes_of_the_older_table_are_found_by_their_names() -> None:
    listed = rows("PLOVER_structured_codebook_updated.csv")
    for row in listed:
        if row["mode"].strip():
            assert plover().mode(row["event"].strip(), row["mode"].strip())


def test_contexts_are_the_manuals_sections() -> None:
    body = text("PLOVER_MANUAL.tex").split(r"\chapter{Contexts}")[1]
    sections = re.findall(r"\\section\{([^}]*)\}\\label\{context:", body)
    names = [re.sub(r"[ -]", "_", section.lower()) for section in sections]
    assert len(names) == len(plover().contexts) == 37
    assert set(names) == set(plover().contexts)


def test_recipients_are_required_where_the_sections_say_so() -> None:
    body = text("PLOVER_MANUAL.tex")
    body = body[body.index(r"\chapter{Event Categories}") : body.index(r"\chapter{Contexts}")]
    for section in body.split(r"\section{")[1:]:
        type_ = section[: section.index("}")]
        needed = re.search(r"Requires recipient: (Yes|No)", section)
        assert needed is not None
        assert plover().type(type_).recipient_required == (needed[1] == "Yes"), type_
