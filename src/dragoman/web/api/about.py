"""What stands behind the interface: program, archive, version."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from dragoman.version import __version__
from dragoman.web.api.common import FAULTS, PREFIX, answer, unchanged
from dragoman.web.state import state_of

router = APIRouter(prefix=PREFIX, tags=["archive"])


class About(BaseModel):
    """``citation`` is a sentence that names this version; ``documents`` counts reports."""

    program: str
    version: int
    documents: int
    content_hash: str
    coders: list[str]
    citation: str


@router.get("", response_model=About, responses=FAULTS)
def about(request: Request) -> Any:
    """The archive's version, and how to cite it."""
    if (same := unchanged(request)) is not None:
        return same
    with state_of(request).archive() as archive:
        cited, version = archive.cite(), archive.version
    return _told(request, version, cited)


def _told(request: Request, version: int, cited: Any) -> Response:
    told = {
        "program": __version__,
        "version": version,
        "documents": cited.documents,
        "content_hash": cited.content_hash,
        "coders": list(cited.coders),
        "citation": str(cited),
    }
    return answer(request, told)
