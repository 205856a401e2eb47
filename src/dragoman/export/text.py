"""Text as the formats can bear it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any, Final

from dragoman.schema.records import dumps

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


def sound(text: str) -> str:
    """Text that can be encoded: a surrogate that stands alone becomes U+FFFD. Offsets stay."""
    return _SURROGATES.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Text without line ends, tabs and other control characters: a blank for each. Offsets stay."""
    return sound(_BREAKS.sub(" ", text))


def xml(text: str) -> str:
    """Text as XML's content or attribute; what XML 1.0 cannot hold becomes U+FFFD."""
    whole = _NOT_XML.sub("\ufffd", text)
    whole = whole.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    whole = whole.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return whole.replace("\r", "&#13;")


def json_line(value: Any) -> str:
    """A value as JSON on one line; a lone surrogate is written as its escape."""
    return _SURROGATES.sub(lambda match: f"\\u{ord(match.group()):04x}", dumps(value))


class Utf16:
    """Offsets in code points of a text as offsets in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]

    def __call__(self, offset: int) -> int:
        """The offset in code units: two for each character beyond U+FFFF before it."""
        return offset + bisect_left(self._astral, offset)
