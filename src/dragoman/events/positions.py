"""Which words fill a position of a trigger: its subject, its object, who owns the object."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.events.standing import clause_subjects, content_recipients, datives, own
from dragoman.events.triggers import Fired, complement_of, seen_through
from dragoman.language.analysis import Token
from dragoman.language.clauses import (
    agents,
    is_verb,
    logical_objects,
    logical_subjects,
    prepositional,
)
from dragoman.language.phrases import full_phrase
from dragoman.mentions.index import MentionIndex

MODIFIERS = ("poss", "amod", "compound", "nmod")


class Places:
    """The positions by their names in the lexicon (``subject``, ``prep:with``, ``poss:object``)."""

    def __init__(self, index: MentionIndex) -> None:
        self._index = index

    def tokens(self, fired: Fired, place: str) -> list[Token]:
        if place.startswith("prep:"):
            return self._after_preposition(fired, place[5:])
        reader: Callable[[Fired], list[Token]] | None = {
            "subject": self._subjects,
            "object": self.objects,
            "dative": datives,
            "poss:object": self._owners_of_object,
            "within:object": self._within_object,
            "clause-subject": clause_subjects,
            "content-actor": self._content_actors,
            "content-recipient": content_recipients,
            "poss": lambda f: own(f.head, "poss"),
            "adjective": lambda f: own(f.head, "amod"),
            "compound": lambda f: own(f.head, "compound", "nmod"),
        }.get(place)
        return reader(fired) if reader is not None else []

    def _subjects(self, fired: Fired) -> list[Token]:
        return logical_subjects(fired.governor) if fired.is_verbal else []

    def objects(self, fired: Fired) -> list[Token]:
        if not is_verb(fired.governor):
            return []
        objects = logical_objects(fired.governor)
        others = [t for t in objects if t not in fired.tokens]
        return others or [t for t in objects if t.tag == "NNS" and self._index.is_human(t)]

    def _after_preposition(self, fired: Fired, word: str) -> list[Token]:
        owners = [fired.head]
        if fired.verb is not None:
            owners.append(fired.verb)
        owners += [t for t in fired.tokens if t not in owners]
        if is_verb(fired.governor):
            objects = seen_through(logical_objects(fired.governor))
            owners += [t for t in objects if t not in owners]
        found: list[Token] = []
        for owner in owners:
            if owner.pos == "ADP" and owner.lower == word:
                found += owner.having("pobj")
            found += prepositional(owner, word)
        if word in ("on", "against") and not found and not fired.is_verbal:
            for held in prepositional(fired.head, "by", "of"):
                found += prepositional(held, word)
        if word in ("by", "to") and not found and not fired.is_verbal:
            for held in prepositional(fired.head, "of"):
                found += prepositional(held, word)
        return found

    def _owners_of_object(self, fired: Fired) -> list[Token]:
        found: list[Token] = []
        nouns = [t for t in fired.tokens if t.pos == "NOUN"]
        for token in self.objects(fired) or nouns:
            found += own(token, *MODIFIERS)
            found += prepositional(token, "of")
        return found

    def _within_object(self, fired: Fired) -> list[Token]:
        """The first party named in the object's phrase: "a resumption of ties with Chad"."""
        nouns = [t for t in fired.tokens if t.pos == "NOUN"]
        for token in [*nouns, *self.objects(fired)]:
            for part in full_phrase(token, "relcl", "advcl", "conj"):
                held = self._index.at(part)
                if held is not None and held[1].actor is not None:
                    return [part]
        return []

    def _content_actors(self, fired: Fired) -> list[Token]:
        """Whoever acts in what a speech act is about."""
        clause = complement_of(fired.governor) if is_verb(fired.governor) else None
        if clause is not None:
            return [t for t in logical_subjects(clause) if t.lower != "it" and not _is_any(t)]
        objects = self.objects(fired) or prepositional(fired.governor, "for", "over", "at", "on")
        found: list[Token] = []
        for token in objects:
            found += prepositional(token, "by")
            found += own(token, *MODIFIERS)
            found += [t for child in token.having("acl") for t in agents(child)]
            found += prepositional(token, "of")
        return found


def _is_any(token: Token) -> bool:
    """ "denied that any militia had entered": nobody in particular."""
    return any(c.lower in ("any", "no") for c in token.having("det"))
