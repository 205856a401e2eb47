"""``dragoman actors``: look into the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.terminal import REJECTED, console, day, output, quiet_ends, say
from dragoman.errors import problem

if TYPE_CHECKING:
    from rich.table import Table

    from dragoman.model import Actor

actors = typer.Typer(name="actors", help="Look into the register of actors.", no_args_is_help=True)


class Format(StrEnum):
    """What `lookup` writes."""

    table = "table"
    json = "json"


@actors.command()
def lookup(
    name: Annotated[str, typer.Argument(help="A name, alias, demonym or surname.")],
    at: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Offices held on that day.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
) -> None:
    """Who is called that, and which office they held. Exit code 1: nobody is."""
    with quiet_ends(), output(None) as file:
        date = day(at)
        from dragoman.register import default_register

        register = default_register()
        found = register.lookup(name, date)
        if not found:
            say(f"dragoman: {problem('DR070', name=name)}")
            raise typer.Exit(REJECTED)
        records = [register.actor(entry.id, date) for entry in found]
        if format is Format.json:
            file.write(_json(records))
        else:
            console(file).print(_table(found, records, date))


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
