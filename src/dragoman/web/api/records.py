"""Lists of events, statements and documents, and single readings."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from dragoman.cli.rows import plain
from dragoman.errors import problem
from dragoman.schema import reading_to_json
from dragoman.web import asking
from dragoman.web.api.common import (
    FAULTS,
    PREFIX,
    After,
    Asked,
    Rows,
    Size,
    answer,
    unchanged,
    want,
)
from dragoman.web.safety import RefusedError
from dragoman.web.state import state_of
from dragoman.web.wanted import ORDER_OF, Table

router = APIRouter(prefix=PREFIX, tags=["readings"])
_PAGE = 100


def _list(
    request: Request, table: Table, given: dict[str, str], size: int, after: str | None
) -> Any:
    if (same := unchanged(request)) is not None:
        return same
    with state_of(request).archive() as archive:
        found = asking.page(archive, want(table, given, after), size)
        version = archive.version
    told = {
        "version": version,
        "count": found.count,
        "items": [plain({k: v for k, v in row.items() if k != "sorted"}) for row in found.rows],
        "next": found.following,
    }
    return answer(request, told)


@router.get("/events", response_model=Rows, responses=FAULTS)
def events(request: Request, asked: Asked, limit: Size = _PAGE, after: After = None) -> Any:
    """Who did what to whom, each on whose word; in the order that ``order`` says."""
    return _list(request, "events", asked, limit, after)


@router.get("/statements", response_model=Rows, responses=FAULTS)
def statements(request: Request, asked: Asked, limit: Size = _PAGE, after: After = None) -> Any:
    """Who said what."""
    return _list(request, "statements", asked, limit, after)


@router.get("/documents", response_model=Rows, responses=FAULTS)
def documents(request: Request, asked: Asked, limit: Size = _PAGE, after: After = None) -> Any:
    """The reports, each with the beginning of its text; ``reading`` names what was read in it."""
    return _list(request, "documents", asked, limit, after)


@router.get("/readings/{reading}", response_model=dict[str, Any], responses=FAULTS)
def reading(request: Request, reading: str) -> Any:
    """A report with its mentions, statements and events, by the published JSON schema."""
    if (same := unchanged(request)) is not None:
        return same
    with state_of(request).archive() as archive:
        found = dict(archive.readings([reading]))
    if reading not in found:
        raise RefusedError(404, problem("DR228", what="reading"))
    return answer(request, reading_to_json(found[reading]))


ORDERS = {table: list(orders) for table, orders in ORDER_OF.items()}
