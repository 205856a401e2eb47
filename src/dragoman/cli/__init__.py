"""The command line. Modules behind a command are loaded when it runs, so that --help is quick."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.actors import actors
from dragoman.cli.archive import archive, ingest
from dragoman.cli.export import export
from dragoman.cli.labels import labels
from dragoman.cli.occurrences import occurrences
from dragoman.cli.ontology import ontology
from dragoman.cli.panel import panel
from dragoman.cli.plot import plot
from dragoman.cli.query import query
from dragoman.cli.read import read
from dragoman.cli.schema import schema
from dragoman.cli.serve import serve
from dragoman.cli.stories import stories
from dragoman.cli.watch import watch
from dragoman.version import __version__

app = typer.Typer(
    name="dragoman",
    help="Read news reports into statements and events: who did what to whom, on whose word.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(read)
app.command()(labels)
app.command()(schema)
app.command()(ingest)
app.command()(watch)
app.command()(query)
app.command()(plot)
app.command()(export)
app.command()(stories)
app.command()(panel)
app.command()(serve)
app.command()(occurrences)
app.add_typer(archive)
app.add_typer(actors)
app.add_typer(ontology)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """What holds for every command."""


def main() -> None:
    """The ``dragoman`` program: exit code 0 clean, 1 something was rejected, 2 wrong use."""
    app(prog_name="dragoman")
