"""What a report has mentioned so far, as reference looks back on it."""

from __future__ import annotations

import bisect
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.language.analysis import Token
from dragoman.language.clauses import is_verb
from dragoman.language.lexicon import load_yaml
from dragoman.mentions.drafts import ActorTable, Draft
from dragoman.mentions.quoted import Quoted
from dragoman.register import Register, Role


@dataclass(frozen=True, eq=False, slots=True)
class Words:
    """The word lists of ``reference.yaml``."""

    generic: Mapping[str, Sequence[str]]
    officials: frozenset[str]
    expletive: frozenset[str]
    adherents: Mapping[str, Sequence[str]]
    sexed: Mapping[str, str]
    helping: frozenset[str]
    both: frozenset[str]
    sides: frozenset[str]

    @classmethod
    def load(cls) -> Words:
        """The lists that come with the package."""
        data = load_yaml("dragoman.mentions", "reference.yaml")
        return cls(
            data["generic"],
            frozenset(data["officials"]),
            frozenset(data["expletive"]),
            data["adherents"],
            data["sexed"],
            frozenset(data["helping"]),
            frozenset(data["both"]),
            frozenset(data["sides"]),
        )


@dataclass(eq=False, slots=True)
class History:
    """Mentions in text order, with how often each actor was mentioned, in what roles, and in
    what words persons were named."""

    register: Register
    table: ActorTable
    quoted: Quoted
    words: Words
    mentions: list[Draft] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    roles: dict[str, list[Role]] = field(default_factory=lambda: defaultdict(list))
    titles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, Draft] = field(default_factory=dict)

    @property
    def date(self) -> dt.date | None:
        """The report's date of publication."""
        return self.table.date

    def add(self, draft: Draft) -> None:
        """Remembers a mention, at its place in the text."""
        bisect.insort(self.mentions, draft, key=lambda d: d.head.i)
        if draft.actor is None:
            return
        self.counts[draft.actor] += 1
        if draft.role is not None and draft.kind == "person" and draft.form != "pronoun":
            self.roles[draft.actor].append(draft.role)
        self.title(draft)

    def title(self, draft: Draft) -> None:
        """Remembers in what words a person was named."""
        if draft.kind == "person" and draft.form != "pronoun" and draft.actor is not None:
            self.titles[draft.actor].update(token.lower for token in draft.tokens)

    def back(self, token: Token, sentences: int) -> Iterator[tuple[Draft, int]]:
        """Mentions before a token, nearest first, with how many sentences back they stand."""
        at = bisect.bisect_left(self.mentions, token.i, key=lambda d: d.head.i) - 1
        while at >= 0:
            draft = self.mentions[at]
            distance = token.sentence.index - draft.head.sentence.index
            if distance > sentences:
                return
            yield draft, distance
            at -= 1

    def named_ahead(self, token: Token) -> Draft | None:
        """Whom a pronoun before the subject of its sentence looks forward to: "In his speech, X
        said …"; None where that is not yet known.
        """
        subject = subject_ahead(token)
        return self.at(subject, reach=40) if subject is not None else None

    def bearer(self, token: Token) -> Draft | None:
        """The person whose name a token is: the mention it heads, else the last of that name."""
        found = self.at(token) or self.names.get(token.lower)
        return found if found is not None and found.kind == "person" else None

    def over(self, token: Token) -> list[Draft]:
        """All mentions that a token heads: the several of "the presidents of X and Y"."""
        at = bisect.bisect_left(self.mentions, token.i, key=lambda d: d.head.i)
        end = bisect.bisect_right(self.mentions, token.i, key=lambda d: d.head.i)
        return sorted(self.mentions[at:end], key=lambda d: d.tokens[-1].i)

    def at(self, token: Token, reach: int = 12) -> Draft | None:
        """The mention that a token heads, among the last ones before it."""
        end = bisect.bisect_right(self.mentions, token.i, key=lambda d: d.head.i) - 1
        for at in range(end, max(-1, end - reach), -1):
            if self.mentions[at].head is token:
                return self.mentions[at]
        return None


def subject_ahead(token: Token) -> Token | None:
    """The subject that stands behind a fronted phrase or clause with a possessive or a subject
    in it: "In his speech, X …", "When she was mayor, X …".
    """
    if token.dep not in ("poss", "nsubj", "nsubjpass"):
        return None
    below = token
    for over in token.ancestors():
        if below.dep in ("prep", "advcl") and is_verb(over):
            for subject in over.having("nsubj", "nsubjpass"):
                if subject.i > below.i and subject.i > token.i and below.i < over.i:
                    return subject
        below = over
    return None
