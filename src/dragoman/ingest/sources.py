"""From what the user named (files, folders, patterns, ``-``) to a list of things to read."""

from __future__ import annotations

import glob
import io
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from dragoman.errors import DragomanError, Problem, problem
from dragoman.ingest.detection import HEAD, SUFFIXES, by_content, by_name

STDIN: Final = "-"


@dataclass(slots=True)
class Budget:
    """How many bytes may still be unpacked of an archive and all that lies in it."""

    left: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or bytes already in memory. ``name`` is what messages call it; ``format`` None means
    that its content has to tell. ``depth`` counts the archives around it, which share ``budget``.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    format: str | None = None
    depth: int = 0
    budget: Budget | None = None

    def open(self) -> BinaryIO:
        """The bytes from the beginning. Raises OSError."""
        if self.data is not None:
            return io.BytesIO(self.data)
        if self.path is None:
            raise OSError("there is nothing to open")
        return self.path.open("rb")

    def read(self) -> bytes:
        """All bytes. Raises OSError."""
        with self.open() as file:
            return file.read()

    def head(self) -> bytes:
        """The first 64 KiB. Raises OSError."""
        with self.open() as file:
            return file.read(HEAD)

    @property
    def size(self) -> int:
        """Bytes; 0 where that cannot be told."""
        if self.data is not None:
            return len(self.data)
        try:
            return self.path.stat().st_size if self.path else 0
        except OSError:
            return 0


@dataclass(slots=True)
class Sources:
    """What was found, and what was passed over with the reason."""

    found: list[Source] = field(default_factory=list)
    skipped: list[tuple[str, Problem]] = field(default_factory=list)


def find(names: Iterable[str], stdin: BinaryIO | None = None) -> Sources:
    """Every file that the names stand for, each once, folders and patterns in sorted order.

    ``-`` is standard input, read whole. Raises DragomanError for a name, pattern or folder that
    stands for nothing: nothing should be read then.
    """
    sources = Sources()
    seen: set[str] = set()
    for name in names:
        if name == STDIN:
            data = stdin.read() if stdin else b""
            _add(sources, seen, Source("<stdin>", data=data))
            continue
        for path in _paths(name):
            if path.is_dir():
                _add_folder(sources, seen, path)
            else:
                _add(sources, seen, _file(path))
    return sources


def _paths(name: str) -> list[Path]:
    path = Path(name)
    if path.exists():
        return [path]
    if glob.has_magic(name):
        matches = sorted(glob.glob(name, recursive=True))
        files = [Path(match) for match in matches if not Path(match).is_dir()]
        if not files:
            raise DragomanError(_at(name, problem("DR002")))
        return files
    raise DragomanError(_at(name, problem("DR001")))


def _at(name: str, found: Problem) -> Problem:
    return Problem(found.code, f"{name}: {found.what}", found.remedy)


def _file(path: Path) -> Source:
    form = by_name(path.name)
    if path.is_file():
        return Source(str(path), path=path, format=form)
    # A pipe or a device: it can be read only once, and a reader may need to begin again.
    return Source(str(path), data=path.read_bytes(), format=form)


def _add(sources: Sources, seen: set[str], source: Source) -> None:
    key = os.path.realpath(source.path) if source.path else source.name
    if key not in seen:
        seen.add(key)
        sources.found.append(source)


def _add_folder(sources: Sources, seen: set[str], folder: Path) -> None:
    """Files of known name or content; hidden ones are left alone, others counted as skipped."""
    unknown: Counter[str] = Counter()
    known = 0

    def unreadable(error: OSError) -> None:
        nonlocal known
        known += 1
        # Opening it will fail again and be told with all else that is rejected.
        path = Path(error.filename)
        _add(sources, seen, Source(str(path), path=path, format="text"))

    for parent, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if name.startswith("."):
                continue
            if not path.is_file():
                unknown["not a regular file"] += 1
            elif path.suffix.lower() in SUFFIXES or _known_by_content(path):
                known += 1
                _add(sources, seen, _file(path))
            else:
                unknown[path.suffix.lower() or "no suffix"] += 1
    if unknown:
        kinds = ", ".join(f"{suffix} {count}" for suffix, count in sorted(unknown.items()))
        told = problem("DR005", count=unknown.total(), suffixes=kinds, known=", ".join(SUFFIXES))
        sources.skipped.append((str(folder), told))
    if not known:
        raise DragomanError(_at(str(folder), problem("DR003", suffixes=", ".join(SUFFIXES))))


def _known_by_content(path: Path) -> bool:
    """Not ZIP and the like: office programs and phones keep much in those that is no report."""
    try:
        with path.open("rb") as file:
            return by_content(file.read(HEAD)) not in (None, "archive")
    except OSError:
        return False
