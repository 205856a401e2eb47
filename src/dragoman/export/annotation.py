"""Events, statements and mentions as W3C Web Annotations, by quotation and by position."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TextIO
from urllib.parse import quote

from dragoman.export import wording
from dragoman.export.choosing import Tally
from dragoman.export.listed import Listed
from dragoman.export.text import Utf16
from dragoman.model import Event, Fragment, Mention, Reading, Span, Statement

_AROUND: Final = 32  # code points before and after a quotation that tell it from its likes
_HEAD: Final = (
    '{{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:dragoman:annotations", '
    '"type": "AnnotationPage", "label": "positions count {unit}", "items": ['
)


class WebAnnotation:
    """One AnnotationPage; positions count Unicode code points, as the recommendation has it, or
    with ``utf16`` the UTF-16 code units of JavaScript's strings.
    """

    unit = "Unicode code points"
    utf16 = False

    def __init__(self, file: TextIO, tally: Tally) -> None:
        self._list = Listed(file, _HEAD.format(unit=self.unit), "]}")
        self._tally = tally

    def write(self, reading: Reading) -> None:
        """Write the annotations of one reading."""
        offset: Callable[[int], int] = Utf16(reading.document.text) if self.utf16 else _same
        self._tally.readings += 1
        self._tally.events += len(reading.events)
        for identifier, span, motivation, bodies in _records(reading):
            self._list.add(
                {
                    "id": _urn(reading, identifier),
                    "type": "Annotation",
                    "motivation": motivation,
                    "body": bodies,
                    "target": [_target(reading, part, offset) for part in span.fragments],
                }
            )
            self._tally.rows += 1

    def close(self) -> None:
        """End the page."""
        self._list.close()


class WebAnnotationUtf16(WebAnnotation):
    """The same with positions in UTF-16 code units."""

    unit = "UTF-16 code units"
    utf16 = True


def _same(offset: int) -> int:
    return offset


def _urn(reading: Reading, identifier: str = "") -> str:
    name = f"urn:dragoman:{quote(reading.document.id, safe='', errors='replace')}"
    return f"{name}:{identifier}" if identifier else name


def _target(reading: Reading, part: Fragment, offset: Callable[[int], int]) -> dict[str, Any]:
    text = reading.document.text
    return {
        "source": reading.document.url or _urn(reading),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": part.quote,
                "prefix": text[max(0, part.start - _AROUND) : part.start],
                "suffix": text[part.end : part.end + _AROUND],
            },
            {
                "type": "TextPositionSelector",
                "start": offset(part.start),
                "end": offset(part.end),
            },
        ],
    }


def _records(reading: Reading) -> Iterator[tuple[str, Span, str, list[dict[str, Any]]]]:
    for event in reading.events:
        yield event.id, event.trigger, "classifying", _event(reading, event)
    for statement in reading.statements:
        yield statement.id, statement.content, "describing", _statement(reading, statement)
    for mention in reading.mentions:
        yield mention.id, mention.span, "identifying", _mention(reading, mention)


def _body(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "purpose": purpose, "format": "text/plain"}


def _event(reading: Reading, event: Event) -> list[dict[str, Any]]:
    told = (
        f"{wording.participants(event.actors)} · {wording.what(event)} · "
        f"{wording.counterparts(event)}; status: {event.status}; "
        f"on whose word: {wording.whose_event(reading, event)}"
    )
    when, where = wording.when(event), wording.where(reading, event)
    told += "".join(
        f"; {name}: {value}" for name, value in (("when", when), ("where", where)) if value
    )
    above = [
        {"type": "SpecificResource", "source": _urn(reading, identifier), "purpose": "linking"}
        for identifier in event.according_to
    ]
    return [_body(event.type, "classifying"), _body(told, "describing"), *above]


def _statement(reading: Reading, statement: Statement) -> list[dict[str, Any]]:
    above = wording.on_whose_word(reading, wording.parents(reading, statement))
    said = f"{wording.source_name(reading, statement)} · {statement.act}; on whose word: {above}"
    return [_body(statement.act, "classifying"), _body(said, "describing")]


def _mention(reading: Reading, mention: Mention) -> list[dict[str, Any]]:
    found = [_body(mention.kind, "classifying")]
    actor = reading.actor(mention.actor)
    if actor is not None and actor.wikidata:
        entity = f"http://www.wikidata.org/entity/{actor.wikidata}"
        found.append({"type": "SpecificResource", "source": entity, "purpose": "identifying"})
    elif mention.place is not None and mention.place.id.startswith("geonames:"):
        place = f"https://sws.geonames.org/{mention.place.id.partition(':')[2]}/"
        found.append({"type": "SpecificResource", "source": place, "purpose": "identifying"})
    meant = wording.meant(reading, mention)
    return [*found, _body(meant, "describing")] if meant else found
