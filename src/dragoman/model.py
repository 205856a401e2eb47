"""The records every part of Dragoman exchanges: frozen, typed, consistent by construction.

Offsets are Unicode code points of :attr:`Document.text`, end-exclusive. The words follow the
field: *attribution*, *cue*, *source*, *content* (Pareti 2015); event *type*, *mode*, *context*
(PLOVER codebook, Halterman et al. 2023); *quad class*, *Goldstein* value (CAMEO, Gerner et al.
2002; Goldstein 1992); *TIMEX3* (ISO-TimeML).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, get_args

SCHEMA_VERSION: Final = "2"

Kind = Literal["direct", "indirect", "mixed"]
Status = Literal["asserted", "denied", "planned", "demanded", "possible", "hypothetical"]
MentionKind = Literal["actor", "place", "time", "wording"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Granularity = Literal[
    "minute",
    "hour",
    "daypart",
    "day",
    "weekend",
    "week",
    "month",
    "season",
    "quarter",
    "year",
    "decade",
    "century",
    "vague",
]
Certainty = Literal["CT", "PR", "PS", "U"]
Polarity = Literal["+", "-", "u"]
AuxiliaryMode = Literal["historical", "generic", "future", "hypothetical", "negation"]
QuadClass = Literal[0, 1, 2, 3, 4]

STATUSES: Final[tuple[Status, ...]] = get_args(Status)


@dataclass(frozen=True, slots=True, order=True)
class Fragment:
    """One unbroken stretch of text: ``text[start:end] == quote``.

    Raises ValueError when the quote's length is not ``end - start``.
    """

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start:
            raise ValueError(f"a fragment runs forward from 0, not {self.start}..{self.end}")
        if len(self.quote) != self.end - self.start:
            raise ValueError(
                f"the quote of {self.start}..{self.end} has {len(self.quote)} characters, "
                f"not {self.end - self.start}"
            )


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text, in several fragments where the language is discontinuous.

    Raises ValueError when there is no fragment, or when fragments overlap or are out of order.
    """

    fragments: tuple[Fragment, ...]

    def __post_init__(self) -> None:
        if not self.fragments:
            raise ValueError("a span has at least one fragment")
        for left, right in zip(self.fragments, self.fragments[1:], strict=False):
            if right.start < left.end:
                raise ValueError(f"fragments overlap or are out of order: {left} and {right}")

    @property
    def start(self) -> int:
        """First code point of the first fragment."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """One past the last code point of the last fragment."""
        return self.fragments[-1].end

    @property
    def quote(self) -> str:
        """The words themselves; fragments parted by an ellipsis."""
        return " … ".join(fragment.quote for fragment in self.fragments)

    def covers(self, start: int, end: int) -> bool:
        """Whether one fragment holds the whole of ``start..end``."""
        return any(f.start <= start and end <= f.end for f in self.fragments)


@dataclass(frozen=True, slots=True)
class Document:
    """One report. ``text`` is what was received, untouched.

    ``preamble`` counts the code points at the head of ``text`` (a ``date 2025-06-12`` prefix, say)
    that are kept but not read as prose. ``origin`` says where the report was read from: a path,
    with ``:row`` where a file holds several.
    """

    id: str
    text: str
    published: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    language: str = "en"
    preamble: int = 0
    origin: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 <= self.preamble <= len(self.text):
            raise ValueError(f"preamble {self.preamble} lies outside a text of {len(self.text)}")

    def fragment(self, start: int, end: int) -> Fragment:
        """The fragment ``start..end`` with its quote taken from the text."""
        return Fragment(start, end, self.text[start:end])

    def span(self, *bounds: tuple[int, int]) -> Span:
        """A span over one or more ``(start, end)`` pairs, in text order."""
        return Span(tuple(self.fragment(start, end) for start, end in bounds))


def document_id(text: str, published: dt.date | None, publisher: str | None) -> str:
    """A stable identifier: the first 16 hex digits of SHA-256 over publisher, date and text."""
    date = published.isoformat() if published else ""
    head = f"{publisher or ''}\x1f{date}\x1f"
    return hashlib.sha256((head + text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who somebody is, apart from how a report words it.

    ``id`` is stable: ``state:IRN``, ``person:masoud-pezeshkian``, ``org:pflp``, or ``report:…``
    for somebody only this report introduces. ``sector`` is PLOVER's (GOV, MIL, CIV, …), ``cameo``
    the CAMEO actor code, ``country`` ISO 3166-1 alpha-3. ``office`` and ``organisation`` are what
    held at the report's date, or what the report itself states.
    """

    id: str
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    cameo: str | None = None
    office: str | None = None
    organisation: str | None = None
    wikidata: str | None = None
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A toponym resolved to a point: degrees north and east (WGS 84)."""

    id: str
    name: str
    feature: str
    latitude: float
    longitude: float
    country: str | None = None
    admin1: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A temporal expression's meaning in TIMEX3 terms.

    ``value`` keeps the granularity of the words (``2025-06`` for "in June"); ``first`` and
    ``last`` bound the calendar days it may mean, both included, None where open.
    """

    type: TimeType
    value: str
    granularity: Granularity
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to an actor, a place or a time, and what it resolved to.

    ``rule`` names how it was resolved; where it was not, ``unresolved`` says why. ``antecedent``
    is the mention that a pronoun or role noun was resolved through.

    ``label`` keeps a loaded wording ("Zionist regime") apart from the neutral actor or place;
    ``label_span`` says where it stands, ``category`` in what way it judges, ``used_by`` who chose
    it: statement ids, outermost first, empty for the report itself. A loaded wording for a deed or
    a thing is a mention of kind ``wording``, with a plain word for it in ``neutral``.
    """

    id: str
    span: Span
    kind: MentionKind
    rule: str
    actor: str | None = None
    place: Place | None = None
    time: Time | None = None
    label: str | None = None
    label_span: Span | None = None
    category: str | None = None
    used_by: tuple[str, ...] = ()
    neutral: str | None = None
    antecedent: str | None = None
    unresolved: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Which rule or model decided a field, and the words it went by."""

    field: str
    rule: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution: somebody is said to hold, say or ask something.

    ``source`` is None where it is implicit ("it was reported"); ``implicit`` then says how.
    ``speaker`` is the actor the source resolves to. ``parent`` is the statement this one is
    nested in.
    """

    id: str
    content: Span
    kind: Kind
    act: str
    source: Span | None = None
    cue: Span | None = None
    speaker: str | None = None
    source_mention: str | None = None
    implicit: str | None = None
    addressee: str | None = None
    addressee_span: Span | None = None
    parent: str | None = None
    confidence: float = 1.0
    trace: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """A filler of an event's role. ``actor`` is None where it was not resolved: ``unresolved``
    then says why; ``span`` is None where the language leaves the role out.
    """

    name: str
    actor: str | None = None
    span: Span | None = None
    mention: str | None = None
    rule: str = ""
    unresolved: str | None = None


@dataclass(frozen=True, slots=True)
class EventTime:
    """When an event took place, with how that is known: ``rule`` is the trace of the anchor."""

    value: str
    granularity: Granularity
    rule: str
    mention: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, when and where, with its status and on whose word.

    ``according_to`` lists statement ids, outermost first; empty means that the publisher says so
    in its own voice. ``quad`` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict,
    4 material conflict, 0 none. ``intensity`` is PLOVER's, ``goldstein`` CAMEO's, both -10..10.
    ``auxiliary`` has PLOVER's four modes and ``generic``, for a standing situation or a habit.
    ``main`` marks the one event that the report is about, where it is about one.
    """

    id: str
    trigger: Span
    type: str
    cameo: str
    cameo_root: str
    quad: QuadClass
    status: Status
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    intensity: float | None = None
    goldstein: float | None = None
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    place: str | None = None
    time: EventTime | None = None
    polarity: Polarity = "+"
    certainty: Certainty = "CT"
    auxiliary: tuple[AuxiliaryMode, ...] = ()
    according_to: tuple[str, ...] = ()
    reciprocal: bool = False
    main: bool = False
    sentence: Span | None = None
    confidence: float = 1.0
    trace: tuple[Trace, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A report and what was read from it. ``coder`` names the software and models that read it;
    ``notes`` says in words what could not be read or resolved.
    """

    document: Document
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    coder: str = ""
    notes: tuple[str, ...] = ()

    def actor(self, identifier: str | None) -> Actor | None:
        """The actor of that id among those this reading refers to."""
        return self._actors.get(identifier or "")

    def mention(self, identifier: str | None) -> Mention | None:
        """The mention of that id."""
        return self._mentions.get(identifier or "")

    def statement(self, identifier: str | None) -> Statement | None:
        """The statement of that id."""
        return self._statements.get(identifier or "")

    def event(self, identifier: str | None) -> Event | None:
        """The event of that id."""
        return self._events.get(identifier or "")

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {record.id: record for record in self.actors}

    @cached_property
    def _mentions(self) -> dict[str, Mention]:
        return {record.id: record for record in self.mentions}

    @cached_property
    def _statements(self) -> dict[str, Statement]:
        return {record.id: record for record in self.statements}

    @cached_property
    def _events(self) -> dict[str, Event]:
        return {record.id: record for record in self.events}
