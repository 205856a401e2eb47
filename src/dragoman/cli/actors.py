"""``dragoman actors``: look into the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.terminal import REJECTED, console, day, output, quiet_ends, say
from dragoman.errors import problem

if TYPE_CHECKING:
    from rich.table import Table

    from dragoman.model import Actor
    from dragoman.register import Register

actors = typer.Typer(name="actors", help="Look into the register of actors.", no_args_is_help=True)


class Format(StrEnum):
    """What `lookup` and `history` write."""

    table = "table"
    json = "json"


Own = Annotated[
    list[Path] | None,
    typer.Option("--actors", metavar="FILE", help="Files of own actors to lay over it."),
]


@actors.command()
def lookup(
    name: Annotated[str, typer.Argument(help="A name, alias, demonym or surname.")],
    at: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Offices held on that day.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
    actors: Own = None,
) -> None:
    """Who is called that, and which office they held. Exit code 1: nobody is."""
    with quiet_ends(), output(None) as file:
        date = day(at)
        register = _register(actors)
        found = register.lookup(name, date)
        if not found:
            say(f"dragoman: {problem('DR070', name=name)}")
            raise typer.Exit(REJECTED)
        records = [register.actor(entry.id, date) for entry in found]
        if format is Format.json:
            file.write(_json(records))
        else:
            console(file).print(_table(found, records, date))


@actors.command()
def history(
    name: Annotated[str, typer.Argument(help="A state, an organisation, a person; or an id.")],
    office: Annotated[
        str | None, typer.Option(help="One post only: head_of_state, foreign_minister, a title.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
    actors: Own = None,
) -> None:
    """Who held which office when, with posts held meanwhile. Exit code 1: nobody is known."""
    with quiet_ends(), output(None) as file:
        from dragoman.cli.history import history as terms_of
        from dragoman.cli.history import to_json, to_table
        from dragoman.schema import dumps

        register = _register(actors)
        one = register.entry(name)
        found = [one] if one is not None else register.lookup(name)
        if not found:
            say(f"dragoman: {problem('DR070', name=name)}")
            raise typer.Exit(REJECTED)
        terms = next((terms for e in found if (terms := terms_of(register, e, office))), [])
        if not terms:
            said = f" as {office}" if office else ""
            say(f"dragoman: {problem('DR117', name=name, office=said)}")
            raise typer.Exit(REJECTED)
        if format is Format.json:
            file.write(dumps(to_json(terms), indent=2) + "\n")
        else:
            console(file).print(to_table(terms))


@actors.command()
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", show_default=False, help="Files of own actors."),
    ] = None,
) -> None:
    """Check files of own actors; without any, the register itself. Exit code 1: faults."""
    with quiet_ends(), output(None) as file:
        from dragoman.export.wording import safe
        from dragoman.register.own.check import check_files

        found = check_files(files or [])
        for fault in found:
            file.write(f"{safe(str(fault))}\n")
        if found:
            file.flush()
            say(f"dragoman: {problem('DR116', count=len(found))}")
            raise typer.Exit(REJECTED)
        file.write("no faults\n")


def _register(files: Sequence[Path] | None) -> Register:
    from dragoman.register import default_register

    if not files:
        return default_register()
    from dragoman.register.own.files import load_actors

    return load_actors(files, default_register()).register


def _json(records: Sequence[Actor]) -> str:
    from dragoman.schema import actor_to_json, dumps

    return dumps([actor_to_json(record) for record in records], indent=2) + "\n"


def _table(entries: Sequence[Any], records: Sequence[Actor], date: dt.date | None) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from dragoman.export.wording import safe

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    office = f"office on {date}" if date else "offices"
    for column in ("id", "name", "kind", "country", "sector", "CAMEO", office, "provenance"):
        table.add_column(column, overflow="fold")
    for entry, actor in zip(entries, records, strict=True):
        held = actor.office or "" if date else "; ".join(map(_held, entry.offices))
        cells = (
            actor.id,
            actor.name,
            actor.kind,
            actor.country or "",
            actor.sector or "",
            actor.cameo or "",
            held,
            actor.provenance,
        )
        table.add_row(*(Text(safe(cell)) for cell in cells))
    return table


def _held(office: Any) -> str:
    since, until = office.valid_from or "?", office.valid_to or ""
    of = office.country or office.organisation
    return f"{office.title}{f', {of}' if of else ''} ({since} to {until})".replace(" to )", " on)")
