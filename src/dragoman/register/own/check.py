"""What is wrong with the shipped register or with a user's files, each fault with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from dragoman.errors import ActorsError, Fault, problem
from dragoman.register.check import check
from dragoman.register.loader import TERMS
from dragoman.register.lookup import Register, default_register
from dragoman.register.naming import slug
from dragoman.register.own.files import load_actors

_TABLES = (
    "states.csv",
    *(f"organisations/{kind}.csv" for kind in (
        "companies", "groups", "igos", "institutions", "media", "ngos", "parties", "peoples",
        "religions",
    )),
    "metonyms.csv",
    "persons.csv",
    *TERMS,
)  # fmt: skip


def check_files(paths: Sequence[Path]) -> tuple[Fault, ...]:
    """The faults of the files over the shipped register; without files, the register's own.

    For the shipped data the file and line are those of the first row that the fault is about.
    """
    if not paths:
        return tuple(_located(check(default_register())))
    try:
        own = load_actors(paths, default_register())
    except ActorsError as error:
        return error.faults
    return tuple(fault for account in own.accounts for fault in (*account.unused, *account.partly))


def shipped_faults(register: Register) -> tuple[Fault, ...]:
    """The faults of a register compiled from the shipped tables."""
    return tuple(_located(check(register)))


def _located(told: Iterable[str]) -> Iterator[Fault]:
    lines: dict[str, tuple[str, int]] = {}
    for why in told:
        if not lines:
            lines = _rows()
        named = [key for key in lines if key in why]
        file, line = lines[max(named, key=len)] if named else ("the register", 0)
        yield Fault(file, line, "", problem("DR115", why=why))


def _rows() -> dict[str, tuple[str, int]]:
    """By id, and by name of persons and words, the file and line that first has it."""
    found: dict[str, tuple[str, int]] = {}
    for name in _TABLES:
        text = files("dragoman.register").joinpath("data", name).read_text(encoding="utf-8")
        reader = csv.DictReader(io.StringIO(text))
        for row in reader:
            key = row.get("id") or row.get("text") or row["name"]
            found.setdefault(key, (name, reader.line_num))
            if name in TERMS:
                found.setdefault(f"person:{slug(key)}", (name, reader.line_num))
    return found
