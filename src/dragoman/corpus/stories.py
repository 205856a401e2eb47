"""Stories: documents that carry one text, whole, truncated or lightly edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol

from dragoman.corpus.candidates import candidates
from dragoman.corpus.copying import change, in_common
from dragoman.corpus.credits import named
from dragoman.corpus.furniture import take_out_furniture
from dragoman.corpus.grouping import Group, groups
from dragoman.corpus.shingles import Hashes
from dragoman.corpus.texts import Member, Text, collect, count_shared

CopyKind = Literal["first", "whole", "truncated", "edited"]
METHOD: Final = "3"  # another one where the same documents give other stories
# By how much less of a copy's text its source may have than another one has.
_ALIKE: Final = 0.02
_CREDITED: Final = 0.1


class DocumentLike(Protocol):
    """What a document must have here; :class:`dragoman.model.Document` has it."""

    @property
    def id(self) -> str:
        """Its id, unlike any other's."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def publisher(self) -> str | None:
        """Who printed it."""

    @property
    def published(self) -> dt.date | None:
        """When."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A document of a story.

    ``source`` is the id of the earlier document whose text it most plausibly took; None for the
    first, and where no earlier one has half of its text. ``kind`` says what became of that text:
    ``whole`` (other words at the edges at most), ``truncated`` (passages left out), ``edited``
    (words put in or changed); ``first`` where there is no source. ``share`` is the part of its own
    text, 0 to 1, that stands in the source. ``credit`` is the news agency that its head or foot
    names.
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
    """Documents that carry one text, two at least; the first published stands first, and each
    behind its source.
    """

    id: str
    documents: tuple[Copy, ...]


def stories(documents: Iterable[DocumentLike]) -> tuple[Story, ...]:
    """The stories among documents, by the day of the first; a document that shares its text with
    none is in no story, and so is one of fewer than 24 words.

    The same documents give the same stories, in whatever order they come. Ids are taken to be
    unique. On one day an agency that others credit comes first, then the longer text.
    """
    texts = collect(documents)
    count_shared(texts)
    furniture = take_out_furniture(texts)
    pairs = {
        (a, b): common for a, b in candidates(texts) if (common := in_common(texts[a], texts[b]))
    }
    made = (_story(texts, group, furniture) for group in groups(texts, pairs))
    return tuple(sorted(made, key=_by_day))


def _by_day(story: Story) -> tuple[bool, dt.date, str]:
    first = story.documents[0]
    return first.published is None, first.published or dt.date.max, story.id


def _story(texts: Sequence[Text], group: Group, furniture: Hashes) -> Story:
    members = _members(texts, group)
    credited = {member.credit for _, member in members} - {None}
    members.sort(key=lambda one: _order(one[1], len(texts[one[0]].shingles), credited))
    earliest: dict[int, Member] = {}
    place: dict[str, int] = {}
    copies = []
    for number, member in members:
        size = texts[number].size
        common = {number: size, **group.beside.get(number, {})}
        shares = {one: common[one] / size if size else 1.0 for one in common if one in earliest}
        if shares:
            chosen = _source(member, shares, earliest, place)
            kind = change(texts[chosen], texts[number], furniture)
            copies.append(_copy(member, kind, earliest[chosen].id, round(shares[chosen], 4)))
        else:
            copies.append(_copy(member))
        earliest.setdefault(number, member)
        place[member.id] = len(place)
    return Story(f"story:{copies[0].id}", tuple(copies))


def _members(texts: Sequence[Text], group: Group) -> list[tuple[int, Member]]:
    """The documents with the number of their text. Whoever a dateline names is credited if it
    printed one of them.
    """
    members = [(number, member) for number in group.numbers for member in texts[number].members]
    printers = {(member.publisher or "").casefold(): member.publisher for _, member in members}
    return [
        (number, replace(one, credit=one.credit or printers.get((one.stated or "").casefold())))
        for number, one in members
    ]


def _order(
    member: Member, length: int, credited: set[str | None]
) -> tuple[bool, dt.date, bool, int, str]:
    is_credited = _name(member.publisher) in credited
    day = member.published or dt.date.max
    return member.published is None, day, not is_credited, -length, member.id


def _source(
    member: Member,
    shares: Mapping[int, float],
    earliest: Mapping[int, Member],
    place: Mapping[str, int],
) -> int:
    """The text that has most of the copy's, or nearly: the agency's that it credits, then the
    earliest.
    """
    best = max(shares.values())

    def order(number: int) -> tuple[bool, bool, int]:
        is_credited = bool(member.credit) and _name(earliest[number].publisher) == member.credit
        slack = _CREDITED if is_credited else _ALIKE
        is_less = shares[number] < best - slack
        return is_less, not is_credited, place[earliest[number].id]

    return min(shares, key=order)


def _name(publisher: str | None) -> str:
    """What a publisher is called in credits."""
    return named(publisher) or publisher or ""


def _copy(
    member: Member, kind: CopyKind = "first", source: str | None = None, share: float = 1.0
) -> Copy:
    return Copy(member.id, member.publisher, member.published, kind, source, share, member.credit)
