"""One writer per format, behind one interface of two methods."""

from __future__ import annotations

from dragoman.export.writers import Show, Writer

__all__ = ["Show", "Writer"]
