"""On whose word an event stands: the statements whose content holds its trigger."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token
from dragoman.model import Statement
from dragoman.statements.cover import Cover


class Chains:
    """Finds the statements around a place in the text, outermost first."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._by_id = {statement.id: statement for statement in statements}
        self._cover = Cover(
            (fragment.start, fragment.end, statement)
            for statement in statements
            for fragment in statement.content.fragments
        )
        self._cues = Cover(
            (fragment.start, fragment.end, statement)
            for statement in statements
            if statement.cue is not None
            for fragment in statement.cue.fragments
        )

    def around(self, token: Token) -> tuple[Statement, ...]:
        """The innermost statement whose content covers the token behind those it is nested in,
        outermost first.
        """
        held = self._cover.over(token.start, token.end)
        if not held:
            return ()
        inner = min(held, key=_size)
        return (*self.ancestors(inner), inner)

    def of_cue(self, token: Token) -> Statement | None:
        """The statement whose cue holds the token; of several, the one with the shortest cue."""
        held = self._cues.over(token.start, token.end)
        return min(held, key=lambda s: s.cue.end - s.cue.start if s.cue else 0, default=None)

    def ancestors(self, statement: Statement) -> tuple[Statement, ...]:
        """The statements a statement is nested in, outermost first."""
        found: list[Statement] = []
        parent = statement.parent
        while parent is not None and len(found) < 50:
            held = self._by_id[parent]
            found.insert(0, held)
            parent = held.parent
        return tuple(found)


def _size(statement: Statement) -> int:
    return sum(f.end - f.start for f in statement.content.fragments)
