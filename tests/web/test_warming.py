from __future__ import annotations

import os
import time

import pytest

from dragoman.web import warming


class LeftError(Exception):
    """In place of the end of the process."""


def test_it_ends_with_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    parents = iter([7, 7, 1])
    looks: list[float] = []

    def leave(code: int) -> None:
        raise LeftError(code)

    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setattr(time, "sleep", looks.append)
    with pytest.raises(LeftError):
        warming.leave_after(7)
    assert len(looks) == 2
