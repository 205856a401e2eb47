"""robots.txt (RFC 9309): the longest rule that matches decides.

The standard library's parser takes the first rule instead, and ``*`` and ``$`` for plain
characters, so that it allows much that is forbidden.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

AGENT: Final = "dragoman"
LARGEST: Final = 512 * 1024
"""Bytes that are read of a file; the rest is not looked at."""
_TOKEN: Final = re.compile(r"[A-Za-z_-]+|\*")
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]")


@dataclass(frozen=True, slots=True)
class Rules:
    """What one program may fetch: whether a pattern allows, and the pattern; ``delay`` is the
    pause in seconds that is asked for.
    """

    lines: tuple[tuple[bool, str], ...] = ()
    delay: float | None = None

    def allow(self, target: str) -> bool:
        """Whether a path with its query may be fetched."""
        plain = _plain(target)
        hits = [(len(rule), allows) for allows, rule in self.lines if _matches(rule, plain)]
        return max(hits, default=(0, True))[1]


def parse(text: str, agent: str = AGENT) -> Rules:
    """The rules of a file for a program of that name; else those for all."""
    groups: dict[str, list[tuple[str, str]]] = {}
    named: list[str] = []
    open_ = False
    for line in re.split(r"\r\n|\r|\n", text[:LARGEST].removeprefix("\ufeff")):
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            token = _TOKEN.match(value)
            named = [*(named if open_ else []), token[0].lower() if token else ""]
            for name in named:
                groups.setdefault(name, [])
            open_ = True
        elif key in ("allow", "disallow", "crawl-delay"):
            open_ = False
            for name in dict.fromkeys(named):
                groups[name].append((key, value))
    mine = groups.get(agent.lower(), groups.get("*", []))
    lines = tuple((key == "allow", _plain(value)) for key, value in mine
                  if key != "crawl-delay" and value)  # fmt: skip
    delays = [found for key, value in mine if key == "crawl-delay" and (found := _seconds(value))]
    return Rules(lines, max(delays, default=None))


def _seconds(value: str) -> float | None:
    return float(value) if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value) else None


def _plain(path: str) -> str:
    """One form for all ways to escape a path."""

    def one(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if _UNRESERVED.match(character) else match[0].upper()

    return _ESCAPE.sub(one, quote(path, "/%:@!$&'()*+,;=~-._?[]"))


def _matches(rule: str, target: str) -> bool:
    # Piece by piece and never back: a rule of many stars must not take time without end.
    ends = rule.endswith("$")
    first, *rest = rule.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not ends or at == len(target)
    *middle, last = rest
    for piece in middle:
        found = target.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if ends:
        return len(target) - len(last) >= at and target.endswith(last)
    return target.find(last, at) >= 0
