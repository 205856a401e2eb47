"""Attributions whose content hangs on a noun: "expressed hope that …", "the claim that …"."""

from __future__ import annotations

from dragoman.language.analysis import Token
from dragoman.language.clauses import is_negated, is_passive, is_verb, surface_subjects
from dragoman.language.phrases import trim
from dragoman.statements.cues import Cue, CueLexicon, cue_lexicon
from dragoman.statements.drafts import StatementDraft, bounds
from dragoman.statements.reach import one_run, source_of, within

_OPENERS = frozenset({"to", "that", "whether"})


def from_light(verb: Token, lexicon: CueLexicon) -> StatementDraft | None:
    noun = verb.child("nsubjpass") if is_passive(verb) else verb.child("dobj")
    if noun is None:
        return None
    cue = next((lexicon.light_nouns[t.lemma] for t in [noun, *noun.having("conj")]
                if t.lemma in lexicon.light_nouns), None)  # fmt: skip
    if cue is None:
        return None
    tokens = _light_content(verb, noun, cue)
    if not tokens:
        return None
    source, implicit = source_of(verb, cue, is_passive(verb), "light")
    phrase = [t for t in verb.sentence.tokens if verb.i <= t.i <= noun.i] or [verb]
    return StatementDraft(
        cue=phrase if len(phrase) <= 6 else [verb], content=[bounds(tokens)], act=cue.act,
        rule="cue:light", source=source, implicit=implicit,
        addressee=_light_addressee(verb, noun, cue), confidence=0.75, negated=is_negated(verb),
    )  # fmt: skip


def _light_content(verb: Token, noun: Token, cue: Cue) -> list[Token]:
    said = noun.child("acl")
    if said is not None and said.tag == "VBG" and said.lemma in cue_lexicon().verbs:
        return []
    tokens: list[Token] = []
    for owner in (noun, verb):
        for child in owner.children:
            if child.i <= noun.i:
                continue
            if child.dep in ("prep", "acl", "ccomp", "dative", "relcl") and child.lower != "in":
                tokens += [t for t in child.subtree() if t.i > noun.i]
    tokens.sort(key=lambda t: t.i)
    kept = one_run(tokens)
    while kept and kept[0].pos in ("ADP", "PUNCT") and kept[0].lower not in _OPENERS:
        kept = kept[1:]
    if kept and kept[0].lower == "to" and kept[0].pos == "ADP":
        kept = kept[1:]
    return trim(kept) if kept else []


def _light_addressee(verb: Token, noun: Token, cue: Cue) -> Token | None:
    for owner in (noun, verb):
        for child in owner.having("prep", "dative"):
            if child.i > verb.i and child.lower == cue.addressee:
                return child.child("pobj")
    return None


def from_noun(noun: Token, lexicon: CueLexicon) -> StatementDraft | None:
    """ "the claim that …", "Moscow's accusations that …", "calls for a recount"."""
    act = lexicon.nouns[noun.lemma]
    leading = _noun_preposition(noun, lexicon)
    tokens = _noun_clause(noun, act)
    if not tokens and leading is not None:
        tokens = trim([t for t in leading.subtree() if t.i > leading.i])
    if not tokens:
        return None
    holder = _holder(noun, lexicon, leading)
    return StatementDraft(
        cue=[noun], content=[bounds(tokens)], act=act, rule="cue:noun", source=holder,
        implicit=None if holder is not None else "a noun without its holder", confidence=0.7,
    )  # fmt: skip


def _noun_clause(noun: Token, act: str) -> list[Token]:
    for child in noun.children:
        if child.i < noun.i or child.dep not in ("acl", "ccomp", "relcl"):
            continue
        if child.dep != "relcl" and child.child("mark") is not None:
            return within(child, noun)
        if child.tag == "VB" and child.dep != "relcl" and act not in ("say", "think"):
            return within(child, noun)
        if child.dep != "ccomp" and _is_whole(child):
            return within(child, noun)
    return []


def _is_whole(clause: Token) -> bool:
    """A clause with "that" that lacks nothing, taken for a relative one."""
    objects = clause.having("dobj")
    opener = objects[0] if objects else None
    has_both = len(objects) > 1 and clause.child("nsubj") is not None
    return opener is not None and opener.lower == "that" and has_both


def _noun_preposition(noun: Token, lexicon: CueLexicon) -> Token | None:
    words = lexicon.noun_prepositions.get(noun.lemma, ())
    for child in noun.having("prep"):
        if child.lower in words and child.i == noun.i + 1:
            return child if child.child("pobj", "pcomp") is not None else None
    return None


def _holder(noun: Token, lexicon: CueLexicon, leading: Token | None) -> Token | None:
    """Whose word it is: possessor, "by" or "from" phrase, a name before it, or the subject of the
    verb that lends the noun its voice.
    """
    own = noun.child("poss")
    if own is not None:
        return own
    for child in noun.having("prep"):
        held = child.child("pobj")
        if child is not leading and child.lower in ("by", "from", "of") and held is not None:
            return held
    named = [c for c in noun.having("amod", "compound") if c.text[:1].isupper()]
    if named and named[0].i != noun.sentence.tokens[0].i:
        return named[0]
    if noun.dep == "dobj" and is_verb(noun.head) and noun.head.lemma in lexicon.light_verbs:
        return next(iter(surface_subjects(noun.head)), None)
    return None


def from_adjective(adjective: Token, lexicon: CueLexicon) -> StatementDraft | None:
    """ "was confident that …", "was grateful to X for Y"."""
    copula = adjective.head
    if adjective.dep != "acomp" or not is_verb(copula):
        return None
    cue = lexicon.adjectives[adjective.lemma]
    source = next(iter(surface_subjects(copula)), None)
    tokens: list[Token] = []
    addressee = None
    if "clause" in cue.frames:
        clauses = [c for c in adjective.having("ccomp") if c.child("mark") or c.child("nsubj")]
        tokens = within(clauses[0], adjective) if clauses else []
    for child in adjective.having("prep"):
        if not tokens and child.lower in cue.prepositions():
            addressee = child.child("pobj")
            later = [c for c in copula.having("prep") if c.i > child.i and c.lower == "for"]
            tokens = [t for c in (child, *later) for t in c.subtree() if t is not child]
    if source is None or not tokens:
        return None
    phrase = one_run([copula, adjective]) if copula.i < adjective.i else [adjective]
    return StatementDraft(
        cue=phrase, content=[bounds(trim(one_run(tokens)))], act=cue.act, rule="cue:adjective",
        source=source, addressee=addressee, confidence=0.7, negated=is_negated(copula),
    )  # fmt: skip
