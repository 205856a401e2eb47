"""What a publisher prints again and again: footers, mastheads, forms, standing background.

A passage that stands in different texts of one publisher on three days is furniture. It is no
sign that two texts are one story, whoever prints it. Where it is the greater part of the texts, it
may also be one report that was updated: then it takes six days, as of a form that is filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from dragoman.corpus.shingles import Hashes, are_among
from dragoman.corpus.texts import Text

_DAYS: Final = 3
_UNDATED: Final = 5  # different texts, where the days are not known
_DAYS_OF_FORMS: Final = 6
_UNDATED_FORMS: Final = 10
_GREATER: Final = 0.5  # of a text's shingles


def take_out_furniture(texts: Sequence[Text]) -> Hashes:
    """Take the furniture out of ``size`` and ``shared`` of each text, and give it, sorted."""
    found = [_of_publisher(own) for own in _by_publisher(texts)]
    furniture: Hashes = np.unique(np.concatenate([np.empty(0, np.uint64), *found]))
    for text in texts if len(furniture) else ():
        is_own = ~are_among(text.shared, furniture)
        text.size -= int(np.count_nonzero(~is_own))
        text.shared = text.shared[is_own]
    return furniture


def _by_publisher(texts: Iterable[Text]) -> Iterable[list[tuple[Text, int]]]:
    """Each publisher's texts with the day that it first printed each; 0: not known."""
    found: dict[str, list[tuple[Text, int]]] = defaultdict(list)
    for text in texts:
        mine: dict[str, int] = {}
        for member in text.members:  # earliest first
            if member.publisher:
                day = member.published.toordinal() if member.published else 0
                mine.setdefault(member.publisher.casefold(), day)
        for publisher, day in mine.items():
            found[publisher].append((text, day))
    return (own for _, own in sorted(found.items()) if len(own) >= _DAYS)


def _of_publisher(own: Sequence[tuple[Text, int]]) -> Hashes:
    """The shingles that stand in its texts on enough days."""
    often = _on_days(own, _DAYS, _UNDATED)
    few = [
        (text, day)
        for text, day in own
        if np.count_nonzero(are_among(text.shared, often)) <= _GREATER * text.size
    ]
    forms = _on_days(own, _DAYS_OF_FORMS, _UNDATED_FORMS)
    return np.union1d(_on_days(few, _DAYS, _UNDATED), forms)


def _on_days(own: Sequence[tuple[Text, int]], days_wanted: int, undated_wanted: int) -> Hashes:
    """The shingles on so many days, or in so many texts without one, in order."""
    own = sorted(own, key=lambda pair: pair[1])
    rows = np.concatenate([np.empty(0, np.uint64), *(text.shared for text, _ in own)])
    if not len(rows):
        return rows
    days = np.repeat([day for _, day in own], [len(text.shared) for text, _ in own])
    order = np.argsort(rows, kind="stable")  # stable: the days of a shingle stay in order
    rows, days = rows[order], days[order]
    is_next = np.r_[True, rows[1:] != rows[:-1]]
    starts = np.flatnonzero(is_next)
    is_new_day = is_next | np.r_[True, days[1:] != days[:-1]]
    dated = np.add.reduceat((is_new_day & (days > 0)).astype(np.int64), starts)
    undated = np.add.reduceat((days == 0).astype(np.int64), starts)
    found: Hashes = rows[starts][(dated >= days_wanted) | (undated >= undated_wanted)]
    return found
