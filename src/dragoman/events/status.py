"""Whether an event is asserted, denied, planned, demanded, possible or hypothetical.

Read off the parse from the trigger outwards, up to the border of the innermost statement that holds
it, as that statement's source holds it: each word on the way acts on what stands inside it (Saurí &
Pustejovsky 2009; Lotan et al. 2013, TruthTeller).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.events.governors import (
    by_predicate,
    classes,
    is_mandative,
    is_purpose,
    of_governors,
    unfulfilled,
    verb_name,
)
from dragoman.events.mood import (
    Reading,
    data,
    modal_of,
    moods,
    negation_of,
    nuanced,
    open_article,
    question,
)
from dragoman.events.triggers import Fired
from dragoman.language.analysis import Token
from dragoman.language.clauses import is_verb, modal
from dragoman.language.phrases import head_of
from dragoman.model import Span, Statement, Status

__all__ = ["Reading", "is_occurring", "occurrence", "read_status"]


def read_status(fired: Fired, holder: Statement | None) -> Reading:
    """The status of a fired trigger inside ``holder``, the innermost statement around it."""
    found = Reading("asserted", "no-signal")
    heard: set[tuple[Status, Token]] = set()
    for signal in _signals(fired, holder):
        if signal.evidence is not None:
            if (signal.status, signal.evidence) in heard or _is_own_cue(signal, holder):
                continue
            heard.add((signal.status, signal.evidence))
        found = _combined(found, signal)
    return found


def _is_own_cue(signal: Reading, holder: Statement | None) -> bool:
    """Whether the word is what makes the statement: "alleged", where it names a source's claim."""
    is_word = signal.rule in ("modifier", "adverb")
    return is_word and holder is not None and _is_cue(signal.evidence, holder)


def _combined(inner: Reading, outer: Reading) -> Reading:
    """What is left of a reading under a signal outside it."""
    if inner.status == "denied" and outer.status == "denied":
        word = inner.evidence.lemma if inner.evidence is not None else ""
        status: Status = "possible" if word in data()["unsettled"] else "asserted"
        return Reading(status, f"{outer.rule}+{inner.rule}", outer.evidence)
    if outer.status == "denied" and inner.status == "possible" and inner.side == "-":
        return Reading("asserted", f"{outer.rule}+{inner.rule}", outer.evidence)
    if inner.rule == "modifier:any" and outer.status in ("denied", "demanded", "possible"):
        return outer
    if data()["combine"][outer.status][inner.status] == "inner":
        return inner
    if outer.status == "possible" and inner.polarity == "-" and outer.side is None:
        return replace(outer, side="-")
    if outer.status == inner.status and inner.certainty != "CT":
        return replace(outer, sure=inner.certainty)
    return outer


def _signals(fired: Fired, holder: Statement | None) -> Iterator[Reading]:
    low, high = (holder.content.start, holder.content.end) if holder else (0, 1 << 60)
    token = fired.governor
    if not is_verb(token):
        yield from _of_noun(fired.head)
        taking_place = occurrence(fired.head)
        if taking_place is not None and low <= taking_place.start < high:
            yield from moods(taking_place)
            yield from filter(None, [by_predicate(taking_place)])
            clause = taking_place.child("xcomp")
            if clause is not None and fired.head.dep in ("nsubj", "nsubjpass"):
                yield from filter(None, [unfulfilled(clause, taking_place)])
            token = taking_place
        else:
            yield from _of_subject(fired.head)
    else:
        if fired.verb is not None:
            yield from _of_noun(fired.head)
            yield from _of_support(fired.verb)
        yield from _of_mood(fired, token)
    yield from of_governors(token, low, high)
    if holder is not None:
        yield from _of_act(fired, token, holder)


# ---------------------------------------------------------------- the trigger's own words


def _of_mood(fired: Fired, verb: Token) -> Iterator[Reading]:
    """ "threatened war if X came": the threat was made; the war hangs on the condition."""
    is_made = fired.trigger.speech and verb.tag == "VBD"
    yield from (r for r in moods(verb) if not (is_made and r.rule == "condition"))


def _of_noun(noun: Token) -> Iterator[Reading]:
    adjectives = classes().adjectives
    for child in noun.children:
        if child.dep == "det" and child.lower in ("no", "neither"):
            yield Reading("denied", "negation:determiner", child)
        elif child.dep in ("amod", "det", "advmod"):
            status = adjectives.get(child.lemma) or adjectives.get(child.lower)
            if status is not None:
                rule = "modifier:any" if child.lower == "any" else "modifier"
                yield nuanced(status, rule, child)


def _of_support(verb: Token) -> Iterator[Reading]:
    """ "approved the deployment": a support verb that only plans what the noun names."""
    status = classes().verbs.get(verb_name(verb))
    if status == "planned" and verb.lemma not in data()["occurrence"]:
        yield nuanced(status, f"governor:{verb.lemma}", verb)


def _of_subject(noun: Token) -> Iterator[Reading]:
    """ "Another strike would force them …": it would, if it came."""
    verb = noun.head
    if noun.dep != "nsubj" or not is_verb(verb) or modal(verb) not in ("would", "could", "might"):
        return
    article = open_article(noun)
    if article is not None:
        yield Reading("hypothetical", "open-subject", article)


def occurrence(noun: Token) -> Token | None:
    """The verb that says of the event only that it takes place."""
    top = noun
    while top.dep == "conj":
        top = top.head
    verb = top.head
    if top.dep in ("nsubj", "nsubjpass", "dobj", "attr") and verb.lemma in data()["occurrence"]:
        return verb if is_verb(verb) else None
    return None


def is_occurring(noun: Token) -> bool:
    """Whether a verb says of the noun's event that it takes place: "talks began"."""
    return occurrence(noun) is not None or noun.dep == "ROOT" or noun.dep == "nsubj"


# ---------------------------------------------------------------- the speech act around it


def _of_act(fired: Fired, token: Token, holder: Statement) -> Iterator[Reading]:
    """What the source does in saying so: it denies, demands, promises …"""
    if not _is_main(fired, token, holder.content) or question(token) is not None:
        return
    word = _cue_of(token, holder)
    reading = _by_act(token, holder, word) or _by_cue(token, word)
    if reading is None:
        yield from _unsaid(holder, word)
        return
    yield reading
    yield from _of_noun_cue(token, holder)
    negation = negation_of(word) if word is not None else None
    if negation is not None:
        yield Reading("denied", "negation:cue", negation)


def _unsaid(holder: Statement, word: Token | None) -> Iterator[Reading]:
    """ "nobody has said that X attacked": who does not say so leaves it open."""
    if holder.act != "say" or word is None or word.lemma not in data()["telling"]:
        return
    if (negation := negation_of(word)) is not None:
        yield Reading("possible", "negation:cue", negation)


def _by_act(token: Token, holder: Statement, word: Token | None) -> Reading | None:
    status: Status | None = data()["acts"].get(holder.act)
    if status is None:
        return None
    rule = f"act:{holder.act}" + ("" if holder.cue else ":implicit")
    is_finite = is_verb(token) and token.child("nsubj", "nsubjpass") is not None
    if holder.act == "refuse" and is_finite:
        return None
    if holder.act == "ask" and is_finite and word is not None and word.lemma in data()["asking"]:
        return Reading(status, rule, word) if token.child("mark") is not None else None
    if holder.act == "wish" and word is not None and word.lemma in data()["factive"]:
        return None
    if holder.act == "warn" and is_verb(token):
        if is_finite and modal_of(token) is None:
            return None
        return Reading("demanded" if is_purpose(token) else status, rule, word)
    if status == "demanded" and token.dep == "conj" and modal(token) in ("may", "might"):
        return None
    return Reading(status, rule, word)


def _by_cue(token: Token, word: Token | None) -> Reading | None:
    if word is None:
        return None
    table = data()["cues"] if is_verb(word) else classes().nouns
    found = table.get(verb_name(word))
    if found is not None:
        return nuanced(found, f"cue:{word.lemma}", word)
    wanted = classes().verbs.get(verb_name(word)) if is_purpose(token) else None
    if wanted in ("demanded", "planned", "denied"):
        return nuanced(wanted, f"cue:{word.lemma}", word)
    if (word.lemma == "insist" and not is_verb(token)) or is_mandative(token, word):
        return Reading("demanded", f"cue:{word.lemma}", word)
    return None


def _cue_of(token: Token, holder: Statement) -> Token | None:
    """The verb, or else the noun, of the statement's cue, where it is in the same sentence."""
    words = [t for t in token.sentence.tokens if _is_cue(t, holder)]
    verbs = [t for t in words if is_verb(t)]
    kept = verbs or [t for t in words if t.pos == "NOUN"]
    return head_of(kept) if kept else None


def _of_noun_cue(token: Token, holder: Statement) -> Iterator[Reading]:
    """ "dropped its threat to attack": who threatened gives it up."""
    for noun in token.sentence.tokens:
        if noun.pos == "NOUN" and noun.dep in ("dobj", "nsubjpass") and _is_cue(noun, holder):
            own = any(c.tag == "PRP$" for c in noun.having("poss"))
            if own and verb_name(noun.head) in data()["gives_up"]:
                yield Reading("denied", f"given-up:{noun.head.lemma}", noun.head)


def _is_cue(token: Token | None, holder: Statement) -> bool:
    cue = holder.cue
    return token is not None and cue is not None and cue.covers(token.start, token.end)


def _is_main(fired: Fired, token: Token, content: Span) -> bool:
    """Whether the trigger is what the content is about, not something it takes for granted."""
    tokens = [t for t in token.sentence.tokens if content.covers(t.start, t.end)]
    if not tokens:
        return False
    heads = {head_of(tokens)}
    heads |= {t for t in tokens if t.head.start < content.start or t.head.start >= content.end}
    top = token
    for _ in range(12):
        if top in heads:
            return True
        if top.dep not in ("conj", "xcomp", "aux", "auxpass") and not _is_light_link(top):
            return False
        top = top.head
    return False


def _is_light_link(token: Token) -> bool:
    """ "carry out an attack on", "refrain from firing": the content's main event, one step down."""
    if token.lower in ("from", "against") or token.head.lower in ("from", "against"):
        return token.dep in ("pcomp", "prep")
    if token.dep not in ("dobj", "nsubjpass", "nsubj"):
        return False
    verb = token.head
    return verb.lemma in data()["occurrence"] or (
        token.dep != "nsubj" and verb_name(verb) in data()["objects_too"]
    )
