"""Attributions read off the parse: a verb or phrase of saying, its source and its complement."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import agents, is_negated, is_passive, is_verb, surface_subjects
from dragoman.language.phrases import full_phrase, trim
from dragoman.statements.cues import Cue, CueLexicon, cue_lexicon
from dragoman.statements.drafts import StatementDraft, bounds

_CLAUSAL = ("ccomp", "parataxis")
_CLAUSE_PARTS = frozenset("nsubj nsubjpass aux mark csubj expl attr auxpass".split())
_HELD_FOR = frozenset("of for over with on against about if".split())
_OPENERS = frozenset({"that", "whether", "if"})


def indirect(analysis: Analysis) -> Iterator[StatementDraft]:
    """Statements whose content the grammar gives: clauses, objects, infinitives, light phrases."""
    lexicon = cue_lexicon()
    for token in analysis.tokens:
        cue = lexicon.verb(token)
        if cue is not None and not _is_noise(token):
            draft = _from_verb(token, cue, analysis)
            if draft is not None:
                yield draft
                continue
        if is_verb(token) and token.lemma in lexicon.light_verbs:
            light = _from_light(token, lexicon)
            if light is not None:
                yield light
        elif token.pos == "NOUN" and token.lemma in lexicon.nouns:
            noun = _from_noun(token, lexicon)
            if noun is not None:
                yield noun


def _is_noise(token: Token) -> bool:
    """An adjective's participle ("the said person"), or a bare "speaking of"."""
    return token.dep == "amod" or (token.dep == "compound" and token.pos != "VERB")


def _from_verb(verb: Token, cue: Cue, analysis: Analysis) -> StatementDraft | None:
    content = _content(verb, cue)
    if content is None:
        return None
    tokens, rule = content
    tokens = trim(_without_comment(tokens))
    if not tokens or all(t.pos == "PUNCT" for t in tokens):
        return None
    passive = is_passive(verb) and not (cue.passive_source or rule == "raised")
    source, implicit = _source(verb, cue, passive, rule)
    addressee = _addressee(verb, cue, passive)
    if source is not None and source in tokens:
        return None
    return StatementDraft(
        cue=_cue_tokens(verb), content=_runs(tokens), act=cue.act, rule=f"cue:{rule}",
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


def _source(verb: Token, cue: Cue, passive: bool, rule: str) -> tuple[Token | None, str | None]:
    if passive or rule == "raised":
        by = agents(verb)
        return (by[0], None) if by else (None, "passive without an agent")
    subjects = surface_subjects(verb)
    if not subjects:
        return None, "no subject in the clause"
    subject = subjects[0]
    if subject.lower in ("it", "there") and is_passive(verb):
        return None, "impersonal"
    return subject, None


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
        if complement is not None and complement.tag == "VB":
            return _within(complement, verb), "infinitive"
    if "gerund" in frames:
        complement = verb.child("xcomp")
        if complement is not None:
            return _within(complement, verb), "gerund"
    return _nominal(verb, cue)


def _nominal(verb: Token, cue: Cue) -> tuple[list[Token], str] | None:
    if "object" in cue.frames:
        target = verb.child("nsubjpass") if is_passive(verb) else verb.child("dobj")
        if target is not None and target.pos != "PRON":
            return full_phrase(target), "object"
    for child in verb.children:
        if child.dep in ("prep", "prt") and child.lower in cue.prepositions():
            held = child.child("pobj", "pcomp")
            if held is not None and child.lower in ("on", "upon") and cue.addressee == "on":
                return _addressed(held, verb), "target"
            if held is not None:
                return _after(child), "prepositional"
    return None


def _addressed(target: Token, verb: Token) -> list[Token]:
    """ "called on X to do Y": from whom it is asked to the end of what is asked."""
    start = target.subtree()[0].i
    tokens = [t for t in verb.subtree() if t.i >= start]
    later = [c for c in verb.having("conj", "advcl") if c.i > target.i and c.tag != "VB"]
    dropped = {t.i for c in later for t in c.subtree()}
    return _run([t for t in tokens if t.i not in dropped])


def _clause(verb: Token) -> list[Token]:
    for child in verb.children:
        if child.dep in _CLAUSAL and is_finite_or_quoted(child):
            return _within(child, verb)
    return _inverted(verb)


def is_finite_or_quoted(head: Token) -> bool:
    """A clausal complement with a subject or a tense of its own."""
    if head.pos in ("VERB", "AUX"):
        if head.tag in ("VBD", "VBZ", "VBP", "MD"):
            return True
        return any(c.dep in _CLAUSE_PARTS for c in head.children)
    return any(c.dep in ("nsubj", "cop", "mark", "punct") for c in head.children)


def _inverted(verb: Token) -> list[Token]:
    """ "The talks, he said, would resume": the cue is a parenthesis inside its own content."""
    head = verb.head
    if verb.dep not in ("parataxis", "ccomp", "advcl") or head is verb or not is_verb(head):
        return []
    if verb.child("nsubj") is None or verb.child("mark") is not None or verb.dep == "advcl":
        return []
    inside = {t.i for t in verb.subtree()}
    outer = [t for t in head.subtree() if t.i not in inside]
    before = [t for t in outer if t.i < verb.i]
    is_framed = any(t.text in (",", "—", "–", '"', "”") for t in before[-1:])
    return outer if is_framed and before else []


def _within(head: Token, verb: Token) -> list[Token]:
    """The clause of ``head``, one run on one side of the cue, without "that" at its start."""
    tokens = [t for t in head.subtree() if t is not verb]
    left = [t for t in tokens if t.i < verb.i]
    right = [t for t in tokens if t.i > verb.i]
    kept = right
    if head.i < verb.i:
        kept = left + [t for c in head.having("conj") if c.i > verb.i for t in c.subtree()]
    while kept and ((kept[0].lower in _OPENERS and kept[0].dep == "mark") or kept[0].text in ",:;"):
        kept = kept[1:]
    return kept


def _after(preposition: Token) -> list[Token]:
    """The object of a preposition with everything that still belongs to the verb after it."""
    return [t for t in preposition.subtree() if t.i > preposition.i]


def _object_and_more(verb: Token, infinitive: bool) -> list[Token]:
    """ "thanked X for Y", "urged X to do Y": from the object to the end of what it is held for."""
    target = verb.child("dobj")
    passive = is_passive(verb)
    held = verb.child("nsubjpass") if passive else target
    if held is None:
        complement = verb.child("ccomp", "xcomp") if infinitive else None
        return _within(complement, verb) if complement is not None else []
    complement = verb.child("xcomp", "ccomp") if infinitive else None
    tokens = list(held.subtree()) if not passive else []
    last = held.i
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
    return _run(tokens)


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


def _run(tokens: list[Token]) -> list[Token]:
    """From the first to the last token, everything between included."""
    if not tokens:
        return []
    low, high = tokens[0].i, tokens[-1].i
    return [t for t in tokens[0].sentence.tokens if low <= t.i <= high]


def _raised(verb: Token, cue: Cue) -> tuple[list[Token], str] | None:
    """ "X is believed to have fled": the subject belongs to the content, the source is left out."""
    complement = verb.child("xcomp")
    subject = verb.child("nsubjpass")
    if complement is None or subject is None:
        return None
    if "objinf" in cue.frames or "inf" in cue.frames:
        return _within(complement, verb), "target"
    return _within(complement, verb), "raised"


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


def _dative(verb: Token) -> Token | None:
    for child in verb.having("dative", "prep"):
        if child.pos == "ADP" and child.lower == "to":
            return child.child("pobj")
    complement = verb.child("ccomp", "xcomp")
    return complement.child("nsubj") if complement is not None and complement.tag == "VB" else None


# ---------------------------------------------------------------- verb and noun; nouns


def _from_light(verb: Token, lexicon: CueLexicon) -> StatementDraft | None:
    noun = verb.child("nsubjpass") if is_passive(verb) else verb.child("dobj")
    if noun is None:
        return None
    cue = next((lexicon.light_nouns[t.lemma] for t in [noun, *noun.having("conj")]
                if t.lemma in lexicon.light_nouns), None)  # fmt: skip
    if cue is None:
        return None
    tokens = _light_content(verb, noun)
    if not tokens:
        return None
    source, implicit = _source(verb, cue, is_passive(verb), "light")
    phrase = [t for t in verb.sentence.tokens if verb.i <= t.i <= noun.i] or [verb]
    return StatementDraft(
        cue=phrase if len(phrase) <= 6 else [verb], content=[bounds(tokens)], act=cue.act,
        rule="cue:light", source=source, implicit=implicit,
        addressee=_light_addressee(verb, noun, cue), confidence=0.75, negated=is_negated(verb),
    )  # fmt: skip


def _light_content(verb: Token, noun: Token) -> list[Token]:
    tokens: list[Token] = []
    for owner in (noun, verb):
        for child in owner.children:
            if child.i <= noun.i:
                continue
            if child.dep in ("prep", "acl", "ccomp", "dative", "relcl") and child.lower != "in":
                tokens += [t for t in child.subtree() if t.i > noun.i]
    tokens.sort(key=lambda t: t.i)
    kept = _run(tokens)
    while kept and kept[0].pos in ("ADP", "SCONJ", "PUNCT") and kept[0].lower != "to":
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


def _from_noun(noun: Token, lexicon: CueLexicon) -> StatementDraft | None:
    """ "the claim that …", "Moscow's accusations that …"."""
    clause = next((c for c in noun.children if c.dep in ("acl", "ccomp") and c.i > noun.i
                   and (c.child("mark") is not None or c.tag == "VB")), None)  # fmt: skip
    if clause is None or (clause.tag == "VB" and lexicon.nouns[noun.lemma] in ("say", "think")):
        return None
    tokens = _within(clause, noun)
    if not tokens:
        return None
    holder = noun.child("poss")
    if holder is None:
        by = [c for c in noun.having("prep") if c.lower in ("by", "from", "of")]
        holder = by[0].child("pobj") if by else None
    if holder is None:
        holder = next((c for c in noun.having("amod", "compound") if c.text[:1].isupper()), None)
    if holder is None and noun.dep == "dobj" and is_verb(noun.head):
        subjects = surface_subjects(noun.head)
        is_light = noun.head.lemma in lexicon.light_verbs
        holder = subjects[0] if subjects and is_light else None
    return StatementDraft(
        cue=[noun], content=[bounds(tokens)], act=lexicon.nouns[noun.lemma], rule="cue:noun",
        source=holder, implicit=None if holder is not None else "a noun without its holder",
        confidence=0.7,
    )  # fmt: skip
