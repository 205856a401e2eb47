"""The batch form of the pipeline: what an engine runs, whatever reads the documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import pyarrow as pa

from dragoman.errors import DragomanError, problem
from dragoman.model import Document, Reading
from dragoman.schema.coded import Failure, coded_to_batch, documents_from_batch

Code = Callable[[Iterable[pa.RecordBatch]], Iterable[pa.RecordBatch]]


class DocumentReader(Protocol):
    """What reads the documents: the pipeline's ``Reader``, or another in its place."""

    coder: str

    def read(self, document: Document) -> Reading:
        """The reading of one document."""
        ...

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Readings in the documents' order."""
        ...


def code(batches: Iterable[pa.RecordBatch], reader: DocumentReader) -> Iterator[pa.RecordBatch]:
    """For each batch of documents (``DOCUMENTS``) a batch of coded rows (``CODED``), in order.

    A document that cannot be read becomes a row that says why; those beside it are read.
    """
    for batch in batches:
        yield coded_to_batch(_read(documents_from_batch(batch), reader))


def _read(documents: list[Document], reader: DocumentReader) -> list[Reading | Failure]:
    try:
        return list(reader.read_many(documents))
    except Exception:
        # One report's fault must not cost those beside it: each is read alone.
        return [_alone(document, reader) for document in documents]


def _alone(document: Document, reader: DocumentReader) -> Reading | Failure:
    try:
        return reader.read(document)
    except DragomanError as error:
        return Failure(document, error.problem)
    except Exception as error:
        return Failure(document, problem("DR061", why=f"{type(error).__name__}: {error}"))
