"""A parser for short texts, loaded once a session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from dragoman.language.analysis import Analysis
from dragoman.language.parser import Parser
from dragoman.model import Document

Analyse = Callable[..., Analysis]


@pytest.fixture(scope="session")
def analyse() -> Analyse:
    """``analyse(text, published="2025-06-12")``: the parse of a report of that date."""
    parser = Parser()

    def parse(text: str, published: str | None = "2025-06-12") -> Analysis:
        date = dt.date.fromisoformat(published) if published else None
        return parser.parse(Document(id="test", text=text, published=date))

    return parse
