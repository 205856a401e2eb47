"""Roles and generic nouns to whom they refer back: "the senator", "her campaign", "the group"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.language.analysis import Token
from dragoman.language.phrases import is_definite
from dragoman.mentions import people_nouns
from dragoman.mentions.drafts import STATE_KINDS, Draft, point
from dragoman.mentions.history import History
from dragoman.mentions.pronouns import SUBJECTS
from dragoman.mentions.together import share_two
from dragoman.register import Entry

_WINDOW = 5
"""Sentences to look back for whom a general word for office means."""
_REACH = 40
"""Sentences to look back for whoever holds a role, or bears the noun in its name."""
_GENERIC = 3
"""Sentences to look back for a group by its kind alone."""
_OFFICIAL = frozenset({"GOV", "MIL", "COP", "SPY"})
_BARE = frozenset({"entire", "whole", "same", "new", "own"})
"""Adjectives that do not tell one body from another."""
_OF_STATES = frozenset({"army", "police", "navy", "guard", "government"})
"""What of a state's the plain noun means, also beside a rebel army of that name."""
_BODIES = frozenset({"institution", "IGO", "NGO", "company", "media"})
_FORMER = frozenset({"former", "ex", "ousted", "deposed", "exiled"})
_NO_NAME = frozenset({"pronoun", "role", "label"})


def resolve_role(draft: Draft, history: History, by_head: Mapping[int, Draft]) -> None:
    """Settles a role noun in place, where the words before it do."""
    named = _named_after(draft, by_head)
    if named is not None:
        point(draft, named, "apposition")
        return
    holder = draft.head.child("poss")
    if holder is not None and holder.pos == "PRON":
        _of_holder(draft, history.at(holder), history)
        return
    named = _in_apposition(draft, history)
    if named is not None:
        point(draft, named, "apposition")
        return
    if draft.actor is None and _of_person(draft, history):
        return
    if draft.actor is None and _is_several(draft, history):
        if not share_two(draft, history) and draft.head.lemma in history.words.sides:
            draft.unresolved = "two parties together, not one actor"
        return
    if draft.definite:
        _resolve_definite(draft, history)
    _is_pair(draft, history)


def _resolve_definite(draft: Draft, history: History) -> None:
    if draft.kind == "person":
        if draft.rule == "office-at-date":
            return
        draft.gender = draft.gender or history.words.sexed.get(draft.head.lemma)
        person = _person_in_role(draft, history)
        if person is not None:
            point(draft, person, "demonym-role" if draft.country else "role-noun")
        elif draft.actor is None and (found := people_nouns.by_part(draft, history)) is not None:
            point(draft, found, "people-noun")
        return
    if draft.actor is not None:
        return
    named, same = _by_name(draft, history), _same_role(draft, history)
    if named is not None and (same is None or named.head.i > same.head.i or same.actor is None):
        point(draft, named, "noun-of-name")
        return
    found = same
    if same is None and not _otherwise_used(draft, history):
        found = resolve_generic(draft.head, history)
        if found is None:
            found = people_nouns.of_group(draft, history) or people_nouns.by_part(draft, history)
    if found is not None:
        point(draft, found, "role-noun")


def _is_pair(draft: Draft, history: History) -> None:
    """ "the pair", "the two men": the only two named before, where no phrase means them."""
    counted = draft.head.lemma in ("pair", "duo") or _is_several(draft, history)
    if counted and draft.actor is None and draft.antecedent is None and draft.definite:
        share_two(draft, history)


def _is_several(draft: Draft, history: History) -> bool:
    """ "both sides", "the two countries"."""
    lemma = draft.head.lemma
    several = lemma in history.words.sides or lemma in ("man", "woman", "person", "people")
    if not draft.plural or not several:
        return False
    return any(token.lower in history.words.both for token in draft.tokens)


# ---------------------------------------------------------------- whose the role is


def _of_person(draft: Draft, history: History) -> bool:
    """ "Clinton's campaign", "Clinton aides": a part of the person named before the noun."""
    for child in draft.head.having("poss", "compound", "nmod"):
        owner = history.bearer(child) if child.pos == "PROPN" else None
        if owner is not None:
            _of_holder(draft, owner, history)
            return draft.actor is not None
    return False


def _of_holder(draft: Draft, owner: Draft | None, history: History) -> None:
    """ "its spokeswoman": a part of whatever the possessive refers to."""
    if owner is None or owner.actor is None or draft.role is None:
        return
    party = _own_party(draft, owner, history)
    if party is not None:
        draft.actor, draft.name, draft.kind = history.table.known(party), party.name, party.kind
        draft.antecedent, draft.rule, draft.unresolved = owner, "party-of-possessive", None
        return
    base, _, part = owner.actor.partition("/")
    entry = history.register.entry(base) or _as_entry(owner)
    if part and entry.kind not in (*STATE_KINDS, "institution", "IGO"):
        # "their lawyers" after "her relatives": not hers.
        return
    official = draft.role.sector in _OFFICIAL and not draft.role.person
    if entry.kind == "person" and official and entry.country:
        entry = history.register.entry(f"state:{entry.country}") or entry
    draft.actor = history.table.part(entry, draft.role, f"{draft.role.text} of {entry.name}")
    draft.country, draft.antecedent, draft.rule = entry.country, owner, "role-of-possessive"
    draft.unresolved = None


def _own_party(draft: Draft, owner: Draft, history: History) -> Entry | None:
    """ "her party": the one that the report or the register says she has a post in."""
    record = history.table.records.get(owner.actor or "")
    if draft.head.lemma != "party" or record is None or record.organisation is None:
        return None
    entry = history.register.entry(record.organisation)
    return entry if entry is not None and entry.kind == "party" else None


def _as_entry(owner: Draft) -> Entry:
    """Somebody whom only the report knows, as the owner of a part."""
    return Entry(
        id=(owner.actor or "").split("/")[0], name=owner.name, kind=owner.kind,
        country=owner.country, sector=owner.sector,
    )  # fmt: skip


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


def _in_apposition(draft: Draft, history: History) -> Draft | None:
    """ "X, head of the Y": the office is X's."""
    if draft.head.dep != "appos":
        return None
    named = history.at(draft.head.head, reach=8)
    return named if named is not None and named.kind == "person" else None


# ---------------------------------------------------------------- persons


def resolve_adherent(draft: Draft, history: History) -> bool:
    """ "the Republican": the person last named with a word of that party; False where the name is
    not such a word.
    """
    known = history.words.adherents.get(draft.name.lower())
    if known is None or draft.head.tag == "NNPS" or not is_definite(draft.head):
        return False
    draft.kind, draft.form = "person", "role"
    draft.unresolved = "nobody named before it is said to be of that party"
    best: tuple[float, Draft] | None = None
    for candidate, distance in history.back(draft.head, _REACH):
        if candidate.kind != "person" or candidate.actor is None or candidate.plural:
            continue
        if history.titles[candidate.actor].isdisjoint(known):
            continue
        score = _prominence(candidate, distance)
        if best is None or score > best[0]:
            best = (score, candidate)
    if best is not None:
        point(draft, best[1], "adherent")
    return True


def _prominence(candidate: Draft, distance: int) -> float:
    return -0.5 * min(distance, 8) + (0.5 if candidate.head.dep in SUBJECTS else 0.0)


def _person_in_role(draft: Draft, history: History) -> Draft | None:
    best: tuple[float, Draft] | None = None
    for candidate, distance in history.back(draft.head, _REACH):
        if candidate.kind != "person" or candidate.form == "pronoun" or candidate.plural:
            continue
        if draft.country and candidate.country and draft.country != candidate.country:
            continue
        if draft.gender and candidate.gender and draft.gender != candidate.gender:
            continue
        fit = _role_fit(draft, candidate, history) if _same_party(draft, candidate, history) else 0
        if fit == 0 or (distance > _WINDOW and fit < 2):
            continue
        score = fit + _prominence(candidate, distance)
        if best is None or score > best[0]:
            best = (score, candidate)
    return best[1] if best is not None else None


def _same_party(draft: Draft, candidate: Draft, history: History) -> bool:
    """ "the Republican nominee" is nobody who is called a Democrat in the report."""
    wanted = _parties({token.lower for token in draft.tokens}, history)
    if not wanted:
        return True
    words = {token.lower for token in candidate.tokens}
    own = _parties(words | history.titles.get(candidate.actor or "", set()), history)
    return not own or bool(wanted & own)


def _parties(words: set[str], history: History) -> set[str]:
    known = history.words.adherents.items()
    return {word for _, forms in known for word in forms if not words.isdisjoint(forms)}


def _role_fit(draft: Draft, candidate: Draft, history: History) -> float:
    """3 the same role or office, 1 a general word for office, 0 no reason to think so."""
    role = draft.role
    if role is None:
        return 0
    if candidate.actor is None:
        same = candidate.form == "role" and candidate.head.lemma == draft.head.lemma
        return 2.2 if same and _modified_alike(draft, candidate) else 0
    part = "/" in candidate.actor
    for other in (candidate.role, *history.roles.get(candidate.actor, ())):
        if other is not None and (
            other.text == role.text or (role.office and other.office == role.office)
        ):
            return 1.5 if part and candidate.form == "role" else 3
    entry = history.register.entry(candidate.actor)
    office = history.register.at(entry, history.date) if entry is not None else None
    if role.office and office is not None and office.office == role.office:
        return 2.5
    if candidate.role is not None and candidate.role.text.endswith(draft.head.lemma):
        return 2
    if entry is not None and _once(draft, entry, history):
        return 2.5
    return 0 if part else _official_fit(draft, candidate, entry, history)


def _once(draft: Draft, entry: Entry, history: History) -> bool:
    """ "the former president": whether somebody held the office once."""
    if draft.role is None or history.date is None or draft.tokens[0].lower not in _FORMER:
        return False
    plain = history.register.role(draft.role.text.removeprefix(f"{draft.tokens[0].lower} "))
    office = plain.office if plain is not None else draft.role.office
    return any(office and o.office == office and o.ends <= history.date for o in entry.offices)


def _official_fit(draft: Draft, candidate: Draft, entry: Entry | None, history: History) -> float:
    lemma = draft.head.lemma
    if lemma not in history.words.officials:
        return 0
    if lemma in history.words.sexed:
        return 1 if candidate.gender == draft.gender and candidate.form != "role" else 0
    if not (candidate.role or entry or draft.country):
        return 0
    return 1.5 if draft.country and candidate.country == draft.country else 1


# ---------------------------------------------------------------- groups


def _modifiers(draft: Draft) -> set[str]:
    held = draft.head.having("amod", "compound", "nummod", "nmod")
    return {token.lower for token in held} - _BARE


def _modified_alike(draft: Draft, candidate: Draft) -> bool:
    """Whether each adjective of the later phrase stands in the earlier one."""
    return _modifiers(draft) <= {token.lower for token in candidate.tokens}


def _same_role(draft: Draft, history: History) -> Draft | None:
    """The last phrase with the same noun, also one that is itself unresolved."""
    if draft.role is None:
        return None
    for candidate, _ in history.back(draft.head, _REACH // 3):
        if candidate.form != "role" or candidate.role is None:
            continue
        same = candidate.role.text == draft.role.text and candidate.plural == draft.plural
        if same and candidate.head.lower == draft.head.lower and _modified_alike(draft, candidate):
            return candidate
    return None


def _otherwise_used(draft: Draft, history: History) -> bool:
    """Whether the noun stands shortly before with other adjectives, and so for something else."""
    return any(
        candidate.form == "role" and candidate.head.lemma == draft.head.lemma
        for candidate, _ in history.back(draft.head, _WINDOW)
    )


def _by_name(draft: Draft, history: History) -> Draft | None:
    """ "the commission": the body last named with that noun in its name."""
    head = draft.head
    if head.tag not in ("NN",) or head.text != head.lower:
        return None
    for candidate, _ in history.back(head, _REACH):
        if candidate.form in _NO_NAME or candidate.kind in ("person", "unknown", *STATE_KINDS):
            continue
        if candidate.actor is None or candidate.antecedent is not None:
            continue
        if candidate.kind == "armed group" and head.lower in _OF_STATES:
            continue
        named = {*candidate.name.lower().split(), *(t.lower for t in candidate.tokens)}
        if head.lower in named and _modifiers(draft) <= named:
            return candidate
    return None


def resolve_generic(head: Token, history: History) -> Draft | None:
    """The group, country or body that a definite generic noun ("the movement") refers back to."""
    kinds = history.words.generic.get(head.lemma)
    if not kinds:
        return None
    fits: dict[str, tuple[float, Draft]] = {}
    for candidate, distance in history.back(head, _GENERIC):
        if candidate.kind not in kinds or (candidate.locative and candidate.kind in STATE_KINDS):
            continue
        if (head.tag == "NNS") != candidate.plural or candidate.form == "role":
            continue
        if candidate.actor is None or "/" in candidate.actor:
            continue
        if candidate.kind in _BODIES and not _is_of_name(head, candidate):
            continue
        score = -1.0 * distance + (1.5 if candidate.head.dep in SUBJECTS else 0.0)
        if candidate.actor not in fits or score > fits[candidate.actor][0]:
            fits[candidate.actor] = (score, candidate)
    ranked = sorted(fits.values(), key=lambda fit: -fit[0])
    if len(ranked) > 1 and _is_other(head, kinds, history):
        return None
    return ranked[0][1] if ranked else None


def _is_of_name(head: Token, candidate: Draft) -> bool:
    """Whether the adjectives of a body stand in the name: "the electoral commission" is no coast
    guard.
    """
    named = {*candidate.name.lower().split(), *(t.lower for t in candidate.tokens)}
    held = {t.lower for t in head.having("amod", "compound", "nmod") if not t.text.istitle()}
    return held - _BARE <= named


def _is_other(head: Token, kinds: Sequence[str], history: History) -> bool:
    """Whether an adjective says something of the one meant that the report has not told of any:
    "the island nation", "the oil-rich state".
    """
    plain = {*_BARE, *history.words.generic, "armed"}
    held = {t.lower for t in head.having("amod", "compound", "nmod") if not t.text.istitle()}
    return "state" in kinds and not held <= plain - {"island"}
