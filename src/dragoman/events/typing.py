"""What the event head makes of the events that the lexicon proposes: the type, mode and contexts of
a trigger between its two sides. Agreement stands in the trace; where the two disagree the event is
less sure, and only where the head is all but certain does it decide.
"""

from __future__ import annotations

import bisect
import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from dragoman.language.analysis import Analysis, Token
from dragoman.language.encoder import Encoded, Floats, MarkedWords
from dragoman.model import Event, Participant, Span, Trace
from dragoman.ontologies import Cameo, Plover
from dragoman.ontologies.own.record import Ontology

NONE: Final = "NONE"
SURE: Final = 0.97
"""Probability of another type from which the head decides, the lexicon's being below ``OUT``."""
OUT: Final = 0.01
MODE: Final = 0.9
CONTEXT: Final = 0.8
YIELDING: Final = frozenset({"CONCEDE", "RETREAT"})
"""Told apart by the codes of CAMEO, which the lexicon has; annotators draw the line variously."""
_LEAST: Final = 0.6
"""Share of the confidence that is left where the head gives the lexicon's type no chance."""
_FAIR: Final = 0.05
"""Probability from which the lexicon's type keeps all of its confidence: names move probabilities
a little, and no event should be surer for its parties' names."""
_CALLED: Final = frozenset({"lexicon"})


def weighed(
    events: Sequence[Event], analysis: Analysis, encoded: Encoded, ontology: Ontology
) -> list[Event]:
    """The events as the head sees them, in the same order; those of a type that it was not trained
    on, and those that no trigger names, stay as they are.
    """
    settings = encoded.encoder.settings
    types, modes, contexts = (tuple(settings[n]) for n in ("types", "modes", "contexts"))
    places = [n for n, e in enumerate(events) if e.type in types and _is_called(e)]
    if not places:
        return list(events)
    marked = [_marked(events[n], analysis) for n in places]
    said = encoded.types(marked)
    found, sentences = list(events), _by_sentence(events)
    for row, n in enumerate(places):
        chances = dict(zip(types, said.types[row].tolist(), strict=True))
        event = _of_type(events[n], chances, _beside(events[n], sentences), ontology)
        event = _of_mode(event, said.modes[row], modes, ontology)
        found[n] = _in_contexts(event, said.contexts[row], contexts, ontology.plover)
    return found


def _by_sentence(events: Sequence[Event]) -> Mapping[int, Counter[str]]:
    """How often each type stands in each sentence, by the sentence's start."""
    found: dict[int, Counter[str]] = {}
    for event in events:
        if event.sentence is not None:
            found.setdefault(event.sentence.start, Counter())[event.type] += 1
    return found


def _beside(event: Event, sentences: Mapping[int, Counter[str]]) -> frozenset[str]:
    """Types of the other events in the sentence: the head may mean one of them, as in "threatened
    to impose sanctions".
    """
    if event.sentence is None:
        return frozenset()
    others = sentences[event.sentence.start] - Counter([event.type])
    return frozenset(others)


def _is_called(event: Event) -> bool:
    return any(t.field == "type" and t.rule.partition(":")[0] in _CALLED for t in event.trace)


# ---------------------------------------------------------------- marks


def _marked(event: Event, analysis: Analysis) -> MarkedWords:
    sentence = event.sentence or event.trigger
    own = _words(analysis, (sentence,))
    sides = (_spans(event.actors), _spans(event.recipients), (event.trigger,))
    actors, recipients, trigger = (_words(analysis, side) for side in sides)
    return MarkedWords(own[0], own[-1] + 1, (actors, recipients, trigger))


def _spans(side: Iterable[Participant]) -> tuple[Span, ...]:
    return tuple(p.span for p in side if p.span is not None)


def _words(analysis: Analysis, spans: Iterable[Span]) -> list[int]:
    tokens = analysis.tokens
    found: list[int] = []
    for fragment in (f for span in spans for f in span.fragments):
        low = bisect.bisect_right(tokens, fragment.start, key=_end)
        high = bisect.bisect_left(tokens, fragment.end, key=_start)
        found += range(low, high)
    return found


def _start(token: Token) -> int:
    return token.start


def _end(token: Token) -> int:
    return token.end


# ---------------------------------------------------------------- verdicts


def _of_type(
    event: Event, chances: Mapping[str, float], others: frozenset[str], ontology: Ontology
) -> Event:
    own = chances[event.type]
    best = max(chances, key=lambda name: chances[name])
    row = Trace("type", f"model:{best} {chances[best]:.2f}")
    if best != event.type and (best in others or {best, event.type} <= YIELDING):
        return dataclasses.replace(event, trace=(*event.trace, row))
    confidence = event.confidence * (_LEAST + (1 - _LEAST) * min(1.0, own / _FAIR))
    sure = best not in (event.type, NONE) and chances[best] >= SURE and own <= OUT
    if sure and _one_side(best, event.type, ontology.plover):
        event = _as_type(event, best, None, ontology)
        confidence = event.confidence * chances[best] * 0.8
    return dataclasses.replace(
        event, confidence=round(max(confidence, 0.05), 3), trace=(*event.trace, row)
    )


def _one_side(one: str, other: str, plover: Plover) -> bool:
    """Whether both are cooperation or both conflict: between these the words must decide."""
    return (plover.quad(one) <= 2) == (plover.quad(other) <= 2)


def _of_mode(event: Event, said: Floats, modes: Sequence[str], ontology: Ontology) -> Event:
    """The head's mode of the event's type, where the lexicon gives none."""
    if event.mode is not None:
        return event
    own = [n for n, mode in enumerate(modes) if mode.startswith(f"{event.type}/")]
    if not own:
        return event
    best = max(own, key=lambda n: float(said[n]))
    if said[best] < MODE:
        return event
    made = _as_type(event, event.type, modes[best].partition("/")[2], ontology)
    row = Trace("mode", f"model:{made.mode} {said[best]:.2f}")
    return dataclasses.replace(made, trace=(*made.trace, row))


def _as_type(event: Event, type_: str, mode: str | None, ontology: Ontology) -> Event:
    """The event with another type or mode, and with what hangs on them."""
    code = event.cameo
    if type_ != event.type:
        code = _code(ontology.plover, type_, mode)
    return dataclasses.replace(
        event,
        type=type_,
        mode=mode,
        cameo=code,
        cameo_root=_root(ontology.cameo, code),
        goldstein=ontology.cameo.goldstein(code) if code else None,
        quad=ontology.plover.quad(type_),
        intensity=ontology.plover.intensity(type_, mode),
    )


def _code(plover: Plover, type_: str, mode: str | None) -> str:
    own = plover.type(type_)
    return own.modes[mode].cameo if mode else own.cameo[0]


def _root(cameo: Cameo, code: str | None) -> str:
    return cameo.root(code) if code else ""


def _in_contexts(event: Event, said: Floats, names: Sequence[str], plover: Plover) -> Event:
    likely = {names[int(n)]: float(said[n]) for n in np.flatnonzero(said >= CONTEXT)}
    new = [c for c in plover.contexts if c in likely and c not in event.contexts]
    if not new:
        return event
    rows = [Trace("contexts", f"model:{c} {likely[c]:.2f}") for c in new]
    return dataclasses.replace(event, contexts=(*event.contexts, *new), trace=(*event.trace, *rows))
