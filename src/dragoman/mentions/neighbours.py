"""Whether words that touch a name make it part of another: "Jordan Smith", "Bath & Co."."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from dragoman.language.analysis import Token
from dragoman.mentions.toponyms import Name, Words, hyphened
from dragoman.register.places import Gazetteer

_VERY_LARGE: Final = 1_000_000  # people of a city that a capitalised noun may follow


class Neighbours:
    """Looks at the words before and behind a name of the report."""

    def __init__(
        self,
        tokens: Sequence[Token],
        gazetteer: Gazetteer,
        words: Words,
        is_taken: Callable[[Token], bool],
    ) -> None:
        self._tokens = tokens
        self._gazetteer = gazetteer
        self._words = words
        self._is_taken = is_taken

    def touch(self, name: Name) -> bool:
        """Whether a capitalised word that is no part of it touches the name: "Jordan Smith"."""
        before, behind = self._token(name.first - 1), self._token(name.last + 1)
        if before is not None and before.sentence is self._tokens[name.first].sentence:
            if hyphened(before, self._tokens[name.first]):
                beyond = self._token(before.i - 1)
                if beyond is not None and not self._may_pair(beyond):
                    return True
            elif self._joins_before(before):
                return True
        if behind is not None and behind.sentence is self._tokens[name.last].sentence:
            if hyphened(behind, self._tokens[name.last]):
                beyond = self._token(behind.i + 1)
                return beyond is not None and not self._may_pair(beyond)
            return self._joins_behind(behind, name)
        return False

    def _may_pair(self, token: Token) -> bool:
        """Whether a word across a hyphen leaves a name be: "Paris-based", "Russia-Ukraine"."""
        if not token.text[:1].isupper():
            return token.text[:1].isalpha() and token.lower not in ("al", "el")
        return any(
            c.place.feature in ("country", "capital") or c.place.id.startswith("region:")
            for c in self._gazetteer.lookup(token.text)
        )

    def _joins_before(self, token: Token) -> bool:
        if token.text == "&" or re.fullmatch(r"[A-Z]\.", token.text):
            return True
        if not token.text[:1].isupper() or not token.text[:1].isalpha():
            return False
        if token.text.capitalize() in self._words["titles"]:
            return True
        if token.text.capitalize() in self._words["directions"]:
            return False
        return token.tag in ("NNP", "NNPS") and not self._is_taken(token)

    def _joins_behind(self, token: Token, name: Name) -> bool:
        if token.text == "&":
            return True
        if not token.text[:1].isupper() or token.tag not in ("NNP", "NNPS"):
            return False
        if self._is_taken(token) or token.text in self._words["divisions"]:
            return False
        if token.text in self._words["features"]:
            return False
        if name.wide or name.people >= _VERY_LARGE:
            return token.text not in self._words["offices"]
        return True

    def _token(self, index: int) -> Token | None:
        return self._tokens[index] if 0 <= index < len(self._tokens) else None
