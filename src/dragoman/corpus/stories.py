"""Stories: documents that carry one text, whole, truncated or lightly edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

CopyKind = Literal["first", "whole", "truncated", "edited"]


class DocumentLike(Protocol):
    """What a document must have here; :class:`dragoman.model.Document` has it."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def publisher(self) -> str | None: ...
    @property
    def published(self) -> dt.date | None: ...


@dataclass(frozen=True, slots=True)
class Copy:
    """A document of a story.

    ``source`` is the id of the earlier document whose text it most plausibly took; None for the
    first, and where no earlier one has enough of its text. ``kind`` says what became of that text:
    ``whole`` (other words at the edges at most), ``truncated`` (passages left out), ``edited``
    (words put in or changed). ``share`` is the part of its own text, 0 to 1, that stands in the
    source. ``credit`` is the news agency that its head or foot names.
    """

    id: str
    publisher: str | None
    published: dt.date | None
    kind: CopyKind
    source: str | None = None
    share: float = 1.0
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Documents that carry one text, two at least, the first published one first."""

    id: str
    documents: tuple[Copy, ...]


def stories(documents: Iterable[DocumentLike]) -> tuple[Story, ...]:
    """The stories among documents; a document that shares its text with none is in no story.

    The order of the documents makes no difference. Ids are taken to be unique.
    """
    raise NotImplementedError
