"""What stands behind the news: past acts, standing situations and habits that a report mentions.

Such an event gets a mark in ``auxiliary``, ``historical`` or ``generic``, and never the report's
own day: "the 1967 war", "the blockade", "patrols often arrest loggers". The words are data
(``data/background.yaml``).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from dragoman.events.status import occurrence
from dragoman.events.triggers import Fired
from dragoman.language.analysis import Analysis, Sentence, Token
from dragoman.language.clauses import is_verb
from dragoman.language.lexicon import load_yaml
from dragoman.mentions.index import MentionIndex
from dragoman.model import AuxiliaryMode, Event, EventTime, Trace

BY_DEFAULT: Final = "publication-date"
_OLD: Final = dt.timedelta(days=365)
_FRONT: Final = 4
_ADJUNCTS: Final = ("prep", "npadvmod", "advmod", "tmod")


@dataclass(frozen=True, slots=True)
class Mark:
    """Why an event is background: the mark, the rule, and the word it went by."""

    mode: AuxiliaryMode
    rule: str
    evidence: Token | None = None


def background(fired: Fired, when: EventTime | None, published: dt.date | None) -> Mark | None:
    """The mark of a trigger that is no act of the news; None for one that is.

    What still stands is looked for first: "has occupied the strip since 1967" is old and goes on.
    """
    old = _is_old(when, published)
    rules = _of_verb(fired.governor, old) if is_verb(fired.governor) else iter(())
    if not fired.is_verbal:
        rules = _of_noun(fired, old, when)
    found = next(rules, None)
    if found is not None:
        return found
    return Mark("historical", "old-date") if old else None


def is_remembered(fired: Fired) -> bool:
    """Whether the event is only remembered: "the anniversary of the invasion"."""
    return not fired.is_verbal and _remembering(fired.head) is not None


def narrated(events: Sequence[Event], analysis: Analysis, index: MentionIndex) -> tuple[Event, ...]:
    """The events with those marked that go on with a history paragraph.

    A later paragraph that opens with a dated past goes on in it ("In 1879 marines landed. Chile
    annexed the coast."), for as long as its verbs are in the simple past and have no newer date.
    """
    found: list[Event] = []
    published = analysis.document.published
    pasts = {s.paragraph for s in _openings(analysis) if _opens_past(s, index, published)}
    paragraph, past = 0, False
    for event in events:
        verb = _verb_of(event, analysis)
        if verb is None:
            found.append(event)
            continue
        if verb.sentence.paragraph != paragraph:
            paragraph = verb.sentence.paragraph
            past = paragraph in pasts
        if past and _is_undated(event) and _is_simple_past(verb):
            event = _as_history(event)
        elif past:
            past = "historical" in event.auxiliary
        found.append(event)
    return tuple(found)


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    held: dict[str, Any] = load_yaml("dragoman.events", "background.yaml")
    return {**held, "eras": re.compile(held["eras"])}


def _is_old(when: EventTime | None, published: dt.date | None) -> bool:
    if when is None or when.rule == BY_DEFAULT or published is None:
        return False
    if when.last is not None:
        return published - when.last > _OLD
    year = when.value[:4]
    return year.isdigit() and published.year - int(year) > 1


# ---------------------------------------------------------------- verbs


def _of_verb(verb: Token, old: bool) -> Iterator[Mark]:
    words = _words()
    adverbs = [t for t in verb.having("advmod", "npadvmod") if t.lower != "ago"]
    if _is_perfect(verb):
        yield from _lasting(verb, old)
    for token in adverbs:
        every = any(c.lower in ("every", "each") for c in token.having("det"))
        if token.lower in words["habitual_adverbs"] or every:
            yield Mark("generic", "habit", token)
        told = verb.tag in ("VBD", "VBN") and verb.dep != "advcl"  # "once troops had crossed, …"
        if told and token.lower in words["past_adverbs"]:
            yield Mark("historical", "past-adverb", token)
    if verb.dep == "xcomp" and verb.head.lower == "used":
        yield Mark("historical", "used-to", verb.head)
    yield from _era([verb, *_support_of_infinitive(verb)])


def _support_of_infinitive(verb: Token) -> list[Token]:
    return [verb.head] if verb.dep == "xcomp" else []


def _is_perfect(verb: Token) -> bool:
    return any(t.tag in ("VBZ", "VBP") and t.lemma in ("have", "'ve") for t in verb.having("aux"))


def _lasting(verb: Token, old: bool) -> Iterator[Mark]:
    """ "has occupied … since 1967", "has blockaded … for decades"."""
    spans = _words()["lasting"]
    owners = [verb, *verb.having("dobj")]
    for token in [preposition for owner in owners for preposition in owner.having("prep")]:
        held = token.child("pobj")
        if token.lower == "since" and (old or (held is not None and held.tag not in ("NNP", "CD"))):
            yield Mark("generic", "perfect-since", token)
        if token.lower in ("for", "over") and held is not None and held.lemma in spans:
            yield Mark("generic", "perfect-for", token)


def _era(owners: Iterable[Token]) -> Iterator[Mark]:
    pattern = _words()["eras"]
    for owner in owners:
        for child in owner.having(*_ADJUNCTS):
            phrase = " ".join(t.lower for t in child.subtree())
            if pattern.search(phrase):
                yield Mark("historical", "era", child)


# ---------------------------------------------------------------- nouns


def _of_noun(fired: Fired, old: bool, when: EventTime | None) -> Iterator[Mark]:
    noun, words = fired.head, _words()
    remembered = _remembering(noun)
    if remembered is not None:
        yield Mark("historical", "remembered", remembered)
    for child in noun.children:
        if child.dep == "amod" and child.lemma in words["past_adjectives"]:
            yield Mark("historical", "past-adjective", child)
        if child.dep == "prep" and child.lower == "since":
            yield Mark("generic", "standing-since", child)
    if old:
        return
    for child in noun.having("amod"):
        if child.lemma in words["standing_adjectives"] or child.lower.startswith("long-"):
            yield Mark("generic", "standing-adjective", child)
    yield from _era([noun])
    yield from _said_of(noun)
    if noun.dep == "pobj" and noun.head.lower == "since" and when is None:
        yield Mark("historical", "since", noun.head)
    if fired.trigger.generic and when is None and occurrence(noun) is None:
        yield Mark("generic", "standing-noun", noun)


def _remembering(noun: Token) -> Token | None:
    words = _words()["remembering"]
    return next((a for a in [*noun.ancestors()][:3] if a.lemma in words), None)


def _said_of(noun: Token) -> Iterator[Mark]:
    """ "attacks on trawlers are common", "the embargo, in place since 1997"."""
    if noun.dep == "nsubj" and noun.head.lemma == "be":
        for token in noun.head.having("acomp"):
            if token.lemma in _words()["frequencies"]:
                yield Mark("generic", "said-to-be-usual", token)
    tokens = noun.sentence.tokens
    after = [t for t in tokens[noun.i - tokens[0].i + 1 :][:4] if t.lower != ","]
    if len(after) > 1 and after[0].lower == "in" and after[1].lower in ("place", "force", "effect"):
        yield Mark("generic", "in-force", after[1])


# ---------------------------------------------------------------- history paragraphs


def _openings(analysis: Analysis) -> Iterator[Sentence]:
    """The first sentence of each paragraph but the first, which tells the news."""
    last = 0
    for sentence in analysis.sentences:
        if sentence.paragraph > last:
            last = sentence.paragraph
            yield sentence


def _opens_past(sentence: Sentence, index: MentionIndex, published: dt.date | None) -> bool:
    if published is None or not _is_simple_past(sentence.root):
        return False
    around = [t for child in sentence.root.having(*_ADJUNCTS) for t in child.subtree()]
    around += sentence.tokens[:_FRONT]  # the parser may hang "In 1879" on the noun after it
    times = [mention.time for token in around if (mention := index.time(token)) is not None]
    lasts = [time.last for time in times if time is not None]
    return any(last is not None and published - last > _OLD for last in lasts)


def _verb_of(event: Event, analysis: Analysis) -> Token | None:
    tokens = analysis.between(event.trigger.start, event.trigger.end)
    return next((token for token in tokens if is_verb(token)), None)


def _is_undated(event: Event) -> bool:
    return event.time is None or event.time.rule == BY_DEFAULT


def _is_simple_past(verb: Token) -> bool:
    helpers = verb.having("aux", "auxpass")
    if verb.tag == "VBD":
        return True
    return verb.tag == "VBN" and bool(helpers) and all(t.tag == "VBD" for t in helpers)


def _as_history(event: Event) -> Event:
    if "historical" in event.auxiliary:
        return event
    return dataclasses.replace(
        event,
        auxiliary=("historical", *event.auxiliary),
        time=None,
        trace=(*event.trace, Trace("auxiliary", "background:history-paragraph")),
    )
