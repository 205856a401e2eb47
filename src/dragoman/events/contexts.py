"""What an event is about: PLOVER contexts told by words near it and by who takes part.

A trigger's entry names the contexts that its own words carry, and a mode those that come with it.
This stage adds others: from the terms of ``data/contexts.yaml`` that stand in the event's clause or
in what hangs on it, from the sectors of the participants, and from who acts on whom. Each context
that is added gets a row of the trace with the words it went by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Final

from dragoman.events.roles import Roles
from dragoman.events.triggers import Fired
from dragoman.language.analysis import Analysis, Sentence, Token
from dragoman.language.clauses import clause, is_verb
from dragoman.mentions.index import MentionIndex
from dragoman.model import Participant, Span, Trace
from dragoman.ontologies import DataError, Plover, plover
from dragoman.ontologies.files import package_folder, read_yaml
from dragoman.register import Register

_FIELDS: Final = frozenset(("words", "sectors", "parties"))
_PARTY_FIELDS: Final = frozenset(("types", "actors", "recipients", "unless"))
_LONGEST: Final = 3
_MEANWHILE: Final = frozenset("after although as before since though until when while".split())
"""What opens a clause that tells of something else at some other time."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Who acts on whom in an event that has the context without a word that says so."""

    context: str
    types: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    unless: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContextLexicon:
    """Contexts by term, by sector, and by parties. A term's words are joined by single spaces.

    ``first`` maps a word to the lengths of the terms that begin with it; a term that names nothing
    has no contexts.
    """

    terms: Mapping[str, tuple[str, ...]]
    first: Mapping[str, frozenset[int]]
    sectors: Mapping[str, str]
    parties: tuple[Parties, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term found in a sentence."""

    tokens: tuple[Token, ...]
    contexts: tuple[str, ...]


def load(path: Traversable) -> ContextLexicon:
    """The lexicon of a file. Raises DataError that names file, context and what is wrong."""
    data = read_yaml(path)
    terms: dict[str, tuple[str, ...]] = {}
    sectors: dict[str, str] = {}
    parties: list[Parties] = []
    for context, row in data["contexts"].items():
        where = f"{path}: {context}"
        if context not in plover().contexts:
            raise DataError(f"{where}: no PLOVER context is called so.")
        if row.keys() - _FIELDS:
            raise DataError(f"{where}: no field is called {sorted(row.keys() - _FIELDS)}.")
        for term in _terms(where, row.get("words", ())):
            if context not in terms.get(term, ()):
                terms[term] = (*terms.get(term, ()), context)
        sectors |= dict.fromkeys(row.get("sectors", ()), context)
        parties += [_parties(where, context, item) for item in row.get("parties", ())]
    for term in _terms(f"{path}: nothing", data.get("nothing", ())):
        terms.setdefault(term, ())
    frozen = MappingProxyType(terms)
    return ContextLexicon(frozen, _lengths(terms), MappingProxyType(sectors), tuple(parties))


@lru_cache(maxsize=1)
def context_lexicon() -> ContextLexicon:
    """The lexicon that the package brings, read once."""
    return load(package_folder("dragoman.events", "data") / "contexts.yaml")


class ContextReader:
    """Reads the contexts of one document's events; a sentence is searched once."""

    def __init__(
        self,
        analysis: Analysis,
        index: MentionIndex,
        register: Register,
        types: Plover | None = None,
    ) -> None:
        self._analysis = analysis
        self._plover = types or plover()
        self._actors = index.actors
        self._register = register
        self._lexicon = context_lexicon()
        self._found: dict[int, tuple[Term, ...]] = {}

    def read(
        self, fired: Fired, type: str, mode: str | None, roles: Roles
    ) -> tuple[tuple[str, ...], tuple[Trace, ...]]:
        """The event's contexts, the trigger's first, and a row of trace for each added one."""
        added = self._plover.mode(type, mode).adds if mode else ()
        own = tuple(dict.fromkeys((*fired.trigger.contexts, *added)))
        rows: dict[str, Trace] = {}
        for context, tokens in self._by_words(fired).items():
            rows[context] = Trace("contexts", f"words:{context}", self._span(tokens))
        for participant in (*roles.actors, *roles.recipients):
            for sector in sorted(self._sectors(participant)):
                context = self._lexicon.sectors.get(sector, "")
                if context:
                    row = Trace("contexts", f"sector-{sector}:{context}", participant.span)
                    rows.setdefault(context, row)
        for context in self._by_parties(type, roles, {*own, *rows}):
            rows.setdefault(context, Trace("contexts", f"parties:{context}", None))
        new = [
            context for context in self._plover.contexts if context in rows and context not in own
        ]
        return (*own, *new), tuple(rows[context] for context in new)

    def _by_words(self, fired: Fired) -> dict[str, list[Token]]:
        found: dict[str, list[Token]] = {}
        terms = self._terms(fired.head.sentence)
        if not terms:
            return found
        near = _near(fired)
        for term in terms:
            if term.contexts and term.tokens[-1].i in near:
                for context in term.contexts:
                    found.setdefault(context, []).extend(term.tokens)
        return found

    def _terms(self, sentence: Sentence) -> tuple[Term, ...]:
        if sentence.index not in self._found:
            self._found[sentence.index] = tuple(find_terms(sentence.tokens, self._lexicon))
        return self._found[sentence.index]

    def _by_parties(self, type: str, roles: Roles, held: set[str]) -> Iterator[str]:
        for rule in self._lexicon.parties:
            if type not in rule.types or not rule.unless.isdisjoint(held):
                continue
            actors = any(rule.actors & self._words(p) for p in roles.actors)
            if actors and any(rule.recipients & self._words(p) for p in roles.recipients):
                yield rule.context

    def _words(self, participant: Participant) -> set[str]:
        """Sectors and lemmas that a participant's wording tells."""
        lemmas = {token.lemma for token in self._tokens(participant)}
        return {*self._sectors(participant), *lemmas}

    def _sectors(self, participant: Participant) -> set[str]:
        """Sectors of a participant; none where its head only belongs to a longer term, as
        "intelligence" in "artificial intelligence" does.
        """
        tokens = self._tokens(participant)
        heads = [token for token in tokens if token.head is token or token.head not in tokens]
        if any(self._is_within_term(head) for head in heads):
            return set()
        record = self._actors.get(participant.actor or "")
        if record is not None and record.sector:
            return {record.sector}
        roles = [self._register.role(head.lower) for head in heads]
        return {role.sector for role in roles if role is not None and role.sector}

    def _is_within_term(self, token: Token) -> bool:
        terms = self._terms(token.sentence)
        return any(token in term.tokens for term in terms if len(term.tokens) > 1)

    def _tokens(self, participant: Participant) -> tuple[Token, ...]:
        span = participant.span
        return self._analysis.between(span.start, span.end) if span is not None else ()

    def _span(self, tokens: Sequence[Token]) -> Span:
        bounds: list[tuple[int, int]] = []
        for token in sorted(set(tokens), key=lambda token: token.i):
            if bounds and token.start - bounds[-1][1] <= 1:
                bounds[-1] = (bounds[-1][0], token.end)
            else:
                bounds.append((token.start, token.end))
        return self._analysis.document.span(*bounds)


def find_terms(tokens: Sequence[Token], lexicon: ContextLexicon) -> Iterator[Term]:
    """The terms in a sentence, left to right, the longest at each place."""
    at = 0
    while at < len(tokens):
        found = _longest(tokens, at, lexicon)
        if found is not None:
            yield found
            at += len(found.tokens)
        else:
            at += 1


def _longest(tokens: Sequence[Token], at: int, lexicon: ContextLexicon) -> Term | None:
    token = tokens[at]
    lemma = token.lemma.lower()
    lengths = {*lexicon.first.get(lemma, ()), *lexicon.first.get(token.lower, ())}
    for length in sorted(lengths, reverse=True):
        run = tuple(tokens[at : at + length])
        if len(run) < length:
            continue
        for words in _wordings(run):
            contexts = lexicon.terms.get(words)
            if contexts is not None:
                return Term(run, contexts)
    return None


def _wordings(run: Sequence[Token]) -> Iterator[str]:
    """The run by its lemmas, as it stands, and with only its last word made a lemma."""
    before = [token.lower for token in run[:-1]]
    yield " ".join(token.lemma.lower() for token in run)
    yield " ".join([*before, run[-1].lower])
    if before:
        yield " ".join([*before, run[-1].lemma.lower()])


def _near(fired: Fired) -> set[int]:
    """Tokens of the event's clause and of what hangs on it: not another clause beside it, nor one
    of what went before or after, nor the source after "according to".
    """
    top = clause(fired.governor)
    found: set[int] = set()
    stack = [top]
    while stack:
        token = stack.pop()
        found.add(token.i)
        stack += [child for child in token.children if not _is_apart(child, token)]
    shared = top.head.child("nsubj", "nsubjpass") if top.dep == "conj" else None
    if shared is not None and top.child("nsubj", "nsubjpass") is None:
        found.update(token.i for token in shared.subtree())
    return found


def _is_apart(child: Token, token: Token) -> bool:
    if child.dep == "parataxis" or (child.dep == "conj" and is_verb(child) and is_verb(token)):
        return True
    if child.dep == "advcl":
        return any(word.lower in _MEANWHILE for word in child.having("mark", "advmod", "prep"))
    return child.lower == "according" and child.dep == "prep"


def _terms(where: str, words: Sequence[object]) -> Iterator[str]:
    for word in words:
        if not isinstance(word, str) or word != " ".join(word.lower().split()) or not word:
            raise DataError(f"{where}: {word!r} is not in lower case with single spaces.")
        if len(word.split()) > _LONGEST and " - " not in word:
            raise DataError(f"{where}: {word!r} has more than {_LONGEST} words.")
        yield word
        joined = word.replace(" - ", "-")
        if joined != word:
            yield joined


def _lengths(terms: Mapping[str, tuple[str, ...]]) -> Mapping[str, frozenset[int]]:
    lengths: dict[str, set[int]] = {}
    for term in terms:
        words = term.split()
        lengths.setdefault(words[0], set()).add(len(words))
    return MappingProxyType({word: frozenset(found) for word, found in lengths.items()})


def _parties(where: str, context: str, row: Mapping[str, Any]) -> Parties:
    if row.keys() != _PARTY_FIELDS:
        raise DataError(f"{where}: parties need the fields {', '.join(sorted(_PARTY_FIELDS))}.")
    foreign = set(row["types"]) - plover().types.keys()
    foreign |= set(row["unless"]) - plover().contexts.keys()
    if foreign:
        raise DataError(f"{where}: PLOVER has no {sorted(foreign)}.")
    sets = {name: frozenset(row[name]) for name in _PARTY_FIELDS}
    return Parties(context, **sets)
