"""Stories and occurrences: copies of one text, accounts of one happening."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from dragoman.cli.rows import plain
from dragoman.web.api.common import FAULTS, PREFIX, answer, unchanged
from dragoman.web.linked import Standing
from dragoman.web.state import state_of

router = APIRouter(prefix=PREFIX, tags=["links"])


class Links(BaseModel):
    """``standing`` tells whether they are ready, or still worked on for this version."""

    standing: Standing
    count: int
    items: list[dict[str, Any]]


_Start = Annotated[int, Query(ge=0, le=10_000_000, description="Rows to leave out.")]
_Limit = Annotated[int, Query(ge=1, le=500)]


@router.get("/occurrences", response_model=Links, responses=FAULTS)
def occurrences(
    request: Request, disputed: bool = False, start: _Start = 0, limit: _Limit = 100
) -> Any:
    """Happenings with all accounts of each; ``disputed`` keeps those whose accounts contradict."""
    linked = state_of(request).linked
    links = linked.links()
    rows = links.disputed if disputed else list(links.occurrences.values())
    return _links(request, linked.standing, rows, start, limit)


@router.get("/stories", response_model=Links, responses=FAULTS)
def stories(request: Request, start: _Start = 0, limit: _Limit = 100) -> Any:
    """Texts that several documents carry, the first publisher of each first."""
    linked = state_of(request).linked
    copies = linked.links().copies
    rows = [{"story": rows[0]["story"], "documents": list(rows)}
            for document, rows in copies.items() if rows[0]["document_id"] == document]  # fmt: skip
    return _links(request, linked.standing, rows, start, limit)


def _links(
    request: Request, standing: Standing, rows: list[dict[str, Any]], start: int, limit: int
) -> Any:
    if standing == "ready" and (same := unchanged(request)) is not None:
        return same
    items = [plain(row) for row in rows[start : start + limit]]
    return answer(request, {"standing": standing, "count": len(rows), "items": items})
