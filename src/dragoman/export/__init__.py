"""One writer per format, behind one interface of two methods; ``write`` picks it by name."""

from __future__ import annotations

from dragoman.export.choosing import Tally
from dragoman.export.formats import FORMATS, Export, Format, open_writer, write
from dragoman.export.writers import Show, Writer

__all__ = ["FORMATS", "Export", "Format", "Show", "Tally", "Writer", "open_writer", "write"]
