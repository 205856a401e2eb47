"""Whether copies of one text are found, and who copied from whom.

1. ``ecbplus``: near-copies among the reports of ECB+. Positives are the pairs whose shorter text
   has at least half of its five-word shingles (``\\w+``, lower case, counted here and not by
   Dragoman) in the longer. A pair in a story of ours counts as right where it is a positive, or
   where ``gold/ecbplus/stories.yaml`` has it among the copies, judged by reading. ECB+ has neither
   publishers nor dates.
2. ``made``: copies made of our own reports (the studied halves of ``benchmarks/gold``, the cases of
   ``tests/cases``): cut, under another heading, corrected, with an agency's line, and mixtures of
   these, by other publishers on later days; beside them what is no copy: footers in common, daily
   lists of figures, forms filled in, briefs of the same words. Right are the pairs, the first
   publisher, the kind, and for a copy of a corrected copy its source.
3. ``--drawn N``: so many reports drawn by chance (``benchmarks/drawn_reports.py``), a third of
   them copies: seconds, memory and pairs. ``--datasketch`` puts MinHashLSHEnsemble of that package
   (if it is installed) to the same reports, to compare candidates and memory.

Run: ``python -m benchmarks.stories [--ecbplus FOLDER] [--verbose]``, ``python -m benchmarks.stories
--drawn 10000``; ECB+ is not part of this repository.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import re
import resource
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from benchmarks.drawn_reports import draw_reports
from dragoman.corpus.stories import Story, stories
from dragoman.model import Document

ECBPLUS: Final = Path(__file__).resolve().parents[2] / "shared" / "gold" / "documents" / "ecbplus"
GOLD: Final = Path(__file__).with_name("gold")
JUDGED: Final = GOLD / "ecbplus" / "stories.yaml"
CASES: Final = Path(__file__).resolve().parents[1] / "tests" / "cases"

Pair = tuple[str, str]


def pairs_of(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """Every two of each group."""
    return {
        (one, other) for group in groups for one, other in itertools.combinations(sorted(group), 2)
    }


def ids_of(found: Iterable[Story]) -> list[list[str]]:
    """The documents of each story."""
    return [[copy.id for copy in story.documents] for story in found]


def containment(texts: dict[str, str]) -> dict[Pair, float]:
    """Of each two texts that share a shingle, the part of the smaller set that is shared."""
    grams = {name: _grams(text) for name, text in texts.items()}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(grams):
        for gram in grams[name]:
            holders[gram].append(name)
    common: Counter[Pair] = Counter()
    for names in holders.values():
        common.update(itertools.combinations(names, 2))
    return {
        pair: count / min(len(grams[pair[0]]), len(grams[pair[1]]))
        for pair, count in common.items()
    }


def _grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[place : place + 5]) for place in range(len(words) - 4)}


def read_ecbplus(folder: Path) -> dict[str, str]:
    """The texts by their names, tokens parted by blanks."""
    texts = {}
    for path in sorted(folder.glob("*/*.xml")):
        tokens = ElementTree.parse(path).getroot().findall("token")
        texts[path.stem] = " ".join(token.text for token in tokens if token.text)
    return texts


def ecbplus(folder: Path, verbose: bool) -> None:
    """Print precision and recall on ECB+."""
    texts = read_ecbplus(folder)
    shares = containment(texts)
    positives = {pair for pair, share in shares.items() if share >= 0.5}
    judged = yaml.safe_load(JUDGED.read_text(encoding="utf-8"))
    copies = {tuple(sorted(pair)) for name in ("copies", "below") for pair in judged[name]}
    found = stories(Document(name, text) for name, text in texts.items())
    ours = pairs_of(ids_of(found))
    right = ours & (positives | copies)
    print(
        f"ECB+: {len(texts)} reports, {len(positives)} pairs at 0.5 and more, {len(found)} stories"
    )
    print(f"recall {_percent(ours & positives, positives)}, precision {_percent(right, ours)}")
    strict = {pair for pair in ours if shares.get(pair, 0) >= 0.5 or pair not in shares}
    print(
        f"pairs of ours at 0.5 and more: {len(strict)}; by others in between: {len(ours - strict)}"
    )
    print("judged from 0.2 to 0.5: " + ", ".join(f"{k} {len(v)}" for k, v in judged.items()))
    band = {pair for pair in copies if shares.get(pair, 0) >= 0.2}
    print(f"of the copies among them in our stories: {_percent(ours & band, band)}")
    if verbose:
        for pair in sorted(positives - ours):
            print("missed", *pair, f"{shares[pair]:.2f}")
        for pair in sorted(ours - right):
            print("wrong", *pair, f"{shares.get(pair, 0):.2f}")


def _percent(part: set[Any], whole: set[Any]) -> str:
    return f"{100 * len(part) / max(1, len(whole)):.1f}% ({len(part)} of {len(whole)})"


# Copies made of our own reports


@dataclass(frozen=True, slots=True)
class Made:
    """A document made, with the report it carries (None: it is no copy), and for a copy what kind
    it is and whose text it took.
    """

    document: Document
    report: int | None
    kind: str = "first"
    source: str | None = None


_CHANGES: Final = {
    "cut": "truncated",
    "heading": "whole",
    "agency": "whole",
    "corrected": "edited",
    "cut, heading": "truncated",
    "cut, agency": "truncated",
    "corrected, agency": "edited",
    "cut, corrected": "edited",
}
_FIRST: Final = dt.date(2024, 3, 4)
_FOOT: Final = (
    "{name} is printed on {days} and read in {towns} towns. Write to the editors at the house by "
    "the {where}; letters may be shortened. Reporting by the desk of {name}, with help from its "
    "readers. Subscribe for {price} a month and have the news of the region before breakfast. "
    "All rights are with {name}, whose words and pictures may be used by schools."
)


def own_reports(draw: random.Random) -> list[list[str]]:
    """Reports of three to ten of our own texts each, none used twice."""
    texts = []
    for path in sorted(GOLD.glob("*.yaml")):
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
        for item in held if isinstance(held, list) else ():
            if item.get("split") == "dev" and item.get("text"):
                texts.append(item["text"])
    for path in sorted(CASES.glob("*.yaml")):
        texts += [item["text"] for item in yaml.safe_load(path.read_text(encoding="utf-8"))]
    texts = sorted({" ".join(text.split()) for text in texts})
    alone = _unlike(texts)
    draw.shuffle(alone)
    reports = []
    while len(alone) >= 12:
        count = draw.randint(3, 10)
        reports.append([alone.pop() for _ in range(count)])
    return [report for report in reports if sum(len(text.split()) for text in report) >= 60]


def _unlike(texts: Sequence[str]) -> list[str]:
    """Texts that share no more than a few words with one kept before: cases come in variants."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for text in texts:
        grams = _grams(text)
        if not grams & seen:
            kept.append(text)
        seen |= grams
    return kept


def make(seed: int) -> list[Made]:
    """The documents of the second part."""
    draw = random.Random(seed)
    reports = own_reports(draw)
    feet = [_foot(draw, n) for n in range(8)]
    made = []
    for number, report in enumerate(reports):
        made += _family(draw, number, report, feet)
    return made + list(_decoys(draw, feet))


def _foot(draw: random.Random, number: int) -> tuple[str, str]:
    name = f"The {draw.choice(['River', 'Valley', 'Coast', 'Border'])} Paper {number}"
    days = draw.choice(["Mondays", "weekdays", "Tuesdays and Fridays", "every day but one"])
    where = draw.choice(["old mill", "harbour", "station", "north gate"])
    return name, _FOOT.format(
        name=name, days=days, where=where, towns=draw.randint(3, 90), price=draw.randint(2, 19)
    )


def _family(
    draw: random.Random, number: int, report: list[str], feet: list[tuple[str, str]]
) -> Iterator[Made]:
    day = _FIRST + dt.timedelta(draw.randint(0, 300))
    papers = draw.sample(feet, 5)
    first = f"r{number}"
    text = "\n\n".join(report)
    yield Made(_printed(first, text, day, papers[0]), number)
    for place, change in enumerate(draw.sample(list(_CHANGES), draw.randint(0, 3)), 1):
        later = day + dt.timedelta(place)
        name = f"{first}c{place}"
        changed = _changed(draw, report, change)
        printed = _printed(name, changed, later, papers[place])
        yield Made(printed, number, _CHANGES[change], first)
        if change == "corrected":
            again = f"A second look\n\n{changed}"
            printed = _printed(f"{name}x", again, later + dt.timedelta(1), papers[4])
            yield Made(printed, number, "whole", name)


def _printed(name: str, text: str, day: dt.date, paper: tuple[str, str]) -> Document:
    return Document(name, f"{text}\n\n{paper[1]}", day, paper[0])


def _changed(draw: random.Random, report: list[str], changes: str) -> str:
    text = "\n\n".join(report)
    for change in changes.split(", "):
        if change == "cut":
            words = text.split(" ")
            text = " ".join(words[: max(40, int(len(words) * draw.uniform(0.45, 0.75)))])
        elif change == "heading":
            heading = draw.sample(["what", "we", "know", "today", "in", "brief", "so", "far"], 6)
            text = f"{' '.join(heading)}\n\n{text}"
        elif change == "agency":
            town, day = draw.choice(["GENEVA", "ANKARA", "QUITO", "OSLO"]), draw.randint(1, 28)
            text = f"{town}, March {day} (Reuters) - {text}"
        else:
            words = text.split(" ")
            for place in range(draw.randint(8, 20), len(words), draw.randint(25, 40)):
                words[place] = draw.choice(["some", "other", "17", "late", "northern"])
            text = " ".join(words)
    return text


def _decoys(draw: random.Random, feet: list[tuple[str, str]]) -> Iterator[Made]:
    for n in range(30):
        day = _FIRST + dt.timedelta(n)
        paper = feet[n % len(feet)]
        towns = "\n".join(
            f"{town}: sunny, {draw.randint(10, 39)} by day, {draw.randint(0, 20)} by night"
            for town in ("Accra", "Bamako", "Cairo", "Dakar", "Harare", "Kigali", "Lagos", "Tunis")
        )
        yield Made(_printed(f"weather{n}", f"Weather\n{towns}", day, paper), None)
        form = (
            f"The bank set the price of gold at {1800 + n} an ounce on day {n}. The price holds "
            "for mints, jewellers and customs until the next notice and is found each morning from "
            "the offers of five houses, the highest and the lowest left out."
        )
        yield Made(Document(f"form{n}", form, day, "Bank"), None)
        brief = "More to follow on this in the course of the day, says our desk."
        yield Made(Document(f"brief{n}", brief, day, paper[0]), None)
        short = (
            f"Minister number {n} spoke with envoy {n + 7} about item {n * 3} for {n + 2} hours."
        )
        yield Made(_printed(f"short{n}", short, day, paper), None)


def own(seed: int, verbose: bool) -> None:
    """Print what is right on copies that were made."""
    made = make(seed)
    by_report: dict[int, list[str]] = defaultdict(list)
    for one in made:
        if one.report is not None:
            by_report[one.report].append(one.document.id)
    wanted = pairs_of(by_report.values())
    found = stories(one.document for one in made)
    ours = pairs_of(ids_of(found))
    got = {copy.id: copy for story in found for copy in story.documents}
    copies = [one for one in made if one.source is not None and one.document.id in got]
    firsts = {ids[0] for ids in by_report.values() if len(ids) > 1}
    kinds = {one.document.id for one in copies if got[one.document.id].kind == one.kind}
    sources = {one.document.id for one in copies if got[one.document.id].source == one.source}
    ids = {one.document.id for one in copies}
    print(f"\nmade: {len(made)} documents, {len(by_report)} reports, {len(ids)} copies found")
    right = ours & wanted
    print(f"pairs: recall {_percent(right, wanted)}, precision {_percent(right, ours)}")
    print(f"first publisher {_percent({s.documents[0].id for s in found} & firsts, firsts)}")
    print(f"kind {_percent(kinds, ids)}, source {_percent(sources, ids)}")
    if verbose:
        for one in copies:
            copy = got[one.document.id]
            if copy.id not in kinds & sources:
                print(copy.id, copy.kind, copy.source, "wanted", one.kind, one.source)
        print("missed", sorted(wanted - ours), "wrong", sorted(ours - wanted)[:20])


# Many reports


def drawn(count: int, with_datasketch: bool) -> None:
    """Print seconds, memory and pairs on reports drawn by chance."""
    made = draw_reports(count)
    groups: dict[int, list[str]] = defaultdict(list)
    for document, origin in zip(made.documents, made.origins, strict=True):
        groups[origin].append(document.id)
    wanted = pairs_of(groups.values())
    before = _memory()
    began = time.perf_counter()
    found = stories(made.documents)
    taken = time.perf_counter() - began
    ours = pairs_of(ids_of(found))
    print(f"{count} drawn: {taken:.1f} s, {_memory() - before:.0f} MB more, {len(found)} stories")
    print(f"recall {_percent(ours & wanted, wanted)}, precision {_percent(ours & wanted, ours)}")
    if with_datasketch:
        _ensemble(made.documents, wanted)


def _ensemble(documents: Sequence[Document], wanted: set[Pair]) -> None:
    import numpy as np
    from datasketch import MinHash, MinHashLSHEnsemble

    from dragoman.corpus.shingles import Shingler

    shingler = Shingler()
    before, began = _memory(), time.perf_counter()
    entries = []
    for document in documents:
        shingles = np.unique(shingler.shingles(document.text))
        sketch = MinHash(num_perm=128, hashfunc=lambda value: value)
        sketch.update_batch((shingles & np.uint64(0xFFFFFFFF)).tolist())
        entries.append((document.id, sketch, len(shingles)))
    index = MinHashLSHEnsemble(0.4, num_perm=128, num_part=16, weights=(0.2, 0.8))
    index.index(entries)
    found = {
        (min(name, other), max(name, other))
        for name, sketch, size in entries
        for other in index.query(sketch, size)
        if other != name
    }
    taken = time.perf_counter() - began
    print(f"datasketch: {taken:.1f} s, {_memory() - before:.0f} MB more, {len(found)} candidates")
    print(f"recall of candidates {_percent(found & wanted, wanted)}")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ecbplus", type=Path, default=ECBPLUS)
    parser.add_argument("--seed", type=int, default=20261127, help="of the copies made")
    parser.add_argument("--drawn", type=int)
    parser.add_argument("--datasketch", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args(arguments)
    if options.drawn:
        drawn(options.drawn, options.datasketch)
        return 0
    if options.ecbplus.is_dir():
        ecbplus(options.ecbplus, options.verbose)
    else:
        print(f"no reports in {options.ecbplus}: the first part is left out")
    own(options.seed, options.verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main())
