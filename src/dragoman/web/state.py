"""What all pages share: settings, the archive, the reader, the templates."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import HTMLResponse

from dragoman.archive import Archive
from dragoman.web.holding import Holder
from dragoman.web.jobs import Jobs
from dragoman.web.linked import Linked
from dragoman.web.pasting import Pastes
from dragoman.web.rendering import Templates
from dragoman.web.settings import Settings


@dataclass(frozen=True, slots=True)
class State:
    """One for an application, at ``app.state.dragoman``."""

    settings: Settings
    holder: Holder
    pastes: Pastes
    linked: Linked
    templates: Templates
    jobs: Jobs
    homes: dict[int, dict[str, Any]] = field(default_factory=dict)

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """The newest version of the archive, for the time of the block, in this thread."""
        with self.holder.lend() as archive:
            yield archive

    def page(self, name: str, status: int = 200, /, **context: Any) -> HTMLResponse:
        """A template filled in."""
        return HTMLResponse(self.templates.render(name, **context), status)


def state_of(request: Request) -> State:
    """The state of the application that a request came to."""
    return cast(State, request.app.state.dragoman)


async def awaited(future: Any) -> Any:
    """What a future of a worker thread gives."""
    return await asyncio.wrap_future(future)
