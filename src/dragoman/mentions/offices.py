"""Roles and whose they are: "Iranian officials", "the president of Chad", "its spokeswoman"."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Analysis, Token
from dragoman.language.phrases import is_definite, is_plural, without_article
from dragoman.mentions.called import as_power, is_power, keep_label
from dragoman.mentions.drafts import ActorTable, Draft, Setting
from dragoman.mentions.people import owner_of, role_ending_at, text_of
from dragoman.mentions.sharing import Share, shares
from dragoman.register import Entry, Role

_SINGULAR_OFFICES = frozenset(
    "head_of_state head_of_government monarch supreme_leader foreign_minister defence_minister "
    "secretary_general vice_president".split()
)


_OF_BODIES = (
    "secretary_general", "president", "director_general", "managing_director",
    "high_commissioner", "chairperson", "leader",
)  # fmt: skip
_LOOSELY = frozenset({"chief", "head", "leader", "boss"})
_NAMED_SO = {
    "president": "president", "director-general": "director_general",
    "director general": "director_general", "managing director": "managing_director",
    "high commissioner": "high_commissioner", "chairman": "chairperson",
}  # fmt: skip
# Offices that only one state has, said without it.
_ONLY = {"pope": "state:VAT", "pontiff": "state:VAT", "taoiseach": "state:IRL"}
_LEADING = frozenset({"leader", "ruler", "strongman", "dictator"})
_NOT_NOW = frozenset(
    "former ex late deputy then next ousted exiled deposed opposition rebel military religious "
    "spiritual party student union community future would-be previous acting first new".split()
)


def role_phrase(
    analysis: Analysis,
    head: Token,
    phrase: list[Token],
    role: Role,
    setting: Setting,
    table: ActorTable,
) -> list[Draft]:
    """A role noun's draft: who held the office at the date, a part of its state or organisation,
    or unresolved where the phrase names neither. Several where it has several owners.
    """
    phrase = _without_time(phrase, setting)
    parts = shares(head, phrase, setting)
    if parts:
        return [_shared(analysis, head, role, part, setting, table) for part in parts]
    return [_single(analysis, head, phrase, role, setting, table)]


def _shared(
    analysis: Analysis,
    head: Token,
    role: Role,
    part: Share,
    setting: Setting,
    table: ActorTable,
) -> Draft:
    owner, tokens = part
    single = role.office in _SINGULAR_OFFICES
    draft = Draft(
        head=head, tokens=without_article(tokens), form="role", rule="role-of-several",
        kind="person" if single else "group", gender=role.gender, plural=not single,
        definite=is_definite(head), sector=role.sector, role=role, country=owner.country,
        shared=True,
    )  # fmt: skip
    holder = _office_holder(draft, owner, tokens, setting)
    if holder is not None:
        return _held(draft, holder, table)
    _part_of(draft, owner, role, f"{role.text} of {owner.name}", setting, table)
    return draft


def _held(draft: Draft, holder: Entry, table: ActorTable) -> Draft:
    draft.actor, draft.name = table.known(holder), holder.name
    draft.gender = holder.gender
    if draft.rule != "leader-at-date":
        draft.rule = "office-at-date"
    return draft


def _single(
    analysis: Analysis,
    head: Token,
    phrase: list[Token],
    role: Role,
    setting: Setting,
    table: ActorTable,
) -> Draft:
    owner, how = owner_of(head, setting, phrase)
    if owner is None and role.text in _ONLY:
        owner, how = setting.register.entry(_ONLY[role.text]), "office"
    tokens = without_article(phrase)
    if owner is not None and how in ("of-phrase", "for-phrase", "from-phrase"):
        tokens = _through_preposition(head, tokens)
    words = text_of(tokens, analysis.document.text)
    title = _part_name(analysis, phrase, role, owner, how, setting) if owner is not None else ""
    draft = Draft(
        head=head, tokens=tokens, form="role", rule="role", name=words,
        kind="person" if role.person and not is_plural(head) else "group",
        gender=role.gender, plural=is_plural(head), definite=is_definite(head), sector=role.sector,
        role=role,
    )  # fmt: skip
    if is_power(head):
        return as_power(draft, setting, table, analysis)
    if owner is None:
        draft.unresolved = "a role without a name or state"
        return draft
    draft.country = owner.country
    holder = _office_holder(draft, owner, phrase, setting)
    if holder is not None:
        return _held(draft, holder, table)
    draft.rule = f"role-of-{how}"
    _part_of(draft, owner, role, title, setting, table)
    return draft


def _without_time(phrase: list[Token], setting: Setting) -> list[Token]:
    while len(phrase) > 1 and phrase[0].i in setting.times:
        phrase = phrase[1:]
    return phrase


def _part_of(
    draft: Draft,
    owner: Entry,
    role: Role,
    title: str,
    setting: Setting,
    table: ActorTable,
) -> None:
    before = [t for t in draft.tokens if t.i < draft.head.i and _labelled(t, setting)]
    if any(_labelled(t, setting) for t in draft.tokens):
        title = f"{role.text} of {owner.name}"
    if before:
        alias = next(a for a in setting.matches[before[0].i].aliases if a.form == "label")
        keep_label(draft, before, alias.category)
    draft.name = title
    draft.actor = table.part(owner, role, title)


def _labelled(token: Token, setting: Setting) -> bool:
    match = setting.matches.get(token.i)
    return match is not None and any(a.form == "label" for a in match.aliases)


def _part_name(
    analysis: Analysis,
    phrase: Sequence[Token],
    role: Role,
    owner: Entry,
    how: str,
    setting: Setting,
) -> str:
    """The role and whose it is, without other adjectives: "Iranian officials"."""
    text = analysis.document.text
    found = role_ending_at(phrase, len(phrase) - 1, setting, text)
    words = text_of(phrase[found[1] :], text) if found else role.text
    if how == "modifier":
        of = [t for t in phrase if setting.entry_at(t) is owner]
        if of:
            return f"{text_of(of, text)} {words}"
    return f"{words} of {owner.name}"


def _through_preposition(head: Token, tokens: list[Token]) -> list[Token]:
    end = tokens[-1].i
    for child in head.having("prep"):
        if child.i == end + 1:
            end = max(t.i for t in child.subtree())
            break
    return [t for t in head.sentence.tokens if tokens[0].i <= t.i <= end]


def _office_holder(
    draft: Draft, owner: Entry, phrase: Sequence[Token], setting: Setting
) -> Entry | None:
    role = draft.role
    if role is None or draft.kind != "person":
        return None
    if setting.date is None:  # today's holder need not be the one that an undated report means
        return None
    if owner.kind == "IGO" and not any(t.lower in _NOT_NOW for t in phrase):
        return _head_of_body(role, owner, setting)
    if role.text in _LEADING:
        return _leader(draft, owner, phrase, setting)
    if role.office not in _SINGULAR_OFFICES:
        return None
    if any(t.lower in _NOT_NOW for t in phrase):
        return None
    place = owner.country if owner.kind == "state" else owner.id
    if place is None:
        return None
    holders = setting.register.officeholders(role.office, place, setting.date)
    return holders[0] if len(holders) == 1 else None


def _head_of_body(role: Role, owner: Entry, setting: Setting) -> Entry | None:
    """ "The IMF chief": who heads the body, by the office said or, said loosely, by its own."""
    loose = role.text in _LOOSELY
    if role.office not in _OF_BODIES and not loose and role.text not in _NAMED_SO:
        return None
    offices = _OF_BODIES if loose else (_NAMED_SO.get(role.text) or role.office or "",)
    found = {
        e.id: e
        for office in offices
        for e in setting.register.officeholders(office, owner.id, setting.date)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _leader(draft: Draft, owner: Entry, phrase: Sequence[Token], setting: Setting) -> Entry | None:
    """ "The Zambian leader": who leads the state, by whatever office."""
    plain = [t for t in phrase if t.i != draft.head.i and setting.entry_at(t) is not owner]
    if any(t.pos not in ("DET", "PART", "PUNCT") for t in plain) or not draft.definite:
        return None
    if owner.kind != "state" or owner.country is None:
        return None
    holder = setting.register.head(owner.country, setting.date)
    if holder is not None:
        draft.rule = "leader-at-date"
    return holder
