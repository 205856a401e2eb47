"""Events: triggers with their type, roles, status, chain, time, place and trace."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from dragoman.events.chain import Chains
from dragoman.events.guards import doubt
from dragoman.events.implied import implied_events
from dragoman.events.lexicon import Lexicon, lexicon
from dragoman.events.roles import RoleReader, Roles
from dragoman.events.status import Reading as StatusReading
from dragoman.events.status import read_status
from dragoman.events.timing import event_place, event_time, is_remembered
from dragoman.events.triggers import Fired, fire
from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import (
    agents,
    is_passive,
    is_verb,
    logical_objects,
    modal,
    prepositional,
    surface_subjects,
)
from dragoman.language.lexicon import load_yaml
from dragoman.mentions.index import MentionIndex
from dragoman.model import AuxiliaryMode, Event, Participant, Span, Statement, Trace
from dragoman.ontologies import cameo, plover
from dragoman.register import Register
from dragoman.statements.merging import ATTITUDE

_HISTORY_YEARS = 1
_LAUNCHING = frozenset({"fire", "launch", "lob", "shoot", "loose", "hurl"})


def find(
    analysis: Analysis,
    index: MentionIndex,
    statements: tuple[Statement, ...],
    register: Register,
    words: Lexicon | None = None,
) -> tuple[Event, ...]:
    """The events of an analysis in text order, numbered."""
    coder = _Coder(analysis, index, statements, register)
    coded = [
        event
        for fired in fire(analysis, words or lexicon(), index.is_human)
        if (event := coder.code(fired)) is not None
    ]
    coded += implied_events(analysis, statements, coded, index)
    coded.sort(key=lambda event: (event.trigger.start, event.trigger.end))
    return tuple(
        dataclasses.replace(event, id=f"e{number}")
        for number, event in enumerate(_unique(coded), 1)
    )


def _unique(events: Iterable[Event]) -> list[Event]:
    seen: dict[tuple[object, ...], Event] = {}
    for event in events:
        who = tuple(p.actor or p.name for p in event.actors)
        whom = tuple(p.actor or p.name for p in event.recipients)
        seen.setdefault((event.trigger.start, event.type, who, whom), event)
    return list(seen.values())


class _Coder:
    def __init__(
        self,
        analysis: Analysis,
        index: MentionIndex,
        statements: tuple[Statement, ...],
        register: Register,
    ) -> None:
        self._analysis = analysis
        self._index = index
        self._roles = RoleReader(analysis, index, register)
        self._chains = Chains(statements)
        self._sentences: dict[int, Span] = {}

    def code(self, fired: Fired) -> Event | None:
        """The event of a trigger, None where no actor takes part in it."""
        roles = self._roles.read(fired)
        chain = self._chains.around(fired.governor)
        spoken = self._chains.of_cue(fired.governor) if fired.trigger.speech else None
        if spoken is not None:
            roles = self._spoken_roles(roles, spoken)
        roles = self._without_own_side(roles)
        if not roles.is_anchored:
            return None
        spoken_in = [s for s in chain if not _is_attitude(s)]
        status = read_status(fired, spoken_in[-1] if spoken_in else None)
        return self._event(fired, roles, chain, status)

    def _without_own_side(self, roles: Roles) -> Roles:
        """An official's own state is not whom he acts on: "the Kremlin denied that Moscow …"."""
        records = [self._index.actors.get(p.actor or "") for p in roles.actors]
        official = {
            f"state:{r.country}"
            for r in records
            if r is not None and (r.sector in ("GOV", "MIL", "SPY") or r.kind == "state")
        }
        kept = tuple(p for p in roles.recipients if p.actor not in official)
        return Roles(roles.actors, kept) if roles.recipients != roles.actors else roles

    def _spoken_roles(self, roles: Roles, statement: Statement) -> Roles:
        """A speech act's initiator is the statement's source; whom it addresses comes last."""
        actors = roles.actors
        if statement.source is not None and all(p.span is None for p in actors):
            actors = (self._party(statement.speaker, statement.source, "source"),)
        recipients = roles.recipients
        if not recipients and statement.addressee is not None:
            recipients = (self._party(statement.addressee, statement.addressee_span, "addressee"),)
            held = {p.actor for p in actors if p.actor}
            recipients = tuple(p for p in recipients if p.actor not in held)
        return Roles(actors, recipients)

    def _party(self, actor: str | None, span: Span | None, rule: str) -> Participant:
        record = self._index.actors.get(actor or "")
        name = record.name if record else span.quote if span else "unnamed"
        return Participant(
            name=name,
            actor=actor,
            span=span,
            rule=rule,
            unresolved=None if actor else "the source is not resolved",
        )

    def _event(
        self, fired: Fired, roles: Roles, chain: tuple[Statement, ...], status: StatusReading
    ) -> Event:
        trigger = fired.trigger
        type_, code, negated = trigger.type, trigger.cameo, None
        if trigger.negated and _is_refused(fired, status):
            type_, code, negated = trigger.negated.type, trigger.negated.cameo, trigger.id
            status = StatusReading("asserted", f"negated-trigger:{trigger.id}", status.evidence)
        mode = _mode(fired) if negated is None else None
        holder = chain[-1] if chain else None
        when = event_time(fired, self._index, self._analysis.document, holder, status.status)
        doubted = doubt(fired.head.sentence.tokens, fired.head, type_)
        auxiliary = _auxiliary(status, fired, when.value if when else None, self._analysis)
        if when is not None and "historical" in auxiliary and when.rule == "publication-date":
            when = None
        return Event(
            id="",
            trigger=self._trigger_span(fired),
            type=type_,
            mode=mode,
            contexts=trigger.contexts,
            cameo=code,
            cameo_root=cameo().root(code),
            quad=plover().quad(type_),
            intensity=plover().intensity(type_, mode),
            goldstein=cameo().goldstein(code),
            actors=roles.actors,
            recipients=roles.recipients,
            place=event_place(fired, self._index, holder),
            time=when,
            status=status.status,
            polarity=status.polarity,
            certainty=status.certainty,
            auxiliary=auxiliary,
            according_to=tuple(statement.id for statement in chain),
            reciprocal=trigger.reciprocal,
            sentence=self._sentence(fired),
            confidence=_confidence(fired, roles, chain, doubted is not None),
            trace=self._trace(fired, roles, status, chain, when.rule if when else "none", doubted),
        )

    def _trigger_span(self, fired: Fired) -> Span:
        bounds: list[tuple[int, int]] = []
        for token in fired.tokens:
            if bounds and token.start - bounds[-1][1] <= 1:
                bounds[-1] = (bounds[-1][0], token.end)
            else:
                bounds.append((token.start, token.end))
        return self._analysis.document.span(*bounds)

    def _sentence(self, fired: Fired) -> Span:
        sentence = fired.head.sentence
        if sentence.index not in self._sentences:
            span = self._analysis.document.span((sentence.start, sentence.end))
            self._sentences = {sentence.index: span}
        return self._sentences[sentence.index]

    def _trace(
        self,
        fired: Fired,
        roles: Roles,
        status: StatusReading,
        chain: tuple[Statement, ...],
        when: str,
        doubted: str | None,
    ) -> tuple[Trace, ...]:
        rows = [Trace("type", f"lexicon:{fired.trigger.id}", self._trigger_span(fired))]
        rows += [Trace("actors", p.rule, p.span) for p in roles.actors]
        rows += [Trace("recipients", p.rule, p.span) for p in roles.recipients]
        evidence = self._analysis.span(status.evidence) if status.evidence is not None else None
        rows.append(Trace("status", status.rule, evidence))
        rows += [
            Trace("according_to", f"{s.id}:{s.trace[0].rule if s.trace else 'statement'}", s.cue)
            for s in chain
        ]
        rows.append(Trace("time", when))
        if doubted is not None:
            rows.append(Trace("confidence", f"guard:{doubted}"))
        return tuple(rows)


def _is_attitude(statement: Statement) -> bool:
    """Whether it is a plan, mood or decision that somebody has: its words bear on the status."""
    return any(row.rule == ATTITUDE for row in statement.trace)


def _is_refused(fired: Fired, status: StatusReading) -> bool:
    """ "will not release" refuses; "did not release" only denies."""
    if status.status != "denied" or not status.rule.startswith("negation"):
        return False
    return modal(fired.governor) in ("will", "would", "shall")


def _mode(fired: Fired) -> str | None:
    """The trigger's mode; firearms unless the clause has other arms: "fired rockets at"."""
    if fired.trigger.mode not in (None, "firearms"):
        return fired.trigger.mode
    return _instrument(fired) or fired.trigger.mode


def _instrument(fired: Fired) -> str | None:
    """The mode that an attack's means tells: "drones struck", "attacked with rockets"."""
    if fired.trigger.type != "ASSAULT" or not is_verb(fired.governor):
        return None
    shot = logical_objects(fired.governor) if fired.governor.lemma in _LAUNCHING else []
    means = [*shot, *_means(fired)]
    table = load_yaml("dragoman.events", "undergoing.yaml")["instruments"]
    for mode, nouns in table.items():
        if any(token.lemma in nouns for token in means):
            return str(mode)
    return None


def _means(fired: Fired) -> list[Token]:
    means = [*surface_subjects(fired.governor), *prepositional(fired.governor, "with", "using")]
    if is_passive(fired.governor):
        means = [*agents(fired.governor), *prepositional(fired.governor, "with", "using")]
    return means


def _auxiliary(
    status: StatusReading, fired: Fired, value: str | None, analysis: Analysis
) -> tuple[AuxiliaryMode, ...]:
    published = analysis.document.published
    year = value[:4] if value and value[:4].isdigit() else None
    old = year is not None and published is not None and published.year - int(year) > _HISTORY_YEARS
    if old or is_remembered(fired):
        return ("historical", *status.auxiliary)
    return status.auxiliary


def _confidence(fired: Fired, roles: Roles, chain: tuple[Statement, ...], doubted: bool) -> float:
    value = 0.6 if doubted else 0.9
    if not fired.is_verbal:
        value -= 0.15
    if any(p.actor is None for p in roles.actors):
        value -= 0.15
    if not roles.recipients:
        value -= 0.1
    if any("country-of-place" in p.rule or "owner-of" in p.rule for p in roles.recipients):
        value -= 0.05
    for statement in chain:
        value *= 0.5 + statement.confidence / 2
    return round(max(value, 0.05), 3)
