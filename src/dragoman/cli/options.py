"""Options that several commands have: how reports are read, and by how many."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Model = Annotated[
    str | None, typer.Option(help="An installed English spaCy pipeline to parse with.")
]
Ontology = Annotated[
    Path | None, typer.Option(metavar="DIR", help="A folder of your own types and triggers.")
]
TimeZone = Annotated[
    str | None, typer.Option(metavar="NAME", help="Take the day that a moment was there.")
]
AnyLanguage = Annotated[
    bool, typer.Option("--any-language", help="Read reports that are not English, too.")
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, help="Read with so many processes, a core each. Default: this one."),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS", min=0, help="For one report, with --workers; 0: none. Default: 900."
    ),
]
