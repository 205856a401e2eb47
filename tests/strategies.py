"""Arbitrary readings, built from the types of the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st

from dragoman.model import Document, Fragment, Reading, Span
from dragoman.schema.codec import element, fields, is_record, optional

_OFFSETS = st.integers(0, 2**31 - 1)
_PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    int: _OFFSETS,
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    dt.date: st.dates(),
}


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """One to three fragments, in order."""
    fragments = []
    start = 0
    for quote in draw(st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=3)):
        start += draw(st.integers(0, 1000))
        fragments.append(Fragment(start, start + len(quote), quote))
        start += len(quote)
    return Span(tuple(fragments))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any text, with a preamble inside it."""
    text = draw(st.text(max_size=40))
    others = {
        name: draw(values(hint))
        for name, hint in fields(Document).items()
        if name not in ("text", "preamble")
    }
    return Document(text=text, preamble=draw(st.integers(0, len(text))), **others)


@cache
def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type of the model."""
    inner, nullable = optional(hint)
    if nullable:
        return st.none() | values(inner)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is Span:
        return spans()
    if hint is Document:
        return documents()
    if (item := element(hint)) is not None:
        return st.lists(values(item), max_size=2).map(tuple)
    if is_record(hint):
        return st.builds(hint, **{name: values(part) for name, part in fields(hint).items()})
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    return st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2)


def readings() -> st.SearchStrategy[Reading]:
    """Whole readings."""
    strategy: st.SearchStrategy[Reading] = values(Reading)
    return strategy
