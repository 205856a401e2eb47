"""Nouns for people by what they did or underwent, or by what they are: "the suspects", "the
gunmen", "the two men", and "the rebels" for the group they fight for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from dragoman.language.lexicon import load_yaml
from dragoman.mentions.bearing import bearing
from dragoman.mentions.drafts import Draft
from dragoman.mentions.history import History

_WINDOW = 3
"""Sentences to look back."""
_NUMBERS = {"2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven",
            "8": "eight", "9": "nine", "10": "ten"}  # fmt: skip
_HARMLESS = frozenset(
    "the all both of these those other two three four five six seven eight nine ten".split()
)


@cache
def _words() -> Mapping[str, Any]:
    data: Mapping[str, Any] = load_yaml("dragoman.mentions", "reference.yaml")
    return data


def of_group(draft: Draft, history: History) -> Draft | None:
    """ "the rebels": the armed group that is named last, where no other is named as near."""
    if draft.head.lemma not in _words()["members"] or not draft.plural or _told_apart(draft):
        return None
    found: dict[str, tuple[int, Draft]] = {}
    for candidate, distance in history.back(draft.head, _WINDOW):
        if candidate.kind == "armed group" and candidate.actor and "/" not in candidate.actor:
            found.setdefault(candidate.actor, (distance, candidate))
    ranked = sorted(found.values(), key=lambda pair: pair[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def by_part(draft: Draft, history: History) -> Draft | None:
    """Those who underwent or did what the noun tells, those of a like noun, or for "the men" the
    only people that fit; None where two fit alike.
    """
    known, lemma = _words(), draft.head.lemma
    alike = next((held for held in known["alike"] if lemma in held), ())
    if _told_apart(draft):
        return None
    found = _of_lemmas(draft, alike, history)
    if found is not None:
        return found
    for part, undergoes in (("underwent", True), ("did", False)):
        if lemma in known[part]:
            return _in_deed(draft, known[part][lemma], undergoes, history)
    return _any_people(draft, history) if lemma in known["people"] else None


def _told_apart(draft: Draft) -> bool:
    """Whether adjectives tell the ones meant from others: "the Syrian men"."""
    held = draft.head.having("amod", "compound", "nmod", "relcl", "acl", "prep", "poss")
    return any(token.lower not in _HARMLESS for token in held)


def _candidates(draft: Draft, history: History) -> Iterator[tuple[Draft, int]]:
    """Earlier people that agree in number with the noun, nearest first, each once."""
    seen: set[str | int] = set()
    number = _number(draft)
    plural = draft.plural or draft.head.lemma in _words()["counted"]
    for candidate, distance in history.back(draft.head, _WINDOW):
        if candidate.form in ("pronoun", "modifier") or candidate.locative or distance == 0:
            continue
        if candidate.plural != plural or not _is_people(candidate, plural=plural):
            continue
        theirs = _number(candidate)
        if number and theirs and number != theirs:
            continue
        who = candidate.actor or id(candidate.antecedent or candidate)
        if who not in seen:
            seen.add(who)
            yield candidate, distance


def _is_people(candidate: Draft, *, plural: bool) -> bool:
    if not plural:
        return candidate.kind == "person"
    return candidate.role is not None or candidate.kind in ("state", "people", "group")


def _number(draft: Draft) -> str | None:
    """How many there are, in words or digits as written."""
    counted: str | None = _words()["counted"].get(draft.head.lemma)
    for token in draft.head.having("nummod"):
        counted = _NUMBERS.get(token.lower, token.lower)
    return counted


def _of_lemmas(draft: Draft, lemmas: Collection[str], history: History) -> Draft | None:
    found = [(c, d) for c, d in _candidates(draft, history) if c.head.lemma in lemmas]
    return _only_nearest(found)


def _in_deed(
    draft: Draft, kinds: Collection[str], undergoes: bool, history: History
) -> Draft | None:
    found = []
    for candidate, distance in _candidates(draft, history):
        part = bearing(candidate.head)
        if part is not None and part.undergoes == undergoes and part.kind in kinds:
            found.append((candidate, distance))
    return _only_nearest(found)


def _only_nearest(found: Sequence[tuple[Draft, int]]) -> Draft | None:
    near = [candidate for candidate, distance in found if distance == found[0][1]]
    return near[0] if len(near) == 1 else None


def _any_people(draft: Draft, history: History) -> Draft | None:
    """ "the men": the people named last; of several in one sentence those to whom it happened."""
    sex = history.words.sexed.get(draft.head.lemma)
    found = [
        (candidate, distance)
        for candidate, distance in _candidates(draft, history)
        if sex is None or candidate.gender in (None, sex)
    ]
    near = [(c, d) for c, d in found if d == found[0][1]]
    if len(near) > 1:
        near = [(c, d) for c, d in near if (part := bearing(c.head)) and part.undergoes]
    return _only_nearest(near)
