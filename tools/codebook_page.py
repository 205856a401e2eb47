"""Writes ``docs/codebook.md`` from the ontologies' data: ``python -m tools.codebook_page``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from dragoman.ontologies import EventType, Mode, PloverReading, cameo, plover
from dragoman.ontologies.examples import PUBLISHED, Example, examples

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "codebook.md"

_QUADS: Final = {
    0: "none",
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
_HEAD: Final = f"""# Codebook

What the codes of an event mean, with an example of each. The page is written from the data that
the program goes by (`src/dragoman/ontologies/data/`), and a test reads every example and compares.
The sentences are invented; they are read as if printed on {PUBLISHED}.

The names are those of PLOVER (Halterman, Bagozzi, Beger, Schrodt and Scarborough, 2023) and CAMEO
(Gerner, Schrodt, Yilmaz and Abu-Jabr, 2002; codebook 1.1b3); the explanations are this project's
own. Where a codebook contradicts itself or another, a *reading* says which side is taken, and why.

- [Numbers](#numbers): quad classes, intensity, Goldstein
- [Event types and modes](#event-types-and-modes)
- [Contexts](#contexts)
- [Auxiliary modes](#auxiliary-modes)
- [CAMEO](#cameo): roots, codes and what PLOVER calls them
- [Where the two part](#where-the-two-part)
"""
_NUMBERS: Final = """## Numbers
| quad | class | PLOVER types | CAMEO roots |
|---|---|---|---|
{quads}

**Intensity** is PLOVER's figure for a type and mode, from -10 (conflict) to 10 (cooperation).
A mode for which no figure was published has its type's, and is marked °.

**Goldstein** is the figure of a CAMEO code on the same scale (Goldstein 1992, as extended to
CAMEO). An event has both: `intensity` by its type and mode, `goldstein` by its code.
"""
_CONTEXTS: Final = """## Contexts
What an event is about, whatever its type; an event may have several. They come from the trigger's
entry in the lexicon, from words near the event, from the sectors of those who take part, and from
who acts on whom (`src/dragoman/events/data/contexts.yaml`). The trace names the words.
"""
_AUXILIARY: Final = """## Auxiliary modes
Whether the event is told as something else than a present fact. The status says the same in finer
steps; these are PLOVER's four.

| auxiliary mode | what it means | example |
|---|---|---|
{rows}
"""
_CAMEO: Final = """## CAMEO
Twenty roots of two digits, {count} codes of two to four. A code's quad class is its root's.
The columns under PLOVER say what type, mode and contexts say the same; a number in brackets leads
to the [readings](#readings-of-codes) below.
"""


def render() -> str:
    """The page's text."""
    parts = (_HEAD, _numbers(), _types(), _contexts(), _auxiliary(), _cameo(), _parting())
    return "\n".join(parts)


def _numbers() -> str:
    rows = []
    for quad, name in _QUADS.items():
        types = ", ".join(n for n, kind in plover().types.items() if kind.quad == quad)
        roots = ", ".join(code for code, root in cameo().roots.items() if root.quad == quad)
        rows.append(_row(quad, name, types, roots))
    return _NUMBERS.format(quads="\n".join(rows))


def _types() -> str:
    return "\n".join(["## Event types and modes", *map(_type, plover().types.values())])


def _type(kind: EventType) -> str:
    needed = "required" if kind.recipient_required else "not required"
    lines = [
        f"### {kind.name}",
        kind.gloss,
        "",
        f"Quad {kind.quad}, {_QUADS[kind.quad]} · intensity {_number(kind.intensity)} · "
        f"recipient {needed} · CAMEO {', '.join(kind.cameo)}",
        "",
        f"> {_told(examples()[kind.name])}",
        "",
    ]
    if kind.reading:
        lines += [f"*Reading:* {kind.reading.strip()}", ""]
    if kind.modes:
        lines += [
            "| mode | what it means | intensity | CAMEO | example |",
            "|---|---|---|---|---|",
            *map(_mode, kind.modes.values()),
            "",
            *_mode_readings(kind),
        ]
    return "\n".join(lines)


def _mode(mode: Mode) -> str:
    gloss = mode.gloss + (f" Earlier: {', '.join(mode.was)}." if mode.was else "")
    gloss += f" Adds the context {', '.join(mode.adds)}." if mode.adds else ""
    figure = _number(mode.intensity) + ("" if mode.figure else "°")
    example = _told(examples()[f"{mode.type}/{mode.name}"])
    return _row(f"`{mode.name}`", gloss, figure, mode.cameo, example)


def _mode_readings(kind: EventType) -> Iterator[str]:
    readings = [mode for mode in kind.modes.values() if mode.reading]
    if readings:
        yield "*Readings:*"
        yield from (f"- `{mode.name}`: {mode.reading.strip()}" for mode in readings)
        yield ""


def _contexts() -> str:
    rows = [
        _row(f"`{name}`", gloss, _told(examples()[f"context:{name}"]))
        for name, gloss in plover().contexts.items()
    ]
    table = ["| context | what it covers | example |", "|---|---|---|", *rows, ""]
    return "\n".join([_CONTEXTS, *table])


def _auxiliary() -> str:
    rows = (
        _row(f"`{name}`", gloss, _told(examples()[f"auxiliary:{name}"]))
        for name, gloss in plover().auxiliary.items()
    )
    return _AUXILIARY.format(rows="\n".join(rows))


def _cameo() -> str:
    notes: dict[str, int] = {}
    lines = [_CAMEO.format(count=len(cameo().codes))]
    for root in cameo().roots.values():
        lines += [f"### {root.code} {root.name}", f"Quad {root.quad}, {_QUADS[root.quad]}."]
        lines += [f"*Reading:* {root.reading}"] if root.reading else []
        lines += ["", "| code | name | Goldstein | type | mode | contexts |"]
        lines += ["|---|---|---|---|---|---|"]
        lines += [_code(code, notes) for code in cameo().codes if code[:2] == root.code]
        lines.append("")
    lines += ["### Readings of codes"]
    lines += [f"{number}. {reading}" for reading, number in notes.items()]
    return "\n".join([*lines, ""])


def _code(code: str, notes: dict[str, int]) -> str:
    """A code's row; each reading gets a number where it first stands."""
    record, reading = cameo().code(code), cameo().to_plover(code)
    name = record.name + "".join(_noted(record.reading, notes))
    type_ = (reading.type or "none") + "".join(_noted(reading.reading, notes))
    contexts = ", ".join(reading.contexts)
    figure = _number(record.goldstein)
    return _row(code, name, figure, type_, reading.mode or "", contexts)


def _noted(reading: str, notes: dict[str, int]) -> Iterator[str]:
    if reading:
        yield f" [{notes.setdefault(reading, len(notes) + 1)}]"


def _parting() -> str:
    lines = [
        "## Where the two part",
        "A code's quad class is not its PLOVER type's in these places; each has its reading above.",
        "",
        "| CAMEO | quad | PLOVER | quad |",
        "|---|---|---|---|",
        *_quads_apart(),
        "",
        "These modes have no code of their own; back from the nearest comes another, or none:",
        "",
        "| PLOVER | CAMEO | back as |",
        "|---|---|---|",
        *_modes_apart(),
        "",
    ]
    return "\n".join(lines)


def _quads_apart() -> Iterator[str]:
    groups: dict[tuple[int, str, int], list[str]] = {}
    for code, record in cameo().codes.items():
        type_ = cameo().to_plover(code).type
        if type_ is not None and plover().quad(type_) != record.quad:
            groups.setdefault((record.quad, type_, plover().quad(type_)), []).append(code)
    for (quad, type_, other), codes in groups.items():
        yield _row(", ".join(codes), quad, type_, other)


def _modes_apart() -> Iterator[str]:
    for name, kind in plover().types.items():
        for mode in kind.modes.values():
            back = cameo().to_plover(mode.cameo)
            if (back.type, back.mode) != (name, mode.name):
                yield _row(f"{name} `{mode.name}`", mode.cameo, _back(back))


def _back(reading: PloverReading) -> str:
    return f"{reading.type or 'none'}" + (f" `{reading.mode}`" if reading.mode else "")


def _told(example: Example) -> str:
    """The sentence and what is read of it."""
    what = example.type + (f" `{example.mode}`" if example.mode else "")
    parts = [what, *_parties(example), *(f"`{name}`" for name in example.contexts)]
    return f"{example.text} → {'; '.join(parts)}"


def _parties(example: Example) -> Iterator[str]:
    if example.actors:
        yield f"by {' and '.join(example.actors)}"
    if example.recipients:
        yield f"towards {' and '.join(example.recipients)}"


def _row(*cells: object) -> str:
    return f"| {' | '.join(_cells(cells))} |"


def _cells(cells: Iterable[object]) -> Iterator[str]:
    for cell in cells:
        yield str(cell).replace("|", "\\|")


def _number(value: float) -> str:
    return f"{value:g}"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
