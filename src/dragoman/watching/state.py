"""What is remembered between polls: a small JSON file beside the archive's tables.

It is written when what it speaks of is committed, and not before: a run that is killed asks again
for what it had not committed, and the archive knows what it has.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from dragoman.errors import DragomanError, problem
from dragoman.watching.client import Validators

NAME: Final = "watch.json"
_VERSION: Final = 1
_MOST_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry of a feed that was dealt with: a digest of it, and how often its page was asked for
    in vain (0: no need to ask again).
    """

    mark: str
    tries: int = 0

    @property
    def open(self) -> bool:
        """Whether its page is to be asked for again."""
        return 0 < self.tries < _MOST_TRIES


@dataclass(slots=True)
class Watched:
    """What is known of an address to be polled. ``until``: not asked before (since 1970);
    ``failures`` in a row; ``digest`` of what came last; ``seen`` of a feed's entries.
    """

    validators: Validators = field(default_factory=Validators)
    digest: str = ""
    failures: int = 0
    until: float = 0.0
    seen: dict[str, Seen] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """All of it. ``pages`` are articles by their address, ``hosts`` who wants to be left alone."""

    path: Path
    watched: dict[str, Watched] = field(default_factory=dict)
    pages: dict[str, Validators] = field(default_factory=dict)
    hosts: dict[str, float] = field(default_factory=dict)

    def save(self) -> None:
        """Write it in one step. Raises DragomanError (DR148)."""
        used = {key for one in self.watched.values() for key in one.seen}
        self.pages = {url: held for url, held in self.pages.items() if url in used}
        value = {
            "version": _VERSION,
            "watched": {url: asdict(one) for url, one in self.watched.items()},
            "pages": {url: asdict(one) for url, one in self.pages.items()},
            "hosts": self.hosts,
        }
        partial = self.path.with_name(f".{self.path.name}.{os.getpid()}.partial")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
            partial.replace(self.path)
        except (OSError, UnicodeError) as error:
            told = problem("DR148", path=self.path, done="written", why=error)
            raise DragomanError(told) from error
        finally:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)


def load(path: Path) -> State:
    """What was written there; nothing where no file is. Raises DragomanError (DR148)."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        return _state(path, value)
    except FileNotFoundError:
        return State(path)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        told = problem("DR148", path=path, done="read", why=str(error) or type(error).__name__)
        raise DragomanError(told) from error


def _state(path: Path, value: Any) -> State:
    if value["version"] != _VERSION:
        raise ValueError(f"it is of version {value['version']}")
    watched = {str(url): _watched(one) for url, one in value["watched"].items()}
    pages = {str(url): _validators(one) for url, one in value["pages"].items()}
    hosts = {str(host): float(until) for host, until in value["hosts"].items()}
    return State(path, watched, pages, hosts)


def _watched(value: Any) -> Watched:
    seen = {str(k): Seen(str(v["mark"]), int(v["tries"])) for k, v in value["seen"].items()}
    return Watched(
        _validators(value["validators"]),
        str(value["digest"]),
        int(value["failures"]),
        float(value["until"]),
        seen,
    )


def _validators(value: Any) -> Validators:
    etag, modified = (None if value[k] is None else str(value[k]) for k in ("etag", "modified"))
    return Validators(str(value["url"]), etag, modified)
