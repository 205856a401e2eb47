"""What ``dragoman read`` does: sources to documents to readings to a writer."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol, TextIO, cast, get_args

import typer

from dragoman import ingest
from dragoman.cli.progress import Progress
from dragoman.cli.terminal import REJECTED, console, output, say
from dragoman.cli.workers import Engine
from dragoman.engines import Setup
from dragoman.errors import DragomanError, problem
from dragoman.export import Show, Writer
from dragoman.export.wording import safe
from dragoman.ingest import Notice, Options, Rejected, Source
from dragoman.model import Document, Reading

if TYPE_CHECKING:
    from dragoman import pipeline
    from dragoman.ontologies.own.record import Ontology

Format = Literal["table", "json", "jsonl", "csv"]  # others are those of dragoman.export
_BY_SUFFIX: Final[dict[str, Format]] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
}
_BATCH: Final = 32
_BATCH_TEXT: Final = 100_000  # characters


class Reader(Protocol):
    """What the pipeline offers."""

    def read(self, document: Document) -> Reading:
        """The reading of one document."""
        ...

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Readings in the documents' order, quicker than one by one."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """A ``read`` command as given."""

    names: tuple[str, ...]
    options: Options
    format: str | None = None
    show: str | None = None
    explain: str | None = None
    main_only: bool = False
    output: Path | None = None
    model: str | None = None
    ontology: Path | None = None
    actors: tuple[Path, ...] = ()
    debug: bool = False
    engine: Engine = field(default_factory=Engine)


def run(request: Request, make: Callable[[TextIO], Writer] | None = None) -> None:
    """Do it; ``make`` gives a writer of the caller's own. Raises typer.Exit with 1 where something
    was rejected, DragomanError on wrong use.
    """
    form = _format(request)
    show = _show(request, form)
    if request.debug and request.engine.workers is not None:
        raise DragomanError(problem("DR188", option="--debug", other="--workers"))
    if request.options.encoding is not None:
        ingest.check_encoding(request.options.encoding)
    sources = ingest.find(request.names, sys.stdin.buffer if "-" in request.names else None)
    _check_output(request.output, sources.found)
    for name, told in sources.skipped:
        say(f"skipped: {name}: {told}")
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(output(request.output))
        tally = _Tally()
        read = _engine(request, tally, stack)
        writer = make(file) if make is not None else _writer(request, form, show, file)
        with Progress(sources.found) as progress:
            for batch, readings in read(tally.documents(sources.found, request.options)):
                for reading in readings:
                    with progress.hidden(file):
                        writer.write(_main_only(reading) if request.main_only else reading)
                    tally.read += 1
                progress.advance(batch)
        writer.close()
    if tally.summary():
        raise typer.Exit(REJECTED)


def _format(request: Request) -> Format:
    if request.explain is not None and request.format not in (None, "table"):
        raise DragomanError(problem("DR055"))
    if request.format is not None:
        return cast(Format, request.format)
    if request.output is None or request.explain is not None:
        return "table"
    return _BY_SUFFIX.get(request.output.suffix.lower(), "table")


def _show(request: Request, form: Format) -> Show:
    if request.show == "all" and form == "csv":
        raise DragomanError(problem("DR051"))
    if request.show is not None and form not in get_args(Format):
        raise DragomanError(problem("DR175", name=form))
    if request.show is not None:
        return cast(Show, request.show)
    return "all" if form in ("json", "jsonl") else "events"


def _check_output(path: Path | None, sources: list[Source]) -> None:
    if path is None or not path.is_file():
        return
    if any(source.path and os.path.samefile(source.path, path) for source in sources):
        raise DragomanError(problem("DR054"))


def load(
    model: str | None,
    ontology: Ontology | Path | None = None,
    actors: tuple[Path, ...] = (),
) -> pipeline.Reader:
    """The reader. Raises DragomanError where the model or the user's files cannot be used."""
    from dragoman import pipeline

    try:
        return pipeline.Reader(model=model, ontology=ontology, actors=actors)
    except (OSError, ImportError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DragomanError(problem("DR060", model=model or "default", why=why)) from error


_Read = Callable[[Iterable[Document]], Iterator[tuple[list[Document], Iterable[Reading]]]]


def _engine(request: Request, tally: _Tally, stack: contextlib.ExitStack) -> _Read:
    """What reads the documents, some at a time: this process, or a pool that the stack ends."""
    if request.engine.workers is None:
        reader = load(request.model, request.ontology, request.actors)
        return lambda documents: (
            (batch, _read(reader, batch, tally, request.debug)) for batch in _batches(documents)
        )
    from dragoman.engines.pool import Pool, readings

    setup = Setup(request.model, request.ontology, request.actors)
    pool = Pool(setup, request.engine.workers, time_limit=request.engine.limit)
    stack.enter_context(pool)

    def read(documents: Iterable[Document]) -> Iterator[tuple[list[Document], list[Reading]]]:
        for one in readings(pool, documents):
            if isinstance(one, Reading):
                yield [one.document], [one]
            else:
                tally.reject(Rejected(one.document.origin or one.document.id, one.problem))
                yield [one.document], []

    return read


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in batches: enough for the parser to work at speed, little to do again."""
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == _BATCH or sum(len(held.text) for held in batch) > _BATCH_TEXT:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(reader: Reader, batch: list[Document], tally: _Tally, debug: bool) -> Iterable[Reading]:
    """One report's fault must not cost those beside it: then each is read alone."""
    if debug:
        return reader.read_many(batch)
    try:
        return list(reader.read_many(batch))
    except Exception:
        return [reading for document in batch if (reading := _alone(reader, document, tally))]


def _main_only(reading: Reading) -> Reading:
    kept = tuple(event for event in reading.events if event.main)
    return dataclasses.replace(reading, events=kept)


def _alone(reader: Reader, document: Document, tally: _Tally) -> Reading | None:
    try:
        return reader.read(document)
    except DragomanError as error:
        found = error.problem
    except Exception as error:
        found = problem("DR061", why=f"{type(error).__name__}: {error}")
    tally.reject(Rejected(document.origin or document.id, found))
    return None


def _writer(request: Request, form: Format, show: Show, file: TextIO) -> Writer:
    from dragoman.export import csv, json, table

    if request.explain is not None:
        return _Explained(file, request.explain)
    if form == "json":
        return json.Json(file, show)
    if form == "jsonl":
        return json.JsonLines(file, show)
    if form == "csv":
        return csv.Csv(file, cast(csv.Kind, show))
    if form != "table":
        from dragoman.cli.exporting import Telling

        return Telling(form, file)
    return table.Table(console(file), show)


class _Explained:
    """Writes one event of each reading that has it; close() raises where none had."""

    def __init__(self, file: TextIO, identifier: str) -> None:
        self._file = file
        self._id = identifier
        self._found = False
        self._known: dict[str, None] = {}

    def write(self, reading: Reading) -> None:
        from dragoman.export.explain import explain

        self._known.update((event.id, None) for event in reading.events)
        event = reading.event(self._id)
        if event is None:
            return
        document = reading.document
        self._file.write("\n" if self._found else "")
        self._file.write(f"{safe(document.origin or document.id)}\n{explain(reading, event)}")
        self._found = True

    def close(self) -> None:
        if not self._found:
            known = ", ".join(self._known) or "none"
            raise DragomanError(problem("DR052", id=self._id, known=known))


class _Tally:
    """Counts what did not come through, and tells it as it happens."""

    def __init__(self) -> None:
        self.rejected = 0
        self.values = 0
        self.read = 0

    def documents(self, sources: list[Source], options: Options) -> Iterator[Document]:
        for item in ingest.read(sources, options):
            if isinstance(item, Document):
                yield item
            elif isinstance(item, Rejected):
                self.reject(item)
            elif isinstance(item, Notice):
                say(f"note: {item.origin}: {item.problem}")

    def reject(self, item: Rejected) -> None:
        kind = "value rejected" if item.document_kept else "rejected"
        self.values += item.document_kept
        self.rejected += not item.document_kept
        say(f"{kind}: {item.origin}: {item.problem}")

    def summary(self) -> bool:
        """Tell the counts where anything was rejected; whether anything was."""
        if not self.rejected and not self.values:
            return False
        parts = [f"{self.rejected} rejected"]
        if self.values:
            parts.append(f"{self.values} read without a value that was no good")
        say(f"dragoman: {', '.join(parts)}; reports read: {self.read}.")
        return True
