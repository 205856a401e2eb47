"""Mends to parses that the small English models get wrong in a regular way in news prose.

Each mend is narrow: it names the pattern of tags it needs, and leaves every other tree alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Token
from dragoman.language.clauses import OBJECT_OF

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_LEMMAS = {
    "hoped": "hope", "hoping": "hope", "bombed": "bomb", "shelled": "shell", "raped": "rape",
    "raping": "rape", "staged": "stage", "staging": "stage",
}  # fmt: skip
"""Word forms that the lemmatizer gets wrong."""
_CALENDAR = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
_LINES = frozenset({"border", "frontier", "boundary"})
_ATTACKING = frozenset({"shelling", "bombing", "shooting"})
_CAPTIVE = frozenset({"hostage", "captive", "prisoner"})
_GERUND_VERBS = frozenset(
    "deny admit avoid stop start keep resume suggest consider recommend oppose risk begin cease "
    "condemn report regret".split()
)
_CHARGING = frozenset({"accuse", "suspect", "convict", "acquit"})
_ORDERING = frozenset(
    "ask beg command compel direct encourage force help implore instruct order persuade press "
    "pressure require tell urge warn".split()
)
_APPEALING = frozenset({"appeal", "call", "plead"})
_SAYING = frozenset(
    "add note stress say warn insist urge call state emphasize emphasise underline highlight claim "
    "argue accuse describe vow pledge cite point express demand reiterate explain conclude "
    "declare promise threaten blame thank praise condemn denounce".split()
)


def repair(tokens: Sequence[Token]) -> None:
    """Mends the trees of these tokens in place."""
    for token in tokens:
        token.lemma = _LEMMAS.get(token.lower, token.lemma)
        if token.tag in _FINITE:
            _second_saying(token)
            _lost_subject(token, tokens)
            _after_parenthesis(token, tokens)
            if token.dep == "amod":
                _headless(token)
        elif token.tag == "VBN" and token.dep == "conj" and token.head.dep == "acomp":
            _second_saying(token)
        elif token.tag == "VBN" and token.dep == "amod":
            _listed_verb(token, tokens)
            _headless(token)
    for token in tokens:
        if token.dep == "appos" and token.pos == "PROPN" and token.head.pos == "PROPN":
            _listed_name(token, tokens)
        elif token.lower == "of":
            _of(token, tokens)
        elif token.lower == "by" and token.dep == "prep":
            _by(token)
        elif token.lower == "with" and token.dep == "prep":
            _line(token, tokens)
    for token in tokens:
        if token.lower in _CAPTIVE and token.dep == "dobj":
            _captive(token)
        if token.lower in _CALENDAR and token.pos == "PROPN":
            _date(token, tokens)
        elif token.lower.endswith("ing") and token.tag == "NN":
            _nominal_gerund(token, tokens)
    for token in tokens:
        if token.tag == "VB" and token.dep == "amod":
            _infinitive(token)
        if token.tag == "VB" and token.dep == "advcl":
            _order(token)
        elif token.tag == "VB" and token.dep == "conj" and token.head.tag != "VB":
            _helped(token, tokens)
        if token.tag != "VBG":
            continue
        if token.dep in ("amod", "compound"):
            _gerund(token, tokens)
        elif token.dep == "xcomp" and token.head.lemma in _GERUND_VERBS:
            _gerund_object(token)
        elif token.dep == "advcl":
            _participle(token, tokens)
            _attack(token, tokens)
        elif token.dep == "conj":
            _coordinated(token)


def _lost_subject(verb: Token, tokens: Sequence[Token]) -> None:
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
        _move(found, verb, "nsubj")


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


def _second_saying(verb: Token) -> None:
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
    if outer is not None and outer.lemma in _SAYING and outer.i < inner.i:
        _move(verb, outer, "conj")


def _after_parenthesis(cue: Token, tokens: Sequence[Token]) -> None:
    """ "It will leave, she said, and may return": what follows goes on with what came before."""
    at = cue.i - tokens[0].i
    before = next((c for c in cue.having("ccomp") if c.i < cue.i), None)
    if before is None or at + 1 >= len(tokens) or tokens[at + 1].text != ",":
        return
    for child in cue.having("conj"):
        if child.i > cue.i and not any(c.dep.startswith("nsubj") for c in child.children):
            _move(child, before, "conj")


def _headless(token: Token) -> None:
    """ "Chad massed troops …" taken for a noun phrase: the participle is its verb."""
    noun = token.head
    name = next((c for c in token.children if c.i == token.i - 1 and c.pos == "PROPN"), None)
    if noun.dep != "ROOT" or noun.head is not noun or name is None:
        return
    noun.children.remove(token)
    token.head, token.dep, token.tag, token.pos = token, "ROOT", "VBD", "VERB"
    name.dep = "nsubj"
    _move(noun, token, "dobj")
    for child in [c for c in noun.children if c.dep == "punct"]:
        _move(child, token, "punct")


def _captive(token: Token) -> None:
    """ "took two nurses hostage" taken for a kind of hostage: the nurses are what was taken."""
    people = next((c for c in token.children if c.i == token.i - 1 and c.tag == "NNS"), None)
    if people is None:
        return
    verb = token.head
    for child in [c for c in token.children if c is not people and c.i < people.i]:
        _move(child, people, child.dep)
    _move(people, verb, "dobj")
    token.dep = "oprd"


def _listed_verb(token: Token, tokens: Sequence[Token]) -> None:
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
    _move(token, verb, "conj")
    token.tag, token.pos = "VBD", "VERB"
    _move(noun, token, "dobj")
    for child in later:
        _move(child, token, "conj")


def _move(token: Token, head: Token, dep: str) -> None:
    if token.head is not token:
        token.head.children.remove(token)
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda child: child.i)


def _of(token: Token, tokens: Sequence[Token]) -> None:
    """ "accused by X on Sunday of training …": the charge hangs on the verb, not on the day."""
    at = token.i - tokens[0].i
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    day = token.head
    if after is None or not after.lower.endswith("ing") or day.dep != "pobj":
        return
    verb = day.head.head
    if day.head.dep in ("prep", "agent") and verb.pos == "VERB" and verb.lemma in OBJECT_OF:
        _move(token, verb, "prep")


def _by(token: Token) -> None:
    """ "protested over the detention of X by Y": who did it goes with the noun before."""
    verb = token.head
    held = token.child("pobj")
    if verb.pos == "NOUN":
        _agent(token)
        return
    if verb.pos != "VERB" or held is None or held.pos not in ("NOUN", "PROPN") or verb.tag == "VBN":
        return
    for child in verb.children:
        noun = child.child("pobj") if child.dep == "prep" else child
        if noun is None or noun.i > token.i or noun.dep not in ("pobj", "dobj"):
            continue
        of = next((c for c in noun.having("prep") if c.lower == "of"), None)
        if of is not None and of.subtree()[-1].i == token.i - 1:
            _move(token, noun, "prep")
            return


def _line(token: Token, tokens: Sequence[Token]) -> None:
    """ "were deployed along the border with X": whose border it is, not with whom they went."""
    at = token.i - tokens[0].i
    before = tokens[at - 1] if at else token
    if before.lemma in _LINES and token.head is not before and token.head in before.ancestors():
        _move(token, before, "prep")


def _agent(by: Token) -> None:
    """ "was offered money by X", "was barred from talks by X": who did it goes with the verb."""
    noun = by.head
    verb = noun.head.head if noun.dep == "pobj" and noun.head.lower == "from" else noun.head
    passive = verb.tag == "VBN" and verb.child("auxpass") is not None
    held = by.child("pobj")
    if passive and held is not None and held.pos == "PROPN" and verb.child("agent") is None:
        _move(by, verb, "agent")


def _infinitive(token: Token) -> None:
    """ "urged X to spare villagers" with "spare" taken for what the villagers are like."""
    noun = token.head
    verb = noun.head
    led = any(c.lower == "to" and c.dep == "aux" for c in token.children)
    if led and noun.dep == "dobj" and verb.lemma in _ORDERING and token.i < noun.i:
        _move(token, verb, "xcomp")
        _move(noun, token, "dobj")


def _listed_name(token: Token, tokens: Sequence[Token]) -> None:
    """ "Peru, Chile, and Bolivia met": a name in a list is no apposition. One that is closed by a
    comma is: "Peru, Lima and its suburbs, …".
    """
    if token.having("det", "poss", "compound", "prep"):
        return
    # The last name hangs on this one, or on the first with this one between.
    owner = token if token.having("cc") else token.head
    last = owner.child("conj")
    if last is None or last.pos != "PROPN" or last.i < token.i or not owner.having("cc"):
        return
    if owner is not token:
        token.dep = "conj"
        return
    after = max(t.i for t in (last, *last.children)) + 1 - tokens[0].i
    if after >= len(tokens) or tokens[after].lower not in (",", "-", "–"):
        token.dep = "conj"


def _order(token: Token) -> None:
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


def _as_verb(token: Token) -> None:
    token.pos, token.tag = "VERB", "VBG"
    if token.lemma == token.lower:
        token.lemma = _stem(token.lower)


def _stem(word: str) -> str:
    """The verb of an -ing noun, near enough for a lexicon: bombing, training, shelling, seizing."""
    base = word[:-3]
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "ls":
        return base[:-1]
    if base.endswith(("at", "ut", "iz", "is", "ag", "in", "rg", "dg")) and base[-1] in "tzsgc":
        return base + "e"
    return base


def _nominal_gerund(token: Token, tokens: Sequence[Token]) -> None:
    """ "denied bombing villages", "accused of training rebels" with the gerund taken for a noun."""
    at = token.i - tokens[0].i
    before = tokens[at - 1] if at else None
    if before is None:
        return
    if token.dep == "xcomp" and before is token.head and before.lemma in _GERUND_VERBS:
        noun = next((c for c in before.having("dobj") if c.i > token.i), None)
        if noun is not None:
            _as_verb(token)
            _move(noun, token, "dobj")
    elif token.dep == "pobj" and before.lower == "of" and token.having("dobj"):
        if before.head.lemma in OBJECT_OF:
            _as_verb(token)
            token.dep = "pcomp"
    elif token.dep == "compound" and before.lower in ("of", "for") and token.head.tag == "NNS":
        noun = token.head
        if noun.head is before and before.head.lemma in OBJECT_OF:
            _as_verb(token)
            _move(token, before, "pcomp")
            _move(noun, token, "dobj")


def _date(month: Token, tokens: Sequence[Token]) -> None:
    """ "On 25 April 1974 Portuguese officers …": the date is no part of the subject."""
    at = month.i - tokens[0].i
    low = at - 1 if at and tokens[at - 1].tag == "CD" else at
    preposition = tokens[low - 1] if low else None
    if preposition is None or preposition.lower not in ("on", "in", "since", "by", "until"):
        return
    if month.head.i <= month.i or month.dep == "pobj" or preposition.having("pobj"):
        return
    _move(month, preposition, "pobj")
    for number in tokens[low : at + 2]:
        if number.tag == "CD" and number.head is not month:
            _move(number, month, "nummod")


def _gerund(token: Token, tokens: Sequence[Token]) -> None:
    """ "denied bombing villages", "accused X of shelling villages": the participle is what was
    done, not what villages are like.
    """
    noun = token.head
    verb = noun.head
    at = token.i - tokens[0].i
    before = tokens[at - 1] if at else None
    if before is not verb:
        return
    charged = verb.lower == "of" and verb.head.lemma in _CHARGING and noun.dep == "pobj"
    if not charged and (noun.dep != "dobj" or verb.lemma not in _GERUND_VERBS):
        return
    token.pos = "VERB"
    _move(token, verb, "pcomp" if charged else "xcomp")
    _move(noun, token, "dobj")


def _gerund_object(token: Token) -> None:
    """ "denied bombing villages" with the villages taken for what was denied."""
    verb = token.head
    noun = next((c for c in verb.having("dobj") if c.i > token.i), None)
    if noun is not None and not token.having("dobj"):
        _move(noun, token, "dobj")


def _participle(token: Token, tokens: Sequence[Token]) -> None:
    """ "said that troops had crossed, adding that …": who adds is who said."""
    inner = token.head
    at = token.i - tokens[0].i
    if token.lemma not in _SAYING or at == 0 or tokens[at - 1].text != ",":
        return
    if inner.dep == "ccomp" and inner.head.i < inner.i < token.i and inner.head.pos == "VERB":
        _move(token, inner.head, "advcl")


def _helped(token: Token, tokens: Sequence[Token]) -> None:
    """ "jailed him for helping rebels join …": a bare infinitive taken for a second finite verb."""
    at = token.i - tokens[0].i
    noun = tokens[at - 1] if at else None
    if noun is None or noun.dep != "dobj" or noun.head.lemma not in ("help", "let", "make"):
        return
    if not token.having("aux", "nsubj") and noun.head is not token.head:
        _move(token, noun.head, "ccomp")


def _attack(token: Token, tokens: Sequence[Token]) -> None:
    """ "killed in Chadian tank shelling" with what the tanks did taken for a clause: a noun."""
    at = token.i - tokens[0].i
    before = tokens[at - 1] if at else None
    if token.lower not in _ATTACKING or before is None or before.tag != "NN":
        return
    preposition = before.head
    within = before.dep == "pobj" and preposition.lower in ("in", "by", "during")
    if not within or token.having("dobj", "nsubj", "aux") or preposition.head is not token.head:
        return
    token.tag, token.pos, token.lemma = "NN", "NOUN", token.lower
    _move(token, preposition, "pobj")
    for child in [c for c in before.children if c.i < before.i]:
        _move(child, token, child.dep)
    _move(before, token, "compound")


def _coordinated(token: Token) -> None:
    """ "accused of training rebels and attacking posts": the second gerund goes with the first."""
    verb = token.head
    if verb.tag == "VBG" or any(c.dep in ("aux", "nsubj") for c in token.children):
        return
    for preposition in verb.having("prep"):
        gerund = preposition.child("pcomp")
        if gerund is not None and gerund.tag == "VBG" and gerund.i < token.i:
            _move(token, gerund, "conj")
            return
