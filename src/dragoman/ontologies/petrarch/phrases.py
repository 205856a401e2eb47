"""The two sides of a pattern taken apart: words, phrases, prepositional phrases, marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.ontologies.petrarch.words import ARTICLES, singular

_TOKENS = re.compile(r"\([^)]*\)?|\{[^}]*\}?|[^\s(){}]+")
_MARKS: Final[Mapping[str, Kind]] = {"$": "source", "+": "target", "%": "both", "^": "any"}
_VERBAL = frozenset(
    "will would should may might can could shall must not n't never neither nor no is are was were "
    "be been being has have had do does did say said says to so already really recently now "
    "indicated noted failed wo ca".split()
)
_PREPOSITIONS = frozenset(
    "about against among around at between by during for from in inside into near of off on onto "
    "out over through to toward towards under up upon with within without".split()
)

Kind = Literal["source", "target", "both", "any", "words", "set", "preposition"]


class InexpressibleError(Exception):
    """A part of a pattern that the form of triggers has no place for; its text says which."""


@dataclass(frozen=True, slots=True)
class Item:
    """A mark, a phrase (its words, the head last), a synonym set, or a preposition."""

    kind: Kind
    words: tuple[str, ...] = ()
    alternatives: frozenset[str] = frozenset()


def items(text: str, synsets: Mapping[str, list[str]]) -> list[Item]:
    """One side of a pattern in order. Raises InexpressibleError."""
    return [item for token in _TOKENS.findall(text) for item in _items(token, synsets)]


def _items(token: str, synsets: Mapping[str, list[str]]) -> Iterator[Item]:
    if token.startswith(("(", "{")):
        inner = token.strip("(){} ")
        if token.startswith("{"):
            yield from _group(inner, synsets)
            return
        for part in _TOKENS.findall(inner):
            yield from _items(part, synsets)
        return
    if token in _MARKS:
        yield Item(_MARKS[token])
        return
    run: list[str] = []
    for word in filter(None, re.split(r"_+", token)):
        if word in _MARKS or word.startswith("&"):
            yield from _phrase(run)
            run = []
            yield _set(word, synsets) if word.startswith("&") else Item(_MARKS[word])
        else:
            run.append(word)
    yield from _phrase(run)


def _group(inner: str, synsets: Mapping[str, list[str]]) -> Iterator[Item]:
    """A noun phrase in braces; with a synonym set in it, every phrase that it may be."""
    words = re.split(r"[\s_]+", inner)
    if "&" not in inner:
        yield from _phrase(words)
        return
    # Of a phrase, a condition sees the head and the word before it.
    parts = [_set(w, synsets).alternatives if w.startswith("&") else {w.lower()} for w in words]
    if len(parts) == 1:
        yield _set(words[0], synsets)
        return
    left, right = parts[-2], parts[-1]
    heads = {form for word in right for form in (word, singular(word))}
    pairs = {f"{a.split()[-1]} {b.split()[-1]}" for a in left for b in heads}
    yield Item("set", (words[-1],), frozenset(pairs))


def _set(word: str, synsets: Mapping[str, list[str]]) -> Item:
    name = word[1:].lower()
    held = synsets.get(name)
    if held is None:
        raise InexpressibleError(f"no synonym set is called {word}")
    return Item("set", (word,), frozenset(_expanded(held, synsets, 0)))


def _expanded(held: list[str], synsets: Mapping[str, list[str]], depth: int) -> Iterator[str]:
    for entry in held:
        words = [w for w in re.split(r"[\s_]+", entry.lower()) if w]
        nested = synsets.get(words[0][1:]) if words and words[0].startswith("&") else None
        if nested is not None and depth < 3:
            yield from _expanded(nested, synsets, depth + 1)
            continue
        words = [w for w in words if w not in ARTICLES]
        if words and all(re.fullmatch(r"[\w'’.-]+", word) for word in words):
            # Of a phrase, a condition sees the head and the word before it.
            kept = words[-2:]
            yield " ".join(kept)
            yield " ".join([*kept[:-1], singular(kept[-1])])


def _phrase(run: list[str]) -> Iterator[Item]:
    words = [word.lower().replace("’", "'") for word in run]
    kept: list[str] = []
    for word in words:
        if not re.fullmatch(r"[\w'.-]+", word):
            raise InexpressibleError(f"{word!r} is no word")
        if word in _PREPOSITIONS:
            if kept:
                yield Item("words", tuple(kept))
            kept = []
            yield Item("preposition", (word,))
        elif word not in ARTICLES:
            kept.append(word)
    if kept:
        yield Item("words", tuple(kept))


def is_noun_phrase(item: Item) -> bool:
    """Whether the words before a verb can be its subject."""
    if item.kind == "set":
        name = item.words[0].lower()
        return "aux" not in name and "tobe" not in name and "prep" not in name
    return item.kind == "words" and not set(item.words) & _VERBAL
