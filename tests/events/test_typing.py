"""What the event head makes of the lexicon's events."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import numpy as np

from dragoman.events.typing import weighed
from dragoman.language.encoder import Types
from dragoman.language.parser import Parser
from dragoman.model import Document, Event
from dragoman.ontologies.own.record import default_ontology
from dragoman.pipeline import Reader

TYPES = ("ASSAULT", "COERCE", "AGREE", "NONE")
MODES = ("-", "ASSAULT/aerial", "COERCE/arrest")
CONTEXTS = ("military", "health")


class FakeEncoded:
    """Says the same of every event, and keeps what it was asked."""

    def __init__(self, types: list[float], modes: list[float], contexts: list[float]) -> None:
        self.said = types, modes, contexts
        self.asked: list[Any] = []
        self.encoder = SimpleNamespace(
            settings={"types": TYPES, "modes": MODES, "contexts": CONTEXTS}
        )

    def types(self, events: Any) -> Types:
        self.asked = list(events)
        rows = (np.array([part] * len(self.asked), np.float32) for part in self.said)
        return Types(*rows, np.zeros((len(self.asked), 1), np.float32))


def judged(
    text: str, types: list[float], modes: tuple[float, ...] = (1, 0, 0),
    contexts: tuple[float, ...] = (0, 0),
) -> tuple[tuple[Event, ...], list[Event], FakeEncoded]:  # fmt: skip
    document = Document(id="t", text=text)
    before = Reader(encoder=False).read(document).events
    encoded = FakeEncoded(types, [*modes], [*contexts])
    analysis = Parser().parse(document)
    return before, weighed(before, analysis, encoded, default_ontology()), encoded  # type: ignore[arg-type]


def test_agreement_stands_in_the_trace_and_costs_nothing() -> None:
    before, after, encoded = judged("Chad attacked Sudan.", [0.9, 0.05, 0.03, 0.02])
    assert [e.confidence for e in before] == [e.confidence for e in after]
    assert any(t.rule == "model:ASSAULT 0.90" for t in after[0].trace)
    assert encoded.asked[0].marks == ([0], [2], [1])


def test_disagreement_lowers_the_confidence_and_is_shown() -> None:
    before, after, _ = judged("Chad attacked Sudan.", [0.01, 0.8, 0.14, 0.05])
    assert after[0].type == "ASSAULT"
    assert after[0].confidence < before[0].confidence
    assert any(t.rule == "model:COERCE 0.80" for t in after[0].trace)


def test_an_all_but_certain_head_decides_with_all_that_hangs_on_the_type() -> None:
    _, after, _ = judged("Chad attacked Sudan.", [0.001, 0.99, 0.005, 0.004])
    found = after[0]
    assert (found.type, found.quad, found.cameo_root) == ("COERCE", 4, "17")
    assert found.intensity == default_ontology().plover.intensity("COERCE", None)


def test_no_event_is_left_out_for_being_called_none() -> None:
    before, after, _ = judged("Chad attacked Sudan.", [0.0, 0.0, 0.0, 1.0])
    assert [e.type for e in after] == [e.type for e in before]


def test_modes_and_contexts_are_added_where_the_lexicon_has_none() -> None:
    _, after, _ = judged("Chad attacked Sudan.", [1, 0, 0, 0], (0.1, 0.9, 0), (0.1, 0.95))
    assert after[0].mode == "aerial"
    assert "health" in after[0].contexts
    assert {t.field for t in after[0].trace if t.rule.startswith("model:")} == {
        "type", "mode", "contexts",
    }  # fmt: skip


def test_types_of_other_ontologies_stay_as_they_are() -> None:
    before, _, encoded = judged("Chad attacked Sudan.", [1, 0, 0, 0])
    own = [dataclasses.replace(e, type="VIGIL") for e in before]
    analysis = Parser().parse(Document(id="t", text="Chad attacked Sudan."))
    assert weighed(own, analysis, encoded, default_ontology()) == own  # type: ignore[arg-type]
