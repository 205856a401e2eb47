"""The pages, one module for each kind."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from dragoman.web.pages import (
    disputed,
    explorer,
    home,
    pasted,
    pictures,
    reader,
    sources,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    home.router,
    reader.router,
    explorer.router,
    sources.router,
    disputed.router,
    pictures.router,
    pasted.router,
)
