"""A reading made by hand, and a pipeline that gives it for every document."""

from __future__ import annotations

import datetime as dt
import sys
import types
from collections.abc import Iterable, Iterator

from dragoman.model import (
    Actor,
    Document,
    Event,
    EventTime,
    Mention,
    Participant,
    Place,
    Reading,
    Statement,
    Time,
    Trace,
)

TEXT = (
    "Envoys of Peru and Chile met in Lima on Monday. A clerk said that Ana Rojas had claimed "
    "that soldiers fired at a ferry."
)


def reading_of(document: Document) -> Reading:
    """The reading of :data:`TEXT`; of any other text none, with a note.

    One event in the report's own voice, one at second hand.
    """
    if TEXT not in document.text:
        return Reading(document, coder="fake", notes=("nothing was read",))
    base = document.text.index(TEXT)

    def at(words: str) -> tuple[int, int]:
        start = base + TEXT.index(words)
        return start, start + len(words)

    span = lambda words: document.span(at(words))  # noqa: E731
    day = Time("DATE", "2024-03-04", "day", dt.date(2024, 3, 4), dt.date(2024, 3, 4))
    lima = Place("geonames:3936456", "Lima", "city", -12.04, -77.03, "PER")
    mentions = (
        Mention("m1", span("Peru"), "actor", "register name", actor="state:PER"),
        Mention("m2", span("Lima"), "place", "city name", place=lima),
        Mention("m3", span("Monday"), "time", "weekday", time=day),
        Mention("m4", span("soldiers"), "actor", "role noun", unresolved="whose is not said"),
    )
    outer = Statement("s1", span("Ana Rojas had claimed that soldiers fired at a ferry"),
                      "indirect", "say", span("A clerk"), span("said"))  # fmt: skip
    inner = Statement("s2", span("soldiers fired at a ferry"), "indirect", "claim",
                      span("Ana Rojas"), span("claimed"), speaker="report:ana-rojas",
                      parent="s1")  # fmt: skip
    met = Event("e1", span("met"), "CONSULT", "042", "04", 1, "asserted", "visit",
                actors=(Participant("Peru", "state:PER", span("Peru"), "m1"),),
                recipients=(Participant("Chile", "state:CHL", span("Chile")),),
                place="m2", time=EventTime("2024-03-04", "day", "weekday", "m3"),
                goldstein=1.0, reciprocal=True)  # fmt: skip
    fired = Event("e2", span("fired"), "ASSAULT", "190", "19", 4, "asserted",
                  actors=(Participant("soldiers", None, span("soldiers"), "m4",
                                      unresolved="whose is not said"),),
                  goldstein=-10.0, according_to=("s1", "s2"),
                  sentence=span("A clerk said that Ana Rojas had claimed that soldiers fired at "
                                "a ferry."),
                  trace=(Trace("type", "assault.fire", span("fired at")),))  # fmt: skip
    actors = (
        Actor("state:PER", "Peru", "state", "PER", "GOV", "PER"),
        Actor("state:CHL", "Chile", "state", "CHL", "GOV", "CHL"),
        Actor("report:ana-rojas", "Ana Rojas", "person"),
    )
    return Reading(document, actors, mentions, (outer, inner), (met, fired), "fake")


class Reader:
    """Stands in for the pipeline's reader."""

    coder = "fake"

    def __init__(
        self, model: str | None = None, *, ontology: object = None, actors: object = ()
    ) -> None:
        if model == "missing":
            raise OSError("[E050] Can't find model 'missing'.\nMore lines.")

    def read(self, document: Document) -> Reading:
        """The reading by hand. Raises RuntimeError for a text that says so."""
        if "BREAK" in document.text:
            raise RuntimeError("broken on purpose")
        if "INTERRUPT" in document.text:
            raise KeyboardInterrupt
        return reading_of(document)

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """The same, one by one."""
        return map(self.read, documents)


def pipeline() -> types.ModuleType:
    """A module to put in the place of ``dragoman.pipeline``."""
    module = types.ModuleType("dragoman.pipeline")
    module.Reader = Reader  # type: ignore[attr-defined]
    return module


def install() -> None:
    """Put it there for the whole process."""
    import dragoman

    sys.modules["dragoman.pipeline"] = dragoman.pipeline = pipeline()  # type: ignore[attr-defined]
