"""CoNLL-U: plain tokens with the spans of events, statements and mentions in MISC."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import Final, TextIO

from dragoman.export import wording
from dragoman.export.choosing import Tally
from dragoman.export.text import one_line
from dragoman.model import Reading, Span

_TOKEN: Final = re.compile(r"\w+(?:['’.,-]\w+)*|[^\w\s]")
_NOTHING: Final = "\t".join("_" * 7)


class ConllU:
    """A block a sentence, a token a line. LEMMA to DEPS are ``_``: a reading keeps no parse.

    MISC has ``start_char`` and ``end_char`` in code points, ``SpaceAfter=No``, and for each span
    that a token stands in ``Mention=``, ``Event=``, ``Source=``, ``Cue=`` or ``Content=`` with
    ``B-`` or ``I-`` and the record's id. Comments say what the records are.
    """

    def __init__(self, file: TextIO, tally: Tally) -> None:
        self._file = file
        self._tally = tally

    def write(self, reading: Reading) -> None:
        """Write the blocks of one document."""
        self._tally.readings += 1
        self._tally.events += len(reading.events)
        spans = list(_spans(reading))
        cuts = {bound for _, _, span in spans for part in span.fragments
                for bound in (part.start, part.end)}  # fmt: skip
        text = reading.document.text
        tokens = list(_tokens(text, cuts))
        marks = _marks(tokens, spans)
        head = list(_comments(reading))
        for number, (first, last) in enumerate(_blocks(reading, tokens), start=1):
            lines = [*head, f"# sent_id = {one_line(reading.document.id)}-{number}"]
            head = []
            start, end = tokens[first][0], tokens[last - 1][1]
            lines.append(f"# text = {one_line(text[start:end])}")
            for index in range(first, last):
                lines.append(_line(text, tokens, index, first, marks[index]))
            self._file.write("\n".join(lines) + "\n\n")
            self._tally.rows += last - first

    def close(self) -> None:
        """Nothing stands at the end."""


def _spans(reading: Reading) -> Iterator[tuple[str, str, Span]]:
    for mention in reading.mentions:
        yield "Mention", mention.id, mention.span
    for event in reading.events:
        yield "Event", event.id, event.trigger
    for said in reading.statements:
        found = (("Source", said.source), ("Cue", said.cue), ("Content", said.content))
        yield from ((layer, said.id, span) for layer, span in found if span is not None)


def _tokens(text: str, cuts: set[int]) -> Iterator[tuple[int, int]]:
    """Words and signs; none runs over the bound of a span."""
    ordered = sorted(cuts)
    for match in _TOKEN.finditer(text):
        start = match.start()
        at = bisect_right(ordered, start)
        while at < len(ordered) and ordered[at] < match.end():
            yield start, ordered[at]
            start = ordered[at]
            at += 1
        yield start, match.end()


def _marks(
    tokens: list[tuple[int, int]], spans: list[tuple[str, str, Span]]
) -> dict[int, dict[str, list[str]]]:
    starts = [start for start, _ in tokens]
    marks: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for layer, identifier, span in spans:
        letter = "B"
        for part in span.fragments:
            index = bisect_right(starts, part.start - 1)
            while index < len(tokens) and tokens[index][1] <= part.end:
                marks[index][layer].append(f"{letter}-{identifier}")
                letter = "I"
                index += 1
    return marks


def _blocks(reading: Reading, tokens: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of tokens, cut at the bounds of the events' sentences and at line ends."""
    text = reading.document.text
    bounds = {part for event in reading.events if event.sentence
              for part in (event.sentence.start, event.sentence.end)}  # fmt: skip
    ordered = sorted(bounds)
    first = 0
    for index in range(1, len(tokens)):
        before, after = tokens[index - 1][1], tokens[index][0]
        crossed = bisect_right(ordered, after) > bisect_right(ordered, before - 1)
        if crossed or "\n" in text[before:after]:
            yield first, index
            first = index
    if tokens:
        yield first, len(tokens)


def _line(
    text: str,
    tokens: list[tuple[int, int]],
    index: int,
    first: int,
    marks: dict[str, list[str]],
) -> str:
    start, end = tokens[index]
    misc = [f"start_char={start}", f"end_char={end}"]
    misc += [f"{layer}={','.join(found)}" for layer, found in marks.items()]
    if index + 1 < len(tokens) and tokens[index + 1][0] == end:
        misc.append("SpaceAfter=No")
    return f"{index - first + 1}\t{one_line(text[start:end])}\t{_NOTHING}\t{'|'.join(misc)}"


def _comments(reading: Reading) -> Iterator[str]:
    yield f"# newdoc id = {one_line(reading.document.id)}"
    for mention in reading.mentions:
        meant = mention.actor or (mention.place.id if mention.place else None)
        meant = meant or (mention.time.value if mention.time else None)
        yield one_line(f"# mention {mention.id} = {mention.kind} {meant or mention.neutral or '?'}")
    for said in reading.statements:
        speaker = wording.source_name(reading, said)
        yield one_line(f"# statement {said.id} = {said.act} | {speaker} | {said.parent or '-'}")
    for event in reading.events:
        sides = (wording.participants(side) for side in (event.actors, event.recipients))
        told = (wording.what(event), event.status, *sides, wording.whose_event(reading, event))
        yield one_line(f"# event {event.id} = {' | '.join(told)}")
