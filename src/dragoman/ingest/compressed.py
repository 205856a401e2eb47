"""Files inside ZIP, gzip and tar archives, unpacked in memory within limits, never onto the disk.

An archive may hold archives, three deep. All that is unpacked of one, at whatever depth, is at most
200 MB, and a member that grows more than a hundredfold is refused: small files that unpack to huge
ones are an attack on whoever opens them.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Final, TypeAlias, cast

from dragoman.errors import Problem, problem
from dragoman.ingest.detection import HEAD, SUFFIXES, by_content, by_name
from dragoman.ingest.items import Item, Notice, Options, Rejected
from dragoman.ingest.sources import Budget, Source

RATIO: Final = 100
TOTAL: Final = 200_000_000
DEPTH: Final = 3
_FREE: Final = 1_000_000  # bytes up to which no ratio is too large
_CHUNK: Final = 1 << 20

Member: TypeAlias = tuple[str, bytes | Problem]
"""What a file in an archive is called, and its bytes or why they cannot be had."""


_Packed: TypeAlias = tuple[str, int, Callable[[], IO[bytes]]]  # name, bytes, how to unpack
_ALONE: Final = "/content"
"""What the one file in a gzip file is called where its name does not tell."""


def read(
    source: Source, options: Options, inner: Callable[[Source, Options], Iterator[Item]]
) -> Iterator[Item]:
    """The items of all members in their order, each read by ``inner``; the names of members are
    told and never used as paths.
    """
    if source.depth >= DEPTH:
        yield Rejected(source.name, problem("DR132", depth=DEPTH))
        return
    budget = source.budget or Budget(TOTAL)
    passed: Counter[str] = Counter()
    for name, data in _members(source, budget):
        if isinstance(data, Problem):
            yield Rejected(name, data)
        elif _is_report(name, data):
            form, depth = by_name(name), source.depth + 1
            yield from inner(Source(name, None, data, form, depth, budget), options)
        else:
            passed[PurePosixPath(name).suffix.lower() or "no suffix"] += 1
    if passed:
        kinds = ", ".join(f"{suffix} {count}" for suffix, count in sorted(passed.items()))
        told = problem("DR005", count=passed.total(), suffixes=kinds, known=", ".join(SUFFIXES))
        yield Notice(source.name, told)


def _is_report(name: str, data: bytes) -> bool:
    """As in a folder, a file of known name or content; what is alone in a gzip file, anything."""
    if name.endswith(_ALONE) or by_name(name) is not None:
        return True
    return by_content(data[:HEAD]) not in (None, "archive")


def _members(source: Source, budget: Budget) -> Iterator[Member]:
    """The files in an archive that are not hidden; where it breaks off, that as the last."""
    head = source.head()
    kind = _zip if head.startswith(b"PK") else _gzip if head.startswith(b"\x1f\x8b") else _tar
    with source.open() as file:
        members = kind(file, source)
        while True:
            try:
                name, packed, opened = next(members)
            except StopIteration:
                return
            except Exception as error:  # archives are anybody's bytes; the libraries raise many
                yield source.name, _broken(error)
                return
            if _hidden(name.removeprefix(source.name)):
                continue
            try:
                data = _whole(opened, packed, budget)
            except Exception as error:
                data = _broken(error)
            yield name, data
            if budget.left < 0:
                return


def _broken(error: Exception) -> Problem:
    return problem("DR130", why=str(error) or type(error).__name__)


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part == "__MACOSX" or re.match(r"\.[^.]", part) for part in parts)


def _zip(file: IO[bytes], source: Source) -> Iterator[_Packed]:
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                opened = partial(archive.open, info)
                yield f"{source.name}/{info.filename}", info.compress_size, opened


def _gzip(file: IO[bytes], source: Source) -> Iterator[_Packed]:
    name = source.name
    if name.lower().endswith(".tgz"):
        name = f"{name}/{PurePosixPath(name).stem}.tar"
    elif name.lower().endswith(".gz"):
        name = name[:-3]
    if by_name(name) is None:
        name += _ALONE
    yield name, source.size, lambda: cast("IO[bytes]", gzip.GzipFile(fileobj=file))


def _tar(file: IO[bytes], source: Source) -> Iterator[_Packed]:
    with tarfile.open(fileobj=file, mode="r:") as archive:
        for info in archive:
            # Links, devices and holes hold nothing of their own.
            if info.isreg() and not info.issparse():
                opened = partial(_extracted, archive, info)
                yield f"{source.name}/{info.name}", info.size, opened


def _extracted(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    member = archive.extractfile(info)
    assert member is not None, "a regular file"
    return member


def _whole(opened: Callable[[], IO[bytes]], packed: int, budget: Budget) -> bytes | Problem:
    """All bytes of a member, unpacked only as far as the limits allow."""
    most = max(RATIO * packed, _FREE)
    held = io.BytesIO()
    with opened() as member:
        while chunk := member.read(_CHUNK):
            held.write(chunk)
            budget.left -= len(chunk)
            if held.tell() > most or budget.left < 0:
                return problem("DR131", size=held.tell(), most=TOTAL, ratio=RATIO)
    return held.getvalue()
