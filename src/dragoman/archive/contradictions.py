"""Disputed occurrences side by side: what each source says, each once, and what is between them.

What the pictures draw and what the pages show is made here, of the same rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Row = Mapping[str, Any]

POINTS: Final[Mapping[str, str]] = {
    "denial": "Whether it happened",
    "initiators": "Who did it",
    "dead": "How many died",
}
"""What a kind of dispute is about, in words."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Another report of the same story that says the same."""

    document: str
    reading: str
    event: str
    publisher: str | None
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class Told:
    """What one source says of an occurrence, copies taken together.

    ``whose`` is on whose word, innermost first, ``chain`` who passes it on, outermost first, empty
    in the publisher's own voice. ``words`` is the text's own sentence. ``copies`` are the reports
    of the same story that say it too.
    """

    status: str
    type: str
    mode: str | None
    who: tuple[str, ...]
    whom: tuple[str, ...]
    dead: int | None
    words: str
    whose: str
    chain: tuple[str, ...]
    publisher: str | None
    published: dt.date | None
    document: str
    reading: str
    event: str
    copies: tuple[Copy, ...] = ()

    @property
    def own(self) -> bool:
        """Whether the publisher says it in its own voice."""
        return not self.chain


@dataclass(frozen=True, slots=True)
class Point:
    """Two accounts that contradict each other, by their places among the accounts, from 0."""

    kind: str
    one: int
    other: int
    reason: str

    @property
    def about(self) -> str:
        """What they disagree on."""
        return POINTS.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An occurrence on which accounts contradict each other, those that do first.

    ``documents`` counts its reports, ``independent`` those that are no copies of one another;
    ``crowded`` says that not all reports of those days were compared.
    """

    occurrence: str
    type: str
    mode: str | None
    day: dt.date | None
    last_day: dt.date | None
    place: str | None
    who: tuple[str, ...]
    whom: tuple[str, ...]
    documents: int
    independent: int
    crowded: bool
    points: tuple[Point, ...]
    accounts: tuple[Told, ...]

    @property
    def about(self) -> tuple[str, ...]:
        """What they disagree on, each once."""
        return tuple(dict.fromkeys(point.about for point in self.points))


def contradictions(rows: Iterable[Row]) -> list[Contradiction]:
    """The disputed ones among rows of ``happenings.OCCURRENCES``, the one with most accounts
    first, of equals the latest.
    """
    found = [contradiction(row) for row in rows if row["disputed"]]
    return sorted(found, key=_order)


def _order(one: Contradiction) -> tuple[Any, ...]:
    first = one.accounts[0]
    day = one.day or dt.date.min
    return -len(one.accounts), -day.toordinal(), first.document, first.event


def contradiction(row: Row) -> Contradiction:
    """One occurrence. What a story says on one word with one status counts once, however many
    reports carry the story.
    """
    accounts: Sequence[Row] = row["accounts"]
    groups: dict[tuple[Any, ...], list[int]] = {}
    for place, account in enumerate(accounts):
        groups.setdefault(_same(account), []).append(place)
    group_of = {place: n for n, places in enumerate(groups.values()) for place in places}
    pairs: dict[tuple[str, int, int], str] = {}
    # Reasons name accounts: better those that are nobody's copies.
    for dispute in sorted(row["disputes"], key=lambda one: _copies(one, accounts)):
        one, other = group_of[dispute["one"]], group_of[dispute["other"]]
        if one != other:
            pairs.setdefault((dispute["kind"], *sorted((one, other))), dispute["reason"])
    order = list(dict.fromkeys([*(n for _, *ends in pairs for n in ends), *range(len(groups))]))
    told = [_told([accounts[place] for place in places]) for places in groups.values()]
    at = {group: place for place, group in enumerate(order)}
    return Contradiction(
        occurrence=row["occurrence"],
        type=row["type"],
        mode=row["mode"],
        day=row["day"],
        last_day=row["last_day"],
        place=row["place"],
        who=tuple(row["initiators"]),
        whom=tuple(row["recipients"]),
        documents=row["documents"],
        independent=row["independent"],
        crowded=row["crowded"],
        points=tuple(
            Point(kind, at[one], at[other], why) for (kind, one, other), why in pairs.items()
        ),
        accounts=tuple(told[group] for group in order),
    )


def _same(account: Row) -> tuple[Any, ...]:
    return (
        account["story"] or account["document_id"],
        account["status"],
        account["on_whose_word"],
        tuple(account["initiators"]),
        account["dead"],
    )


def _copies(dispute: Row, accounts: Sequence[Row]) -> int:
    ends = (accounts[dispute["one"]], accounts[dispute["other"]])
    return sum(one["copy_of"] is not None for one in ends)


def _told(accounts: Sequence[Row]) -> Told:
    """One account of several that say the same: whose it was first."""
    first = min(accounts, key=lambda one: one["copy_of"] is not None)
    others = {
        one["document_id"]: Copy(
            one["document_id"], one["reading"], one["event"], one["publisher"], one["published"]
        )
        for one in reversed(accounts)
        if one["document_id"] != first["document_id"]
    }
    return Told(
        status=first["status"],
        type=first["event_type"],
        mode=first["event_mode"],
        who=tuple(first["initiators"]),
        whom=tuple(first["recipients"]),
        dead=first["dead"],
        words=first["sentence"],
        whose=first["on_whose_word"],
        chain=tuple(first["speakers"]),
        publisher=first["publisher"],
        published=first["published"],
        document=first["document_id"],
        reading=first["reading"],
        event=first["event"],
        copies=tuple(reversed(others.values())),
    )
