"""What a server sent compressed, unpacked to so many bytes and no further."""

from __future__ import annotations

import zlib
from typing import Final

from dragoman.errors import Problem, problem

_WINDOWS: Final = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": None}
_GZIP: Final = b"\x1f\x8b"


def unpacked(data: bytes, coding: str, most: int) -> bytes | Problem:
    """The bytes as they were before ``Content-Encoding``; more than ``most`` are refused (DR143),
    and so are codings in several layers (DR136).
    """
    name = coding.strip().lower()
    if name in ("", "identity") or not data:
        return data
    if name not in _WINDOWS:
        return problem("DR136", coding=name[:40])
    try:
        return _inflated(data, _WINDOWS[name] or _deflate(data), most)
    except zlib.error as error:
        return problem("DR145", why=f"what it sent cannot be unpacked: {error}")


def _deflate(data: bytes) -> int:
    """Servers mean either of two forms by the name."""
    wrapped = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS


def _inflated(data: bytes, window: int, most: int) -> bytes | Problem:
    parts: list[bytes] = []
    size = 0
    while data:
        member = zlib.decompressobj(window)
        part = member.decompress(data, most + 1 - size)
        parts.append(part)
        size += len(part)
        if size > most:
            return problem("DR143", most=most)
        if not member.eof:
            return problem("DR145", why="what it sent compressed breaks off")
        data = member.unused_data if member.unused_data.startswith(_GZIP) else b""
    return b"".join(parts)
