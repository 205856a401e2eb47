"""All mentions of a report, numbered in text order, with the actors they refer to."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.language.analysis import Analysis, Token
from dragoman.language.phrases import head_of
from dragoman.mentions import evidence, places, screening, times
from dragoman.mentions.actors import draft_actors
from dragoman.mentions.called import resolve_predicates
from dragoman.mentions.coreference import resolve_references
from dragoman.mentions.drafts import STATE_KINDS, ActorTable, Draft, Setting
from dragoman.mentions.namesakes import without_namesakes
from dragoman.mentions.placing import Choice
from dragoman.model import Actor, Mention, Place, Span
from dragoman.register import Match, Register
from dragoman.register.places import default_gazetteer

# A place that is a country, or one that the same name is only because it was elsewhere in the
# report, says nothing of whether a state is meant.
_BY_NAME = frozenset({"place.country", "place.said-before"})


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """Mentions in text order, the drafts behind the actor mentions, and the actors by id."""

    mentions: tuple[Mention, ...]
    drafts: dict[str, Draft]
    actors: dict[str, Actor]


def find(analysis: Analysis, register: Register) -> Found:
    """Every actor, time and place phrase of the analysis."""
    document = analysis.document
    matches = without_namesakes(analysis, _aligned(analysis, register), register)
    when = times.find(analysis)
    taken = [(t.start, t.end) for t in _organisation_tokens(analysis, matches, register)] + [
        (m.span.start, m.span.end) for m in when
    ]
    countries = _countries(matches, register)
    where = places.find(analysis, taken, document.published, countries, register.gazetteer)
    matches = _where_it_lies(analysis, matches, where, register)
    setting = Setting(
        register=register,
        date=document.published,
        matches=matches,
        places=_places_by_token(analysis, where),
        times=frozenset(t.i for m in when for t in analysis.between(m.span.start, m.span.end)),
        wordings=frozenset(_heads_of_wordings(analysis, register)),
        spoken_of=evidence.countries(analysis, matches, where, register),
        surnames=evidence.surnames(analysis, matches, register),
        named=evidence.persons(matches, register),
    )
    table = ActorTable(register, document.published)
    drafts = resolve_references(analysis, draft_actors(analysis, setting, table), register, table)
    resolve_predicates(drafts)
    return _number(analysis, drafts, [*when, *where], table)


def place(
    analysis: Analysis, register: Register, spans: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], Choice]:
    """What names at given bounds (code points of the text) mean, known to be places: a state's
    demonym or adjective its country.
    """
    matches = _aligned(analysis, register)
    found = places.place(analysis, spans, _countries(matches, register))
    for bounds, choice in found.items():
        tokens = analysis.between(*bounds)
        if choice.rule == "place.unknown" and tokens and tokens[0].i in matches:
            codes = _countries({tokens[0].i: matches[tokens[0].i]}, register)
            if codes and (country := default_gazetteer().country(codes[0])) is not None:
                found[bounds] = Choice(country, "place.demonym")
    return found


def _aligned(analysis: Analysis, register: Register) -> dict[int, Match]:
    """The register's matches by the index of each token they cover."""
    preamble = analysis.document.preamble
    matches: dict[int, Match] = {}
    text = analysis.document.text[preamble:]
    deeds = {at for m in register.find_others(text) for at in range(m.start, m.end)}
    for match in register.find(text):
        # "terrorist" within "terrorist attack" is about the deed.
        if match.aliases[0].form == "label" and {match.start, match.end - 1} <= deeds:
            continue
        if not screening.counts(analysis, match, register):
            continue
        tokens = analysis.between(preamble + match.start, preamble + match.end)
        if tokens and tokens[0].start == preamble + match.start:
            matches.update((token.i, match) for token in tokens)
    return matches


def _heads_of_wordings(analysis: Analysis, register: Register) -> Iterable[int]:
    """Words for deeds and lands that are no names of anybody's, though some have capitals."""
    preamble = analysis.document.preamble
    for match in register.find_others(analysis.document.text[preamble:]):
        tokens = analysis.between(preamble + match.start, preamble + match.end)
        if tokens:
            yield head_of(tokens).i


def _organisation_tokens(
    analysis: Analysis, matches: dict[int, Match], register: Register
) -> Iterable[Token]:
    for index, match in matches.items():
        entries = [register.entry(alias.entry) for alias in match.aliases]
        if not any(e is not None and e.kind in STATE_KINDS for e in entries):
            yield analysis.tokens[index]


def _countries(matches: dict[int, Match], register: Register) -> list[str]:
    """ISO 3166-1 codes of the states that the report names or has demonyms of."""
    entries = [register.entry(a.entry) for m in matches.values() for a in m.aliases[:1]]
    found = [e.country for e in entries if e is not None and e.country and e.kind in STATE_KINDS]
    return list(dict.fromkeys(found))


def _where_it_lies(
    analysis: Analysis, matches: dict[int, Match], where: Sequence[Mention], register: Register
) -> dict[int, Match]:
    """The matches less the states of towns and divisions that lie elsewhere: "Paris, Texas"."""
    kept = dict(matches)
    ends, starts = {m.span.end for m in where}, {m.span.start for m in where}
    for mention in where:
        place = mention.place
        if place is None or place.country is None or mention.rule in _BY_NAME:
            continue
        alone = not any(
            low in ends and high in starts and analysis.document.text[low] in ",("
            for low, high in (
                (mention.span.end, mention.span.end + 2),
                (mention.span.start - 2, mention.span.start),
            )
        )
        if mention.rule == "place.hierarchy" and alone:
            continue
        for token in analysis.between(mention.span.start, mention.span.end):
            match = kept.get(token.i)
            if match is None:
                continue
            if not any(alias.form in ("name", "capital") for alias in match.aliases):
                continue
            entries = [(a, register.entry(a.entry)) for a in match.aliases]
            states = [(a, e) for a, e in entries if e is not None and e.kind in STATE_KINDS]
            there = tuple(a for a, e in states if e.country == place.country)
            capital = any(alias.form == "capital" for alias in there)
            if there and len(there) < len(states) and not capital:
                kept[token.i] = dataclasses.replace(match, aliases=there)
            elif not there and all(entry.kind == "state" for _, entry in states):
                del kept[token.i]
    return kept


def _places_by_token(analysis: Analysis, where: Sequence[Mention]) -> dict[int, Place | None]:
    found: dict[int, Place | None] = {}
    for mention in where:
        if mention.place is not None or mention.rule == "place.unlisted":
            for token in analysis.between(mention.span.start, mention.span.end):
                found[token.i] = mention.place
    return found


def _number(
    analysis: Analysis, drafts: Sequence[Draft], others: Sequence[Mention], table: ActorTable
) -> Found:
    rows: list[tuple[int, int, Draft | Mention]] = [
        (d.tokens[0].start, -d.tokens[-1].end, d) for d in drafts
    ]
    rows += [(m.span.start, -m.span.end, m) for m in others]
    rows.sort(key=lambda row: row[:2])
    names = {id(row[2]): f"m{number}" for number, row in enumerate(rows, 1)}
    inner = {row[2].id: names[id(row[2])] for row in rows if isinstance(row[2], Mention)}
    mentions: list[Mention] = []
    by_id: dict[str, Draft] = {}
    for row in rows:
        item = row[2]
        name = names[id(item)]
        if isinstance(item, Mention):
            around = inner.get(item.antecedent or "")  # the place that an unlisted one lies in
            mentions.append(dataclasses.replace(item, id=name, antecedent=around))
        else:
            by_id[name] = item
            mentions.append(_freeze(analysis, item, name, names))
    return Found(tuple(mentions), by_id, table.records)


def _freeze(analysis: Analysis, draft: Draft, name: str, names: dict[int, str]) -> Mention:
    return Mention(
        id=name,
        span=_span(analysis, draft),
        kind="actor",
        rule=draft.rule,
        actor=draft.actor,
        label=draft.label,
        antecedent=names.get(id(draft.antecedent)) if draft.antecedent is not None else None,
        unresolved=draft.unresolved if draft.actor is None else None,
    )


def _span(analysis: Analysis, draft: Draft) -> Span:
    """Of a shared noun only its own words: "presidents", "Syria"."""
    if not draft.shared:
        return analysis.span(*draft.tokens)
    runs: list[list[Token]] = []
    for token in draft.tokens:
        if runs and runs[-1][-1].i == token.i - 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return analysis.document.span(*((run[0].start, run[-1].end) for run in runs))
