"""Which documents an archive already has, in which text and by which coder."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.archive import snapshot
from dragoman.archive.layout import batch_name
from dragoman.archive.log import Commit
from dragoman.model import Document

_COLUMNS = ("id", "reading", "revision", "content", "coder", "batch")
_RELEASE = re.compile(r"dragoman (\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class Known:
    """The newest reading of a document."""

    reading: str
    revision: int
    content: str
    coder: str
    batch: str


def content_of(text: str, published: object, publisher: str | None) -> str:
    """What makes two documents of one id the same text: text, date and publisher."""
    head = f"{publisher or ''}\x1f{published or ''}\x1f{text}"
    return hashlib.sha256(head.encode("utf-8")).hexdigest()[:32]


def reading_id(document: str, revision: int, content: str, coder: str) -> str:
    """The reading of a text by a coder: the same wherever and whenever it is made."""
    key = f"{document}\x1f{revision}\x1f{content}\x1f{coder}"
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:24]


def later(coder: str, than: str) -> bool:
    """Whether a coder is another one, and of no earlier release."""
    ours, theirs = _release(coder), _release(than)
    return coder != than and (ours is None or theirs is None or ours >= theirs)


def _release(coder: str) -> tuple[int, ...] | None:
    match = _RELEASE.match(coder)
    return tuple(map(int, match[1].split("."))) if match else None


class Index:
    """The newest reading of each document; about 0.4 kB of memory each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Known] = {}
        self.version = 0
        self._load()

    def wants(self, document: Document, coder: str, *, recode: bool) -> bool:
        """Whether the document is to be read: it is new, changed, or to be recoded."""
        content = content_of(document.text, document.published, document.publisher)
        return self.is_new(document.id, content, coder, recode=recode)

    def is_new(self, document: str, content: str, coder: str, *, recode: bool) -> bool:
        """The same for a document of that id and content."""
        known = self._known.get(document)
        if known is None or known.content != content:
            return True
        return recode and later(coder, known.coder)

    def get(self, document: str) -> Known | None:
        """The newest reading of the document."""
        return self._known.get(document)

    def follow(self, lines: Sequence[Commit]) -> set[str]:
        """Take in what was committed since, of all lines in order; returns the ids of the
        documents concerned.
        """
        changed: set[str] = set()
        for line in lines[bisect_right(lines, self.version, key=lambda line: line.version) :]:
            if line.batch is not None:
                path = self._folder / "documents" / batch_name(line.batch)
                try:
                    changed |= self._take(pq.read_table(path, columns=list(_COLUMNS)))
                except FileNotFoundError:  # compacted and cleaned meanwhile
                    before = self._known
                    self._load()
                    return changed | _differing(before, self._known)
            self.version = line.version
        return changed

    def _load(self) -> None:
        found = snapshot.take(self._folder)
        self._known = {}
        gone = {one.reading for one in found.superseded("newest")}
        for part in found.parts("documents", "newest"):
            for path in part.files:
                table = pq.read_table(path, columns=list(_COLUMNS))
                self._take(table, found.batches, gone)
        self.version = found.version

    def _take(
        self,
        table: pa.Table,
        batches: frozenset[str] | None = None,
        gone: Iterable[str] = frozenset(),
    ) -> set[str]:
        taken = set()
        columns: dict[str, list[Any]] = table.to_pydict()
        for identifier, *values in zip(*(columns[name] for name in _COLUMNS), strict=True):
            known = Known(*values)
            if known.reading in gone or (batches is not None and known.batch not in batches):
                continue
            self._known[identifier] = known
            taken.add(identifier)
        return taken


def _differing(before: Mapping[str, Known], after: Mapping[str, Known]) -> set[str]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
