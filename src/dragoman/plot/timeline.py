"""Events over time: by what they are, by type and by status, claims apart from assertions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from dragoman.archive.filters import Filter
from dragoman.model import STATUSES
from dragoman.ontologies import plover
from dragoman.plot import grammar
from dragoman.plot.asking import Asked, Row, examples, tally
from dragoman.plot.grammar import Spec, Theme, counted
from dragoman.plot.grids import heading_of

Unit = Literal["day", "week", "month", "quarter", "year", "decade"]
_UNITS: Final[tuple[tuple[Unit, int], ...]] = (
    ("day", 1), ("week", 7), ("month", 30), ("quarter", 91), ("year", 365), ("decade", 3652),
)  # fmt: skip
_MOST_BINS: Final = 75
_FEWEST_DAYS: Final = 14
# The first day of all is a Monday.
_NUMBERS: Final[Mapping[Unit, str]] = {
    "day": "(earliest - DATE '0001-01-01')",
    "week": "((earliest - DATE '0001-01-01') // 7)",
    "month": "(year(earliest) * 12 + month(earliest) - 1)",
    "quarter": "(year(earliest) * 4 + quarter(earliest) - 1)",
    "year": "year(earliest)",
    "decade": "(year(earliest) // 10)",
}
_TITLE: Final = "Events over time"
_EMPTY: Final = (
    "No event was found. Ask for less (fewer of --actor, --type, --status, --from, --to), or read "
    "reports into the archive with: dragoman ingest SOURCE --archive DIR."
)


@dataclass(frozen=True, slots=True)
class Window:
    """The days drawn, the length of a bin, and how many events lie outside."""

    first: dt.date
    last: dt.date
    unit: Unit
    total: int
    before: int = 0
    after: int = 0
    undated: int = 0


def window(source: Asked, asked: Filter) -> Window | None:
    """The window that shows nearly all events; None where there is none.

    Where one in fifty, at one end, lies farther off than twice the span of all but those, they are
    left out and counted.
    """
    sql = (
        "SELECT earliest AS day, sum(n)::BIGINT AS n, "
        "coalesce(sum(n) FILTER (WHERE undated), 0)::BIGINT AS undated "
        "FROM chosen WHERE earliest IS NOT NULL GROUP BY earliest ORDER BY earliest"
    )
    found = tally(source, asked, sql, "earliest, undated")
    return framed([(row["day"], row["n"], row["undated"]) for row in found])


def framed(days: Sequence[tuple[dt.date, int, int]]) -> Window | None:
    """The window for days with their numbers of events and of undated ones, in order."""
    total = sum(n for _, n, _ in days)
    if not total:
        return None
    first, last = days[0][0], days[-1][0]
    low, high = _quantile(days, total // 50), _quantile(days, total - 1 - total // 50)
    far = 2 * max((high - low).days, 14)
    first = low if (low - first).days > far else first
    last = high if (last - high).days > far else last
    unit = _unit((last - first).days + 1)
    if unit == "day":
        first, last = _widened(first, last)
    first, last = floor(first, unit), after(floor(last, unit), unit) - dt.timedelta(1)
    return Window(
        first,
        last,
        unit,
        total,
        sum(n for day, n, _ in days if day < first),
        sum(n for day, n, _ in days if day > last),
        sum(undated for day, _, undated in days if first <= day <= last),
    )


def _widened(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """A fortnight at least, so that a day is no broad bar."""
    lacking = max(_FEWEST_DAYS - (last - first).days, 0)
    before = min(lacking // 2, (first - dt.date.min).days)
    behind = min(lacking - lacking // 2, (dt.date.max - last).days - 1)
    return first - dt.timedelta(before), last + dt.timedelta(max(behind, 0))


def axis(unit: Unit) -> Spec:
    """The axis of time, with the year in every label."""
    form = {"day": "%d %b %Y", "week": "%d %b %Y", "month": "%b %Y", "quarter": "%b %Y"}
    return {
        "title": None,
        "grid": False,
        "labelOverlap": True,
        "tickCount": 7,
        "format": form.get(unit, "%Y"),
    }


def _quantile(days: Sequence[tuple[dt.date, int, int]], rank: int) -> dt.date:
    seen = 0
    for day, n, _ in days:
        seen += n
        if seen > rank:
            return day
    return days[-1][0]


def _unit(length: int) -> Unit:
    return next((unit for unit, days in _UNITS if length <= days * _MOST_BINS), "decade")


def floor(day: dt.date, unit: Unit) -> dt.date:
    """The first day of the bin that a day lies in."""
    if unit == "week":
        return day - dt.timedelta(day.weekday())
    if unit == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    year = max(day.year // 10 * 10, 1) if unit == "decade" else day.year
    month = 1 if unit in ("year", "decade") else day.month
    return day if unit == "day" else dt.date(year, month, 1)


def after(day: dt.date, unit: Unit) -> dt.date:
    """The first day of the next bin."""
    if unit in ("day", "week"):
        return day + dt.timedelta(1 if unit == "day" else 7)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1) if year < 9999 else dt.date.max


def scale_of(found: Window) -> Spec:
    """A scale of time over a window. Its ends are told as parts of a date: what Vega-Lite makes of
    numbers, the interpreter of expressions that pages use takes for years.
    """
    return {"type": "utc", "domainMin": _parts(found.first),
            "domainMax": _parts(found.last + dt.timedelta(1))}  # fmt: skip


def _parts(day: dt.date) -> Spec:
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}


def moment(day: dt.date) -> int:
    """The beginning of a day in UTC as milliseconds since 1970. Pictures are given numbers: a
    browser does not read the words of a date that is shown on a scale of its own.
    """
    return (day - dt.date(1970, 1, 1)).days * 86_400_000


def called(start: dt.date, unit: Unit) -> str:
    """What a bin is called: ``2024-03-09``, ``week of 2024-03-04``, ``2024-03``, ``2020s``."""
    if unit in ("day", "week"):
        return f"{'week of ' if unit == 'week' else ''}{start}"
    if unit == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return {"month": f"{start:%Y-%m}", "year": f"{start.year}", "decade": f"{start.year}s"}[unit]


def notes(found: Window) -> list[str]:
    """What a picture over that window does not show, or shows otherwise than one would think."""
    told = []
    if found.undated:
        told.append(f"{counted(found.undated, 'event')} without a day of their own stand at "
                    "the day of publication.")  # fmt: skip
    if found.before or found.after:
        told.append(
            f"Not shown: {found.before:,} before {found.first} and {found.after:,} after "
            f"{found.last}; see them with --from and --to."
        )
    return told


def spec(source: Asked, asked: Filter, look: Theme) -> Spec:
    """The picture: bars by quad class, own voice upward and claims downward, and below them a row
    for each type and each status.
    """
    found = window(source, asked)
    if found is None:
        return grammar.empty(look, _TITLE, _EMPTY)
    cells = _cells(source, asked, found, look)
    lines = [
        f"{counted(found.total, 'event')} by {found.unit}. {grammar.KEY}",
        *notes(found),
    ]
    return grammar.frame(look, _TITLE, lines, {"vconcat": _panels(cells, found, look)})


def _cells(source: Asked, asked: Filter, found: Window, look: Theme) -> dict[str, list[Row]]:
    """Counts by bin and own voice, of quad classes, types and statuses."""
    start = start_of(found.unit)
    # Summed further here: once through all the events is less than once for each kind.
    sql = (
        f"SELECT {start} AS start, quad, type, status, own_voice, sum(n) AS n FROM chosen "
        "WHERE earliest BETWEEN ? AND ? GROUP BY ALL"
    )
    sets = (
        f", counted AS MATERIALIZED ({sql}) "
        "SELECT start, quad, type, status, own_voice, sum(n)::BIGINT AS n, "
        "GROUPING(type) AS no_type, GROUPING(status) AS no_status FROM counted "
        "GROUP BY GROUPING SETS ((start, quad, own_voice), (start, type, quad, own_voice), "
        "(start, status, own_voice)) ORDER BY ALL"
    )
    columns = "earliest, quad, type, status, own_voice"
    held = tally(source, asked, sets, columns, found.first, found.last)
    quoted = examples(source, asked, start, "type", "own_voice")
    cells: dict[str, list[Row]] = {"quad": [], "type": [], "status": []}
    for row in held:
        kind = "status" if not row["no_status"] else "quad" if row["no_type"] else "type"
        cells[kind].append(_cell(row, kind, found.unit, quoted, look))
    return cells


def start_of(unit: Unit) -> str:
    """The number of an event's bin, in SQL: cheaper to count by than dates."""
    return _NUMBERS[unit]


def begin(number: int, unit: Unit) -> dt.date:
    """The first day of the bin of that number."""
    if unit in ("day", "week"):
        return dt.date.min + dt.timedelta(number * (7 if unit == "week" else 1))
    if unit in ("year", "decade"):
        return dt.date(max(number * (10 if unit == "decade" else 1), 1), 1, 1)
    year, part = divmod(number, 12 if unit == "month" else 4)
    return dt.date(year, part + 1 if unit == "month" else part * 3 + 1, 1)


def _cell(row: Row, kind: str, unit: Unit, quoted: Mapping[Any, str], look: Theme) -> Row:
    value, own = row[kind], row["own_voice"]
    start = begin(row["start"], unit)
    end = after(start, unit)
    cell = {
        "start": moment(start),
        "end": moment(end),
        "middle": (moment(start) + moment(end)) // 2,
        "when": called(start, unit),
        "voice": grammar.OWN if own else grammar.CLAIMED,
        "own": own,
        "n": row["n"],
        "of": value,
    }
    if kind == "quad":
        return {**cell, "signed": row["n"] if own else -row["n"]}
    if kind == "status":
        return cell
    told = {
        "kind": look.names.get(row["quad"], ""),
        "example": quoted.get((row["start"], value, own), ""),
    }
    return {**cell, "quad": row["quad"], **told}


def _panels(cells: Mapping[str, list[Row]], found: Window, look: Theme) -> list[Spec]:
    time: Spec = {
        "field": "start",
        "type": "temporal",
        "scale": scale_of(found),
        "axis": None,
    }
    most = max(row["n"] for row in cells["quad"])
    kinds = {row["of"] for row in cells["quad"]}
    bars = [
        _bars([row for row in cells["quad"] if row["of"] == quad], quad, most, time, look)
        for quad in look.names
        if quad in kinds
    ]
    known = [*plover().types, *sorted({row["of"] for row in cells["type"]} - set(plover().types))]
    return [
        *bars,
        _rows(cells["type"], known, "type", time, look),
        _rows(cells["status"], STATUSES, "status", {**time, "axis": axis(found.unit)}, look),
    ]


def _bars(held: list[Row], quad: int, most: int, time: Spec, look: Theme) -> Spec:
    colour = look.quads[quad]
    y = {
        "field": "signed",
        "type": "quantitative",
        "scale": {"domain": [-most, most], "nice": False},
        "axis": {
            "title": None,
            "values": [-most, 0, most],
            "labelExpr": "format(abs(datum.value), ',')",
            "grid": True,
        },
    }
    bar = {"type": "bar", "stroke": colour, "strokeWidth": 1}
    return {
        "title": heading_of(look.names[quad], look),
        "width": grammar.WIDTH,
        "height": 52,
        "data": {"values": held},
        "mark": bar,
        "encoding": {
            "x": time,
            "x2": {"field": "end"},
            "y": y,
            "fill": {
                "condition": {"test": "datum.own", "value": colour},
                "value": look.paper,
            },
            "tooltip": grammar.tooltip("when", "voice", "n"),
        },
    }  # fmt: skip


def _rows(held: list[Row], order: Sequence[str], name: str, time: Spec, look: Theme) -> Spec:
    present = {row["of"] for row in held}
    most = max(row["n"] for row in held)
    for row in held:
        quad = row.get("quad")
        row["colour"] = look.ink if quad is None else look.quads[quad]
        row["shape"] = "circle" if quad is None else look.shapes[quad]
        row["size"] = round(10 + 130 * row["n"] / max(most, 8), 1)
    rows = {"title": None, "grid": True, "ticks": False, "domain": False}

    def layer(kept: str, shift: int, x: Spec, fill: Spec) -> Spec:
        return {
            "transform": [{"filter": kept}],
            "mark": {"type": "point", "opacity": 1, "yOffset": shift},
            "encoding": {
                "x": x,
                "y": {"field": "of", "type": "nominal", "axis": rows,
                      "sort": [value for value in order if value in present]},
                "size": {"field": "size", "type": "quantitative", "scale": None},
                "stroke": {"field": "colour", "type": "nominal", "scale": None},
                "shape": {"field": "shape", "type": "nominal", "scale": None},
                "fill": fill,
                "tooltip": grammar.tooltip("when", f"of:{name}", "voice", "n", "example"),
            },
        }  # fmt: skip

    return {
        "title": heading_of(f"by {name}", look),
        "width": grammar.WIDTH,
        "height": {"step": 24},
        "data": {"values": held},
        "layer": [
            layer("datum.own", -5, {**time, "field": "middle"},
                  {"field": "colour", "type": "nominal", "scale": None}),
            # The scale is said once: said twice, Vega-Lite takes it for a conflict.
            layer("!datum.own", 5, {"field": "middle", "type": "temporal"}, {"value": look.paper}),
        ],
    }  # fmt: skip
