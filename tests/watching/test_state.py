from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DragomanError
from dragoman.watching.client import Validators
from dragoman.watching.state import Seen, State, Watched, load


def test_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "new" / "watch.json"
    assert load(path) == State(path)
    feed = Watched(Validators("u", '"é"', None), "d", 2, 5.5, {"a": Seen("m", 1)})
    state = State(path, {"u": feed}, {"a": Validators("a", None, "x")}, {"h": 9.0})
    state.save()
    assert load(path) == state
    assert [found.name for found in path.parent.iterdir()] == ["watch.json"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2}', '{"version": 1}', "\0", "[" * 9999]
)
def test_what_cannot_be_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "watch.json"
    path.write_text(text)
    with pytest.raises(DragomanError) as caught:
        load(path)
    assert caught.value.problem.code == "DR148"


def test_what_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DragomanError) as caught:
        State(tmp_path / "file" / "watch.json").save()
    assert caught.value.problem.code == "DR148"
