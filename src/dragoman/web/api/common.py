"""What the parts of the interface share: what may be asked, how answers and faults look."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated, Any, Final, Literal

from fastapi import Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from dragoman.errors import DragomanError, Problem, problem
from dragoman.schema.records import dumps
from dragoman.version import __version__
from dragoman.web.state import State, state_of
from dragoman.web.wanted import FIELDS, Table, Wanted, wanted

PREFIX: Final = "/api/v1"
FAULT: Final = "application/problem+json"
_LONGEST: Final = 400


class Fault(BaseModel):
    """What went wrong and what to do, as RFC 9457 (Nottingham et al. 2023) has it; ``code`` is the
    number under which the manual lists it.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    notes: list[str] = Field(default_factory=list)


class Rows(BaseModel):
    """A page of a list. ``next`` is what ``after`` of the next page is, null on the last."""

    model_config = ConfigDict(extra="forbid")

    version: int
    count: int
    items: list[dict[str, Any]]
    next: str | None


_TOLD: Final = {
    400: "A value cannot be what it is.",
    401: "The token is missing or wrong.",
    404: "There is no such thing.",
    413: "It is too large.",
    429: "Too many requests in a short time.",
    503: "The archive is busy, or the question took too long.",
}
FAULTS: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "Nothing has changed since the ETag that was sent."},
    **{
        status: {"description": told, "content": {FAULT: {"schema": Fault.model_json_schema()}}}
        for status, told in _TOLD.items()
    },
}


def fault(status: int, found: Problem, notes: tuple[str, ...] = ()) -> Response:
    """The answer that tells a fault."""
    told = Fault(
        type=f"urn:dragoman:{found.code.lower().replace(' ', '-')}",
        title=found.what,
        status=status,
        detail=found.remedy,
        code=found.code,
        notes=list(notes),
    )
    return JSONResponse(told.model_dump(), status, media_type=FAULT)


def _day(name: str, value: str | None) -> None:
    if value is None:
        return
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        told = problem("DR222", name=name, value=value[:100], example="a day as 2026-03-01")
        raise DragomanError(told) from None


_Word = Annotated[str | None, Query(max_length=_LONGEST)]
_Day = Annotated[str | None, Query(json_schema_extra={"format": "date"})]


def asked(
    request: Request,
    actor: _Word = None,
    side: Annotated[Literal["either", "initiator", "recipient"], Query()] = "either",
    counterpart: _Word = None,
    type: _Word = None,
    mode: _Word = None,
    status: _Word = None,
    source: _Word = None,
    own_voice: Annotated[bool, Query(description="Only what the publisher says itself.")] = False,
    first: Annotated[str | None, Query(alias="from", json_schema_extra={"format": "date"})] = None,
    to: _Day = None,
    dates: Annotated[Literal["event", "publication"], Query()] = "event",
    place: _Word = None,
    country: _Word = None,
    publisher: _Word = None,
    text: _Word = None,
) -> dict[str, str]:
    """What narrows a list, in the words of ``dragoman query``; an actor is an id or a name."""
    _day("from", first)
    _day("to", to)
    return {name: value for name, value in request.query_params.items() if name in FIELDS}


Asked = Annotated[dict[str, str], Depends(asked)]
Size = Annotated[int, Query(ge=1, le=500, description="Rows of a page.")]
After = Annotated[str | None, Query(max_length=2000, description="`next` of the page before.")]


def want(table: Table, given: dict[str, str], after: str | None = None) -> Wanted:
    """The filter of a list. Raises DragomanError for a value that cannot be."""
    return wanted(table, given | ({"after": after} if after else {}))


def etag(request: Request, state: State) -> str:
    """The tag of an answer: alike while archive, program and question are the same."""
    told = f"{__version__} {state.holder.version} {request.url.path}?{request.url.query}"
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'


def unchanged(request: Request) -> Response | None:
    """The answer that nothing has changed, where the one who asks has what there is."""
    tag = etag(request, state_of(request))
    held = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers={"ETag": tag}) if tag in held or "*" in held else None


def answer(request: Request, value: Any) -> Response:
    """A value as JSON, with the tag of the archive's version."""
    headers = {"ETag": etag(request, state_of(request)), "Cache-Control": "no-cache"}
    return Response(dumps(value), media_type="application/json", headers=headers)
