"""Whether mentions of one actor are told to be one: on OntoGUM's news, against its entities.

The text is made of the corpus's tokens, joined as they are written; a date line of Wikinews is a
paragraph of its own and the date of publication. Gold spans hold whatever hangs on the noun, ours
do not: a mention of ours stands for the gold span of the same bounds, else for the widest gold span
with the same head word in our parse; each gold span for one mention of ours at most.

1. CoNLL F1, the mean of MUC, B-cubed and CEAF-e. Our entities are the actor mentions of one actor
   id, a state's with the places that are that country; an unresolved mention goes with its
   antecedent, if it has one. Entities with one mention are left out on both sides, as the corpus
   has none. "Covered" leaves out the gold entities that are no persons, organisations, states or
   groups of people (``gold/ontogum/covered.yaml``);
   nothing of ours is left out, so that a town or a thing taken for an actor counts against us. A
   mention of ours that no gold span matches stays in its entity and counts against us too, though
   the corpus marks no entity that is mentioned once.
2. References that matter: pronouns, and nouns in lower case or with a role, that are the source of
   a statement of ours or fill a role of an event of ours. Each counts once. Right: the antecedent
   (that of a pronoun, its own), or where there is none any other mention of the same actor,
   pronouns left out, stands for a span of the same gold entity; an antecedent without a name
   ("scientists") counts like any, and a name in apposition stands for the gold span that holds
   both. Wrong: another antecedent or actor. Unresolved: neither.
   Not judged, but printed: what stands for no gold span; what is the first mention of its entity
   and points nowhere ("first"); what is read as an actor that is mentioned nowhere else ("alone").

Every second document is ``held``: not looked at while the rules were made.

Run: ``python -m benchmarks.coreference [--split held] [--verbose]``; the documents are not part of
this repository, ``--ontogum`` names their folder.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from benchmarks.clusters import METRICS, Cluster, Sums, compare
from dragoman.language.analysis import Analysis, Token
from dragoman.language.parser import Parser
from dragoman.language.phrases import head_of
from dragoman.model import Document, Mention, Reading
from dragoman.pipeline import Reader

ONTOGUM: Final = Path(__file__).resolve().parents[2] / "shared" / "gold" / "coref"
COVERED: Final = Path(__file__).with_name("gold") / "ontogum" / "covered.yaml"
SPLITS: Final = ("study", "held")
VERDICTS: Final = ("right", "wrong", "unresolved")
UNJUDGED: Final = ("first", "alone", "no gold span")

Bounds = tuple[int, int]

_MARK: Final = re.compile(r"\((\d+)\)|\((\d+)|(\d+)\)")
_DATE: Final = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )"
    r"(?P<month>[A-Z][a-z]+) (?P<day>\d{1,2}), (?P<year>\d{4})"
)
_PRONOUNS: Final = frozenset(
    "i me my we us our you your he him his himself she her hers herself it its itself they them "
    "their themselves who whom whose".split()
)
_NO_SPACE_BEFORE: Final = frozenset(".,;:!?)]}%’")
_CLITIC: Final = re.compile(r"(?:['’](?:s|re|ve|ll|d|m)|n['’]t)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """A document with its gold entities: bounds of their mentions by number."""

    name: str
    document: Document
    entities: dict[int, tuple[Bounds, ...]]
    covered: frozenset[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A reference that matters and how it compares with the gold."""

    doc: str
    words: str
    start: int
    form: str
    verdict: str
    actor: str | None
    rule: str


# ---------------------------------------------------------------- the corpus


def load(folder: Path, split: str) -> Iterator[Marked]:
    """The documents of one half, in order of name."""
    with COVERED.open(encoding="utf-8") as file:
        covered: dict[str, list[int]] = yaml.safe_load(file)[split]
    for name in sorted(covered):
        rows = _rows(folder / f"GUM_news_{name}.conll")
        text, bounds = _written([token for token, _ in rows])
        yield Marked(
            name,
            Document(id=name, text=text, published=_published(text)),
            _entities(rows, bounds),
            frozenset(covered[name]),
        )


def _rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        parts = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    return [(part[1], part[2]) for part in parts if len(part) >= 3]


def _written(tokens: Sequence[str]) -> tuple[str, list[Bounds]]:
    """The text as it would be written, and the bounds of each token in it."""
    text, bounds = "", []
    opened = False
    tight = True
    for at, token in enumerate(tokens):
        close = token in ('"', "”") and opened
        joined = (
            tight
            or close
            or (token[:1] in _NO_SPACE_BEFORE and token != "’")
            or _CLITIC.fullmatch(token) is not None
            or (token in ("'", "’") and tokens[at - 1].endswith("s"))
            or _joins(tokens, at)
        )
        text += "" if joined else " "
        bounds.append((len(text), len(text) + len(token)))
        text += token
        if token == '"':
            opened = not opened
        tight = token in ("(", "[", "“", "$", "#") or (token == '"' and opened)
        tight = tight or (token in ("-", "/") and _joins(tokens, at))
    return _paragraphed(text), bounds


def _joins(tokens: Sequence[str], at: int) -> bool:
    """Whether a hyphen or slash, or what stands beside one, is part of a compound."""
    return tokens[at] in ("-", "/") and 0 < at < len(tokens) - 1 and tokens[at - 1][-1].isalnum()


def _paragraphed(text: str) -> str:
    """A date line cut off before and behind: one space becomes one line end, so bounds hold."""
    match = _DATE.search(text)
    if match is None or match.start() == 0 or match.end() >= len(text):
        return text
    low, high = match.start() - 1, match.end()
    return f"{text[:low]}\n{text[low + 1 : high]}\n{text[high + 1 :]}"


def _published(text: str) -> dt.date | None:
    match = _DATE.search(text)
    if match is None:
        return None
    written = f"{match['day']} {match['month']} {match['year']}"
    return dt.datetime.strptime(written, "%d %B %Y").date()


def _entities(
    rows: Sequence[tuple[str, str]], bounds: Sequence[Bounds]
) -> dict[int, tuple[Bounds, ...]]:
    found: dict[int, list[Bounds]] = defaultdict(list)
    opened: dict[str, list[int]] = defaultdict(list)
    for (_, marks), (start, end) in zip(rows, bounds, strict=True):
        for single, begins, ends in _MARK.findall(marks):
            if single:
                found[int(single)].append((start, end))
            elif begins:
                opened[begins].append(start)
            else:
                found[int(ends)].append((opened[ends].pop(), end))
    return {number: tuple(sorted(spans)) for number, spans in found.items()}


# ---------------------------------------------------------------- ours against theirs


def aligned(marked: Marked, reading: Reading, analysis: Analysis) -> dict[str, Bounds]:
    """The gold span that each actor mention of ours stands for, by the mention's id."""
    spans = {span for spans in marked.entities.values() for span in spans}
    heads: dict[int, list[Bounds]] = defaultdict(list)
    for span in sorted(spans, key=lambda s: s[0] - s[1]):
        head = _head(analysis, span)
        if head is not None:
            heads[head.i].append(span)
    ours = [m for m in reading.mentions if m.kind == "actor" or _country(m)]
    found: dict[str, Bounds] = {}
    taken: set[Bounds] = set()
    for mention in ours:
        exact = (mention.span.start, mention.span.end)
        if exact in spans and exact not in taken:
            found[mention.id] = exact
            taken.add(exact)
    for mention in ours:
        head = _head(analysis, (mention.span.start, mention.span.end))
        if mention.id in found or head is None:
            continue
        free = [span for span in heads[head.i] if span not in taken]
        if free:
            found[mention.id] = free[0]
            taken.add(free[0])
    return found


def _head(analysis: Analysis, span: Bounds) -> Token | None:
    tokens = analysis.between(*span)
    return head_of(tokens) if tokens else None


def entities(reading: Reading) -> dict[str, list[Mention]]:
    """Our mentions of actors, and of countries as places, by what they refer to: the actor, else
    the mention they go back to.
    """
    found: dict[str, list[Mention]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for mention in reading.mentions:
        if mention.kind == "actor":
            found[_entity(mention, reading)].append(mention)
            seen.add((mention.span.start, mention.span.end))
    for mention in reading.mentions:
        if (state := _country(mention)) and (mention.span.start, mention.span.end) not in seen:
            found[state].append(mention)
    return found


def _country(mention: Mention) -> str | None:
    """The state that a place mention names: "in Kenya" is of one entity with "Kenya said"."""
    place = mention.place
    if mention.kind != "place" or place is None or place.feature != "country":
        return None
    return f"state:{place.country}"


def _entity(mention: Mention, reading: Reading) -> str:
    seen = {mention.id}
    while mention.actor is None and mention.antecedent is not None:
        earlier = reading.mention(mention.antecedent)
        if earlier is None or earlier.id in seen:
            break
        mention = earlier
        seen.add(mention.id)
    return mention.actor or mention.id


def grouped(marked: Marked, reading: Reading, spans: dict[str, Bounds]) -> list[Cluster]:
    """Our entities of two mentions or more, in gold spans where there is one. Words that mean
    several together ("they" after "X and Y") are no one entity's, in the gold too.
    """
    times = Counter((m.span.start, m.span.end) for m in reading.mentions if m.kind == "actor")
    clusters = (
        frozenset(
            spans.get(m.id, (m.span.start, m.span.end, "ours"))
            for m in mentions
            if times[m.span.start, m.span.end] < 2
        )
        for mentions in entities(reading).values()
    )
    return [cluster for cluster in clusters if len(cluster) > 1]


def judge(marked: Marked, reading: Reading, spans: dict[str, Bounds]) -> Iterator[Judged]:
    """The references that matter, in text order."""
    entity_of = {span: n for n, held in marked.entities.items() for span in held}
    matter = _that_matter(reading)
    by_actor = entities(reading)
    for mention in reading.mentions:
        form = _form(mention)
        if mention.id not in matter or form is None:
            continue
        verdict = _verdict(mention, reading, by_actor, spans, entity_of)
        yield Judged(
            marked.name, mention.span.quote, mention.span.start, form, verdict, mention.actor,
            mention.unresolved or mention.rule,
        )  # fmt: skip


def _verdict(
    mention: Mention,
    reading: Reading,
    by_actor: dict[str, list[Mention]],
    spans: dict[str, Bounds],
    entity_of: dict[Bounds, int],
) -> str:
    own = spans.get(mention.id)
    if own is None:
        return "no gold span"
    wanted = entity_of[own]
    named = reading.mention(mention.antecedent)
    while named is not None and _form(named) == "pronoun":
        named = reading.mention(named.antecedent)
    if named is None and mention.actor is None:
        is_first = own == min(span for span, number in entity_of.items() if number == wanted)
        return "first" if is_first else "unresolved"
    others = [m for m in by_actor.get(mention.actor or "", ()) if m is not mention]
    pointed = [named] if named is not None else [m for m in others if _form(m) != "pronoun"]
    if not pointed:
        return "alone"
    fits = any(
        (m.id in spans and entity_of[spans[m.id]] == wanted)
        or (m.id not in spans and own[0] <= m.span.start and m.span.end <= own[1])
        for m in pointed
    )
    return "right" if fits else "wrong"


def _that_matter(reading: Reading) -> set[str]:
    sources = {s.source_mention for s in reading.statements}
    sides = {p.mention for e in reading.events for p in (*e.actors, *e.recipients)}
    return {name for name in sources | sides if name is not None}


def _form(mention: Mention) -> str | None:
    """What the words are: pronoun, role (a noun in lower case), None for names."""
    words = mention.span.quote.split()
    if len(words) == 1 and words[0].lower() in _PRONOUNS:
        return "pronoun"
    return "role" if words[-1][0].islower() or mention.rule.startswith("role") else None


# ---------------------------------------------------------------- the figures


def _table(totals: dict[str, Sums]) -> Iterator[str]:
    for name in METRICS:
        precision, recall, f1 = (100 * value for value in totals[name].scores())
        yield f"  {name:<10} P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}"
    mean = sum(totals[name].scores()[2] for name in METRICS) / len(METRICS)
    yield f"  CoNLL F1   {100 * mean:5.1f}"


def _lines(judged: Sequence[Judged]) -> Iterator[str]:
    for form in ("pronoun", "role", None):
        counts = Counter(j.verdict for j in judged if form in (None, j.form))
        known = sum(counts[v] for v in VERDICTS)
        shares = "   ".join(
            f"{v} {counts[v]:>3} ({counts[v] / max(1, known):6.1%})" for v in VERDICTS
        )
        others = ", ".join(f"{v} {counts[v]}" for v in UNJUDGED)
        yield f"  {form or 'both':<8}{known:>4}   {shares}   not judged: {others}"


def measure(
    documents: Iterable[Marked], reader: Reader, parser: Parser
) -> tuple[dict[str, dict[str, Sums]], list[Judged]]:
    """The sums of the metrics over covered entities and over all, and what was judged."""
    totals = {scope: dict.fromkeys(METRICS, Sums()) for scope in ("covered", "all")}
    judged: list[Judged] = []
    for marked in documents:
        reading = reader.read(marked.document)
        spans = aligned(marked, reading, parser.parse(marked.document))
        ours = grouped(marked, reading, spans)
        for scope, total in totals.items():
            gold = [
                frozenset(held)
                for number, held in marked.entities.items()
                if scope == "all" or number in marked.covered
            ]
            for name, sums in compare(gold, ours).items():
                total[name] += sums
        judged += judge(marked, reading, spans)
    return totals, judged


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the metrics and how many references that matter are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ontogum", type=Path, default=ONTOGUM, help="a folder of *.conll")
    parser.add_argument("--split", choices=SPLITS, default="study")
    parser.add_argument("--verbose", action="store_true", help="list what was not right")
    options = parser.parse_args(arguments)
    if not any(options.ontogum.glob("GUM_news_*.conll")):
        print(f"no GUM_news_*.conll in {options.ontogum}; name the folder with --ontogum",
              file=sys.stderr)  # fmt: skip
        return 2
    documents = list(load(options.ontogum, options.split))
    totals, judged = measure(documents, Reader(), Parser())
    print(f"{options.split}: {len(documents)} documents")
    for scope, title in (("covered", "persons, organisations, states, groups"), ("all", "all")):
        print(f"entities: {title}")
        print("\n".join(_table(totals[scope])))
    print("references that are sources of statements or sides of events")
    print("\n".join(_lines(judged)))
    if options.verbose:
        for j in judged:
            if j.verdict in ("wrong", "unresolved"):
                print(f"  {j.verdict:<12} {j.doc:<14}{j.start:>6} {j.words!r}: "
                      f"{j.actor or '-'} ({j.rule})")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
