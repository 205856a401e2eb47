"""What a verb's own clause says of it: negation, modality, condition, question, command.

Signals come from the inside out, so that "may not" and "cannot" keep their scopes apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from dragoman.events.lexicon import lexicon
from dragoman.language.analysis import Token
from dragoman.language.clauses import is_verb, modal
from dragoman.language.lexicon import load_yaml
from dragoman.model import AuxiliaryMode, Certainty, Polarity, Status

_SUBJECTS = ("nsubj", "nsubjpass")
_CLAUSE_SUBJECTS = ("csubj", "csubjpass")
_NOBODY = frozenset({"none", "nobody", "nothing"})
_PAST = frozenset({"VBD", "VBN"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A status with the rule and the word that decided it.

    ``sure`` and ``side`` are a certainty and a polarity that differ from those that go with the
    status: "will" is surer than "plans to", "may not" leans to the other side than "may".
    """

    status: Status
    rule: str
    evidence: Token | None = None
    sure: Certainty | None = None
    side: Polarity | None = None

    @property
    def certainty(self) -> Certainty:
        """FactBank's degree of certainty."""
        return self.sure or cast(Certainty, data()["certainty"][self.status])

    @property
    def polarity(self) -> Polarity:
        """FactBank's polarity."""
        if self.side is not None:
            return self.side
        if self.status == "denied":
            return "-"
        return "u" if self.status in ("hypothetical", "demanded") else "+"

    @property
    def auxiliary(self) -> tuple[AuxiliaryMode, ...]:
        """PLOVER's auxiliary modes that follow from the status."""
        modes: dict[Status, tuple[AuxiliaryMode, ...]] = {
            "denied": ("negation",),
            "planned": ("future",),
            "hypothetical": ("hypothetical",),
            "possible": ("hypothetical",),
        }
        return modes.get(self.status, ())


@lru_cache(maxsize=1)
def data() -> dict[str, Any]:
    """The tables of ``data/status.yaml``."""
    held: dict[str, Any] = load_yaml("dragoman.events", "status.yaml")
    return held


def nuanced(status: Status, rule: str, word: Token) -> Reading:
    """A reading with what the word adds to its class: "unlikely" is more than not certain."""
    nuance = data()["nuances"].get(word.lemma) or data()["nuances"].get(word.lower) or {}
    return Reading(status, rule, word, nuance.get("certainty"), nuance.get("polarity"))


def moods(verb: Token) -> Iterator[Reading]:
    """The signals in the verb's own clause, the innermost first."""
    word, negation = modal_of(verb), negation_of(verb)
    negated = Reading("denied", "negation", negation) if negation is not None else None
    if negated is not None and word in data()["narrow_negation"]:
        yield negated
    if negated is None or word not in data()["ability"]:
        yield from _of_modal(verb, word)
    if word is None:
        yield from _without_modal(verb)
    if negated is not None and word not in data()["narrow_negation"]:
        yield negated
    yield from _of_adverbs(verb)
    if _is_command(verb):
        yield Reading("demanded", "imperative", verb)
    yield from _of_conditions(verb, word)
    if verb.dep == "advcl" and verb.tag != "VBD" and _has_mark(verb, data()["before"]):
        yield Reading("possible", "before-clause", verb)
    asked = question(verb)
    if asked is not None:
        yield asked


# ---------------------------------------------------------------- modality


def modal_of(verb: Token) -> str | None:
    """The verb's modal, shared through coordination when it has no subject of its own."""
    token = verb
    while True:
        word = modal(token)
        if word is not None:
            return word
        if token.dep != "conj" or not is_verb(token.head):
            return None
        if any(c.dep in (*_SUBJECTS, "aux", "auxpass") for c in token.children):
            return None
        token = token.head


def _of_modal(verb: Token, word: str | None) -> Iterator[Reading]:
    if word not in data()["modals"]:
        return
    if word == "would" and any(c.lower in data()["habit"] for c in verb.having("advmod")):
        return
    sure: Certainty | None = "CT" if word in data()["flat_modals"] else None
    yield Reading(data()["modals"][word], f"modal:{word}", verb, sure)


def _without_modal(verb: Token) -> Iterator[Reading]:
    auxiliaries = verb.having("aux")
    for child in auxiliaries:
        if child.lower in ("going", "about", "gonna"):
            yield Reading("planned", "going-to", child)
    is_present = verb.tag in ("VBZ", "VBP") and not auxiliaries
    is_present |= verb.tag == "VBG" and any(c.tag in ("VBZ", "VBP") for c in auxiliaries)
    if is_present and _is_ahead(verb):
        yield Reading("planned", "present-for-future", verb, "CT")


def _is_ahead(verb: Token) -> bool:
    """ "withdraws next Monday", "is leaving tomorrow"."""
    words = data()["ahead"]
    for child in verb.having("npadvmod", "advmod", "prep", "tmod"):
        held = [child, *child.children, *(t for p in child.having("pobj") for t in p.children)]
        if any(t.lower in words for t in held):
            return True
    return False


def _of_adverbs(verb: Token) -> Iterator[Reading]:
    for child in verb.having("advmod"):
        for status, words in data()["adverbs"].items():
            if child.lower in words and child.dep != "neg":
                yield nuanced(status, "adverb", child)


def _is_command(verb: Token) -> bool:
    """ "Withdraw your troops!", "Do not attack them": a base form without a subject."""
    if verb.tag != "VB" or any(c.dep in (*_SUBJECTS, "expl", "mark") for c in verb.children):
        return False
    if any(c.dep == "aux" and c.lower not in ("do", "let") for c in verb.children):
        return False
    if verb.dep == "conj" and is_verb(verb.head):
        return _is_command(verb.head)
    return verb.head is verb or (verb.dep == "ccomp" and verb.i < verb.head.i)


# ---------------------------------------------------------------- negation


def negation_of(verb: Token) -> Token | None:
    """The word that negates the verb, its own or shared by "neither … nor" and "not … or"."""
    own = _own_negation(verb)
    if own is not None or verb.dep != "conj" or not is_verb(verb.head):
        return own
    if any(c.dep in (*_SUBJECTS, "aux", "auxpass") for c in verb.children):
        return None
    joined = {c.lower for c in verb.head.having("cc") if c.i < verb.i}
    if "nor" in joined:
        return next(c for c in verb.head.having("cc") if c.lower == "nor")
    return negation_of(verb.head) if "or" in joined else None


def no_before(noun: Token) -> Token | None:
    """The "no" or "neither" of a noun phrase, or a word that is one: "nobody"."""
    if noun.lower in _NOBODY:
        return noun
    return next((c for c in noun.having("det") if c.lower in ("no", "neither")), None)


def _own_negation(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep == "neg" or (child.lower in ("never", "neither") and child.dep != "cc"):
            return child
        if child.lower == "nor" and child.i < verb.i:
            return child
        if child.lower == "longer":
            found = next((c for c in child.children if c.lower == "no"), None)
            if found is not None:
                return found
        if child.dep in (*_SUBJECTS, "dobj") or (child.dep == "det" and child.lower == "no"):
            found = no_before(child) if child.dep != "det" else child
            if found is not None:
                return found
    return None


# ---------------------------------------------------------------- conditions


def is_conditional(verb: Token) -> bool:
    """Whether the verb's clause is a condition: "if X attacks", "were X to attack"."""
    if _is_inverted(verb):
        return True
    if verb.dep == "acl":
        return _opens_with_condition(verb)
    if verb.dep not in ("advcl", "ccomp") or _asks_if(verb):
        return False
    if _opens_with_condition(verb):
        return True
    words = data()["hypothetical_conjunctions"]
    marks = any(c.dep in ("mark", "advmod") and c.lower in words for c in verb.children)
    return marks and (verb.dep == "advcl" or verb.child("mark") is None)


def _opens_with_condition(verb: Token) -> bool:
    """ "as long as X attacks", "in case X attacks": the words before the clause's subject."""
    subject = verb.child(*_SUBJECTS)
    tokens = verb.sentence.tokens
    at = (subject.subtree()[0] if subject is not None else verb.subtree()[0]).i - tokens[0].i
    before = " ".join(t.lower for t in tokens[max(0, at - 5) : at])
    return any(before.endswith(phrase) for phrase in data()["condition_openings"])


def condition_of(verb: Token) -> Token | None:
    """The clause or phrase on which what the verb tells depends."""
    is_open = modal_of(verb) is not None
    for child in verb.children:
        if child.dep == "advcl" and (_is_supposed(child) or is_conditional(child)):
            if not any(c.lower == "even" for c in child.children):
                return child
        elif child.dep in ("ccomp", "xcomp", "conj") and _is_inverted(child):
            return child
        if child.dep in ("prep", "advmod") and any(map(is_conditional, child.children)):
            return child
        if child.dep == "prep" and is_condition_phrase(child):
            return child
        if child.dep in _SUBJECTS and is_open and _is_indefinite(child):
            return child
        if child.dep == "nsubj" and _is_open_event(child, verb):
            return child
        if child.dep in _CLAUSE_SUBJECTS and is_open and _is_about_anyone(child):
            return child
    return next((c for c in verb.having("advmod") if c.lower == "otherwise" and modal(verb)), None)


def is_condition_phrase(preposition: Token) -> bool:
    """ "in the event of X", "but for X"."""
    for noun in preposition.having("pobj") if preposition.lower == "in" else ():
        articles = [c.lower for c in noun.having("det")]
        is_plain = not articles or (noun.lemma == "event" and articles == ["the"])
        if noun.lemma in data()["conditions"] and is_plain:
            return noun.child("prep", "acl", "ccomp") is not None or not articles
    tokens = preposition.sentence.tokens
    at = preposition.i - tokens[0].i
    return preposition.lower == "for" and at > 0 and tokens[at - 1].lower == "but"


def _is_indefinite(noun: Token) -> bool:
    """ "anyone who attacks", "any state that attacks"."""
    words = data()["indefinite"]
    is_open = noun.lower in words or any(c.lower in words for c in noun.having("det"))
    return is_open and noun.child("relcl") is not None


def _is_open_event(noun: Token, verb: Token) -> bool:
    """ "Another strike would force them …": what follows on an event that may never be."""
    if modal(verb) != "would" or verb.lemma in data()["comes_about"]:
        return False
    return noun.lemma in lexicon().nouns and open_article(noun) is not None


def open_article(noun: Token) -> Token | None:
    """The word that leaves open which one is meant, and whether there is one."""
    articles = noun.having("det", "amod")
    if any(c.lower in ("the", "this", "that") for c in articles):
        return None
    return next((c for c in articles if c.lower in data()["open_articles"]), None)


def _is_about_anyone(clause: Token) -> bool:
    """ "whoever attacks"."""
    subject = clause.child("nsubj")
    return subject is not None and subject.lower in data()["indefinite"]


def _is_supposed(verb: Token) -> bool:
    """ "Suppose X bombed Y": the verb asks to think of it."""
    verbs = data()["governors"]["hypothetical"]["verbs"]
    return verb.lemma in verbs and verb.tag in ("VB", "VBP", "VBG") and not verb.having(*_SUBJECTS)


def _is_inverted(verb: Token) -> bool:
    """ "Were X to invade Y, …", "should X invade Y": a condition without a conjunction."""
    if verb.head is verb or (verb.dep != "advcl" and modal(verb) != "should"):
        return False
    words = ("were", "had", "should")
    first = next((c for c in [verb, *verb.having("aux")] if c.lower in words), None)
    subject = verb.child(*_SUBJECTS)
    if first is None or subject is None or _ends_asking(verb):
        return False
    return first.i == subject.subtree()[0].i - 1


def _has_mark(verb: Token, words: list[str]) -> bool:
    return any(c.dep == "mark" and c.lower in words for c in verb.children)


def _of_conditions(verb: Token, word: str | None) -> Iterator[Reading]:
    if is_conditional(verb):
        main = verb.head if verb.head is not verb else None
        if main is not None and _is_unreal(main) and _is_pluperfect(verb):
            yield _against_facts(verb, "conditional-clause")
        else:
            yield Reading("hypothetical", "conditional-clause", verb)
    is_open = verb.dep == "relcl" and _is_indefinite(verb.head)
    is_open |= verb.dep in _CLAUSE_SUBJECTS and _is_about_anyone(verb)
    if is_open and verb.tag not in _PAST:
        yield Reading("hypothetical", "indefinite", verb)
    condition = condition_of(verb)
    if _is_unreal(verb) and (word == "would" or condition is not None):
        yield _against_facts(verb, "condition")
    elif condition is not None:
        yield Reading("hypothetical", "condition", condition)


def _is_unreal(verb: Token) -> bool:
    """ "would have occupied"."""
    has_have = any(c.dep == "aux" and c.lower in ("have", "'ve", "of") for c in verb.children)
    return modal(verb) in ("would", "could", "might") and has_have


def _is_pluperfect(verb: Token) -> bool:
    return any(c.dep == "aux" and c.lower in ("had", "'d") for c in verb.children)


def _against_facts(verb: Token, rule: str) -> Reading:
    """What is told against the facts gives the facts: "had X joined" says that X did not."""
    side: Polarity = "+" if negation_of(verb) is not None else "-"
    return Reading("hypothetical", f"counterfactual:{rule}", verb, "CT", side)


# ---------------------------------------------------------------- questions


def question(verb: Token) -> Reading | None:
    """Whether it is only asked: "Will X attack?", "whether X will attack"."""
    mark = next(
        (c for c in verb.children if c.dep in ("mark", "advmod") and c.lower == "whether"), None
    )
    if mark is None and _asks_if(verb):
        mark = next(c for c in verb.children if c.dep == "mark" and c.lower == "if")
    if mark is not None:
        if verb.head.lemma in data()["weighing"]:
            return Reading("possible", "weighed", mark)
        return Reading("possible", "question", mark, "U", "u")
    return Reading("possible", "question", verb, "U", "u") if _is_asked(verb) else None


def _asks_if(verb: Token) -> bool:
    """ "wondered if X would attack": no condition, a question."""
    over = {verb.head.lemma, *(c.lemma for c in verb.head.having("acomp"))}
    return (
        verb.dep in ("ccomp", "advcl")
        and _has_mark(verb, ["if"])
        and verb.i > verb.head.i
        and bool(over & set(data()["asking"]))
        and (verb.dep == "ccomp" or verb.head.child("ccomp", "dobj", "xcomp") is None)
    )


def _is_asked(verb: Token) -> bool:
    """An inverted main clause before a question mark, without a question word."""
    top = verb
    while top.dep == "conj" and is_verb(top.head) and top.child(*_SUBJECTS) is None:
        top = top.head
    subject = top.child(*_SUBJECTS)
    if subject is None or (top.head is not top and top.dep != "ccomp"):
        return False
    if not any(c.dep in ("aux", "auxpass") and c.i < subject.i for c in top.children):
        return top.lemma == "be" and top.i < subject.i and _ends_asking(top)
    if any(t.tag in ("WRB", "WP", "WDT", "WP$") and t.i < subject.i for t in top.subtree()):
        return False
    return _ends_asking(top)


def _ends_asking(verb: Token) -> bool:
    after = (t for t in verb.sentence.tokens if t.i > verb.i and t.text in (".", "?", "!"))
    last = next(after, None)
    return last is not None and last.text == "?"
