"""Accounts that say the same in the very same words on the same day, taken together before pairs
are looked at: a sentence that a thousand papers print is compared with others once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final

from dragoman.corpus.accounts import Account

Weigh = Callable[[list[tuple[int, int]]], Sequence[float]]
SAME: Final = 0.8
"""The probability from which two accounts in the same words are taken together at once."""
_ROUNDS: Final = 3  # others in the same words that an account is compared with here


@dataclass(slots=True)
class Repeat:
    """Numbers of accounts in the same words, the first of which stands for all; ``chances`` are
    the probabilities that each of the others tells what the first does.
    """

    members: list[int]
    chances: list[float] = field(default_factory=list)


def repeats(accounts: Sequence[Account], weigh: Weigh) -> list[Repeat]:
    """Each account in one, by their first. Two accounts of one reading are never taken together.
    ``weigh`` gives the probabilities of pairs, the smaller number first.
    """
    waiting: dict[Hashable, list[int]] = {}
    for number, account in enumerate(accounts):
        waiting.setdefault(_words(account), []).append(number)
    found: list[Repeat] = []
    groups = list(waiting.values())
    for _ in range(_ROUNDS):
        groups = _round(groups, accounts, weigh, found)
    found += [Repeat([number]) for group in groups for number in group]
    return sorted(found, key=lambda repeat: repeat.members[0])


def _round(
    groups: list[list[int]], accounts: Sequence[Account], weigh: Weigh, found: list[Repeat]
) -> list[list[int]]:
    """Take those together that go with the first of their group; the others are given back."""
    asked = [(first, other) for first, *others in groups for other in others]
    chances = iter(weigh(asked))
    rest = []
    for first, *others in groups:
        repeat, left = Repeat([first]), []
        held = {accounts[first].reading}
        for other in others:
            chance = next(chances)
            if chance >= SAME and accounts[other].reading not in held:
                held.add(accounts[other].reading)
                repeat.members.append(other)
                repeat.chances.append(chance)
            else:
                left.append(other)
        found.append(repeat)
        if left:
            rest.append(left)
    return rest


def _words(one: Account) -> Hashable:
    """What two accounts have in common that cannot be kept apart and differ in nothing told."""
    return (
        one.status, one.unreal, one.type, one.mode, one.trigger, " ".join(one.sentence.split()),
        one.initiators, one.recipients, one.reciprocal, one.place and one.place.id,
        one.first, one.last, None if one.first or one.last else one.published,
    )  # fmt: skip
