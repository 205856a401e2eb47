"""Events, statements or mentions as CSV, for spreadsheets and statistics programs.

A cell of text that a spreadsheet would take for a formula gets an apostrophe in front, and so does
one that looks as if it had got one: :func:`original` gives any cell's text back.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal, TextIO, TypeAlias

from dragoman.export import wording
from dragoman.model import (
    SCHEMA_VERSION,
    Document,
    Event,
    Fragment,
    Mention,
    Participant,
    Reading,
    Span,
    Statement,
)

Cell: TypeAlias = str | int | float | bool | dt.date | None
Row: TypeAlias = dict[str, Cell]
Kind: TypeAlias = Literal["events", "statements", "mentions"]

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n]")


def neutral(value: Cell) -> str:
    """A cell as written: text cannot start a formula, numbers stay numbers, None is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else value
    return str(value)


def original(cell: str) -> str:
    """The text that :func:`neutral` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


class Csv:
    """A header, then a row for each record of one kind."""

    def __init__(self, file: TextIO, show: Kind = "events") -> None:
        self._writer = csv.writer(file, lineterminator="\n")
        self._rows = ROWS[show]
        self._header = COLUMNS[show]
        self._started = False

    def write(self, reading: Reading) -> None:
        """Write the rows of one reading."""
        self._start()
        for row in self._rows(reading):
            self._writer.writerow([neutral(row[name]) for name in self._header])

    def close(self) -> None:
        """Write the header where no reading came."""
        self._start()

    def _start(self) -> None:
        if not self._started:
            self._writer.writerow(self._header)
            self._started = True


def _document(reading: Reading) -> Row:
    document = reading.document
    return {
        "schema_version": SCHEMA_VERSION,
        "document_id": document.id,
        "published": document.published,
        "publisher": document.publisher,
        "url": document.url,
        "origin": document.origin,
    }


def _joined(values: Iterable[str | None]) -> str:
    return "; ".join(value or "" for value in values)


def _bounds(span: Span | None, name: str) -> Row:
    return {
        name: span.quote if span else None,
        f"{name}_start": span.start if span else None,
        f"{name}_end": span.end if span else None,
    }


def _side(reading: Reading, filled: tuple[Participant, ...], name: str) -> Row:
    actors = [reading.actor(participant.actor) for participant in filled]
    return {
        f"{name}s": _joined(participant.name for participant in filled),
        f"{name}_ids": _joined(participant.actor for participant in filled),
        f"{name}_countries": _joined(actor.country if actor else None for actor in actors),
        f"{name}_sectors": _joined(actor.sector if actor else None for actor in actors),
    }


def _event(reading: Reading, event: Event) -> Row:
    place, time = wording.place_of(reading, event), event.time
    return {
        **_document(reading),
        "event_id": event.id,
        "main": event.main,
        "on_whose_word": wording.whose_event(reading, event),
        "according_to": _joined(event.according_to),
        "status": event.status,
        **_side(reading, event.actors, "actor"),
        "type": event.type,
        "mode": event.mode,
        "contexts": _joined(event.contexts),
        **_side(reading, event.recipients, "recipient"),
        "reciprocal": event.reciprocal,
        "time": time.value if time else None,
        "time_granularity": time.granularity if time else None,
        "time_first": time.first if time else None,
        "time_last": time.last if time else None,
        "place": wording.where(reading, event) or None,
        "place_country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "cameo": event.cameo,
        "cameo_root": event.cameo_root,
        "quad": event.quad,
        "goldstein": event.goldstein,
        "intensity": event.intensity,
        "polarity": event.polarity,
        "certainty": event.certainty,
        "auxiliary": _joined(event.auxiliary),
        "confidence": event.confidence,
        **_bounds(event.trigger, "trigger"),
        "sentence": event.sentence.quote if event.sentence else None,
    }


def _statement(reading: Reading, statement: Statement) -> Row:
    above = wording.parents(reading, statement)
    return {
        **_document(reading),
        "statement_id": statement.id,
        "on_whose_word": wording.on_whose_word(reading, above),
        "parent": statement.parent,
        "speaker": wording.source_name(reading, statement),
        "speaker_id": statement.speaker,
        "implicit": statement.implicit,
        "act": statement.act,
        "kind": statement.kind,
        "addressee": wording.actor_name(reading, statement.addressee)
        or (statement.addressee_span.quote if statement.addressee_span else None),
        "addressee_id": statement.addressee,
        **_bounds(statement.source, "source"),
        **_bounds(statement.cue, "cue"),
        **_bounds(statement.content, "content"),
        "confidence": statement.confidence,
    }


def _mention(reading: Reading, mention: Mention) -> Row:
    place, time = mention.place, mention.time
    return {
        **_document(reading),
        "mention_id": mention.id,
        "kind": mention.kind,
        **_bounds(mention.span, "words"),
        "refers_to": wording.meant(reading, mention) or None,
        "actor_id": mention.actor,
        **_bounds(mention.label_span, "label"),
        "label": mention.label,
        "label_category": mention.category,
        "label_used_by": wording.used_by(reading, mention) or None,
        "label_used_by_ids": _joined(mention.used_by),
        "place_id": place.id if place else None,
        "place_country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "time_type": time.type if time else None,
        "time": time.value if time else None,
        "time_granularity": time.granularity if time else None,
        "time_first": time.first if time else None,
        "time_last": time.last if time else None,
        "antecedent": mention.antecedent,
        "rule": mention.rule,
        "unresolved": mention.unresolved,
    }


ROWS: Final[Mapping[Kind, Callable[[Reading], Iterable[Row]]]] = {
    "events": lambda reading: (_event(reading, event) for event in reading.events),
    "statements": lambda reading: (_statement(reading, said) for said in reading.statements),
    "mentions": lambda reading: (_mention(reading, mention) for mention in reading.mentions),
}


def _specimen() -> Reading:
    """A reading with one record of each kind, to ask for the columns where no record is."""
    span = Span((Fragment(0, 1, "x"),))
    return Reading(
        document=Document("", "x"),
        events=(Event("", span, "", "", "", 0, "asserted"),),
        statements=(Statement("", span, "direct", ""),),
        mentions=(Mention("", span, "actor", ""),),
    )


COLUMNS: Final[Mapping[Kind, tuple[str, ...]]] = {
    kind: tuple(next(iter(rows(_specimen())))) for kind, rows in ROWS.items()
}
