"""Grammar read off the parse: who is the subject, the object, the agent; voice and control.

Labels are ClearNLP's (Choi & Palmer 2012), as spaCy's English models give them.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.language.analysis import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
OBJECT_OF = frozenset(
    "accuse suspect prevent stop bar dissuade blame criticise criticize condemn thank praise "
    "convict deter discourage charge acquit denounce prohibit ban keep commend fault reward punish "
    "arrest jail imprison sentence fine sue forgive pardon rebuke honour honor".split()
)
"""Verbs whose object does what the gerund after their preposition says."""
SENDING = frozenset("send dispatch deploy hire pay bribe recruit train use employ arm".split())
"""Verbs whose object does what the infinitive of purpose after them says."""
_WISHING = frozenset({"want", "need", "order", "prefer"})
_LEAVE = frozenset("permission right leave authority authorisation authorization chance".split())
"""What is given to whoever then does what the infinitive after it says."""
_KEEPING = frozenset({"promise", "vow", "use"})
"""Verbs whose subject does what the infinitive behind their object says."""
_BEING = frozenset({"get"})
"""Verbs that make a passive with a participle: "got arrested"."""
_MAX_CONTROL = 8


def is_verb(token: Token) -> bool:
    """Whether the token heads a clause as a verb."""
    return token.pos in ("VERB", "AUX")


def is_passive(verb: Token) -> bool:
    """Whether the verb's surface subject is its logical object."""
    if any(child.dep in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.tag != "VBN":
        return False
    if verb.dep in ("acl", "amod", "relcl", "advcl"):
        has_active = any(c.dep in ("nsubj", "dobj", "aux") for c in verb.children)
        return not has_active
    if is_wished(verb) or (verb.dep == "xcomp" and verb.head.lemma in _BEING):
        return True
    if verb.dep == "conj" and is_verb(verb.head):
        return is_passive(verb.head) and verb.child("nsubj", "aux") is None
    return verb.child("agent") is not None


def is_wished(verb: Token) -> bool:
    """ "wants him extradited": a bare participle that says what is to be done to its subject."""
    if verb.dep != "ccomp" or verb.tag != "VBN" or verb.head.lemma not in _WISHING:
        return False
    return verb.child("nsubj") is not None and verb.child("aux", "dobj") is None


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The tokens that fill the verb's subject position, found through relative clauses, control,
    participles and coordination; empty where the language leaves it out.
    """
    own = [child for child in verb.children if child.dep in _SUBJECTS]
    if own:
        return [_of_relative(token, verb) for token in own]
    if depth > _MAX_CONTROL or verb.head is verb:
        return []
    return _inherited_subjects(verb, depth)


def _of_relative(subject: Token, verb: Token) -> Token:
    """What a relative pronoun of the verb's stands for; any other word stands for itself."""
    if subject.tag in _RELATIVE or (subject.lower == "that" and verb.dep == "relcl"):
        clause = verb
        while clause.dep in ("conj", "ccomp", "xcomp") and clause.head is not clause:
            clause = clause.head
        if clause.dep == "relcl":
            return clause.head
    return subject


def _held_by(preposition: Token) -> list[Token]:
    """The preposition's objects; "to whom", "with which" stand for what the clause hangs on."""
    held = preposition.having("pobj")
    if not any(token.tag in _RELATIVE for token in held):
        return held
    verb = next((a for a in preposition.ancestors() if is_verb(a)), preposition)
    return [_of_relative(token, verb) for token in held]


def _inherited_subjects(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if verb.dep == "conj" and is_verb(head):
        return surface_subjects(head, depth + 1)
    if verb.dep == "xcomp" and is_verb(head):
        return _controller(head, depth)
    if verb.dep == "ccomp" and is_verb(head) and verb.tag in ("VB", "VBG", "VBN"):
        return _controller(head, depth)
    if verb.dep == "csubj" and head.lemma == "be":
        return _of_predicate(head)
    if verb.dep == "xcomp" and head.pos == "ADJ" and is_verb(head.head):
        return surface_subjects(head.head, depth + 1)
    if verb.dep == "advcl" and verb.tag == "VB" and head.lemma in ("call", "appeal"):
        return _controller(head, depth)
    if verb.dep in ("advcl", "prep") and is_verb(head):
        sent = head.having("dobj") if verb.tag == "VB" and head.lemma in SENDING else []
        if verb.tag == "VB" and any(t.lemma in _LEAVE for t in head.having("dobj")):
            sent = _given(head)
        return sent or surface_subjects(head, depth + 1)
    if verb.dep == "pcomp" and head.dep in ("prep", "agent"):
        return _of_gerund(head, depth)
    if verb.dep == "acl" and not is_verb(head):
        return _of_noun_clause(verb, head, depth)
    if verb.dep == "relcl":
        return [head] if verb.child("dobj") is not None or is_passive(verb) else []
    return []


def _of_predicate(copula: Token) -> list[Token]:
    """ "supporting X is a priority for Y": Y is who does it."""
    predicate = copula.child("attr", "acomp")
    if predicate is None:
        return []
    for child in predicate.having("prep"):
        if child.lower in ("for", "of"):
            return child.having("pobj")
    return predicate.having("poss")


def _controller(head: Token, depth: int) -> list[Token]:
    objects = [c for c in head.children if c.dep in ("dobj", "dative") and c.pos != "ADP"]
    if objects and head.lemma not in _KEEPING:
        return objects
    preposition = head.child("prep")
    if preposition is not None and head.lemma in ("call", "appeal", "prevail", "count", "rely"):
        target = preposition.child("pobj")
        if target is not None and preposition.lower in ("on", "upon", "to"):
            return [target]
    return surface_subjects(head, depth + 1)


def _of_gerund(preposition: Token, depth: int) -> list[Token]:
    governor = preposition.head
    while governor.pos in ("ADV", "ADP", "ADJ") and governor.head is not governor:
        governor = governor.head
    if is_verb(governor):
        if governor.lemma in OBJECT_OF:
            held = governor.having("dobj", "nsubjpass")
            if held:
                return [_of_relative(token, governor) for token in held]
        return surface_subjects(governor, depth + 1)
    charged = governor.dep in ("dobj", "nsubjpass") and governor.head.lemma in OBJECT_OF
    if charged and preposition.lower in ("of", "for", "from"):
        return [governor]
    return _possessors(governor) or _of_holder(governor, depth)


def _of_noun_clause(verb: Token, noun: Token, depth: int) -> list[Token]:
    if verb.tag != "VB":
        return [noun]
    given = _given(noun.head) if noun.lemma in _LEAVE and noun.dep == "dobj" else []
    if noun.lemma in _LEAVE:
        given += prepositional(noun, "to", "for")
        given = given or [t for t in noun.having("compound") if t.pos == "PROPN"]
    return given or _possessors(noun) or _of_holder(noun, depth)


def _given(verb: Token) -> list[Token]:
    """ "gave Chad leave", "gave leave to Chad"."""
    found = []
    for child in verb.having("dative"):
        found += [child] if child.pos != "ADP" else child.having("pobj")
    return found or prepositional(verb, "to")


def _possessors(noun: Token) -> list[Token]:
    return noun.having("poss")


def _of_holder(noun: Token, depth: int) -> list[Token]:
    """The subject of the verb that a noun is the object of: "the army made an effort to …"."""
    token = noun
    while token.dep in ("pobj", "prep", "conj") and token.head is not token:
        token = token.head
        if is_verb(token):
            return surface_subjects(token, depth + 1)
    if token.dep in ("dobj", "attr", "oprd") and is_verb(token.head):
        return surface_subjects(token.head, depth + 1)
    return []


def agents(verb: Token) -> list[Token]:
    """The "by" phrase of a passive."""
    found = []
    for child in verb.children:
        if child.dep == "agent" or (child.dep == "prep" and child.lower == "by"):
            found.extend(child.having("pobj"))
    return found


def logical_subjects(verb: Token) -> list[Token]:
    """Who does it: the subject of an active verb, the agent of a passive one."""
    return agents(verb) if is_passive(verb) else surface_subjects(verb)


def logical_objects(verb: Token) -> list[Token]:
    """Whom it is done to: the object of an active verb, the subject of a passive one."""
    if is_passive(verb):
        return surface_subjects(verb) + verb.having("dobj")
    own = verb.having("dobj")
    if own:
        return [_of_relative(token, verb) for token in own]
    if verb.dep == "relcl" and verb.child("nsubj") is not None:
        subject = verb.child("nsubj")
        if subject is not None and subject.tag not in _RELATIVE:
            return [verb.head]
    if verb.dep == "conj" and is_verb(verb.head) and not is_passive(verb.head):
        return _shared_object(verb)
    shared = [c for c in verb.children if c.dep == "conj" and is_verb(c) and c.having("dobj")]
    if shared and verb.i < shared[0].i and _is_bare(verb, shared[0]):
        return shared[0].having("dobj")
    return []


def _is_bare(first: Token, second: Token) -> bool:
    """ "attacked and looted the town": nothing but the conjunction stands between the verbs."""
    between = second.i - first.i
    return between == 2 and not first.having("prep", "dobj")


def _shared_object(verb: Token) -> list[Token]:
    if verb.children and any(c.dep in ("prep", "ccomp", "xcomp", "advcl") for c in verb.children):
        return []
    objects = verb.head.having("dobj")
    return [token for token in objects if token.i > verb.i]


def prepositional(token: Token, *words: str) -> list[Token]:
    """Objects of the token's prepositional phrases headed by one of these words."""
    found: list[Token] = []
    for child in token.children:
        if child.dep in ("prep", "agent", "dative") and child.lower in words:
            found.extend(_held_by(child))
            for deeper in child.having("prep", "pcomp"):
                found.extend(deeper.having("pobj"))
        elif child.dep == "prt" and child.lower in words:
            continue
    return found


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it, in text order."""
    found = [token]
    stack = [token]
    while stack:
        for child in stack.pop().children:
            if child.dep == "conj" and child.pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
                found.append(child)
                stack.append(child)
    found.sort(key=lambda t: t.i)
    return found


def is_negated(token: Token) -> bool:
    """Whether the token carries a negation of its own (not, never, no, neither … nor)."""
    for child in token.children:
        if child.dep == "neg" or child.lower in ("never", "neither", "nor"):
            return child.dep != "cc"
        if child.dep == "det" and child.lower == "no":
            return True
        if child.dep in (*_SUBJECTS, "dobj") and any(
            c.dep == "det" and c.lower in ("no", "neither") for c in child.children
        ):
            return True
        if child.dep in _SUBJECTS and child.lower in ("none", "nobody"):
            return True
    return False


def clause(token: Token) -> Token:
    """The verb (or sentence root) of the smallest clause the token stands in, itself included."""
    while not is_verb(token) and token.head is not token:
        token = token.head
    return token


def enclosing_clauses(token: Token) -> Iterator[Token]:
    """The verbs over the token, innermost first, itself included if it is one."""
    if is_verb(token):
        yield token
    for ancestor in token.ancestors():
        if is_verb(ancestor):
            yield ancestor


def particle(verb: Token) -> str | None:
    """The verb's particle in lower case: "carry *out*"."""
    child = verb.child("prt")
    return child.lower if child is not None else None


def modal(verb: Token) -> str | None:
    """The modal or semi-modal auxiliary that governs the verb, in lower case."""
    for child in verb.children:
        if child.dep == "aux" and child.tag == "MD":
            return {"'ll": "will", "’ll": "will", "'d": "would", "’d": "would", "wo": "will",
                    "ca": "can"}.get(child.lower, child.lower)  # fmt: skip
    return None
