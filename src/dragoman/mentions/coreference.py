"""Reference within a report: pronouns, surnames, roles and generic nouns to what came before.

A small salience ranking after Lappin & Leass (1994): nearness in sentences, then grammatical role;
agreement in gender, number and kind excludes. What no rule settles stays unresolved and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.language.analysis import Token
from dragoman.language.clauses import OBJECT_OF, is_verb
from dragoman.language.lexicon import load_yaml
from dragoman.mentions.drafts import ActorTable, Draft
from dragoman.register import Register

_WINDOW = 5
"""Sentences to look back for a pronoun or role; a surname is looked for in the whole report."""
_REACH = 400
"""Mentions to look back for whoever holds a role."""
_GROUPS = frozenset(
    {"state", "territory", "armed group", "IGO", "NGO", "party", "people", "religion", "company",
     "media", "institution", "group"}
)  # fmt: skip
_FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our"})
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_ARGUMENTS = frozenset("nsubj nsubjpass dobj pobj poss conj dative agent".split())
_PLURAL = frozenset({"they", "them", "their", "themselves"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})


@dataclass(frozen=True, eq=False, slots=True)
class _Words:
    generic: dict[str, list[str]]
    officials: frozenset[str]
    expletive: frozenset[str]
    date: dt.date | None


def resolve_references(drafts: list[Draft], register: Register, table: ActorTable) -> list[Draft]:
    """The drafts with their references settled in place, text order kept; pronouns that refer to
    nobody ("it rained") are left out.
    """
    data = load_yaml("dragoman.mentions", "reference.yaml")
    words = _Words(
        data["generic"], frozenset(data["officials"]), frozenset(data["expletive"]), table.date
    )
    history: list[Draft] = []
    names: dict[str, Draft] = {}
    kept: list[Draft] = []
    by_head = {draft.head.i: draft for draft in drafts}
    for draft in drafts:
        if draft.form == "pronoun":
            if not _resolve_pronoun(draft, history, words):
                continue
        elif draft.form == "role":
            named = _named_after(draft, by_head)
            if named is not None:
                _point(draft, named, "apposition")
            else:
                _resolve_role(draft, history, register, words, table)
        elif draft.actor is None and draft.form in ("local", "title"):
            _resolve_name(draft, names, table)
        kept.append(draft)
        if draft.form == "pronoun" and draft.head.lower == "who":
            continue
        if draft.form == "modifier" and draft.head.dep == "amod":
            continue
        if draft.actor is not None or draft.form in ("role", "label"):
            history.append(draft)
        if draft.actor is not None:
            _remember(draft, names)
    _join_surnames(kept, table)
    return kept


def _join_surnames(drafts: Sequence[Draft], table: ActorTable) -> None:
    """A lone name that stands before its full form ("Trump" in a headline) is that person too."""
    full: dict[str, set[str]] = {}
    by_actor: dict[str, Draft] = {}
    for draft in drafts:
        if draft.kind == "person" and draft.actor and draft.form != "pronoun" and " " in draft.name:
            full.setdefault(draft.name.lower().split()[-1], set()).add(draft.actor)
            by_actor.setdefault(draft.actor, draft)
    lost: set[str] = set()
    for draft in drafts:
        persons = full.get(draft.name.lower(), set())
        if draft.rule == "name-not-in-register" and len(persons) == 1:
            lost.add(draft.actor or "")
            _point(draft, by_actor[next(iter(persons))], "surname-before-full-name")
    for draft in drafts:
        if draft.actor in lost and draft.antecedent is not None:
            _point(draft, draft.antecedent, draft.rule)
    for actor in lost:
        table.records.pop(actor, None)


# ---------------------------------------------------------------- pronouns


def _resolve_pronoun(draft: Draft, history: Sequence[Draft], words: _Words) -> bool:
    lower = draft.head.lower
    if lower in _FIRST_PERSON:
        draft.unresolved = "first person outside a quote"
        return True
    if lower == "who":
        return _resolve_relative(draft, history)
    if lower in ("it", "itself") and _is_empty(draft.head, words):
        return False
    antecedent = _best(draft, history)
    if antecedent is not None and antecedent.actor is None:
        draft.antecedent, draft.name = antecedent, antecedent.name
        draft.rule = "pronoun:salience"
        draft.unresolved = "it refers to words that are themselves unresolved"
        return True
    if antecedent is None:
        draft.unresolved = "no earlier name agrees with it"
        return lower not in ("it", "its", "itself")
    _point(draft, antecedent, "pronoun:salience")
    return True


def _resolve_relative(draft: Draft, history: Sequence[Draft]) -> bool:
    """ "X, who said …": the relative pronoun is the head of its clause."""
    clause = draft.head.head
    while clause.dep in ("conj", "ccomp", "xcomp", "aux") and clause.head is not clause:
        clause = clause.head
    if clause.dep != "relcl":
        return False
    for candidate in reversed(history[-12:]):
        if candidate.head is clause.head:
            _point(draft, candidate, "relative-pronoun")
            return True
    return False


def _is_empty(token: Token, words: _Words) -> bool:
    if token.dep == "expl":
        return True
    verb = token.head
    if token.dep not in _SUBJECTS or not is_verb(verb):
        return False
    clausal = any(c.dep in ("ccomp", "xcomp", "csubj", "acomp", "advcl") for c in verb.children)
    return (verb.lemma == "be" and clausal) or verb.lemma in words.expletive


def _best(draft: Draft, history: Sequence[Draft]) -> Draft | None:
    best: tuple[float, Draft] | None = None
    beside = {c.actor for c in history[-6:] if _same_clause(draft, c)}
    for candidate in reversed(history):
        distance = draft.head.sentence.index - candidate.head.sentence.index
        if distance > _WINDOW:
            break
        if distance < 0 or not _agrees(draft, candidate) or candidate.actor in beside:
            continue
        score = _salience(draft, candidate, distance)
        if best is None or score > best[0]:
            best = (score, candidate)
    return best[1] if best is not None else None


def _salience(draft: Draft, candidate: Draft, distance: int) -> float:
    score = -2.0 * distance
    if draft.head.lower in _PLURAL:
        score += 1.6 if candidate.plural else -1.2
    head = candidate.head
    if head.dep in _SUBJECTS:
        score += 3.0
        if head.head.dep == "ROOT":
            score += 1.5
    elif head.dep == "dobj":
        score += 1.0
    elif head.dep == "poss" or candidate.locative:
        score -= 1.0
    if distance == 0:
        score -= 0.02 * (draft.head.i - head.i)
        if draft.kind != "person" and head.dep not in _SUBJECTS:
            score += 0.8
        if _governs(candidate, draft):
            score += 1.0
        elif _commands(candidate, draft):
            score += 1.7
        if _held_object(draft, candidate):
            score += 4.0
    elif draft.head.dep in _SUBJECTS and head.dep in _SUBJECTS:
        score += 0.5
    return score


def _held_object(draft: Draft, candidate: Draft) -> bool:
    """ "thanking X for his stance": the object of such verbs owns what it is thanked for."""
    if draft.head.lower not in _POSSESSIVE or candidate.head.dep != "dobj":
        return False
    verb = candidate.head.head
    return verb.lemma in OBJECT_OF and any(a is verb for a in draft.head.ancestors())


def _governs(candidate: Draft, draft: Draft) -> bool:
    """Whether the pronoun stands in a relative clause on the candidate."""
    return any(ancestor is candidate.head for ancestor in draft.head.ancestors())


def _commands(candidate: Draft, draft: Draft) -> bool:
    """Whether the candidate is the subject of a verb over the pronoun."""
    if candidate.head.dep not in _SUBJECTS:
        return False
    if draft.head.lower in _PLURAL and not candidate.plural:
        return False
    return any(ancestor is candidate.head.head for ancestor in draft.head.ancestors())


def _agrees(draft: Draft, candidate: Draft) -> bool:
    lower = draft.head.lower
    if lower in _PLURAL:
        return candidate.plural or candidate.kind in _GROUPS
    if draft.gender is None:
        return candidate.kind in _GROUPS and not candidate.plural
    if candidate.kind not in ("person", "unknown"):
        return False
    if candidate.plural or (candidate.form == "local" and candidate.kind == "unknown"):
        return False
    return candidate.gender in (None, draft.gender)


def _same_clause(draft: Draft, candidate: Draft) -> bool:
    """A plain pronoun and its antecedent are not arguments of one verb ("Smith saw him")."""
    if draft.head.lower in _POSSESSIVE or draft.head.lower.endswith("self"):
        return False
    if draft.head.lower == "her" and draft.head.dep == "poss":
        return False
    verb, other = _verb_over(draft.head), _verb_over(candidate.head)
    return verb is other or (candidate.head.dep in _SUBJECTS and other in _lending_subject(verb))


def _lending_subject(verb: Token) -> Iterator[Token]:
    """Verbs whose subject an infinitive has too: "X refused to meet him"."""
    while verb.dep == "xcomp" and is_verb(verb.head) and not verb.head.having("dobj"):
        verb = verb.head
        yield verb


def _verb_over(token: Token) -> Token:
    for ancestor in token.ancestors():
        if is_verb(ancestor):
            return ancestor
    return token


# ---------------------------------------------------------------- roles and generic nouns


def _of_holder(
    draft: Draft, holder: Token, history: Sequence[Draft], register: Register, table: ActorTable
) -> None:
    """ "its spokeswoman": a part of whatever the possessive refers to."""
    owner = next((d for d in reversed(history[-12:]) if d.head is holder), None)
    entry = register.entry((owner.actor or "").split("/")[0]) if owner is not None else None
    if entry is None or draft.role is None:
        return
    if entry.kind == "person" and not draft.role.person and entry.country:
        entry = register.entry(f"state:{entry.country}") or entry
    draft.actor = table.part(entry, draft.role, f"{draft.role.text} of {entry.name}")
    draft.country, draft.antecedent, draft.rule = entry.country, owner, "role-of-possessive"
    draft.unresolved = None


def _resolve_role(
    draft: Draft,
    history: Sequence[Draft],
    register: Register,
    words: _Words,
    table: ActorTable,
) -> None:
    holder = draft.head.child("poss")
    if holder is not None and holder.pos == "PRON":
        _of_holder(draft, holder, history, register, table)
        return
    named = _in_apposition(draft, history)
    if named is not None:
        _point(draft, named, "apposition")
        return
    if not draft.definite:
        return
    if draft.kind == "person" and draft.rule != "office-at-date":
        antecedent = _person_in_role(draft, history, register, words)
        if antecedent is not None:
            rule = "demonym-role" if draft.country else "role-noun"
            _point(draft, antecedent, rule)
        return
    if draft.actor is None:
        antecedent = _same_role(draft, history) or resolve_generic(draft.head, history)
        if antecedent is not None and antecedent.actor is not None:
            _point(draft, antecedent, "role-noun")


def _named_after(draft: Draft, by_head: Mapping[int, Draft]) -> Draft | None:
    """ "a judge from Lagos, X": the person the role belongs to is named behind a comma. The parser
    also hangs the name on the last noun of the role's phrase.
    """
    if draft.plural or draft.head.tag == "NNS":
        return None
    hosts = [draft.head]
    for child in draft.head.having("prep"):
        hosts += child.having("pobj")
    for host in hosts:
        over = by_head.get(host.i)
        if host is not draft.head and over is not None and over.kind == "person":
            continue
        for child in host.having("appos"):
            named = by_head.get(child.i)
            if named is not None and named.kind == "person" and _behind_comma(named, draft):
                return named
    return None


def _behind_comma(named: Draft, draft: Draft) -> bool:
    known = named.actor is not None and named.form in ("name", "title", "local")
    before = [t for t in draft.head.sentence.tokens if t.i == named.tokens[0].i - 1]
    return known and any(t.text == "," or t is draft.head for t in before)


def _in_apposition(draft: Draft, history: Sequence[Draft]) -> Draft | None:
    """ "X, head of the Y": the office is X's."""
    if draft.head.dep != "appos":
        return None
    return next((d for d in reversed(history[-8:]) if d.head is draft.head.head
                 and d.kind == "person"), None)  # fmt: skip


def _person_in_role(
    draft: Draft, history: Sequence[Draft], register: Register, words: _Words
) -> Draft | None:
    best: tuple[float, Draft] | None = None
    for candidate in reversed(history[-_REACH:]):
        distance = draft.head.sentence.index - candidate.head.sentence.index
        if candidate.kind != "person" or candidate.form == "pronoun" or candidate.actor is None:
            continue
        if draft.country and candidate.country and draft.country != candidate.country:
            continue
        if draft.gender and candidate.gender and draft.gender != candidate.gender:
            continue
        fit = _role_fit(draft, candidate, register, words)
        if fit == 0 or (distance > _WINDOW and fit < 2):
            continue
        score = fit - 0.5 * min(distance, 8) + (0.5 if candidate.head.dep in _SUBJECTS else 0.0)
        if best is None or score > best[0]:
            best = (score, candidate)
    return best[1] if best is not None else None


def _role_fit(draft: Draft, candidate: Draft, register: Register, words: _Words) -> float:
    """3 the same role or office, 1 a general word for office, 0 no reason to think so."""
    role = draft.role
    if role is None:
        return 0
    if candidate.role is not None and (
        candidate.role.text == role.text or (role.office and candidate.role.office == role.office)
    ):
        return 3
    entry = register.entry(candidate.actor or "")
    office = register.at(entry, words.date) if entry is not None else None
    if role.office and office is not None and office.office == role.office:
        return 2.5
    if draft.head.lemma in words.officials and (candidate.role or entry or draft.country):
        return 1.5 if draft.country and candidate.country == draft.country else 1
    if candidate.role is not None and candidate.role.text.endswith(draft.head.lemma):
        return 2
    return 0


def _same_role(draft: Draft, history: Sequence[Draft]) -> Draft | None:
    for candidate in reversed(history):
        if draft.head.sentence.index - candidate.head.sentence.index > _WINDOW * 2:
            return None
        if candidate.form != "role" or candidate.role is None or draft.role is None:
            continue
        if candidate.role.text == draft.role.text and candidate.plural == draft.plural:
            return candidate
    return None


def resolve_generic(head: Token, history: Sequence[Draft]) -> Draft | None:
    """The group, country or body that a definite generic noun ("the movement") refers back to."""
    kinds = load_yaml("dragoman.mentions", "reference.yaml")["generic"].get(head.lemma)
    if kinds is None:
        return None
    best: tuple[float, Draft] | None = None
    for candidate in reversed(history):
        distance = head.sentence.index - candidate.head.sentence.index
        if distance > 3:
            break
        if candidate.head.i >= head.i or candidate.kind not in kinds or candidate.locative:
            continue
        if (head.tag == "NNS") != candidate.plural:
            continue
        if candidate.actor and "/" in candidate.actor:
            continue
        score = -1.0 * distance + (1.5 if candidate.head.dep in _SUBJECTS else 0.0)
        if best is None or score > best[0]:
            best = (score, candidate)
    return best[1] if best is not None else None


# ---------------------------------------------------------------- names


def _remember(draft: Draft, names: dict[str, Draft]) -> None:
    """Makes a full name known by each of its words and by its initials."""
    if draft.form == "pronoun" or draft.kind not in ("person", "unknown", "institution"):
        return
    parts = draft.name.lower().replace("-", " ").split()
    for key in (*parts, draft.name.lower(), "".join(p[0] for p in parts).upper()):
        names[key] = draft


def _resolve_name(draft: Draft, names: dict[str, Draft], table: ActorTable) -> None:
    """A surname or short form to the full name before it, else a new actor of the report."""
    wanted = draft.name.lower()
    full = names.get(wanted)
    if full is not None:
        last = full.name.lower().replace("-", " ").split()[-1]
        _point(draft, full, "surname" if wanted == last else "short-name")
    elif draft.name.isupper() and len(draft.name) > 1 and draft.name in names:
        _point(draft, names[draft.name], "acronym")
    elif draft.head.dep in _ARGUMENTS:
        draft.actor = table.local(
            draft.name, draft.kind, country=draft.country, sector=draft.sector
        )
        draft.rule = "name-not-in-register"
    else:
        draft.unresolved = "a name that no register knows"


def _point(draft: Draft, antecedent: Draft, rule: str) -> None:
    draft.antecedent = antecedent
    draft.actor = antecedent.actor
    draft.name = antecedent.name
    draft.country = antecedent.country
    draft.sector = antecedent.sector
    draft.gender = draft.gender or antecedent.gender
    draft.kind = antecedent.kind
    draft.rule = rule
    draft.unresolved = None
