"""Verb dictionaries as triggers: base verbs and patterns, each under its CAMEO code's type.

A pattern becomes verb and required words, with conditions on subject and object where it names a
noun before the verb or a synonym set, and with the places of source and target where it marks
them. What the form of triggers cannot say is told with its line.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from dragoman.events.lexicon import Trigger, lexicon
from dragoman.ontologies.codes import Cameo, PloverReading
from dragoman.ontologies.petrarch.lines import Account, Ledger, Line
from dragoman.ontologies.petrarch.phrases import InexpressibleError, Item, is_noun_phrase, items
from dragoman.ontologies.petrarch.verbs import (
    Block,
    Coding,
    Joint,
    Pattern,
    Verb,
    VerbFile,
    VerbReader,
)
from dragoman.ontologies.petrarch.words import lemma, singular
from dragoman.ontologies.types import Plover

_VIOLENCE: Final = frozenset({"18", "19", "20"})
_RECIPIENT: Final = (
    "object", "dative", "prep:against", "prep:with", "prep:to", "prep:on", "poss:object",
    "prep:for", "prep:of", "prep:at", "prep:from", "prep:in", "within:object",
)  # fmt: skip


def verb_triggers(
    path: Path, name: str, plover: Plover, cameo: Cameo
) -> tuple[list[Trigger], Account]:
    """The triggers of a verb dictionary, and what became of its lines."""
    ledger = Ledger(path, name)
    file = VerbReader(ledger).read()
    made = _Maker(ledger, file, plover, cameo, path.stem.lower().replace(" ", "-")).triggers()
    return made, ledger.account()


@dataclasses.dataclass(slots=True)
class _Shape:
    """What a pattern asks for, gathered from its parts."""

    words: list[str] = dataclasses.field(default_factory=list)
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    actor: str | None = None
    recipient: str | None = None
    both: bool = False
    preposition: str | None = None


class _Maker:
    def __init__(
        self, ledger: Ledger, file: VerbFile, plover: Plover, cameo: Cameo, stem: str
    ) -> None:
        self._ledger = ledger
        self._file = file
        self._plover = plover
        self._cameo = cameo
        self._stem = stem
        bases = {verb.words[0] for block in file.blocks for verb in block.verbs}
        self._known = bases | lexicon().verbs.keys()

    def triggers(self) -> list[Trigger]:
        made: list[Trigger] = []
        for block in self._file.blocks:
            base = self._bases(block)
            for pattern in block.patterns:
                try:
                    made += self._pattern(pattern, block, base)
                except InexpressibleError as error:
                    self._ledger.unused(pattern.line, str(error))
            made += base
        for joint in self._file.joints:
            try:
                made.append(self._joint(joint))
            except InexpressibleError as error:
                self._ledger.unused(joint.line, str(error))
        return made

    # ------------------------------------------------------------ verbs

    def _bases(self, block: Block) -> list[Trigger]:
        """One trigger for the verbs of the block's own code, one for each verb with another."""
        made = []
        shared = [verb for verb in block.verbs if verb.coding is None]
        groups: list[tuple[Line, Coding, list[Verb]]] = [(block.line, block.coding, shared)]
        groups += [(v.line, v.coding, [v]) for v in block.verbs if v.coding is not None]
        for line, coding, verbs in groups:
            if not verbs or (coding.there is None and coding.back is None):
                continue
            try:
                made.append(self._trigger(line, coding, self._phrases(verbs, []), _Shape()))
            except InexpressibleError as error:
                self._ledger.unused(line, str(error))
        return made

    def _phrases(self, verbs: Iterable[Verb], words: list[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for verb in verbs:
            head = lemma(verb.words[0], self._known)
            found[" ".join((head, *verb.words[1:], *words))] = None
            plain = [singular(word) for word in words]
            found[" ".join((head, *verb.words[1:], *plain))] = None
        return tuple(found)

    # ------------------------------------------------------------ rules that join events

    def _joint(self, joint: Joint) -> Trigger:
        """A verb with a clause about such an act: whoever does it, or suffers it, is the target."""
        places = {("b", "."): "content-actor", ("_", "b"): "content-recipient"}
        place = places.get((joint.who, joint.whom))
        if place is None:
            raise InexpressibleError("the form of triggers cannot ask who acts in the clause")
        verbs = self._named(joint.verb)
        if place == "content-actor" and any(
            (other.who, other.whom) == ("_", "b") and other.verb == joint.verb
            for other in self._file.joints
        ):
            raise InexpressibleError("another rule of the verb has the same form of clause")
        acts = {lemma(v.words[0], self._known) for v in self._like(joint.act) if len(v.words) == 1}
        if not verbs or not acts:
            raise InexpressibleError(f"no block has the verbs {joint.verb} and {joint.act}")
        base = self._trigger(joint.line, Coding(joint.code), self._phrases(verbs, []), _Shape())
        return dataclasses.replace(
            base,
            complement="that" if place == "content-actor" else "infinitive",
            complement_words=frozenset(acts),
            recipient=(place,),
            speech=True,
        )

    def _named(self, name: str) -> list[Verb]:
        """The verb of that name, in whatever block."""
        return [
            verb for block in self._file.blocks for verb in block.verbs if verb.words == (name,)
        ]

    def _like(self, act: str) -> list[Verb]:
        """The verbs of every block with a code like the act's: violence is all of one kind."""
        roots = {
            ((verb.coding or block.coding).there or "")[:2]
            for block in self._file.blocks
            for verb in block.verbs
            if verb.words == (act,)
        } - {""}
        if roots & _VIOLENCE:
            roots |= _VIOLENCE
        return [
            verb
            for block in self._file.blocks
            for verb in block.verbs
            if ((verb.coding or block.coding).there or "")[:2] in roots
        ]

    # ------------------------------------------------------------ patterns

    def _pattern(self, pattern: Pattern, block: Block, base: list[Trigger]) -> list[Trigger]:
        shape = _Shape()
        for item in items(pattern.before, self._file.synsets):
            _before(shape, item)
        _after(shape, items(pattern.after, self._file.synsets))
        if shape.actor == "prep:by":
            raise InexpressibleError("a source after the verb: the passive is read by the parse")
        if pattern.coding.there is None and pattern.coding.back is None:
            self._without(shape, base)
            return []
        if not block.verbs:
            raise InexpressibleError("the block has no verb that can be used")
        phrases = self._phrases(block.verbs, shape.words)
        return [self._trigger(pattern.line, pattern.coding, phrases, shape)]

    def _without(self, shape: _Shape, base: list[Trigger]) -> None:
        """A pattern that codes nothing takes its object or subject from the base verbs' reach."""
        if not base:
            return
        nouns = {singular(word) for word in shape.words} | set(shape.words)
        if len(shape.words) > 1 or shape.preposition or (shape.subject and nouns):
            raise InexpressibleError("a pattern of several words cannot keep its verb from coding")
        for at, trigger in enumerate(base):
            base[at] = dataclasses.replace(
                trigger,
                not_object=trigger.not_object | nouns | shape.object,
                not_subject=trigger.not_subject | shape.subject,
            )

    def _trigger(
        self, line: Line, coding: Coding, phrases: tuple[str, ...], shape: _Shape
    ) -> Trigger:
        code = coding.there or coding.back or ""
        reading = self._reading(code)
        actor = shape.actor or "subject"
        recipient = (shape.recipient,) if shape.recipient else _RECIPIENT
        actors: tuple[str, ...] = (actor,)
        if coding.there is None:
            actors, recipient = recipient, (actor,)
        elif coding.back not in (None, coding.there):
            self._ledger.partly(line, f"the way back, {coding.back}, is no event of its own")
        return Trigger(
            id=f"{self._stem}.{line.number}",
            type=reading.type or "",
            mode=reading.mode,
            contexts=reading.contexts,
            cameo=code,
            verbs=phrases,
            subject=shape.subject,
            object=shape.object,
            prep=frozenset({shape.preposition}) if shape.preposition else frozenset(),
            actor=actors,
            recipient=recipient,
            reciprocal=shape.both or coding.back == coding.there,
        )

    def _reading(self, code: str) -> PloverReading:
        if code not in self._cameo.codes:
            raise InexpressibleError(f"CAMEO has no code {code}; codes.yaml can add it")
        reading = self._cameo.to_plover(code)
        if reading.type is None:
            raise InexpressibleError(f"PLOVER has no type for {code}; codes.yaml can give it one")
        return reading


def _before(shape: _Shape, item: Item) -> None:
    """Marks and a noun before the verb: who acts."""
    if item.kind == "any":
        return
    if item.kind == "both":
        shape.both = True
    elif item.kind == "target":
        shape.recipient = "subject"
    elif item.kind == "source":
        shape.actor = "subject"
    elif shape.subject:
        raise InexpressibleError("several phrases before the verb")
    elif not is_noun_phrase(item):
        told = " ".join(item.words).upper()
        raise InexpressibleError(f"what stands before the verb is no subject: {told}")
    elif item.kind == "set":
        shape.subject = item.alternatives
    else:
        kept = item.words[-2:]
        shape.subject = frozenset((" ".join(kept), " ".join((*kept[:-1], singular(kept[-1])))))


def _after(shape: _Shape, parts: list[Item]) -> None:
    """Words that must hang on the verb, marks with the place they stand in, a set as the object."""
    preposition: str | None = None
    for at, item in enumerate(parts):
        place = f"prep:{preposition}" if preposition else "object"
        if item.kind == "preposition":
            preposition = item.words[0]
            nxt = parts[at + 1].kind if at + 1 < len(parts) else None
            if nxt in ("target", "source", "any"):
                if shape.preposition is None:
                    shape.preposition = preposition
            else:
                shape.words.append(preposition)
        elif item.kind in ("target", "source"):
            _mark(shape, item, place)
            preposition = None
        elif item.kind == "both":
            shape.both = True
        elif item.kind == "set":
            _object(shape, item, last=not any(p.kind in ("words", "set") for p in parts[at + 1 :]))
        elif item.kind == "words":
            if shape.object:
                raise InexpressibleError("words after a synonym set")
            shape.words += [word for word in item.words if not re.fullmatch(r"'s", word)]


def _mark(shape: _Shape, item: Item, place: str) -> None:
    if item.kind == "target" and shape.recipient in (None, place):
        shape.recipient = place
    elif item.kind == "target" and shape.recipient == "subject":
        return
    elif item.kind == "source" and shape.actor is None:
        shape.actor = place
    else:
        raise InexpressibleError("source or target stands twice")


def _object(shape: _Shape, item: Item, *, last: bool) -> None:
    if shape.object:
        raise InexpressibleError("two synonym sets after the verb")
    if not last:
        raise InexpressibleError("words after a synonym set")
    shape.object = item.alternatives
