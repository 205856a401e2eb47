"""What ``dragoman watch`` does: rounds of polls, each brought into the archive before the next."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dragoman.cli.terminal import say
from dragoman.cli.workers import Engine, coding, ending
from dragoman.engines import Setup
from dragoman.errors import DragomanError, Problem
from dragoman.ingest import Item, Notice, Options
from dragoman.ingest.needs import need
from dragoman.watching import addresses, connection, proxies
from dragoman.watching.client import Client, Limits
from dragoman.watching.polling import Poll
from dragoman.watching.state import NAME, State, load

if TYPE_CHECKING:
    from dragoman.archive.committer import Refused
    from dragoman.archive.ingest import Job

_STOPPED: Final = (
    "dragoman: stopped. What was committed is kept; the same command goes on from there."
)


_OF_VALUES: Final = frozenset({"DR040", "DR041"})


@dataclass(slots=True)
class _Counts:
    rounds: int = 0
    committed: int = 0
    unchanged: int = 0
    rejected: int = 0
    kept: int = 0
    own_text: int = 0


@dataclass(slots=True)
class Watch:
    """The options of a watch. ``every`` None: one round only."""

    folder: Path
    options: Options
    every: float | None = None
    state: Path | None = None
    most: int = 100
    commit: int = 20
    limits: Limits = field(default_factory=Limits)
    allow_private: bool = False
    env_proxy: bool = False
    _done: _Counts = field(default_factory=_Counts)

    def run(self, urls: Iterable[str], engine: Engine, setup: Setup) -> bool:
        """Watch the addresses; whether anything was refused. Raises DragomanError on wrong use."""
        from dragoman.archive.ingest import Job

        named = list(dict.fromkeys(_plain(url) for url in urls))
        for module, what in (("feedparser", "feeds"), ("trafilatura", "HTML pages")):
            need(module, "watch", what)
        remembered = load(self.state or self.folder / NAME)
        client = Client(
            self.limits,
            self.allow_private,
            dial=proxies.dialler() if self.env_proxy else connection.dial,
            waits=dict(remembered.hosts),
        )
        with ending(_STOPPED), coding(engine, setup) as (coder, code):
            job = Job(coder, code, commit=self.commit)
            try:
                self._rounds(named, client, remembered, job)
            finally:
                self._summary(len(named))
        return bool(self._done.rejected or self._done.kept)

    def _rounds(self, urls: list[str], client: Client, held: State, job: Job) -> None:
        while True:
            began = time.monotonic()
            for url in urls:
                self._poll(Poll(url, client, held, self.options, self.most), job)
            self._done.rounds += 1
            if self.every is None:
                return
            wait(max(0.0, self.every - (time.monotonic() - began)))

    def _poll(self, poll: Poll, job: Job) -> None:
        from dragoman.archive.ingest import ingest

        items = poll.items()
        first = next(items, None)
        if first is not None:  # a run is written down only where there is something
            told = _noticed(itertools.chain([first], items))
            report = ingest(self.folder, told, job, sources=[poll.url], done=_refused)
            self._done.committed += report.committed
            self._done.unchanged += report.unchanged
            self._done.kept += sum(one.document_kept for one in report.refused)
            self._done.rejected += sum(not one.document_kept for one in report.refused)
        self._done.own_text += poll.counts.own_text
        poll.keep()
        say(f"{poll.url}: {poll.outcome}")

    def _summary(self, count: int) -> None:
        done = self._done
        parts = [f"{done.committed} committed", f"{done.unchanged} there already"]
        parts += [f"{done.rejected} rejected"] if done.rejected else []
        parts += [f"{done.own_text} from the feed's own text"] if done.own_text else []
        addresses_, rounds = _some(count, "address", "es"), _some(done.rounds, "round", "s")
        say(f"dragoman: {addresses_}, {rounds}: {', '.join(parts)}.")


def wait(seconds: float) -> None:
    """Let time go by between two rounds."""
    time.sleep(seconds)


def _plain(url: str) -> str:
    found = addresses.parse(url)
    if isinstance(found, Problem):
        raise DragomanError(Problem(found.code, f"{url}: {found.what}", found.remedy))
    return found.url


def _noticed(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Notice):
            say(f"note: {item.origin}: {item.problem}")
        yield item


def _refused(count: int, refused: Iterable[Refused]) -> None:
    for one in refused:
        kind = "page not read" if one.document_kept else "rejected"
        kind = "value rejected" if one.number in _OF_VALUES else kind
        say(f"{kind}: {one.origin}: {one.number} {one.reason}.")


def _some(count: int, word: str, ending_: str) -> str:
    return f"{count} {word}{'' if count == 1 else ending_}"
