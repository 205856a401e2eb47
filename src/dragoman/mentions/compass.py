"""Halves of a divided country by the compass alone: "the North" beside South Korea."""

from __future__ import annotations

from typing import Final

from dragoman.language.analysis import Token
from dragoman.mentions.drafts import STATE_KINDS, Setting
from dragoman.register import Entry

_HALVES: Final = ("North", "South", "East", "West")
_PLACING: Final = frozenset("in at near from across inside around".split())


def half(token: Token, setting: Setting) -> Entry | None:
    """The state that "the North", "the South" is, where the report names it or its counterpart."""
    if token.text not in _HALVES or not any(c.lower == "the" for c in token.children):
        return None
    after = token.i - token.sentence.tokens[0].i + 1
    tokens = token.sentence.tokens
    if after < len(tokens) and tokens[after].text[:1].isupper():
        return None
    if token.dep == "pobj" and token.head.lower in _PLACING:
        return None
    for match in reversed(list(setting.matches.values())):
        entry = setting.choose(match)
        if entry is None or entry.kind not in STATE_KINDS:
            continue
        side, _, country = entry.name.partition(" ")
        if side in _HALVES and country:
            return _named(f"{token.text} {country}", setting)
    return None


def _named(name: str, setting: Setting) -> Entry | None:
    for match in setting.register.find(name):
        entry = setting.choose(match)
        if match.end == len(name) and match.start == 0 and entry is not None:
            return entry
    return None
