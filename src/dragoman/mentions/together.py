"""References to several at once: "They" after "X and Y", "the two leaders", "both sides"; and to
one of two: "the latter". Each one meant becomes a mention of its own over the same words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from dragoman.language.analysis import Token
from dragoman.mentions.drafts import Draft, point
from dragoman.mentions.history import History

_WINDOW = 2
"""Sentences to look back."""
_OF_TWO = frozenset({"former", "latter"})
_PAIR = frozenset({"pair", "duo"})
_PLACES = frozenset("nsubj nsubjpass dobj pobj conj".split())
_COUNTRIES = frozenset("country nation state neighbour neighbor capital government".split())
_OFFICES = frozenset("leader president minister".split())
_NO_PARTY = frozenset({"person", "unknown", "people", "religion", "media"})
ONE_OF_TWO = "one-of-two"


def members(candidate: Draft, history: History) -> list[Draft]:
    """Those named together with a mention, in text order: persons with persons, states and
    bodies with their like, the owners of one noun; empty where it stands alone or behind another.
    """
    if candidate.shared:
        return history.over(candidate.head)
    if candidate.plural or candidate.form in ("pronoun", "modifier"):
        return []
    if candidate.head.dep in ("compound", "amod", "nmod", "poss"):
        return []
    found, queue = [candidate], candidate.head.having("conj")
    while queue:
        token = queue.pop(0)
        other = history.at(token, reach=40)
        if other is not None and not other.plural and _alike(candidate, other):
            found.append(other)
        queue += token.having("conj")
    return found if len(found) > 1 else []


def _alike(one: Draft, other: Draft) -> bool:
    return (one.kind == "person") == (other.kind == "person")


def follows(candidate: Draft, history: History) -> bool:
    """Whether a mention stands behind another that it is named together with."""
    token = candidate.head
    if token.dep != "conj" or candidate.form == "modifier":
        return False
    while token.dep == "conj":
        token = token.head
    first = history.at(token, reach=40)
    return first is not None and candidate in members(first, history)


def share(draft: Draft, meant: Sequence[Draft], rule: str) -> bool:
    """Points a draft at the first of those meant and a copy of it at each other one; False, and
    nothing done, where one of them is nobody known.
    """
    if len(meant) < 2 or any(one.actor is None for one in meant):
        return False
    draft.shared = True
    draft.others = [dataclasses.replace(draft, others=[]) for _ in meant[1:]]
    for own, one in zip((draft, *draft.others), meant, strict=True):
        point(own, one, rule)
        own.plural = False
    return True


def share_two(draft: Draft, history: History) -> bool:
    """Settles "the two leaders", "both sides", "the two men": the only ones of the sort in the
    sentences just before; False, and nothing done, where there are more or fewer.
    """
    if not draft.definite and all(token.lower != "both" for token in draft.tokens):
        return False
    pairs = _two_named(draft, history)
    meant = [candidate for _, candidate in pairs]
    if draft.head.lemma in _COUNTRIES:
        meant = [_as_state(key, candidate, history) for key, candidate in pairs]
    if not share(draft, meant, "role-noun:together"):
        return False
    for own, (_, candidate) in zip((draft, *draft.others), pairs, strict=True):
        own.antecedent = candidate
    return True


def _two_named(draft: Draft, history: History) -> list[tuple[str, Draft]]:
    found: dict[str, Draft] = {}
    reached = 0
    for candidate, distance in history.back(draft.head, _WINDOW):
        if distance != reached and len(found) > 1:
            break
        reached = distance
        if candidate.head.i < draft.tokens[0].i and (key := _party(draft, candidate, history)):
            found[key] = candidate
    if len(found) != 2:
        return []
    return sorted(found.items(), key=lambda pair: pair[1].tokens[0].i)


def _party(draft: Draft, candidate: Draft, history: History) -> str | None:
    """Under what id somebody counts as one of two; None where not of the sort."""
    lemma, actor = draft.head.lemma, candidate.actor
    if actor is None or candidate.locative:
        return None
    if lemma in _COUNTRIES:
        return actor.split("/")[0] if actor.startswith("state:") else _state_of(candidate)
    if lemma in _OFFICES:
        known = candidate.role is not None or history.register.entry(actor) is not None
        return actor if candidate.kind == "person" and known and not candidate.plural else None
    sex = history.words.sexed.get(lemma)
    if sex is not None or lemma in ("people", "person", *_PAIR):
        fits = candidate.kind in ("person", "unknown") and not candidate.plural
        return actor if fits and (sex is None or candidate.gender in (None, sex)) else None
    if candidate.kind in _NO_PARTY or (candidate.plural and "/" not in actor):
        return None
    return actor.split("/")[0]


def _state_of(candidate: Draft) -> str | None:
    return (
        f"state:{candidate.country}" if candidate.kind == "person" and candidate.country else None
    )


def _as_state(key: str, candidate: Draft, history: History) -> Draft:
    entry = history.register.entry(key)
    if candidate.actor == key or entry is None:
        return candidate
    return dataclasses.replace(
        candidate, actor=history.table.known(entry), name=entry.name, kind=entry.kind,
        country=entry.country, sector=entry.sector, others=[],
    )  # fmt: skip


# ---------------------------------------------------------------- one of two


def counting(token: Token) -> Draft | None:
    """A draft for "the former" or "the latter" without a noun, or for "the pair"."""
    pair = token.lower in _PAIR
    if (token.lower not in _OF_TWO and not pair) or token.dep not in _PLACES:
        return None
    before = [t for t in token.sentence.tokens if t.i == token.i - 1]
    after = [t for t in token.sentence.tokens if t.i == token.i + 1]
    if not before or before[0].lower != "the":
        return None
    if after and (after[0].lower == "of" or after[0].pos in ("NOUN", "PROPN", "ADJ", "NUM")):
        return None
    return Draft(
        head=token, tokens=[token], form="role", rule="pair" if pair else ONE_OF_TWO,
        definite=True, plural=pair, kind="group" if pair else "unknown",
        unresolved="no two are named shortly before it",
    )  # fmt: skip


def settle_one_of_two(draft: Draft, history: History) -> None:
    """The first or the last of the two named together last, else of the only two before it."""
    pair = next(_pairs(draft, history), None) or _only_two(draft, history)
    if len(pair) == 2:
        point(draft, pair[0 if draft.head.lower == "former" else 1], ONE_OF_TWO)


def _pairs(draft: Draft, history: History) -> Iterator[list[Draft]]:
    for candidate, _ in history.back(draft.head, 1):
        held = members(candidate, history)
        if held and not follows(candidate, history):
            yield held


def _only_two(draft: Draft, history: History) -> list[Draft]:
    found: dict[str, Draft] = {}
    for candidate, distance in history.back(draft.head, 1):
        if distance != 1 or candidate.actor is None or candidate.locative:
            continue
        if candidate.form != "modifier":
            found[candidate.actor] = candidate
    return sorted(found.values(), key=lambda d: d.head.i)
