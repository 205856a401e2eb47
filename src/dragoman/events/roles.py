"""Who does it and to whom: the fillers of an event's roles, each licensed by its clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.events.positions import MODIFIERS, Places
from dragoman.events.standing import (
    beside,
    claimants,
    governors,
    own,
    predicate,
)
from dragoman.events.triggers import Fired
from dragoman.language.analysis import Analysis, Token
from dragoman.language.clauses import (
    OBJECT_OF,
    SENDING,
    agents,
    conjuncts,
    is_passive,
    is_verb,
    logical_objects,
    logical_subjects,
    prepositional,
    surface_subjects,
)
from dragoman.language.lexicon import load_yaml
from dragoman.language.phrases import noun_phrase, without_article
from dragoman.mentions.drafts import Draft
from dragoman.mentions.index import MentionIndex
from dragoman.model import Participant
from dragoman.register import Register

_OCCASION = frozenset({"at", "in", "during", "after", "following", "before", "for", "on"})
_OWN = frozenset({"poss", "adjective", "compound"})
_STRETCHES = frozenset({"hour", "day", "week", "month", "round", "session", "series", "set"})
_LAUNCHING = frozenset({"fire", "launch", "lob", "shoot", "drop", "plant"})
_CROWDS = frozenset({"thousands", "hundreds", "dozens", "scores"})
_UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Roles:
    """Initiators and recipients of an event."""

    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]

    @property
    def is_anchored(self) -> bool:
        """Whether anybody at all takes part, so that this is an event between political actors."""
        return any(p.span is not None for p in (*self.actors, *self.recipients))


class RoleReader:
    """Reads roles for the triggers of one report."""

    def __init__(self, analysis: Analysis, index: MentionIndex, register: Register) -> None:
        self._analysis = analysis
        self._index = index
        self._register = register
        self._places = Places(index)
        self._undergo = load_yaml("dragoman.events", "undergoing.yaml")
        self._weapons = {n for nouns in self._undergo["instruments"].values() for n in nouns}

    def read(self, fired: Fired) -> Roles:
        """The roles of a trigger; a party is never its own counterpart unless it acts on itself."""
        actors = self._first(fired, self._actor_places(fired))
        if not actors and fired.verb is not None and is_passive(fired.verb):
            actors = self._first(fired, [p for p in fired.trigger.noun_actor if p in _OWN])
        recipients = self._first(fired, self._recipient_places(fired), actors)
        if fired.trigger.reciprocal:
            return self._both_ways(fired, actors, recipients)
        if not recipients and self._is_mutual(fired):
            parties = _unique([*actors, *self._first(fired, ("prep:with",), actors)])
            return Roles(parties or self._missing(fired), parties)
        if not fired.is_verbal:
            actors = actors or self._possessor(fired, recipients) or self._carriers(fired)
            actors = actors or self._all(claimants(fired.head), "claims")
            if fired.trigger.mode == "visit":
                actors = actors or self._parties_to_occasion(fired)
            recipients = recipients or self._sufferers(fired)
        else:
            actors = actors or self._attackers(fired)
            recipients = recipients or self._further(fired)
        recipients = _without(recipients, actors)
        return Roles(actors or self._missing(fired), recipients)

    def _is_mutual(self, fired: Fired) -> bool:
        """ "accused each other", "fired on one another", "traded accusations"."""
        if not is_verb(fired.governor):
            return False
        if (fired.verb or fired.governor).lemma in self._undergo["exchanging"]:
            return True
        near = [*logical_objects(fired.governor)]
        for child in fired.governor.having("prep", "agent"):
            near += child.having("pobj")
        pairs = {frozenset(("each", "other")), frozenset(("one", "another"))}
        return any(frozenset((t.lower, c.lower)) in pairs for t in near for c in t.children)

    def _further(self, fired: Fired) -> tuple[Participant, ...]:
        """Whom an act is done to that only its complement or its place names: "offered to meet X",
        "struck a refinery in Y".
        """
        verb = fired.governor
        clause = verb.child("xcomp") if fired.trigger.type in ("AGREE", "THREATEN") else None
        if clause is not None and not logical_objects(verb):
            held_by = [] if clause.lemma in SENDING else logical_objects(clause)
            within = [*held_by, *prepositional(clause, "with", "to", "against", "on")]
            for held in logical_objects(clause):
                within += prepositional(held, "with", "to", "against", "on")
            return self._all(within, "complement")
        if fired.trigger.type == "PROTEST":
            against = [t for t in logical_subjects(verb) if t.lemma in self._undergo["opponents"]]
            return self._all([o for t in against for o in prepositional(t, "of")], "opposed")
        hit = self._hit_by(verb) if fired.trigger.type == "ASSAULT" else []
        if hit:
            return self._all(hit, "hit")
        if fired.trigger.type in ("ASSAULT", "COERCE") and logical_objects(verb):
            near = prepositional(verb, "in", "at", "near", "on", "outside")
            return _unique([p for t in near for p in self._located(t, "object")])
        return ()

    def _hit_by(self, verb: Token) -> list[Token]:
        """What a weapon that is fired strikes: "was downed by a missile fired by X"."""
        for shot in logical_objects(verb):
            by = shot.head if shot.dep == "pobj" and shot.head.lower == "by" else shot
            if (
                shot.lemma in self._weapons
                and is_verb(by.head)
                and shot in logical_subjects(by.head)
            ):
                return [t for t in logical_objects(by.head) if t is not shot]
        return []

    def _actor_places(self, fired: Fired) -> Sequence[str]:
        if fired.is_verbal:
            return fired.trigger.actor
        return fired.trigger.noun_actor

    def _recipient_places(self, fired: Fired) -> Sequence[str]:
        trigger = fired.trigger
        if fired.verb is not None:
            return (*trigger.noun_recipient, *trigger.recipient)
        return trigger.recipient if is_verb(fired.head) else trigger.noun_recipient

    def _first(
        self, fired: Fired, places: Sequence[str], taken: Sequence[Participant] = ()
    ) -> tuple[Participant, ...]:
        held = {p.actor or p.name for p in taken} | {p.span for p in taken}
        for place in places:
            found: list[Participant] = []
            for token in self._places.tokens(fired, place):
                found += self.participants(token, place)
            found = [p for p in found if (p.actor or p.name) not in held and p.span not in held]
            if found:
                return _unique(found)
        return ()

    # ------------------------------------------------------------ participants

    def participants(self, token: Token, place: str) -> list[Participant]:
        """The parties that a token and what is coordinated with it name."""
        found: list[Participant] = []
        parts = conjuncts(token)
        if token.pos == "ADP":  # a forename taken for a preposition holds the surname
            parts += [t for held in token.having("pobj") for t in conjuncts(held)[1:]]
        for part in parts:
            found += self._single(part, place)
        return found

    def _single(self, token: Token, place: str) -> list[Participant]:
        held = self._index.reached(token)
        if held is not None:
            draft = held[1]
            return (
                [self._of(name, own, token, place) for name, own in self._index.together(held)]
                if draft.form != "pronoun" or draft.actor is not None or _is_personal(token)
                else []
            )
        if token.lower in _CROWDS and not token.having("prep"):
            span = self._analysis.span(token)
            why = "a number of people"
            return [Participant(name=token.text, span=span, rule=f"{place}:crowd", unresolved=why)]
        owner = self._owner(token, place)
        return [owner] if owner is not None else self._located(token, place)

    def _of(self, name: str, draft: Draft, token: Token, place: str) -> Participant:
        return Participant(
            name=draft.name or token.text,
            actor=draft.actor,
            span=self._analysis.span(*draft.tokens),
            mention=name,
            rule=f"{place}:{draft.rule}",
            unresolved=draft.unresolved if draft.actor is None else None,
        )

    def _owner(self, token: Token, place: str, depth: int = 0) -> Participant | None:
        """Whose thing it is: "Ukrainian positions", "imports of Greek cheese"."""
        if token.pos not in ("NOUN", "PROPN") or token.lemma in self._undergo["not_owned"]:
            return None
        links = ["of", "from"] + ["with"] * (token.lemma in self._undergo["borders"])
        for child in [*own(token, *MODIFIERS), *prepositional(token, *links)]:
            held = self._index.at(child)
            if held is not None and held[1].actor is not None:
                name, draft = held
                phrase = without_article(noun_phrase(token))
                return Participant(
                    name=draft.name, actor=draft.actor, span=self._analysis.span(*phrase),
                    mention=name, rule=f"{place}:owner-of-{token.lemma}",
                )  # fmt: skip
        for child in prepositional(token, "of") if depth < 2 else ():
            deeper = self._owner(child, place, depth + 1)
            if deeper is not None:
                return deeper
        return None

    def _located(self, token: Token, place: str) -> list[Participant]:
        """A town that is struck stands for its country."""
        if place == "subject" or place.startswith("prep:in"):
            return []
        for at in [token, *prepositional(token, "in", "near", "of", "at")]:
            where = self._index.place(at)
            entry = (
                self._register.entry(f"state:{where.country}") if where and where.country else None
            )
            mention = self._index.place_mention(at)
            if entry is not None and mention is not None:
                actor = self._register.actor(entry.id, self._analysis.document.published)
                self._index.actors.setdefault(actor.id, actor)
                return [
                    Participant(
                        name=actor.name, actor=actor.id, span=mention.span, mention=mention.id,
                        rule=f"{place}:country-of-place",
                    )
                ]  # fmt: skip
        return []

    # ------------------------------------------------------------ special shapes

    def _both_ways(
        self,
        fired: Fired,
        actors: tuple[Participant, ...],
        recipients: tuple[Participant, ...],
    ) -> Roles:
        if not fired.is_verbal:
            actors = actors or self._parties_to_occasion(fired)
            actors = _without(actors, recipients)
        if not recipients and fired.is_verbal:
            recipients = self._first(fired, ("prep:with", "prep:and", "prep:between"), actors)
        parties = _unique([*actors, *recipients])
        if len(parties) > 1:
            return Roles(parties, parties)
        if fired.trigger.type == "CONSULT" and fired.governor.lemma == "attend":
            hosts = self._all(prepositional(fired.head, "in"), "host")
            for token in own(fired.head, "compound", "poss"):
                hosts = hosts or _unique(self._located(token, "host"))
            return Roles(actors or self._missing(fired), _without(recipients or hosts, actors))
        return Roles(actors or self._missing(fired), recipients)

    def _parties_to_occasion(self, fired: Fired) -> tuple[Participant, ...]:
        """ "Speaking at a meeting with X, Y …": the subject of what was done there was there."""
        head = fired.head
        if head.dep == "pobj" and head.head.lower == "of" and head.head.head.lemma in _STRETCHES:
            head = head.head.head
        preposition = head.head
        if head.dep != "pobj" or preposition.lower not in _OCCASION:
            if head.dep == "dobj" and is_verb(preposition):
                return self._all(surface_subjects(preposition), "subject")
            return ()
        for ancestor in preposition.ancestors():
            if is_verb(ancestor):
                return self._all(surface_subjects(ancestor), "subject")
        return ()

    def _all(self, tokens: Sequence[Token], place: str) -> tuple[Participant, ...]:
        return _unique([p for t in tokens for p in self.participants(t, place)])

    def _sufferers(self, fired: Fired) -> tuple[Participant, ...]:
        """ "resistance by X against genocide", "X suffered under the siege"."""
        for governor, preposition in governors(fired.head):
            nouns, verbs = self._undergo["nouns"], self._undergo["verbs"]
            hit = governor.lemma in self._undergo["casualties"] and is_passive(governor)
            if hit and preposition in ("in", "by", "during"):
                return self._all(surface_subjects(governor), f"undergoes:{governor.lemma}")
            if is_verb(governor) and governor.lemma in verbs:
                return self._all(surface_subjects(governor), f"undergoes:{governor.lemma}")
            if governor.lemma in nouns and preposition in self._undergo["prepositions"]:
                around = [*prepositional(governor, "by", "of"), *own(governor, *MODIFIERS)]
                around += beside(governor, "by", "of")
                return self._all(around, f"undergoes:{governor.lemma}")
        return ()

    def _attackers(self, fired: Fired) -> tuple[Participant, ...]:
        """ "was killed in an air strike by X", "was downed by a missile fired by X": whoever made
        the attack, or fired what struck.
        """
        verb = fired.governor
        if fired.trigger.type == "ASSAULT":
            for shot in logical_subjects(verb):
                if shot.lemma in self._weapons:
                    sent = [c for c in shot.having("acl") if c.lemma in _LAUNCHING]
                    return self._all([t for c in sent for t in agents(c)], "fired-by")
        if verb.lemma not in self._undergo["casualties"] or not is_passive(verb):
            return ()
        for attack in prepositional(verb, "in", "by", "during"):
            if attack.lemma in self._undergo["attacks"]:
                made = [*prepositional(attack, "by"), *own(attack, *MODIFIERS)]
                return self._all(made, f"attack:{attack.lemma}")
        return ()

    def _possessor(
        self, fired: Fired, recipients: Sequence[Participant]
    ) -> tuple[Participant, ...]:
        """ "Chad's release of prisoners": whose act it is, unless it is done to that possessor, as
        in "their release".
        """
        if any(not p.rule.startswith("poss:") for p in recipients):
            return self._all(own(fired.head, "poss"), "poss")
        return ()

    def _carriers(self, fired: Fired) -> tuple[Participant, ...]:
        """ "its campaign of displacement": whose campaign it is does it."""
        for governor, preposition in governors(fired.head):
            charged = governor.lemma in ("charge", "indict") and preposition == "with"
            linked = governor.lemma in OBJECT_OF and preposition in ("for", "of")
            if is_verb(governor) and (charged or linked):
                held = governor.having("nsubjpass" if is_passive(governor) else "dobj")
                return self._all(held, f"held-by:{governor.lemma}")
            said = predicate(governor) if fired.head.dep == "nsubj" else None
            if said is not None and said.lemma in self._undergo["carriers"]:
                around = [*prepositional(said, "of", "for"), *own(said, "poss")]
                return self._all(around, f"carrier:{said.lemma}")
            if preposition == "of" and governor.lemma in self._undergo["carriers"]:
                around = [*prepositional(governor, "by"), *own(governor, *MODIFIERS)]
                return self._all(around, f"carrier:{governor.lemma}")
        return ()

    def _missing(self, fired: Fired) -> tuple[Participant, ...]:
        why = "the clause names no initiator"
        if is_verb(fired.governor) and is_passive(fired.governor):
            why = "a passive without an agent"
        return (Participant(name=_UNNAMED, rule="none", unresolved=why),)


def _is_personal(token: Token) -> bool:
    return token.lower not in ("it", "its", "itself")


def _without(
    participants: tuple[Participant, ...], others: Sequence[Participant]
) -> tuple[Participant, ...]:
    held = {p.actor for p in others if p.actor}
    return tuple(p for p in participants if p.actor is None or p.actor not in held)


def _unique(participants: Sequence[Participant]) -> tuple[Participant, ...]:
    seen: dict[object, Participant] = {}
    for participant in participants:
        seen.setdefault(participant.actor or participant.span, participant)
    return tuple(seen.values())
