"""PLOVER: 16 event types with modes, 37 contexts, four auxiliary modes.

Source of names and figures: the PLOVER manual (Halterman, Bagozzi, Beger, Schrodt and Scarborough,
2023). Where the manual contradicts itself or an older table, ``reading`` says which side is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Final, TypeVar, get_args

from dragoman.model import QuadClass
from dragoman.ontologies.files import DataError, package_folder, read_yaml

T = TypeVar("T")
_TYPE_FIELDS: Final = frozenset("quad intensity recipient cameo gloss reading modes".split())
_MODE_FIELDS: Final = frozenset("intensity cameo gloss reading adds was table".split())


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to do an event type.

    ``intensity`` is the published figure, -10..10, or the type's where none was published
    (``figure`` is then False). ``cameo`` is the code that says the same or the least that does;
    ``adds`` lists contexts that come with the mode; ``was`` its earlier names; ``table`` is
    ``manual`` or ``older``.
    """

    type: str
    name: str
    gloss: str
    intensity: float
    cameo: str
    figure: bool = True
    adds: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    table: str = "manual"
    reading: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """One of PLOVER's event types. ``cameo`` lists codes or roots, the general one first."""

    name: str
    gloss: str
    quad: QuadClass
    intensity: float
    recipient_required: bool
    cameo: tuple[str, ...]
    modes: Mapping[str, Mode]
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Plover:
    """The whole ontology: look up by name; unknown names raise KeyError with what there is."""

    types: Mapping[str, EventType]
    contexts: Mapping[str, str]
    auxiliary: Mapping[str, str]

    def type(self, name: str) -> EventType:
        """The event type of that name."""
        return _get(self.types, name, "PLOVER type")

    def modes(self, type: str) -> tuple[str, ...]:
        """Names of a type's modes, in the order of the manual's table."""
        return tuple(self.type(type).modes)

    def mode(self, type: str, name: str) -> Mode:
        """A mode by its name or by an earlier one."""
        modes = self.type(type).modes
        for mode in modes.values():
            if name in mode.was:
                return mode
        return _get(modes, name, f"mode of {type}")

    def intensity(self, type: str, mode: str | None = None) -> float:
        """PLOVER's conflict-cooperation figure, -10..10, of the mode or else of the type."""
        return self.mode(type, mode).intensity if mode else self.type(type).intensity

    def quad(self, type: str) -> QuadClass:
        """1 verbal, 2 material cooperation; 3 verbal, 4 material conflict."""
        return self.type(type).quad

    def to_cameo(self, type: str, mode: str | None = None) -> str:
        """The CAMEO code that says the same as type and mode, or the least that does.

        Empty for a type of a user's own that names none.
        """
        if mode:
            return self.mode(type, mode).cameo
        return next(iter(self.type(type).cameo), "")


def load(folder: Traversable) -> Plover:
    """The ontology in a folder of types.yaml, contexts.yaml and auxiliary.yaml.

    Raises DataError that names file and entry.
    """
    path = folder / "types.yaml"
    types = {name: _event_type(path, name, row) for name, row in read_yaml(path).items()}
    contexts = read_yaml(folder / "contexts.yaml")
    auxiliary = read_yaml(folder / "auxiliary.yaml")
    for kind in types.values():
        for mode in kind.modes.values():
            for context in mode.adds:
                if context not in contexts:
                    raise DataError(f"{path}: {kind.name}/{mode.name} adds no context: {context}.")
    return Plover(_frozen(types), _frozen(contexts), _frozen(auxiliary))


@lru_cache(maxsize=1)
def plover() -> Plover:
    """The ontology that the package brings, read once."""
    return load(package_folder("dragoman.ontologies", "data", "plover"))


def _event_type(path: Traversable, name: str, row: Mapping[str, Any]) -> EventType:
    _check_fields(path, name, row, _TYPE_FIELDS)
    try:
        if row["quad"] not in get_args(QuadClass):
            raise DataError(f"{path}: {name} has the quad {row['quad']!r}, not one of 0 to 4.")
        intensity = _figure(path, name, row["intensity"])
        modes = {
            mode: _mode(path, name, mode, details, intensity)
            for mode, details in row["modes"].items()
        }
        return EventType(
            name=name,
            gloss=row["gloss"],
            quad=row["quad"],
            intensity=intensity,
            recipient_required=row["recipient"] == "required",
            cameo=tuple(row["cameo"]),
            modes=_frozen(modes),
            reading=row.get("reading", ""),
        )
    except KeyError as missing:
        raise DataError(f"{path}: {name} lacks the field {missing}.") from missing


def _mode(
    path: Traversable, type: str, name: str, row: Mapping[str, Any], otherwise: float
) -> Mode:
    _check_fields(path, f"{type}/{name}", row, _MODE_FIELDS)
    figure = row["intensity"]
    return Mode(
        type=type,
        name=name,
        gloss=row["gloss"],
        intensity=otherwise if figure is None else _figure(path, f"{type}/{name}", figure),
        figure=figure is not None,
        cameo=row["cameo"],
        adds=tuple(row.get("adds", ())),
        was=tuple(row.get("was", ())),
        table=row.get("table", "manual"),
        reading=row.get("reading", ""),
    )


def _check_fields(
    path: Traversable, name: str, row: Mapping[str, Any], known: frozenset[str]
) -> None:
    """Refuses what no field is called, such as the rest of a text that a comma cut off."""
    unknown = sorted(row.keys() - known)
    if unknown:
        raise DataError(f"{path}: {name} has no field {unknown}; put a text with commas in quotes.")


def _figure(path: Traversable, name: str, value: object) -> float:
    if not isinstance(value, int | float) or not -10 <= value <= 10:
        raise DataError(f"{path}: {name} has the intensity {value!r}, not a number in -10..10.")
    return float(value)


def _frozen(mapping: Mapping[str, T]) -> Mapping[str, T]:
    return MappingProxyType(dict(mapping))


def _get(mapping: Mapping[str, T], name: str, what: str) -> T:
    try:
        return mapping[name]
    except KeyError:
        raise KeyError(f"no {what} is called {name!r}; there are {', '.join(mapping)}") from None
