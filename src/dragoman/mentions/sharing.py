"""One plural noun for offices and bodies of several states: "the presidents of Egypt and Syria",
"the French and German governments". Each owner's part becomes a mention of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token
from dragoman.mentions.drafts import Setting
from dragoman.register import Entry

Share = tuple[Entry, list[Token]]


def shares(head: Token, phrase: Sequence[Token], setting: Setting) -> list[Share]:
    """The owners of a plural noun with the words for each one's part; empty where it has one
    owner or none.
    """
    if head.tag not in ("NNS", "NNPS"):
        return []
    return _before(head, phrase, setting) or _behind(head, phrase, setting)


def _before(head: Token, phrase: Sequence[Token], setting: Setting) -> list[Share]:
    """ "French and German governments": the adjective alone, but for the last one."""
    named = _named([t for t in phrase if t.i < head.i], setting)
    if len(named) < 2 or not _joined([t for t in phrase if named[0][1][0].i < t.i < head.i]):
        return []
    *first, (last, tokens) = named
    rest = [t for t in phrase if t.i >= tokens[0].i]
    return [*first, (last, rest)]


def _joined(tokens: Sequence[Token]) -> bool:
    return any(t.lower in ("and", "or", "&", "-", "–", ",") for t in tokens)


def _behind(head: Token, phrase: Sequence[Token], setting: Setting) -> list[Share]:
    """ "presidents of Egypt and Syria": the noun with each name."""
    for link in head.having("prep"):
        held = link.child("pobj") if link.lower in ("of", "from") else None
        if held is None:
            continue
        parts, queue = [], [held]
        while queue:
            part = queue.pop(0)
            parts.append(part)
            queue += part.having("conj")
        named = [pair for part in parts for pair in _named(_around(part, setting), setting)]
        if len(named) < 2:
            continue
        core = [t for t in phrase if t.i <= head.i and setting.entry_at(t) is None]
        core = core[-1:] if len(core) > 1 and core[-2].pos == "DET" else core
        core = [t for t in core if t.pos != "DET"]
        opening = [t for t in head.sentence.tokens if core[0].i <= t.i <= named[0][1][-1].i]
        return [(named[0][0], opening), *((owner, [*core, *own]) for owner, own in named[1:])]
    return []


def _around(part: Token, setting: Setting) -> list[Token]:
    match = setting.matches.get(part.i)
    return [
        t for t in part.sentence.tokens if match is not None and setting.matches.get(t.i) is match
    ]


def _named(tokens: Sequence[Token], setting: Setting) -> list[Share]:
    """Distinct states, territories and organisations among the tokens, with their words."""
    found: list[Share] = []
    for token in tokens:
        entry = setting.entry_at(token)
        if entry is None or entry.kind in ("person", "people", "religion"):
            continue
        if found and found[-1][0] is entry:
            found[-1][1].append(token)
        elif all(entry is not known for known, _ in found):
            found.append((entry, [token]))
    return found
