"""Whom a loaded wording means: the group or state named beside it, or whoever is called so."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Analysis, Token
from dragoman.language.phrases import full_phrase, noun_phrase, without_article
from dragoman.mentions.drafts import STATE_KINDS, ActorTable, Draft, Setting
from dragoman.mentions.people import owner_of
from dragoman.mentions.screening import words
from dragoman.register import Entry

_UNKNOWN = "a loaded wording, and the report does not tell whom it means"
_NO_STATES = frozenset({"person", "people", "religion"})
_ARMY = "armed forces"


def keep_label(
    draft: Draft, tokens: Sequence[Token], category: str | None, analysis: Analysis | None = None
) -> None:
    """Note the wording beside what the draft refers to."""
    text = analysis.document.text if analysis is not None else None
    if text is None:
        draft.label = " ".join(t.text for t in tokens)
    else:
        draft.label = " ".join(text[tokens[0].start : tokens[-1].end].split())
    draft.label_tokens, draft.category = tuple(tokens), category


def label_in_name(
    draft: Draft, tokens: Sequence[Token], setting: Setting, analysis: Analysis
) -> None:
    """Note the wording that ends a name others have for somebody: "Wagner mercenaries"."""
    last = tokens[-1]
    if len(tokens) < 2 or not last.text.islower():
        return
    listed = setting.register.label(last.text)
    category = listed.category if listed is not None else words()["powers"]["nouns"].get(last.lemma)
    if category is not None:
        keep_label(draft, tokens, category, analysis)


def nobody(label: str) -> str:
    """What a participant is called of whom only a loaded wording is known."""
    return f"those called “{label}”"


def is_power(head: Token) -> bool:
    """Whether a noun such as "regime" is a word for a government here, and not for rules."""
    known = words()["powers"]
    if head.lemma not in known["nouns"]:
        return False
    for child in head.children:
        if child.i > head.i:
            continue
        common = child.dep in ("compound", "nmod") and child.tag in ("NN", "NNS")
        if common and child.lower not in known["political"] and child.text.islower():
            return False
        if child.dep in ("amod", "compound") and child.lower in known["plain"]:
            return False
    return not any(
        p.tag in ("NN", "NNS") and p.text.islower()
        for c in head.having("prep") if c.lower in ("of", "for") for p in c.having("pobj")
    )  # fmt: skip


def as_power(draft: Draft, setting: Setting, table: ActorTable, analysis: Analysis) -> Draft:
    """A "regime" or "junta" as the state whose government it is called."""
    head = draft.head
    owner, end = _state_beside(head, setting)
    tokens = _worded(head, end, setting)
    draft.tokens = tokens
    keep_label(draft, tokens, words()["powers"]["nouns"][head.lemma], analysis)
    draft.rule, draft.unresolved = "label:power", _UNKNOWN
    if owner is None:
        draft.name = nobody(draft.label or "")
        return draft
    _be(draft, owner, table)
    return draft


def point_to_owner(draft: Draft, setting: Setting, table: ActorTable, analysis: Analysis) -> None:
    """A wording with a group's name beside it means that group; with a state beside it a word for
    a power means that state, a word for soldiers its armed forces.
    """
    head, known = draft.head, words()
    phrase = noun_phrase(head)
    owner, _ = owner_of(head, setting, phrase)
    if owner is not None and owner.kind not in (*STATE_KINDS, *_NO_STATES):
        _be(draft, owner, table)
        return
    _with_side(draft, phrase, analysis)
    if head.lemma not in known["of_state"] and head.lemma not in known["of_army"]:
        return
    owner, end = _state_beside(head, setting)
    # "Russian puppets" may be puppets of Russia's or in Russia: only a capital tells.
    if owner is None or (draft.category == "proxy" and not _by_capital(head, setting)):
        return
    tokens = _worded(head, end, setting)
    draft.tokens = tokens
    keep_label(draft, tokens, draft.category, analysis)
    role = setting.register.role(_ARMY)
    if head.lemma in known["of_army"] and role is not None:
        name = f"{_ARMY} of {owner.name}"
        draft.actor, draft.name = table.part(owner, role, name), name
        draft.country, draft.sector, draft.unresolved = owner.country, role.sector, None
        draft.rule = "label:armed-forces-of"
        return
    _be(draft, owner, table)


def _with_side(draft: Draft, phrase: Sequence[Token], analysis: Analysis) -> None:
    """ "pro-Russian thugs", "US-backed rebels": the compound says whose side they are called on."""
    first = draft.label_tokens[0]
    before = [t for t in phrase if t.i < first.i]
    if len(before) > 2 and before[-2].text == "-":
        keep_label(draft, [*before[-3:], *draft.label_tokens], draft.category, analysis)
        draft.name = nobody(draft.label or "")


def _be(draft: Draft, owner: Entry, table: ActorTable) -> None:
    draft.actor, draft.name = table.known(owner), owner.name
    draft.kind, draft.country, draft.sector = owner.kind, owner.country, owner.sector
    draft.unresolved = None


def _worded(head: Token, end: Token | None, setting: Setting) -> list[Token]:
    """The words that name and judge: without a state that merely owns ("Mali's junta"), with the
    place behind the noun ("junta in Bamako").
    """
    tokens = without_article(noun_phrase(head))
    for owner in head.having("poss"):
        entry = setting.entry_at(owner)
        if entry is not None and entry.kind in STATE_KINDS and owner in tokens:
            last = owner.subtree()[-1]
            tokens = [t for t in tokens if t.i > last.i]
    if end is not None:
        tokens = [t for t in head.sentence.tokens if tokens[0].i <= t.i <= end.i]
    return tokens


def _state_beside(head: Token, setting: Setting) -> tuple[Entry | None, Token | None]:
    """The state that an adjective, a capital or a leader's name beside the noun tells, and the
    last word of it where it stands behind.
    """
    owner, how = owner_of(head, setting)
    # A town tells where somebody sits, not for which state: separatists hold towns too.
    if how == "place" or (owner is not None and owner.kind in _NO_STATES):
        owner = None
    owner = owner or _led_by(head, setting)
    near = noun_phrase(head)
    if owner is not None and any(setting.entry_at(t) is owner for t in near if t is not head):
        return owner, None
    for held in _behind(head):
        end = full_phrase(held, "relcl", "acl", "appos", "conj")[-1]
        entry = owner or setting.entry_at(held)
        if entry is not None and entry.kind not in _NO_STATES:
            return entry, end
    return owner, None


def _behind(head: Token) -> list[Token]:
    """The name in "of X", "in X" right behind a noun, whatever the parser hangs it on."""
    tokens = head.sentence.tokens
    at = head.i - tokens[0].i + 1
    if at < len(tokens) and tokens[at].lower in ("of", "in"):
        held = tokens[at].child("pobj")
        return [held] if held is not None and held.pos == "PROPN" else []
    return []


def _by_capital(head: Token, setting: Setting) -> bool:
    near = [*noun_phrase(head), *_behind(head)]
    found = [a for t in near if (m := setting.matches.get(t.i)) is not None for a in m.aliases]
    return any(alias.form == "capital" for alias in found)


def _led_by(head: Token, setting: Setting) -> Entry | None:
    near = [t for t in noun_phrase(head) if t is not head and t.text[:1].isupper()]
    for child in head.having("prep"):
        if child.lower == "of":
            near += child.having("pobj")
    for token in near:
        entry = setting.entry_at(token)
        people = [entry] if entry is not None and entry.kind == "person" else []
        if not people:
            people = [e for e in setting.register.surname(token.text)
                      if setting.register.at(e, setting.date) is not None]  # fmt: skip
        states = {e.country for e in people if e.country}
        if len(states) == 1:
            return setting.register.entry(f"state:{states.pop()}")
    return None


# ---------------------------------------------------------------- who is called so


def resolve_predicates(drafts: Sequence[Draft]) -> None:
    """ "called the ELN terrorists", "X were puppets": whom the verb says it of is meant."""
    by_head = {d.head.i: d for d in drafts if d.actor is not None}
    for draft in drafts:
        if draft.label is None or draft.actor is not None:
            continue
        target = next((by_head[t.i] for t in _subjects_of(draft.head) if t.i in by_head), None)
        if target is None or target is draft:
            continue
        draft.antecedent, draft.actor, draft.name = target, target.actor, target.name
        draft.country, draft.sector, draft.kind = target.country, target.sector, target.kind
        draft.rule, draft.unresolved = "label:predicate", None


def _subjects_of(head: Token) -> list[Token]:
    verb = head.head
    if head.dep == "pobj" and verb.lower in ("as", "like"):
        verb = verb.head
        return [*verb.having("dobj"), *verb.having("nsubjpass")]
    if head.dep == "attr":
        return verb.having("nsubj")
    if head.dep in ("oprd", "xcomp"):
        return [*verb.having("dobj"), *verb.having("nsubjpass")]
    if head.dep in ("ccomp", "dobj") and verb.lemma in words()["calling"]:
        return [*head.having("nsubj"), *verb.having("dobj", "nsubjpass")]
    if head.dep == "appos":
        return [verb]
    return []
