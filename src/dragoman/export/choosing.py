"""Which events go out, and a count of those that do not, with the reason."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from dragoman.model import Event, Reading

ON_ANOTHERS_WORD: Final = "stand on somebody's word"
NOT_ASSERTED: Final = "are not asserted by the report (denied, planned, demanded, possible)"


@dataclass(slots=True)
class Tally:
    """What an export wrote and left out. ``rows`` are lines, features, edges or entities."""

    readings: int = 0
    events: int = 0
    rows: int = 0
    left: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """It in words, a line each."""
        told = [f"{self.events} events of {self.readings} reports written"]
        told += [f"left out: {count} events that {why}" for why, count in self.left.items()]
        return told


def why_not(event: Event) -> str | None:
    """Why the publisher does not assert an event; None where it does."""
    if event.according_to:
        return ON_ANOTHERS_WORD
    return None if event.status == "asserted" else NOT_ASSERTED


def asserted(reading: Reading, tally: Tally) -> Reading:
    """The reading with the events that its publisher asserts; the others are counted."""
    kept = []
    for event in reading.events:
        why = why_not(event)
        if why is None:
            kept.append(event)
        else:
            tally.left[why] += 1
    return dataclasses.replace(reading, events=tuple(kept))
