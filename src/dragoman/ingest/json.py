"""JSON Lines (a record a line) and JSON files (a record, a list of them, or an object with one)."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

from dragoman.errors import Problem, problem
from dragoman.ingest.decoding import Decoded, decode, kind_of_binary, mark
from dragoman.ingest.documents import from_record, names
from dragoman.ingest.items import Item, Notice, Options, Rejected
from dragoman.ingest.sources import Source

_KINDS: Final = {list: "list", str: "string", bool: "true or false", type(None): "null"}


def parse(text: str) -> Any | Problem:
    """The JSON value of a text; a Problem where it is not JSON (NaN is not) or too deep."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        return problem("DR022")
    except json.JSONDecodeError as error:
        return problem("DR021", why=f"{error.msg} at character {error.pos + 1}")
    except ValueError as error:
        return problem("DR021", why=str(error).split(";")[0])


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON value")


def read_lines(source: Source, options: Options) -> Iterator[Item]:
    """A document for each line that holds an object; empty lines are passed over."""
    told = False
    lines = 0
    for row, decoded in _lines(source, options):
        origin = f"{source.name}:{row}"
        if isinstance(decoded, Problem):
            lines += 1
            yield Rejected(origin, decoded)
            continue
        line = decoded.text.strip(" \t\r\n")
        if not line:
            continue
        lines += 1
        if decoded.how == "detected" and not told:
            told = True
            yield Notice(origin, problem("DR013", encoding=decoded.encoding))
        yield from _document(parse(line), options, origin, decoded.meta)
    if not lines:
        yield Rejected(source.name, problem("DR026"))


def _lines(source: Source, options: Options) -> Iterator[tuple[int, Decoded | Problem]]:
    """Numbered lines, each decoded alone, so that one bad line spoils no other."""
    head = source.head()
    if kind := kind_of_binary(head):
        yield 1, problem("DR010", kind=kind)
        return
    if options.encoding is not None or mark(head) is not None or _is_wide(head):
        whole = decode(source.read(), options.encoding)
        if isinstance(whole, Problem):
            yield 1, whole
            return
        for row, line in enumerate(whole.text.split("\n"), 1):
            yield row, Decoded(line, whole.encoding, whole.how)
        return
    with source.open() as file:
        for row, data in enumerate(file, 1):
            if data.strip() == codecs.BOM_UTF8 and row > 1:
                yield row, problem("DR021", why="a byte order mark and nothing else")
            else:
                yield row, decode(data)


def _is_wide(head: bytes) -> bool:
    """Whether it is UTF-16: a NUL in one line alone spoils that line and no other."""
    return head.count(0) * 3 > len(head)


def read_file(source: Source, options: Options) -> Iterator[Item]:
    """A document for each record of a JSON file."""
    decoded = decode(source.read(), options.encoding)
    if isinstance(decoded, Problem):
        yield Rejected(source.name, decoded)
        return
    value = parse(decoded.text)
    if isinstance(value, Problem) and _first_line_is_record(decoded.text):
        yield from read_lines(source, options)  # JSON Lines under the wrong name
        return
    if isinstance(value, Problem):
        yield Rejected(source.name, value)
        return
    if decoded.how == "detected":
        yield Notice(source.name, problem("DR013", encoding=decoded.encoding))
    records = _records(value, options)
    if records is None:
        yield Rejected(source.name, problem("DR025"))
        return
    for row, record in enumerate(records, 1):
        yield from _document(record, options, f"{source.name}:{row}", decoded.meta)


def _first_line_is_record(text: str) -> bool:
    return isinstance(parse(text.lstrip().split("\n", 1)[0]), dict)


def _records(value: Any, options: Options) -> list[Any] | None:
    if isinstance(value, dict):
        if names(value, options.fields).text in value:
            return [value]
        lists = [part for part in value.values() if _is_records(part)]
        return lists[0] if len(lists) == 1 else None
    return value if isinstance(value, list) and value else None


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _document(value: Any, options: Options, origin: str, meta: Mapping[str, str]) -> Iterator[Item]:
    if isinstance(value, Problem):
        yield Rejected(origin, value)
    elif not isinstance(value, dict):
        kind = _KINDS.get(type(value), "number")
        yield Rejected(origin, problem("DR023", kind=kind))
    else:
        # Crawlers write every field, and null in those that they found nothing for.
        held = [name for name, one in value.items() if one is not None]
        found = names(held or value, options.fields)
        yield from from_record(value, found, options, origin, meta)
