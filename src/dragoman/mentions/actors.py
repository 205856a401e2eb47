"""Phrases that refer to actors: names of the register, roles with their state, persons whom the
report introduces, pronouns. Reference within the report is settled by ``coreference``.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Analysis, Token
from dragoman.language.lexicon import load_yaml
from dragoman.language.phrases import head_of, is_plural, noun_phrase, without_article
from dragoman.mentions.called import (
    keep_label,
    label_in_name,
    nobody,
    point_to_owner,
)
from dragoman.mentions.compass import half
from dragoman.mentions.drafts import STATE_KINDS, ActorTable, Draft, Setting
from dragoman.mentions.namesakes import called_otherwise, is_over, is_part, station
from dragoman.mentions.offices import role_phrase
from dragoman.mentions.officials import by_name, is_surname
from dragoman.mentions.people import (
    Introduction,
    closes_office,
    honorifics,
    introduction,
    kinship,
    name_through_preposition,
    office_through_of,
    owner_of,
    role_ending_at,
    role_of_address,
    sex_of,
    split_name,
    text_of,
)
from dragoman.mentions.together import counting
from dragoman.register import Entry, Match, Role

_LOCATIVE = frozenset(
    "in at near from outside around inside across into toward towards via".split()
)
_PLACING = frozenset("in at near outside around inside across throughout within".split())
_PRONOUNS = {
    "he": ("m", False), "him": ("m", False), "his": ("m", False), "himself": ("m", False),
    "she": ("f", False), "her": ("f", False), "hers": ("f", False), "herself": ("f", False),
    "they": (None, True), "them": (None, True), "their": (None, True), "themselves": (None, True),
    "it": (None, False), "its": (None, False), "itself": (None, False),
    "i": (None, False), "me": (None, False), "my": (None, False),
    "who": (None, False),
    "we": (None, True), "us": (None, True), "our": (None, True),
}  # fmt: skip


def draft_actors(analysis: Analysis, setting: Setting, table: ActorTable) -> list[Draft]:
    """Every actor phrase of the report in text order, reference not yet settled."""
    drafts: list[Draft] = []
    seen: set[int] = set()
    for match in _in_order(setting):
        draft = _from_match(analysis, match, setting, table)
        if draft is not None:
            drafts.append(draft)
            seen.update(t.i for t in draft.tokens)
    for token in analysis.tokens:
        if token.lower in _PRONOUNS and token.pos in ("PRON", "DET"):
            drafts.append(_pronoun(token))
        elif token.i not in seen and token.pos in ("NOUN", "PROPN", "ADJ", "NUM", "X"):
            two = counting(token)
            for made in [two] if two is not None else _from_noun(analysis, token, setting, table):
                drafts.append(made)
                seen.update(t.i for t in made.tokens if t.pos == "PROPN")
    drafts += _mistagged(analysis, drafts)
    return _without_consumed(drafts)


def _mistagged(analysis: Analysis, drafts: Sequence[Draft]) -> list[Draft]:
    """Surnames of persons of the report that the tagger took for something else."""
    persons = {
        d.tokens[-1].text
        for d in drafts
        if d.kind == "person"
        and d.form in ("title", "local", "name")
        and d.tokens[-1].text.istitle()
    }
    held = {t.i for d in drafts for t in d.tokens}
    found = []
    for token in analysis.tokens:
        if token.text in persons and token.i not in held and token.pos not in ("PUNCT", "ADP"):
            draft = Draft(head=token, tokens=[token], form="local", rule="name", name=token.text)
            found.append(draft)
    return found


def _in_order(setting: Setting) -> list[Match]:
    unique = {match.start: match for match in setting.matches.values()}
    return [unique[start] for start in sorted(unique)]


def _without_consumed(drafts: Sequence[Draft]) -> list[Draft]:
    """A modifier inside a wider actor phrase of its own head is part of that phrase."""
    heads = {d.head.i: d for d in drafts if d.form in ("role", "title", "local")}
    kept = []
    for draft in drafts:
        over = heads.get(draft.head.head.i)
        inside = over is not None and over is not draft and draft.head in over.tokens
        if draft.form == "modifier" and inside:
            continue
        kept.append(draft)
    kept.sort(key=lambda d: (d.head.i, -len(d.tokens)))
    return kept


# ---------------------------------------------------------------- names of the register


def _from_match(
    analysis: Analysis, match: Match, setting: Setting, table: ActorTable
) -> Draft | None:
    tokens = list(analysis.between(analysis.document.preamble + match.start,
                                   analysis.document.preamble + match.end))  # fmt: skip
    if not tokens:
        return None
    head = head_of(tokens)
    label = next((a for a in match.aliases if a.form == "label"), None)
    entry = setting.choose(match)
    if entry is None:
        if label is None:
            return None
        return _loose_label(head, tokens, label.category, analysis, setting, table)
    forms = {a.form for a in match.aliases if a.entry == entry.id}
    locative = head.dep == "pobj" and head.head.lower in _LOCATIVE
    if forms <= {"capital"} and (locative or head.dep in ("npadvmod", "appos", "nmod")):
        return None
    if forms <= {"name", "capital"} and _is_placing(head, setting):
        return None
    heard = station(tokens) if entry.kind in STATE_KINDS else None
    if heard is not None:
        return _station(heard, entry, analysis, table)
    is_modifier = head.dep in ("amod", "compound", "poss", "nmod") and head.head.pos in (
        "NOUN",
        "PROPN",
    )
    if entry.kind == "person":
        person = _known_person(analysis, head, tokens, entry, setting, table)
        if label is not None:
            keep_label(person, tokens, label.category, analysis)
        return person
    draft = Draft(
        head=head,
        tokens=tokens,
        form="modifier" if is_modifier else "name",
        rule=f"register:{'label' if label else sorted(forms)[0] if forms else 'name'}",
        actor=table.known(entry),
        name=entry.name,
        kind=entry.kind,
        plural="demonym" in forms and head.tag in ("NNS", "NNPS"),
        country=entry.country,
        sector=entry.sector,
        locative=locative,
    )
    if label is not None:
        keep_label(draft, tokens, label.category, analysis)
    else:
        label_in_name(draft, tokens, setting, analysis)
    return draft


def _is_placing(head: Token, setting: Setting) -> bool:
    """Whether a name tells where something is: "in northern Kenya", "the suburbs of Tehran"."""
    if head.i not in setting.places or called_otherwise(head):
        return False
    if head.dep in ("appos", "npadvmod") and head.head.i in setting.places:
        return True
    if head.dep != "pobj":
        return False
    if head.head.lower in _PLACING:
        return True
    if head.head.lower == "on":
        return is_over(head.head.head)
    return head.head.lower == "of" and is_part(head.head.head)


def _station(tokens: list[Token], owner: Entry, analysis: Analysis, table: ActorTable) -> Draft:
    name = text_of(tokens, analysis.document.text)
    actor = table.local(name, "media", country=owner.country, sector="JRN")
    return Draft(
        head=head_of(tokens), tokens=tokens, form="name", rule="station", actor=actor, name=name,
        kind="media", country=owner.country, sector="JRN",
    )  # fmt: skip


def _loose_label(
    head: Token,
    tokens: list[Token],
    category: str | None,
    analysis: Analysis,
    setting: Setting,
    table: ActorTable,
) -> Draft:
    """A loaded wording that names nobody: "terrorists"; but "PKK terrorists" are the PKK's."""
    phrase = without_article(noun_phrase(head))
    draft = Draft(
        head=head, tokens=phrase, form="label", rule="register:label", kind="group",
        plural=is_plural(head), unresolved="a loaded wording that names nobody",
    )  # fmt: skip
    keep_label(draft, tokens, category, analysis)
    draft.name = nobody(draft.label or "")
    point_to_owner(draft, setting, table, analysis)
    return draft


def _known_person(
    analysis: Analysis,
    head: Token,
    tokens: list[Token],
    entry: Entry,
    setting: Setting,
    table: ActorTable,
) -> Draft:
    phrase = noun_phrase(head)
    titled = without_article(phrase) if phrase and phrase[-1] is tokens[-1] else tokens
    return Draft(
        head=head, tokens=list(titled), form="name", rule="register:name",
        actor=table.known(entry), name=entry.name, kind="person", gender=entry.gender,
        country=entry.country, sector=entry.sector,
        role=_role_before(titled, tokens, setting, analysis.document.text),
    )  # fmt: skip


def _role_before(
    phrase: Sequence[Token], name: Sequence[Token], setting: Setting, text: str
) -> Role | None:
    before = [t for t in phrase if t.i < name[0].i]
    for last in range(len(before) - 1, -1, -1):
        found = role_ending_at(before, last, setting, text)
        if found is not None:
            return found[0]
    return None


# ---------------------------------------------------------------- other nouns


def _pronoun(token: Token) -> Draft:
    gender, plural = _PRONOUNS[token.lower]
    return Draft(
        head=token, tokens=[token], form="pronoun", rule="pronoun", gender=gender, plural=plural,
        kind="person" if gender else "unknown",
    )  # fmt: skip


def _from_noun(
    analysis: Analysis, token: Token, setting: Setting, table: ActorTable
) -> list[Draft]:
    """The drafts of a noun that the register's names do not cover: none, one, or one for each
    owner of a plural role.
    """
    text = analysis.document.text
    if token.dep in ("compound", "amod") and token.head.pos in ("NOUN", "PROPN"):
        return []
    if token.i in setting.times or token.i in setting.places or token.i in setting.wordings:
        return []
    if closes_office(token, setting, text):
        return []
    phrase = noun_phrase(token)
    named = _by_name(analysis, token, phrase, setting, table)
    if named is not None:
        return [named]
    if phrase[-1].pos == "PROPN":
        before, name = split_name(phrase, setting, text)
        if name and not _is_role_name(phrase, setting, text):
            person = _named(analysis, token, before, name, setting, table)
            return [person] if person is not None else []
    longer = office_through_of(token, phrase, setting, text)
    if longer is not None:
        return role_phrase(analysis, token, longer[1], longer[0], setting, table)
    found = role_ending_at(phrase, len(phrase) - 1, setting, text)
    return role_phrase(analysis, token, phrase, found[0], setting, table) if found else []


def _by_name(
    analysis: Analysis, token: Token, phrase: list[Token], setting: Setting, table: ActorTable
) -> Draft | None:
    """Names that are no person's by their shape: a body's, a half's of a divided country, an
    adherent's of a party.
    """
    long_name = name_through_preposition(token, phrase, setting)
    if long_name:
        return _organisation(analysis, token, long_name, setting, table)
    state = half(token, setting)
    if state is not None:
        return Draft(
            head=token, tokens=[token], form="name", rule="compass", actor=table.known(state),
            name=state.name, kind=state.kind, country=state.country, sector=state.sector,
        )  # fmt: skip
    adherents = load_yaml("dragoman.mentions", "reference.yaml")["adherents"]
    if token.lower in adherents and token.text.istitle() and len(phrase) <= 2:
        return Draft(
            head=token, tokens=[token], form="local", rule="name", name=token.text,
            plural=is_plural(token),
        )  # fmt: skip
    return None


def _is_role_name(phrase: Sequence[Token], setting: Setting, text: str) -> bool:
    found = role_ending_at(phrase, len(phrase) - 1, setting, text)
    return found is not None and not is_surname(phrase, setting, text)


def _named(
    analysis: Analysis,
    head: Token,
    before: list[Token],
    name: list[Token],
    setting: Setting,
    table: ActorTable,
) -> Draft | None:
    text = analysis.document.text
    words = load_yaml("dragoman.mentions", "titles.yaml")
    named = {token.lower for token in (*before, *name)}
    if not named.isdisjoint(words["things"]) or name[-1].lower in words["not_actors"]:
        return None
    if not any(c.isalpha() for c in name[-1].text):
        return None
    intro = introduction(head, before, setting, text)
    polite = next((honorifics().get(t.lower.rstrip(".")) for t in before
                   if t.lower.rstrip(".") in honorifics()), None)  # fmt: skip
    is_titled = any(t.lower.rstrip(".") in honorifics() for t in before)
    if name[-1].lower in words["organisation_words"]:
        return _organisation(analysis, head, [*before, *name], setting, table)
    address = role_of_address(before, setting)
    asked = intro or (Introduction("", address, None, None, former=False) if address else None)
    known = by_name(name, asked, setting, text)
    draft = Draft(
        head=head, tokens=without_article([*before, *name]), form="title" if intro else "local",
        rule="introduced" if intro else "name", name=text_of(name, text),
        kind="person" if intro or is_titled or _is_personal(head, name) else "unknown",
        gender=polite or sex_of(name) or kinship(head, before),
        role=intro.role if intro else address,
    )  # fmt: skip
    if known is not None:
        return _as_known(draft, known, intro, table)
    _introduce(draft, intro, name, text, table)
    return draft


def _is_personal(head: Token, name: Sequence[Token]) -> bool:
    """Two words or more, and not a plural ("Storm Riders") unless a given name leads."""
    return len(name) > 1 and (head.tag != "NNPS" or sex_of(name) is not None)


def _as_known(draft: Draft, entry: Entry, intro: Introduction | None, table: ActorTable) -> Draft:
    draft.actor = table.known(entry)
    draft.name, draft.kind, draft.gender = entry.name, "person", entry.gender
    draft.country, draft.sector = entry.country, entry.sector
    draft.rule = "title-and-surname-in-office" if intro else "surname-in-office"
    return draft


def _introduce(
    draft: Draft, intro: Introduction | None, name: list[Token], text: str, table: ActorTable
) -> None:
    """Full names and titled names become actors of the report; a lone unknown word waits for
    coreference to find whose surname it is."""
    if intro is not None:
        draft.country = intro.country
        draft.sector = intro.role.sector if intro.role else None
        if draft.gender is None and intro.role is not None:
            draft.gender = intro.role.gender
    if intro is None and len(name) == 1:
        return
    draft.actor = table.local(
        text_of(name, text),
        draft.kind,
        country=draft.country,
        sector=draft.sector,
        office=intro.words if intro else None,
        organisation=intro.organisation.id if intro and intro.organisation else None,
    )


def _organisation(
    analysis: Analysis, head: Token, phrase: list[Token], setting: Setting, table: ActorTable
) -> Draft:
    tokens = without_article(phrase)
    owner, _ = owner_of(head, setting, tokens)
    name = text_of(tokens, analysis.document.text)
    country = owner.country if owner is not None else None
    return Draft(
        head=head, tokens=tokens, form="local", rule="organisation-name", kind="institution",
        name=name, country=country, actor=table.local(name, "institution", country=country),
    )  # fmt: skip
