"""PNG files made small: a palette of few colours instead of four bytes a dot."""

from __future__ import annotations

import struct
import zlib
from typing import Any, Final

import numpy as np

_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_MOST: Final = 256


def smaller(png: bytes) -> bytes:
    """The picture with 256 colours at most. Takes what Vega's renderer writes: eight bits a
    channel, RGBA, not interlaced; raises ValueError for anything else.
    """
    dots = _dots(png)
    colours = dots[..., :3].reshape(-1, 3).astype(np.uint32)
    for bits in (8, 6, 5, 4):
        coarse = _coarser(colours, bits)
        keys = coarse[:, 0] << 16 | coarse[:, 1] << 8 | coarse[:, 2]
        palette, places = np.unique(keys, return_inverse=True)
        if len(palette) <= _MOST:
            break
    high, wide = dots.shape[:2]
    rows = np.zeros((high, wide + 1), np.uint8)
    rows[:, 1:] = places.reshape(high, wide)
    table = b"".join(int(key).to_bytes(3, "big") for key in palette)
    return _HEAD + b"".join(
        _chunk(name, data)
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0)),
            (b"PLTE", table),
            (b"IDAT", zlib.compress(rows.tobytes(), 9)),
            (b"IEND", b""),
        )
    )


def _coarser(colours: Any, bits: int) -> Any:
    step = 255 / (2**bits - 1)
    return np.rint(np.rint(colours / step) * step).astype(np.uint32)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _dots(png: bytes) -> Any:
    """Rows of dots of four bytes."""
    held, place = b"", len(_HEAD)
    wide = high = 0
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place : place + 8])
        data = png[place + 8 : place + 8 + length]
        if name == b"IHDR":
            wide, high, *kind = struct.unpack(">IIBBBBB", data)
            if kind != [8, 6, 0, 0, 0]:
                raise ValueError(f"not a picture of Vega's renderer: {kind}")
        held += data if name == b"IDAT" else b""
        place += length + 12
    lines = np.frombuffer(zlib.decompress(held), np.uint8).reshape(high, wide * 4 + 1)
    found = np.zeros((high, wide, 4), np.int64)
    above = np.zeros((wide, 4), np.int64)
    for number, line in enumerate(lines):
        above = found[number] = _line(int(line[0]), line[1:].reshape(wide, 4), above)
    return found


def _line(kind: int, raw: Any, above: Any) -> Any:
    line = raw.astype(np.int64)
    if kind == 0:
        return line
    if kind == 1:
        return np.cumsum(line, axis=0) % 256
    if kind == 2:
        return (line + above) % 256
    left = corner = np.zeros(4, np.int64)
    for place, up in enumerate(above):
        guess = (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
        left = line[place] = (line[place] + guess) % 256
        corner = up
    return line


def _paeth(left: Any, up: Any, corner: Any) -> Any:
    guess = left + up - corner
    a, b, c = abs(guess - left), abs(guess - up), abs(guess - corner)
    return np.where((a <= b) & (a <= c), left, np.where(b <= c, up, corner))
