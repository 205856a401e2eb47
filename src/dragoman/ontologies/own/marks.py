"""YAML that remembers its lines, and the faults found in it, each with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import Fault, problem

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Marked:
    """A YAML value with the line it begins in.

    ``value`` is a plain scalar, a list of marked values, or a mapping of names to marked values;
    ``lines`` then holds the line of each name.
    """

    value: Any
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value without its marks."""
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {name: item.plain() for name, item in self.value.items()}
        return self.value


class Faults:
    """Collects what is wrong with the files of one folder; nothing is raised before the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.found: list[Fault] = []

    def name(self, path: Path) -> str:
        """The file's name as messages show it: from the folder on."""
        return str(path.relative_to(self._folder.parent))

    def add(self, path: Path, line: int, entry: str, code: str, /, **values: object) -> None:
        """Note the message ``code`` about a line."""
        self.found.append(Fault(self.name(path), line, entry, problem(code, **values)))

    def read(self, path: Path) -> Marked | None:
        """The document of a file; None, with a fault noted, where there is none."""
        try:
            text = path.read_text(encoding="utf-8")
            node = yaml.compose(text, Loader=_Loader)
        except UnicodeDecodeError as error:
            self.add(path, 1, "", "DR092", why=f"not UTF-8, byte {error.start}")
            return None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            why = getattr(error, "problem", None) or str(error)
            self.add(path, mark.line + 1 if mark else 1, "", "DR092", why=why)
            return None
        return None if node is None else self._marked(path, node, {})

    def _marked(self, path: Path, node: Any, seen: dict[int, Marked]) -> Marked:
        if id(node) in seen:
            return seen[id(node)]
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            made = self._mapping(path, node, seen)
        elif isinstance(node, yaml.SequenceNode):
            made = Marked([self._marked(path, item, seen) for item in node.value], line)
        else:
            made = Marked(self._scalar(path, node), line)
        seen[id(node)] = made
        return made

    def _mapping(self, path: Path, node: Any, seen: dict[int, Marked]) -> Marked:
        values: dict[str, Marked] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in values:
                self.twice(path, line, name, (self.name(path), lines[name]))
                continue
            values[name] = self._marked(path, value, seen)
            lines[name] = line
        return Marked(values, node.start_mark.line + 1, lines)

    def twice(self, path: Path, line: int, name: str, first: tuple[str, int]) -> None:
        """Note that a name was already given, in the file and line of ``first``."""
        told = problem("DR098", name=name, file=first[0], line=first[1])
        self.found.append(Fault(self.name(path), line, "", told))

    def _scalar(self, path: Path, node: Any) -> Any:
        try:
            return yaml.constructor.SafeConstructor().construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError) as error:
            self.add(path, node.start_mark.line + 1, "", "DR092", why=str(error))
            return None


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a file under inspection: a marked mapping, with where to report to."""

    faults: Faults
    path: Path
    name: str
    marked: Marked

    def line(self, field: str) -> int:
        """The line of a field, else the entry's first."""
        return self.marked.lines.get(field, self.marked.line)

    def tell(self, place: str, code: str, /, **values: object) -> None:
        """Note a fault of a field."""
        self.faults.add(self.path, self.line(place), self.name, code, **values)

    def has(self, field: str) -> bool:
        """Whether the field is there."""
        return field in self.marked.value

    def plain(self, field: str, default: Any = None) -> Any:
        """The field's plain value."""
        held = self.marked.value.get(field)
        return default if held is None else held.plain()

    def fields(self, known: Iterable[str]) -> None:
        """Tell of every field that is not known."""
        names = list(known)
        for name in self.marked.value:
            if name not in names:
                self.tell(name, "DR095", field=name, known=", ".join(names))

    def wrong(self, field: str, wanted: str) -> None:
        """Tell that a field's value will not do."""
        self.tell(field, "DR096", field=field, value=self.plain(field), wanted=wanted)

    def word(self, field: str) -> str | None:
        """A field of text; None, told where it is there, if it is not."""
        value = self.plain(field)
        if value is None or isinstance(value, str):
            return value
        self.wrong(field, "text in quotes")
        return None

    def needs(self, field: str, wanted: str) -> bool:
        """Tell where a field that must be there is not; whether it is."""
        if self.has(field):
            return True
        self.tell(field, "DR094", field=field, wanted=wanted)
        return False

    def words(self, field: str) -> tuple[str, ...]:
        """A field that is a list of texts, or one text."""
        value = self.plain(field, [])
        listed = [value] if isinstance(value, str) else value
        if isinstance(listed, list) and all(isinstance(item, str) for item in listed):
            return tuple(listed)
        self.wrong(field, "a list of words in quotes")
        return ()

    def figure(self, field: str, low: float, high: float) -> float | None:
        """A field that is a number between two bounds."""
        value = self.plain(field)
        if value is None:
            return None
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        if plain and low <= value <= high:
            return float(value)
        self.wrong(field, f"a number from {low:g} to {high:g}")
        return None

    def known(self, field: str, name: str, what: str, names: Iterable[str]) -> bool:
        """Whether a name is among those known; tell, with those like it, where it is not."""
        if name in (listed := list(names)):
            return True
        self.tell(field, "DR097", field=field, what=what, name=name, hint=hint(name, listed))
        return False


def hint(name: str, known: list[str]) -> str:
    """What a misspelt name may have meant, or what there is."""
    close = difflib.get_close_matches(name.lower(), [n.lower() for n in known], 3, 0.6)
    meant = [n for n in known if n.lower() in close]
    if meant:
        return f"Did you mean {' or '.join(meant)}? Else add it first"
    if not known:
        return "There are none"
    return f"There are: {', '.join(known)}" if len(known) <= 40 else "Look it up, or add it first"


def entries(faults: Faults, path: Path, root: Marked | None, what: str) -> Iterator[Entry]:
    """The named entries of a mapping; anything else in their place is told."""
    if root is None:
        return
    if not isinstance(root.value, dict):
        faults.add(path, root.line, "", "DR096", field="the file", value=type(root.value).__name__,
                   wanted=f"a mapping of {what} to their fields")  # fmt: skip
        return
    for name, marked in root.value.items():
        if isinstance(marked.value, dict):
            lines = {**marked.lines}
            yield Entry(faults, path, name, Marked(marked.value, root.lines[name], lines))
        else:
            faults.add(path, root.lines[name], name, "DR096", field=name, value=marked.plain(),
                       wanted="a mapping of fields")  # fmt: skip
