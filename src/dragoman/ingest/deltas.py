"""A Delta table named as a source: the files that hold its rows now, and none that it dropped."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from dragoman.errors import DragomanError, problem

_UNREAD: Final = {"deletionVectors", "columnMapping"}


def expanded(names: Iterable[str]) -> list[str]:
    """The names, those of Delta tables replaced by their files.

    Raises DragomanError for a table whose rows do not stand in its files alone.
    """
    found: list[str] = []
    for name in names:
        found += _files(name) if (Path(name) / "_delta_log").is_dir() else [name]
    return found


def _files(name: str) -> list[str]:
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    try:
        table = DeltaTable(name)
        files = sorted(table.file_uris())
    except DeltaError as error:
        why = str(error).splitlines()[0]
        raise DragomanError(problem("DR185", path=name, why=why)) from error
    columns = table.metadata().partition_columns
    if columns:
        told = f"it is parted by {', '.join(columns)}, which stands in no file"
        raise DragomanError(problem("DR185", path=name, why=told))
    unread = _UNREAD.intersection(table.protocol().reader_features or ())
    if unread:
        told = f"it uses {' and '.join(sorted(unread))}"
        raise DragomanError(problem("DR185", path=name, why=told))
    return [uri.removeprefix("file://") for uri in files]
