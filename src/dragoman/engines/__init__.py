"""What runs the batch form of the pipeline over many documents: processes here, or Spark."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dragoman.batches import DocumentReader
from dragoman.errors import DragomanError, problem

TIME_LIMIT = 900.0
"""Seconds that one document may take unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How a worker makes its reader: the words of ``pipeline.Reader``, fit to be sent to another
    process. Calling it raises DragomanError where the model or a file cannot be used.
    """

    model: str | None = None
    ontology: Path | None = None
    actors: tuple[Path, ...] = ()

    def __call__(self) -> DocumentReader:
        from dragoman import pipeline

        try:
            # A worker is given one core: a second thread would take a neighbour's.
            return pipeline.Reader(
                self.model, ontology=self.ontology, actors=self.actors, read_ahead=False
            )
        except (OSError, ImportError) as error:
            why = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise DragomanError(problem("DR060", model=self.model or "default", why=why)) from error
