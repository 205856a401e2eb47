"""``dragoman labels``: who calls whom what."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import Model
from dragoman.cli.terminal import day, quiet_ends


class Format(StrEnum):
    """What `labels` writes."""

    table = "table"
    json = "json"
    csv = "csv"


class Sort(StrEnum):
    """What its rows are ordered by."""

    by_count = "count"
    by_user = "user"
    by_referent = "referent"
    by_wording = "wording"
    by_category = "category"
    by_document = "document"


def labels(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", show_default=False, help="Files, folders, patterns, or - for stdin."
        ),
    ],
    format: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
    sort: Annotated[
        Sort, typer.Option(help="Order of the rows; document keeps the order of the texts.")
    ] = Sort.by_count,
    each: Annotated[
        bool, typer.Option("--each", help="A row for each use, with its document and offsets.")
    ] = False,
    category: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only wordings of this category; repeatable."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD", help="Date of publication where the report states none."
        ),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(help="Publisher where the report states none.")
    ] = None,
    model: Model = None,
) -> None:
    """Count the loaded wordings of reports: who calls whom what.

    A wording belongs to whoever is quoted with it, else to the report. Exit codes are those of
    ``read``.
    """
    with quiet_ends():
        from dragoman.cli.reading import Request, run
        from dragoman.errors import DragomanError, problem
        from dragoman.export.labels import Labels
        from dragoman.ingest import Options
        from dragoman.register import default_register

        known = default_register().content.categories
        for name in category or ():
            if name not in known:
                raise DragomanError(problem("DR150", name=name, known=", ".join(known)))
        options = Options(published=day(published), publisher=publisher)
        request = Request(names=tuple(files), options=options, output=output, model=model)
        run(
            request,
            lambda file: Labels(file, format.value, sort.value, each, tuple(category or ())),
        )
