"""Names of states and capitals that are something else where they stand: part of a person's or a
street's name, a sports team, a bird.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from dragoman.language.analysis import Analysis, Sentence, Token
from dragoman.language.lexicon import load_yaml
from dragoman.mentions.drafts import STATE_KINDS
from dragoman.mentions.people import given_names, honorifics
from dragoman.mentions.toponyms import words as place_words
from dragoman.register import Match, Register

_POLITE: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "lady", "dame", "master"})
_TITLES: Final = frozenset({"titles", "directions", "never", "offices", "divisions", "features"})
_RESULT: Final = re.compile(r"\d{1,3}[-–]\d{1,3}")
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "dobj", "poss", "conj"})


def without_namesakes(
    analysis: Analysis, matches: Mapping[int, Match], register: Register
) -> dict[int, Match]:
    """The matches, by token, less the names of states that mean no state where they stand."""
    kept = dict(matches)
    persons: set[str] = set()
    lone: list[tuple[list[Token], Match]] = []
    for match, tokens in _states(analysis, matches, register):
        if _in_person(tokens, matches, register):
            persons.add(tokens[-1].text)
        elif not (_in_thing(tokens) or _beside_noun(tokens) or _is_team(tokens)):
            lone.append((tokens, match))
            continue
        _drop(tokens, kept)
    for tokens, _ in lone:
        if tokens[-1].text in persons and tokens[-1].dep in _SUBJECTS:
            _drop(tokens, kept)
    return kept


def station(tokens: list[Token]) -> list[Token] | None:
    """The words of a station named after a capital or state: "Radio Hanoi", "Tehran Radio"."""
    names = _lists()["stations"]
    before, behind = _beside(tokens[0], -1), _beside(tokens[-1], 1)
    if before is not None and before.lower in names and before.text[0].isupper():
        return [before, *tokens]
    if behind is not None and behind.lower in names and behind.text[0].isupper():
        return [*tokens, behind]
    return None


def is_part(token: Token) -> bool:
    """Whether a noun is for a part of a town or a country, or a thing in it: "the streets of X"."""
    lists = place_words()
    nouns = (
        lists["place_parts"] | lists["unlisted_nouns"] | lists["settlements"] | _lists()["parts"]
    )
    return token.lower in nouns or token.lemma in nouns


def called_otherwise(token: Token) -> bool:
    """Whether an adjective before a name says more than where: "occupied X", not "northern X"."""
    directions = place_words()["directions"] - {"Occupied"}
    return any(c.dep == "amod" and c.text.capitalize() not in directions for c in token.children)


def is_over(token: Token) -> bool:
    """Whether a verb is of what comes down, or moves, on a place: "rain fell on X"."""
    return token.lemma in _lists()["falling"]


@cache
def _lists() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("dragoman.mentions", "namesakes.yaml")
    lists = {name: frozenset(words) for name, words in data.items() if isinstance(words, list)}
    return {**lists, "beside": {name: frozenset(words) for name, words in data["beside"].items()}}


def _states(
    analysis: Analysis, matches: Mapping[int, Match], register: Register
) -> Iterator[tuple[Match, list[Token]]]:
    """Matches that are the plain names of states or capitals, with their tokens."""
    spans: dict[int, list[Token]] = {}
    for index, match in sorted(matches.items()):
        spans.setdefault(id(match), []).append(analysis.tokens[index])
    for tokens in spans.values():
        match = matches[tokens[0].i]
        entries = [register.entry(alias.entry) for alias in match.aliases]
        if any(e is None or e.kind not in STATE_KINDS for e in entries):
            continue
        if any(alias.form in ("name", "capital") for alias in match.aliases):
            yield match, tokens


def _drop(tokens: list[Token], kept: dict[int, Match]) -> None:
    for token in tokens:
        kept.pop(token.i, None)


def _beside(token: Token, step: int) -> Token | None:
    tokens = token.sentence.tokens
    at = token.i - tokens[0].i + step
    return tokens[at] if 0 <= at < len(tokens) else None


# ---------------------------------------------------------------- persons and things


def _in_person(tokens: list[Token], matches: Mapping[int, Match], register: Register) -> bool:
    """ "Hamilton Jordan", "Mr. Jordan", "Chad Mitchell"."""
    if len(tokens) > 1 or _is_headline(tokens[0].sentence):
        return False
    before, behind = _beside(tokens[0], -1), _beside(tokens[0], 1)
    if before is not None and before.lower.rstrip(".") in _POLITE and before.text[0].isupper():
        return True
    if before is not None and _is_name(before, matches, register):
        plain = before.lower not in _lists()["epithets"] | _lists()["stations"]
        joined = before.dep == "compound" and before.head in (tokens[0], tokens[0].head)
        return plain and (joined or before.lower in given_names())
    if behind is None or not _is_name(behind, matches, register):
        return False
    run = _run(behind)
    if len(run) > 2 or any(_is_body(t) or register.role(t.lower) for t in run):
        return False
    if behind.lower in _lists()["stations"]:
        return False
    return tokens[0].dep == "compound" and tokens[0].head in (behind, behind.head)


def _run(token: Token) -> list[Token]:
    """The proper nouns with capitals from a token on."""
    run = [token]
    while (after := _beside(run[-1], 1)) is not None and after.pos == "PROPN":
        run.append(after)
    return run


def _is_body(token: Token) -> bool:
    found = load_yaml("dragoman.mentions", "titles.yaml")
    return token.lower in found["organisation_words"] or token.lower in found["not_actors"]


def _is_name(token: Token, matches: Mapping[int, Match], register: Register) -> bool:
    """Whether a word is capitalised as a personal name is, and is known as nothing else."""
    if token.pos != "PROPN" or not re.fullmatch(r"[A-Z]\w*[a-z]\w*|[A-Z]\.", token.text):
        return False
    if token.i in matches or register.role(token.lower) or token.lower.rstrip(".") in honorifics():
        return False
    if register.find(token.text):
        return False
    lists = place_words()
    return not any(token.text in lists[name] for name in _TITLES)


def _in_thing(tokens: list[Token]) -> bool:
    """ "Washington Street", "Hotel Moscow"."""
    before, behind = _beside(tokens[0], -1), _beside(tokens[-1], 1)
    opens = before is not None and before.pos == "PROPN" and before.text[0].isupper()
    if before is not None and opens and before.lower in _lists()["things_before"]:
        return True
    if behind is None or not behind.text[0].isupper() or behind.pos != "PROPN":
        return False
    return behind.lower in _lists()["things_behind"]


def _beside_noun(tokens: list[Token]) -> bool:
    behind = _beside(tokens[-1], 1)
    nouns = _lists()["beside"].get(" ".join(t.text for t in tokens), ())
    return behind is not None and (behind.lemma in nouns or behind.lower in nouns)


def _is_headline(sentence: Sentence) -> bool:
    said = [t for t in sentence.tokens if t.text[0].isalpha() and len(t.text) > 3]
    return len(said) > 3 and sum(t.text[0].isupper() for t in said) > 0.8 * len(said)


# ---------------------------------------------------------------- teams


def _is_team(tokens: list[Token]) -> bool:
    """ "Brazil beat Italy 4-1": a verb of games in a sentence about one."""
    head = tokens[-1]
    while head.dep in ("conj", "appos") and head.head is not head:
        head = head.head
    if head.dep not in ("nsubj", "nsubjpass", "dobj", "conj", "pobj"):
        return False
    verb = head.head
    if head.dep == "pobj":
        if verb.lower not in ("against", "over", "to", "by", "with"):
            return False
        verb = verb.head
    first = verb
    while first.dep in ("conj", "xcomp") and first.head is not first:
        first = first.head
    playing = _lists()["playing"]
    if verb.lemma not in playing and first.lemma not in playing:
        return False
    return _on_sport(tokens[0].sentence, verb)


def _on_sport(sentence: Sentence, verb: Token) -> bool:
    lists = _lists()
    objects = verb.having("dobj")
    if verb.lemma == "score" and (not objects or any(t.lemma in lists["scores"] for t in objects)):
        return True
    told = sum(t.lower in lists["sports"] or t.lemma in lists["sports"] for t in sentence.tokens)
    result = any(_RESULT.fullmatch(t.text) for t in sentence.tokens)
    text = "".join(t.text + " " for t in sentence.tokens)
    result = result or re.search(r"\b\d{1,2} ?[-–] ?\d{1,2}\b", text) is not None
    return told > 1 or (result and told > 0) or (told > 0 and verb.lemma in ("beat", "win", "lose"))
