"""Model records to plain values and back, driven by the types of the model alone.

Two dialects share it: JSON (dates as ISO strings, mappings as objects) and Arrow (dates as dates,
mappings as lists of pairs). A span is in both the list of its fragments.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from dragoman.model import Fragment, Span

Decoder = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the two types that the formats hold differently are written."""

    date: Callable[[dt.date], object]
    mapping: Callable[[Mapping[str, str]], object]


JSON = Dialect(date=dt.date.isoformat, mapping=dict)
ARROW = Dialect(date=lambda date: date, mapping=lambda mapping: list(mapping.items()))


@cache
def fields(record: type) -> Mapping[str, Any]:
    """The fields of a model record and their types, in the order of the model."""
    hints = get_type_hints(record)
    return {field.name: hints[field.name] for field in dataclasses.fields(record)}


def optional(hint: Any) -> tuple[Any, bool]:
    """The type without its None, and whether it had one."""
    if get_origin(hint) in (Union, types.UnionType):
        rest = [part for part in get_args(hint) if part is not type(None)]
        if len(rest) != 1 or len(rest) == len(get_args(hint)):
            raise TypeError(f"only X | None is written down, not {hint}")
        return rest[0], True
    return hint, False


def element(hint: Any) -> Any | None:
    """What ``tuple[X, ...]`` holds; None for any other type."""
    if get_origin(hint) is tuple:
        inner, *rest = get_args(hint)
        if rest == [Ellipsis]:
            return inner
        raise TypeError(f"only tuples of any length are written down, not {hint}")
    return None


def is_record(hint: Any) -> bool:
    """Whether the type is one of the model's records."""
    return dataclasses.is_dataclass(hint)


def encode(value: Any, dialect: Dialect) -> Any:
    """A model value in plain types; records become dicts with every field, None included."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Span):
        return [encode(fragment, dialect) for fragment in value.fragments]
    if isinstance(value, tuple):
        return [encode(item, dialect) for item in value]
    if isinstance(value, dt.date):
        return dialect.date(value)
    if isinstance(value, Mapping):
        return dialect.mapping(value)
    record: Any = type(value)
    return {name: encode(getattr(value, name), dialect) for name in fields(record)}


@cache
def decoder(hint: Any) -> Decoder:
    """The function that makes a value of this type from either dialect.

    It raises ValueError, TypeError or KeyError where the value does not fit.
    """
    inner, nullable = optional(hint)
    if nullable:
        decode = decoder(inner)
        return lambda value: None if value is None else decode(value)
    if hint is Span:
        fragment = decoder(Fragment)
        return lambda value: Span(tuple(fragment(item) for item in value))
    if (item_type := element(hint)) is not None:
        item = decoder(item_type)
        return lambda value: tuple(item(part) for part in value)
    if is_record(hint):
        return _record(hint)
    if get_origin(hint) is Literal:
        return _literal(hint)
    return _plain(hint)


def _record(hint: Any) -> Decoder:
    parts = [(name, decoder(part)) for name, part in fields(hint).items()]
    return lambda value: hint(**{name: decode(value[name]) for name, decode in parts})


def _literal(hint: Any) -> Decoder:
    allowed = get_args(hint)

    def decode(value: Any) -> Any:
        if value not in allowed:
            raise ValueError(f"{value!r} is none of {', '.join(map(str, allowed))}")
        return value

    return decode


def _plain(hint: Any) -> Decoder:
    if hint is dt.date:
        return lambda value: dt.date.fromisoformat(value) if isinstance(value, str) else value
    if get_origin(hint) is Mapping or hint is Mapping:
        return dict
    if hint is float:
        return float
    if hint not in (str, int, bool):
        raise TypeError(f"no form is known for {hint}")

    def decode(value: Any) -> Any:
        if type(value) is not hint:
            raise TypeError(f"{value!r} is not of type {hint.__name__}")
        return value

    return decode
