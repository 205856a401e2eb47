"""``dragoman ingest`` and ``dragoman archive``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.asked import AsOf, Version
from dragoman.cli.options import AnyLanguage, Model, Ontology, TimeLimit, TimeZone, Workers
from dragoman.cli.read import InputFormat
from dragoman.cli.terminal import REJECTED, day, output, quiet_ends, say, zone
from dragoman.errors import problem

if TYPE_CHECKING:
    from dragoman.archive import Archive


class EngineName(StrEnum):
    """What runs the reading."""

    local = "local"
    spark = "spark"


archive = typer.Typer(name="archive", help="Look after an archive.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The archive's folder.")]
Name = Annotated[str | None, typer.Option(metavar="NAME")]


def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files, folders, patterns, or - for stdin."),
    ],
    archive: Annotated[
        Path, typer.Option("--archive", metavar="DIR", help="The archive; made if not there.")
    ],
    recode: Annotated[
        bool, typer.Option("--recode", help="Read again what another coder has read.")
    ] = False,
    batch: Annotated[
        int, typer.Option(min=1, help="Documents that become visible at a time.")
    ] = 200,
    published: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Date where none is stated.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher where none is stated.")] = None,
    url: Annotated[str | None, typer.Option(help="Address where none is stated.")] = None,
    input_format: Annotated[
        InputFormat | None, typer.Option(help="Format of the input. Default: found.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of the input. Default: found.")
    ] = None,
    text_field: Name = None,
    date_field: Name = None,
    publisher_field: Name = None,
    url_field: Name = None,
    title_field: Name = None,
    id_field: Name = None,
    keep_field: Annotated[list[str] | None, typer.Option(metavar="NAME")] = None,
    date_format: Annotated[str | None, typer.Option(metavar="PATTERN")] = None,
    no_quotes: Annotated[bool, typer.Option("--no-quotes")] = False,
    time_zone: TimeZone = None,
    any_language: AnyLanguage = False,
    model: Model = None,
    ontology: Ontology = None,
    workers: Workers = None,
    time_limit: TimeLimit = None,
    engine: Annotated[
        EngineName, typer.Option(help="What runs the reading: this machine, or Spark.")
    ] = EngineName.local,
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="Spark's master, such as local[4].")
    ] = None,
) -> None:
    """Read reports into an archive. What it has already is left alone; after a kill run it again.

    Exit code 0: all is in the archive. 1: something was rejected, as told on standard error and
    in the archive's table of rejections; the rest went through. 2: wrong use.
    """  # fmt: skip
    with quiet_ends():
        from dragoman.cli.ingesting import run
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
        chosen = Engine(workers, time_limit, engine is EngineName.spark, master)
        if run(sources, archive, options, recode=recode, commit=batch, model=model,
               ontology=ontology, engine=chosen):  # fmt: skip
            raise typer.Exit(REJECTED)


def _opened(folder: Path, version: int | None, as_of: str | None) -> Archive:
    from dragoman.archive import Archive

    return Archive(folder, version=version, as_of=as_of)


@archive.command()
def info(folder: Folder, version: Version = None, as_of: AsOf = None) -> None:
    """What it holds: documents, rows, coders, files, runs that did not end."""
    with quiet_ends(), output(None) as file:
        from dragoman.archive.accounts import information
        from dragoman.export.wording import safe

        for name, value in information(_opened(folder, version, as_of)):
            file.write(f"{name}: {safe(value)}\n")


@archive.command()
def history(folder: Folder, version: Version = None, as_of: AsOf = None) -> None:
    """Its versions, the newest last."""
    with quiet_ends(), output(None) as file:
        from dragoman.archive.accounts import past
        from dragoman.cli.rows import write_rows

        write_rows(past(_opened(folder, version, as_of)), "table", file)


@archive.command()
def compact(
    folder: Folder,
    keep_hours: Annotated[
        int,
        typer.Option(min=0, help="Files that old become deleted; 0 only where nobody else is."),
    ] = 24,
) -> None:
    """Few large files in the place of many small ones. Every version reads as before."""
    with quiet_ends(), output(None) as file:
        _opened(folder, None, None)
        from dragoman.archive.compaction import compact as run

        done = run(folder, keep_hours)
        file.write(
            f"files: {done.before} before, {done.after} after; {done.deleted} old ones deleted; "
            f"unfinished batches put aside: {done.leftovers}\n"
        )


@archive.command()
def verify(folder: Folder, version: Version = None, as_of: AsOf = None) -> None:
    """Check digests, offsets, references, lost and doubled rows. Exit code 1: there are faults."""
    with quiet_ends(), output(None) as file:
        from dragoman.export.wording import safe

        opened, count = _opened(folder, version, as_of), 0
        for flaw in opened.verify():
            count += 1
            file.write(f"{safe(str(flaw))}\n")
        if count:
            file.flush()
            say(f"dragoman: {problem('DR208', count=count)}")
            raise typer.Exit(REJECTED)
        file.write(f"version {opened.version}: no faults\n")


@archive.command()
def cite(
    folder: Folder,
    name: Annotated[
        str | None, typer.Option(help="What it is called. Default: its folder.")
    ] = None,
    version: Version = None,
    as_of: AsOf = None,
) -> None:
    """A text that names a version, for a paper."""  # fmt: skip
    with quiet_ends(), output(None) as file:
        from dragoman.export.wording import safe

        file.write(f"{safe(str(_opened(folder, version, as_of).cite(name)))}\n")


@archive.command()
def migrate(folder: Folder) -> None:
    """Bring it to the schema of this program. Nobody else may be at it meanwhile."""
    with quiet_ends(), output(None) as file:
        from dragoman.archive.migrations import migrate as run

        steps = run(folder)
        for step in steps:
            file.write(f"schema {step.old} to {step.new}: {step.note}\n")
        if not steps:
            file.write("nothing to do\n")
