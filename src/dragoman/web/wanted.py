"""What an address of the explorer asks for."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from dragoman.archive.filters import ORDERS, Filter
from dragoman.errors import DragomanError, problem

Table = Literal["events", "statements", "documents"]

ORDER_OF: Final[Mapping[Table, tuple[str, ...]]] = {
    "events": ("-date", "date", "-published", "published", "type", "-confidence", "confidence",
               "intensity", "-intensity"),
    "statements": ("-date", "date", "type", "-confidence", "confidence"),
    "documents": ("-date", "date"),
}  # fmt: skip
_LONGEST: Final = 400  # characters of a value
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "side": ("either", "initiator", "recipient"),
    "dates": ("event", "publication"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of :class:`dragoman.archive.Filter`, and ``counterpart``, whoever stands on the
    other side. ``within`` names the only readings to look at. ``after`` is the last row of the
    page before: its sort value, document, revision and position.
    """

    table: Table = "events"
    actor: str | None = None
    side: Literal["either", "initiator", "recipient"] = "either"
    counterpart: str | None = None
    type: str | None = None
    mode: str | None = None
    status: str | None = None
    source: str | None = None
    own_voice: bool = False
    first: dt.date | None = None
    last: dt.date | None = None
    dates: Literal["event", "publication"] = "event"
    place: str | None = None
    country: str | None = None
    publisher: str | None = None
    text: str | None = None
    order: str = "-date"
    after: tuple[Any, ...] | None = None
    within: tuple[str, ...] | None = None

    def filter(self) -> Filter:
        """What of it an archive's own queries know."""
        names = {field.name for field in dataclasses.fields(Filter)} - {"order", "limit"}
        return Filter(**{name: getattr(self, name) for name in names if hasattr(self, name)})

    def without(self, *names: str) -> Wanted:
        """The same, these not asked for."""
        plain = Wanted()
        return dataclasses.replace(self, **{name: getattr(plain, name) for name in names})

    def parameters(self, **changes: Any) -> dict[str, Any]:
        """The query of its address, the page left out; ``changes`` by the address's names."""
        held = {name: getattr(self, field) for name, field in FIELDS.items()}
        plain = Wanted()
        kept = {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in held.items()
            if value != getattr(plain, FIELDS[name])
        }
        return {name: value for name, value in (kept | changes).items() if value is not None}

    @property
    def asked(self) -> dict[str, Any]:
        """What narrows the rows, by the address's names, for people."""
        told = self.parameters()
        return {
            name: value for name, value in told.items() if name not in ("order", "side", "dates")
        }


# The address's name for each field: that of the command line's option.
FIELDS: Final[Mapping[str, str]] = {
    "actor": "actor",
    "side": "side",
    "counterpart": "counterpart",
    "type": "type",
    "mode": "mode",
    "status": "status",
    "source": "source",
    "own_voice": "own_voice",
    "from": "first",
    "to": "last",
    "dates": "dates",
    "place": "place",
    "country": "country",
    "publisher": "publisher",
    "text": "text",
    "order": "order",
}


def wanted(table: Table, query: Mapping[str, str]) -> Wanted:
    """What the query of an address asks for. Raises DragomanError for a value that cannot be."""
    held: dict[str, Any] = {"table": table}
    for name, field in FIELDS.items():
        value = query.get(name, "").strip()
        if value:
            held[field] = _value(table, name, value)
    if after := query.get("after"):
        held["after"] = unsealed(after)
    return Wanted(**held)


def _value(table: Table, name: str, value: str) -> Any:
    if len(value) > _LONGEST:
        raise _unfit(name, value, f"at most {_LONGEST} characters")
    if name == "own_voice":
        return value not in ("0", "false", "no")
    if name in ("from", "to"):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise _unfit(name, value, "a day as 2026-03-01") from None
    known = ORDER_OF[table] if name == "order" else _CHOICES.get(name)
    if known is not None and value not in known:
        raise _unfit(name, value, f"one of {', '.join(known)}")
    return value


def _unfit(name: str, value: str, example: str) -> DragomanError:
    return DragomanError(problem("DR222", name=name, value=value[:100], example=example))


def sealed(row: tuple[Any, ...]) -> str:
    """A row's key for an address."""
    plain = [value.isoformat() if isinstance(value, dt.date) else value for value in row]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unsealed(key: str) -> tuple[Any, ...]:
    """The row of a key. Raises DragomanError for what is none."""
    try:
        text = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)).decode()
        value, document, revision, position = json.loads(text)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise _unfit("after", key, "no such thing by hand: take the list's own links") from None
    plain = isinstance(value, str | int | float | None) and isinstance(document, str)
    if not plain or not isinstance(revision, int) or not isinstance(position, int):
        raise _unfit("after", key, "no such thing by hand: take the list's own links")
    return value, document, revision, position


def order_column(table: Table, order: str) -> str:
    """The column that rows are ordered by."""
    return ORDERS[table][order.removeprefix("-")]
