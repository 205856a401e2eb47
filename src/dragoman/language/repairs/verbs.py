"""Verbs taken for something else, and clauses hung on the wrong verb."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token
from dragoman.language.repairs.trees import move

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_ORDERING = frozenset(
    "ask beg command compel direct encourage force help implore instruct order persuade press "
    "pressure require tell urge warn".split()
)
_APPEALING = frozenset({"appeal", "call", "plead"})


def lost_subject(verb: Token, tokens: Sequence[Token]) -> None:
    """ "Speaking in Lusaka, X, head of Y, said …" with X taken for a second Lusaka."""
    if any(c.dep in ("nsubj", "nsubjpass", "csubj", "expl", "attr") for c in verb.children):
        return
    at = verb.i - tokens[0].i - 1
    while at > 0 and tokens[at].text == ",":
        at -= 1
    if verb.dep not in ("ROOT", "conj") or at < 1:
        return
    found = None
    for candidate in (tokens[at], *tokens[at].ancestors()):
        span = candidate.subtree()
        low = span[0].i - tokens[0].i
        ends = span[-1].i - tokens[0].i in (at, at + 1)
        opens = low and (_opens_clause(tokens, low, verb) or _is_odd_pair(candidate, verb))
        if ends and opens and _is_apart(candidate, verb):
            found = candidate
    if found is not None:
        move(found, verb, "nsubj")


def _opens_clause(tokens: Sequence[Token], low: int, verb: Token) -> bool:
    """A comma before it; before a coordinated verb's subject also "and"."""
    if verb.dep == "ROOT":
        return tokens[low - 1].text == ","
    return low > 1 and tokens[low - 1].lower in ("and", "but") and tokens[low - 2].text == ","


def _is_odd_pair(name: Token, verb: Token) -> bool:
    """ "Canada pledged wheat and Australia sent tents": a name is no second thing of that kind."""
    thing = name.head
    loose = name.dep == "conj" and name.pos == "PROPN" and thing.pos == "NOUN"
    return loose and thing.dep in ("dobj", "pobj") and verb.dep == "conj" and verb.i == name.i + 1


def _is_apart(token: Token, verb: Token) -> bool:
    """A noun that hangs loosely, by coordination or apposition, on something before it."""
    loose = token.dep in ("conj", "appos", "npadvmod", "dep")
    return loose and token.pos in ("PROPN", "NOUN") and token.head is not verb


def headless(token: Token) -> None:
    """ "Chad massed troops …" taken for a noun phrase: the participle is its verb."""
    noun = token.head
    name = next((c for c in token.children if c.i == token.i - 1 and c.pos == "PROPN"), None)
    if noun.dep != "ROOT" or noun.head is not noun or name is None:
        return
    noun.children.remove(token)
    token.head, token.dep, token.tag, token.pos = token, "ROOT", "VBD", "VERB"
    name.dep = "nsubj"
    move(noun, token, "dobj")
    for child in [c for c in noun.children if c.dep == "punct"]:
        move(child, token, "punct")


def captive(token: Token) -> None:
    """ "took two nurses hostage" taken for a kind of hostage: the nurses are what was taken."""
    people = next((c for c in token.children if c.i == token.i - 1 and c.tag == "NNS"), None)
    if people is None:
        return
    verb = token.head
    for child in [c for c in token.children if c is not people and c.i < people.i]:
        move(child, people, child.dep)
    move(people, verb, "dobj")
    token.dep = "oprd"


def listed_verb(token: Token, tokens: Sequence[Token]) -> None:
    """The second verb of "shot it down, captured scouts and fled" taken for an adjective."""
    noun = token.head
    at = token.i - tokens[0].i
    if not at or tokens[at - 1].text != "," or noun.subtree()[0] is not token:
        return
    verb = noun.head
    while verb.pos not in ("VERB", "AUX") and verb.head is not verb:
        verb = verb.head
    if noun.dep not in ("conj", "appos", "dobj") or verb.tag not in _FINITE or verb.i > token.i:
        return
    later = [c for c in noun.having("conj") if c.tag in _FINITE]
    move(token, verb, "conj")
    token.tag, token.pos = "VBD", "VERB"
    move(noun, token, "dobj")
    for child in later:
        move(child, token, "conj")


def infinitive(token: Token) -> None:
    """ "urged X to spare villagers" with "spare" taken for what the villagers are like."""
    noun = token.head
    verb = noun.head
    led = any(c.lower == "to" and c.dep == "aux" for c in token.children)
    if led and noun.dep == "dobj" and verb.lemma in _ORDERING and token.i < noun.i:
        move(token, verb, "xcomp")
        move(noun, token, "dobj")


def order(token: Token) -> None:
    """ "directed the guard to seize boats", "appealed to the guard to …": what is ordered is no
    purpose of the order.
    """
    verb = token.head
    told = any(c.dep == "dobj" and c.i < token.i for c in verb.children)
    told = told and verb.lemma in _ORDERING
    if verb.lemma in _APPEALING:
        told = any(c.lower in ("to", "on", "upon", "with") and c.having("pobj")
                   and c.subtree()[-1].i == token.subtree()[0].i - 1
                   for c in verb.having("prep"))  # fmt: skip
    if told and any(c.lower == "to" for c in token.having("aux")):
        token.dep = "xcomp"


def helped(token: Token, tokens: Sequence[Token]) -> None:
    """ "jailed him for helping rebels join …": a bare infinitive taken for a second finite verb."""
    at = token.i - tokens[0].i
    noun = tokens[at - 1] if at else None
    if noun is None or noun.dep != "dobj" or noun.head.lemma not in ("help", "let", "make"):
        return
    if not token.having("aux", "nsubj") and noun.head is not token.head:
        move(token, noun.head, "ccomp")


def finite_behind_gerund(verb: Token) -> None:
    """ "thanked X for sending fuel and accused Y": a tense goes on with a tense."""
    gerund = verb.head
    if verb.dep != "conj" or gerund.tag != "VBG" or gerund.dep not in ("pcomp", "xcomp", "advcl"):
        return
    if verb.child("nsubj", "nsubjpass", "aux", "auxpass") is not None:
        return
    outer = next((a for a in gerund.ancestors() if a.tag == verb.tag), None)
    if outer is not None and outer.i < gerund.i:
        move(verb, outer, "conj")


def separated_object(token: Token) -> None:
    """ "hand over those responsible", with the object hung on the particle."""
    if token.head.pos != "VERB":
        return
    for held in token.having("pobj"):
        move(held, token.head, "dobj")
