"""Example sentences of the codebook, each with what Dragoman reads of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Any, Final

from dragoman.ontologies.files import DataError, package_folder, read_yaml
from dragoman.ontologies.types import Plover, plover

PUBLISHED: Final = "2024-05-15"
"""The date of publication the sentences are read with."""

_FIELDS: Final = frozenset(("text", "type", "mode", "contexts", "actors", "recipients"))


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that shows one entry of the codebook.

    ``shows`` names the entry: ``AID``, ``CONSULT/visit``, ``context:health`` or
    ``auxiliary:future``. The other fields are what is read; ``contexts`` are among those read,
    ``actors`` and ``recipients`` are None where they are not compared.
    """

    shows: str
    text: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    auxiliary: str | None = None


def load(path: Traversable, ontology: Plover) -> dict[str, Example]:
    """The examples of a file by what they show.

    Raises DataError where an entry of the ontology has none, or an example shows no entry.
    """
    found = {example.shows: example for example in _examples(path, read_yaml(path))}
    wanted = [
        *ontology.types,
        *(f"{name}/{mode}" for name in ontology.types for mode in ontology.modes(name)),
        *(f"context:{name}" for name in ontology.contexts),
        *(f"auxiliary:{name}" for name in ontology.auxiliary),
    ]
    if found.keys() != set(wanted):
        raise DataError(
            f"{path}: no example, or no entry, for {sorted(found.keys() ^ set(wanted))}."
        )
    for example in found.values():
        try:
            ontology.intensity(example.type, example.mode)
        except KeyError as error:
            raise DataError(f"{path}: {example.shows}: {error.args[0]}.") from error
        if not set(example.contexts) <= ontology.contexts.keys():
            raise DataError(f"{path}: {example.shows}: an unknown context in {example.contexts}.")
    return {name: found[name] for name in wanted}


@lru_cache(maxsize=1)
def examples() -> Mapping[str, Example]:
    """The examples that the package brings, read once."""
    return load(package_folder("dragoman.ontologies", "data", "plover") / "examples.yaml", plover())


def _examples(path: Traversable, data: Mapping[str, Any]) -> Iterator[Example]:
    for name, row in data["types"].items():
        yield _example(path, name, row, type=name)
    for name, modes in data["modes"].items():
        for mode, row in modes.items():
            yield _example(path, f"{name}/{mode}", row, type=name, mode=mode)
    for name, row in data["contexts"].items():
        contexts = (name, *row.get("contexts", ()))
        yield _example(path, f"context:{name}", row, contexts=contexts)
    for name, row in data["auxiliary"].items():
        yield _example(path, f"auxiliary:{name}", row, auxiliary=name)


def _example(path: Traversable, shows: str, row: Mapping[str, Any], **given: Any) -> Example:
    values = {**row, **given}
    if row.keys() - _FIELDS or not {"text", "type"} <= values.keys():
        raise DataError(f"{path}: {shows}: needs a text and a type, and may have {_FIELDS}.")
    for name in ("contexts", "actors", "recipients"):
        if name in values:
            values[name] = tuple(values[name])
    return Example(shows=shows, **values)
