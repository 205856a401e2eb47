"""``dragoman plot``: pictures of an archive, of reports or of readings, without a browser."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Final

import typer

from dragoman.cli.asked import AsOf, Dates, Side, Version
from dragoman.cli.terminal import day, quiet_ends
from dragoman.errors import DragomanError, problem

if TYPE_CHECKING:
    from dragoman.model import Reading
    from dragoman.plot.asking import Asked

_WHICH: Final = "Which"
_FORMS: Final = {".png": "png", ".svg": "svg", ".html": "html", ".htm": "html", ".json": "json"}
_ON_PAGE: Final = ("timeline", "network", "map", "disputed")


class Kind(StrEnum):
    """What `plot` draws."""

    timeline = "timeline"
    network = "network"
    map = "map"
    dyad = "dyad"
    source = "source"
    disputed = "disputed"
    page = "page"


class Format(StrEnum):
    """What it writes."""

    png = "png"
    svg = "svg"
    html = "html"
    json = "json"


class Theme(StrEnum):
    """Dark or light."""

    light = "light"
    dark = "dark"


def _which(name: str, what: str, metavar: str | None = None) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        name, help=what, metavar=metavar, rich_help_panel=_WHICH
    )
    return option


def plot(
    kind: Annotated[Kind, typer.Argument(help="The picture; page: several on one HTML page.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...", show_default=False, help="Reports, or readings (JSON, JSON Lines)."
        ),
    ] = None,
    archive: Annotated[
        Path | None, typer.Option("--archive", metavar="DIR", help="Instead: an archive's folder.")
    ] = None,
    who: Annotated[
        list[str] | None,
        typer.Option(
            help="Id or name: twice for the actors of a dyad, once for a source (a speaker, or an "
            "outlet by its publisher's name)."
        ),
    ] = None,
    most: Annotated[
        int | None,
        typer.Option(min=1, help="So many actors, places, occurrences; the rest is counted."),
    ] = None,
    theme: Annotated[Theme, typer.Option(help="Light or dark.")] = Theme.light,
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="Default: by the name of the file.")
    ] = None,
    actor: Annotated[str | None, _which("--actor", "An actor's id (state:PER) or name.")] = None,
    side: Annotated[Side, _which("--side", "Where the actor stands.")] = Side.either,
    type: Annotated[str | None, _which("--type", "PLOVER type.")] = None,
    mode: Annotated[str | None, _which("--mode", "PLOVER mode.")] = None,
    status: Annotated[str | None, _which("--status", "asserted, denied, planned, …")] = None,
    source: Annotated[str | None, _which("--source", "Somebody on whose word it stands.")] = None,
    own_voice: Annotated[
        bool, _which("--own-voice", "Only what the publisher says itself.")
    ] = False,
    first: Annotated[str | None, _which("--from", "From this day.", "DATE")] = None,
    last: Annotated[str | None, _which("--to", "Up to this day.", "DATE")] = None,
    dates: Annotated[Dates, _which("--dates", "Days of events, or of publication.")] = Dates.event,
    place: Annotated[str | None, _which("--place", "Name of the place.")] = None,
    country: Annotated[str | None, _which("--country", "Country of the place.", "ISO3")] = None,
    publisher: Annotated[str | None, _which("--publisher", "The publisher.")] = None,
    text: Annotated[str | None, _which("--text", "Words that the report contains.")] = None,
    version: Version = None,
    as_of: AsOf = None,
) -> None:
    """Draw a picture. A claim is drawn hollow or dashed, what a report says itself filled.

    Exit code 0: drawn, also where nothing was found: the picture then says what to do. 1: drawn,
    but some of the reports were rejected, as told on standard error. 2: wrong use.
    """  # fmt: skip
    with quiet_ends():
        form = _form(output, format, kind)
        if (archive is None) == (not files):
            raise DragomanError(problem("DR245", found="both at once" if files else "nothing"))
        from dragoman.plot import Filter

        asked = Filter(
            actor=actor, side=side.value, type=type, mode=mode, status=status, source=source,
            own_voice=own_voice, first=day(first), last=day(last), dates=dates.value, place=place,
            country=country, publisher=publisher, text=text,
        )  # fmt: skip
        rejected: typer.Exit | None = None
        held: Asked
        if archive is not None:
            from dragoman.archive import Archive

            held = Archive(archive, version=version, as_of=as_of)
        else:
            held, rejected = _of_files(files or [])
        drawn = _drawn(kind.value, held, asked, who or [], most, theme.value, form)
        with _file(output) as file:
            file.write(drawn)
        if rejected is not None:
            raise rejected


def _drawn(
    kind: str, held: Asked, asked: Any, who: list[str], most: int | None, shade: Any, form: Any
) -> bytes:
    from dragoman.plot import draw, page, spec

    kinds: Any = _ON_PAGE if kind == "page" else (kind,)
    specs = [spec(one, held, asked, who=who, most=most, shade=shade) for one in kinds]
    if form == "html":
        title = "Pictures of events" if kind == "page" else None
        return page(specs, title, shade).encode()
    return draw(specs[0], form)


def _form(path: Path, format: Format | None, kind: Kind) -> str:
    form = format.value if format else _FORMS.get(path.suffix.lower())
    if form is None:
        raise DragomanError(problem("DR244", name=path.name))
    if kind is Kind.page and form != "html":
        raise DragomanError(problem("DR246", form=form))
    return form


def _of_files(names: list[str]) -> tuple[Asked, typer.Exit | None]:
    """The readings of files that hold readings, and of the reports in all others; how to end
    where some of those were rejected.
    """
    from dragoman.plot import Loose

    readings: list[Reading] = []
    reports = []
    for name in names:
        held = list(_readings(Path(name)))
        readings += held
        reports += [] if held else [name]
    rejected = _read(reports, readings) if reports else None
    return Loose(readings), rejected


def _readings(path: Path) -> Iterator[Reading]:
    """The readings in a file that ``dragoman read`` wrote; none where it holds something else."""
    import json

    from dragoman.schema import reading_from_json

    if path.suffix.lower() not in (".json", ".jsonl", ".ndjson") or not path.is_file():
        return
    try:
        text = path.read_text("utf-8")
        lines = [text] if path.suffix.lower() == ".json" else text.splitlines()
        values = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError, RecursionError):
        return  # as a report it gets its message
    if values and isinstance(values[0], list):
        values = values[0]
    if all(isinstance(one, dict) and {"document", "events"} <= one.keys() for one in values):
        yield from map(reading_from_json, values)


def _read(names: list[str], readings: list[Reading]) -> typer.Exit | None:
    from dragoman.cli.reading import Request, run
    from dragoman.ingest import Options

    try:
        run(Request(tuple(names), Options()), lambda _: _Kept(readings))
    except typer.Exit as end:
        return end
    return None


class _Kept:
    """A writer that keeps the readings."""

    def __init__(self, readings: list[Reading]) -> None:
        self._readings = readings

    def write(self, reading: Reading) -> None:
        self._readings.append(reading)

    def close(self) -> None:
        pass


@contextlib.contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name only when all is written."""
    special = path.exists() and not path.is_file()
    target = path if special else path.with_name(f".{path.name}.partial")
    try:
        with target.open("wb") as file:
            yield file
        if not special:
            target.replace(path)
    except OSError as error:
        raise DragomanError(problem("DR053", path=path, why=error.strerror)) from error
    finally:
        if not special:
            target.unlink(missing_ok=True)
