"""``dragoman export``: the options, and nothing that is slow to load."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.asked import AsOf, Dates, Revisions, Side, Version
from dragoman.cli.terminal import day, quiet_ends


class To(StrEnum):
    """What `export` writes."""

    csv = "csv"
    jsonl = "jsonl"
    json = "json"
    parquet = "parquet"
    gdelt = "gdelt"
    gdelt_mentions = "gdelt-mentions"
    icews = "icews"
    polecat = "polecat"
    petrarch = "petrarch"
    plover = "plover"
    geojson = "geojson"
    graphml = "graphml"
    gexf = "gexf"
    ftm = "ftm"
    webannotation = "webannotation"
    webannotation_utf16 = "webannotation-utf16"
    brat = "brat"
    conllu = "conllu"
    claims = "claims"


_WHICH, _INPUT = "Which events of an archive", "Files that are read"
Word = Annotated[str | None, typer.Option(rich_help_panel=_WHICH)]


def export(
    to: Annotated[To, typer.Option("--to", help="The format.")],
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE...]", show_default=False, help="Reports to read."),
    ] = None,
    archive: Annotated[
        Path | None,
        typer.Option("--archive", metavar="DIR", help="Instead: events of this archive."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file. Default: stdout.")
    ] = None,
    claims: Annotated[
        bool,
        typer.Option(
            "--claims",
            help="Also what the publisher does not assert, where the format can say so.",
        ),
    ] = False,
    actor: Word = None,
    side: Annotated[Side, typer.Option(rich_help_panel=_WHICH)] = Side.either,
    type: Word = None,
    mode: Word = None,
    status: Word = None,
    source: Word = None,
    own_voice: Annotated[bool, typer.Option("--own-voice", rich_help_panel=_WHICH)] = False,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", rich_help_panel=_WHICH)
    ] = None,
    last: Annotated[
        str | None, typer.Option("--until", metavar="DATE", rich_help_panel=_WHICH)
    ] = None,
    dates: Annotated[Dates, typer.Option(rich_help_panel=_WHICH)] = Dates.event,
    place: Word = None,
    country: Word = None,
    text: Word = None,
    limit: Annotated[int | None, typer.Option(min=0, rich_help_panel=_WHICH)] = None,
    version: Version = None,
    as_of: AsOf = None,
    revisions: Annotated[Revisions, typer.Option(rich_help_panel=_WHICH)] = Revisions.newest,
    published: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="Where none is stated.", rich_help_panel=_INPUT),
    ] = None,
    publisher: Annotated[
        str | None,
        typer.Option(help="Of files: where none is stated. Of an archive: only this publisher's."),
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="Where none is stated.", rich_help_panel=_INPUT)
    ] = None,
) -> None:
    """Write events in a format of another tool. What is left out is counted on standard error.

    The filters are those of `query`; --until is its --to. Exit codes are those of `read`.
    """
    with quiet_ends():
        from dragoman.cli import exporting

        asked: dict[str, Any] = {
            "actor": actor, "type": type, "mode": mode, "status": status, "source": source,
            "first": day(first), "last": day(last), "place": place, "country": country,
            "publisher": publisher if archive else None, "text": text, "limit": limit,
        }  # fmt: skip
        if own_voice:
            asked["own_voice"] = True
        if side is not Side.either:
            asked["side"] = side.value
        if dates is not Dates.event:
            asked["dates"] = dates.value
        given: dict[str, str | dt.date | None] = {
            "published": day(published), "publisher": None if archive else publisher, "url": url,
        }  # fmt: skip
        opened = {"version": version, "as_of": as_of, "revisions": revisions.value}
        request = exporting.Request(to.value, output, claims)
        exporting.run(request, tuple(files or ()), archive, _said(asked), _said(given), opened)


def _said(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
