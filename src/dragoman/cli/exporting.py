"""What ``dragoman export`` does: readings of files or of an archive, to a writer that counts."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, TextIO

from dragoman.cli.terminal import output as opened
from dragoman.cli.terminal import say
from dragoman.errors import DragomanError, problem
from dragoman.export import FORMATS, open_writer
from dragoman.model import Reading

if TYPE_CHECKING:
    from dragoman.archive import Archive, Filter

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Request:
    """Format, file and choice of an ``export``."""

    format: str
    output: Path | None
    claims: bool = False


class Telling:
    """A writer of a format that says, when it ends, what went out and what was left out."""

    def __init__(self, format: str, file: TextIO, *, claims: bool = False) -> None:
        stream: IO[Any] = file.buffer if FORMATS[format].binary else file
        self._writer = open_writer(format, stream, claims=claims)
        self._claims = claims

    def write(self, reading: Reading) -> None:
        """Write one reading."""
        self._writer.write(reading)

    def close(self) -> None:
        """End the file and tell the counts."""
        self._writer.close()
        made, tally = self._writer.format, self._writer.tally
        for line in tally.lines():
            say(f"{made.name}: {line}")
        if self._claims and made.says == "note":
            say(f"{made.name}: claims are in it; each says on whose word it stands.")


def run(
    request: Request,
    files: tuple[str, ...],
    archive: Path | None,
    asked: Mapping[str, Any],
    given: Mapping[str, Any],
    version: Mapping[str, Any],
) -> None:
    """Do it. Raises DragomanError on wrong use, typer.Exit with 1 where a report was rejected."""
    if archive is None:
        _wrong_if(not files, "DR173")
        changed = dict(version) != {"version": None, "as_of": None, "revisions": "newest"}
        _wrong_if(bool(asked) or changed, "DR174", what="a filter")
        _from_files(request, files, given)
        return
    _wrong_if(bool(files), "DR174", what="a file")
    _wrong_if(bool(given), "DR174", what="--published or --url")
    _from_archive(request, archive, asked, version)


def _wrong_if(wrong: bool, code: str, **values: object) -> None:
    if wrong:
        raise DragomanError(problem(code, **values))


def _from_files(request: Request, files: tuple[str, ...], given: Mapping[str, Any]) -> None:
    from dragoman.cli import reading
    from dragoman.ingest import Options

    asked = reading.Request(names=files, options=Options(**given), output=request.output)
    reading.run(asked, lambda file: Telling(request.format, file, claims=request.claims))


def _from_archive(
    request: Request, folder: Path, asked: Mapping[str, Any], version: Mapping[str, Any]
) -> None:
    from dragoman.archive import Archive, Filter

    chosen = Archive(folder, **version)
    with opened(request.output) as file:
        writer = Telling(request.format, file, claims=request.claims)
        for found in readings(chosen, Filter(**asked) if asked else None):
            writer.write(found)
        writer.close()


def readings(chosen: Archive, asked: Filter | None = None) -> Iterator[Reading]:
    """The readings of an archive, some hundreds in memory at a time; with a filter, those that have
    events it finds, cut down to these, each reading once, by the first of its events.
    """
    if asked is None:
        yield from (found for _, found in chosen.readings())
        return
    places: dict[str, list[int]] = {}
    for batch in chosen.find("events", asked, "reading, position").to_batches():
        for row in batch.to_pylist():
            places.setdefault(row["reading"], []).append(row["position"])
    keys = list(places)
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        held = dict(chosen.readings(part))
        for key in part:
            if key not in held:
                raise DragomanError(problem("DR207", path=f"documents, reading {key}"))
            kept = tuple(held[key].events[position] for position in sorted(places[key]))
            yield dataclasses.replace(held[key], events=kept, notes=())
