"""``dragoman query``: events, statements, mentions and documents of an archive."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TextIO

import typer

from dragoman.cli.terminal import console, day, quiet_ends, say
from dragoman.cli.terminal import output as opened
from dragoman.errors import DragomanError, problem

if TYPE_CHECKING:
    import pyarrow as pa

    from dragoman.archive import Archive, Filter
    from dragoman.model import Reading

_TABLE_ROWS: Final = 50
_FORMS: Final = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
}


class Format(StrEnum):
    """What `query` writes."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


class Show(StrEnum):
    """What it looks for."""

    events = "events"
    statements = "statements"
    mentions = "mentions"
    documents = "documents"


class Side(StrEnum):
    """Where an actor stands in an event."""

    either = "either"
    initiator = "initiator"
    recipient = "recipient"


class Dates(StrEnum):
    """Which date the bounds are of."""

    event = "event"
    publication = "publication"


class Revisions(StrEnum):
    """Which texts of a document."""

    newest = "newest"
    all = "all"


_WHICH, _OUTPUT = "Which", "Output"
Folder = Annotated[Path, typer.Option("--archive", metavar="DIR", help="The archive's folder.")]
Version = Annotated[
    int | None, typer.Option("--version", metavar="N", help="Of this version. Default: the newest.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="As it was on that day (its end in UTC)."),
]
Word = Annotated[str | None, typer.Option(rich_help_panel=_WHICH)]


def query(
    archive: Folder,
    show: Annotated[Show, typer.Option(help="What to look for.")] = Show.events,
    actor: Annotated[
        str | None,
        typer.Option(help="An actor's id (state:PER) or name.", rich_help_panel=_WHICH),
    ] = None,
    side: Annotated[
        Side, typer.Option(help="Where the actor stands.", rich_help_panel=_WHICH)
    ] = Side.either,
    type: Annotated[
        str | None,
        typer.Option(
            help="PLOVER type of events, act of statements, kind of mentions.",
            rich_help_panel=_WHICH,
        ),
    ] = None,
    mode: Annotated[str | None, typer.Option(help="PLOVER mode.", rich_help_panel=_WHICH)] = None,
    status: Annotated[
        str | None,
        typer.Option(help="asserted, denied, planned, …", rich_help_panel=_WHICH),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(help="Somebody on whose word it stands.", rich_help_panel=_WHICH),
    ] = None,
    own_voice: Annotated[
        bool,
        typer.Option(
            "--own-voice", help="Only what the publisher says itself.", rich_help_panel=_WHICH
        ),
    ] = False,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="From this day.", rich_help_panel=_WHICH),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", help="Up to this day.", rich_help_panel=_WHICH),
    ] = None,
    dates: Annotated[
        Dates,
        typer.Option(
            help="Days of events (of publication where they have none), or of publication.",
            rich_help_panel=_WHICH,
        ),
    ] = Dates.event,
    place: Annotated[
        str | None, typer.Option(help="Name of the place.", rich_help_panel=_WHICH)
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            metavar="ISO3", help="Country of the place, such as PER.", rich_help_panel=_WHICH
        ),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(help="The publisher.", rich_help_panel=_WHICH)
    ] = None,
    text: Annotated[
        str | None,
        typer.Option(help="Words that the report contains.", rich_help_panel=_WHICH),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Instead: where these words stand in texts."),
    ] = None,
    sql: Annotated[
        str | None,
        typer.Option(metavar="SELECT", help="Instead: one SELECT over the tables."),
    ] = None,
    order: Annotated[
        str | None,
        typer.Option(
            help="date, published, type, confidence, intensity; - in front: greatest first.",
            rich_help_panel=_OUTPUT,
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=0,
            help=f"At most so many. Default: {_TABLE_ROWS} in tables, else all.",
            rich_help_panel=_OUTPUT,
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format", "-f", help="Default: by --output, else table.", rich_help_panel=_OUTPUT
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this file.", rich_help_panel=_OUTPUT),
    ] = None,
    version: Version = None,
    as_of: AsOf = None,
    revisions: Annotated[
        Revisions, typer.Option(help="The newest text of each document, or all.")
    ] = Revisions.newest,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that --sql may take.")] = 2.0,
) -> None:
    """Ask an archive. A claim is shown with whose it is.

    Exit code 0: done, also where nothing was found. 2: wrong use, or the query failed.
    """  # fmt: skip
    with quiet_ends():
        form = _form(format, output)
        chosen = _open(archive, version, as_of, revisions.value)
        if sql is not None:
            _rows(chosen.sql(sql, timeout=timeout, apart=True), form, output)
            return
        if search is not None:
            _rows(chosen.search(search, limit=limit), form, output)
            return
        from dragoman.archive import Filter

        shown = _TABLE_ROWS if limit is None and form == "table" else limit
        asked = Filter(
            actor=actor,
            side=side.value,
            type=type,
            mode=mode,
            status=status,
            source=source,
            own_voice=own_voice,
            first=day(first),
            last=day(last),
            dates=dates.value,
            place=place,
            country=country,
            publisher=publisher,
            text=text,
            order=order,
            limit=shown,
        )
        _answer(chosen, show.value, asked, form, output)
        if limit is None and form == "table":
            rest = chosen.count(show.value, asked) - _TABLE_ROWS
            if rest > 0:
                say(f"{rest} more are not shown; ask for them with --limit.")


def _form(format: Format | None, output: Path | None) -> str:
    if format is not None:
        return format.value
    return _FORMS.get(output.suffix.lower(), "table") if output is not None else "table"


def _open(folder: Path, version: int | None, as_of: str | None, revisions: Any) -> Archive:
    from dragoman.archive import Archive

    return Archive(folder, version=version, as_of=as_of, revisions=revisions)


def _rows(rows: pa.Table, form: str, path: Path | None) -> None:
    from dragoman.cli.rows import write_parquet, write_rows

    if form == "parquet":
        write_parquet(rows, path)
        return
    with opened(path) as file:
        write_rows(rows, form, file)


def _answer(chosen: Archive, show: str, asked: Filter, form: str, path: Path | None) -> None:
    if show == "documents" and form in ("table", "csv"):
        columns = "id, revision, published, publisher, title, url, origin, coder"
        _rows(chosen.find(show, asked, columns), form, path)
        return
    if form not in ("table", "csv"):
        _rows(chosen.find(show, asked), form, path)
        return
    with opened(path) as file:
        writer = _writer(form, show, file)
        for reading in _readings(chosen, show, asked):
            writer.write(reading)
        writer.close()


def _writer(form: str, show: Any, file: TextIO) -> Any:
    if form == "csv":
        from dragoman.export.csv import Csv

        return Csv(file, show)
    from dragoman.export.table import Table

    return Table(console(file), show)


def _readings(chosen: Archive, show: str, asked: Filter) -> Iterator[Reading]:
    """The readings of the rows found, each cut down to them, in the rows' order."""
    found = chosen.find(show, asked, "reading, position").to_pylist()
    for start in range(0, len(found), 500):
        part = found[start : start + 500]
        held = dict(chosen.readings(row["reading"] for row in part))
        for key, rows in itertools.groupby(part, key=lambda row: row["reading"]):
            if key not in held:
                raise DragomanError(problem("DR207", path=f"documents, reading {key}"))
            records = getattr(held[key], show)
            kept = tuple(records[row["position"]] for row in rows)
            # What is said of the whole report belongs to reading it, not to every answer.
            yield _cut(held[key], show, kept)


def _cut(reading: Reading, show: str, kept: tuple[Any, ...]) -> Reading:
    """The reading with these records only. Statements and mentions beside them stay: they say
    whose word an event stands on, and where.
    """
    cut: Any = {show: kept, "notes": ()}
    return dataclasses.replace(reading, **cut)
