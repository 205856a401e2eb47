"""Events: triggers with their type, roles, status, chain, time, place and trace."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from dragoman.events import weighing
from dragoman.events.background import BY_DEFAULT, Mark, background, narrated
from dragoman.events.chain import Chains
from dragoman.events.contexts import ContextReader
from dragoman.events.guards import doubt
from dragoman.events.implied import implied_events
from dragoman.events.lead import with_main
from dragoman.events.locating import event_place
from dragoman.events.roles import RoleReader, Roles
from dragoman.events.status import Reading as StatusReading
from dragoman.events.status import read_status
from dragoman.events.timing import event_time, why_untimed
from dragoman.events.triggers import Fired, compound, fire
from dragoman.events.typing import weighed
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
from dragoman.language.encoder import Encoded
from dragoman.language.lexicon import load_yaml
from dragoman.mentions.index import MentionIndex
from dragoman.model import Event, EventTime, Participant, Span, Statement, Trace
from dragoman.ontologies.own.record import Ontology, default_ontology
from dragoman.register import Register
from dragoman.statements.merging import ATTITUDE

_LAUNCHING = frozenset({"fire", "launch", "lob", "shoot", "loose", "hurl"})


def find(
    analysis: Analysis,
    index: MentionIndex,
    statements: tuple[Statement, ...],
    register: Register,
    ontology: Ontology | None = None,
    encoded: Encoded | None = None,
) -> tuple[Event, ...]:
    """The events of an analysis in text order, numbered; by the package's ontology if no other.
    With ``encoded`` the encoder's heads have a say in types, modes, contexts and status.
    """
    ontology = ontology or default_ontology()
    coder = _Coder(analysis, index, statements, register, ontology, encoded)
    coded = [
        event
        for fired in fire(analysis, ontology.lexicon, index.is_human)
        if (event := coder.code(fired)) is not None
    ]
    if encoded is not None:
        coded = weighed(coded, analysis, encoded, ontology)
    coded += implied_events(analysis, statements, coded, index, ontology)
    coded.sort(key=lambda event: (event.trigger.start, event.trigger.end))
    found = with_main(narrated(_unique(coded), analysis, index), analysis)
    return tuple(
        dataclasses.replace(event, id=f"e{number}") for number, event in enumerate(found, 1)
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
        ontology: Ontology,
        encoded: Encoded | None,
    ) -> None:
        self._encoded = encoded
        self._ontology = ontology
        self._analysis = analysis
        self._index = index
        self._roles = RoleReader(analysis, index, register)
        self._chains = Chains(statements)
        self._contexts = ContextReader(analysis, index, register, ontology.plover)
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
        status = weighing.weighed(status, self._encoded, fired.head)
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
        contexts, about = self._contexts.read(fired, type_, mode, roles)
        holder = chain[-1] if chain else None
        when = event_time(fired, self._index, self._analysis, holder, status.status)
        doubted = doubt(fired.head.sentence.tokens, fired.head, type_)
        behind = background(fired, when, self._analysis.document.published)
        if behind is not None and when is not None and when.rule == BY_DEFAULT:
            when = None
        return Event(
            id="",
            trigger=self._trigger_span(fired),
            type=type_,
            mode=mode,
            contexts=contexts,
            cameo=code,
            cameo_root=self._ontology.cameo.root(code) if code else "",
            quad=self._ontology.plover.quad(type_),
            intensity=self._ontology.plover.intensity(type_, mode),
            goldstein=self._ontology.cameo.goldstein(code) if code else None,
            actors=roles.actors,
            recipients=roles.recipients,
            place=event_place(fired, self._index, holder),
            time=when,
            status=status.status,
            polarity=status.polarity,
            certainty=status.certainty,
            auxiliary=(*((behind.mode,) if behind else ()), *status.auxiliary),
            according_to=tuple(statement.id for statement in chain),
            reciprocal=trigger.reciprocal,
            sentence=self._sentence(fired),
            confidence=_confidence(fired, roles, chain, doubted is not None),
            trace=(*self._trace(fired, roles, status, chain, when, doubted, behind), *about),
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
        when: EventTime | None,
        doubted: str | None,
        behind: Mark | None,
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
        untimed = why_untimed(fired, self._analysis.document, status.status)
        rows.append(Trace("time", when.rule if when else untimed))
        if behind is not None:
            word = self._analysis.span(behind.evidence) if behind.evidence is not None else None
            rows.append(Trace("auxiliary", f"background:{behind.rule}", word))
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
        if any(token.lemma in nouns or compound(token) in nouns for token in means):
            return str(mode)
    return None


def _means(fired: Fired) -> list[Token]:
    means = [*surface_subjects(fired.governor), *prepositional(fired.governor, "with", "using")]
    if is_passive(fired.governor):
        means = [*agents(fired.governor), *prepositional(fired.governor, "with", "using")]
    return means


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
        value *= 0.6 + 0.4 * statement.confidence
    return round(max(value, 0.05), 3)
