"""Readings as tables for people: a row an event, on whose word it stands before anything else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from dragoman.export import wording
from dragoman.export.wording import safe
from dragoman.export.writers import Show
from dragoman.model import Event, Mention, Reading, Statement, Status

# The words carry the meaning; colour only repeats it.
_STYLE: Final[dict[Status, str]] = {
    "asserted": "bold",
    "denied": "red",
    "planned": "cyan",
    "demanded": "magenta",
    "possible": "yellow",
    "hypothetical": "yellow",
}
_CLAIM: Final = "italic"
_NOTE: Final = (
    "A ← B: A's word, as B passes it on. The status is what the first named source makes of it; "
    "only where the report stands alone does it speak in its own voice."
)
_STARRED: Final = "*: the report's main event."
# So wide that no type, status or date is broken, on a terminal with that much room.
_ROOM: Final = 90
_NARROWEST: Final = {"status": 8, "did what": 9, "when": 10, "kind": 5}
Cells = list[Text]


class Table:
    """Tables of each reading on a rich console; wide lines where the console is no terminal."""

    def __init__(self, console: Console, show: Show = "events") -> None:
        self._console = console
        self._show = show
        self._claims = False
        self._starred = False

    def write(self, reading: Reading) -> None:
        """Print a heading, the tables asked for, and what could not be read."""
        self._line(_heading(reading), style="bold")
        if self._show in ("events", "all"):
            self._claims = self._claims or any(event.according_to for event in reading.events)
            self._starred = self._starred or any(event.main for event in reading.events)
            self._print("events", _EVENT, (_event(reading, event) for event in reading.events))
        if self._show in ("statements", "all"):
            rows = (_statement(reading, statement) for statement in reading.statements)
            self._print("statements", _STATEMENT, rows)
        if self._show in ("mentions", "all"):
            rows = (_mention(reading, mention) for mention in reading.mentions)
            self._print("mentions", _MENTION, rows)
        for note in reading.notes:
            self._line(f"Note: {safe(note)}")
        if reading.notes:
            self._line("")

    def close(self) -> None:
        """Print how to read the claims and the star, where there were any."""
        if self._starred:
            self._line(_STARRED)
        if self._claims:
            self._line(_NOTE)

    def _print(self, name: str, columns: tuple[str, ...], rows: Iterable[Cells]) -> None:
        table = RichTable(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
        narrowest = _NARROWEST if self._console.width >= _ROOM else {}
        for column in columns:
            table.add_column(column, overflow="fold", min_width=narrowest.get(column))
        for row in rows:
            table.add_row(*row)
        if not table.row_count:
            self._line(f"No {name} were found.")
            return
        self._console.print(table)
        self._line("")

    def _line(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style), soft_wrap=not self._console.is_terminal)


def _heading(reading: Reading) -> str:
    document = reading.document
    day = document.published.isoformat() if document.published else "date unknown"
    parts = [document.title, document.publisher, day, document.origin or document.id]
    return " · ".join(safe(part) for part in parts if part)


_EVENT: Final = (
    "id", "on whose word", "status", "who", "did what", "whom", "when", "where", "trigger",
)  # fmt: skip
_STATEMENT: Final = ("id", "on whose word", "who says", "act", "cue", "to whom", "content")
_MENTION: Final = ("id", "kind", "words", "offsets", "refers to", "label", "whose label", "rule",
            "unresolved")  # fmt: skip


def _row(values: Iterable[str], style: str) -> Cells:
    return [Text(safe(value), style=style) for value in values]


def _event(reading: Reading, event: Event) -> Cells:
    values = (
        f"{event.id}*" if event.main else event.id,
        wording.whose_event(reading, event),
        event.status,
        wording.participants(event.actors),
        wording.what(event),
        wording.counterparts(event),
        wording.when(event),
        wording.where(reading, event),
        event.trigger.quote,
    )
    cells = _row(values, _CLAIM if event.according_to else "")
    cells[2].stylize(_STYLE[event.status])
    return cells


def _statement(reading: Reading, statement: Statement) -> Cells:
    above = wording.parents(reading, statement)
    addressee = wording.actor_name(reading, statement.addressee)
    if addressee is None and statement.addressee_span is not None:
        addressee = statement.addressee_span.quote
    values = (
        statement.id,
        wording.on_whose_word(reading, above),
        wording.source_name(reading, statement),
        statement.act,
        statement.cue.quote if statement.cue else "",
        addressee or "",
        statement.content.quote,
    )
    return _row(values, _CLAIM if above else "")


def _mention(reading: Reading, mention: Mention) -> Cells:
    refers = wording.meant(reading, mention)
    label = f"{mention.label} ({mention.category})" if mention.category else mention.label
    values = (
        mention.id,
        mention.kind,
        mention.span.quote,
        f"{mention.span.start}–{mention.span.end}",
        refers or "?",
        label or "",
        wording.used_by(reading, mention),
        mention.rule,
        mention.unresolved or "",
    )
    return _row(values, "")
