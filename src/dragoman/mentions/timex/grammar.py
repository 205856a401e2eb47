"""Compile the rules of ``data/times.yaml`` into regular expressions and run them over a text.

A paragraph is first searched for trigger words; a rule is tried only where a trigger of its kind
was seen, so that prose without dates costs one search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

_FIELD = re.compile(r"\{([a-z]+)(\d?)\}")
_LAST_WORD = re.compile(r"([\w-]+)[\s-]*\Z")
_WORD_OR_FIGURE: Final = re.compile(r"[^\W\d_]+|(\d+)")
_DIGIT: Final = ("digit", "clock")
_WINDOW: Final = 70  # code points on either side of a trigger; longer than any expression

# Which word list raises which trigger, and further words that do.
_LENGTHS: Final = ("long", "old", "daylong", "weeklong", "monthlong", "yearlong", "decadelong")
_TRIGGERS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "weekday": (("wday",), ()),
    "month": (("month",), ()),
    "unit": (("unit",), _LENGTHS),
    "relday": (("relday",), ("tonight",)),
    "daypart": (("daypart",), ("overnight",)),
    "season": (("season",), ()),
    "decade": (("decadeword",), ()),
    "adverb": (("adverb",), ()),
    "holiday": (("holiday",), ()),
    "vague": (("vague", "stretch"), ()),
    "east": (("hijri", "solar", "feast"), ()),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the grammar, compiled."""

    id: str
    pattern: re.Pattern[str]
    needs: str
    value: str
    after: frozenset[str]
    constants: Mapping[str, Any]
    order: int


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match. ``groups`` holds what each word list matched, as written; offsets are those
    of the text searched.
    """

    start: int
    end: int
    rule: Rule
    groups: Mapping[str, str] = field(compare=False)


class Grammar:
    """The compiled grammar: ``find`` yields matches, ``mean`` looks a word up in its list."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._names = {name: _strings(entries) for name, entries in data["names"].items()}
        self._words = {name: _strings(entries) for name, entries in data["words"].items()}
        self._shapes: dict[str, str] = dict(data["shapes"])
        self._lists = {
            name: {word.casefold(): value for word, value in entries.items()}
            for name, entries in (*self._names.items(), *self._words.items())
        }
        self.guards: dict[str, frozenset[str]] = {
            name: frozenset(words) for name, words in data["guards"].items()
        }
        self._lowercase = frozenset(word.casefold() for word in data["lowercase"])
        self.rules = tuple(self._rule(n, entry) for n, entry in enumerate(data["rules"]))
        self._triggers = self._trigger_words()

    def find(self, text: str) -> Iterator[Match]:
        """Every match of every rule that can apply, overlapping ones included."""
        windows: dict[str, list[list[int]]] = {}
        for found in _WORD_OR_FIGURE.finditer(text):
            for kind in self._triggers.get(found[0].casefold(), _DIGIT if found[1] else ()):
                low, high = max(0, found.start() - _WINDOW), min(len(text), found.end() + _WINDOW)
                mine = windows.setdefault(kind, [])
                if mine and low <= mine[-1][1]:
                    mine[-1][1] = high
                else:
                    mine.append([low, high])
        if windows:
            for rule in self.rules:
                for low, high in windows.get(rule.needs, ()):
                    yield from self._matches(rule, text, low, high)

    def mean(self, name: str, word: str) -> str:
        """The value a word list gives a word, whatever its case.

        Raises KeyError for a word that is not in the list.
        """
        plain = re.sub(r"\s+", " ", word).casefold()
        entries = self._lists[name.rstrip("23")]
        return entries[plain] if plain in entries else entries[plain.rstrip(".")]

    def _matches(self, rule: Rule, text: str, low: int, high: int) -> Iterator[Match]:
        for found in rule.pattern.finditer(text, low, high):
            groups = {name: value for name, value in found.groupdict().items() if value}
            if any(
                name.rstrip("23") in self._names
                and not value[0].isupper()
                and value.casefold() not in self._lowercase
                for name, value in groups.items()
            ):
                continue
            if "otherday2" in groups:  # a group has one place in a pattern
                groups["otherday"] = groups.pop("otherday2")
            if rule.after and _word_before(text, found.start()) not in rule.after:
                continue
            yield Match(found.start(), found.end(), rule, groups)

    def _rule(self, order: int, entry: Mapping[str, Any]) -> Rule:
        pattern = rf"(?<!\w){self._fill(entry['pattern'])}(?!\w)"
        try:
            compiled = re.compile(_blanks(pattern), re.IGNORECASE)
        except re.error as error:
            raise ValueError(f"data/times.yaml: rule {entry['id']}: {error}: {pattern}") from error
        return Rule(entry["id"], compiled, entry["needs"], entry["value"],
                    frozenset(entry.get("after", ())), entry.get("with", {}), order)  # fmt: skip

    def _fill(self, pattern: str) -> str:
        def part(found: re.Match[str]) -> str:
            name, number = found[1], found[2]
            if name in self._shapes:
                inner = _FIELD.sub(part, self._shapes[name])
            elif entries := self._names.get(name) or self._words.get(name):
                inner = _either(entries)
            else:
                raise ValueError(f"data/times.yaml: no word list or shape {name!r} in {pattern}")
            return f"(?P<{name}{number}>{inner})"

        return _FIELD.sub(part, pattern)

    def _trigger_words(self) -> dict[str, tuple[str, ...]]:
        """Of each entry its longest word, with the kinds of rules that it calls for."""
        kinds: dict[str, set[str]] = {}
        for kind, (names, more) in _TRIGGERS.items():
            entries = [w for name in names for w in self._names.get(name) or self._words[name]]
            for entry in (*entries, *more):
                word = max(re.findall(r"[^\W\d_]+", entry), key=len).casefold()
                for form in (word, f"{word}s"):
                    kinds.setdefault(form, set()).add(kind)
        return {word: tuple(sorted(held)) for word, held in kinds.items()}


def _word_before(text: str, start: int) -> str:
    found = _LAST_WORD.search(text, max(0, start - 24), start)
    return found[1].casefold() if found else ""


def _strings(entries: Mapping[Any, Any]) -> dict[str, str]:
    return {str(word): str(value) for word, value in entries.items()}


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)).replace(
        r"\ ", " "
    )


def _blanks(pattern: str) -> str:
    """Let each blank of a pattern match any run of white space."""

    def wide(found: re.Match[str]) -> str:
        text = found[0]
        if text == " ":
            return r"\s+"
        return r"\s*" if text == " ?" else text.replace(" ", r"\s")

    return re.sub(r"\[[^\]]*\]| \?(?!:)| ", wide, pattern)


@cache
def default_grammar() -> Grammar:
    """The grammar of the package, compiled on first use."""
    text = (resources.files("dragoman") / "mentions/data/times.yaml").read_text("utf-8")
    return Grammar(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
