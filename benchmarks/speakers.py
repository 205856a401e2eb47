"""Whether a pronoun or role noun that says something is resolved to the one who says it.

``benchmarks/gold/speakers-polnear-dev.jsonl`` marks who such sources of PolNeAR dev refer to, as
offsets; its first line states how they were drawn. A source counts as right when the actor read at
it is the actor read at the marked explicit mention, or bears the marked name in the register.

Run: ``python -m benchmarks.speakers [--verbose] [--quote]``; the documents are not part of this
repository, ``--polnear`` names their folder.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from benchmarks.matching import is_actor, words
from dragoman.model import Document, Mention, Reading, Span
from dragoman.pipeline import Reader

POLNEAR: Final = Path(__file__).resolve().parents[2] / "shared" / "gold" / "polnear" / "dev"
MARKS: Final = Path(__file__).with_name("gold") / "speakers-polnear-dev.jsonl"

Bounds = tuple[int, int]
Verdict = Literal["right", "wrong", "unresolved"]
VERDICTS: Final[tuple[Verdict, ...]] = ("right", "wrong", "unresolved")

_SHARE: Final = 0.5
_DATE: Final = re.compile(r"_(\d{4}-\d{2}-\d{2})_")


@dataclass(frozen=True, slots=True)
class Mark:
    """Who one source refers to, as marked: offsets into the document's text.

    ``kind`` is named, described or several; where the text names nobody, ``why`` says so instead.
    """

    doc: str
    source: Bounds
    form: str
    kind: str | None = None
    mention: Bounds | None = None
    members: tuple[Bounds, ...] = ()
    name: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A mark, the id of the actor read at its source, and how that compares."""

    mark: Mark
    actor: str | None
    verdict: Verdict


def load(path: Path = MARKS) -> list[Mark]:
    """The marks of a file of JSON lines; the line that describes the file is passed over."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [_mark(record) for record in records if "_about" not in record]


def _mark(record: dict[str, Any]) -> Mark:
    start, end = record["source"]
    mention = record.get("mention")
    return Mark(
        doc=record["doc"],
        source=(start, end),
        form=record["form"],
        kind=record.get("kind"),
        mention=(mention[0], mention[1]) if mention else None,
        members=tuple((a, b) for a, b in record.get("members", ())),
        name=record.get("name"),
        why=record.get("why"),
    )


def documents(folder: Path = POLNEAR, names: Iterable[str] | None = None) -> Iterator[Document]:
    """PolNeAR's documents by name, all of the folder's unless some are named.

    The date of publication is the one in the file's name.
    """
    paths = sorted((folder / "text").glob("*.txt"), key=lambda path: path.stem)
    wanted = {path.stem for path in paths} if names is None else set(names)
    for path in paths:
        if path.stem in wanted:
            with path.open(encoding="utf-8", newline="") as file:
                text = file.read()
            date = _DATE.search(path.stem)
            published = dt.date.fromisoformat(date[1]) if date else None
            yield Document(id=path.stem, text=text, published=published)


def likeness(span: Span, bounds: Bounds) -> float:
    """Code points shared by a span's fragments and a stretch, over those of either: 0 to 1."""
    start, end = bounds
    shared = sum(max(0, min(f.end, end) - max(f.start, start)) for f in span.fragments)
    length = sum(f.end - f.start for f in span.fragments)
    return shared / (length + end - start - shared)


def mention_at(reading: Reading, bounds: Bounds) -> Mention | None:
    """The actor mention that covers much the same words, if any.

    One that ends where the stretch ends is preferred (English names and role nouns have their head
    there), then the likest, then one that was resolved.
    """
    fitting = [
        (mention.span.end == bounds[1], share, mention.actor is not None, -index, mention)
        for index, mention in enumerate(reading.mentions)
        if mention.kind == "actor" and mention.span.start < bounds[1]
        if (share := likeness(mention.span, bounds)) >= _SHARE
        or (share > 0 and mention.span.end == bounds[1])
    ]
    return max(fitting, key=lambda row: row[:4])[4] if fitting else None


def actor_at(reading: Reading, bounds: Bounds) -> str | None:
    """The id of the actor read at a stretch: by the mention there, else by the statement whose
    source it is.
    """
    mention = mention_at(reading, bounds)
    if mention is not None and mention.actor is not None:
        return mention.actor
    speaking = [
        (share, statement.speaker)
        for statement in reading.statements
        if statement.source is not None and statement.speaker is not None
        if (share := likeness(statement.source, bounds)) >= _SHARE
    ]
    return max(speaking)[1] if speaking else None


def judge(mark: Mark, reading: Reading) -> Outcome:
    """How the actor read at a mark's source compares with the marks.

    For several together, any one of them is right; where nobody is named, only an actor that the
    register knows is wrong, and anything else is unresolved.
    """
    found = actor_at(reading, mark.source)
    if found is None:
        return Outcome(mark, None, "unresolved")
    if mark.why is not None:
        if mark.name is not None and is_actor(mark.name, reading.actor(found)):
            return Outcome(mark, found, "right")
        return Outcome(mark, found, "unresolved" if is_local(found) else "wrong")
    explicit = mark.members or ((mark.mention,) if mark.mention else ())
    right = (
        any(actor_at(reading, bounds) == found for bounds in explicit)
        or (mark.name is not None and is_actor(mark.name, reading.actor(found)))
        or (mark.name is None and any(_is_worded(b, found, reading) for b in explicit))
    )
    return Outcome(mark, found, "right" if right else "wrong")


def is_local(actor: str) -> bool:
    """Whether only the report introduces this actor."""
    return actor.startswith("report:")


def _is_worded(bounds: Bounds, identifier: str, reading: Reading) -> bool:
    # Somebody no register knows, whose marked mention was not read: the name must serve.
    actor = reading.actor(identifier)
    marked = set(words(reading.document.text[slice(*bounds)]))
    missed = actor_at(reading, bounds) is None
    return missed and actor is not None and bool(marked) and marked <= set(words(actor.name))


def measure(marks: Sequence[Mark], folder: Path, reader: Reader) -> Iterator[tuple[Outcome, str]]:
    """Each mark's outcome, with the words at its source."""
    for document in documents(folder, {mark.doc for mark in marks}):
        reading = reader.read(document)
        for mark in marks:
            if mark.doc == document.id:
                yield judge(mark, reading), document.text[slice(*mark.source)]


def _line(title: str, outcomes: Sequence[Outcome]) -> str:
    counts = Counter(outcome.verdict for outcome in outcomes)
    shares = (f"{v} {counts[v]:>3} ({counts[v] / len(outcomes):6.1%})" for v in VERDICTS)
    return f"{title:<34}{len(outcomes):>4}   " + "   ".join(shares)


def _known(outcomes: Iterable[Outcome]) -> str:
    named = [o for o in outcomes if o.mark.name and o.mark.kind and o.verdict == "right"]
    known = sum(o.actor is not None and not is_local(o.actor) for o in named)
    return f"of {len(named)} right that have a usual name, the register knows {known}"


def _table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    groups: tuple[tuple[str, Callable[[Mark], bool]], ...] = (
        ("one person or organisation", lambda m: m.kind in ("named", "described")),
        ("  pronouns", lambda m: m.kind in ("named", "described") and m.form == "pronoun"),
        ("  role nouns", lambda m: m.kind in ("named", "described") and m.form == "role"),
        ("  named in the document", lambda m: m.kind == "named"),
        ("  only described", lambda m: m.kind == "described"),
        ("several together (any of them)", lambda m: m.kind == "several"),
        ("nobody named (wrong: a known actor)", lambda m: m.why is not None),
    )
    for title, holds in groups:
        chosen = [outcome for outcome in outcomes if holds(outcome.mark)]
        if chosen:
            yield _line(title, chosen)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print right, wrong and unresolved by kind of source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polnear", type=Path, default=POLNEAR, help="a folder with text/*.txt")
    parser.add_argument("--verbose", action="store_true", help="list what was not right")
    parser.add_argument("--quote", action="store_true", help="with the source's words")
    options = parser.parse_args(arguments)
    marks = load()
    missing = {mark.doc for mark in marks} - {p.stem for p in options.polnear.glob("text/*.txt")}
    if missing:
        print(
            f"{options.polnear}/text lacks {len(missing)} of the marked documents, "
            f"{min(missing)}.txt for one; name PolNeAR's dev folder with --polnear",
            file=sys.stderr,
        )
        return 2
    measured = list(measure(marks, options.polnear, Reader()))
    outcomes = [outcome for outcome, _ in measured]
    print(f"{len(marks)} marked sources in {len({mark.doc for mark in marks})} documents")
    print("\n".join(_table(outcomes)))
    print(_known(outcomes))
    if options.verbose or options.quote:
        for outcome, quote in measured:
            mark = outcome.mark
            if outcome.verdict == "right" or (mark.why and outcome.verdict == "unresolved"):
                continue
            print(
                f"  {outcome.verdict:<10} {mark.doc} {mark.source[0]} {mark.form} "
                f"{mark.name or mark.kind or mark.why}: {outcome.actor or '-'}"
                + (f"  {quote!r}" if options.quote else "")
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
