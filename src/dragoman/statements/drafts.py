"""A statement while it is being worked out: tokens rather than spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.language.analysis import Token
from dragoman.model import Kind

Bounds = list[tuple[int, int]]


@dataclass(eq=False, slots=True)
class StatementDraft:
    """``content`` holds ``(start, end)`` code points of its fragments; ``source`` the head token
    of the source phrase, None where it is implicit, ``source_tokens`` the phrase where it is
    known; ``rule`` names what proposed it.
    """

    cue: list[Token]
    content: Bounds
    act: str
    rule: str
    source: Token | None = None
    source_tokens: Sequence[Token] = ()
    implicit: str | None = None
    addressee: Token | None = None
    kind: Kind = "indirect"
    confidence: float = 0.9
    negated: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def start(self) -> int:
        """First code point of the content."""
        return min(start for start, _ in self.content)

    @property
    def end(self) -> int:
        """One past the last code point of the content."""
        return max(end for _, end in self.content)

    def covers(self, start: int, end: int) -> bool:
        """Whether one fragment holds the whole of ``start..end``."""
        return any(low <= start and end <= high for low, high in self.content)


def bounds(tokens: Sequence[Token]) -> tuple[int, int]:
    """``(start, end)`` of a run of tokens."""
    return tokens[0].start, tokens[-1].end


def merged(fragments: Bounds, gap: int = 0, text: str = "") -> Bounds:
    """Fragments sorted, those that touch or overlap (or are parted by white space) made one."""
    found: Bounds = []
    for start, end in sorted(fragments):
        if found and (
            start <= found[-1][1] + gap or (text and not text[found[-1][1] : start].strip())
        ):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
