from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.watching.server import Net, Server


@pytest.fixture
def server() -> Iterator[Server]:
    """A server with nothing on it."""
    with Server().running() as running:
        yield running


@pytest.fixture
def net(server: Server) -> Net:
    """A net where every name leads to the server."""
    return Net(server)
