"""Reading bytes as a file of some name."""

from __future__ import annotations

from pathlib import Path

from dragoman.ingest import Item, Notice, Options, Rejected, find, read
from dragoman.model import Document


def items(folder: Path, name: str, data: bytes | str, options: Options | None = None) -> list[Item]:
    """All that comes of a file with this content."""
    path = folder / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return list(read(find([str(path)]).found, options))


def documents(found: list[Item]) -> list[Document]:
    """The documents among them."""
    return [item for item in found if isinstance(item, Document)]


def rejected(found: list[Item]) -> list[tuple[str, str]]:
    """What was rejected: the row (or file name), and the message's number."""
    return [
        (item.origin.rsplit(":", 1)[-1].rsplit("/", 1)[-1], item.problem.code)
        for item in found
        if isinstance(item, Rejected)
    ]


def notices(found: list[Item]) -> list[str]:
    """The numbers of the notices."""
    return [item.problem.code for item in found if isinstance(item, Notice)]
