"""Read a text that is sent; nothing of it is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from dragoman.errors import DragomanError, problem
from dragoman.ingest import document as read_document
from dragoman.schema import reading_to_json
from dragoman.schema.records import dumps
from dragoman.web.api.common import FAULTS, PREFIX
from dragoman.web.state import awaited, state_of

router = APIRouter(prefix=PREFIX, tags=["reading"])


class Report(BaseModel):
    """A report to read. ``published`` is what "on Monday" is counted from."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1)
    published: dt.date | None = None
    publisher: str | None = Field(None, max_length=400)
    title: str | None = Field(None, max_length=2000)
    url: str | None = Field(None, max_length=2000)


@router.post("/read", response_model=dict[str, Any], responses=FAULTS)
async def read(request: Request, report: Report) -> Any:
    """The reading of a text, by the published JSON schema. Nothing is kept."""
    if not report.text.strip():
        raise DragomanError(problem("DR231"))
    given = report.model_dump(exclude={"text"})
    document = read_document(report.text, **given)
    address = request.client.host if request.client else ""
    found = await awaited(state_of(request).pastes.submit(document, address))
    headers = {"Cache-Control": "no-store"}
    return Response(dumps(reading_to_json(found)), media_type="application/json", headers=headers)
