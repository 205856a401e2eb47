"""Every message Dragoman gives a user, in one numbered catalogue.

A message says what is wrong and what to do next; where it is wrong is told beside it. They stand in
``messages.toml``; ``docs/errors.md`` lists them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@cache
def catalogue() -> Mapping[str, tuple[str, str]]:
    """What is wrong and what to do next, by number."""
    held = tomllib.loads((files("dragoman") / "messages.toml").read_text("utf-8"))
    return {code: (row["what"], row["remedy"]) for code, row in held.items()}


@dataclass(frozen=True, slots=True)
class Problem:
    """A message of the catalogue, filled in: its number, what is wrong, what to do next."""

    code: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.code} {self.what}. {self.remedy}"


def problem(code: str, **values: object) -> Problem:
    """The message ``code`` with its blanks filled. Raises KeyError for an unknown code."""
    what, remedy = catalogue()[code]
    return Problem(code, what.format(**values), remedy.format(**values))


class DragomanError(Exception):
    """Something the caller can mend; ``problem`` says what and how, ``details`` line by line."""

    def __init__(self, problem: Problem, details: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((str(problem), *details)))
        self.problem = problem
        self.details = details


class SchemaError(DragomanError, ValueError):
    """A record or table that does not fit the schema."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A message about one line of a file; ``entry`` names the record that the line belongs to."""

    file: str
    line: int
    entry: str
    problem: Problem

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}"
        return (
            f"{where}: {self.entry}: {self.problem}" if self.entry else f"{where}: {self.problem}"
        )


class OntologyError(DragomanError, ValueError):
    """An ontology folder that cannot be used; ``faults`` holds everything that is wrong in it."""

    def __init__(self, folder: object, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            problem("DR090", folder=folder, count=len(faults)), tuple(map(str, faults))
        )
        self.faults = faults


class ActorsError(DragomanError, ValueError):
    """Files of actors that cannot be used; ``faults`` holds everything that is wrong in them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(problem("DR110", count=len(faults)), tuple(map(str, faults)))
        self.faults = faults
