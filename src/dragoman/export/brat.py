"""brat standoff: a zip file of ``.txt`` and ``.ann`` pairs with the annotation's configuration."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final

from dragoman.export.choosing import Tally
from dragoman.export.text import one_line, sound
from dragoman.model import STATUSES, Event, Participant, Reading, Span
from dragoman.ontologies import plover

_TIME: Final = (2000, 1, 1, 0, 0, 0)  # in every entry, so that the same readings give the same file
_KINDS: Final = {"actor": "Actor", "place": "Place", "time": "Time", "wording": "Wording"}


class Brat:
    """A document a pair of files in the archive. Offsets count code points of the ``.txt``."""

    def __init__(self, file: IO[bytes], tally: Tally) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._tally = tally
        self._names: set[str] = set()
        self._add("annotation.conf", _configuration())

    def write(self, reading: Reading) -> None:
        """Write the two files of one document."""
        name = base = re.sub(r"[^\w.-]", "_", sound(reading.document.id))[:100] or "document"
        count = 1
        while name in self._names:
            count += 1
            name = f"{base}-{count}"
        self._names.add(name)
        self._add(f"{name}.txt", sound(reading.document.text))
        lines = list(_Standoff(reading).lines())
        self._add(f"{name}.ann", "".join(f"{line}\n" for line in lines))
        self._tally.readings += 1
        self._tally.events += len(reading.events)
        self._tally.rows += len(lines)

    def close(self) -> None:
        """End the archive."""
        self._zip.close()

    def _add(self, name: str, text: str) -> None:
        entry = zipfile.ZipInfo(name, _TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, text.encode("utf-8"))


class _Standoff:
    """The lines of one document, numbered as they come."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._counts = {"T": 0, "E": 0, "A": 0, "R": 0, "#": 0}
        self._spans: dict[tuple[str, Span], str] = {}
        self._pending: list[str] = []

    def lines(self) -> Iterator[str]:
        reading = self._reading
        for mention in reading.mentions:
            self._span(_KINDS[mention.kind], mention.span, mention.id)
        contents: dict[str, str] = {}
        for said in reading.statements:
            contents[said.id] = self._span("Content", said.content, f"{said.id} {said.act}")
            for of, span in (("Source", said.source), ("Cue", said.cue)):
                if span is not None:
                    other = self._span(of, span)
                    self._line("R", f"{of}Of Arg1:{other} Arg2:{contents[said.id]}")
        for said in reading.statements:
            if said.parent in contents:
                self._line("R", f"Within Arg1:{contents[said.id]} Arg2:{contents[said.parent]}")
        for event in reading.events:
            self._event(event, contents)
        yield from self._pending

    def _line(self, letter: str, rest: str) -> str:
        self._counts[letter] += 1
        identifier = f"{letter}{self._counts[letter]}"
        self._pending.append(f"{identifier}\t{rest}")
        return identifier

    def _span(self, kind: str, span: Span, note: str = "") -> str:
        if (kind, span) not in self._spans:
            parts = list(_unbroken(self._reading.document.text, span))
            bounds = ";".join(f"{start} {end}" for start, end in parts)
            words = " ".join(self._reading.document.text[start:end] for start, end in parts)
            self._spans[kind, span] = self._line("T", f"{kind} {bounds}\t{one_line(words)}")
        identifier = self._spans[kind, span]
        if note:
            self._line("#", f"AnnotatorNotes {identifier}\t{one_line(note)}")
        return identifier

    def _event(self, event: Event, contents: dict[str, str]) -> None:
        name = re.sub(r"\W", "_", event.type)
        trigger = self._span(name, event.trigger)
        roles = [f"{name}:{trigger}"]
        for role, filled in (("Initiator", event.actors), ("Recipient", event.recipients)):
            found = [where for one in filled if (where := self._party(one))]
            roles += [f"{role}{n if n > 1 else ''}:{t}" for n, t in enumerate(found, start=1)]
        when = event.time.mention if event.time else None
        for role, mention in (("Place", event.place), ("Time", when)):
            known = self._reading.mention(mention)
            if known is not None:
                roles.append(f"{role}:{self._span(_KINDS[known.kind], known.span)}")
        identifier = self._line("E", " ".join(roles))
        self._line("A", f"Status {identifier} {event.status}")
        if event.mode:
            self._line("A", f"Mode {identifier} {re.sub(r'[^0-9A-Za-z-]', '_', event.mode)}")
        for said in event.according_to:
            if said in contents:
                self._line("R", f"AccordingTo Arg1:{identifier} Arg2:{contents[said]}")

    def _party(self, one: Participant) -> str | None:
        mention = self._reading.mention(one.mention)
        span = mention.span if mention else one.span
        return self._span("Actor", span) if span is not None else None


def _unbroken(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """The parts of a span with line ends left out: brat lets no part run over one."""
    for part in span.fragments:
        for match in re.finditer(r"[^\r\n]+", part.quote):
            yield part.start + match.start(), part.start + match.end()


def _configuration() -> str:
    entities = [*_KINDS.values(), "Source", "Cue", "Content"]
    roles = "Initiator*:Actor, Recipient*:Actor, Place?:Place, Time?:Time"
    events = [f"{name}\t{roles}" for name in plover().types]
    modes = sorted({mode for kind in plover().types.values() for mode in kind.modes})
    return "\n".join(
        [
            "[entities]",
            *entities,
            "[relations]",
            "SourceOf\tArg1:Source, Arg2:Content",
            "CueOf\tArg1:Cue, Arg2:Content",
            "Within\tArg1:Content, Arg2:Content",
            "AccordingTo\tArg1:<EVENT>, Arg2:Content",
            "[events]",
            *events,
            "[attributes]",
            f"Status\tArg:<EVENT>, Value:{'|'.join(STATUSES)}",
            f"Mode\tArg:<EVENT>, Value:{'|'.join(modes)}",
            "",
        ]
    )
