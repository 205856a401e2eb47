"""Lists as files, in every format of the program: at once as a stream, or as a job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import FileResponse, JSONResponse, StreamingResponse

from dragoman.errors import problem
from dragoman.web import downloads
from dragoman.web.api.common import FAULTS, PREFIX, Asked, want
from dragoman.web.jobs import Job, Jobs
from dragoman.web.safety import RefusedError
from dragoman.web.state import State, state_of
from dragoman.web.wanted import Wanted

router = APIRouter(prefix=PREFIX, tags=["exports"])
_FILE: dict[int | str, dict[str, Any]] = {
    **FAULTS, 200: {"description": "The file.", "content": {"application/octet-stream": {}}}
}  # fmt: skip
Which = Annotated[Literal["events", "statements", "documents"], Query()]


class Standing(BaseModel):
    """How far a job is: ``done`` of ``whole`` bytes or rows are not known before the end, so
    ``done`` counts bytes written. ``result`` is where the file is, once it is ``finished``.
    """

    id: str
    state: Literal["waiting", "running", "finished", "failed", "cancelled"]
    done: int
    seconds: float
    result: str | None
    fault: str | None


@router.get("/exports/{format}", response_class=StreamingResponse, responses=_FILE)
def export(request: Request, format: str, asked: Asked, table: Which = "events") -> Any:
    """The rows of a list as a file, piece by piece."""
    state = state_of(request)
    form, pieces = _pieces(state, want(table, asked), format)
    headers = {"Content-Disposition": f'attachment; filename="{table}{form.suffix}"'}
    return StreamingResponse(pieces, media_type=form.type, headers=headers)


def _pieces(state: State, asked: Wanted, format: str) -> tuple[downloads.Format, Iterator[bytes]]:
    archive = state.holder.open()
    try:
        form, pieces = downloads.write(archive, asked, format)
    except BaseException:
        archive.close()
        raise

    def until_closed() -> Iterator[bytes]:
        try:
            yield from pieces
        finally:
            archive.close()

    return form, until_closed()


@router.post("/jobs/exports/{format}", response_model=Standing, status_code=202, responses=FAULTS)
def start(request: Request, format: str, asked: Asked, table: Which = "events") -> Any:
    """Begin to write a file; ask for its job until it is finished. It is kept for an hour."""
    state = state_of(request)
    form, pieces = _pieces(state, want(table, asked), format)
    job = _jobs(request).start(pieces, f"{table}{form.suffix}", form.type)
    headers = {"Location": f"{PREFIX}/jobs/{job.id}"}
    return JSONResponse(_told(job).model_dump(), 202, headers)


@router.get("/jobs/{id}", response_model=Standing, responses=FAULTS)
def standing(request: Request, id: str) -> Any:
    """How far a job is."""
    return JSONResponse(
        _told(_job(request, id)).model_dump(), headers={"Cache-Control": "no-store"}
    )


@router.get("/jobs/{id}/result", response_class=FileResponse, responses=_FILE)
def result(request: Request, id: str) -> Any:
    """The file of a finished job."""
    job = _job(request, id)
    if job.state != "finished":
        raise RefusedError(404, problem("DR228", what="finished file"))
    return FileResponse(job.path, media_type=job.type, filename=job.name)


@router.delete("/jobs/{id}", response_model=Standing, responses=FAULTS)
def cancel(request: Request, id: str) -> Any:
    """End a job, and take its file away."""
    job = _job(request, id)
    _jobs(request).cancel(job.id)
    return JSONResponse(_told(job).model_dump())


def _jobs(request: Request) -> Jobs:
    return state_of(request).jobs


def _job(request: Request, id: str) -> Job:
    job = _jobs(request).get(id)
    if job is None:
        raise RefusedError(404, problem("DR228", what="job"))
    return job


def _told(job: Job) -> Standing:
    return Standing(
        id=job.id, state=job.state, done=job.done, seconds=round(job.seconds, 3),
        result=f"{PREFIX}/jobs/{job.id}/result" if job.state == "finished" else None,
        fault=job.fault,
    )  # fmt: skip
