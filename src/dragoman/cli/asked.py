"""Options that say which records are asked for; `query` and `panel` have the same."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer


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


WHICH: Final = "Which"
Folder = Annotated[Path, typer.Option("--archive", metavar="DIR", help="The archive's folder.")]
Version = Annotated[
    int | None, typer.Option("--version", metavar="N", help="Of this version. Default: the newest.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="As it was on that day (its end in UTC)."),
]
Actor = Annotated[
    str | None, typer.Option(help="An actor's id (state:PER) or name.", rich_help_panel=WHICH)
]
WhichSide = Annotated[Side, typer.Option(help="Where the actor stands.", rich_help_panel=WHICH)]
Type = Annotated[
    str | None,
    typer.Option(
        help="PLOVER type of events, act of statements, kind of mentions.", rich_help_panel=WHICH
    ),
]
Mode = Annotated[str | None, typer.Option(help="PLOVER mode.", rich_help_panel=WHICH)]
Status = Annotated[
    str | None, typer.Option(help="asserted, denied, planned, …", rich_help_panel=WHICH)
]
Source = Annotated[
    str | None, typer.Option(help="Somebody on whose word it stands.", rich_help_panel=WHICH)
]
OwnVoice = Annotated[
    bool,
    typer.Option("--own-voice", help="Only what the publisher says itself.", rich_help_panel=WHICH),
]
First = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="From this day.", rich_help_panel=WHICH),
]
Last = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="Up to this day.", rich_help_panel=WHICH)
]
WhichDates = Annotated[
    Dates,
    typer.Option(
        help="Days of events (of publication where they have none), or of publication.",
        rich_help_panel=WHICH,
    ),
]
PlaceName = Annotated[str | None, typer.Option(help="Name of the place.", rich_help_panel=WHICH)]
Country = Annotated[
    str | None,
    typer.Option(metavar="ISO3", help="Country of the place, such as PER.", rich_help_panel=WHICH),
]
Publisher = Annotated[str | None, typer.Option(help="The publisher.", rich_help_panel=WHICH)]
Text = Annotated[
    str | None, typer.Option(help="Words that the report contains.", rich_help_panel=WHICH)
]
WhichRevisions = Annotated[
    Revisions, typer.Option(help="The newest text of each document, or all.")
]
