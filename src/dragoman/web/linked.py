"""Other accounts of a happening and other copies of a report, where the program can tell them.

Both are computed once for a version, beside the pages: no page waits for them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Literal

from dragoman.archive import Archive, Filter
from dragoman.archive.contradictions import Contradiction, contradictions
from dragoman.web.holding import Holder
from dragoman.web.warming import MANY, warm

Standing = Literal["unknown", "working", "ready", "failed"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Links:
    """What was found of a version. ``occurrences`` by id; ``told`` gives the occurrence of a
    (reading, event); ``copies`` the rows of a document's story, by document id.
    """

    occurrences: Mapping[str, Row] = field(default_factory=dict)
    told: Mapping[tuple[str, str], str] = field(default_factory=dict)
    copies: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    has_occurrences: bool = False
    has_stories: bool = False

    def accounts(self, reading: str, event: str) -> list[Row]:
        """The other accounts of what an event tells."""
        found = self.occurrences.get(self.told.get((reading, event), ""))
        told = found["accounts"] if found else []
        return [one for one in told if (one["reading"], one["event"]) != (reading, event)]

    def occurrence(self, reading: str, event: str) -> Row | None:
        """The occurrence that an event tells."""
        return self.occurrences.get(self.told.get((reading, event), ""))

    def others(self, document: str) -> list[Row]:
        """The other documents of its story."""
        return [one for one in self.copies.get(document, ()) if one["document_id"] != document]

    @property
    def disputed(self) -> list[Row]:
        """The occurrences whose accounts contradict each other."""
        return [one for one in self.occurrences.values() if one["disputed"]]


class Linked:
    """Keeps the links of the newest version."""

    def __init__(self, holder: Holder) -> None:
        self._holder = holder
        self._lock = threading.Lock()
        self._version: int | None = None
        self._links = Links()
        self._sides: tuple[Links, list[Contradiction]] | None = None
        self.standing: Standing = "unknown" if can_tell() else "failed"

    def links(self) -> Links:
        """What is known now; a new version is begun to be looked at."""
        if not can_tell():
            return self._links
        with self._lock:
            version = self._holder.version
            if version != self._version and self.standing != "working":
                self._version, self.standing = version, "working"
                threading.Thread(target=self._compute, daemon=True).start()
            return self._links

    def contradictions(self) -> list[Contradiction]:
        """The disputed occurrences known now, those with most accounts first."""
        links = self.links()
        if self._sides is None or self._sides[0] is not links:
            self._sides = links, contradictions(links.disputed)
        return self._sides[1]

    def _compute(self) -> None:
        archive = self._holder.open()
        try:
            if archive.count("documents", Filter()) > MANY:
                warm(archive.path, archive.version)
            self._links = find(archive)
            self.standing = "ready"
        except Exception:  # a page without links is better than none
            self.standing = "failed"
        finally:
            archive.close()


def _function(module: str, name: str) -> Callable[[Any], Any] | None:
    try:
        found: Callable[[Any], Any] | None = getattr(import_module(module), name, None)
    except ImportError:
        return None
    return found


def _occurrences() -> Callable[[Any], Any] | None:
    return _function("dragoman.archive.happenings", "occurrences_of")


def _stories() -> Callable[[Any], Any] | None:
    return _function("dragoman.archive.copies", "stories_of")


def can_tell() -> bool:
    """Whether the program has anything that finds links."""
    return _occurrences() is not None or _stories() is not None


def find(archive: Archive) -> Links:
    """The links of a version."""
    told: dict[tuple[str, str], str] = {}
    occurrences: dict[str, Row] = {}
    if (occur := _occurrences()) is not None:
        for row in occur(archive).to_pylist():
            occurrences[row["occurrence"]] = row
            for one in row["accounts"]:
                told[one["reading"], one["event"]] = row["occurrence"]
    copies: dict[str, tuple[Row, ...]] = {}
    if (stories := _stories()) is not None:
        groups: dict[str, list[Row]] = {}
        for row in stories(archive.snapshot).to_pylist():
            groups.setdefault(row["story"], []).append(row)
        copies = {one["document_id"]: tuple(rows) for rows in groups.values() for one in rows}
    return Links(occurrences, told, copies, occur is not None, stories is not None)
