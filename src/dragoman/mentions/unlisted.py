"""Places that the gazetteer lacks, known to be places by the words around them.

"the village of X", "X district", "X, Ill.", "near X": such a name becomes a place mention that
stays unresolved; what place it lies in is told where the report says so. "in X" is not enough: it
takes a noun of places in the name itself ("Plaza X", "Ras X").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.language.analysis import Token
from dragoman.mentions.toponyms import Name, Words, is_acronym
from dragoman.register.places import key

_LONGEST: Final = 4
_BETWEEN: Final = frozenset(", in of a an the eastern western northern southern central".split())


@dataclass(slots=True)
class Unlisted:
    """A span of tokens that names an unknown place, and the known name it lies in."""

    first: int
    last: int
    within: Name | None = None


def unlisted(
    tokens: Sequence[Token],
    known: Sequence[Name],
    words: Words,
    is_taken: Callable[[Token], bool],
    persons: Collection[str],
) -> Iterator[Unlisted]:
    """Unknown places, in text order; none touches a known name or a taken span."""
    covered = {i: name for name in known for i in range(name.first, name.last + 1)}
    found = set(covered)
    position = 0
    while position < len(tokens):
        run = _run(tokens, position, covered, words, is_taken)
        position += max(1, len(run))
        if not run or (len(run) == 1 and key(run[0].text) in persons):
            continue
        if run[0].text.capitalize() in words["titles"] or is_acronym(run[-1]):
            continue
        within = _within(tokens, run[-1].i, covered, words)
        if _is_place(tokens, run, within, words) or (
            _is_listed(run[-1], found) and not any(key(t.text) in persons for t in run)
        ):
            found.update(t.i for t in run)
            yield Unlisted(run[0].i, run[-1].i, within)


def _run(
    tokens: Sequence[Token],
    position: int,
    covered: Mapping[int, Name],
    words: Words,
    is_taken: Callable[[Token], bool],
) -> list[Token]:
    """The capitalised proper nouns that begin here and touch no other capitalised name."""
    run: list[Token] = []
    for token in tokens[position : position + _LONGEST + 1]:
        proper = token.tag in ("NNP", "NNPS") and token.text[:1].isupper()
        if not proper or (run and token.sentence is not run[0].sentence):
            break
        if token.i in covered or is_taken(token) or not token.text.replace("-", "").isalpha():
            return []  # part of a longer name
        run.append(token)
    banned = words["offices"] | (words["never"] - words["place_nouns"])
    if len(run) == 1:
        banned = banned | words["place_nouns"] | words["never"]
    if len(run) > _LONGEST or any(token.text in banned for token in run):
        return []
    return run


def _is_place(
    tokens: Sequence[Token], run: Sequence[Token], within: Name | None, words: Words
) -> bool:
    before = tokens[run[0].i - 1] if run[0].i else None
    behind = tokens[run[-1].i + 1] if run[-1].i + 1 < len(tokens) else None
    if behind is not None and behind.text in ("'s", "’s", "'", "’", "&"):
        return False
    settlements = words["unlisted_nouns"]
    if behind is not None and behind.lower in settlements and behind.lower != "state":
        return before is None or before.lower != "a"
    if before is None or before.sentence is not run[0].sentence:
        return False
    if before.lower == "of" and before.i:
        held = tokens[before.i - 1].lower
        if held in settlements or held in words["place_parts"]:
            return True
    if behind is not None and behind.tag.startswith("NN"):
        return False  # "near Knesset offices"
    if before.lower == "the" and run[-1].text in words["place_nouns"] and len(run) > 1:
        return _is_cued(tokens, before, words)  # "across the X River"
    if before.lower in ("near", "outside"):
        return before.head.lower != before.lower and before.tag == "IN"
    if before.lower == "at" and before.tag == "IN" and run[-1].head.i == before.i:
        governor = before.head
        nouns = governor.pos == "NOUN" and governor.lemma in words["at_nouns"]
        if nouns or (governor.pos == "VERB" and _is_fought(governor, words)):
            return True
    if before.lower in words["place_verbs"] and before.tag in ("VBD", "VBN"):
        return len(run) == 1
    if before.lower not in words["strong_cues"]:
        return False
    if within is not None and tokens[run[-1].i + 1].text == ",":
        return True
    if before.lower == "in" and before.tag == "IN":
        return True
    return len(run) > 1 and bool({run[0].text, run[-1].text} & words["place_nouns"])


def _is_cued(tokens: Sequence[Token], article: Token, words: Words) -> bool:
    return article.i > 0 and tokens[article.i - 1].lower in words["strong_cues"]


def _is_fought(verb: Token, words: Words) -> bool:
    """Not "shot at X": the preposition stands behind whom it is done to, or the verb is passive."""
    return verb.lemma in words["at_verbs"] and bool(verb.having("dobj", "nsubjpass"))


def _is_listed(token: Token, places: Collection[int]) -> bool:
    """ "the villages of X and Y", "in X, Y and Z"."""
    if token.dep != "conj" or token.head.i not in places:
        return False
    head = token.head
    while head.dep == "conj" and head.head is not head:
        head = head.head
    return head.dep == "pobj" and token.i - token.head.i <= 3


def _within(
    tokens: Sequence[Token], last: int, covered: Mapping[int, Name], words: Words
) -> Name | None:
    """The known place behind a comma or "in": "X, Ill.", "the village of X in Y province"."""
    index = last + 1
    if index < len(tokens) and tokens[index].lower in words["unlisted_nouns"]:
        index += 1
    while index < len(tokens) and tokens[index].lower in _BETWEEN | words["unlisted_nouns"]:
        index += 1
    name = covered.get(index)
    linked = index > last + 1 and tokens[index - 1].lower not in words["unlisted_nouns"]
    return name if name is not None and name.first == index and linked else None
