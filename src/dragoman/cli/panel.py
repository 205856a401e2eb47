"""``dragoman panel``: counts of an archive's events by pair of parties and period."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from dragoman.cli import asked
from dragoman.cli.query import Format
from dragoman.cli.rows import form_of, write
from dragoman.cli.terminal import day, quiet_ends, say

if TYPE_CHECKING:
    from dragoman.archive import Panel

_TABLE_ROWS: Final = 50
_ROWS, _OUTPUT = "Rows", "Output"


class Period(StrEnum):
    """What a row is of."""

    day = "day"
    week = "week"
    month = "month"
    year = "year"


class Part(StrEnum):
    """What counts are broken down by."""

    type = "type"
    mode = "mode"
    quad = "quad"
    status = "status"
    voice = "voice"


class OnePer(StrEnum):
    """Among what an event counts once."""

    report = "report"
    story = "story"
    day = "day"
    occurrence = "occurrence"


class Level(StrEnum):
    """What parties are taken by."""

    actor = "actor"
    country = "country"


def panel(
    archive: asked.Folder,
    period: Annotated[
        Period, typer.Option(help="A row for each of these.", rich_help_panel=_ROWS)
    ] = Period.month,
    by: Annotated[
        list[Part] | None,
        typer.Option(help="Break counts down; may be given again.", rich_help_panel=_ROWS),
    ] = None,
    level: Annotated[
        Level, typer.Option(help="Parties as actors, or by country.", rich_help_panel=_ROWS)
    ] = Level.actor,
    one_per: Annotated[
        OnePer,
        typer.Option(
            "--one-per",
            help="Count an event once a report, once among the copies of a story, once however "
            "many reports tell it, or a type once a day for each pair.",
            rich_help_panel=_ROWS,
        ),
    ] = OnePer.report,
    among: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ACTOR",
            help="Only between these (ids, names, or countries); give it again for each.",
            rich_help_panel=_ROWS,
        ),
    ] = None,
    undirected: Annotated[
        bool, typer.Option("--undirected", help="Who began makes no row.", rich_help_panel=_ROWS)
    ] = False,
    self_dyads: Annotated[
        bool,
        typer.Option("--self-dyads", help="Also of a party with itself.", rich_help_panel=_ROWS),
    ] = False,
    unresolved: Annotated[
        bool,
        typer.Option(
            "--unresolved", help="Also parties that nobody is known for.", rich_help_panel=_ROWS
        ),
    ] = False,
    zeros: Annotated[
        bool,
        typer.Option(
            "--zeros", help="A row for each pair and period, also of 0.", rich_help_panel=_ROWS
        ),
    ] = False,
    long: Annotated[
        bool,
        typer.Option("--long", help="A row, not a column, for each part.", rich_help_panel=_ROWS),
    ] = False,
    events: Annotated[
        bool,
        typer.Option(
            "--events", help="Name the events that each row counts.", rich_help_panel=_ROWS
        ),
    ] = False,
    no_stories: Annotated[
        bool,
        typer.Option(
            "--no-stories",
            help="Do not look for copies: sources are publishers.",
            rich_help_panel=_ROWS,
        ),
    ] = False,
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
) -> None:
    """Count who did how much to whom, by day, week, month or year.

    What was counted, and what was left out and why, is told on standard error. Exit code 0: done,
    also where nothing was found. 2: wrong use.
    """
    with quiet_ends():
        from dragoman.archive import Archive, Filter, Shape
        from dragoman.archive.panels import panel as panel_of

        shape = Shape(
            period=period.value,
            by=tuple(part.value for part in by or ()),
            level=level.value,
            one_per=one_per.value,
            form="long" if long else "wide",
            undirected=undirected,
            among=tuple(among or ()),
            unresolved=unresolved,
            self_dyads=self_dyads,
            zeros=zeros,
            events=events,
            stories=not no_stories,
        )
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
        )
        found = Archive(archive, version=version, as_of=as_of, revisions=revisions.value)
        _tell(panel_of(found, wanted, shape), form_of(format, output), output)


def _tell(panel: Panel, form: str, path: Path | None) -> None:
    rows: Any = panel.rows
    write(rows.slice(0, _TABLE_ROWS) if form == "table" else rows, form, path)
    say(panel.chosen)
    for note in panel.notes:
        say(note)
    if form == "table" and rows.num_rows > _TABLE_ROWS:
        say(f"{rows.num_rows - _TABLE_ROWS} more rows are not shown; ask for a file with --output.")
