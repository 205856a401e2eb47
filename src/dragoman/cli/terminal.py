"""Standard output and error: encodings, colour, messages, and quiet ends."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import sys
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import typer

from dragoman.errors import DragomanError, Problem, problem

if TYPE_CHECKING:
    from rich.console import Console

REJECTED: Final = 1
WRONG_USE: Final = 2
INTERRUPTED: Final = 130  # 128 + SIGINT
PIPE_CLOSED: Final = 141  # 128 + SIGPIPE
_WIDE: Final = 1_000_000


def console(file: TextIO) -> Console:
    """A console that colours on terminals only, and wraps nothing where there is none.

    NO_COLOR turns every style off; COLUMNS sets a width for a pipe too.
    """
    from rich.console import Console

    no_color = bool(os.environ.get("NO_COLOR"))
    terminal = file.isatty() or bool(os.environ.get("FORCE_COLOR"))
    columns = os.environ.get("COLUMNS", "")
    width = None if terminal or columns.isdecimal() else _WIDE
    return Console(
        file=file,
        width=width,
        color_system=None if no_color else "auto",
        highlight=False,
        markup=False,
        emoji=False,
    )


def say(text: str) -> None:
    """A line on standard error, safe to show."""
    from dragoman.export.wording import safe

    typer.echo(safe(text), err=True)


def wrong_use(found: Problem, where: str = "") -> typer.Exit:
    """Tell what was wrong with the command; to be raised."""
    say(f"dragoman: {where + ': ' if where else ''}{found}")
    return typer.Exit(WRONG_USE)


def day(text: str | None) -> dt.date | None:
    """A date option. Raises DragomanError where it is no date."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise DragomanError(problem("DR050", value=text)) from None


def zone(name: str | None) -> dt.tzinfo | None:
    """A time zone option. Raises DragomanError where none is called that."""
    if name is None:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        raise DragomanError(problem("DR134", value=name)) from None


@contextlib.contextmanager
def quiet_ends() -> Iterator[None]:
    """End without a traceback on Ctrl-C, a closed pipe, and what the user can mend."""
    try:
        yield
        sys.stdout.flush()
    except DragomanError as error:
        for line in error.details:
            say(line)
        raise wrong_use(error.problem) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # What is still buffered would fail again when the program ends.
        with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None


@contextlib.contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """Standard output as UTF-8, or a file that takes its name only when all is written.

    A terminal keeps its own encoding, with escapes for what it cannot show. Raises DragomanError
    where the file cannot be written.
    """
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            encoding = None if sys.stdout.isatty() else "utf-8"
            sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")
        yield sys.stdout
        return
    special = path.exists() and not path.is_file()
    target = path if special else path.with_name(f".{path.name}.partial")
    try:
        file = target.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise DragomanError(problem("DR053", path=path, why=error.strerror)) from error
    try:
        with file:
            yield file
        if not special:
            target.replace(path)
    except BaseException:
        if not special:
            target.unlink(missing_ok=True)
        raise
