"""A box for a report, and its reading at once. Nothing is kept unless that is asked for."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dragoman.errors import DragomanError, problem
from dragoman.ingest import document as read_document
from dragoman.model import Document, Reading
from dragoman.web import reports
from dragoman.web.linked import Links
from dragoman.web.pages.reader import shown
from dragoman.web.state import State, awaited, state_of

router = APIRouter(include_in_schema=False)
_FIELDS: Final = ("text", "published", "publisher", "title", "url")
_NO_LINKS: Final = Links()


@router.get("/try")
def box(request: Request) -> HTMLResponse:
    """The empty box."""
    state = state_of(request)
    return state.page("try.html", here="try", limit=state.settings.paste)


@router.post("/try")
async def read(request: Request) -> Response:
    """The reading of what was pasted; with ``keep`` it goes into the archive."""
    state = state_of(request)
    form = await _form(request)
    document = _document(form)
    address = request.client.host if request.client else ""
    if form.get("keep"):
        work = lambda reader: _keep(state, reader, document)  # noqa: E731
        key = await awaited(state.pastes.submit(document, address, work))
        return RedirectResponse(f"/documents/{key}", 303)
    reading: Reading = await awaited(state.pastes.submit(document, address))
    found = reports.report_of(reading)
    answer = await run_in_threadpool(shown, state, found, _NO_LINKS, kept=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def _form(request: Request) -> dict[str, str]:
    body = (await request.body()).decode("utf-8", "replace")
    held = parse_qs(body, keep_blank_values=True, max_num_fields=20)
    return {name: values[0] for name, values in held.items()}


def _document(form: Mapping[str, str]) -> Document:
    # A form sends every end of line as two characters.
    text = form.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise DragomanError(problem("DR231"))
    given: dict[str, Any] = {name: form.get(name, "").strip() or None for name in _FIELDS[2:]}
    day = form.get("published", "").strip()
    try:
        published = dt.date.fromisoformat(day) if day else None
    except ValueError:
        raise DragomanError(problem("DR050", value=day[:100])) from None
    return read_document(text, published=published, **given)


def _keep(state: State, reader: Any, document: Document) -> str:
    """Bring the document into the archive; the id of its reading there."""
    from dragoman.archive.ingest import Job, ingest
    from dragoman.batches import code

    kept = dataclasses.replace(document, origin="pasted")
    job = Job(reader.coder, lambda batches: code(batches, reader))
    ingest(state.settings.archive, [kept], job, sources=["pasted"])
    state.holder.look()
    archive = state.holder.open(timeout=state.settings.timeout)
    try:
        sql = "SELECT reading FROM documents WHERE id = ? ORDER BY revision DESC LIMIT 1"
        found = archive.ask(sql, [kept.id])["reading"].to_pylist()
    finally:
        archive.close()
    if not found:
        raise DragomanError(problem("DR228", what="report: the archive did not take it"))
    return str(found[0])
