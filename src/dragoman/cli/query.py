"""``dragoman query``: events, statements, mentions and documents of an archive."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TextIO

import typer

from dragoman.cli import asked
from dragoman.cli.rows import form_of, write
from dragoman.cli.terminal import console, day, quiet_ends, say
from dragoman.cli.terminal import output as opened
from dragoman.errors import DragomanError, problem

if TYPE_CHECKING:
    from dragoman.archive import Archive, Filter
    from dragoman.model import Reading

_TABLE_ROWS: Final = 50


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


_OUTPUT = "Output"


def query(
    archive: asked.Folder,
    show: Annotated[Show, typer.Option(help="What to look for.")] = Show.events,
    actor: asked.Actor = None,
    side: asked.WhichSide = asked.Side.either,
    type: asked.Type = None,
    mode: asked.Mode = None,
    status: asked.Status = None,
    source: asked.Source = None,
    own_voice: asked.OwnVoice = False,
    first: asked.First = None,
    last: asked.Last = None,
    dates: asked.WhichDates = asked.Dates.event,
    place: asked.PlaceName = None,
    country: asked.Country = None,
    publisher: asked.Publisher = None,
    text: asked.Text = None,
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
    version: asked.Version = None,
    as_of: asked.AsOf = None,
    revisions: asked.WhichRevisions = asked.Revisions.newest,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that --sql may take.")] = 2.0,
) -> None:
    """Ask an archive. A claim is shown with whose it is.

    Exit code 0: done, also where nothing was found. 2: wrong use, or the query failed.
    """  # fmt: skip
    with quiet_ends():
        form = form_of(format, output)
        chosen = _open(archive, version, as_of, revisions.value)
        if sql is not None:
            write(chosen.sql(sql, timeout=timeout, apart=True), form, output)
            return
        if search is not None:
            write(chosen.search(search, limit=limit), form, output)
            return
        from dragoman.archive import Filter

        shown = _TABLE_ROWS if limit is None and form == "table" else limit
        wanted = Filter(
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
        _answer(chosen, show.value, wanted, form, output)
        if limit is None and form == "table":
            rest = chosen.count(show.value, wanted) - _TABLE_ROWS
            if rest > 0:
                say(f"{rest} more are not shown; ask for them with --limit.")


def _open(folder: Path, version: int | None, as_of: str | None, revisions: Any) -> Archive:
    from dragoman.archive import Archive

    return Archive(folder, version=version, as_of=as_of, revisions=revisions)


def _answer(chosen: Archive, show: str, asked: Filter, form: str, path: Path | None) -> None:
    if show == "documents" and form in ("table", "csv"):
        columns = "id, revision, published, publisher, title, url, origin, coder"
        write(chosen.find(show, asked, columns), form, path)
        return
    if form not in ("table", "csv"):
        write(chosen.find(show, asked), form, path)
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
