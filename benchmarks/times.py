"""Temporal expressions against two sets: date-time specifications (the ``DateTimeModel`` cases of
Microsoft's Recognizers-Text: one sentence, a reference date, expected values) and MEANTIME (Minard
et al. 2016: TIMEX3 in Wikinews reports of the airbus and apple corpora).

Every other case or report was studied when the grammar was written; the others are ``kept``.

How values are compared. Spans agree when they share a character, one to one, in text order.
MEANTIME: type and value must be the same string; the mark of the creation date, what stands behind
the last annotated sentence (the sixth) and marks without words are left out. Specifications: the
value is the expected TIMEX string (``T15`` is ``T15:00``), or bounds the days of one of the
expected resolutions; a range may end with its last unit, before it or on the day after it, and a
length told against the reference date may begin and end a day off. Where TIMEX has ``XXXX`` or
``WXX``, a year or day of the expected resolutions must be named. ``coarser`` also takes a value
whose days contain the expected ones at the size of the unit named ("in two months": a month, where
the set has a day).

Run: ``python -m benchmarks.times [--set specs|meantime] [--half studied|kept] [--verbose]``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.marks import prf
from dragoman.language.parser import Parser
from dragoman.mentions import times
from dragoman.model import Document, Mention, Time

GOLD: Final = Path(__file__).resolve().parents[2] / "shared" / "gold"
SPECS: Final = GOLD / "time" / "msrec" / "DateTimeModel.json"
MEANTIME: Final = GOLD / "documents" / "meantime" / "intra-doc_annotation"
HALVES: Final = ("studied", "kept")
DAY: Final = dt.timedelta(days=1)

# Classes of specifications that a reader of news leaves out: name, reason, and when it applies to
# the words, the TIMEX value and the type that the set gives.
Applies = Callable[[str, str, str], bool]
_FEASTS: Final = re.compile(
    r"easter|thanksgiving|\beid\b|ramadan|halloween|labou?r day|independence|mother|father|"
    r"martin|memorial|presidents|columbus|carnival|new year\b(?!')|tax day|spring festival|"
    r"black friday|cyber monday|earth day|juneteenth|earthday|st\.? ?patrick|mlk"
)
_SPELLED: Final = re.compile(r"nineteen|(?:two|one) thousand|twenty (?:one|two|three|twenty)")
_LEFT_OUT: Final[tuple[tuple[str, str, Applies], ...]] = (
    ("time zones", "no time", lambda w, x, t: t == "timezone"),
    ("times of day alone", "a clock time without a day dates no event",
     lambda w, x, t: t in ("time", "timerange") or (t == "set" and x.startswith("T"))),
    ("appointments", "spans between two clock times of a day, or from a clock time on",
     lambda w, x, t: t == "datetimerange" and bool(re.search(r"T\d", x))),
    ("instants", "told against the minute of asking; a report has a day of publication",
     lambda w, x, t: t == "datetime" and bool(re.search(r"T\d\d:\d\d:\d\d", x))),
    ("feasts", "of movable or national date", lambda w, x, t: bool(_FEASTS.search(w))),
    ("days without a month", "“the 21st”", lambda w, x, t: x.startswith("XXXX-XX-")),
    ("years in words", "“nineteen ninety six”", lambda w, x, t: bool(_SPELLED.search(w))),
    ("figures without a four-figure year", "“7/6” is a score or a fraction in news",
     lambda w, x, t: bool(re.search(r"\d[/.-]\d", w))
     and not re.search(r"(?:1[5-9]|20)\d\d", w) and t != "duration"),
    ("business days", "depend on a country", lambda w, x, t: "BD" in x),
    ("made-up numbers", "“few days” as three",
     lambda w, x, t: bool(re.search(r"\b(?:few|some|several)\b", w))),
    ("school years", "differ from place to place", lambda w, x, t: "SY" in x),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """One expected expression: bounds in code points, and whether a reading has its value."""

    start: int
    end: int
    told: str
    type: str | None
    exact: Callable[[Time], bool]
    coarser: Callable[[Time], bool]
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its expected expressions; what begins at ``until`` or later is not compared, nor
    what touches ``skipped``.
    """

    document: Document
    wanted: tuple[Wanted, ...]
    half: str
    until: int = 1 << 60
    skipped: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Score:
    """Counts over the cases of a half; ``notes`` tells each error."""

    wanted: int = 0
    read: int = 0
    spans: int = 0
    types: int = 0
    values: int = 0
    coarser: int = 0
    notes: list[str] = field(default_factory=list)

    def f1(self, right: int) -> str:
        """Precision, recall and F1, in per cent."""
        return " / ".join(f"{part:.1f}" for part in prf(right, self.read, self.wanted))


def specifications(path: Path = SPECS) -> list[Case]:
    """The cases of the specifications, in the order of the file."""
    rows = json.loads(path.read_text("utf-8-sig"))
    return [_specification(n, row) for n, row in enumerate(rows)]


def _specification(number: int, row: dict[str, Any]) -> Case:
    reference = (row.get("Context") or {}).get("ReferenceDateTime")
    published = dt.date.fromisoformat(reference[:10]) if reference else None
    document = Document(id=str(number), text=row["Input"], published=published)
    wanted = tuple(_expected(result) for result in row["Results"])
    return Case(document, wanted, HALVES[number % 2])


def _expected(result: dict[str, Any]) -> Wanted:
    kind = (result.get("TypeName") or result.get("Typename") or "").removeprefix("datetimeV2.")
    values = (result.get("Resolution") or {}).get("values") or []
    timexes = [str(value.get("timex", "")) for value in values]
    days = [found for value in values for found in [_days(value)] if found]
    told = f"{result['Text']} [{kind}] {' | '.join(dict.fromkeys(timexes))}"
    left_out = next(
        (name for name, _, applies in _LEFT_OUT
         if any(applies(result["Text"].lower(), timex, kind) for timex in timexes or [""])),
        None,
    )  # fmt: skip
    return Wanted(
        result["Start"], result["End"] + 1, told, None,
        lambda time: any(_agrees(time, timex, days) for timex in timexes),
        lambda time: any(_holds(time, *bounds) for bounds in days),
        left_out,
    )  # fmt: skip


def _days(value: dict[str, Any]) -> tuple[dt.date, dt.date] | None:
    """First and last day of one resolution; None where it is open or no date."""
    try:
        if "value" in value:
            day = dt.date.fromisoformat(value["value"][:10])
            return day, day
        return dt.date.fromisoformat(value["start"][:10]), dt.date.fromisoformat(value["end"][:10])
    except (KeyError, ValueError):
        start = value.get("start") or value.get("end") or ""
        if re.match(r"\d{4}-\d\d-\d\d", start) and value.get("Mod"):
            day = dt.date.fromisoformat(start[:10])
            return day, day
        return None


def _plain(value: str) -> str:
    return re.sub(r"(T\d\d)(?!\d|:)", r"\1:00", value).replace("+00:00", "Z")


def _agrees(time: Time, timex: str, days: Sequence[tuple[dt.date, dt.date]]) -> bool:
    if _plain(time.value) == _plain(timex):
        return True
    suffix = re.search(r"(?<=[\dX])T.*|(?<=\d)-WE$", timex)
    if (suffix is None) != (re.search(r"(?<=\d)T|-WE$", time.value) is None):
        return False
    if suffix is not None and not _plain(time.value).endswith(_plain(suffix[0])):
        return False
    if timex.startswith("XXXX") and not timex.startswith("XXXX-W"):
        tail = timex[4:]
        years = {day.year for bounds in days for day in bounds}
        return time.value[4:] == tail and any(time.value.startswith(f"{y:04d}") for y in years)
    if time.first is None or time.last is None or not days:
        return False
    loose = timex.startswith("(") and time.type == "DURATION"
    for first, last in days:
        if abs((time.first - first).days) > loose:
            continue
        if abs((time.last - last).days) <= loose or time.last + DAY == last:
            return True
        if "/" in time.value and _first_of(time.value.split("/")[1]) == last:
            return True
    return False


def _first_of(value: str) -> dt.date | None:
    """The first day of a year, month or day written in figures."""
    try:
        return dt.date.fromisoformat((value + "-01-01"[-(10 - len(value)) :])[:10])
    except ValueError:
        return None


def _holds(time: Time, first: dt.date, last: dt.date) -> bool:
    if time.first is None or time.last is None or time.type != "DATE":
        return False
    return time.first <= first and last <= time.last + DAY and (
        time.granularity in ("week", "month", "quarter", "year")
    )  # fmt: skip


_GLUED: Final = frozenset(", . ; : ? ! ) % 's ' n't 're 've 'll 'd 'm '' ]".split())
_GLUING: Final = frozenset(("(", "``", "$", "["))


def reports(root: Path = MEANTIME) -> list[Case]:
    """The reports of both corpora, by name."""
    paths = sorted(root.glob("corpus_*/*.xml"))
    return [_report(path, HALVES[n % 2]) for n, path in enumerate(paths)]


def _report(path: Path, half: str) -> Case:
    root = ET.parse(path).getroot()
    text, bounds, close, sentence, until = "", {}, True, "0", 1 << 60
    for token in root.iter("token"):
        word = token.text or ""
        if token.get("sentence") != sentence:
            sentence = token.get("sentence") or ""
            text, close = text + ("\n\n" if int(sentence) < 3 else " "), True
            if int(sentence) == 6:
                until = len(text)
        if not close and word not in _GLUED:
            text += " "
        bounds[token.get("t_id")] = (len(text), len(text) + len(word), sentence)
        text, close = text + word, word in _GLUING
    published, wanted, skipped = None, [], []
    for mark in root.iter("TIMEX3"):
        places = sorted(bounds[anchor.get("t_id")] for anchor in mark.iter("token_anchor"))
        if not places:
            continue
        start, end, value = places[0][0], places[-1][1], mark.get("value") or ""
        if mark.get("functionInDocument") == "CREATION_TIME" or places[0][2] == "1":
            published = dt.date.fromisoformat(value)
            skipped.append((start, end))
            continue
        wanted.append(_mark(start, end, text[start:end], mark.get("type") or "", value))
    wanted.sort(key=lambda w: w.start)
    document = Document(id=path.stem, text=text, published=published)
    return Case(document, tuple(wanted), half, until, tuple(skipped))


def _mark(start: int, end: int, words: str, type_: str, value: str) -> Wanted:
    def exact(time: Time) -> bool:
        return time.value == value

    return Wanted(start, end, f"{words} [{type_}] {value}", type_, exact, exact)


def score(cases: Iterable[Case]) -> Score:
    """The score of the product's reader over cases."""
    total, listed = Score(), list(cases)
    analyses = Parser().parse_many(case.document for case in listed)
    for case, analysis in zip(listed, analyses, strict=True):
        _add(total, case, times.find(analysis))
    return total


def _add(total: Score, case: Case, mentions: Sequence[Mention]) -> None:
    binding = [want for want in case.wanted if want.left_out is None]
    total.wanted += len(binding)
    free = [m for m in mentions if m.span.start < case.until]
    where = f"{case.document.published} {case.document.text!r}"[:150]
    for want in binding:
        found = next((m for m in free if m.span.start < want.end and want.start < m.span.end), None)
        if found is None or found.time is None:
            total.notes.append(f"missed    {want.told}\n          {where}")
            continue
        free.remove(found)
        total.read += 1
        total.spans += 1
        total.types += want.type in (None, found.time.type)
        right = want.exact(found.time)
        total.values += right
        total.coarser += right or want.coarser(found.time)
        if not right or want.type not in (None, found.time.type):
            time = found.time
            total.notes.append(
                f"other     {want.told}\n          {found.span.quote!r} {time.type} {time.value} "
                f"{time.first}..{time.last} {found.rule}\n          {where}"
            )
    open_ = [(w.start, w.end) for w in case.wanted if w.left_out] + list(case.skipped)
    for mention in free:
        if any(mention.span.start < end and start < mention.span.end for start, end in open_):
            continue
        total.read += 1
        value = mention.time.value if mention.time else None
        total.notes.append(f"made up   {mention.span.quote!r} {value} {mention.rule}\n"
                           f"          {where}")  # fmt: skip


def _print(name: str, half: str, total: Score, verbose: bool) -> None:
    found = total.spans or 1
    print(f"{name}, {half}: {total.wanted} expected, {total.read} read")
    print(f"  span P/R/F1          {total.f1(total.spans)}")
    if name == "MEANTIME":
        print(f"  type, of those found {100 * total.types / found:.1f}")
    print(f"  value, of those found {100 * total.values / found:.1f}")
    print(f"  value P/R/F1         {total.f1(total.values)}")
    if name != "MEANTIME":
        print(f"  coarser P/R/F1       {total.f1(total.coarser)}")
    if verbose:
        print("\n".join(total.notes))


def _print_left_out(cases: Sequence[Case]) -> None:
    counts = Counter(want.left_out for case in cases for want in case.wanted if want.left_out)
    print(f"expressions left out, of {sum(len(case.wanted) for case in cases)}:")
    for name, reason, _ in _LEFT_OUT:
        print(f"  {counts[name]:4} {name}: {reason}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of both sets, by half."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--set", choices=("specs", "meantime"))
    options.add_argument("--half", choices=HALVES)
    options.add_argument("--verbose", action="store_true")
    chosen = options.parse_args(arguments)
    for name, read in (("specs", specifications), ("meantime", reports)):
        if chosen.set not in (None, name):
            continue
        cases = read()
        if name == "specs":
            _print_left_out(cases)
        for half in HALVES:
            if chosen.half in (None, half):
                total = score(case for case in cases if case.half == half)
                title = "Specifications" if name == "specs" else "MEANTIME"
                _print(title, half, total, chosen.verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main())
