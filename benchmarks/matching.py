"""When a span, an actor or a chain that was read counts as the one that was expected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from dragoman.model import Actor, Participant, Reading, Span, Statement
from dragoman.register import default_register

E = TypeVar("E")
F = TypeVar("F")

_ARTICLES: Final = frozenset({"a", "an", "the"})


def words(text: str) -> list[str]:
    """Lower-case words without articles and possessive endings."""
    plain = re.sub(r"['’]s\b|['’](?=\s|$)", "", text.lower())
    return [word for word in re.findall(r"\w+", plain) if word not in _ARTICLES]


def alike(left: str, right: str) -> bool:
    """Whether at least half the words of each side stand on the other side too."""
    ours, theirs = Counter(words(left)), Counter(words(right))
    shared = (ours & theirs).total()
    return shared > 0 and 2 * shared >= ours.total() and 2 * shared >= theirs.total()


def alternatives(wanted: str) -> list[str]:
    """``"AGREE or SUPPORT"`` and ``"crimes|atrocities"`` taken apart."""
    return [part.strip() for part in re.split(r"\||\s+or\s+", wanted)]


def is_actor(name: str, actor: Actor | None) -> bool:
    """Whether this is the actor of that name, by its own name or by one of the register's."""
    if actor is None:
        return False
    if words(name) == words(actor.name):
        return True
    return any(entry.id == actor.id for entry in default_register().lookup(name))


def is_participant(name: str, reading: Reading, participant: Participant) -> bool:
    """Whether the participant is the actor of this name, or stands in exactly these words."""
    if is_actor(name, reading.actor(participant.actor)):
        return True
    return any(words(name) == words(w) for w in (participant.name, quote(participant.span)))


def is_speaker(name: str, reading: Reading, statement: Statement | None) -> bool:
    """Whether the statement's speaker has this name, or its source is worded so."""
    if statement is None:
        return False
    if name == "implicit":
        return statement.source is None
    speaker = reading.actor(statement.speaker)
    return any(
        is_actor(wanted, speaker) or alike(wanted, quote(statement.source))
        for wanted in alternatives(name)
    )


def is_chain(names: Sequence[str], reading: Reading, chain: Sequence[str]) -> bool:
    """Whether the statements of these ids are by these speakers, outermost first."""
    return len(names) == len(chain) and all(
        is_speaker(name, reading, reading.statement(identifier))
        for name, identifier in zip(names, chain, strict=True)
    )


def quote(span: Span | None) -> str:
    """The span's words; empty where there is no span."""
    return span.quote if span is not None else ""


def pair(expected: Sequence[E], found: Sequence[F], fits: Callable[[E, F], bool]) -> dict[int, int]:
    """As many expected items as can be given a found one each: index to index (Kuhn 1955)."""
    taken: dict[int, int] = {}
    edges = [[j for j, right in enumerate(found) if fits(left, right)] for left in expected]

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in range(len(expected)):
        place(i, set())
    return {i: j for j, i in taken.items()}
