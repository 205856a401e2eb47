"""Moving a word in its tree."""

from __future__ import annotations

from dragoman.language.analysis import Token


def move(token: Token, head: Token, dep: str) -> None:
    if token.head is not token:
        token.head.children.remove(token)
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda child: child.i)
