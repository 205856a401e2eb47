"""Every example of the codebook is read as the codebook says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.matching import is_participant
from dragoman.model import Event, Participant, Reading
from dragoman.ontologies import DataError, plover
from dragoman.ontologies.examples import PUBLISHED, Example, examples, load
from tests import casekit
from tests.support import read

KNOWN = casekit.known_failures("examples")


def parameters() -> list[object]:
    return [
        pytest.param(
            example,
            id=name,
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN[name])] if name in KNOWN else [],
        )
        for name, example in examples().items()
    ]


@pytest.mark.parametrize("example", parameters())
def test_an_example_is_read_as_the_codebook_says(example: Example) -> None:
    reading = read(example.text, PUBLISHED)
    told = "\n".join(f"{casekit.describe(e, reading)} {e.contexts}" for e in reading.events)
    assert any(fits(example, event, reading) for event in reading.events), f"{example}\n{told}"


def test_known_failures_name_examples() -> None:
    assert KNOWN.keys() <= examples().keys()


def test_no_sentence_stands_twice() -> None:
    assert len({example.text for example in examples().values()}) == len(examples())


def test_an_entry_without_an_example_is_told(tmp_path: Path) -> None:
    path = tmp_path / "examples.yaml"
    path.write_text("{types: {AID: {text: x}}, modes: {}, contexts: {}, auxiliary: {}}")
    with pytest.raises(DataError, match="AGREE"):
        load(path, plover())
    path.write_text("{types: {AID: {word: x}}, modes: {}, contexts: {}, auxiliary: {}}")
    with pytest.raises(DataError, match="needs a text"):
        load(path, plover())


def fits(example: Example, event: Event, reading: Reading) -> bool:
    return (
        (event.type, event.mode) == (example.type, example.mode)
        and set(example.contexts) <= set(event.contexts)
        and (example.auxiliary is None or example.auxiliary in event.auxiliary)
        and are(example.actors, event.actors, reading)
        and are(example.recipients, event.recipients, reading)
    )


def are(names: Sequence[str] | None, filled: tuple[Participant, ...], reading: Reading) -> bool:
    """Whether the names are the participants', each one's; None asks nothing."""
    if names is None:
        return True
    named = all(any(is_participant(name, reading, p) for p in filled) for name in names)
    return named and len(names) == len(filled)
