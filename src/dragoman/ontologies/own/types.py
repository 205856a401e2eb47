"""``types.yaml``, ``contexts.yaml`` and ``codes.yaml`` of a folder, laid over PLOVER and CAMEO.

An entry of a known name changes only the fields it gives; one of a new name needs them all but
those with a sensible default.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, get_args

from dragoman.model import QuadClass
from dragoman.ontologies.codes import Cameo, Code, PloverReading, Root
from dragoman.ontologies.own.marks import Entry, Marked
from dragoman.ontologies.types import EventType, Mode, Plover

_TYPE: Final = ("quad", "intensity", "gloss", "recipient", "cameo", "modes", "reading")
_MODE: Final = ("intensity", "gloss", "cameo", "adds", "was", "reading")
_CODE: Final = ("name", "type", "mode", "contexts", "goldstein")
_QUAD: Final = "0 none, 1 verbal or 2 material cooperation, 3 verbal or 4 material conflict"


def with_types(
    rows: Iterable[Entry], contexts: Mapping[str, str], base: Plover, codes: Iterable[str]
) -> Plover:
    """The ontology with the folder's types and contexts; faults are told, never raised."""
    known = list(codes)
    merged = {**base.contexts, **contexts}
    types = dict(base.types)
    for row in rows:
        types[row.name] = _event_type(row, types.get(row.name), known, list(merged))
    return Plover(MappingProxyType(types), MappingProxyType(merged), base.auxiliary)


def with_codes(rows: Iterable[Entry], base: Cameo, ontology: Plover) -> Cameo:
    """The code table with the folder's codes, each with its way to a type."""
    codes, roots, mapped = dict(base.codes), dict(base.roots), dict(base.plover)
    for row in rows:
        reading = _reading(row, mapped.get(row.name), ontology)
        old = codes.get(row.name)
        root = row.name[:2]
        quad: QuadClass = ontology.quad(reading.type) if reading.type else 0
        if root in roots:
            quad = roots[root].quad
        figure = row.figure("goldstein", -10, 10)
        made = Code(
            row.name, row.word("name") or (old.name if old else row.name),
            figure if figure is not None else old.goldstein if old else None, root, quad,
        )  # fmt: skip
        roots.setdefault(root, Root(root, made.name, quad))
        codes[row.name], mapped[row.name] = made, reading
    return Cameo(MappingProxyType(codes), MappingProxyType(roots), MappingProxyType(mapped))


def _reading(row: Entry, old: PloverReading | None, ontology: Plover) -> PloverReading:
    row.fields(_CODE)
    type_, mode = row.word("type"), row.word("mode")
    if old is None:
        row.needs("type", "the type that events of this code have")
    if type_ is not None and not row.known("type", type_, "type", ontology.types):
        type_ = None
    if mode is not None and type_ is None:
        row.needs("type", "the type that the mode belongs to")
        mode = None
    if mode is not None and type_ is not None:
        modes = ontology.modes(type_)
        mode = mode if row.known("mode", mode, f"mode of {type_}", modes) else None
    contexts = tuple(
        name for name in row.words("contexts")
        if row.known("contexts", name, "context", ontology.contexts)
    )  # fmt: skip
    if type_ is None and old is not None:
        return dataclasses.replace(old, contexts=contexts or old.contexts)
    return PloverReading(type_, mode, contexts)


def _event_type(
    row: Entry, old: EventType | None, codes: list[str], contexts: list[str]
) -> EventType:
    row.fields(_TYPE)
    if old is None:
        row.needs("quad", _QUAD)
        row.needs("intensity", "a number from -10 (conflict) to 10 (cooperation)")
        row.needs("gloss", "one sentence that says what the type is")
    quad = row.plain("quad", old.quad if old else 0)
    if quad not in get_args(QuadClass) or isinstance(quad, bool):
        row.wrong("quad", _QUAD)
        quad = 0
    intensity = row.figure("intensity", -10, 10)
    if intensity is None:
        intensity = old.intensity if old else 0.0
    recipient = row.plain("recipient", None)
    if recipient not in (None, "required", "optional"):
        row.wrong("recipient", "required or optional")
    cameo = _codes(row, codes)
    kept = old.cameo if old else ()
    return EventType(
        name=row.name,
        gloss=row.word("gloss") or (old.gloss if old else ""),
        quad=quad,
        intensity=intensity,
        recipient_required=(
            recipient == "required" if recipient else bool(old and old.recipient_required)
        ),
        cameo=cameo if row.has("cameo") else kept,
        modes=_modes(row, old, intensity, cameo or kept, codes, contexts),
        reading=row.word("reading") or (old.reading if old else ""),
    )


def _codes(row: Entry, known: list[str]) -> tuple[str, ...]:
    return tuple(c for c in row.words("cameo") if row.known("cameo", c, "CAMEO code", known))


def _modes(
    row: Entry, old: EventType | None, intensity: float, cameo: tuple[str, ...],
    codes: list[str], contexts: list[str],
) -> Mapping[str, Mode]:  # fmt: skip
    modes = dict(old.modes) if old else {}
    held: Marked | None = row.marked.value.get("modes")
    if held is None:
        return MappingProxyType(modes)
    if not isinstance(held.value, dict):
        row.wrong("modes", "a mapping of modes to their fields")
        return MappingProxyType(modes)
    for name, marked in held.value.items():
        if not isinstance(marked.value, dict):
            row.wrong("modes", f"a mapping of fields for {name}")
            continue
        entry = Entry(
            row.faults, row.path, f"{row.name}/{name}",
            Marked(marked.value, held.lines[name], marked.lines),
        )  # fmt: skip
        fallback = next(iter(cameo), "")
        modes[name] = _mode(entry, name, modes.get(name), row.name, intensity, fallback,
                            codes, contexts)  # fmt: skip
    return MappingProxyType(modes)


def _mode(
    row: Entry, name: str, old: Mode | None, type_: str, intensity: float, cameo: str,
    codes: list[str], contexts: list[str],
) -> Mode:  # fmt: skip
    row.fields(_MODE)
    if old is None:
        row.needs("gloss", "one sentence that says what the mode is")
    figure = row.figure("intensity", -10, 10)
    adds = tuple(c for c in row.words("adds") if row.known("adds", c, "context", contexts))
    named = _codes(row, codes)
    return Mode(
        type=type_,
        name=name,
        gloss=row.word("gloss") or (old.gloss if old else ""),
        intensity=figure if figure is not None else old.intensity if old else intensity,
        cameo=named[0] if named else old.cameo if old else cameo,
        figure=figure is not None or bool(old and old.figure),
        adds=adds or (old.adds if old else ()),
        was=row.words("was") or (old.was if old else ()),
        table="own",
        reading=row.word("reading") or (old.reading if old else ""),
    )
