"""CAMEO: 20 roots, every code of two to four digits, Goldstein values, and the map to PLOVER.

Sources of codes and figures: CAMEO codebook 1.1b3 (Gerner et al. 2002; Schrodt 2012), Goldstein
(1992) as extended to CAMEO, the CAMEO-to-PLOVER table of 2021. ``reading`` says where a source was
not followed, and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, get_args

from dragoman.model import QuadClass
from dragoman.ontologies.files import DataError, package_folder, read_table, read_yaml
from dragoman.ontologies.types import Plover, plover


@dataclass(frozen=True, slots=True)
class Root:
    """A two-digit code with its quad class."""

    code: str
    name: str
    quad: QuadClass
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of two to four digits; ``goldstein`` is -10..10, None where an own code has none."""

    code: str
    name: str
    goldstein: float | None
    root: str
    quad: QuadClass
    reading: str = ""


@dataclass(frozen=True, slots=True)
class PloverReading:
    """What PLOVER calls a CAMEO code; ``type`` is None where PLOVER has no such event."""

    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Cameo:
    """The whole ontology: look up by code; an unknown code raises KeyError that says so."""

    codes: Mapping[str, Code]
    roots: Mapping[str, Root]
    plover: Mapping[str, PloverReading]

    def code(self, code: str) -> Code:
        """The record of a code."""
        return self.codes[self._known(code)]

    def goldstein(self, code: str) -> float | None:
        """The Goldstein value of a code, -10 (conflict) to 10 (cooperation)."""
        return self.code(code).goldstein

    def root(self, code: str) -> str:
        """The two-digit root of a code."""
        return self.code(code).root

    def quad(self, code: str) -> QuadClass:
        """The quad class of the code's root."""
        return self.code(code).quad

    def name(self, code: str) -> str:
        """The code's name in this project's words."""
        return self.code(code).name

    def to_plover(self, code: str) -> PloverReading:
        """PLOVER type, mode and contexts that say the same."""
        return self.plover[self._known(code)]

    def parent(self, code: str) -> str | None:
        """The code one digit shorter that holds this one; None for a root."""
        shorter = self._known(code)[:-1]
        return shorter if shorter in self.codes else None

    def _known(self, code: str) -> str:
        if code not in self.codes:
            raise KeyError(f"no CAMEO code {code!r}; codes are two to four digits, '01' to '2042'")
        return code


def load(folder: Traversable, ontology: Plover) -> Cameo:
    """The codes in a folder of roots.yaml, codes.csv and to_plover.csv, mapped to ``ontology``.

    Raises DataError that names file and code.
    """
    codes = _codes(folder)
    roots = {
        code: Root(code, codes[code].name, row["quad"], row.get("reading", ""))
        for code, row in read_yaml(folder / "roots.yaml").items()
    }
    path = folder / "to_plover.csv"
    rows = read_table(path, ("code", "type", "mode", "contexts", "reading"))
    mapped = {row["code"]: _reading(path, row, ontology) for row in rows}
    if mapped.keys() != codes.keys():
        raise DataError(f"{path}: maps not these codes: {sorted(mapped.keys() ^ codes.keys())}.")
    return Cameo(MappingProxyType(codes), MappingProxyType(roots), MappingProxyType(mapped))


@lru_cache(maxsize=1)
def cameo() -> Cameo:
    """The ontology that the package brings, read once."""
    return load(package_folder("dragoman.ontologies", "data", "cameo"), plover())


def _codes(folder: Traversable) -> dict[str, Code]:
    path = folder / "codes.csv"
    quads = _quads(folder / "roots.yaml")
    codes: dict[str, Code] = {}
    for row in read_table(path, ("code", "name", "goldstein", "reading")):
        code, root = row["code"], row["code"][:2]
        if code in codes:
            raise DataError(f"{path}: the code {code} stands twice.")
        if root not in quads:
            raise DataError(f"{path}: {code} has no root {root} in roots.yaml.")
        value = float(row["goldstein"])
        if not -10 <= value <= 10:
            raise DataError(f"{path}: {code} has the Goldstein value {value}, not in -10..10.")
        codes[code] = Code(code, row["name"], value, root, quads[root], row["reading"])
    absent = quads.keys() - codes.keys()
    if absent:
        raise DataError(f"{path}: lacks the roots {sorted(absent)}.")
    return codes


def _quads(path: Traversable) -> dict[str, QuadClass]:
    rows: dict[str, Any] = read_yaml(path)
    for root, row in rows.items():
        if row.get("quad") not in get_args(QuadClass):
            raise DataError(f"{path}: {root} has the quad {row.get('quad')!r}, not one of 0 to 4.")
    return {root: row["quad"] for root, row in rows.items()}


def _reading(path: Traversable, row: Mapping[str, str], ontology: Plover) -> PloverReading:
    type_, mode, contexts = row["type"] or None, row["mode"] or None, tuple(row["contexts"].split())
    try:
        if type_:
            ontology.intensity(type_, mode)
    except KeyError as error:
        raise DataError(f"{path}: {row['code']}: {error.args[0]}.") from error
    unknown = [context for context in contexts if context not in ontology.contexts]
    if unknown:
        raise DataError(f"{path}: {row['code']}: no PLOVER context is called {unknown}.")
    return PloverReading(type_, mode, contexts, row["reading"])
