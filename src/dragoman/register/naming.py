"""How names are spelled: folding, usual variants, surnames."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SAME_LENGTH = {
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ı": "i", "ð": "d", "Ð": "D",
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\n": " ", "\r": " ",
}  # fmt: skip
_LONGER = {"æ": "ae", "Æ": "Ae", "ß": "ss", "þ": "th", "œ": "oe"}


def _folding() -> dict[int, str]:
    table = {ord(mark): plain for mark, plain in _SAME_LENGTH.items()}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base.isascii():
            table.setdefault(code, base)
    return table


_FOLDING = _folding()
_ROMAN = re.compile(r"[IVX]+")
_ARTICLE = re.compile(r"\b([Aa]l|[Ee]l|[Aa]s|[Aa]r)-(?=[A-Z])")
_PARTICLES = frozenset(
    "al el ul bin ben ibn van von der den de da do dos della di du la le ten ter abu ould".split()
)
_FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "PRK", "KOR", "KHM"})
# Where the given name stands first and is what news calls somebody by: "Prime Minister Thaksin".
_BY_GIVEN = frozenset({"ETH", "ERI", "THA", "MYS", "ISL"})
_GIVEN_LAST = frozenset({"VNM"})


def fold(text: str) -> str:
    """The text without diacritics, with plain apostrophes, hyphens and spaces, of equal length."""
    return text.translate(_FOLDING)


def lower(text: str) -> str:
    """Lower case, of equal length even where a letter's lower case has two characters."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def slug(name: str) -> str:
    """A name as part of an id: ``Recep Tayyip Erdoğan`` gives ``recep-tayyip-erdogan``."""
    plain = fold(name)
    for letter, letters in _LONGER.items():
        plain = plain.replace(letter, letters)
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")


def spellings(name: str, country: str | None) -> Iterator[str]:
    """The name and the ways news commonly spells it, without diacritics where it has them."""
    yield name
    if _ARTICLE.search(name):
        yield _ARTICLE.sub("", name)
        for article in ("al-", "Al-", "el-", "al ", "Al "):
            yield _ARTICLE.sub(article, name)
    if country in _FAMILY_FIRST:
        yield from _east_asian(name)
    if name.endswith(" Jr."):
        yield name[:-1]
        yield name.replace(" Jr.", ", Jr.")
    if re.search(r"\b[A-Z]\. [A-Z]\. ", name):
        yield re.sub(r"\b([A-Z])\. (?=[A-Z]\. )", r"\1.", name)
    middle = re.fullmatch(r"(\S+) [A-Z]\. (\S+)", name)
    if middle:
        yield f"{middle[1]} {middle[2]}"


def _east_asian(name: str) -> Iterator[str]:
    words = re.split(r"[ -]", name)
    if len(words) != 3:
        return
    family, one, two = words
    for given in (f"{one} {two.capitalize()}", f"{one}-{two.lower()}", f"{one}-{two.capitalize()}"):
        yield f"{family} {given}"


def bare(name: str) -> str:
    """A name without its Arabic articles: ``el-Sadat`` gives ``Sadat``."""
    return re.sub(r"\b(?:al|el|as|ar)[- ](?=\w)", "", name, flags=re.IGNORECASE)


def surnames(name: str, country: str | None) -> tuple[str, ...]:
    """The last name as it stands alone in news, with and without its article or particle, and the
    last ones of several ("Peña Nieto").

    Rulers known by a given name and number have none.
    """
    words = [word for word in name.split(" ") if word not in ("Jr.", "Jr")]
    if len(words) < 2:
        return tuple(words)
    if _ROMAN.fullmatch(words[-1]):
        words.pop()
        return (words[-1],) if len(words) > 1 else ()
    if country in _FAMILY_FIRST:
        return (words[0],)
    if country in _GIVEN_LAST:
        return (words[-1], words[0])
    last = words[-1]
    found = [last]
    bare = _ARTICLE.sub("", last)
    if bare != last:
        found += [bare, f"al-{bare}", f"Al-{bare}", f"el-{bare}"]
    found += [
        " ".join(words[low:])
        for low in range(1, len(words) - 1)
        if words[low - 1].lower() not in _PARTICLES
    ]
    if country in _BY_GIVEN and words[0] not in ("Tunku", "Tun", "Abdul"):
        found.append(words[0])
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    if start < len(words) - 1:
        found.append(" ".join(words[start:]))
    return tuple(dict.fromkeys(found))
