"""A poll of one address: what is new and what has changed, as items for an archive."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from dragoman.errors import Problem, problem
from dragoman.ingest import Item, Options, Rejected
from dragoman.watching import articles
from dragoman.watching.articles import Entry
from dragoman.watching.client import Client, Failed, Fetched, Validators, Waiting
from dragoman.watching.state import Seen, State, Watched

FIRST_WAIT: Final = 300.0
"""Seconds after the first failure; twice as long after each further one."""
LONGEST_WAIT: Final = 86_400.0
_NOBODY_ASKED: Final = frozenset({"DR120", "DR140", "DR141"})


@dataclass(slots=True)
class Counts:
    """Entries in the feed, articles that are new or changed, those read from the feed's own text,
    those left to the next poll.
    """

    entries: int = 0
    new: int = 0
    changed: int = 0
    own_text: int = 0
    left: int = 0


@dataclass(slots=True)
class Poll:
    """One poll of an address. Take :meth:`items` to the end, commit them, then :meth:`keep`: what
    is remembered before it is committed would be lost by a kill between the two.
    """

    url: str
    client: Client
    state: State
    options: Options
    most: int = 100
    counts: Counts = field(default_factory=Counts)
    outcome: str = ""
    _next: Watched | None = None
    _pages: dict[str, Validators] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        """What is new, what changed and what was refused."""
        known = self.state.watched.get(self.url, Watched())
        now = self.client.clock.now()
        if known.until > now:
            self.outcome = f"not asked before {_moment(known.until)}, as it failed"
            return
        got = self.client.fetch(self.url, known.validators)
        if isinstance(got, Waiting):
            self.outcome = _left_alone(got)
        elif isinstance(got, Failed):
            yield self._refused(got.problem, known)
        elif got.body is None:
            self.outcome = "unchanged"
            self._next = replace(known, failures=0, until=0.0)
        else:
            yield from self._came(got, got.body, known)

    def keep(self) -> None:
        """Remember the poll, now that its items are committed. Raises DragomanError (DR148)."""
        now = self.client.clock.now()
        waits = {host: until for host, until in self.client.waits.items() if until > now}
        self.client.waits, self.state.hosts = waits, dict(waits)
        self.state.pages.update(self._pages)
        if self._next is not None:
            self.state.watched[self.url] = self._next
        self.state.save()

    def _refused(self, told: Problem, known: Watched) -> Rejected:
        if told.code in _NOBODY_ASKED:  # the next run may be started in another way
            self.outcome = "not asked"
            return Rejected(self.url, told)
        failures = known.failures + 1
        wait = min(FIRST_WAIT * 2 ** min(failures - 1, 16), LONGEST_WAIT)
        until = self.client.clock.now() + wait
        self.outcome = f"failed; not asked before {_moment(until)}"
        self._next = replace(known, failures=failures, until=until)
        return Rejected(self.url, told)

    def _came(self, got: Fetched, body: bytes, known: Watched) -> Iterator[Item]:
        digest = hashlib.sha256(body).hexdigest()[:16]
        if digest == known.digest:
            self.outcome = "unchanged"
            self._next = replace(known, validators=got.validators, failures=0, until=0.0)
            return
        kind = articles.kind_of(got)
        if isinstance(kind, Problem):
            yield self._refused(kind, known)
        elif kind == "html":
            yield from self._page(got, digest, known)
        else:
            yield from self._feed(got, digest, known)

    def _page(self, got: Fetched, digest: str, known: Watched) -> Iterator[Item]:
        read = articles.page(got, self.url, self.options)
        yield from read.told
        if isinstance(read.outcome, Problem):
            yield self._refused(read.outcome, known)
            return
        first = not known.digest
        self.counts.new, self.counts.changed = int(first), int(not first)
        self.outcome = "a page, " + ("new" if first else "changed")
        self._next = Watched(got.validators, digest)
        yield read.outcome

    def _feed(self, got: Fetched, digest: str, known: Watched) -> Iterator[Item]:
        found, whole = articles.entries(got, self.url, self.options)
        yield from (item for item in whole if not isinstance(item, Rejected))
        broken = [item.problem for item in whole if isinstance(item, Rejected)]
        if broken:
            yield self._refused(broken[0], known)
            return
        self.counts.entries = len(found)
        seen: dict[str, Seen] = {}
        asked = 0
        for entry in found:
            before = known.seen.get(entry.key)
            if entry.key in seen and entry.document is not None:
                continue  # twice in one feed
            if before is not None and before.mark == entry.mark and not before.open:
                seen[entry.key] = before
                continue
            asked += 1
            if asked > self.most:
                self.counts.left += 1
                seen |= {entry.key: before} if before is not None else {}
                continue
            yield from self._entry(entry, before, seen)
        self._settle(got, digest, seen)

    def _settle(self, got: Fetched, digest: str, seen: dict[str, Seen]) -> None:
        counts = self.counts
        self.outcome = f"{counts.entries} entries, {counts.new} new, {counts.changed} changed"
        if counts.own_text:
            self.outcome += f", {counts.own_text} from {articles.OWN_TEXT}"
        if counts.left:
            self.outcome += f", {counts.left} left to the next poll"
        # What is still to be asked for must not hide behind "unchanged" at the next poll.
        done = not counts.left and not any(one.open for one in seen.values())
        self._next = Watched(got.validators, digest, seen=seen) if done else Watched(seen=seen)

    def _entry(self, entry: Entry, before: Seen | None, seen: dict[str, Seen]) -> Iterator[Item]:
        """The article of an entry; where its page cannot be had, the entry's own text."""
        tries = before.tries + 1 if before is not None and before.mark == entry.mark else 1
        why: Problem | None = None
        if entry.link is not None and entry.document is not None:
            got = self.client.fetch(entry.link, self.state.pages.get(entry.link))
            if isinstance(got, Waiting):
                self.counts.left += 1
                seen |= {entry.key: before} if before is not None else {}
                return
            if isinstance(got, Fetched):
                if got.body is None:
                    seen[entry.key] = Seen(entry.mark)
                    return
                read = self._read(got, entry.link, entry)
                if not isinstance(read.outcome, Problem):
                    yield from (*entry.told, *read.told)
                    self._count(before, seen, entry, 0)
                    self._pages[entry.link] = got.validators
                    yield read.outcome
                    return
                why, tries = read.outcome, 0
            else:
                why, tries = got.problem, 0 if got.lasting else tries
        else:
            tries = 0
        yield from self._own(entry, why)
        self._count(before, seen, entry, tries)

    def _read(self, got: Fetched, link: str, entry: Entry) -> articles.Read:
        kind = articles.kind_of(got)
        if isinstance(kind, Problem):
            return articles.Read(kind)
        if kind == "feed":
            return articles.Read(problem("DR149", why="it is a feed"))
        return articles.page(got, link, self.options, entry.document)

    def _own(self, entry: Entry, why: Problem | None) -> Iterator[Item]:
        yield from entry.told
        if entry.document is None:
            return
        origin = entry.link or str(entry.document.origin)
        if why is not None and why.code == "DR028":  # the article itself is not English
            yield Rejected(origin, why)
            return
        if why is not None:
            yield Rejected(origin, why, document_kept=True)
        self.counts.own_text += 1
        yield articles.own_text(entry.document, why)

    def _count(self, before: Seen | None, seen: dict[str, Seen], entry: Entry, tries: int) -> None:
        if entry.document is not None:
            self.counts.new += before is None
            self.counts.changed += before is not None and before.mark != entry.mark
        seen[entry.key] = Seen(entry.mark, tries)


def _left_alone(waiting: Waiting) -> str:
    return f"{waiting.host} asked to be left alone until {_moment(waiting.until)}"


def _moment(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
