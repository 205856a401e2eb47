"""``dragoman read``: the options, and nothing that is slow to load."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import Model, TimeLimit, Workers
from dragoman.cli.terminal import day, quiet_ends, zone


class Format(StrEnum):
    """What `read` writes."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
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


class Show(StrEnum):
    """Which records it writes."""

    events = "events"
    statements = "statements"
    mentions = "mentions"
    all = "all"


class InputFormat(StrEnum):
    """What it reads."""

    text = "text"
    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    tsv = "tsv"
    parquet = "parquet"
    html = "html"
    feed = "feed"
    warc = "warc"
    mbox = "mbox"
    mail = "mail"
    docx = "docx"
    rtf = "rtf"
    pdf = "pdf"
    archive = "archive"


_INPUT = "Input"
_FIELDS = "Fields of JSON, CSV and Parquet (the usual names are found by themselves)"
_OUTPUT = "Output"

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...", show_default=False, help="Files, folders, patterns, or - for stdin."
    ),
]
Name = str | None


def _field(name: str, what: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        name, metavar="NAME", help=what, rich_help_panel=_FIELDS
    )
    return option


def read(
    files: Files,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format", "-f", help="Default: by --output, else table.", rich_help_panel=_OUTPUT
        ),
    ] = None,
    show: Annotated[
        Show | None,
        typer.Option(
            help="Records to write. Default: events in tables and CSV, all in JSON.",
            rich_help_panel=_OUTPUT,
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="EVENT_ID",
            help="Say an event as a sentence, with what decided each of its fields.",
            rich_help_panel=_OUTPUT,
        ),
    ] = None,
    main_only: Annotated[
        bool,
        typer.Option(
            "--main-only",
            help="Of the events keep one a report, its main one.",
            rich_help_panel=_OUTPUT,
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this file.", rich_help_panel=_OUTPUT),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            help="Date of publication where the report states none.",
            rich_help_panel=_INPUT,
        ),
    ] = None,
    publisher: Annotated[
        Name, typer.Option(help="Publisher where none is stated.", rich_help_panel=_INPUT)
    ] = None,
    url: Annotated[
        Name, typer.Option(help="Address where none is stated.", rich_help_panel=_INPUT)
    ] = None,
    input_format: Annotated[
        InputFormat | None,
        typer.Option(
            help="Format of the input. Default: by name or content.", rich_help_panel=_INPUT
        ),
    ] = None,
    encoding: Annotated[
        Name, typer.Option(help="Encoding of the input. Default: found.", rich_help_panel=_INPUT)
    ] = None,
    text_field: Annotated[Name, _field("--text-field", "The report's text.")] = None,
    date_field: Annotated[Name, _field("--date-field", "The date of publication.")] = None,
    publisher_field: Annotated[Name, _field("--publisher-field", "The publisher.")] = None,
    url_field: Annotated[Name, _field("--url-field", "The address.")] = None,
    title_field: Annotated[Name, _field("--title-field", "The headline.")] = None,
    id_field: Annotated[Name, _field("--id-field", "An id; never taken unasked.")] = None,
    keep_field: Annotated[
        list[str] | None, _field("--keep-field", "A further field to keep; repeatable.")
    ] = None,
    date_format: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN", help="Form of the dates, such as %d/%m/%Y.", rich_help_panel=_FIELDS
        ),
    ] = None,
    no_quotes: Annotated[
        bool,
        typer.Option(
            "--no-quotes",
            help="Quotation marks in CSV and TSV are plain characters.",
            rich_help_panel=_FIELDS,
        ),
    ] = False,
    time_zone: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Take the day that a stated moment was there, such as Africa/Accra. "
            "Default: as written.",
            rich_help_panel=_INPUT,
        ),
    ] = None,
    any_language: Annotated[
        bool,
        typer.Option(
            "--any-language",
            help="Read reports that are not English as if they were.",
            rich_help_panel=_INPUT,
        ),
    ] = False,
    model: Model = None,
    ontology: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A folder of your own types, triggers, dictionaries."),
    ] = None,
    actors: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Own actors, offices and places (YAML), or a PETRARCH dictionary; repeatable.",
        ),
    ] = None,
    workers: Workers = None,
    time_limit: TimeLimit = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Stop at a fault of the program and show it.")
    ] = False,
) -> None:
    """Read reports and write down their events: who did what to whom, and on whose word.

    Exit code 0: all was read. 1: something was rejected (a file, a record, a date), as told on
    standard error; the rest went through. 2: wrong use, nothing was read.
    """
    with quiet_ends():
        from dragoman.cli.reading import Request, run
        from dragoman.cli.workers import Engine
        from dragoman.ingest import Fields, Options

        fields = Fields(
            text=text_field,
            date=date_field,
            publisher=publisher_field,
            url=url_field,
            title=title_field,
            id=id_field,
            keep=tuple(keep_field or ()),
        )
        options = Options(
            fields=fields,
            published=day(published),
            publisher=publisher,
            url=url,
            format=input_format.value if input_format else None,
            encoding=encoding,
            date_format=date_format,
            quotes=not no_quotes,
            any_language=any_language,
            zone=zone(time_zone),
        )
        run(
            Request(
                names=tuple(files),
                options=options,
                format=format.value if format else None,
                show=show.value if show else None,
                explain=explain,
                main_only=main_only,
                output=output,
                model=model,
                ontology=ontology,
                actors=tuple(actors or ()),
                debug=debug,
                engine=Engine(workers, time_limit),
            )
        )
