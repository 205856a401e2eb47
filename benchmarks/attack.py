"""The pages under attack: strings that try to run as script, and strings that try to be SQL.

Every string of the lists named ``*xss*`` (in any case of letters) becomes a report: its title, its
publisher, its address, in its text, the names of who takes part and where, of who is quoted and of
a loaded wording. A browser opens each report, the lists, the sources, and the string as a filter
and as a pasted report. Counted are dialogs, calls of alert, prompt and confirm, attributes ``on…``,
``javascript:`` links, elements that no page of ours has, and what the policy had to stop.

Every string of the lists named ``*sql*``, ``*union*``, ``*error*``, ``*bypass*`` and ``*fuzz*``
goes into each parameter of each list. Counted are answers of 500 and above, and rows that a
comparison by hand does not give.

Run: ``python -m benchmarks.attack LISTS [--every N]``, with ``N`` for each N-th string only; exit
code 1 where anything is counted.
"""

from __future__ import annotations

import argparse
import re
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import uvicorn

from dragoman.archive import Archive
from dragoman.archive.ingest import Job, ingest
from dragoman.batches import code
from dragoman.model import Actor, Document, Event, Mention, Participant, Place, Reading, Statement
from dragoman.web import Settings, create

_SCRIPT: Final = re.compile("xss", re.IGNORECASE)
_SQL: Final = re.compile("sql|union|error|bypass|fuzz", re.IGNORECASE)
_HEAD: Final = "A clerk said that a crowd had attacked a depot. "
_LOOK: Final = """() => {
  const found = {};
  const count = (name) => { found[name] = (found[name] || 0) + 1; };
  const ours = new Set(["HTML", "HEAD", "BODY", "META", "TITLE", "LINK", "SCRIPT", "A", "HEADER",
    "NAV", "MAIN", "FOOTER", "P", "H1", "H2", "H3", "DIV", "SPAN", "SECTION", "ARTICLE", "ASIDE",
    "UL", "OL", "LI", "DL", "DT", "DD", "B", "BDI", "BLOCKQUOTE", "TIME", "FORM", "LABEL", "INPUT",
    "SELECT", "OPTION", "BUTTON", "TEXTAREA", "DETAILS", "SUMMARY", "TABLE", "THEAD", "TBODY", "TR",
    "TH", "TD", "KBD", "CODE", "PRE", "FIGURE", "FIGCAPTION", "NOSCRIPT", "IMG"]);
  for (const one of document.querySelectorAll("*")) {
    if (!ours.has(one.nodeName)) count("foreign elements");
    for (const { name, value } of one.attributes) {
      if (name.startsWith("on")) count("on… attributes");
      const leads = ["href", "src", "action", "formaction", "xlink:href"].includes(name);
      if (leads && !/^(\\/|#|\\?|https?:|$)/i.test(value.trim())) count("javascript: links");
    }
    if (one.nodeName === "SCRIPT" && !one.src.startsWith(location.origin)) count("foreign scripts");
  }
  for (const name of window.ran || []) count(name);
  return found;
}"""
_WATCH: Final = """
window.ran = [];
for (const name of ["alert", "prompt", "confirm"]) window[name] = () => window.ran.push("calls");
document.addEventListener("securitypolicyviolation", () => window.ran.push("stopped by policy"));
"""


def strings(folder: Path, which: re.Pattern[str], every: int) -> list[str]:
    """The strings of the lists whose names fit, each once."""
    found: dict[str, None] = {}
    for path in sorted(folder.glob("*.txt")):
        if which.search(path.name):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            found |= dict.fromkeys(line for line in lines if line.strip())
    return list(found)[::every]


class Hostile:
    """Reads a report so that its title stands in every name."""

    coder = "hostile"

    def read(self, document: Document) -> Reading:
        """One event on the word of somebody called like the title."""
        evil = document.title or document.text
        base = document.text.find(_HEAD)
        if base < 0:
            return Reading(document, coder=self.coder)

        def at(words: str) -> Any:
            start = document.text.index(words, base)
            return document.span((start, start + len(words)))

        place = Place("p", evil, "city", 0.0, 0.0, "PER")
        mentions = (
            Mention("m1", at("a depot"), "place", evil, place=place),
            Mention("m2", at("a crowd"), "actor", evil, label=evil, category=evil, neutral=evil),
        )
        said = Statement("s1", at("that a crowd had attacked a depot"), "indirect", evil,
                         at("A clerk"), at("said"), speaker="report:evil")  # fmt: skip
        who = Participant(evil, None, at("a crowd"), unresolved=evil)
        event = Event("e1", at("attacked"), "ASSAULT", "190", "19", 4, "asserted", evil,
                      (evil,), actors=(who,), recipients=(Participant(evil, "report:evil"),),
                      place="m1", according_to=("s1",))  # fmt: skip
        actor = Actor("report:evil", evil, "person")
        return Reading(document, (actor,), mentions, (said,), (event,), self.coder, (evil,))

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """The same, one by one."""
        return map(self.read, documents)


def fill(folder: Path, evil: Sequence[str]) -> None:
    """An archive with a report for each string."""
    documents = [
        Document(f"d{number}", f"{_HEAD}{one}\n{one}", None, one, one, one)
        for number, one in enumerate(evil)
    ]
    reader = Hostile()
    report = ingest(folder, documents, Job("hostile", lambda batches: code(batches, reader)))
    if report.committed != len(documents):
        print(f"{len(documents) - report.committed} strings were not taken as reports")


class _Served:
    """The pages on a free port."""

    def __init__(self, folder: Path) -> None:
        made = Settings(folder, reader=Hostile, pastes=10**6)
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(create(made), log_level="error"))
        held = [self._socket]
        threading.Thread(target=lambda: self._server.run(sockets=held), daemon=True).start()
        while not self._server.started:
            time.sleep(0.01)

    def close(self) -> None:
        """Stop it."""
        self._server.should_exit = True


def scripts(folder: Path, evil: Sequence[str], chromium: str | None) -> Counter[str]:
    """Open everything in a browser; what ran or could have."""
    from playwright.sync_api import sync_playwright

    archive = Archive(folder)
    keys = archive.ask("SELECT reading FROM documents ORDER BY id")["reading"].to_pylist()
    served, found = _Served(folder), Counter[str]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.add_init_script(_WATCH)
        page.on("dialog", lambda dialog: (found.update(["dialogs"]), dialog.dismiss()))

        def look(path: str) -> None:
            page.goto(served.address + path, wait_until="domcontentloaded")
            found.update(page.evaluate(_LOOK))
            found["pages"] += 1

        for path in ("/", "/documents", "/events", "/statements", "/sources"):
            look(path)
            while (following := page.query_selector("a[rel=next]")) is not None:
                look(following.get_attribute("href") or "")
        for key in keys:
            look(f"/documents/{key}?event=e1")
        look("/source?who=report:evil")
        for one in evil:
            if len(one) <= 400:
                names = ("actor", "source", "place", "mode", "text", "publisher")
                look(f"/events?{urlencode(dict.fromkeys(names, one))}")
            look("/try")
            page.fill("#text", one)
            page.fill("#title", one.replace("\n", " "))
            page.fill("#publisher", one.replace("\n", " "))
            page.click("text='Read it'")
            page.wait_for_load_state("domcontentloaded")
            found.update(page.evaluate(_LOOK))
            found["pages"] += 1
        browser.close()
    served.close()
    return found


_FREE: Final = ("actor", "counterpart", "type", "mode", "status", "source", "place", "country",
                "publisher", "text")  # fmt: skip
_BOUND: Final = ("side", "dates", "order", "from", "to", "after")


def injections(folder: Path, evil: Sequence[str]) -> Counter[str]:
    """Each string in each parameter of each list; answers of 500 and above, rows too many."""
    from fastapi.testclient import TestClient

    client = TestClient(create(Settings(folder, hosts=("testserver",), reader=Hostile)))
    texts = Archive(folder).documents()["text"].to_pylist()
    found = Counter[str]()
    for one in evil:
        inside = sum(one.strip().lower() in text.lower() for text in texts)
        for table in ("events", "statements", "documents"):
            for name in (*_FREE, *_BOUND):
                answer = client.get(f"/{table}", params={name: one})
                found["requests"] += 1
                found["answers of 500 and above"] += answer.status_code >= 500
                if name in _FREE and answer.status_code == 200:
                    count = re.search(r'class="count"[^>]*><b>([\d,]+)', answer.text)
                    rows = int(count[1].replace(",", "")) if count else 0
                    asked = name in _asked(table) and one.strip()
                    due = (inside if name == "text" else 0) if asked else len(texts)
                    found["rows too many"] += max(0, rows - due)
        for path in ("/source", "/sources", "/disputed", "/pictures", "/documents/x"):
            given = dict.fromkeys(("who", "name", "occurrence", "kind", "event", "statement"), one)
            found["requests"] += 1
            found["answers of 500 and above"] += client.get(path, params=given).status_code >= 500
        answer = client.get("/source", params={"publisher": one})
        found["requests"] += 1
        found["rows too many"] += answer.status_code == 200
    return found


def _asked(table: str) -> tuple[str, ...]:
    """The parameters that a list narrows by."""
    if table == "documents":
        return ("publisher", "text")
    return _FREE if table == "events" else ("actor", "source", "type", "publisher", "text")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lists", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--chromium")
    parser.add_argument("--only", choices=("script", "sql"))
    options = parser.parse_args(arguments)
    faults = 0
    with tempfile.TemporaryDirectory() as scratch:
        if options.only != "sql":
            evil = strings(options.lists, _SCRIPT, options.every)
            fill(Path(scratch) / "script", evil)
            found = scripts(Path(scratch) / "script", evil, options.chromium)
            faults += _told(f"script: {len(evil)} strings, {found.pop('pages')} pages", found)
        if options.only != "script":
            evil = strings(options.lists, _SQL, options.every)
            plain = [f"{_HEAD}Report {n} of the depot." for n in range(20)]
            folder = Path(scratch) / "sql"
            reader = Hostile()
            documents = [
                Document(f"d{n}", text, None, "Wire", None, "Fire") for n, text in enumerate(plain)
            ]
            ingest(folder, documents, Job("hostile", lambda batches: code(batches, reader)))
            found = injections(folder, evil)
            faults += _told(f"SQL: {len(evil)} strings, {found.pop('requests')} requests", found)
    return 1 if faults else 0


def _told(head: str, found: Counter[str]) -> int:
    told = ", ".join(f"{name} {count}" for name, count in sorted(found.items()) if count)
    print(f"{head}: {told or 'nothing ran, no row too many, no answer of 500 and above'}")
    return sum(found.values())


if __name__ == "__main__":
    sys.exit(main())
