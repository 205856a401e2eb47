"""On whose word an event stands: the statements whose content holds its trigger."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from dragoman.language.analysis import Token
from dragoman.model import Statement


class Chains:
    """Finds the statements around a place in the text, outermost first."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._by_id = {statement.id: statement for statement in statements}
        rows = [
            (fragment.start, fragment.end, statement)
            for statement in statements
            for fragment in statement.content.fragments
        ]
        rows.sort(key=lambda row: row[0])
        self._starts = [row[0] for row in rows]
        self._rows = rows
        self._longest = max((row[1] - row[0] for row in rows), default=0)
        self._cues = {
            fragment.start: statement
            for statement in statements
            if statement.cue is not None
            for fragment in statement.cue.fragments
        }

    def around(self, token: Token) -> tuple[Statement, ...]:
        """Statements whose content covers the token, outermost first."""
        start, end = token.start, token.end
        at = bisect.bisect_right(self._starts, start)
        low = bisect.bisect_left(self._starts, start - self._longest)
        held = {
            row[2].id: row[2] for row in self._rows[low:at] if row[0] <= start and end <= row[1]
        }
        return tuple(sorted(held.values(), key=lambda s: -_size(s)))

    def of_cue(self, token: Token) -> Statement | None:
        """The statement whose cue begins with the token."""
        return self._cues.get(token.start)

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
