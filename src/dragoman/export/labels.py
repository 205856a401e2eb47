"""Who calls whom what: the loaded wordings of readings, one by one and counted.

A wording is told with whoever chose it; the referent is the neutral name. Where it is not known
whom a wording means, the use says why.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, TextIO, TypeAlias, get_args

from dragoman.export import wording
from dragoman.export.csv import Cell, neutral
from dragoman.model import SCHEMA_VERSION, Mention, Reading

SortKey: TypeAlias = Literal["count", "user", "referent", "wording", "category", "document"]
SORT_KEYS: Final[tuple[SortKey, ...]] = get_args(SortKey)
UNRESOLVED: Final = "unresolved"


@dataclass(frozen=True, slots=True)
class LabelUse:
    """One loaded wording where it stands: ``text[start:end] == quote``, in code points.

    ``user`` is who chose it, the innermost source or the report's publisher; ``chain`` says on
    whose word, innermost first. ``referent`` is the neutral name, "unresolved" where it is not
    known: ``unresolved`` then says why. ``referent_id`` is the actor's or place's id. ``count``
    tells how often this user calls this referent so in all the readings asked for.
    """

    user: str
    wording: str
    category: str
    referent: str
    referent_id: str | None
    unresolved: str | None
    chain: str
    document: str
    publisher: str | None
    published: dt.date | None
    start: int
    end: int
    quote: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class LabelCount:
    """A user, whom or what it calls by a wording, and how often in how many documents."""

    user: str
    referent: str
    wording: str
    category: str
    count: int
    documents: int


def labels(readings: Reading | Iterable[Reading], *, sort: SortKey = "document") -> list[LabelUse]:
    """Every loaded wording of a reading, or of several. ``sort`` is a key of :data:`SORT_KEYS`;
    "document" keeps the order of the text, "count" puts what is said most often first.

    Raises ValueError for another key.
    """
    if sort not in SORT_KEYS:
        raise ValueError(f"no sort key is called {sort!r}: use one of {', '.join(SORT_KEYS)}")
    several = [readings] if isinstance(readings, Reading) else readings
    found = [use for reading in several for use in _of(reading)]
    often = Counter(map(_key, found))
    counted = [_with_count(use, often[_key(use)]) for use in found]
    return counted if sort == "document" else sorted(counted, key=_order(sort))


def label_counts(uses: Iterable[LabelUse], *, sort: SortKey = "count") -> list[LabelCount]:
    """Who calls whom what, how often: the uses of one user, referent and wording as one row."""
    groups: dict[tuple[str, ...], list[LabelUse]] = {}
    for use in uses:
        groups.setdefault(_key(use), []).append(use)
    rows = [
        LabelCount(
            user=held[0].user,
            referent=held[0].referent,
            wording=held[0].wording,
            category=held[0].category,
            count=len(held),
            documents=len({use.document for use in held}),
        )
        for held in groups.values()
    ]
    return rows if sort == "document" else sorted(rows, key=_order(sort))


def _key(use: LabelUse) -> tuple[str, ...]:
    return use.user, use.referent, use.referent_id or "", use.wording.lower(), use.category


def _order(sort: SortKey) -> Callable[[LabelUse | LabelCount], tuple[Any, ...]]:
    def order(row: LabelUse | LabelCount) -> tuple[Any, ...]:
        rest = (row.user, row.referent, row.wording.lower())
        return (-row.count, *rest) if sort == "count" else (getattr(row, sort).lower(), *rest)

    return order


def _with_count(use: LabelUse, count: int) -> LabelUse:
    return LabelUse(**{**{name: getattr(use, name) for name in _FIELDS}, "count": count})


_FIELDS: Final = tuple(LabelUse.__slots__)


def _of(reading: Reading) -> Iterable[LabelUse]:
    document = reading.document
    held = [m for m in reading.mentions if m.label is not None]
    for mention in sorted(held, key=_where):
        span = mention.label_span or mention.span
        said = reading.statement(mention.used_by[-1]) if mention.used_by else None
        place = mention.place.id if mention.place else None
        referent = wording.meant(reading, mention)
        yield LabelUse(
            user=wording.source_name(reading, said)
            if said is not None
            else document.publisher or wording.REPORT,
            wording=mention.label or "",
            category=mention.category or "",
            referent=referent or UNRESOLVED,
            referent_id=mention.actor or place,
            unresolved=None if referent else mention.unresolved,
            chain=wording.used_by(reading, mention),
            document=document.id,
            publisher=document.publisher,
            published=document.published,
            start=span.start,
            end=span.end,
            quote=span.quote,
        )


def _where(mention: Mention) -> tuple[int, int]:
    span = mention.label_span or mention.span
    return span.start, span.end


# ---------------------------------------------------------------- writing


class Labels:
    """Gathers readings and writes their wordings at the end: a table, JSON or CSV; one by one with
    ``each``, else counted.
    """

    def __init__(
        self,
        file: TextIO,
        form: Literal["table", "json", "csv"],
        sort: SortKey,
        each: bool,
        categories: Sequence[str] = (),
    ) -> None:
        self._file = file
        self._form = form
        self._sort = sort
        self._each = each
        self._categories = frozenset(categories)
        self._uses: list[LabelUse] = []

    def write(self, reading: Reading) -> None:
        """Take in the wordings of one reading."""
        wanted = self._categories
        self._uses += [use for use in labels(reading) if not wanted or use.category in wanted]

    def close(self) -> None:
        """Write all of them."""
        often = Counter(map(_key, self._uses))
        uses = [_with_count(use, often[_key(use)]) for use in self._uses]
        rows: Sequence[LabelUse | LabelCount]
        if self._each:
            rows = uses if self._sort == "document" else sorted(uses, key=_order(self._sort))
        else:
            rows = label_counts(uses, sort=self._sort)
        columns = _FIELDS if self._each else tuple(LabelCount.__slots__)
        {"table": self._table, "json": self._json, "csv": self._csv}[self._form](rows, columns)

    def _json(self, rows: Sequence[LabelUse | LabelCount], columns: Sequence[str]) -> None:
        from dragoman.schema import dumps

        listed = [{"schema_version": SCHEMA_VERSION, **_plain(asdict(row))} for row in rows]
        self._file.write(dumps(listed, indent=2) + "\n")

    def _csv(self, rows: Sequence[LabelUse | LabelCount], columns: Sequence[str]) -> None:
        writer = csv.writer(self._file, lineterminator="\n")
        writer.writerow(("schema_version", *columns))
        for row in rows:
            cells: list[Cell] = [SCHEMA_VERSION, *(getattr(row, name) for name in columns)]
            writer.writerow(map(neutral, cells))

    def _table(self, rows: Sequence[LabelUse | LabelCount], columns: Sequence[str]) -> None:
        from rich.box import SIMPLE_HEAD
        from rich.table import Table
        from rich.text import Text

        from dragoman.cli.terminal import console

        if not rows:
            self._file.write("No loaded wordings were found.\n")
            return
        heads = _EACH if self._each else _COUNTED
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for head in heads:
            table.add_column(head, overflow="fold")
        for row in rows:
            cells = (_cell(row, name) for name in heads.values())
            table.add_row(*(Text(wording.safe(cell)) for cell in cells))
        console(self._file).print(table)


_COUNTED: Final[Mapping[str, str]] = {
    "who": "user", "calls whom": "referent", "what": "wording", "category": "category",
    "times": "count", "documents": "documents",
}  # fmt: skip
_EACH: Final[Mapping[str, str]] = {
    "who": "user", "calls whom": "referent", "what": "wording", "category": "category",
    "times": "count", "on whose word": "chain", "document": "document", "offsets": "offsets",
}  # fmt: skip


def _cell(row: LabelUse | LabelCount, name: str) -> str:
    if name == "offsets" and isinstance(row, LabelUse):
        return f"{row.start}–{row.end}"
    return str(getattr(row, name))


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in row.items()}
