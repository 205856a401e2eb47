"""Lists of events, statements and reports, narrowed by facets, and as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, StreamingResponse

from dragoman.archive import Archive
from dragoman.errors import DragomanError, problem
from dragoman.ontologies import plover
from dragoman.web import asking, downloads
from dragoman.web.state import state_of
from dragoman.web.wanted import ORDER_OF, Table, wanted

router = APIRouter(include_in_schema=False)
_TABLES: Final[tuple[Table, ...]] = ("events", "statements", "documents")


@router.get("/events")
def events(request: Request) -> HTMLResponse:
    """Who did what to whom, on whose word."""
    return _list(request, "events")


@router.get("/statements")
def statements(request: Request) -> HTMLResponse:
    """Who says what."""
    return _list(request, "statements")


@router.get("/documents")
def documents(request: Request) -> HTMLResponse:
    """The reports."""
    return _list(request, "documents")


def _list(request: Request, table: Table) -> HTMLResponse:
    state = state_of(request)
    asked = wanted(table, request.query_params)
    with state.archive() as archive:
        narrow = asking.narrowed(archive, asked)
        found = asking.page(archive, narrow)
        facets = asking.facets(archive, narrow, found.count)
        told = (asked.actor, asked.counterpart, asked.source)
        names = asking.names(archive, told)
    return state.page(
        "explorer.html",
        here=table,
        table=table,
        asked=asked,
        found=found,
        facets=facets,
        names=names,
        orders=ORDER_OF[table],
        formats=list(downloads.formats(table).values()),
        types=sorted(plover().types),
        again=asked.after is not None,
    )


@router.get("/download/{table}.{form}")
def download(request: Request, table: str, form: str) -> StreamingResponse:
    """All rows of a list in one file."""
    kind = next((name for name in _TABLES if name == table), None)
    if kind is None:
        raise DragomanError(problem("DR228", what="table"))
    state = state_of(request)
    asked = wanted(kind, request.query_params).without("after")
    archive = state.holder.open(timeout=60.0)
    try:
        format, pieces = downloads.write(archive, asked, form)
        first = next(pieces, b"")  # what can go wrong goes wrong before the file begins
    except BaseException:
        archive.close()
        raise
    name = f'attachment; filename="{kind}{format.suffix}"'
    body = _whole(archive, first, pieces)
    return StreamingResponse(body, media_type=format.type, headers={"Content-Disposition": name})


def _whole(archive: Archive, first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield first
        yield from rest
    finally:
        archive.close()
