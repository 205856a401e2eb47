"""Bytes to characters, saying when that was a guess, and refusing what is no text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from dragoman.errors import Problem, problem

_MARKS: Final = (  # the longer mark first: UTF-16's is the head of UTF-32's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_KINDS: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"(\xb5/\xfd", "a zstd archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"<?xml", "an XML file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
)
# Comments are taken whole and never given back: else many of them take time without end.
_HTML: Final = re.compile(
    rb"(?>\s*+(?:<!--.*?-->|<\?xml.*?\?>))*+\s*+<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_LATIN: Final = re.compile(r"(cp125\d|latin_1|iso8859_\d+)")
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
_SAMPLE: Final = 1 << 16
# A text of this share of control characters is no text.
_MOST_CONTROLS: Final = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without its byte order mark, and how its encoding is known.

    ``how`` is "" for plain UTF-8, else "detected", "named" or "byte order mark".
    """

    text: str
    encoding: str
    how: str = ""

    @property
    def meta(self) -> dict[str, str]:
        """What the document's ``meta`` says of it: nothing for plain UTF-8."""
        return {"encoding": f"{self.encoding} ({self.how})"} if self.how else {}


def known_encoding(name: str) -> bool:
    """Whether Python can decode text with an encoding of that name."""
    try:
        return codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        return False


def mark(data: bytes) -> str | None:
    """The encoding that a byte order mark announces."""
    return next((encoding for bom, encoding in _MARKS if data.startswith(bom)), None)


def kind_of_binary(data: bytes) -> str | None:
    """What a file is that holds no plain text, from its first bytes."""
    if _HTML.match(data[:_SAMPLE]):
        return "an HTML page"
    return next((kind for magic, kind in _KINDS if data.startswith(magic)), None)


def decode(data: bytes, encoding: str | None = None) -> Decoded | Problem:
    """The text of ``data``: as named, by its byte order mark, as UTF-8, or by a guess."""
    if kind := kind_of_binary(data):
        return problem("DR010", kind=kind)
    decoded = _decode(data, encoding)
    if isinstance(decoded, Decoded) and _looks_binary(decoded.text):
        return problem("DR010", kind="a binary file")
    return decoded


def _decode(data: bytes, encoding: str | None) -> Decoded | Problem:
    if encoding is not None:
        return _strict(data, encoding, "named")
    if marked := mark(data):
        return _strict(data, marked, "" if marked == "utf-8-sig" else "byte order mark")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if damaged(data):
            return problem("DR012", position=error.start)
        guess = detect(data)
        if guess is None:
            return problem("DR011", why="no encoding fits them")
        return _strict(data, guess, "detected")
    if text.count("\0") * 3 > len(text):  # every second byte NUL: UTF-16 without its mark
        wide = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
        decoded = _strict(data, wide, "detected")
        return decoded if isinstance(decoded, Decoded) else problem("DR010", kind="a binary file")
    return Decoded(text, "utf-8")


def _strict(data: bytes, encoding: str, how: str) -> Decoded | Problem:
    try:
        return Decoded(data.decode(encoding), encoding, how)
    except (UnicodeError, LookupError) as error:
        return problem("DR011", why=f"{error}")


def _looks_binary(text: str) -> bool:
    if "\0" in text:
        return True
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) > max(1, len(sample) * _MOST_CONTROLS)


def damaged(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 were meant to be: most of their non-ASCII runs are."""
    good = bad = 0
    for run in _HIGH.findall(data):
        try:
            run.decode("utf-8")
            good += 1
        except UnicodeDecodeError:
            bad += 1
    return good > bad


def detect(data: bytes) -> str | None:
    """The likeliest encoding of bytes that are not UTF-8; None where none fits.

    The detector tells one Western code page from another by letter statistics, which an English
    text with a handful of accents does not have: among those, Windows-1252 is taken if it fits.
    """
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return "cp1252" if _fits(data, "cp1252") else None
    if _LATIN.fullmatch(best.encoding) and _fits(data, "cp1252"):
        return "cp1252"
    return best.encoding


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def encoding_of(file: BinaryIO, named: str | None) -> Decoded | Problem:
    """How to decode a file that is read in pieces; ``text`` stays empty.

    A file that was meant to be UTF-8 and has broken characters counts as UTF-8, "damaged".
    """
    head = file.read(_SAMPLE)
    if kind := kind_of_binary(head):
        return problem("DR010", kind=kind)
    if named is not None:
        return Decoded("", named, "named")
    if marked := mark(head):
        return Decoded("", marked, "" if marked == "utf-8-sig" else "byte order mark")
    sample = _first_trouble(file, head)
    if sample is None:
        if head.count(0) * 3 > len(head):
            wide = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
            return Decoded("", wide, "detected")
        return Decoded("", "utf-8")
    if damaged(sample):
        return Decoded("", "utf-8", "damaged")
    guess = detect(sample)
    return Decoded("", guess, "detected") if guess else problem("DR011", why="no encoding fits")


def _first_trouble(file: BinaryIO, chunk: bytes) -> bytes | None:
    """The head of the file and the part where it stops being UTF-8; None where it never does."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    head = chunk
    while True:
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            return head if chunk is head else head + b"\n" + chunk
        if not chunk:
            return None
        chunk = file.read(_SAMPLE)
