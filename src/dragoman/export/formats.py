"""Every format that readings can be written in, and the one way to open a writer."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Any, Final, Literal

from dragoman.errors import DragomanError, problem
from dragoman.export.choosing import Tally, asserted
from dragoman.export.writers import Writer
from dragoman.model import Reading

Says = Literal["chain", "note", "nothing"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: ``writer`` is ``module:class``. ``says`` tells what it can say of whose word an
    event stands on: the ``chain`` (all events go out); a ``note`` beside each that programs which
    count and draw do not look at (asserted ones go out, others on demand); ``nothing``.
    """

    name: str
    suffix: str
    writer: str
    says: Says
    binary: bool = False
    show: bool = False


_ALL: Final = (
    Format("csv", ".csv", "csv:Csv", "chain", show=True),
    Format("jsonl", ".jsonl", "json:JsonLines", "chain", show=True),
    Format("json", ".json", "json:Json", "chain", show=True),
    Format("parquet", ".parquet", "parquet:Parquet", "chain", binary=True),
    Format("gdelt", ".export.CSV", "gdelt:Events", "nothing"),
    Format("gdelt-mentions", ".mentions.CSV", "gdelt:Mentions", "nothing"),
    Format("icews", ".tab", "icews:Icews", "nothing"),
    Format("polecat", ".txt", "polecat:Polecat", "nothing"),
    Format("petrarch", ".txt", "petrarch:Petrarch", "nothing"),
    Format("plover", ".json", "plover:Plover", "note"),
    Format("geojson", ".geojson", "geojson:GeoJson", "note"),
    Format("graphml", ".graphml", "network:GraphMl", "note"),
    Format("gexf", ".gexf", "network:Gexf", "note"),
    Format("ftm", ".ftm.json", "ftm:FollowTheMoney", "note"),
    Format("webannotation", ".jsonld", "annotation:WebAnnotation", "chain"),
    Format("webannotation-utf16", ".jsonld", "annotation:WebAnnotationUtf16", "chain"),
    Format("brat", ".zip", "brat:Brat", "chain", binary=True),
    Format("conllu", ".conllu", "conllu:ConllU", "chain"),
    Format("claims", ".jsonld", "claims:Claims", "chain"),
)
FORMATS: Final = {made.name: made for made in _ALL}


class Export:
    """A writer of one format that keeps count of what it wrote and left out, in ``tally``."""

    def __init__(self, made: Format, inner: Writer, tally: Tally, *, claims: bool) -> None:
        self.format = made
        self.tally = tally
        self._inner = inner
        self._asserted_only = made.says != "chain" and not claims

    def write(self, reading: Reading) -> None:
        """Write one reading, or of its events those that the format can bear."""
        chosen = asserted(reading, self.tally) if self._asserted_only else reading
        if self.format.show:
            self.tally.readings += 1
            self.tally.events += len(reading.events)
        self._inner.write(chosen)

    def close(self) -> None:
        """Write what stands at the end. The stream is the caller's to close."""
        self._inner.close()


def open_writer(format: str, stream: IO[Any], *, claims: bool = False) -> Export:
    """A writer to a stream: of bytes for ``parquet`` and ``brat``, else of text (UTF-8, newlines
    as they are). ``claims`` lets out events that the publisher does not assert, in formats that
    say so beside each.

    Raises DragomanError for an unknown format, ``claims`` where the format can say nothing, and a
    stream of the other kind.
    """
    made = FORMATS.get(format)
    if made is None:
        raise DragomanError(problem("DR170", name=format, known=", ".join(FORMATS)))
    if claims and made.says == "nothing":
        raise DragomanError(problem("DR171", name=format))
    if made.binary == isinstance(stream, io.TextIOBase):
        kind = "bytes" if made.binary else "text"
        raise DragomanError(problem("DR172", name=format, kind=kind))
    module, _, name = made.writer.partition(":")
    maker: Callable[..., Writer] = getattr(import_module(f"dragoman.export.{module}"), name)
    tally = Tally()
    show = "events" if made.name == "csv" else "all"
    inner = maker(stream, show) if made.show else maker(stream, tally)
    return Export(made, inner, tally, claims=claims)


def write(
    readings: Iterable[Reading], format: str, stream: IO[Any], *, claims: bool = False
) -> Tally:
    """Write the readings as they come, in a format of :data:`FORMATS`, and count: see
    :func:`open_writer`.
    """
    writer = open_writer(format, stream, claims=claims)
    for reading in readings:
        writer.write(reading)
    writer.close()
    return writer.tally
