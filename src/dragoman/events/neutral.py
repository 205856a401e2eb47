"""What a word is as good as where a trigger asks for a noun: a name for its kind, a loaded word for
the neutral one. So a trigger neither misses a named state nor depends on how people are called.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from dragoman.language.analysis import Token
from dragoman.language.lexicon import load_yaml
from dragoman.register import Entry, default_register

STATES: Final = frozenset({"state", "country"})
"""A list of objects that has both takes any named state too."""


def is_state(token: Token) -> bool:
    """Whether the token heads the name of a state."""
    name = " ".join([c.text for c in token.having("compound")] + [token.text])
    return token.pos == "PROPN" and any(entry.kind == "state" for entry in _entries(name))


def neutral(token: Token) -> Sequence[str]:
    """The neutral nouns that a loaded word stands for: "occupiers" are troops to a trigger."""
    words: Sequence[str] = load_yaml("dragoman.events", "loaded.yaml").get(token.lemma, ())
    return words


@lru_cache(maxsize=4096)
def _entries(name: str) -> tuple[Entry, ...]:
    return tuple(default_register().lookup(name))
