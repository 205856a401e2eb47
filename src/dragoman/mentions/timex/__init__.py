"""Temporal expressions: a grammar read from data, and the calendar behind it."""

from __future__ import annotations

from dragoman.mentions.timex.grammar import Grammar, Match, default_grammar
from dragoman.mentions.timex.reading import Context, Tense, Value
from dragoman.mentions.timex.values import evaluate

__all__ = ["Context", "Grammar", "Match", "Tense", "Value", "default_grammar", "evaluate"]
