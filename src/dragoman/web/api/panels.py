"""Counts by pair of parties and period."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from dragoman.archive.panels import Form, Level, OnePer, Part, Period, Shape
from dragoman.cli.rows import plain
from dragoman.web.api.common import FAULTS, PREFIX, Asked, answer, unchanged, want
from dragoman.web.state import state_of

router = APIRouter(prefix=PREFIX, tags=["panels"])


class Panel(BaseModel):
    """``chosen`` says in words what was counted; ``notes`` what was left out, and why."""

    version: int
    chosen: str
    notes: list[str]
    items: list[dict[str, Any]]


@router.get("/panel", response_model=Panel, responses=FAULTS)
def panel(
    request: Request,
    asked: Asked,
    period: Period = "month",
    by: Annotated[list[Part] | None, Query()] = None,
    level: Level = "actor",
    one_per: OnePer = "report",
    form: Form = "wide",
    undirected: bool = False,
    among: Annotated[list[str] | None, Query(max_length=50)] = None,
    unresolved: bool = False,
    self_dyads: bool = False,
    zeros: bool = False,
    events: bool = False,
) -> Any:
    """Events from whom to whom, by day, week, month or year; see ``dragoman panel``."""
    if (same := unchanged(request)) is not None:
        return same
    shape = Shape(
        period=period, by=tuple(by or ()), level=level, one_per=one_per, form=form,
        undirected=undirected, among=tuple(among or ()), unresolved=unresolved,
        self_dyads=self_dyads, zeros=zeros, events=events,
    )  # fmt: skip
    held = dataclasses.asdict(want("events", asked).filter())
    with state_of(request).archive() as archive:
        found = archive.panel(
            shape, **{k: v for k, v in held.items() if k not in ("order", "limit")}
        )
        version = archive.version
    told = {
        "version": version,
        "chosen": found.chosen,
        "notes": list(found.notes),
        "items": [plain(row) for row in found.rows.to_pylist()],
    }
    return answer(request, told)
