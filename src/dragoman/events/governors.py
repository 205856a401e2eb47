"""What governs a trigger: the verbs, nouns and adjectives over it, and what they make of it.

The walk goes outwards through infinitives, gerunds and the phrases of plans, threats or attempts;
it ends where a verb takes the event as given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dragoman.events.mood import (
    Reading,
    data,
    is_condition_phrase,
    is_conditional,
    moods,
    negation_of,
    no_before,
    nuanced,
    open_article,
)
from dragoman.language.analysis import Token
from dragoman.language.clauses import is_verb, is_wished, modal, particle
from dragoman.language.lexicon import load_yaml
from dragoman.language.phrases import is_definite
from dragoman.model import Status

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "pcomp", "acl", "advcl", "csubj"})
_ARGUMENTS = frozenset({"dobj", "nsubjpass", "nsubj", "prep", "agent", "dative", "attr"})
_FINITE_BREAK = frozenset({"relcl", "ROOT"})
_PENDING = ("planned", "demanded", "possible")


@dataclass(frozen=True, slots=True)
class _Class:
    verbs: dict[str, Status]
    nouns: dict[str, Status]
    adjectives: dict[str, Status]


@lru_cache(maxsize=1)
def classes() -> _Class:
    """The governors of ``data/status.yaml`` by part of speech, each with its status."""
    tables: dict[str, dict[str, Status]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for status, rows in data()["governors"].items():
        for part, words in rows.items():
            for word in words:
                tables[part].setdefault(word, status)
    return _Class(**tables)


def of_governors(token: Token, low: int, high: int) -> Iterator[Reading]:
    """Signals of the words over the trigger's clause, as far as the statement reaches."""
    hops, first = 0, token
    while token.head is not token and token.dep not in _FINITE_BREAK:
        head = token.head
        if not low <= head.start < high:
            return
        if token.dep == "conj":
            token = head
            continue
        hops += token.dep == "pobj"
        reading = _governed(token, head, hops <= 1)
        if reading is not None:
            yield reading
        if is_verb(head):
            if token.dep in _ARGUMENTS:
                # What a verb is done to is taken as given: its tense and mood are not the event's.
                if reading is None and not _is_carried(token, first, hops):
                    return
                yield from moods(head)
            else:
                if head.lemma in data()["factive"] and token.tag == "VBG":
                    return
                yield from _of_clause_over(token, head)
                if not _shares_mood(token) and not is_conditional(head):
                    return
        elif head.pos == "NOUN":
            is_finite = token.dep == "acl" and token.child("nsubj", "nsubjpass") is not None
            is_told = (is_verb(first) and not is_finite) or (hops <= 1 and _is_class_noun(head))
            if (no := no_before(head)) is not None and is_told:
                yield Reading("denied", "negation:determiner", no)
            if is_finite:
                return
        token = head


def _shares_mood(token: Token) -> bool:
    """Whether the clause of the verb above lends this one its modality and negation."""
    if token.dep == "ccomp":
        return token.tag == "VB"
    return token.dep in ("xcomp", "pcomp", "acl", "acomp", "oprd")


def _is_carried(token: Token, first: Token, hops: int) -> bool:
    """ "made no attempt to", "has plans for": the verb lends its mood to what its noun governs."""
    if token is first or not (is_verb(first) or (hops <= 1 and _is_class_noun(token))):
        return False
    is_argument = token.dep in ("dobj", "nsubj", "nsubjpass", "attr")
    return is_argument and token.head.lemma in data()["occurrence"]


def _is_class_noun(token: Token) -> bool:
    """A plan, threat, attempt …: what is told of it is told of the event."""
    return token.lemma in classes().nouns


def _of_clause_over(token: Token, head: Token) -> Iterator[Reading]:
    if _shares_mood(token):
        yield from moods(head)
    elif token.dep == "advcl" and is_purpose(token):
        yield Reading("planned", "purpose", token)
    if is_conditional(head) and not _shares_mood(token):
        yield Reading("hypothetical", "conditional-clause", head)


def is_purpose(token: Token) -> bool:
    bare = token.tag == "VB" or any(c.dep == "auxpass" and c.tag == "VB" for c in token.children)
    return bare and any(c.dep == "aux" and c.lower == "to" for c in token.children)


def verb_name(verb: Token) -> str:
    """The verb's lemma with its particle, under which the tables list it."""
    part = particle(verb)
    return f"{verb.lemma} {part}" if part is not None else verb.lemma


def _governed(token: Token, head: Token, direct: bool) -> Reading | None:
    if is_verb(head):
        return _by_verb(token, head, direct)
    if token.dep in ("pcomp", "pobj") and _denies(head) and not is_definite(token):
        return Reading("denied", f"preposition:{head.lower}", head)
    if token.dep == "pobj" and head.pos == "ADP":
        return Reading("hypothetical", "condition", head) if is_condition_phrase(head) else None
    tables = classes()
    if (head.pos == "ADJ" or head.dep == "acomp") and token.dep in _COMPLEMENTS:
        found = tables.adjectives.get(head.lemma)
        return nuanced(found, f"governor:{head.lemma}", head) if found else None
    if direct and token.dep == "prep" and head.pos == "ADJ":
        return _by_leaning(token, head)
    found = tables.nouns.get(head.lemma)
    if found is None and head.dep == "ROOT" and token.dep == "acl":
        # A root noun with a gerund or infinitive is a verb that the parser did not know.
        found = tables.verbs.get(head.lemma)
    if found is not None and direct and token.dep in (*_COMPLEMENTS, "prep"):
        return nuanced(found, f"governor:{head.lemma}", head)
    if token.dep == "prep" and head.dep == "pobj" and is_condition_phrase(head.head):
        return Reading("hypothetical", f"governor:{head.lemma}", head)
    return None


def _by_leaning(preposition: Token, adjective: Token) -> Reading | None:
    """ "ready for talks", "open to talks"."""
    if adjective.lemma == "open" and preposition.lower == "to":
        return Reading("possible", "governor:open", adjective)
    status = classes().adjectives.get(adjective.lemma)
    if status is None or preposition.lower not in ("for", "to"):
        return None
    return nuanced(status, f"governor:{adjective.lemma}", adjective)


def _by_verb(token: Token, head: Token, direct: bool) -> Reading | None:
    name = verb_name(head)
    status = classes().verbs.get(name)
    ahead = unfulfilled(token, head)
    if ahead is not None:
        return ahead
    if token.dep not in _COMPLEMENTS:
        return _by_object(token, head, name, status, direct)
    if status is None:
        return _by_adjective(token, head) or _by_truth(token, head)
    if token.dep == "advcl" and not is_purpose(token) and not _is_gerund_of(token, head):
        return None
    if is_wished(token):
        return Reading("demanded", f"wished:{head.lemma}", head)
    if token.dep == "ccomp" and token.tag not in ("VB", "VBG"):
        if _is_command_to_think(head, status) or head.lemma in data()["finite"]:
            return nuanced(status, f"governor:{head.lemma}", head)
        return Reading(status, "mandative", head) if is_mandative(token, head) else None
    if status == "possible" and _is_vain(head):
        return Reading("denied", "in-vain", head)
    return nuanced(status, f"governor:{head.lemma}", head)


def _is_gerund_of(token: Token, head: Token) -> bool:
    """ "ruled out attacking": the gerund right after the particle is what is ruled out."""
    part = head.child("prt")
    return token.tag == "VBG" and part is not None and token.i == part.i + 1


def unfulfilled(token: Token, head: Token) -> Reading | None:
    """ "has yet to attack", "is to attack"."""
    if token.dep != "xcomp" or not is_purpose(token):
        return None
    yet = next((c for t in (head, token) for c in t.children if c.lower == "yet"), None)
    if head.lemma in ("have", "be", "remain") and yet is not None:
        return Reading("denied", "negation:yet", yet)
    if head.lemma == "go" and head.tag == "VBG":
        return Reading("planned", "going-to", head, "CT" if modal(head) is None else None)
    if head.lemma != "be" or head.child("acomp", "attr", "expl") is not None:
        return None
    return Reading("planned", "be-to", head, "CT" if head.tag in ("VBZ", "VBP") else None)


def _by_object(
    token: Token, head: Token, name: str, status: Status | None, direct: bool
) -> Reading | None:
    """The event, or the plan of it, as what something is done to."""
    if token.dep == "prep":
        kept = _kept_from(token, head, status)
        if kept is not None:
            return kept
    if not direct or not (token.dep in ("dobj", "nsubjpass") or _is_called_for(token, head)):
        return None
    if name in data()["gives_up"] and classes().nouns.get(token.lemma) in _PENDING:
        return Reading("denied", f"given-up:{head.lemma}", head)
    if name in data()["objects_open"] and (opening := open_article(token)) is not None:
        return Reading("possible", f"governor:{head.lemma}", opening)
    wanted = token.dep == "prep" or name in data()["objects_too"]
    if status is None or not wanted:
        return None
    return nuanced(status, f"governor:{head.lemma}", head)


def _kept_from(token: Token, head: Token, status: Status | None) -> Reading | None:
    """ "stopped them from firing", "decided against firing"."""
    if token.lower == "from" and status == "denied" and token.child("pcomp") is not None:
        return Reading("denied", f"governor:{head.lemma}", head)
    found = data()["against"].get(head.lemma) if token.lower == "against" else None
    return Reading(found, f"governor:{head.lemma}-against", head) if found else None


def _is_called_for(token: Token, head: Token) -> bool:
    words = data()["objects_after"].get(head.lemma, ())
    return token.dep == "prep" and token.lower in ([words] if isinstance(words, str) else words)


def _is_command_to_think(head: Token, status: Status) -> bool:
    """ "Suppose X bombed Y"."""
    return status == "hypothetical" and head.child("nsubj") is None


def is_mandative(clause: Token, cue: Token) -> bool:
    """ "insisted that the troops leave": a base form after a verb of the past."""
    if cue.lemma not in data()["mandative"] or clause.tag not in ("VB", "VBP"):
        return False
    return cue.tag in ("VBD", "VBN") and clause.child("aux", "auxpass") is None


def by_predicate(head: Token) -> Reading | None:
    """ "Sanctions are likely", "an attack is imminent"."""
    if head.lemma not in ("be", "seem", "look", "appear", "remain") or negation_of(head):
        return None
    for child in head.having("acomp"):
        status = classes().adjectives.get(child.lemma)
        if status in ("possible", "planned"):
            return nuanced(status, f"governor:{child.lemma}", child)
    return None


def _is_vain(verb: Token) -> bool:
    near = [*verb.children, *(t for p in verb.having("prep") for t in p.children)]
    return any(t.lower in data()["vain"] for t in near)


def _denies(preposition: Token) -> bool:
    """ "without firing", "stopped short of condemning", "instead of signing"."""
    words = load_yaml("dragoman.events", "undergoing.yaml")
    if preposition.lower in words["denying_prepositions"]:
        return True
    near = [preposition.head, *preposition.children]
    return any(token.lower in words["denying_words"] for token in near)


def _by_truth(token: Token, head: Token) -> Reading | None:
    """ "it is not true that …", "it is unlikely that …"."""
    if token.dep != "ccomp" or head.lemma not in ("be", "seem", "look"):
        return None
    for child in head.having("acomp", "attr"):
        negation = negation_of(head)
        if negation is not None and child.lemma in data()["true"]:
            return Reading("denied", f"not-{child.lemma}", negation)
        status = classes().adjectives.get(child.lemma)
        if status is not None and negation is None:
            return nuanced(status, f"governor:{child.lemma}", child)
    return None


def _by_adjective(token: Token, head: Token) -> Reading | None:
    """ "is ready to attack", "is due to meet"."""
    if token.dep != "xcomp":
        return None
    for child in head.having("acomp", "attr", "oprd"):
        status = classes().adjectives.get(child.lemma)
        if status is not None:
            return nuanced(status, f"governor:{child.lemma}", child)
    return None
