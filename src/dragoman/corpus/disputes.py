"""Where accounts of one happening contradict each other, and the two that do."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.corpus.accounts import Account, Party
from dragoman.corpus.parting import apart
from dragoman.corpus.words import cosine

DisputeKind = Literal["denial", "initiators", "dead"]

_MATTER: Final = 0.25
_TIMES: Final = 2.0
_MORE: Final = 5


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two accounts that cannot both be right: ids of them, and what is between them in words.

    ``denial``: the one denies what the other tells; ``initiators``: they name different doers;
    ``dead``: one figure is at least twice the other and at least five more.
    """

    kind: DisputeKind
    one: str
    other: str
    reason: str


def disputes(accounts: Sequence[Account]) -> tuple[Dispute, ...]:
    """The disputes among accounts of one happening, in the order of the accounts: of each kind one
    for each pair of voices; none between accounts on one source's word.
    """
    found: list[Dispute] = []
    for kind, contradiction, matter in _KINDS:
        seen: set[frozenset[tuple[str, str]]] = set()
        kept = _different(accounts, matter)
        for place, one in enumerate(kept):
            for other in kept[place + 1 :]:
                voices = frozenset((_voice(one), _voice(other)))
                if voices in seen or is_one_source(one, other):
                    continue
                reason = contradiction(one, other)
                if reason is not None:
                    seen.add(voices)
                    found.append(Dispute(kind, one.id, other.id, reason))
    return tuple(found)


def _different(accounts: Sequence[Account], matter: Callable[[Account], Hashable]) -> list[Account]:
    """The first account of each voice that says the same in the matter: a thousand copies have no
    more to contradict than one. None where all say the same.
    """
    found: dict[Hashable, Account] = {}
    said = set()
    for account in accounts:
        said.add(matter(account))
        source = account.speakers, account.publisher or account.document
        found.setdefault((_voice(account), source, matter(account)), account)
    return list(found.values()) if len(said) > 1 else []


def voice(account: Account) -> str:
    """On whose word an account stands, and in which report: ``X ← the report (Y, 2024-05-01)``."""
    day = account.published.isoformat() if account.published else "no date"
    return f"{account.whose} ({account.publisher or account.document}, {day})"


def is_one_source(one: Account, other: Account) -> bool:
    """Whether two accounts stand on one source's word: nobody contradicts themselves."""
    if one.speakers and other.speakers:
        return one.speakers[-1].casefold() == other.speakers[-1].casefold()
    if one.speakers or other.speakers:
        return False
    if one.publisher and other.publisher:
        return one.publisher.casefold() == other.publisher.casefold()
    return one.document == other.document


def _voice(account: Account) -> tuple[str, str]:
    return account.whose, account.publisher or account.document


def _denial(one: Account, other: Account) -> str | None:
    if "denied" not in (one.status, other.status) or one.status == other.status:
        return None
    if apart(one.initiators, other.initiators):
        return None  # that these did it is denied, that those did it is told
    if not _is_one_matter(one, other):
        return None
    no, yes = (one, other) if one.status == "denied" else (other, one)
    return f"{voice(no)} denies what {voice(yes)} tells"


def _is_one_matter(one: Account, other: Account) -> bool:
    """Whether more than trigger and parties is in common: what is denied in other words may be
    something else.
    """
    if one.first and one.first == other.first:
        return True
    return cosine(one.traits.words, other.traits.words) >= _MATTER


def _initiators(one: Account, other: Account) -> str | None:
    if "denied" in (one.status, other.status) or one.reciprocal or other.reciprocal:
        return None
    if not apart(one.initiators, other.initiators):
        return None
    names = [" and ".join(_names(account.initiators)) for account in (one, other)]
    return f"{voice(one)} names {names[0]}, {voice(other)} names {names[1]}"


def _dead(one: Account, other: Account) -> str | None:
    if one.toll is None or other.toll is None:
        return None
    less, more = sorted((one, other), key=lambda account: account.toll or 0)
    low, high = less.toll or 0, more.toll or 0
    if high - low < _MORE or high < _TIMES * low or _is_later(more, less):
        return None
    return f"{voice(one)} tells of {one.toll} dead, {voice(other)} of {other.toll}"


def _is_later(one: Account, other: Account) -> bool:
    """A toll that grew with the days is no contradiction."""
    if one.published is None or other.published is None:
        return False
    return one.published > other.published


def _names(parties: Sequence[Party]) -> Iterator[str]:
    yield from dict.fromkeys(party.name for party in parties)


_KINDS: Final[
    tuple[
        tuple[
            DisputeKind,
            Callable[[Account, Account], str | None],
            Callable[[Account], Hashable],
        ],
        ...,
    ]
] = (
    (
        "denial",
        _denial,
        lambda one: (one.status, one.initiators, one.first, one.trigger, one.sentence),
    ),
    ("initiators", _initiators, lambda one: (one.status, one.reciprocal, one.initiators)),
    ("dead", _dead, lambda one: (one.toll, one.published)),
)
