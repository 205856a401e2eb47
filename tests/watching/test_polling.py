from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.ingest import Item, Notice, Options, Rejected
from dragoman.model import Document
from dragoman.watching.client import Client, Validators
from dragoman.watching.polling import Poll
from dragoman.watching.state import State, load
from tests.watching.server import MORE, STORY, Net, Page, Server, article, feed

FEED = "http://news.example/feed"
ONE = ("/1", "Envoys meet", f"Short: {STORY}")
TWO = ("/2", "Ferry fired at", "A ferry was fired at near the border, witnesses told the police.")


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path / "watch.json")


def poll(client: Client, state: State, url: str = FEED, most: int = 100) -> tuple[Poll, list[Item]]:
    """A poll whose items were committed, and the state as the next program finds it."""
    one = Poll(url, client, state, Options(), most)
    items = list(one.items())
    one.keep()
    assert load(state.path) == state
    return one, items


def documents(items: list[Item]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def refused(items: list[Item]) -> list[tuple[str, str, bool]]:
    return [
        (item.origin, item.problem.code, item.document_kept)
        for item in items
        if isinstance(item, Rejected)
    ]


def test_articles_of_a_feed(server: Server, net: Net, state: State) -> None:
    server.pages |= {"/feed": feed(ONE, TWO), "/1": article(), "/2": article(title="Another")}
    done, items = poll(net.client(), state)
    first, second = documents(items)
    assert STORY.strip() in first.text and MORE.strip() in first.text and "Home" not in first.text
    assert (first.title, first.publisher, first.url) == (
        "Envoys meet",
        "Harbour Post",
        "http://news.example/1",
    )
    assert str(first.published) == "2024-03-05" and first.origin == first.url
    assert first.id != second.id and second.title == "Ferry fired at"  # as the feed has it
    assert done.outcome == "2 entries, 2 new, 0 changed" and refused(items) == []


def test_what_was_read_is_not_asked_for_again(server: Server, net: Net, state: State) -> None:
    server.pages |= {"/feed": feed(ONE), "/1": article(), "/2": article()}
    client = net.client()
    poll(client, state)
    assert poll(client, state)[1] == []
    assert server.targets() == ["/feed", "/1", "/feed"]
    server.pages["/feed"] = feed(TWO, ONE)
    done, items = poll(client, state)
    assert [one.url for one in documents(items)] == ["http://news.example/2"]
    assert server.targets() == ["/feed", "/1", "/feed", "/feed", "/2"]
    assert done.outcome == "2 entries, 1 new, 0 changed"


def test_a_changed_entry_is_a_changed_article(server: Server, net: Net, state: State) -> None:
    server.pages |= {"/feed": feed(ONE), "/1": article(ETag='"1"')}
    client = net.client()
    before = documents(poll(client, state)[1])[0]
    server.pages |= {
        "/feed": feed((ONE[0], ONE[1], "Changed.")),
        "/1": article(f"Corrected. {STORY}{MORE}", ETag='"2"'),
    }
    done, items = poll(client, state)
    after = documents(items)[0]
    assert after.id == before.id and after.text != before.text
    assert done.outcome == "1 entries, 0 new, 1 changed"
    server.pages["/feed"] = feed((ONE[0], ONE[1], "Changed again, the page is not."))
    assert poll(client, state)[1] == []
    assert server.asked[-1][2]["If-None-Match"] == '"2"'


def test_not_modified(server: Server, net: Net, state: State) -> None:
    server.pages |= {"/feed": feed(ONE, ETag='"f"'), "/1": article()}
    poll(net.client(), state)
    done, items = poll(net.client(), load(state.path))
    assert (done.outcome, items) == ("unchanged", [])
    assert server.asked[-1][2]["If-None-Match"] == '"f"'


@pytest.mark.parametrize(
    ("page", "number"),
    [
        (Page(b"", 404), "DR146"),
        (Page(b"%PDF-1.7 and so on", headers={"Content-Type": "application/pdf"}), "DR149"),
        (Page(b"<html><body></body></html>", headers={"Content-Type": "text/html"}), "DR026"),
        (feed(TWO), "DR149"),
        (Page(b"<!DOCTYPE html><html><body>" + b"<div>" * 300 + b"Home | News"), "DR149"),
        (Page(status=302, headers={"Location": "file:///etc/passwd"}), "DR140"),
        (Page(status=302, headers={"Location": "http://inside.example/"}), "DR141"),
    ],
)
def test_the_feeds_own_text(
    server: Server, net: Net, state: State, page: Page, number: str
) -> None:
    net.names["inside.example"] = [["10.0.0.1"]]
    server.pages |= {"/feed": feed(ONE), "/1": page}
    done, items = poll(net.client(), state)
    only = documents(items)[0]
    assert only.text == f"Short: {STORY}".strip() and only.publisher == "Harbour"
    assert only.meta["extraction"] == "the feed's own text"
    assert only.meta["page"].startswith(number)
    assert refused(items) == [("http://news.example/1", number, True)]
    assert done.outcome.endswith("1 from the feed's own text")
    assert poll(net.client(), state)[1] == []  # asking again soon would not help


def test_robots_leave_the_feeds_own_text(server: Server, net: Net, state: State) -> None:
    server.pages |= {"/feed": feed(ONE), "/1": article()}
    server.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /1")
    items = poll(net.client(), state)[1]
    assert refused(items) == [("http://news.example/1", "DR147", True)]
    assert server.targets() == ["/feed"]


def test_a_page_that_fails_is_asked_for_again(server: Server, net: Net, state: State) -> None:
    headers = {"ETag": '"f"'}
    server.pages |= {"/feed": feed(ONE, **headers), "/1": Page(b"", 500)}
    own = documents(poll(net.client(), state)[1])[0]
    server.pages["/1"] = article()
    page = documents(poll(net.client(), state)[1])[0]
    assert page.id == own.id and MORE.strip() in page.text
    assert poll(net.client(), state)[1] == []
    assert server.targets() == ["/feed", "/1", "/feed", "/1", "/feed"]


def test_a_page_that_goes_on_failing_is_given_up(server: Server, net: Net, state: State) -> None:
    server.pages |= {"/feed": feed(ONE), "/1": Page(b"", 500)}
    for _ in range(5):
        poll(net.client(), state)
    assert server.targets().count("/1") == 3


def test_a_busy_host_is_left_alone(server: Server, net: Net, state: State) -> None:
    busy = Page(b"", 429, {"Retry-After": "900"})
    server.pages |= {"/feed": feed(ONE, TWO, ETag='"f"'), "/1": busy, "/2": article()}
    done, items = poll(net.client(), state)
    assert refused(items) == [("http://news.example/1", "DR146", True)]
    assert done.outcome.endswith("1 left to the next poll")
    restarted = net.client()
    restarted.waits = dict(load(state.path).hosts)
    done, items = poll(restarted, state)
    assert done.outcome.startswith("news.example asked to be left alone until 2023-11-14")
    assert items == [] and server.targets() == ["/feed", "/1"]
    net.now += 901
    server.pages["/1"] = article()
    assert len(documents(poll(restarted, state)[1])) == 2


def test_so_many_articles_a_poll(server: Server, net: Net, state: State) -> None:
    rows = [(f"/{n}", f"Title {n}", STORY) for n in range(5)]
    server.pages |= {"/feed": feed(*rows, ETag='"f"')}
    server.pages |= {f"/{n}": article() for n in range(5)}
    found = [len(documents(poll(net.client(), state, most=2)[1])) for _ in range(4)]
    assert found == [2, 2, 1, 0]


def test_back_off(server: Server, net: Net, state: State) -> None:
    server.pages["/feed"] = Page(b"", 404)
    client = net.client()
    for wait in (300, 600, 1200):
        done, items = poll(client, state)
        assert refused(items) == [(FEED, "DR146", False)] and "not asked before" in done.outcome
        net.now += wait - 1
        assert poll(client, state)[1] == []
        net.now += 1
    server.pages |= {"/feed": feed(ONE), "/1": article()}
    assert len(documents(poll(client, state)[1])) == 1
    assert state.watched[FEED].failures == 0


def test_what_was_not_asked_is_not_put_off(server: Server, net: Net, state: State) -> None:
    net.names["news.example"] = [["10.0.0.1"]]
    done, items = poll(net.client(), state)
    assert refused(items) == [(FEED, "DR141", False)] and done.outcome == "not asked"
    net.names.clear()
    server.pages |= {"/feed": feed(ONE), "/1": article()}
    assert len(documents(poll(net.client(), state)[1])) == 1


def test_broken_feeds(server: Server, net: Net, state: State) -> None:
    whole = feed(ONE, TWO).body
    server.pages |= {"/1": article(), "/2": article()}
    server.pages["/feed"] = Page(whole[:-60], headers={"Content-Type": "text/xml"})
    items = poll(net.client(), state)[1]
    notices = [item.problem.code for item in items if isinstance(item, Notice)]
    assert notices == ["DR125"] and len(documents(items)) == 2
    server.pages["/bad"] = Page(b"<rss>nothing", headers={"Content-Type": "text/xml"})
    server.pages["/bomb"] = Page(b'<!DOCTYPE a [<!ENTITY b "c">]>' + whole)
    server.pages["/none"] = Page(b"plain words", headers={"Content-Type": "text/plain"})
    for name, number in (("bad", "DR124"), ("bomb", "DR123"), ("none", "DR149")):
        url = f"http://news.example/{name}"
        assert refused(poll(net.client(), state, url)[1]) == [(url, number, False)]


def test_values_that_are_no_good_are_told_once(server: Server, net: Net, state: State) -> None:
    bad = replace(feed(ONE), body=feed(ONE).body.replace(b"Tue, 05 Mar 2024", b"some day or"))
    server.pages |= {"/feed": bad, "/1": article(), "/2": article()}
    assert [told[1] for told in refused(poll(net.client(), state)[1])] == ["DR040"]
    server.pages["/feed"] = replace(bad, body=bad.body + b"\n")
    assert poll(net.client(), state)[1] == []


def test_entries_without_an_address(server: Server, net: Net, state: State) -> None:
    body = feed(("", "No link", STORY)).body.replace(b"<link></link>", b"")
    server.pages["/feed"] = Page(body, headers={"Content-Type": "text/xml"})
    only = documents(poll(net.client(), state)[1])[0]
    assert only.text == STORY.strip() and only.url is None and "page" not in only.meta


def test_another_language(server: Server, net: Net, state: State) -> None:
    spanish = (
        "El presidente dijo el lunes que las conversaciones con los sindicatos seguirían esta "
        "semana y que el gobierno no aceptaría condiciones previas de ninguna de las partes. "
    )
    server.pages |= {"/feed": feed(("/1", "Envoys", "Short.")), "/1": article(spanish * 8)}
    items = poll(net.client(), state)[1]
    assert refused(items) == [("http://news.example/1", "DR028", False)]
    assert documents(items) == []


def test_a_page(server: Server, net: Net, state: State) -> None:
    url = "http://news.example/1"
    server.pages["/1"] = article(ETag='"1"')
    done, items = poll(net.client(), state, url)
    first = documents(items)[0]
    assert (first.title, first.publisher, done.outcome) == (
        "Envoys meet",
        "Harbour Post",
        "a page, new",
    )
    assert poll(net.client(), state, url)[0].outcome == "unchanged"
    server.pages["/1"] = article(f"More. {STORY}")
    done, items = poll(net.client(), state, url)
    assert documents(items)[0].id == first.id and done.outcome == "a page, changed"


def test_what_is_remembered_stays_small(server: Server, net: Net, state: State) -> None:
    for n in range(6):
        server.pages["/feed"] = feed((f"/{n}", f"Title {n}", STORY))
        server.pages[f"/{n}"] = article(ETag=f'"{n}"')
        poll(net.client(), state)
    assert list(state.pages) == ["http://news.example/5"] == list(state.watched[FEED].seen)
    assert state.pages["http://news.example/5"] == Validators("http://news.example/5", '"5"')
