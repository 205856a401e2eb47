"""Reference within a report: names to fuller names here; pronouns and nouns by the rules of
``pronouns`` and ``nouns``.

Two passes: first the report's own words in text order, then what needs the first to be known:
pronouns in quotations (not their speaker) and pronouns before the subject they look forward to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dragoman.language.analysis import Analysis
from dragoman.mentions.drafts import ActorTable, Draft, point
from dragoman.mentions.history import History, Words, subject_ahead
from dragoman.mentions.nouns import resolve_adherent, resolve_role
from dragoman.mentions.pronouns import FIRST_PERSON, resolve_pronoun
from dragoman.mentions.quoted import Quoted
from dragoman.mentions.together import ONE_OF_TWO, settle_one_of_two
from dragoman.register import Register

_ARGUMENTS = frozenset("nsubj nsubjpass dobj pobj poss conj dative agent".split())
_NAMED = frozenset({"name", "title", "local"})


def resolve_references(
    analysis: Analysis, drafts: list[Draft], register: Register, table: ActorTable
) -> list[Draft]:
    """The drafts with their references settled in place, text order kept; pronouns that refer to
    nobody ("it rained") are left out.
    """
    history = History(register, table, Quoted(analysis), Words.load())
    for draft in drafts:
        history.title(draft)
    by_head = {draft.head.i: draft for draft in drafts}
    _share_gender(drafts)
    dropped: set[int] = set()
    for late in (False, True):
        for draft in drafts:
            if _is_late(draft, history, by_head) is not late:
                continue
            if _settle(draft, history, by_head):
                _note(draft, history)
            else:
                dropped.add(id(draft))
    kept = [one for d in drafts if id(d) not in dropped for one in (d, *d.others)]
    _join_surnames(kept, table)
    return kept


def _is_late(draft: Draft, history: History, by_head: Mapping[int, Draft]) -> bool:
    if draft.form == "role":
        holder = draft.head.child("poss")
        owner = by_head.get(holder.i) if holder is not None else None
        return owner is not None and owner.form == "pronoun" and _is_late(owner, history, by_head)
    if draft.form != "pronoun" or draft.head.lower in (*FIRST_PERSON, "who"):
        return False
    return history.quoted.at(draft.head) is not None or subject_ahead(draft.head) is not None


def _settle(draft: Draft, history: History, by_head: Mapping[int, Draft]) -> bool:
    if draft.form == "pronoun":
        return resolve_pronoun(draft, history)
    if draft.form == "role":
        if draft.rule == ONE_OF_TWO:
            settle_one_of_two(draft, history)
        else:
            resolve_role(draft, history, by_head)
    elif draft.actor is None and draft.form in ("local", "title"):
        if not resolve_adherent(draft, history):
            _resolve_name(draft, history)
    elif draft.rule == "surname-in-office":
        _prefer_introduced(draft, history)
    return True


def _note(draft: Draft, history: History) -> None:
    """Remembers a settled mention for those that come after it."""
    if draft.form == "pronoun" and draft.head.lower == "who":
        return
    if draft.form == "modifier" and draft.head.dep == "amod":
        return
    if draft.actor is not None or draft.form in ("role", "label") or draft.antecedent is not None:
        for one in (draft, *draft.others):
            history.add(one)
    if draft.actor is not None:
        _remember(draft, history)


def _share_gender(drafts: Sequence[Draft]) -> None:
    """ "Ms. Okello" anywhere in the report tells the sex of "Jane Okello" too, where the report
    has no other full name with that surname.
    """
    told: dict[str, set[str]] = defaultdict(set)
    full: dict[str, set[str]] = defaultdict(set)
    persons = [d for d in drafts if d.form in ("title", "local") and d.name]
    for draft in persons:
        words = draft.name.lower().split()
        if draft.gender is not None:
            told[words[-1]].add(draft.gender)
        if len(words) > 1:
            full[words[-1]].add(" ".join(words))
    for draft in persons:
        surname = draft.name.lower().split()[-1]
        if draft.gender is None and len(told[surname]) == 1 and len(full[surname]) < 2:
            draft.gender = next(iter(told[surname]))


# ---------------------------------------------------------------- names


def _remember(draft: Draft, history: History) -> None:
    """Makes a full name known by each of its words and by its initials. Of two persons with one
    surname it means the one mentioned more often.
    """
    names = history.names
    if draft.form == "pronoun" or draft.kind not in ("person", "unknown", "institution"):
        return
    words = draft.name.replace("-", " ").split()
    initials = "".join(word[0] for word in words)
    capitals = "".join(word[0] for word in words if word[0].isupper())
    for key in (draft.name.lower(), initials.upper(), capitals):
        names[key] = draft
    held = names.get(words[-1].lower())
    if held is None or not _outweighs(held, draft, history):
        names[words[-1].lower()] = draft
    for word in words[:-1]:
        held = names.get(word.lower())
        if held is None or held.name.lower().split()[-1] != word.lower():
            names[word.lower()] = draft


def _outweighs(held: Draft, draft: Draft, history: History) -> bool:
    """Whether a surname stays with whom it has meant so far."""
    same = held.name.lower().split()[-1] == draft.name.lower().split()[-1]
    if not same or held.kind != "person" or held.actor == draft.actor or held.actor is None:
        return False
    return history.counts[held.actor] > history.counts[draft.actor or ""]


def _resolve_name(draft: Draft, history: History) -> None:
    """A surname or short form to the full name before it, else a new actor of the report."""
    names, wanted = history.names, draft.name.lower()
    full = names.get(wanted)
    if full is not None:
        last = full.name.lower().replace("-", " ").split()[-1]
        point(draft, full, "surname" if wanted == last else "short-name")
    elif draft.name.isupper() and len(draft.name) > 1 and draft.name in names:
        point(draft, names[draft.name], "acronym")
    elif draft.head.dep in _ARGUMENTS:
        draft.actor = history.table.local(
            draft.name, draft.kind, country=draft.country, sector=draft.sector
        )
        draft.rule = "name-not-in-register"
    else:
        draft.unresolved = "a name that no register knows"


def _prefer_introduced(draft: Draft, history: History) -> None:
    """A lone surname is the person whom the report gave with a full name before it is somebody
    else of that name in office.
    """
    full = history.names.get(draft.name.lower().split()[-1])
    words = full.name.lower().split() if full is not None else []
    if full is None or full.kind != "person" or full.actor == draft.actor or len(words) < 2:
        return
    if words[-1] == draft.tokens[-1].lower and full.form in _NAMED:
        draft.gender = full.gender
        point(draft, full, "surname")


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
            point(draft, by_actor[next(iter(persons))], "surname-before-full-name")
    for draft in drafts:
        if draft.actor in lost and draft.antecedent is not None:
            point(draft, draft.antecedent, draft.rule)
    for actor in lost:
        table.records.pop(actor, None)
