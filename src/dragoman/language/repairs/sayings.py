"""Verbs of saying: what belongs to the words said, and what to the saying."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token
from dragoman.language.repairs.trees import move

_SAYING = frozenset(
    "add note stress say warn insist urge call state emphasize emphasise underline highlight claim "
    "argue accuse describe vow pledge cite point express demand reiterate explain conclude "
    "declare promise threaten blame thank praise condemn denounce".split()
)

_CLAUSAL = _SAYING | frozenset(
    "announce hope fear mean show find learn hear see feel suspect deny admit acknowledge confirm "
    "reveal estimate assume agree allege tell write report suggest believe think know make let "
    "have help watch be seem appear remain become ensure guarantee propose recommend request "
    "order decide rule predict expect concede maintain insist recall remember realise realize "
    "imagine guess bet wish prove indicate signal imply".split()
)
"""Verbs that a clause may follow."""
_WHEN = frozenset("after before since while when once until as".split())
_SAID = frozenset(
    "allegations claims accusations charges denials demands remarks comments reports".split()
)


def second_saying(verb: Token) -> None:
    """ "X said the claim was false and accused Y …", "called on X to stop and urged Y …": a second
    verb of saying in the same tense goes with the first, not with what was said.
    """
    if verb.dep != "conj" or verb.lemma not in _SAYING:
        return
    if any(c.dep.startswith("nsubj") or c.dep == "aux" for c in verb.children):
        return
    inner = verb.head
    if inner.dep == "acomp" and verb.child("dobj") is not None:
        inner, verb.tag = inner.head, "VBD"
    while inner.dep == "conj" and inner.head.pos in ("VERB", "AUX"):
        inner = inner.head
    if inner.dep not in ("ccomp", "xcomp", "advcl", "acl"):
        return
    outer = next((a for a in inner.ancestors() if a.tag == verb.tag), None)
    if outer is not None and outer.i < inner.i and outer.lemma in (*_SAYING, "tell"):
        move(verb, outer, "conj")


def after_parenthesis(cue: Token, tokens: Sequence[Token]) -> None:
    """ "It will leave, she said, and may return", "Jets hit a depot, she said, killing two": what
    follows goes on with what came before.
    """
    at = cue.i - tokens[0].i
    before = next((c for c in cue.having("ccomp") if c.i < cue.i), None)
    if before is None or at + 1 >= len(tokens) or tokens[at + 1].text != ",":
        return
    for child in cue.having("conj", "advcl"):
        if child.i < cue.i or any(c.dep.startswith("nsubj") for c in child.children):
            continue
        if child.dep == "conj" or (child.tag == "VBG" and child.lemma not in _SAYING):
            move(child, before, child.dep)


def participle(token: Token, tokens: Sequence[Token]) -> None:
    """ "said that troops had crossed, adding that …": who adds is who said."""
    inner = token.head
    at = token.i - tokens[0].i
    if token.lemma not in _SAYING or at == 0 or tokens[at - 1].text != ",":
        return
    if inner.dep == "ccomp" and inner.head.i < inner.i < token.i and inner.head.pos == "VERB":
        move(token, inner.head, "advcl")


def time_clause(token: Token) -> None:
    """ "summoned the envoy after gunmen crossed the border", with the envoy taken for who crossed:
    a verb that says nothing has an object there, and what follows is when it was.
    """
    verb = token.head
    subject = token.child("nsubj") or verb.child("dobj")
    if token.dep != "ccomp" or subject is None or verb.pos != "VERB" or verb.lemma in _CLAUSAL:
        return
    when = next((c for c in subject.having("prep") if c.lower in _WHEN), None)
    doer = when.child("pobj") if when is not None else None
    if when is None or doer is None or not verb.i < subject.i < when.i < doer.i < token.i:
        return
    if subject.head is token:
        move(subject, verb, "dobj")
    for child in [c for c in subject.children if c.i > when.i]:
        move(child, doer, child.dep)
    move(when, token, "mark")
    move(doer, token, "nsubj")
    token.dep = "advcl"


def semicolon(cue: Token, tokens: Sequence[Token]) -> None:
    """ "They took the town; nobody has said why": what stands before the semicolon is not said."""
    for child in cue.having("ccomp"):
        after = child.subtree()[-1].i + 1 - tokens[0].i
        if child.i < cue.i and after < len(tokens) and tokens[after].text == ";":
            cue.children.remove(child)
            if cue.head is cue:
                child.head, child.dep = child, "ROOT"
                move(cue, child, "conj")
            else:
                move(child, cue.head, cue.dep)
                move(cue, child, "conj")
            return


def marked_subject(mark: Token) -> None:
    """ "after gunmen crossed the border", with the gunmen hung on "after"."""
    verb, held = mark.head, mark.child("pobj")
    if held is not None and verb.pos == "VERB" and verb.child("nsubj", "nsubjpass") is None:
        move(held, verb, "nsubj")


def said_noun(token: Token, tokens: Sequence[Token]) -> None:
    """ "…, allegations the police reject", with the noun taken for a second verb."""
    at = token.i - tokens[0].i
    clause = token.child("ccomp")
    if (
        token.lower not in _SAID
        or token.dep not in ("conj", "advcl")
        or at == 0
        or tokens[at - 1].text != ","
    ):
        return
    if clause is None or token.child("nsubj", "aux") is not None:
        return
    token.pos, token.tag, token.lemma = "NOUN", "NNS", token.lower.removesuffix("s")
    token.dep = "appos"
    clause.dep = "relcl"
