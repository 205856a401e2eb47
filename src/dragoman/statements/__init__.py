"""On whose word: attributions with source, cue, content, speech act, addressee and nesting."""

from __future__ import annotations

from dragoman.statements.attribution import find

__all__ = ["find"]
