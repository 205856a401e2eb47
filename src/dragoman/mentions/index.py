"""Which mention a token of the parse heads."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Analysis, Token
from dragoman.language.lexicon import load_yaml
from dragoman.mentions.drafts import Draft
from dragoman.mentions.finding import Found
from dragoman.model import Actor, Mention, Place


class MentionIndex:
    """Actor, place and time mentions by the token they hang on."""

    def __init__(self, analysis: Analysis, found: Found) -> None:
        self.actors: dict[str, Actor] = found.actors
        self._drafts: dict[int, tuple[str, Draft]] = {}
        self._pronouns = {name for name, draft in found.drafts.items() if draft.form == "pronoun"}
        self._shared: dict[int, list[tuple[str, Draft]]] = {}
        for name, draft in found.drafts.items():
            if draft.shared:
                self._shared.setdefault(draft.head.i, []).append((name, draft))
            held = self._drafts.get(draft.head.i)
            if held is None or len(draft.tokens) > len(held[1].tokens):
                self._drafts[draft.head.i] = (name, draft)
        self._others: dict[int, Mention] = {}
        for mention in found.mentions:
            if mention.kind != "actor":
                for token in analysis.between(mention.span.start, mention.span.end):
                    self._others[token.i] = mention
        self._transparent = frozenset(load_yaml("dragoman.mentions", "titles.yaml")["transparent"])

    def at(self, token: Token) -> tuple[str, Draft] | None:
        """The actor mention whose head the token is, with its id."""
        return self._drafts.get(token.i)

    def together(self, held: tuple[str, Draft]) -> list[tuple[str, Draft]]:
        """A mention with those of the other owners of its noun: "the presidents of X and Y"."""
        return self._shared.get(held[1].head.i, [held]) if held[1].shared else [held]

    def reached(self, token: Token) -> tuple[str, Draft] | None:
        """The actor mention at the token, or behind a head that only counts or parts it: "dozens
        of protesters", "members of the council"; or behind a comma: "a welder, X".
        """
        found = self.at(token)
        if found is not None and found[1].actor is not None:
            return found
        if token.lemma in self._transparent or token.pos == "NUM" or token.tag == "CD":
            for child in token.having("prep"):
                if child.lower in ("of", "from", "among"):
                    held = child.child("pobj")
                    deeper = self.reached(held) if held is not None else None
                    if deeper is not None:
                        return deeper
        return found if found is not None else self._named_after(token)

    def _named_after(self, token: Token) -> tuple[str, Draft] | None:
        """ "a welder, X": whom a noun that is no mention itself is in apposition with."""
        if token.tag != "NN":
            return None
        for child in token.having("appos"):
            found = self.at(child)
            if found is not None and found[1].kind == "person" and found[1].form != "modifier":
                return found
        return None

    def is_human(self, token: Token) -> bool:
        """Whether the token heads a mention of a person or of a group of people."""
        found = self.reached(token)
        if found is None or found[1].form == "modifier":
            return False
        draft = found[1]
        if draft.kind == "person" or draft.form == "label":
            return True
        return draft.role is not None and (draft.role.person or draft.role.group)

    def is_pronoun(self, mention: str | None) -> bool:
        """Whether the actor mention of that id is a pronoun."""
        return mention in self._pronouns

    def place(self, token: Token) -> Place | None:
        """The place a token belongs to the name of."""
        mention = self._others.get(token.i)
        return mention.place if mention is not None else None

    def place_mention(self, token: Token) -> Mention | None:
        """The place mention that covers the token."""
        mention = self._others.get(token.i)
        return mention if mention is not None and mention.kind == "place" else None

    def time(self, token: Token) -> Mention | None:
        """The time mention that covers the token."""
        mention = self._others.get(token.i)
        return mention if mention is not None and mention.kind == "time" else None

    def within(self, tokens: Sequence[Token]) -> list[tuple[str, Draft]]:
        """Actor mentions headed by any of the tokens, in text order."""
        return [found for token in tokens if (found := self._drafts.get(token.i)) is not None]
