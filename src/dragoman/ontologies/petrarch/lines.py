"""What became of each line of a dictionary: used, used in part, not used and why, or no content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import Fault, problem

_BLOCK = re.compile(r"<!?\s?!?--.*?-->", re.S)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with content: its number, and its text without comments."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """The lines of one file: ``empty`` and comments, ``used``, and those that ``partly`` or
    not at all (``unused``) went in, each with its reason. Together they are ``total``.
    """

    file: str
    total: int
    empty: int
    used: int
    partly: tuple[Fault, ...]
    unused: tuple[Fault, ...]

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.total} lines: {self.used} used, {len(self.partly)} in part, "
            f"{len(self.unused)} not used, {self.empty} comments or empty"
        )


class Ledger:
    """Keeps the account while a file is read."""

    def __init__(self, path: Path, name: str, codes: tuple[str, str] = ("DR100", "DR101")) -> None:
        self.name = name
        self._codes = codes  # of the messages about lines not used, and used in part
        text = path.read_text(encoding="utf-8", errors="replace")
        # A comment block is blanked line by line, so that the numbers stay.
        plain = _BLOCK.sub(lambda held: "\n" * held.group().count("\n"), text)
        self._total = len(text.splitlines())
        self.lines: list[Line] = []
        for number, line in enumerate(plain.split("\n"), 1):
            kept = line.split("#")[0].strip()
            if kept and not kept.startswith(("<!", "<! ")):
                self.lines.append(Line(number, kept))
        self._partly: dict[int, str] = {}
        self._unused: dict[int, str] = {}

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def unused(self, line: Line, why: str) -> None:
        """Note that a line gives nothing, and why."""
        self._unused.setdefault(line.number, f"{why}: {line.text}")

    def partly(self, line: Line, why: str) -> None:
        """Note what of a line is left out."""
        self._partly.setdefault(line.number, f"{why}: {line.text}")

    def account(self) -> Account:
        """The account as it stands."""
        partly = {n: why for n, why in self._partly.items() if n not in self._unused}
        return Account(
            file=self.name,
            total=self._total,
            empty=self._total - len(self.lines),
            used=len(self.lines) - len(partly) - len(self._unused),
            partly=self._faults(partly, self._codes[1]),
            unused=self._faults(self._unused, self._codes[0]),
        )

    def _faults(self, rows: dict[int, str], code: str) -> tuple[Fault, ...]:
        return tuple(
            Fault(self.name, number, "", problem(code, why=why))
            for number, why in sorted(rows.items())
        )
