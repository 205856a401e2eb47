"""Loaded wordings for deeds, territories and things, and ways of holding a name at arm's length:
what no actor of the register is listed for, but the words around it show.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import is_verb
from dragoman.language.phrases import head_of
from dragoman.mentions.finding import Found
from dragoman.mentions.screening import counts, in_legal_name, in_proper_name, words
from dragoman.model import Mention
from dragoman.register import Register

_QUOTED: Final = re.compile(r"[“\"]([^“”\"\n]{2,44})[”\"]|(?<!\w)[‘']([^‘’'\"\n]{2,44})[’'](?!\w)")
_MOST_WORDS: Final = 4
_ARMED_OR_STATE: Final = frozenset({"GOV", "MIL", "REB", "PRM", "COP", "UAF"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})


@dataclass(frozen=True, eq=False, slots=True)
class Wording:
    """A loaded wording: its tokens, a contiguous run, in what way it judges, by which rule it was
    found. ``rest`` is the run without the loaded words; ``neutral`` a plain word for a deed.
    """

    tokens: tuple[Token, ...]
    category: str
    rule: str
    rest: tuple[Token, ...] = ()
    neutral: str | None = None


def find(
    analysis: Analysis, found: Found, register: Register, quoted: Collection[tuple[int, int]]
) -> list[Wording]:
    """The wordings of a report besides those that are labels of its actors, in text order and
    without overlap. ``quoted`` has the bounds of quotations that have a cue.
    """
    spots = _Spots(analysis, found)
    rows = [
        *_distanced(analysis, spots, register),
        *_scare_quotes(analysis, quoted),
        *_listed(analysis, register),
        *_territories(analysis, spots),
        *_judged_people(analysis, spots, register),
        *_deeds(analysis, spots, register),
    ]
    taken: set[int] = set()
    kept = []
    for row in rows:
        own = {t.i for t in row.tokens}
        if taken.isdisjoint(own):
            taken |= own
            kept.append(row)
    return sorted(kept, key=lambda row: row.tokens[0].i)


class _Spots:
    """Which tokens belong to mentions of actors and of places."""

    def __init__(self, analysis: Analysis, found: Found) -> None:
        self.actors: dict[int, Mention] = {}
        self.places: dict[int, Mention] = {}
        for mention in found.mentions:
            draft = found.drafts.get(mention.id)
            if draft is not None and draft.form == "pronoun":
                continue
            held = {"actor": self.actors, "place": self.places}.get(mention.kind)
            if held is not None:
                for token in analysis.between(mention.span.start, mention.span.end):
                    held.setdefault(token.i, mention)

    def named(self, token: Token) -> bool:
        """Whether the token is part of an actor's or a place's mention."""
        return token.i in self.actors or token.i in self.places

    def land(self, token: Token) -> bool:
        """Whether the token is a word or a name for a stretch of land; a name that no register
        knows may be one.
        """
        if token.lemma in words()["lands"] or token.i in self.places:
            return True
        mention = self.actors.get(token.i)
        if mention is None:
            return token.pos == "PROPN"
        return (mention.actor or "report:").startswith(("territory:", "state:", "report:"))


# ---------------------------------------------------------------- at arm's length


def _distanced(analysis: Analysis, spots: _Spots, register: Register) -> Iterator[Wording]:
    """ "the so-called X", "the self-proclaimed X": the name or noun of politics behind it."""
    for match in _distancing().finditer(analysis.document.text):
        marks = analysis.between(match.start(), match.end())
        if not marks or match.start() < analysis.document.preamble:
            continue
        rest = _named_behind(analysis, marks[-1])
        if rest and (any(spots.named(t) for t in rest) or _is_judged(rest[-1], register)):
            yield Wording((*marks, *rest), "distance", "label:distance", tuple(rest))


@lru_cache(maxsize=1)
def _distancing() -> re.Pattern[str]:
    listed = "|".join(re.escape(word).replace(r"\-", "[- ]") for word in words()["distance"])
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)


def _named_behind(analysis: Analysis, mark: Token) -> list[Token]:
    """The noun phrase behind a token, with "of X" where it is a name."""
    tokens = analysis.tokens[mark.i + 1 : mark.i + 12]
    run = list(
        itertools.takewhile(
            lambda t: (
                t.sentence is mark.sentence
                and (t.pos in _NOMINAL or t.tag == "POS" or t.text in '“"‘-”')
            ),
            tokens,
        )
    )
    while run and run[-1].pos not in ("NOUN", "PROPN"):
        run.pop()
    if run and run[-1].text[:1].isupper():
        after = analysis.tokens[run[-1].i + 1 : run[-1].i + 4]
        if len(after) > 1 and after[0].lower == "of":
            name = itertools.takewhile(lambda t: t.pos == "PROPN" or t.lower == "the", after[1:])
            held = list(name)
            if held and held[-1].pos == "PROPN":
                run += [after[0], *held]
    return run


def _is_judged(head: Token, register: Register) -> bool:
    return head.lemma in words()["judged"] or _is_role(head, register)


def _is_role(head: Token, register: Register) -> bool:
    role = register.role(head.lower) or register.role(head.lemma)
    return role is not None and (role.person or role.group)


def _scare_quotes(analysis: Analysis, quoted: Collection[tuple[int, int]]) -> Iterator[Wording]:
    """One to four words in quotation marks that nobody is told to have said."""
    text = analysis.document.text
    for match in _QUOTED.finditer(text, analysis.document.preamble):
        tokens = analysis.between(match.start(), match.end())
        inner = [t for t in tokens if any(c.isalnum() for c in t.text)]
        if not inner or len(inner) > _MOST_WORDS or inner[0].text[:1].isupper():
            continue
        if inner[0].pos == "ADP" or inner[0].tag == "RB" or any(t.pos == "DET" for t in inner):
            continue
        if any(start < match.end() and match.start() < end for start, end in quoted):
            continue
        head = head_of(inner)
        if head.dep in ("attr", "acomp", "oprd", "ccomp") or _introduced(tokens[0], analysis):
            continue
        if head.dep == "pobj" and head.head.lower in ("as", "like"):
            continue
        if text[match.end() - 2] in ".,!?" or inner[-1].lemma not in words()["judged"]:
            continue
        yield Wording(tuple(tokens), "distance", "label:scare-quotes", tuple(inner))


def _introduced(mark: Token, analysis: Analysis) -> bool:
    """Whether a verb of naming or a noun for words and titles stands just before the mark."""
    known = words()
    before = [
        t for t in analysis.tokens[max(0, mark.i - 4) : mark.i] if t.sentence is mark.sentence
    ]
    if any(t.lemma in known["named"] and is_verb(t) for t in before):
        return True
    near = [t for t in before[-2:] if t.text not in ",-–"]
    return any(t.lemma in known["titles"] or t.lower in known["titles"] for t in near)


# ---------------------------------------------------------------- deeds and territories


def _listed(analysis: Analysis, register: Register) -> Iterator[Wording]:
    preamble = analysis.document.preamble
    for match in register.find_others(analysis.document.text[preamble:]):
        tokens = analysis.between(preamble + match.start, preamble + match.end)
        label = register.label(match.aliases[0].text)
        if tokens and label is not None and counts(analysis, match, register):
            yield Wording(tokens, label.category, "register:label", neutral=label.neutral)


def _territories(analysis: Analysis, spots: _Spots) -> Iterator[Wording]:
    """ "occupied Crimea", "the liberated city", "Russian-occupied Kherson"."""
    known = words()["territory"]
    for token in analysis.tokens:
        if token.lower not in known["adjectives"] or not token.text.islower():
            continue
        first = _compound_start(analysis, token)
        rest = _nouns_behind(analysis, token)
        while rest and not spots.land(rest[-1]):
            rest.pop()
        if rest and token.head in rest:
            yield Wording(
                (*analysis.tokens[first : token.i + 1], *rest), "territory", "label:territory",
                tuple(rest),
            )  # fmt: skip


def _nouns_behind(analysis: Analysis, token: Token) -> list[Token]:
    found = []
    for after in analysis.tokens[token.i + 1 : token.i + 7]:
        if after.sentence is not token.sentence or after.pos not in ("PROPN", "NOUN", "ADJ"):
            break
        found.append(after)
    return found


def _compound_start(analysis: Analysis, token: Token) -> int:
    """Where "Russian-occupied" and "temporarily occupied" begin."""
    at = token.i
    if at > 1 and analysis.tokens[at - 1].text == "-":
        return at - 2
    if at and analysis.tokens[at - 1].lower in words()["territory"]["before"]:
        return at - 1
    return at


def _judged_people(analysis: Analysis, spots: _Spots, register: Register) -> Iterator[Wording]:
    """ "the glorious army", "the genocidal state": adjectives before who acts."""
    for token in analysis.tokens:
        category = _adjectives().get(token.lower)
        if category is None or token.dep not in ("amod", "compound", "nmod"):
            continue
        head = token.head
        if head.i <= token.i or in_proper_name([token]) or in_legal_name([token]):
            continue
        if head.lemma in words()["people"] or _is_armed_or_state(head, spots, register):
            tokens = analysis.tokens[token.i : head.i + 1]
            yield Wording(tokens, category, "label:adjective", tokens[1:])


def _is_armed_or_state(head: Token, spots: _Spots, register: Register) -> bool:
    role = register.role(head.lower) or register.role(head.lemma)
    if role is not None:
        return role.sector in _ARMED_OR_STATE
    mention = spots.actors.get(head.i)
    return mention is not None and (mention.actor or "").startswith(("state:", "group:"))


@lru_cache(maxsize=1)
def _adjectives() -> dict[str, str]:
    listed = words()["adjectives"].items()
    return {word: category for category, held in listed for word in held}


def _deeds(analysis: Analysis, spots: _Spots, register: Register) -> Iterator[Wording]:
    """Words that judge the deed they tell: a town "liberated" or its "liberation", people
    "neutralised".
    """
    known = words()["deeds"]
    for token in analysis.tokens:
        if token.lower in known["nouns"] and token.text.islower():
            of = [p for c in token.having("prep") if c.lower == "of" for p in c.having("pobj")]
            if any(spots.land(t) for t in of):
                yield Wording((token,), "act", "label:noun", neutral=known["nouns"][token.lower])
        if not is_verb(token):
            continue
        done_to: Sequence[Token] = token.having("dobj", "nsubjpass")
        if token.lemma in known["place"] and any(spots.land(t) for t in done_to):
            yield Wording((token,), "act", "label:verb", neutral=known["place"][token.lemma])
        elif token.lemma in known["people"] and any(
            t.i in spots.actors or _is_role(t, register) for t in done_to
        ):
            yield Wording((token,), "act", "label:verb", neutral=known["people"][token.lemma])
