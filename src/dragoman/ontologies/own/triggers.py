"""``triggers*.yaml`` of a folder: new triggers, others in place of shipped ones, some off.

The fields are those of :mod:`dragoman.events.lexicon`. Beside ``triggers``, a file may list under
``off`` the ids of shipped triggers that shall not fire; ``*`` in an id stands for anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final, get_args

from dragoman.events.lexicon import (
    FIELDS,
    FLAGS,
    LISTS,
    PLACES,
    SETS,
    Complement,
    Negated,
    Trigger,
)
from dragoman.ontologies.codes import Cameo
from dragoman.ontologies.own.marks import Entry, Faults, Marked
from dragoman.ontologies.types import Plover

_TOP: Final = ("lists", "triggers", "off")
_ROLES: Final = ("actor", "recipient", "noun_actor", "noun_recipient")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a folder's trigger files change: entries by id, and patterns of ids switched off."""

    triggers: dict[str, Trigger] = field(default_factory=dict)
    off: list[str] = field(default_factory=list)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)

    def over(self, shipped: Mapping[str, Trigger]) -> list[Trigger]:
        """The shipped triggers with these changes, one's own last."""
        kept = [
            trigger
            for id, trigger in shipped.items()
            if id not in self.triggers and not any(fnmatchcase(id, off) for off in self.off)
        ]
        return [*kept, *self.triggers.values()]


def read_triggers(
    faults: Faults, path: Path, changes: Changes, plover: Plover, cameo: Cameo, shipped: list[str]
) -> None:
    """Add what a file says to the changes."""
    root = faults.read(path)
    if root is None:
        return
    if not isinstance(root.value, dict):
        faults.add(path, root.line, "", "DR096", field="the file", value=type(root.value).__name__,
                   wanted="a mapping with triggers and off")  # fmt: skip
        return
    top = Entry(faults, path, "", root)
    top.fields(_TOP)
    _switch_off(top, changes, shipped)
    held: Marked | None = root.value.get("triggers")
    if held is None:
        return
    if not isinstance(held.value, list):
        top.wrong("triggers", "a list of entries")
        return
    for marked in held.value:
        if not isinstance(marked.value, dict):
            faults.add(path, marked.line, "", "DR096", field="an entry", value=marked.plain(),
                       wanted="a mapping of fields")  # fmt: skip
            continue
        name = marked.value["id"].plain() if "id" in marked.value else ""
        entry = Entry(faults, path, str(name), marked)
        trigger = _trigger(entry, plover, cameo)
        if trigger is not None:
            _keep(entry, trigger, changes)


def _switch_off(top: Entry, changes: Changes, shipped: list[str]) -> None:
    for pattern in top.words("off"):
        if not any(fnmatchcase(id, pattern) for id in shipped):
            top.known("off", pattern, "shipped trigger", shipped)
        changes.off.append(pattern)


def _keep(entry: Entry, trigger: Trigger, changes: Changes) -> None:
    if trigger.id in changes.places:
        file, line = changes.places[trigger.id]
        entry.faults.twice(entry.path, entry.marked.line, trigger.id, (file, line))
        return
    changes.places[trigger.id] = (entry.faults.name(entry.path), entry.marked.line)
    changes.triggers[trigger.id] = trigger


def _trigger(entry: Entry, plover: Plover, cameo: Cameo) -> Trigger | None:
    before = len(entry.faults.found)
    entry.fields(FIELDS)
    for name, wanted in (("id", "a name of its own, such as protest.occupy"),
                         ("type", "a type of PLOVER's or of types.yaml")):  # fmt: skip
        if entry.needs(name, wanted):
            entry.word(name)
    values = {name: _value(entry, name) for name in entry.marked.value if name in FIELDS}
    _check_names(entry, values, plover, cameo)
    _check_words(entry, values)
    if len(entry.faults.found) > before:
        return None
    values.setdefault("cameo", plover.to_cameo(values["type"], values.get("mode")))
    return Trigger(**values)


def _value(entry: Entry, name: str) -> Any:
    if name in SETS or name in LISTS:
        words = entry.words(name)
        return frozenset(words) if name in SETS else words
    value = entry.plain(name)
    if name in FLAGS:
        if not isinstance(value, bool):
            entry.wrong(name, "true or false")
        return value
    if name == "complement":
        if value not in get_args(Complement):
            entry.wrong(name, f"one of {', '.join(get_args(Complement))}")
        return value
    if name == "negated":
        fits = isinstance(value, dict) and value.keys() == {"type", "cameo"}
        if not fits:
            entry.wrong(name, "{type: …, cameo: …}")
        return Negated(**value) if fits else None
    return entry.word(name)


def _check_names(entry: Entry, values: dict[str, Any], plover: Plover, cameo: Cameo) -> None:
    type_, mode = values.get("type"), values.get("mode")
    if type_ and entry.known("type", type_, "type", plover.types) and mode:
        was = [name for m in plover.type(type_).modes.values() for name in m.was]
        entry.known("mode", mode, f"mode of {type_}", [*plover.modes(type_), *was])
    if values.get("cameo"):
        entry.known("cameo", values["cameo"], "CAMEO code", cameo.codes)
    for name in values.get("contexts", ()):
        entry.known("contexts", name, "context", plover.contexts)
    negated = values.get("negated")
    if negated is not None:
        entry.known("negated", negated.type, "type", plover.types)
        entry.known("negated", negated.cameo, "CAMEO code", cameo.codes)


def _check_words(entry: Entry, values: dict[str, Any]) -> None:
    if not entry.has("verbs") and not entry.has("nouns"):
        entry.tell("id", "DR099", why="it has neither verbs nor nouns", remedy="Add some")
    if values.get("bare") is False and not values.get("light"):
        entry.tell("bare", "DR099", why="bare is false and it has no light verbs",
                   remedy="Add light verbs, or drop bare")  # fmt: skip
    for name in ("verbs", "nouns", "light"):
        for text in values.get(name, ()):
            if text != " ".join(text.lower().split()) or not text:
                entry.tell(name, "DR096", field=name, value=text,
                           wanted="lemmas in lower case with single spaces")  # fmt: skip
    for name in _ROLES:
        for place in values.get(name, ()):
            if place not in PLACES and not place.startswith("prep:"):
                entry.known(name, place, "place of a role", [*sorted(PLACES), "prep:…"])
