"""The one interface of all writers."""

from __future__ import annotations

from typing import Literal, Protocol

from dragoman.model import Reading

Show = Literal["events", "statements", "mentions", "all"]


class Writer(Protocol):
    """Takes readings one by one, so that a corpus need not fit in memory."""

    def write(self, reading: Reading) -> None:
        """Write one reading."""
        ...

    def close(self) -> None:
        """Write what must stand at the end. The file itself is the caller's to close."""
        ...
