"""Documents as the comparison sees them, those with the very same words taken together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np

from dragoman.corpus.credits import credit_of, stated_in
from dragoman.corpus.shingles import SHORTEST, Hashes, Shingler

if TYPE_CHECKING:
    import datetime as dt

    from dragoman.corpus.stories import DocumentLike

_SLOTS: Final = 1 << 28


@dataclass(frozen=True, slots=True)
class Member:
    """What is known of a document beside its words: ``credit`` is the agency that it names,
    ``stated`` whoever its dateline names.
    """

    id: str
    publisher: str | None
    published: dt.date | None
    credit: str | None
    stated: str | None


@dataclass(slots=True)
class Text:
    """A text, its shingles in order, and the documents that have just these words.

    ``size`` counts its different shingles, furniture aside; ``shared`` are those of them that
    other texts may have too, sorted.
    """

    shingles: Hashes
    members: list[Member] = field(default_factory=list)
    size: int = 0
    shared: Hashes = field(default_factory=lambda: np.empty(0, np.uint64))


def collect(documents: Iterable[DocumentLike]) -> list[Text]:
    """The texts of documents that are long enough to tell, in an order that depends on the
    documents alone, the earliest published first.
    """
    shingler = Shingler()
    found: dict[bytes, Text] = {}
    for document in documents:
        words = document.text[getattr(document, "preamble", 0) :]
        shingles = shingler.shingles(words)
        if len(shingles) < SHORTEST:
            continue
        key = blake2b(shingles.tobytes(), digest_size=16).digest()
        text = found.setdefault(key, Text(shingles))
        publisher = (document.publisher or "").strip() or None
        text.members.append(
            Member(document.id, publisher, document.published, credit_of(words), stated_in(words))
        )
    for text in found.values():
        text.members.sort(key=lambda one: (one.published is None, one.published, one.id))
    return sorted(found.values(), key=_place)


def _place(text: Text) -> tuple[bool, int, int, str]:
    first = text.members[0]
    day = first.published.toordinal() if first.published else 0
    return first.published is None, day, -len(text.shingles), first.id


def count_shared(texts: Iterable[Text]) -> None:
    """Fill in ``size`` and ``shared``."""
    texts = list(texts)
    total = sum(len(text.shingles) for text in texts)
    slots = min(_SLOTS, 1 << max(10, (4 * total).bit_length()))
    counts = np.zeros(slots, dtype=np.uint8)
    mask = np.uint64(slots - 1)
    for text in texts:
        text.shared = np.unique(text.shingles)
        text.size = len(text.shared)
        places = text.shared & mask
        counts[places] = np.where(counts[places] > 0, 2, 1)
    for text in texts:
        # Two shingles may fall into one slot: some that no other text has are kept, none is lost.
        text.shared = text.shared[counts[text.shared & mask] > 1]
