"""Persons as reports introduce them: titles before names, offices in apposition."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.language.analysis import Token
from dragoman.language.lexicon import load_yaml
from dragoman.language.phrases import full_phrase, noun_phrase, without_article
from dragoman.mentions.drafts import STATE_KINDS, Setting
from dragoman.register import Entry, Role

_PARTICLES = frozenset(
    "al el bin ibn abu de da di van von der den la le du dos ul ur bint ben -".split()
)
_MAX_ROLE_WORDS = 5
_ELIDED = re.compile(r"[dl]['’][A-Z]")
# "Prime Minister X in Seoul" is not Seoul's.
_BELONGING = ("of", "for", "from")


@dataclass(frozen=True, eq=False, slots=True)
class Introduction:
    """What a report says a person is: the office's words, the role they hold, whose it is."""

    words: str
    role: Role | None
    organisation: Entry | None
    country: str | None
    former: bool


def honorifics() -> dict[str, str | None]:
    """Forms of address with the gender they tell, None where they tell none."""
    found: dict[str, str | None] = load_yaml("dragoman.mentions", "titles.yaml")["honorifics"]
    return found


def _abbreviations() -> dict[str, str]:
    found: dict[str, str] = load_yaml("dragoman.mentions", "titles.yaml")["abbreviations"]
    return found


def text_of(tokens: Sequence[Token], text: str) -> str:
    """The document's own characters from the first to the last token, white space as one space."""
    return " ".join(text[tokens[0].start : tokens[-1].end].split())


def role_ending_at(
    tokens: Sequence[Token], last: int, setting: Setting, text: str
) -> tuple[Role, int] | None:
    """The longest role phrase that ends with ``tokens[last]``, and the index it starts at."""
    for low in range(max(0, last - _MAX_ROLE_WORDS + 1), last + 1):
        if any(t.i in setting.matches for t in tokens[low:last]):
            continue
        words = text[tokens[low].start : tokens[last].end].lower()
        words = _abbreviations().get(words.rstrip("."), words)
        role = setting.register.role(words)
        if role is None:
            lemma = text[tokens[low].start : tokens[last].start].lower() + tokens[last].lemma
            role = setting.register.role(lemma)
        if role is not None:
            return role, low
    return None


def office_through_of(
    head: Token, phrase: Sequence[Token], setting: Setting, text: str
) -> tuple[Role, list[Token]] | None:
    """The role whose words run on behind its noun ("secretary of state", "chief of staff"), with
    the phrase so far.
    """
    tokens = head.sentence.tokens
    at = head.i - tokens[0].i
    if at + 2 >= len(tokens) or tokens[at + 1].lower not in ("of", "for"):
        return None
    for last in (at + 4, at + 3, at + 2):
        behind = tokens[at + 1 : last + 1]
        if last >= len(tokens) or any(t.i in setting.matches for t in behind):
            continue
        for start in [t.start for t in phrase if t.i in (head.i - 1, head.i)]:
            role = setting.register.role(text[start : behind[-1].end].lower())
            if role is not None and role.office:
                return role, [*phrase, *behind]
    return None


def closes_office(token: Token, setting: Setting, text: str) -> bool:
    """Whether a noun is the end of an office's name: "state" in "secretary of state"."""
    noun = token.head.head
    if token.dep != "pobj" or token.head.lower not in ("of", "for") or noun.pos == "VERB":
        return False
    found = office_through_of(noun, [noun], setting, text)
    return found is not None and token in found[1]


def split_name(
    tokens: Sequence[Token], setting: Setting, text: str
) -> tuple[list[Token], list[Token]]:
    """A phrase that ends in a proper name, as what introduces it and the name itself."""
    low = len(tokens)
    polite = honorifics()
    while low:
        token = tokens[low - 1]
        capital = token.text[:1].isupper() or _ELIDED.match(token.text)
        is_name = token.pos == "PROPN" and bool(capital) and token.i not in setting.matches
        if not (is_name or (token.lower in _PARTICLES and low < len(tokens))):
            break
        if low < len(tokens) and (
            token.lower.rstrip(".") in polite or role_ending_at(tokens, low - 1, setting, text)
        ):
            break
        low -= 1
    while low < len(tokens) and tokens[low].lower in ("-",):
        low += 1
    return list(tokens[:low]), list(tokens[low:])


def sex_of(name: Sequence[Token]) -> str | None:
    """``m`` or ``f`` where the first of two names or more is one that tells the sex."""
    if len(name) < 2:
        return None
    return given_names().get(name[0].lower)


def kinship(head: Token, before: Sequence[Token]) -> str | None:
    """``m`` or ``f`` where a word around the name tells the sex: "his wife X", "X, a widow"."""
    sexed: dict[str, str] = load_yaml("dragoman.mentions", "reference.yaml")["sexed"]
    around = [*before, *head.having("appos"), *([head.head] if head.dep == "appos" else [])]
    found = {sexed[token.lemma] for token in around if token.lemma in sexed}
    return found.pop() if len(found) == 1 else None


def role_of_address(before: Sequence[Token], setting: Setting) -> Role | None:
    """The role that a form of address names: "Sen. X"."""
    for token in before:
        word = token.lower.rstrip(".")
        if word in honorifics():
            role = setting.register.role(_abbreviations().get(word, word))
            if role is not None:
                return role
    return None


@cache
def given_names() -> dict[str, str]:
    """Given names in lower case that tell the sex, with it."""
    lists: dict[str, str] = load_yaml("dragoman.mentions", "given_names.yaml")
    return {name: sex for sex, names in lists.items() for name in names.split()}


def name_through_preposition(head: Token, phrase: Sequence[Token], setting: Setting) -> list[Token]:
    """The tokens of a body's name that runs on behind its noun: "Commission on Fair Trade"; empty
    where the words are none, or the register or the gazetteer knows what follows.
    """
    words = load_yaml("dragoman.mentions", "titles.yaml")["organisation_words"]
    if head.pos != "PROPN" or not head.text.istitle() or head.lower not in words:
        return []
    for child in head.having("prep"):
        target = child.child("pobj") if child.lower in ("of", "on", "for") else None
        if target is None or child.i != head.i + 1 or target.pos != "PROPN":
            continue
        behind = noun_phrase(target)
        known = any(t.i in setting.matches or t.i in setting.places for t in behind)
        if known or not all(t.text[:1].isupper() for t in behind):
            continue
        before = list(phrase)
        while before[0] is not head and (
            not before[0].text[:1].isupper() or before[0].lower == "the"
        ):
            before.pop(0)
        return [*before, child, *behind]
    return []


def owner_of(
    head: Token,
    setting: Setting,
    tokens: Sequence[Token] | None = None,
    links: Sequence[str] = ("of", "for", "from", "in", "to", "at", "with"),
) -> tuple[Entry | None, str]:
    """Whose a role is, read off the phrase: an organisation or state named before the head, or
    after "of", "for", "from", "in"; and the rule that found it.
    """
    before = list(tokens) if tokens is not None else noun_phrase(head)
    found = [e for t in before if t is not head and (e := setting.entry_at(t)) is not None]
    named = _preferred(found)
    if named is not None:
        return named, "modifier"
    for child in head.children:
        if child.dep != "prep" or child.lower not in links:
            continue
        for target in child.having("pobj"):
            entry = _preferred(_entries_in(target, setting))
            if entry is not None:
                return entry, f"{child.lower}-phrase"
    return _place_owner(head, before, setting, links)


def _entries_in(target: Token, setting: Setting) -> list[Entry]:
    found = []
    for token in full_phrase(target, "relcl", "acl", "appos", "conj"):
        entry = setting.entry_at(token)
        if entry is not None:
            found.append(entry)
    return found


def _preferred(entries: Sequence[Entry]) -> Entry | None:
    able = [e for e in entries if e.kind not in ("person", "people", "religion")]
    for entry in able:
        if entry.kind not in STATE_KINDS:
            return entry
    return able[0] if able else next((e for e in entries if e.kind != "person"), None)


def _place_owner(
    head: Token, before: Sequence[Token], setting: Setting, links: Sequence[str]
) -> tuple[Entry | None, str]:
    near = [t for t in before if t is not head]
    for child in head.children:
        if child.dep == "prep" and child.lower in {"of", "from", "in"}.intersection(links):
            near.extend(child.having("pobj"))
    for token in near:
        place = setting.places.get(token.i)
        if place is not None and place.country:
            entry = setting.register.entry(f"state:{place.country}")
            if entry is not None:
                return entry, "place"
    return None, ""


def introduction(
    head: Token, before: Sequence[Token], setting: Setting, text: str
) -> Introduction | None:
    """What stands around a name and says who the person is: "Foreign Minister X", "X, head of Y",
    "the head of Y, X"; None where nothing does.
    """
    if before:
        titled = _from_title(head, before, setting, text)
        if titled is not None:
            if titled.country is None and titled.organisation is None:
                titled = dataclasses.replace(titled, country=_of_people(head, setting))
            return titled
    for child in head.having("appos", "conj"):
        if child.dep == "appos" or child.i == head.i + 2:
            found = _from_phrase(child, setting, text)
            if found is not None:
                return found
    if head.dep == "appos":
        return _from_phrase(head.head, setting, text)
    country = _of_people(head, setting)
    return Introduction("", None, None, country, former=False) if country and before else None


def _of_people(head: Token, setting: Setting) -> str | None:
    """The country of "X, a Brazilian,"."""
    for child in head.having("appos"):
        match = setting.matches.get(child.i)
        if match is not None and any(alias.form == "demonym" for alias in match.aliases):
            entry = setting.choose(match)
            if entry is not None and entry.kind in STATE_KINDS and child.tag in ("NN", "NNP", "JJ"):
                return entry.country
    return None


def _from_title(
    head: Token, before: Sequence[Token], setting: Setting, text: str
) -> Introduction | None:
    polite = honorifics()
    kept = [t for t in before if t.lower.rstrip(".") not in polite or t.lower in ("general",)]
    for last in range(len(kept) - 1, -1, -1):
        found = role_ending_at(kept, last, setting, text)
        if found is not None:
            role, low = found
            owner, _ = owner_of(head, setting, before, _BELONGING)
            return _introduce(kept[low : last + 1], role, owner, before, text)
    address = role_of_address(before, setting)
    if address is None:
        return None
    owner, _ = owner_of(head, setting, before, _BELONGING)
    if owner is not None:
        return _introduce(list(before), address, owner, before, text)
    country = _of_people(head, setting)
    words = text_of(before, text)
    return Introduction(words, address, None, country, former=False) if country else None


def _from_phrase(head: Token, setting: Setting, text: str) -> Introduction | None:
    if head.pos not in ("NOUN", "PROPN"):
        return None
    phrase = noun_phrase(head)
    at = phrase.index(head)
    found = role_ending_at(phrase, at, setting, text)
    if found is None:
        return None
    role, _ = found
    if not role.person and role.group:
        return None
    owner, _ = owner_of(head, setting)
    if owner is None and head.dep == "appos":
        owner = _attached_owner(head, setting)
    words = without_article(full_phrase(head, "relcl", "acl", "appos", "conj"))
    return _introduce(words, role, owner, phrase, text)


def _attached_owner(head: Token, setting: Setting) -> Entry | None:
    """The parser hangs "X, head of the Front for Y" both ways: look after the head's phrase too."""
    for child in head.head.having("prep"):
        if child.i > head.i and child.lower in ("of", "for"):
            for target in child.having("pobj"):
                entry = _preferred(_entries_in(target, setting))
                if entry is not None:
                    return entry
    return None


def _introduce(
    words: Sequence[Token], role: Role, owner: Entry | None, around: Sequence[Token], text: str
) -> Introduction:
    is_state = owner is not None and owner.kind in STATE_KINDS
    former = any(t.lower in ("former", "ex", "late", "onetime", "then") for t in around)
    return Introduction(
        words=text_of(words, text),
        role=role,
        organisation=None if owner is None or is_state else owner,
        country=owner.country if owner is not None else None,
        former=former,
    )
