"""Files inside ZIP, gzip and tar archives, unpacked in memory within limits, never onto the disk.

An archive may hold archives, three deep. All that one archive unpacks to is at most 200 MB, and a
member that grows more than a hundredfold is refused: small files that unpack to huge ones are an
attack on whoever opens them.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from dragoman.errors import Problem, problem
from dragoman.ingest.items import Item, Options, Rejected
from dragoman.ingest.sources import Source, format_of

RATIO: Final = 100
TOTAL: Final = 200_000_000
DEPTH: Final = 3
_FREE: Final = 1_000_000  # bytes up to which no ratio is too large
_CHUNK: Final = 1 << 20

Inner = Callable[[Source, Options], Iterator[Item]]


@dataclass(slots=True)
class _Budget:
    left: int = TOTAL


@dataclass(frozen=True, slots=True)
class Unpacker:
    """Reads what is in an archive with ``inner``, the reader of any source."""

    inner: Inner
    depth: int = 0
    budget: _Budget = field(default_factory=_Budget)

    def __call__(self, source: Source, options: Options) -> Iterator[Item]:
        """The items of all members in their order."""
        if self.depth >= DEPTH:
            yield Rejected(source.name, problem("DR132", depth=DEPTH))
            return
        try:
            for name, member in self._members(source):
                if isinstance(member, Problem):
                    yield Rejected(name, member)
                else:
                    held = Source(name, data=member, format=format_of(name))
                    yield from self._read(held, options)
        except (OSError, EOFError, ValueError, RuntimeError, NotImplementedError,
                zlib.error, zipfile.BadZipFile, tarfile.TarError) as error:  # fmt: skip
            why = str(error) or type(error).__name__
            yield Rejected(source.name, problem("DR130", why=why))

    def _read(self, held: Source, options: Options) -> Iterator[Item]:
        if held.format == "archive" or (held.format is None and is_archive(held.head())):
            yield from Unpacker(self.inner, self.depth + 1, self.budget)(held, options)
        else:
            yield from self.inner(held, options)

    def _members(self, source: Source) -> Iterator[tuple[str, bytes | Problem]]:
        head = source.head()
        with source.open() as file:
            if head.startswith(b"PK"):
                yield from self._zip(file, source)
            elif head.startswith(b"\x1f\x8b"):
                plain = source.name.removesuffix(".gz").removesuffix(".GZ")
                inner = gzip.GzipFile(fileobj=file)
                name = plain if plain != source.name else f"{source.name}/content"
                yield name, self._whole(inner, source.size)
            else:
                yield from self._tar(file, source)

    def _zip(self, file: IO[bytes], source: Source) -> Iterator[tuple[str, bytes | Problem]]:
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    with archive.open(info) as member:
                        name = f"{source.name}/{info.filename}"
                        yield name, self._whole(member, info.compress_size)

    def _tar(self, file: IO[bytes], source: Source) -> Iterator[tuple[str, bytes | Problem]]:
        with tarfile.open(fileobj=file, mode="r:") as archive:
            for info in archive:
                member = archive.extractfile(info) if info.isfile() else None
                if member is not None:
                    yield f"{source.name}/{info.name}", self._whole(member, info.size)

    def _whole(self, member: IO[bytes], packed: int) -> bytes | Problem:
        """All bytes of a member, read only as far as the limits allow."""
        most = max(RATIO * packed, _FREE)
        held = io.BytesIO()
        while chunk := member.read(_CHUNK):
            held.write(chunk)
            self.budget.left -= len(chunk)
            if held.tell() > most or self.budget.left < 0:
                return problem("DR131", size=held.tell(), most=TOTAL, ratio=RATIO)
        return held.getvalue()


def is_archive(head: bytes) -> bool:
    """Whether these first bytes are those of a ZIP, gzip or tar file."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b")) or head[257:262] == b"ustar"
