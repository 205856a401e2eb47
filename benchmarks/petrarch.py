"""PETRARCH's own validation records: what is coded, what is right, and what is too much.

``unit``: the unit-test records, with fictional actors and dictionaries of their own, many of whose
codes are not CAMEO's; they are given a type of their own. ``silver``: the semi-silver set for
PETRARCH2, with the Phoenix actors and agents. Dictionaries are loaded as any user's are, from a
folder: ``--verbs`` adds the verb dictionary to the shipped triggers, ``--only-verbs`` puts it in
their place. Roots regardless of actors are compared as sets, a sentence at a time; with actors,
each coded dyad counts. "On PETRARCH's terms" leaves out what PETRARCH would not code: events
without both sides, and those that are only planned, asked for, denied or said in another event.

PLOVER has no type for a bare statement (CAMEO's root 01); Dragoman writes it down as a statement
with its source. Two further figures, indented, give such statements the code CAMEO has for them,
in the place of the act told. First: who tells, or announces, a harmful act of his own (roots 17 to
20) or claims responsibility for one makes a statement, 015. Second: also, who tells of another's
accuses him, 112. Only where the words of saying come first: of "X did it, Y said" PETRARCH codes
what X did.

Run: ``python -m benchmarks.petrarch [unit|silver] [--verbs|--only-verbs] [--verbose]``; the
records are not part of this repository.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dragoman.ingest import document
from dragoman.model import Event, Participant, Reading, Statement
from dragoman.ontologies import cameo
from dragoman.ontologies.own.folder import load_ontology
from dragoman.ontologies.own.record import Ontology
from dragoman.pipeline import Reader

GOLD: Final = Path(__file__).resolve().parents[2] / "shared" / "gold" / "petrarch"
_SETS: Final = {
    "unit": (
        "PETR.UnitTest.records.xml", ("PETR.Validate.verbs.txt",), ("PETR.Validate.actors.txt",),
        ("PETR.Validate.agents.txt",),
    ),
    "silver": (
        "PETR2_GSR_validation.xml", ("CAMEO.2.0.txt",),
        ("Phoenix.Countries.actors.txt", "Phoenix.International.actors.txt",
         "Phoenix.MilNonState.actors.txt"),
        ("Phoenix.agents.txt",),
    ),
}  # fmt: skip
_SENTENCE: Final = re.compile(r"<Sentence\s(?P<head>[^>]*)>(?P<body>.*?)(?=<Sentence\s|\Z)", re.S)
_CODING: Final = re.compile(r"<EventCoding\s([^>]*)>")
_TEXT: Final = re.compile(r"<Text>(.*?)</Text>", re.S)
_FIELD: Final = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NOBODY: Final = "---"
_TELLING: Final = frozenset({"say", "announce", "claim"})
_HARMFUL: Final = frozenset({"17", "18", "19", "20"})
_RESPONSIBILITY: Final = re.compile(r"(?:\w+ )?(?:responsibility|credit) for\b")


@dataclass(frozen=True, slots=True)
class Coding:
    """One coded event: who, whom, what."""

    source: str
    target: str
    code: str

    @property
    def root(self) -> str:
        """The first two digits."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Record:
    """A sentence with its codings; none where the record says that nothing is to be coded."""

    id: str
    text: str
    published: dt.date | None
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A record beside what was read in it: all events, those on PETRARCH's terms, their dyads."""

    record: Record
    events: tuple[Event, ...]
    outer: tuple[Event, ...]
    dyads: tuple[Coding, ...]
    claims: tuple[Coding, ...]
    tellings: tuple[Coding, ...]


def records(path: Path) -> Iterator[Record]:
    """The records that have a text and expect no error. Raises OSError where the file is absent."""
    plain = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.S)
    for found in _SENTENCE.finditer(plain):
        head = _fields(found["head"])
        text = _TEXT.search(found["body"])
        codings = [_fields(coding) for coding in _CODING.findall(found["body"])]
        if text is None or not text[1].strip() or any("error" in coding for coding in codings):
            continue
        yield Record(
            id=head.get("id", "?"),
            text=re.sub(r"\s*``\s*|\s*''\s*", ' " ', " ".join(text[1].split())).strip(),
            published=_date(head.get("date", "")),
            codings=tuple(
                Coding(c["sourcecode"].upper(), c["targetcode"].upper(), c["eventcode"])
                for c in codings
                if "eventcode" in c
            ),
        )


def _fields(text: str) -> dict[str, str]:
    return {name: one or two for name, one, two in _FIELD.findall(text)}


def _date(digits: str) -> dt.date | None:
    digits = ("20" if len(digits) == 6 else "") + digits
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def ontology(name: str, folder: Path, *, verbs: bool, shipped: bool) -> Ontology:
    """The set's dictionaries as an ontology folder, loaded."""
    source, (_, verb_files, actor_files, agent_files) = GOLD / "dictionaries", _SETS[name]
    parts = {"actors": actor_files, "agents": agent_files, "verbs": verb_files if verbs else ()}
    for part, files in parts.items():
        for file in files:
            (folder / part).mkdir(exist_ok=True)
            shutil.copy(source / file, folder / part / file)
    if verbs:
        _own_types(folder, [source / file for file in verb_files])
    if not shipped:
        (folder / "triggers.yaml").write_text('off: ["*"]\n', encoding="utf-8")
    return load_ontology(folder)


def _own_types(folder: Path, files: Sequence[Path]) -> None:
    """A type for statements, which PLOVER has none for, and one for codes that CAMEO has not."""
    (folder / "types.yaml").write_text(
        "STATE: {quad: 0, intensity: 0, gloss: Makes a statement., cameo: ['010']}\n"
        "OTHER: {quad: 0, intensity: 0, gloss: A code that CAMEO has not.}\n",
        encoding="utf-8",
    )
    used = {
        code
        for file in files
        for held in re.findall(r"\[([^\]]*)\]", file.read_text(encoding="utf-8"))
        for code in map(str.strip, held.split(":"))
        if re.fullmatch(r"\d{3}\w*", code)
    }
    rows = [f'"{c}": {{type: STATE}}' for c in cameo().codes if c.startswith("01")]
    rows += [f'"{c}": {{type: OTHER}}' for c in sorted(used - cameo().codes.keys())]
    (folder / "codes.yaml").write_text("\n".join(rows) + "\n", encoding="utf-8")


def read(record: Record, reader: Reader) -> Read:
    """What is read in a record."""
    reading = reader.read(document(record.text, published=record.published))
    outer = tuple(e for e in reading.events if _dyads(e, reading) and not _is_inner(e, reading))
    dyads = dict.fromkeys(dyad for event in outer for dyad in _dyads(event, reading))
    claims, tellings = (
        tuple(dict.fromkeys(_counted(outer, reading, others=others))) for others in (False, True)
    )
    return Read(record, reading.events, outer, tuple(dyads), claims, tellings)


def _is_inner(event: Event, reading: Reading) -> bool:
    """Whether it is only what another event is about: "agreed to lift", "asked X to help".

    Such an event has a status of its own here, or stands in a statement; PETRARCH codes the one
    over it.
    """
    cues = {s.cue.start for id in event.according_to if (s := reading.statement(id)) and s.cue}
    if any(other.trigger.start in cues and _dyads(other, reading) for other in reading.events):
        return True
    if event.status == "asserted":
        return False
    return any(
        other is not event and other.status == "asserted" and other.sentence == event.sentence
        and other.trigger.start < event.trigger.start
        and {p.actor or p.name for p in event.actors}
        & {p.actor or p.name for p in (*other.actors, *other.recipients)}
        for other in reading.events
    )  # fmt: skip


def _counted(outer: Sequence[Event], reading: Reading, *, others: bool) -> Iterator[Coding]:
    """The outer events' codings, with statements about harmful acts in the place of these acts."""
    told: set[str] = set()
    for statement in reading.statements:
        if statement.parent or statement.speaker is None or not _governs(statement):
            continue
        who = _actor_code(statement.speaker, reading)
        for event in reading.events:
            if statement.id not in event.according_to or event.cameo_root not in _HARMFUL:
                continue
            own = statement.speaker in {p.actor for p in event.actors}
            accused = [p for p in event.actors if p.span is not None]
            if own or (others and accused and event.status == "asserted"):
                told.add(event.id)
                code, whom = ("015", event.recipients) if own else ("112", accused)
                yield from (Coding(who, _code(p, reading), code) for p in whom)
        if _RESPONSIBILITY.match(statement.content.quote):
            yield Coding(who, _NOBODY, "015")
    for event in outer:
        if event.id not in told:
            yield from _dyads(event, reading)


def _governs(statement: Statement) -> bool:
    """Whether the words of saying come first; "X did it, Y said" is to PETRARCH what X did."""
    cue = statement.cue
    return cue is not None and statement.act in _TELLING and cue.start < statement.content.start


def _dyads(event: Event, reading: Reading) -> list[Coding]:
    return [
        Coding(_code(actor, reading), _code(recipient, reading), event.cameo)
        for actor in event.actors
        for recipient in event.recipients
        if actor != recipient and actor.span is not None and event.cameo
    ]


def _code(participant: Participant, reading: Reading) -> str:
    return _actor_code(participant.actor, reading)


def _actor_code(id: str | None, reading: Reading) -> str:
    actor = reading.actor(id)
    return (actor.cameo or actor.country or _NOBODY) if actor is not None else _NOBODY


# ---------------------------------------------------------------- scores


def f1(right: int, found: int, wanted: int) -> str:
    """Precision, recall and F1 in percent, with the counts."""
    precision = right / found if found else 0.0
    recall = right / wanted if wanted else 0.0
    both = 2 * precision * recall / (precision + recall) if right else 0.0
    return (
        f"P {100 * precision:5.1f}  R {100 * recall:5.1f}  F1 {100 * both:5.1f}  "
        f"({right} right of {found} read, {wanted} wanted)"
    )


def _overlap(wanted: Sequence[object], found: Sequence[object]) -> int:
    return (Counter(wanted) & Counter(found)).total()


def scores(rows: Sequence[Read]) -> Iterator[str]:
    """The figures, a line each."""
    wanted = [row for row in rows if row.record.codings]
    coded = sum(bool(row.events) for row in wanted)
    yield f"records: {len(rows)}, of which {len(wanted)} have codings"
    yield f"coded at all: {coded} of {len(wanted)} ({100 * coded / len(wanted):.1f}%)"
    for name, part in (("roots, regardless of actors", lambda c: c.root),
                       ("full codes, regardless of actors", lambda c: c.code)):  # fmt: skip
        gold = [{part(c) for c in row.record.codings} for row in rows]
        for which in ("events", "outer"):
            ours = [{part(Coding("", "", e.cameo)) for e in getattr(row, which) if e.cameo}
                    for row in rows]  # fmt: skip
            right = sum(len(g & o) for g, o in zip(gold, ours, strict=True))
            label = "all events" if which == "events" else "on PETRARCH's terms"
            yield f"{name}, {label}: {f1(right, sum(map(len, ours)), sum(map(len, gold)))}"
        for which, label in (("claims", "own harmful acts told counted as root 01"),
                             ("tellings", "and others' as accusations")):  # fmt: skip
            ours = [{part(c) for c in getattr(row, which)} for row in rows]
            right = sum(len(g & o) for g, o in zip(gold, ours, strict=True))
            yield f"    {label}: {f1(right, sum(map(len, ours)), sum(map(len, gold)))}"
    for name, key in (
        ("roots with states of both sides", lambda c: (c.root, c.source[:3], c.target[:3])),
        ("roots with actors' full codes", lambda c: (c.root, c.source, c.target)),
        ("full codes with actors' full codes", lambda c: (c.code, c.source, c.target)),
        ("sources and targets, whatever the code", lambda c: (c.source, c.target)),
    ):
        right = sum(_overlap(list({*map(key, r.record.codings)}), list({*map(key, r.dyads)}))
                    for r in rows)  # fmt: skip
        found = sum(len({*map(key, r.dyads)}) for r in rows)
        total = sum(len({*map(key, r.record.codings)}) for r in rows)
        yield f"{name}: {f1(right, found, total)}"
    extra = sum(len(row.events) for row in rows if not row.record.codings)
    yield f"events in records that want none: {extra}"


def agreement(rows: Sequence[Read], own: Ontology) -> Iterator[str]:
    """Whether each event's type is what the map makes of its CAMEO code; the rest, listed."""
    events = [event for row in rows for event in row.events if event.cameo]
    foreign = Counter(
        f"{event.cameo} as {event.type}: {next(t.rule for t in event.trace if t.field == 'type')}"
        for event in events
        if own.cameo.to_plover(event.cameo).type != event.type
    )
    agreed = len(events) - foreign.total()
    share = 100 * agreed / len(events) if events else 0.0
    yield f"root and type agree through the map: {agreed} of {len(events)} ({share:.1f}%)"
    yield from (f"  {line} ({count})" for line, count in foreign.most_common())


def _misses(rows: Sequence[Read]) -> Iterator[str]:
    for row in rows:
        gold = {c.root for c in row.record.codings}
        ours = {e.cameo_root for e in row.outer}
        if gold == ours:
            continue
        yield f"{row.record.id}: {row.record.text}"
        yield from (f"    wanted {c.code} {c.source} -> {c.target}" for c in row.record.codings)
        yield from (f"    counted {c.code} {c.source} -> {c.target}" for c in row.tellings)
        for event in row.events:
            who, whom = ([p.name for p in side] for side in (event.actors, event.recipients))
            mark = "read" if event in row.outer else "(read)"
            yield f"    {mark} {event.cameo} {event.trigger.quote!r} {event.status} {who} -> {whom}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of one set or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", choices=sorted(_SETS))
    parser.add_argument("--verbs", action="store_true", help="with the verb dictionary")
    parser.add_argument("--only-verbs", action="store_true", help="without the shipped triggers")
    parser.add_argument("--rules", action="store_true", help="without the encoder")
    parser.add_argument("--verbose", action="store_true", help="list records read otherwise")
    options = parser.parse_args(arguments)
    for name in (options.set,) if options.set else sorted(_SETS):
        with tempfile.TemporaryDirectory() as folder:
            own = ontology(
                name, Path(folder), verbs=options.verbs or options.only_verbs,
                shipped=not options.only_verbs,
            )  # fmt: skip
        reader = Reader(ontology=own, encoder=not options.rules)
        rows = [read(record, reader) for record in records(GOLD / _SETS[name][0])]
        print(f"== {name}")
        print("\n".join([*map(str, own.accounts), *scores(rows), *agreement(rows, own)]))
        if options.verbose:
            print("\n".join(_misses(rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
