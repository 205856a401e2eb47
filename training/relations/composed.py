"""The composed sentences of ``training/data/composed``: reading, checking and counting.

python training/relations/composed.py [FILE...]
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.model import STATUSES
from dragoman.ontologies import cameo, plover

FOLDER = Path(__file__).resolve().parents[1] / "data" / "composed"
NEGATIVES = ("sport", "business", "weather", "fiction", "metaphor", "daily", "politics", "pair")
NONE = "NONE"
_MARK = re.compile(r"<(/?)([set])>")

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One event marked in one sentence; bounds are code points of ``text``."""

    place: str
    text: str
    type: str
    mode: str | None
    cameo: str | None
    contexts: tuple[str, ...]
    status: str
    historical: bool
    source: Bounds | None
    target: Bounds | None
    trigger: tuple[Bounds, ...]


def parse(line: str, place: str) -> Marked:
    """The record of a line. Raises ValueError with what is wrong in it."""
    parts = [part.strip() for part in line.split("|", 4)]
    if len(parts) != 5:
        raise ValueError("five parts are wanted, with | between them")
    kind, code, contexts, status, sentence = parts
    type_, _, mode = kind.partition("/")
    text, spans = _unmarked(sentence)
    status, _, historical = status.partition("+")
    record = Marked(
        place, text, type_, mode or None, None if code == "-" else code,
        () if contexts == "-" else tuple(c.strip() for c in contexts.split(",")),
        status, historical == "historical",
        _single(spans, "s"), _single(spans, "t"), tuple(spans.get("e", ())),
    )  # fmt: skip
    _check(record, historical)
    return record


def _unmarked(sentence: str) -> tuple[str, dict[str, list[Bounds]]]:
    text, low, found = "", 0, {}  # type: ignore[var-annotated]
    opened: dict[str, int] = {}
    for match in _MARK.finditer(sentence):
        text += sentence[low : match.start()]
        low = match.end()
        if match[1]:
            if match[2] not in opened:
                raise ValueError(f"</{match[2]}> closes nothing")
            bounds = (opened.pop(match[2]), len(text))
            if text[slice(*bounds)].strip() != text[slice(*bounds)] or bounds[0] == bounds[1]:
                raise ValueError(f"<{match[2]}> is empty or has a space at its border")
            found.setdefault(match[2], []).append(bounds)
        else:
            if match[2] in opened:
                raise ValueError(f"<{match[2]}> opens twice")
            opened[match[2]] = len(text)
    if opened:
        raise ValueError(f"never closed: {', '.join(opened)}")
    text += sentence[low:]
    if "<" in text or ">" in text:
        raise ValueError("a stray < or >")
    return text, found


def _single(spans: dict[str, list[Bounds]], name: str) -> Bounds | None:
    given = spans.get(name, [])
    if len(given) > 1:
        raise ValueError(f"more than one <{name}>")
    return given[0] if given else None


def _check(record: Marked, historical: str) -> None:
    if historical not in ("", "historical"):
        raise ValueError(f"+{historical}: only +historical is known")
    if record.status not in STATUSES:
        raise ValueError(f"no such status: {record.status}")
    if record.source is None and record.target is None:
        raise ValueError("neither <s> nor <t>")
    if not record.trigger:
        raise ValueError("no <e>")
    for context in record.contexts:
        if context not in plover().contexts:
            raise ValueError(f"no such context: {context}")
    if record.type == NONE:
        if record.mode not in NEGATIVES or record.cameo is not None:
            raise ValueError("NONE wants one of its kinds and - for CAMEO")
        return
    if record.type not in plover().types:
        raise ValueError(f"no such type: {record.type}")
    if record.mode is not None and record.mode not in plover().types[record.type].modes:
        raise ValueError(f"{record.type} has no mode {record.mode}")
    if record.cameo is None or record.cameo not in cameo().codes:
        raise ValueError(f"no such CAMEO code: {record.cameo}")


def lines(path: Path) -> Iterator[tuple[str, str]]:
    """Each line that holds a record, with its place."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield f"{path.name}:{number}", line


def load(
    folder: Path = FOLDER, parties: Mapping[str, Sequence[str]] | None = None, seed: int = 1
) -> list[Marked]:
    """All records; with ``parties`` (forms by party) each that names one comes a second time with
    others in their stead, so that no type can hang on a name. Raises ValueError at a wrong line.
    """
    rng, found = random.Random(seed), []
    for path in sorted(folder.glob("*.txt")):
        for place, line in lines(path):
            found.append(parse(line, place))
            other = renamed(line, parties, rng) if parties else line
            if other != line:
                found.append(parse(other, f"{place}:renamed"))
    return found


def renamed(line: str, parties: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    """The line with each party in it exchanged for another, form by form."""
    owner = {form: (party, n) for party, forms in parties.items() for n, form in enumerate(forms)}
    pattern = re.compile(rf"\b({'|'.join(sorted(map(re.escape, owner), key=len, reverse=True))})\b")
    named = {owner[m[1]][0] for m in pattern.finditer(line)}
    others = rng.sample(sorted(set(parties) - named), len(named))
    instead = dict(zip(sorted(named), others, strict=True))

    def exchange(match: re.Match[str]) -> str:
        party, n = owner[match[1]]
        return parties[instead[party]][n]

    return pattern.sub(exchange, line)


def main(arguments: list[str]) -> int:
    """Print every wrong line and the counts."""
    paths = [Path(a) for a in arguments] or sorted(FOLDER.glob("*.txt"))
    wrong, records = 0, []
    for path in paths:
        for place, line in lines(path):
            try:
                records.append(parse(line, place))
            except ValueError as error:
                wrong += 1
                print(f"{place}: {error}\n    {line}")
    seen = Counter((r.text, r.trigger, r.source, r.target) for r in records)
    for (text, *_), n in seen.items():
        if n > 1:
            print(f"{n} times: {text}")
    print(f"{len(records)} lines, {len({r.text for r in records})} sentences, {wrong} wrong")
    for title, counts in (
        ("types", Counter(r.type for r in records)),
        ("modes", Counter(f"{r.type}/{r.mode}" for r in records)),
        ("statuses", Counter(r.status for r in records)),
    ):
        print(f"{title}:", ", ".join(f"{k} {n}" for k, n in sorted(counts.items())))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
