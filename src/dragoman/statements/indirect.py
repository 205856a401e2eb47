"""Attributions read off the parse: a verb or phrase of saying, its source and its complement."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import (
    agents,
    is_negated,
    is_passive,
    is_verb,
    modal,
    surface_subjects,
)
from dragoman.language.phrases import full_phrase, trim
from dragoman.statements.cues import Cue, cue_lexicon
from dragoman.statements.drafts import StatementDraft, bounds
from dragoman.statements.nominal import from_adjective, from_light, from_noun
from dragoman.statements.quoting import quoted_words
from dragoman.statements.reach import (
    inverted,
    is_finite_or_quoted,
    one_run,
    parenthetical,
    source_of,
    told_after,
    within,
)

_CLAUSAL = ("ccomp", "parataxis")
_HOLDING_BACK = frozenset({"refuse", "decline"})
_MORE = frozenset(
    "in around before after without near across between within inside along into over".split()
)
_WANTING = frozenset({"want", "wish", "like", "demand", "ask"})
_FINDING_OUT = frozenset({"know", "hear", "learn", "understand"})
_HELD_FOR = frozenset("of for over with on against about if".split())


def indirect(analysis: Analysis) -> Iterator[StatementDraft]:
    """Statements whose content the grammar gives: clauses, objects, infinitives, light phrases."""
    lexicon = cue_lexicon()
    for token in analysis.tokens:
        second_hand = list(quoted_words(token, lexicon))
        if second_hand:
            yield from second_hand
            continue
        cue = lexicon.verb(token)
        if cue is not None and not _is_noise(token):
            draft = _from_verb(token, cue, analysis)
            if draft is not None:
                yield draft
                continue
        if is_verb(token) and token.lemma in lexicon.light_verbs:
            light = from_light(token, lexicon)
            if light is not None:
                yield light
        elif token.pos == "NOUN" and token.lemma in lexicon.nouns:
            found = from_noun(token, lexicon)
            if found is not None:
                yield found
        elif token.pos == "ADJ" and token.lemma in lexicon.adjectives:
            found = from_adjective(token, lexicon)
            if found is not None:
                yield found


def _is_noise(token: Token) -> bool:
    """An adjective's participle ("the said person"), or a bare "speaking of"."""
    return token.dep == "amod" or (token.dep == "compound" and token.pos != "VERB")


def _is_part(verb: Token) -> bool:
    """ "declined to say whether …" is one statement, and "refused" its cue."""
    return verb.dep == "xcomp" and verb.head.lemma in _HOLDING_BACK and _is_infinitive(verb)


def _from_verb(verb: Token, cue: Cue, analysis: Analysis) -> StatementDraft | None:
    if _is_part(verb):
        return None
    content = _content(verb, cue)
    if content is None:
        return None
    tokens, rule = content
    tokens = trim(_without_comment(tokens))
    if not tokens or all(t.pos == "PUNCT" for t in tokens):
        return None
    passive = is_passive(verb) and not (cue.passive_source or rule == "raised")
    source, implicit = source_of(verb, cue, passive, rule)
    addressee = _addressee(verb, cue, passive)
    if addressee is not None and _is_said(addressee, verb, cue, rule, tokens):
        addressee = None
    if source is not None and source in tokens:
        return None
    phrase, act = _cue_tokens(verb), "say" if rule == "name" else cue.act
    if is_negated(verb) and modal(verb) in ("would", "will") and act in ("say", "announce"):
        act = "refuse"
    if verb.lemma in _FINDING_OUT and verb.dep == "xcomp" and verb.head.lemma in _WANTING:
        phrase, act = [verb.head, *phrase], "ask"
    return StatementDraft(
        cue=phrase, content=_runs(tokens), act=act, rule=f"cue:{rule}",
        source=source, implicit=implicit, addressee=addressee, negated=is_negated(verb),
        confidence=0.9 if rule == "clause" else 0.8,
    )  # fmt: skip


def _without_comment(tokens: list[Token]) -> list[Token]:
    """Without a reporter's "…, a claim that Y rejected" behind what was said."""
    nouns = cue_lexicon().nouns
    for at, token in enumerate(tokens):
        if token.dep != "appos" or token.lemma not in nouns or token.child("relcl") is None:
            continue
        start = token.subtree()[0].i
        low = next(n for n, t in enumerate(tokens) if t.i >= start)
        if 0 < low <= at and tokens[low - 1].text == ",":
            return tokens[: low - 1]
    return tokens


def _cue_tokens(verb: Token) -> list[Token]:
    particle = verb.child("prt")
    if particle is not None and particle.i == verb.i + 1:
        return [verb, particle]
    return [verb]


# ---------------------------------------------------------------- content


def _content(verb: Token, cue: Cue) -> tuple[list[Token], str] | None:
    frames = cue.frames
    if "clause" in frames:
        found = _clause(verb)
        if found:
            return found, "clause"
    if is_passive(verb) and verb.child("xcomp") is not None and verb.child("nsubjpass"):
        return _raised(verb, cue)
    if "target" in frames or "objinf" in frames:
        found = _object_and_more(verb, "objinf" in frames)
        if found:
            return found, "target"
    if "inf" in frames:
        complement = verb.child("xcomp")
        if complement is not None and _is_infinitive(complement):
            return within(complement, verb), "infinitive"
    if "gerund" in frames:
        complement = verb.child("xcomp")
        if complement is not None:
            return _with_more(within(complement, verb), verb), "gerund"
    if "name" in frames:
        found = _named(verb)
        if found:
            return found, "name"
    return _nominal(verb, cue)


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep == "aux" and c.lower == "to" for c in verb.children)


def _named(verb: Token) -> list[Token]:
    """ "called the map a scrap of paper": what is named, and what it is called."""
    passive = is_passive(verb)
    target = verb.child("nsubjpass") if passive else verb.child("dobj")
    name = verb.child("oprd", "attr")
    clause = verb.child("ccomp")
    if name is None and clause is not None and clause.pos in ("NOUN", "ADJ", "PROPN"):
        return clause.subtree() if clause.i > verb.i else []
    if target is None or name is None or verb.dep == "acl":
        return []
    if passive:
        return [*_held(target), *name.subtree()] if agents(verb) else []
    return one_run([target.subtree()[0], name.subtree()[-1]])


def _nominal(verb: Token, cue: Cue) -> tuple[list[Token], str] | None:
    if "object" in cue.frames:
        target = verb.child("nsubjpass") if is_passive(verb) else verb.child("dobj")
        if target is not None and target.pos != "PRON" and cue.takes(target.lemma):
            return _with_more(full_phrase(target), verb), "object"
    for child in verb.children:
        if child.dep in ("prep", "prt") and child.lower in cue.prepositions():
            held = child.child("pobj", "pcomp")
            if held is not None and child.lower in ("on", "upon") and cue.addressee == "on":
                return _addressed(held, verb), "target"
            if held is not None and child.lower == "to" and verb.child("xcomp") is not None:
                return _addressed(held, verb), "target"
            if held is not None:
                return _with_more(_after(child), verb), "prepositional"
    return None


def _with_more(tokens: list[Token], verb: Token) -> list[Token]:
    """ "warned of cholera in the camps": with a place that the parse hangs on the cue."""
    kept = list(tokens)
    for child in verb.having("prep"):
        span = child.subtree()
        held = child.child("pobj", "pcomp")
        if not kept or held is None or span[0].i != kept[-1].i + 1:
            continue
        if child.lower not in _MORE or cue_lexicon().circumstance(held):
            break
        kept += span
    return kept


def _addressed(target: Token, verb: Token) -> list[Token]:
    """ "called on X to do Y": from whom it is asked to the end of what is asked."""
    start = target.subtree()[0].i
    tokens = [t for t in verb.subtree() if t.i >= start]
    later = [c for c in verb.having("conj", "advcl") if c.i > target.i and c.tag != "VB"]
    dropped = {t.i for c in later for t in c.subtree()}
    return one_run([t for t in tokens if t.i not in dropped])


def _clause(verb: Token) -> list[Token]:
    around = parenthetical(verb)
    if around:
        return around
    for child in verb.children:
        if child.dep in _CLAUSAL and is_finite_or_quoted(child):
            return within(child, verb)
    return inverted(verb) or told_after(verb)


def _after(preposition: Token) -> list[Token]:
    """The object of a preposition with everything that still belongs to the verb after it."""
    return [t for t in preposition.subtree() if t.i > preposition.i]


def _object_and_more(verb: Token, infinitive: bool) -> list[Token]:
    """ "thanked X for Y", "urged X to do Y": from the object to the end of what it is held for."""
    target = verb.child("dobj")
    passive = is_passive(verb)
    held = _passive_subject(verb) if passive else target
    if held is None:
        complement = verb.child("ccomp", "xcomp") if infinitive else None
        return within(complement, verb) if complement is not None else []
    complement = verb.child("xcomp", "ccomp") if infinitive else None
    tokens = list(held.subtree()) if not passive else []
    last = held.i if not passive else verb.i
    extras = [complement] if complement is not None else []
    extras += [
        c
        for c in verb.children
        if c.dep in ("prep", "advcl") and c.i > last and c.lower in _HELD_FOR
    ]
    if infinitive and complement is None and not extras:
        return []
    for extra in extras:
        tokens += [t for t in extra.subtree() if t.i > verb.i]
    tokens.sort(key=lambda t: t.i)
    if passive:
        return _held(held) + one_run(tokens) if tokens else []
    return one_run(tokens)


def _passive_subject(verb: Token) -> Token | None:
    """Whom a passive is done to, also where it follows its noun: "officers accused of …"."""
    subject = verb.child("nsubjpass")
    if subject is None and verb.dep == "acl" and verb.tag == "VBN":
        return verb.head
    if subject is None and verb.dep in ("conj", "relcl"):
        return next(iter(surface_subjects(verb)), None)
    return subject


def _runs(tokens: list[Token]) -> list[tuple[int, int]]:
    """The fragments of a content: parted where other words stand between."""
    parts: list[list[Token]] = []
    for token in tokens:
        last = parts[-1][-1].i if parts else -9
        if token.i - last <= 2:
            parts[-1].append(token)
        else:
            parts.append([token])
    trimmed = [trim(part) for part in parts]
    return [bounds(part) for part in trimmed if any(t.pos != "PUNCT" for t in part)]


def _raised(verb: Token, cue: Cue) -> tuple[list[Token], str] | None:
    """ "X is believed to have fled": the subject belongs to the content, the source is left out."""
    complement = verb.child("xcomp")
    subject = verb.child("nsubjpass")
    if complement is None or subject is None:
        return None
    told = "objinf" in cue.frames or "inf" in cue.frames
    tokens = sorted(_held(subject) + within(complement, verb), key=lambda t: t.i)
    return tokens, "target" if told else "raised"


def _held(subject: Token) -> list[Token]:
    """The words of what a passive cue holds, without a clause after them."""
    if subject.pos == "PRON" and subject.tag in ("WDT", "WP"):
        return []
    return full_phrase(subject, "relcl", "acl", "advcl")


# ---------------------------------------------------------------- addressee


def _addressee(verb: Token, cue: Cue, passive: bool) -> Token | None:
    if cue.addressee == "none":
        return None
    if cue.addressee == "object":
        held = verb.child("nsubjpass") if passive else verb.child("dobj", "dative")
        return held if held is not None and held.pos != "ADP" else _dative(verb)
    wanted = ("on", "upon") if cue.addressee == "on" else ("to",)
    for child in verb.having("prep", "dative"):
        if child.lower in wanted:
            return child.child("pobj")
    told = verb.child("dobj", "dative")
    if told is not None and told.pos in ("NOUN", "PROPN", "PRON") and verb.child("ccomp", "xcomp"):
        return told
    return None


def _is_said(addressee: Token, verb: Token, cue: Cue, rule: str, tokens: list[Token]) -> bool:
    """Whether it is what was said: "threatened an embargo", "consented to a truce"."""
    if rule == "prepositional":
        return addressee in tokens and "to" in cue.prepositions()
    alone = rule == "target" and set(tokens) <= set(addressee.subtree())
    return alone and cue.act == "threaten" and verb.child("xcomp") is None


def _dative(verb: Token) -> Token | None:
    for child in verb.having("dative", "prep"):
        if child.pos == "ADP" and child.lower == "to":
            return child.child("pobj")
    complement = verb.child("ccomp", "xcomp")
    return complement.child("nsubj") if complement is not None and complement.tag == "VB" else None
