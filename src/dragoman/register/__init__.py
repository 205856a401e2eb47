"""Who is who: states, organisations, persons and their offices, with the words for them."""

from __future__ import annotations

from dragoman.register.lookup import Register, default_register
from dragoman.register.records import Alias, Entry, Label, Match, Office, Role

__all__ = ["Alias", "Entry", "Label", "Match", "Office", "Register", "Role", "default_register"]
