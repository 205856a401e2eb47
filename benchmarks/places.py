"""Toponyms of local news against LGL (Lieberman et al. 2010): which place each one means.

With the marked spans given, a toponym is right when its point lies within 161 km (100 miles) of the
marked one; one left unresolved is wrong, and its share is told. Toponyms that the gold gives no
point count only for finding. With nothing given, the product's own place mentions are laid
against the marked spans: equal, or sharing a word; LGL marks states that act ("Russia said") as
toponyms too, so the same is told with mentions of states.

Documents of odd id were studied, those of even id are the kept half. ``--homes`` tells the reader
where each paper is at home: the town its other documents of the odd half speak of most, for a
document of that half without itself. A paper without any has no home.

Run: ``python -m benchmarks.places [--split held] [--homes] [--verbose]``; the documents are not
part of this repository, ``--lgl`` names their file.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.marks import SPLITS, prf
from dragoman.language.analysis import Analysis
from dragoman.language.parser import Parser
from dragoman.mentions import finding
from dragoman.mentions.placing import distance
from dragoman.model import Document, Place
from dragoman.register import Register, default_register

LGL: Final = Path(__file__).resolve().parents[2] / "shared" / "gold" / "geo" / "lgl.xml"
NEAR_KM: Final = 161.0

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A marked name; ``point`` (degrees) and ``country`` (its English name) where it has them."""

    start: int
    end: int
    quote: str
    name: str
    feature: str
    point: Place | None


@dataclass(frozen=True, slots=True)
class Report:
    """A document of LGL; ``feed`` is its publisher's number."""

    id: int
    feed: str
    text: str
    toponyms: tuple[Toponym, ...]

    @property
    def split(self) -> str:
        """``dev`` for odd ids, ``held`` for even ones."""
        return "dev" if self.id % 2 else "held"


@dataclass(slots=True)
class Score:
    """What came of the marked toponyms, and how many spans were found."""

    distances: list[float] = field(default_factory=list)
    unresolved: int = 0
    unmarked: int = 0
    by_country: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    by_feature: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    found: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def wanted(self) -> int:
        """Toponyms with a point."""
        return len(self.distances) + self.unresolved

    @property
    def right(self) -> int:
        """Toponyms placed within 161 km."""
        return sum(away <= NEAR_KM for away in self.distances)


def load(path: Path = LGL) -> list[Report]:
    """The documents, in the file's order. Raises OSError where there is no such file."""
    return [_report(article) for article in ElementTree.parse(path).iter("article")]


def _report(article: ElementTree.Element) -> Report:
    text = article.findtext("text") or ""
    marks = [_toponym(mark, text) for mark in article.iter("toponym")]
    return Report(
        id=int(article.get("docid") or 0),
        feed=article.findtext("feedid") or "",
        text=text,
        toponyms=tuple(sorted(marks, key=lambda mark: mark.start)),
    )


def _toponym(mark: ElementTree.Element, text: str) -> Toponym:
    start, end = int(mark.findtext("start") or 0), int(mark.findtext("end") or 0)
    tag = mark.find("gaztag")
    if tag is None:
        return Toponym(start, end, text[start:end], "", "", None)
    name, feature = tag.findtext("name") or "", tag.findtext("fcode") or ""
    point = Place(
        id=f"geonames:{tag.get('geonameid')}",
        name=name,
        feature=feature,
        latitude=float(tag.findtext("lat") or 0),
        longitude=float(tag.findtext("lon") or 0),
        country=tag.findtext("country"),
        admin1=tag.findtext("admin1"),
    )
    return Toponym(start, end, text[start:end], name, feature, point)


def homes(reports: Iterable[Report], without: Report | None = None) -> dict[str, str]:
    """By feed, the "town, division" that its documents of the odd half mean most often."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        if report.split != "dev" or report is without:
            continue
        for mark in report.toponyms:
            if mark.point is not None and mark.feature.startswith("PPL"):
                outer = mark.point.admin1 or mark.point.country
                counts[report.feed][f"{mark.name}, {outer}"] += 1
    return {feed: count.most_common(1)[0][0] for feed, count in counts.items()}


def score(reports: Sequence[Report], home: Mapping[int, str]) -> Score:
    """The score over these reports; ``home`` has the home by document where it is told."""
    total, register = Score(), default_register()
    documents = [
        Document(
            id=str(report.id),
            text=report.text,
            meta={"home": home[report.id]} if report.id in home else {},
        )
        for report in reports
    ]
    for report, analysis in zip(reports, Parser().parse_many(documents), strict=True):
        _place(report, analysis, register, total)
        _find(report, analysis, register, total)
    return total


def _place(report: Report, analysis: Analysis, register: Register, total: Score) -> None:
    spans = [(mark.start, mark.end) for mark in report.toponyms]
    choices = finding.place(analysis, register, spans)
    for mark in report.toponyms:
        if mark.point is None:
            total.unmarked += 1
            continue
        choice = choices[mark.start, mark.end]
        away = distance(choice.place, mark.point) if choice.place else None
        right = away is not None and away <= NEAR_KM
        if away is None:
            total.unresolved += 1
        else:
            total.distances.append(away)
        total.by_country[mark.point.country or ""].append(right)
        total.by_feature[mark.feature].append(right)
        if not right:
            got = choice.place
            read = f"{got.name}, {got.admin1}, {got.country}" if got else choice.unresolved
            around = report.text[max(0, mark.start - 50) : mark.end + 40].replace("\n", " ")
            total.notes.append(
                f"{report.id} {mark.quote!r} {mark.feature} {mark.point.admin1},"
                f" {mark.point.country}: {read} [{choice.rule}] {away and round(away)}"
                f" …{around}…"
            )


def _find(report: Report, analysis: Analysis, register: Register, total: Score) -> None:
    found = finding.find(analysis, register)
    states = {name for name, actor in found.actors.items() if actor.kind == "state"}
    places = [(m.span.start, m.span.end) for m in found.mentions if m.kind == "place"]
    acting = [(m.span.start, m.span.end) for m in found.mentions if m.actor in states]
    wanted = {(mark.start, mark.end) for mark in report.toponyms}
    total.found["wanted"] += len(wanted)
    for how, spans in (("places", places), ("places and states", [*places, *acting])):
        read = set(spans)
        equal = read & wanted
        total.read[how] += len(read)
        total.found[how] += len(equal)
        total.found[f"{how}, a word shared"] += sum(_touches(span, wanted) for span in read)
        total.found[f"{how}, reached"] += sum(_touches(span, read) for span in wanted)
    for span in sorted(set(places) - wanted):
        if not _touches(span, wanted):
            low, high = span
            around = report.text[max(0, low - 40) : high + 30].replace("\n", " ")
            total.notes.append(f"{report.id} made up {report.text[low:high]!r} …{around}…")
    for span in sorted(wanted):
        if not _touches(span, {*places, *acting}):
            low, high = span
            around = report.text[max(0, low - 40) : high + 30].replace("\n", " ")
            total.notes.append(f"{report.id} not found {report.text[low:high]!r} …{around}…")


def _touches(span: Bounds, others: Iterable[Bounds]) -> bool:
    return any(low < span[1] and span[0] < high for low, high in others)


def _show(split: str, total: Score) -> None:
    print(f"{split}: {total.wanted} toponyms with a point, {total.unmarked} without")
    resolved = len(total.distances) or 1
    print(f"within 161 km                {100 * total.right / total.wanted:5.1f}%")
    print(f"  of those resolved          {100 * total.right / resolved:5.1f}%")
    print(f"unresolved                   {100 * total.unresolved / total.wanted:5.1f}%")
    print(f"median error, resolved       {statistics.median(total.distances):5.1f} km")
    for name, group in (("country", total.by_country), ("feature", total.by_feature)):
        for label, right in sorted(group.items(), key=lambda item: -len(item[1]))[:10]:
            share = 100 * sum(right) / len(right)
            print(f"  {name} {label or 'none':<22} {share:5.1f}%  of {len(right)}")
    wanted = total.found["wanted"]
    for how in ("places", "places and states"):
        precision, recall, f1 = prf(total.found[how], total.read[how], wanted)
        print(f"{how + ' found, equal':<30} P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}")
        shared = 100 * total.found[f"{how}, a word shared"] / max(1, total.read[how])
        reached = 100 * total.found[f"{how}, reached"] / max(1, wanted)
        print(f"{how + ', a word shared':<30} P {shared:5.1f}  R {reached:5.1f}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of one half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lgl", type=Path, default=LGL, help="the file of LGL")
    parser.add_argument("--split", choices=SPLITS, default="dev", help="which half (dev)")
    parser.add_argument("--homes", action="store_true", help="tell where each paper is at home")
    parser.add_argument("--verbose", action="store_true", help="tell each miss (dev only)")
    options = parser.parse_args(arguments)
    if options.split != "dev" and options.verbose:
        parser.error("the kept half prints totals only; leave --verbose out")
    everything = load(options.lgl)
    items = [report for report in everything if report.split == options.split]
    home: dict[int, str] = {}
    if options.homes:
        for report in items:
            known = homes(everything, report)
            if report.feed in known:
                home[report.id] = known[report.feed]
        print(f"{len(home)} of {len(items)} documents have a home")
    total = score(items, home)
    _show(options.split, total)
    if options.verbose:
        print("\n".join(total.notes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
