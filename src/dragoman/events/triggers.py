"""Where events are named: the phrases of the trigger lexicon found in the parse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.events.guards import veto
from dragoman.events.lexicon import Lexicon, Phrase, Trigger
from dragoman.events.neutral import STATES, is_state, neutral
from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import (
    conjuncts,
    is_passive,
    is_verb,
    logical_objects,
    logical_subjects,
    prepositional,
)
from dragoman.language.lexicon import load_yaml
from dragoman.register import default_register

Human = Callable[[Token], bool]
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_OUTSIDE = frozenset({"aux", "auxpass", "advcl", "conj", "relcl", "ccomp", "punct", "cc", "mark"})
_CALENDAR = frozenset(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday".split()
)
_EACH_OTHER = ({"each", "other"}, {"one", "another"})
_ARGUMENTS = frozenset({"dobj", "nsubjpass", "pobj", "attr", "oprd", "nsubj"})


@dataclass(frozen=True, eq=False, slots=True)
class Fired:
    """A trigger in the text. ``head`` is the verb or noun that names the event; ``verb`` the
    support verb where one lends it its voice; ``tokens`` the words shown, in text order.
    """

    trigger: Trigger
    head: Token
    tokens: tuple[Token, ...]
    verb: Token | None = None

    @property
    def is_verbal(self) -> bool:
        """Whether roles are read from a verb."""
        return self.verb is not None or is_verb(self.head)

    @property
    def governor(self) -> Token:
        """The verb the clause hangs on, where there is one; else the noun."""
        return self.verb if self.verb is not None else self.head


def fire(analysis: Analysis, lexicon: Lexicon, is_human: Human) -> Iterator[Fired]:
    """Triggers in text order; a support verb does not fire beside the noun it lends its voice.

    ``is_human`` tells whether a token heads a mention of a person or of a group of people.
    """
    fired: list[Fired] = []
    spent: set[int] = set()
    for token in analysis.tokens:
        if token.tag in _NOUN_TAGS or token.pos in ("NOUN", "PROPN"):
            found = _noun(token, lexicon)
            if found is not None:
                fired.append(found)
                spent.update(t.i for t in found.tokens if is_verb(t) or t is not found.head)
    for token in analysis.tokens:
        if is_verb(token) and token.i not in spent:
            found = _verb(token, lexicon, is_human)
            if found is not None:
                fired.append(found)
                spent.update(t.i for t in found.tokens if t is not token and not is_verb(t))
    for found in fired:
        spent.update(_objects_named(found))
    fired = [f for f in fired if f.verb is not None or is_verb(f.head) or _stands(f.head, spent)]
    yield from sorted(fired, key=lambda f: f.tokens[0].i)


def _objects_named(fired: Fired) -> list[int]:
    """Objects by which a verb became this trigger: in "eased sanctions" they are no act again."""
    trigger = fired.trigger
    if not is_verb(fired.head) or trigger.speech or not trigger.object:
        return []
    return [t.i for t in seen_through(logical_objects(fired.head)) if _any([t], trigger.object)]


def _stands(noun: Token, spent: set[int]) -> bool:
    """A noun within a verb's phrase is an event of its own where it names its own actor:
    "rejected Chad's call".
    """
    if noun.i not in spent:
        return True
    by = any(c.lower == "by" for c in noun.having("prep"))
    return by or any(map(_is_name, noun.having("poss", "amod")))


def _allowed(trigger: Trigger, token: Token) -> bool:
    return veto(token.sentence.tokens, token, trigger.type) is None


# ---------------------------------------------------------------- verbs


def _verb(token: Token, lexicon: Lexicon, is_human: Human) -> Fired | None:
    """The most specific entry whose conditions hold; failing that, one that lists people as its
    objects and has some person or group as its object here.
    """
    if token.dep == "amod" and token.tag != "VBN":
        return None
    phrases = lexicon.verbs.get(token.lemma, ())
    if not phrases:
        return None
    near = _words_below(token)
    phrases = tuple(p for p in phrases if all(word in near for word in p.words[1:]))
    return _first_verb(token, phrases, _nobody) or _first_verb(token, phrases, is_human)


def _words_below(verb: Token) -> set[str]:
    """Every form in which a word of the verb's own phrase can stand, and "to", which may be left
    out: phrases with others need no search of the parse.
    """
    found = {"to"}
    for token in verb.subtree():
        found.update((token.lemma, token.lower), neutral(token))
    return found


def _nobody(_: Token) -> bool:
    return False


def _first_verb(token: Token, phrases: Sequence[Phrase], is_human: Human) -> Fired | None:
    for phrase in phrases:
        words = _hanging(token, phrase.words[1:])
        if words and _only_names(token, words):
            continue
        if words is None or not _fits_verb(phrase.trigger, token, words, is_human):
            continue
        if _allowed(phrase.trigger, token):
            shown = sorted([token, *words], key=lambda t: t.i)
            return Fired(phrase.trigger, token, _tight(shown, token))
    return None


def _only_names(verb: Token, words: Sequence[Token]) -> bool:
    """ "called the strike an act of revenge": what the verb says of its object, it does not do."""
    said = verb.having("oprd") or verb.having("dobj")[1:]
    return bool(said) and any(w.dep == "dobj" for w in words) and not any(t in words for t in said)


def _tight(tokens: Sequence[Token], head: Token) -> tuple[Token, ...]:
    """Trigger words shown: a far-off word (more than six tokens away) is left out of the span."""
    return tuple(t for t in tokens if abs(t.i - head.i) <= 6)


def _hanging(verb: Token, words: Sequence[str]) -> list[Token] | None:
    """Each further word of the phrase, on the verb or on the word found before it; an infinitive
    only after "to".
    """
    found: list[Token] = []
    after_to = False
    for word in words:
        at = next(
            (
                child
                for owner in [*reversed(found), verb]
                for child in owner.children
                if (child.lemma == word or child.lower == word or word in neutral(child))
                and child not in found
                and _belongs(child, owner)
                and _is_infinitive(child) == after_to
            ),
            None,
        )
        if at is None and (word != "to" or after_to):
            return None
        after_to = at is None
        found += [at] if at is not None else []
    return None if after_to else found


def _belongs(child: Token, owner: Token) -> bool:
    """Whether a word can be part of the owner's phrase: not another clause, nor a time's "in"."""
    if child.dep in _OUTSIDE or (child.dep == "nsubj" and is_verb(owner)):
        return False
    if child.dep == "prep":
        held = child.child("pobj")
        return held is None or not (held.tag == "CD" or held.lower.rstrip(".") in _CALENDAR)
    return True


def _fits_verb(trigger: Trigger, verb: Token, words: Sequence[Token], is_human: Human) -> bool:
    last = words[-1] if words else None
    governed = last.having("pobj") if last is not None and last.pos == "ADP" else []
    direct = [t for t in logical_objects(verb) if t not in words]
    objects = seen_through(governed or direct)
    if trigger.object and not (
        _any(objects, trigger.object)
        or (trigger.object >= STATES and any(map(is_state, objects)))
        or (_lists_people(trigger) and any(map(is_human, objects)))
    ):
        return False
    if trigger.not_object and _barred([*objects, *direct], trigger.not_object):
        return False
    if trigger.subject or trigger.not_subject:
        subjects = logical_subjects(verb)
        if trigger.subject and not _any(subjects, trigger.subject):
            return False
        if _barred(subjects, trigger.not_subject):
            return False
    if trigger.prep and not _has_preposition(verb, trigger.prep):
        return False
    return _fits_complement(trigger, verb)


@lru_cache(maxsize=2048)
def _lists_people(trigger: Trigger) -> bool:
    """Whether the entry's objects are people: then any person or group will do."""
    register = default_register()
    roles = [register.role(word) for word in trigger.object]
    return sum(role is not None for role in roles) * 2 > len(roles)


def seen_through(tokens: Sequence[Token]) -> list[Token]:
    """With what a head that only counts stands for: "fired dozens of rockets"; "each
    other" stands for the subjects.
    """
    counting = load_yaml("dragoman.mentions", "titles.yaml")["transparent"]
    measures = load_yaml("dragoman.events", "undergoing.yaml")["measures"]
    found = list(tokens)
    for token in tokens:
        if token.lemma in counting or token.lemma in measures:
            for child in token.having("prep"):
                found += child.having("pobj") if child.lower == "of" else []
        pair = {token.lower, *(c.lower for c in token.having("det"))}
        if pair in _EACH_OTHER and is_verb(token.head):
            found += [c for t in logical_subjects(token.head) for c in conjuncts(t)]
    return found


def _any(tokens: Sequence[Token], lemmas: frozenset[str]) -> bool:
    return any(
        t.lemma in lemmas or t.lower in lemmas or compound(t) in lemmas
        or any(word in lemmas for word in neutral(t))
        for t in tokens
    )  # fmt: skip


def _barred(tokens: Sequence[Token], lemmas: frozenset[str]) -> bool:
    """Whether a word is kept out: a loaded one only where all that it stands for is."""
    return any(
        t.lemma in lemmas or t.lower in lemmas or compound(t) in lemmas
        or (bool(neutral(t)) and all(word in lemmas for word in neutral(t)))
        for t in tokens
    )  # fmt: skip


def compound(token: Token) -> str:
    """The token's lemma with the words of the compound right before it: "suicide bomber"."""
    left = [c.lower for c in token.having("compound", "amod") if c.i == token.i - 1]
    return " ".join([*left, token.lemma])


def _has_preposition(verb: Token, words: frozenset[str]) -> bool:
    if "to" in words and any(c.pos != "ADP" for c in verb.having("dative")):
        return True
    owners = [verb, *seen_through(verb.having("dobj"))]
    return any(c.dep in ("prep", "dative", "prt") and c.lower in words
               for owner in owners for c in owner.children)  # fmt: skip


def complement_of(verb: Token) -> Token | None:
    """The clause that completes the verb, of whatever kind, also through an adjective or noun:
    "is ready to withdraw", "expressed readiness to withdraw".
    """
    own = verb.child("ccomp", "xcomp")
    if own is not None:
        return own
    for child in verb.having("acomp", "attr", "dobj", "oprd"):
        clause = child.child("xcomp", "ccomp", "acl")
        if clause is not None and (clause.dep != "acl" or clause.tag == "VB"):
            return clause
    return None


def _fits_complement(trigger: Trigger, verb: Token) -> bool:
    if trigger.complement is None and not trigger.complement_words:
        return not trigger.not_complement_words or not _complement_has(
            verb, trigger.not_complement_words
        )
    clause = complement_of(verb)
    kind = None
    if clause is not None:
        kind = "infinitive" if _is_infinitive(clause) or clause.tag == "VBG" else "that"
    wanted = trigger.complement
    if wanted == "none" and kind is not None:
        return False
    if wanted in ("infinitive", "that") and kind != wanted:
        return False
    if wanted == "clause" and kind is None:
        return False
    if wanted == "other" and (clause is None or not _has_other_subject(clause, verb)):
        return False
    if trigger.complement_words and not _complement_has(verb, trigger.complement_words):
        return False
    return not _complement_has(verb, trigger.not_complement_words)


def _is_infinitive(token: Token) -> bool:
    return token.tag == "VB" and any(c.lower == "to" for c in token.having("aux"))


def _has_other_subject(clause: Token, verb: Token) -> bool:
    """ "wants X to leave": the infinitive has a subject beside the verb's own."""
    return _is_infinitive(clause) and bool(
        clause.having("nsubj", "nsubjpass") or verb.having("dobj")
    )


def _complement_has(verb: Token, lemmas: frozenset[str]) -> bool:
    clause = complement_of(verb)
    if clause is None or not lemmas:
        return False
    return clause.lemma in lemmas or _any(clause.having("dobj", "attr", "acomp"), lemmas)


# ---------------------------------------------------------------- nouns


def _noun(token: Token, lexicon: Lexicon) -> Fired | None:
    if token.dep in ("compound", "nmod") and token.head.i > token.i:
        return None
    for phrase in lexicon.nouns.get(token.lemma, ()):
        words = _around(token, phrase)
        if words is None:
            continue
        trigger = phrase.trigger
        support = _support(token, trigger)
        if support is None and not trigger.bare and not _is_between_names(token, trigger):
            continue
        if not _fits_noun(trigger, token, support) or not _allowed(trigger, token):
            continue
        shown = [*words, *(support or ())]
        shown.sort(key=lambda t: t.i)
        verb = support[0] if support else None
        return Fired(trigger, token, _tight(shown, token), verb)
    return None


def _is_between_names(noun: Token, trigger: Trigger) -> bool:
    """A noun that else needs a support verb is an act by itself where both sides are named:
    "Hungary's criticism of Slovakia", "criticism of Slovakia by Hungary".
    """
    places = [place[5:] for place in trigger.noun_recipient if place.startswith("prep:")]
    owners = [*noun.having("poss", "amod"), *prepositional(noun, "by")]
    whom = prepositional(noun, *places)
    for held in prepositional(noun, "of"):
        whom += prepositional(held, *places)
    return any(map(_is_name, owners)) and any(map(_is_name, whom))


def _is_name(token: Token) -> bool:
    return token.pos == "PROPN" or (token.pos == "ADJ" and _is_nationality(token.text))


@lru_cache(maxsize=4096)
def _is_nationality(word: str) -> bool:
    return word[0].isupper() and bool(default_register().find(word))


def _around(head: Token, phrase: Phrase) -> list[Token] | None:
    tokens = head.sentence.tokens
    at = head.i - tokens[0].i
    low = at - phrase.head
    if low < 0:
        return None
    before = list(tokens[low:at])
    for token, word in zip(before, phrase.words, strict=False):
        if word not in (token.lemma, token.lower):
            return None
    after = _hanging(head, phrase.words[phrase.head + 1 :])
    return None if after is None else [*before, head, *after]


def _fits_noun(trigger: Trigger, noun: Token, support: tuple[Token, ...] | None) -> bool:
    if not (trigger.subject or trigger.not_subject) or support is None:
        return True
    subjects = logical_subjects(support[0])
    if trigger.subject and not _any(subjects, trigger.subject):
        return False
    return not _any(subjects, trigger.not_subject)


def _support(noun: Token, trigger: Trigger) -> tuple[Token, ...] | None:
    """The support verb of the noun, with its particle, if the entry lists it."""
    if not trigger.light or noun.dep not in ("dobj", "nsubjpass", "pobj", "nsubj", "conj", "acl"):
        return _reduced(noun, trigger)
    top = noun
    while top.dep == "conj":
        top = top.head
    verb = top.head
    via: Token | None = None
    if top.dep == "pobj":
        via, verb = verb, verb.head
    if not is_verb(verb):
        return _reduced(noun, trigger)
    if (top.dep == "nsubj" and not is_passive(verb)) or _only_names(verb, [top]):
        return _reduced(noun, trigger)
    particle = verb.child("prt")
    extra = particle or via
    name = f"{verb.lemma} {extra.lower}" if extra is not None else verb.lemma
    if name in trigger.light:
        return (verb, extra) if extra is not None else (verb,)
    if via is None and verb.lemma in trigger.light:
        return (verb,)
    return _reduced(noun, trigger)


def _reduced(noun: Token, trigger: Trigger) -> tuple[Token, ...] | None:
    """ "the attack launched by X", "the sanctions that X imposed"."""
    for child in noun.having("acl", "relcl"):
        particle = child.child("prt")
        name = f"{child.lemma} {particle.lower}" if particle is not None else child.lemma
        fits = child.dep == "relcl" or child.tag == "VBN"
        if fits and (child.lemma in trigger.light or name in trigger.light):
            return (child,) if particle is None else (child, particle)
    return None
