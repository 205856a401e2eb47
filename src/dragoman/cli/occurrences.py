"""``dragoman occurrences``: accounts of several reports of one happening, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TextIO

import typer

from dragoman.cli import asked
from dragoman.cli.terminal import console, day, output, quiet_ends, say

if TYPE_CHECKING:
    import pyarrow as pa

_SHOWN: Final = 20  # occurrences in a table
_OUTPUT: Final = "Output"


class Format(StrEnum):
    """What `occurrences` writes."""

    table = "table"
    json = "json"
    csv = "csv"


def occurrences(
    archive: asked.Folder,
    disputed: Annotated[
        bool,
        typer.Option(
            "--disputed",
            help="Only where accounts contradict each other.",
            rich_help_panel=asked.WHICH,
        ),
    ] = False,
    reports: Annotated[
        int,
        typer.Option(
            min=1,
            metavar="N",
            help="Only what so many reports tell, or more.",
            rich_help_panel=asked.WHICH,
        ),
    ] = 2,
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
    limit: Annotated[
        int | None,
        typer.Option(
            min=0,
            help=f"At most so many. Default: {_SHOWN} in tables, else all.",
            rich_help_panel=_OUTPUT,
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format", "-f", help="Default: by --output, else table.", rich_help_panel=_OUTPUT
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this file.", rich_help_panel=_OUTPUT),
    ] = None,
    version: asked.Version = None,
    as_of: asked.AsOf = None,
) -> None:
    """Events of several reports that are one happening: whose accounts, and where they differ.

    The filters choose events; an occurrence is shown whole if one of its events is chosen.

    Exit code 0: done, also where nothing was found. 2: wrong use.
    """  # fmt: skip
    with quiet_ends():
        from dragoman.archive import Archive

        # A dispute may stand within one report.
        several = 1 if disputed and reports == 2 else reports
        chosen = Archive(archive, version=version, as_of=as_of)
        found = chosen.occurrences(
            disputed=disputed, several=several, actor=actor, side=side.value, type=type, mode=mode,
            status=status, source=source, own_voice=own_voice, first=day(first), last=day(last),
            dates=dates.value, place=place, country=country, publisher=publisher, text=text,
        )  # fmt: skip
        form = _form(format, to)
        shown = _SHOWN if limit is None and form == "table" else limit
        rows = found if shown is None else found.slice(0, shown)
        with output(to) as file:
            _write(rows, form, file)
        if limit is None and found.num_rows > rows.num_rows:
            rest = found.num_rows - rows.num_rows
            say(f"{rest} more are not shown; ask for them with --limit.")
        say(_summary(found))
        if crowded := sum(found["crowded"].to_pylist()):
            say(f"{crowded} of them may be told by more: not all in a crowd were compared.")


def _form(format: Format | None, path: Path | None) -> str:
    if format is not None:
        return format.value
    suffix = path.suffix.lower() if path is not None else ""
    return {".json": "json", ".csv": "csv"}.get(suffix, "table")


def _summary(found: pa.Table) -> str:
    told = sum(len(row) for row in found["accounts"])
    disputed = sum(found["disputed"].to_pylist())
    many = "occurrence" if found.num_rows == 1 else "occurrences"
    return f"{found.num_rows} {many} with {told} accounts; disputed: {disputed}."


def _write(rows: pa.Table, form: str, file: TextIO) -> None:
    if form == "table":
        _tables(rows, file)
        return
    from dragoman.cli.rows import write_rows

    write_rows(rows if form == "json" else _flat(rows), form, file)


def _flat(rows: pa.Table) -> pa.Table:
    """A row an account, with its occurrence and how it is disputed in front."""
    import pyarrow as pa

    from dragoman.archive.happenings import OCCURRENCES

    own = OCCURRENCES.field("accounts").type.value_type
    head = ("occurrence", "type", "mode", "documents", "independent", "disputed", "crowded")
    fields = [OCCURRENCES.field(name) for name in head]
    fields += [pa.field("disputes", pa.string()), *own]
    flat = [
        {**{name: row[name] for name in head}, "disputes": _of(row, place), **account}
        for row in rows.to_pylist()
        for place, account in enumerate(row["accounts"])
    ]
    return pa.Table.from_pylist(flat, schema=pa.schema(fields))


def _of(row: Mapping[str, Any], place: int) -> str | None:
    """What an account is disputed by, in words."""
    reasons = (d["reason"] for d in row["disputes"] if place in (d["one"], d["other"]))
    return "; ".join(reasons) or None


def _of_witnesses(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The disputes between reports that are nobody's copies; all, where copies alone dispute."""
    copies = {n for n, one in enumerate(row["accounts"]) if one["copy_of"] is not None}
    kept = [d for d in row["disputes"] if not {d["one"], d["other"]} & copies]
    return kept or row["disputes"]


def _tables(rows: pa.Table, file: TextIO) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from dragoman.export.wording import safe

    shown = console(file)
    for row in rows.to_pylist():
        shown.print(Text(safe(_head(row)), style="bold"))
        for dispute in _of_witnesses(row):
            shown.print(Text(safe(f"disputed: {dispute['reason']}"), style="yellow"))
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for name in _CELLS:
            table.add_column(name, overflow="fold")
        for account in row["accounts"]:
            table.add_row(*(Text(safe(cell)) for cell in _cells(account)))
        shown.print(table)
        shown.print()


def _head(row: Mapping[str, Any]) -> str:
    what = f"{row['type']} · {row['mode']}" if row["mode"] else row["type"]
    parts = [_days(row["day"], row["last_day"]), what]
    if row["realm"] != "told":
        parts.append(row["realm"])
    sides = [" and ".join(row[side]) or "?" for side in ("initiators", "recipients")]
    parts.append(f"{sides[0]} → {sides[1]}")
    if row["place"]:
        parts.append(row["place"])
    copies = row["documents"] - row["independent"]
    count = f"{row['documents']} reports" if row["documents"] != 1 else "1 report"
    parts.append(f"{count}, {row['independent']} independent" if copies else count)
    return " | ".join(part for part in parts if part)


def _days(first: Any, last: Any) -> str:
    if first is None:
        return "no date"
    return str(first) if first == last or last is None else f"{first} to {last}"


_CELLS: Final = ("published", "publisher", "on whose word", "status", "who", "whom", "words")


def _copy(account: Mapping[str, Any]) -> str:
    return " (copy)" if account["copy_of"] else ""


def _cells(account: Mapping[str, Any]) -> Iterator[str]:
    yield str(account["published"] or "")
    yield (account["publisher"] or account["document_id"]) + _copy(account)
    yield account["on_whose_word"]
    yield account["status"]
    yield "; ".join(account["initiators"]) or "?"
    yield "; ".join(account["recipients"]) or "?"
    yield account["trigger"]
