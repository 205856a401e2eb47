"""CSV and TSV with a header row; rows are numbered as a spreadsheet does, the header is row 1."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from typing import Final, Literal, TextIO

from dragoman.errors import Problem, problem
from dragoman.ingest.decoding import Decoded, encoding_of
from dragoman.ingest.documents import Names, from_record, missing, names
from dragoman.ingest.items import Item, Notice, Options, Rejected
from dragoman.ingest.sources import Source

_DELIMITERS: Final = (",", ";", "\t", "|")
_LONGEST_FIELD: Final = 2**31 - 1
_AT_END: Final = "unexpected end of data"
# What "surrogateescape" makes of bytes that are not in the encoding.
_BROKEN: Final = re.compile("[\udc80-\udcff]")


def read(source: Source, options: Options) -> Iterator[Item]:
    """Comma-separated; semicolon, tab or bar where the header has more of those."""
    yield from _read(source, options, None)


def read_tabs(source: Source, options: Options) -> Iterator[Item]:
    """Tab-separated."""
    yield from _read(source, options, "\t")


def _read(source: Source, options: Options, delimiter: str | None) -> Iterator[Item]:
    with source.open() as file:
        decoded = encoding_of(file, options.encoding)
    if isinstance(decoded, Problem):
        yield Rejected(source.name, decoded)
        return
    if decoded.how == "detected":
        yield Notice(source.name, problem("DR013", encoding=decoded.encoding))
    with source.open() as again:
        errors = (
            "strict" if decoded.encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
        )
        lines = io.TextIOWrapper(again, encoding=decoded.encoding, errors=errors, newline="")
        try:
            yield from _rows(lines, source.name, options, decoded, delimiter)
        except UnicodeError as error:
            yield Rejected(source.name, problem("DR011", why=str(error)))


def _rows(
    file: TextIO, name: str, options: Options, decoded: Decoded, delimiter: str | None
) -> Iterator[Item]:
    header: list[str] | None = None
    found: Names | None = None
    for row, first, fields in _Rows(file, delimiter, options.quotes):
        origin = f"{name}:{row}"
        if isinstance(fields, Problem):
            yield Rejected(origin, fields)
            if header is None:
                return
        elif header is None or found is None:
            header = [column.strip().removeprefix("\ufeff") for column in fields]
            if trouble := missing(header, options.fields):
                yield Rejected(name, trouble)
                return
            found = names(header, options.fields)
        elif trouble := _unfit(fields, header, first, row):
            yield Rejected(origin, trouble)
        else:
            record = dict(zip(header, fields, strict=True))
            yield from from_record(record, found, options, origin, _meta(decoded))
    if header is None:
        yield Rejected(name, problem("DR026"))


def _meta(decoded: Decoded) -> dict[str, str]:
    return {} if decoded.how == "damaged" else decoded.meta


class _Rows:
    """The rows of a file one by one, and where they stand."""

    def __init__(self, file: TextIO, delimiter: str | None, quotes: bool) -> None:
        csv.field_size_limit(_LONGEST_FIELD)
        head = file.readline()
        self._lines: Iterator[str] = itertools.chain([head], file)
        self._delimiter = delimiter or max(_DELIMITERS, key=head.count)
        self._quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE
        self._taken: list[str] = []
        self._line = 0

    def __iter__(self) -> Iterator[tuple[int, int, list[str] | Problem]]:
        """Row number, first line, and the fields, or a Problem where quotation marks spoil it.

        After such a row the reading goes on with the next line; where a mark was never closed and
        all the rest ran into one field, with the line after the mark.
        """
        reader = self._reader()
        row = 0
        while True:
            row += 1
            first = self._line + 1
            self._taken.clear()
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield row, first, problem("DR031", first=first, last=self._line, why=error)
                if _AT_END in str(error):
                    self._lines = iter(self._taken[1:])
                    self._taken = []
                    self._line = first
                reader = self._reader()
                continue
            if fields:
                yield row, first, fields

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(
            self._feed(), delimiter=self._delimiter, quoting=self._quoting, strict=True
        )

    def _feed(self) -> Iterator[str]:
        for line in self._lines:
            self._line += 1
            self._taken.append(line)
            yield line


def _unfit(fields: list[str], header: list[str], first: int, row: int) -> Problem | None:
    if len(fields) != len(header):
        return problem("DR030", found=len(fields), expected=len(header))
    for value in fields:
        if "\0" in value:
            return problem("DR016", row=row)
        if _BROKEN.search(value):
            return problem("DR011", why=f"line {first} is not in the file's encoding")
    return None
