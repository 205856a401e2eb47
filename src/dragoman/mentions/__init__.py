"""Who, when and where: the phrases of a report that refer to actors, times and places."""

from __future__ import annotations

from dragoman.mentions.finding import Found, find

__all__ = ["Found", "find"]
