"""Guards against triggers that name no political event: sport, weather, fiction, markets, idiom.

The words are data (``data/guards.yaml``, whose head says what each field means).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Any, Final, Literal, get_args

from dragoman.language.analysis import Token
from dragoman.language.clauses import is_verb, logical_objects, logical_subjects
from dragoman.ontologies import DataError, plover
from dragoman.ontologies.files import package_folder, read_yaml

Scope = Literal["sentence", "subject", "object", "near"]
Effect = Literal["veto", "doubt"]

_CLAUSES: Final = frozenset(("ccomp", "advcl", "relcl", "parataxis", "csubj", "acl"))
_GRAMMAR: Final = frozenset(("aux", "auxpass", "det", "punct"))
_BEFORE: Final = ("compound", "amod", "nmod")
_FIELDS: Final = frozenset(
    ("id", "effect", "types", "triggers", "scope", "need", "words", "pattern", "unless")
)


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard; an empty ``types`` or ``triggers`` stands for any."""

    id: str
    scope: Scope
    effect: Effect
    types: frozenset[str]
    triggers: frozenset[str]
    words: frozenset[str]
    need: int
    pattern: re.Pattern[str] | None
    unless: frozenset[str]


def veto(tokens: Sequence[Token], trigger: Token, type: str) -> str | None:
    """The id of the first guard that forbids an event of ``type`` at ``trigger``; None if none.

    ``tokens`` are those of the trigger's sentence.
    """
    return _first("veto", tokens, trigger, type)


def doubt(tokens: Sequence[Token], trigger: Token, type: str) -> str | None:
    """The id of the first guard that makes an event of ``type`` at ``trigger`` doubtful."""
    return _first("doubt", tokens, trigger, type)


def load(path: Traversable) -> tuple[Guard, ...]:
    """The guards of a file. Raises DataError that names file and guard."""
    guards: dict[str, Guard] = {}
    for row in read_yaml(path)["guards"]:
        guard = _guard(path, row)
        if guard.id in guards:
            raise DataError(f"{path}: the id {guard.id} stands twice; rename one.")
        guards[guard.id] = guard
    return tuple(guards.values())


@lru_cache(maxsize=1)
def guards() -> tuple[Guard, ...]:
    """The guards that the package brings, read once."""
    return load(package_folder("dragoman.events", "data") / "guards.yaml")


def _first(effect: Effect, tokens: Sequence[Token], trigger: Token, type: str) -> str | None:
    everywhere: frozenset[str] | None = None
    for guard in guards():
        if guard.effect != effect or (guard.types and type not in guard.types):
            continue
        if guard.triggers and trigger.lemma not in guard.triggers:
            continue
        if everywhere is None:
            everywhere = _sentence_grams(tuple(tokens))
        if not guard.unless.isdisjoint(everywhere):
            continue
        around = everywhere if guard.scope == "sentence" else _SCOPES[guard.scope](trigger)
        if guard.words and len(guard.words & around) >= guard.need:
            return guard.id
        if guard.pattern is not None and guard.pattern.search(_text(tokens)):
            return guard.id
    return None


@lru_cache(maxsize=4)
def _sentence_grams(tokens: tuple[Token, ...]) -> frozenset[str]:
    return _grams(tokens)


def _grams(tokens: Sequence[Token]) -> frozenset[str]:
    """Lemmas, words as they stand, and runs of two and three words, in lower case."""
    found: set[str] = set()
    lowers = [token.lower for token in tokens]
    lemmas = [token.lemma.lower() for token in tokens]
    for words in (lowers, lemmas):
        for size in (1, 2, 3):
            found.update(" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
    found.update(word.replace(" - ", "-") for word in list(found) if " - " in word)
    return frozenset(found)


def _subject(trigger: Token) -> frozenset[str]:
    if is_verb(trigger):
        return _heads(logical_subjects(trigger))
    if trigger.dep in ("dobj", "nsubjpass") and is_verb(trigger.head):
        return _heads(logical_subjects(trigger.head))
    return _heads(trigger.having("poss", "compound"))


def _object(trigger: Token) -> frozenset[str]:
    if is_verb(trigger):
        return _heads(logical_objects(trigger))
    held = [child for owner in trigger.having("prep") for child in owner.having("pobj")]
    return _heads(held)


def _heads(heads: Iterable[Token]) -> frozenset[str]:
    """Each head, alone and with the words right before it: of "car bomb" not the "car", but of
    "Storm Ciara" the "storm".
    """
    found: set[str] = set()
    for head in heads:
        for token in (head, *head.having("conj")):
            before = [child for child in token.having(*_BEFORE) if child.i < token.i]
            found |= {gram for gram in _grams([*before, token]) if _ends(gram, token)}
            if token.pos == "PROPN":
                found |= _grams(before)
    return frozenset(found)


def _ends(gram: str, token: Token) -> bool:
    return gram.endswith((token.lower, token.lemma.lower()))


def _near(trigger: Token) -> frozenset[str]:
    found: list[Token] = []
    stack = [trigger]
    if trigger.dep in ("dobj", "nsubjpass"):  # "waged a war on malaria": parsers differ over "on"
        stack += [child for child in trigger.head.having("prep") if child.i > trigger.i]
    while stack:
        token = stack.pop()
        found.append(token)
        for child in token.children:
            embedded = child.dep in _CLAUSES | _GRAMMAR or (child.dep == "conj" and is_verb(child))
            if not embedded:
                stack.append(child)
    found.sort(key=lambda token: token.i)
    return _grams([token for token in found if token is not trigger])


_SCOPES: Final[dict[str, Callable[[Token], frozenset[str]]]] = {
    "subject": _subject,
    "object": _object,
    "near": _near,
}


def _text(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    end = 0
    for token in tokens:
        gap = bool(parts) and token.start > end
        parts.append(f" {token.lower}" if gap else token.lower)
        end = token.end
    return "".join(parts)


def _guard(path: Traversable, row: dict[str, Any]) -> Guard:
    where = f"{path}: {row.get('id', 'a guard without id')}"
    unknown = row.keys() - _FIELDS
    if unknown:
        raise DataError(f"{where}: no field is called {sorted(unknown)}; see the file's head.")
    if not isinstance(row.get("id"), str) or row.get("scope") not in get_args(Scope):
        raise DataError(f"{where}: needs an id and a scope of {', '.join(get_args(Scope))}.")
    if not row.get("words") and not row.get("pattern"):
        raise DataError(f"{where}: has neither words nor a pattern, so it can never speak.")
    if row.get("effect", "veto") not in get_args(Effect):
        raise DataError(f"{where}: the effect is {row['effect']!r}, not veto or doubt.")
    foreign = set(row.get("types", ())) - plover().types.keys()
    if foreign:
        raise DataError(f"{where}: no PLOVER type is called {sorted(foreign)}.")
    return Guard(
        id=row["id"],
        scope=row["scope"],
        effect=row.get("effect", "veto"),
        types=frozenset(row.get("types", ())),
        triggers=frozenset(row.get("triggers", ())),
        words=frozenset(row.get("words", ())),
        need=int(row.get("need", 1)),
        pattern=_pattern(where, row.get("pattern")),
        unless=frozenset(row.get("unless", ())),
    )


def _pattern(where: str, text: str | None) -> re.Pattern[str] | None:
    try:
        return re.compile(text) if text else None
    except re.error as error:
        raise DataError(f"{where}: the pattern is not one: {error}.") from error
