"""The order of the stages: from documents to readings."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman import events, mentions, statements
from dragoman.events import coding
from dragoman.language.ahead import ahead
from dragoman.language.analysis import Analysis
from dragoman.language.encoder import Encoded, default_encoder
from dragoman.language.parser import Parser
from dragoman.mentions.index import MentionIndex
from dragoman.mentions.labels import neutrally_named, with_labels
from dragoman.mentions.speakers import with_first_person
from dragoman.model import Document, Mention, Reading
from dragoman.ontologies.own.folder import load_ontology
from dragoman.ontologies.own.record import Ontology, default_ontology
from dragoman.register import Register, default_register
from dragoman.register.own.files import load_actors
from dragoman.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Reader", "code", "code_analysis", "events"]


class Reader:
    """Reads documents with one language model and one register, both loaded once.

    ``register`` holds who is who, with what the ontology's dictionaries add; ``coder`` names the
    software, models and ontology in every reading.

    ``model`` names an installed English spaCy pipeline; None takes the default. With ``encoder``
    False the attributions are read by the rules alone. ``ontology`` is a folder of the user's own
    types and triggers, or what ``load_ontology`` made of one; ``actors`` are files of the user's
    own actors, offices and places, or PETRARCH dictionaries, the last one having the last word.
    Without ``read_ahead`` the encoder has no thread of its own: for one core.
    Raises OntologyError or ActorsError, with every fault, where they cannot be used.
    """

    def __init__(
        self,
        model: str | None = None,
        register: Register | None = None,
        *,
        encoder: bool = True,
        ontology: Ontology | Path | str | None = None,
        actors: Sequence[Path | str] = (),
        read_ahead: bool = True,
    ) -> None:
        self._read_ahead = read_ahead
        self._ontology = _ontology(ontology)
        own = load_actors(actors, self._ontology.over(register or default_register()))
        self.register = own.register
        self._parser = Parser(model)
        self._encoder = default_encoder() if encoder else None
        models = [self._parser.name] + ([self._encoder.name] if self._encoder else [])
        models += [label for label in (self._ontology.label, own.label) if label]
        self.coder = f"dragoman {__version__}; {'; '.join(models)}"

    def read(self, document: Document) -> Reading:
        """The reading of one document."""
        analysis = self._parser.parse(document)
        return self._code(analysis, self._encoder.encode(analysis) if self._encoder else None)

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Readings in the documents' order; the parser takes them in batches, and the encoder
        reads one document while the parser and the rules read others.
        """
        analyses = self._parser.parse_many(documents)
        if self._encoder is None or not self._read_ahead:
            for analysis in analyses:
                yield self._code(
                    analysis, self._encoder.encode(analysis) if self._encoder else None
                )
            return
        for analysis, encoded in ahead(self._encoder.encode, analyses):
            yield self._code(analysis, encoded)

    def _code(self, analysis: Analysis, encoded: Encoded | None) -> Reading:
        return code_analysis(analysis, self.register, self.coder, encoded, self._ontology)


def code(
    batches: Iterable[pa.RecordBatch], reader: Reader | None = None
) -> Iterator[pa.RecordBatch]:
    """Batches of documents to batches of coded rows, with the schemas of ``dragoman.schema.coded``:
    the form that an engine runs. Without a ``reader`` each process loads the default one, once.
    """
    from dragoman import batches as batch_form

    return batch_form.code(batches, reader or _default())


@lru_cache(maxsize=1)
def _default() -> Reader:
    return Reader()


def _ontology(given: Ontology | Path | str | None) -> Ontology:
    if given is None:
        return default_ontology()
    return given if isinstance(given, Ontology) else load_ontology(given)


def code_analysis(
    analysis: Analysis,
    register: Register,
    coder: str = "",
    encoded: Encoded | None = None,
    ontology: Ontology | None = None,
) -> Reading:
    """The reading of a parsed document: mentions, then statements, then events. ``encoded`` is
    what the encoder says of it; without it the rules read alone.
    """
    found = mentions.find(analysis, register)
    index = MentionIndex(analysis, found)
    said = statements.find(analysis, index, encoded)
    found = with_first_person(analysis, found, said)
    index = MentionIndex(analysis, found)
    coded = coding.find(analysis, index, said, register, ontology, encoded)
    found = with_labels(analysis, found, said, register)
    return Reading(
        document=analysis.document,
        actors=tuple(index.actors.values()),
        mentions=found.mentions,
        statements=said,
        events=neutrally_named(coded, found.mentions),
        coder=coder,
        notes=_notes(analysis.document, found.mentions),
    )


def _notes(document: Document, found: Iterable[Mention]) -> tuple[str, ...]:
    notes = []
    if document.published is None:
        notes.append("no date of publication: relative times and offices at a date are unresolved")
    if not document.text[document.preamble :].strip():
        notes.append("the document has no text to read")
    missing = sum(m.unresolved is not None for m in found)
    if missing:
        notes.append(f"{missing} mentions are unresolved; each says why")
    return tuple(notes)


def with_date(document: Document, published: dt.date | None) -> Document:
    """The document with a date of publication where it has none."""
    if document.published is not None or published is None:
        return document
    return dataclasses.replace(document, published=published)
