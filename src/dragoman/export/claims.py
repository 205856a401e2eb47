"""Statements as schema.org Claims, and denials as ClaimReviews, in JSON-LD.

The context is written out in the file: whoever reads it fetches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TextIO
from urllib.parse import quote

from dragoman.export import wording
from dragoman.export.choosing import Tally
from dragoman.export.listed import Listed
from dragoman.model import Actor, Reading, Statement

_HEAD: Final = '{"@context": {"@vocab": "https://schema.org/"}, "@graph": ['
_DENIAL: Final = "deny"
_KINDS: Final = {"person": "Person", "media": "NewsMediaOrganization", "state": "Country",
                 "territory": "Place", "people": "Organization"}  # fmt: skip


class Claims:
    """One JSON-LD document: the reports, their statements as claims, who denies which."""

    def __init__(self, file: TextIO, tally: Tally) -> None:
        self._list = Listed(file, _HEAD, "]}")
        self._tally = tally

    def write(self, reading: Reading) -> None:
        """Write the report and the claims of one reading."""
        self._list.add(_article(reading))
        for statement in reading.statements:
            for node in _nodes(reading, statement):
                self._list.add(node)
                self._tally.rows += 1
        self._tally.readings += 1
        own = sum(not event.according_to for event in reading.events)
        self._tally.events += len(reading.events) - own
        if own:
            self._tally.left["the report tells itself: they are nobody's claim"] += own

    def close(self) -> None:
        """End the document."""
        self._list.close()


def _urn(reading: Reading, identifier: str = "") -> str:
    name = f"urn:dragoman:{quote(reading.document.id, safe='', errors='replace')}"
    return f"{name}:{identifier}" if identifier else name


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _article(reading: Reading) -> dict[str, Any]:
    document = reading.document
    publisher = {"@type": "Organization", "name": document.publisher}
    return {
        "@id": _urn(reading),
        "@type": "NewsArticle",
        **_known(
            headline=document.title,
            url=document.url,
            datePublished=document.published.isoformat() if document.published else None,
            publisher=publisher if document.publisher else None,
            inLanguage=document.language,
        ),
    }


def _nodes(reading: Reading, statement: Statement) -> Iterator[dict[str, Any]]:
    published = reading.document.published
    claim: dict[str, Any] = {
        "@id": _urn(reading, statement.id),
        "@type": "Claim",
        "text": statement.content.quote,
        "appearance": {"@id": _urn(reading)},
        "additionalType": statement.act,
        **_known(about=_about(reading, statement)),
    }
    if statement.parent is not None:
        claim["isPartOf"] = {"@id": _urn(reading, statement.parent)}
    if statement.act != _DENIAL:
        yield claim | _known(author=_author(reading, statement))
        return
    # Who denies a claim did not make it: the words are reviewed, not claimed, by him.
    yield claim
    yield {
        "@id": _urn(reading, f"{statement.id}-denied"),
        "@type": "ClaimReview",
        "claimReviewed": statement.content.quote,
        "itemReviewed": {"@id": claim["@id"]},
        "reviewRating": {"@type": "Rating", "alternateName": "denied"},
        **_known(
            author=_author(reading, statement),
            datePublished=published.isoformat() if published else None,
            url=reading.document.url,
        ),
    }


def _about(reading: Reading, statement: Statement) -> list[dict[str, Any]]:
    found = []
    for event in reading.events:
        if event.according_to[-1:] == (statement.id,):
            sides = wording.participants(event.actors), wording.counterparts(event)
            name = f"{sides[0]} · {wording.what(event)} · {sides[1]} ({event.status})"
            described = {"@type": "Event", "@id": _urn(reading, event.id), "name": name}
            first = event.time.first if event.time else None
            found.append(described | _known(startDate=first.isoformat() if first else None))
    return found


def _author(reading: Reading, statement: Statement) -> dict[str, Any] | None:
    actor = reading.actor(statement.speaker)
    if actor is None:
        words = statement.source.quote if statement.source else None
        return {"@type": "Thing", "name": words} if words else None
    return {"@type": _KINDS.get(actor.kind, "Organization"), "name": actor.name, **_same(actor)}


def _same(actor: Actor) -> dict[str, str]:
    if actor.wikidata is None:
        return {}
    return {"sameAs": f"http://www.wikidata.org/entity/{actor.wikidata}"}
