"""Disputes between reports, each account once, the same in pictures and on pages."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.archive import Archive
from dragoman.archive.contradictions import Contradiction, contradiction, contradictions
from dragoman.plot import Filter, Loose, spec
from dragoman.plot.disputed import told
from dragoman.web import Settings, create, linked
from tests.archive import contradicting
from tests.plot.test_specs import values


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return contradicting.archive(tmp_path_factory.mktemp("contradicting"))


@pytest.fixture(scope="module")
def found(held: Archive) -> Contradiction:
    (one,) = contradictions(held.occurrences().to_pylist())
    return one


def test_accounts_of_two_reports_contradict_and_a_copy_counts_once(found: Contradiction) -> None:
    assert (found.documents, found.independent) == (3, 2)
    assert [(one.document, one.status, one.type) for one in found.accounts] == [
        ("courier", "asserted", "ASSAULT"),
        ("lake", "denied", "ASSAULT"),
    ]
    one, other = found.accounts
    assert [copy.document for copy in one.copies] == ["gazette"] and other.copies == ()
    assert (one.chain, other.chain) == (("Chile interior ministry",), ("Bolivia army",))
    assert one.words in contradicting.TOLD
    assert [(point.kind, point.one, point.other) for point in found.points] == [("denial", 0, 1)]
    assert "Coast Courier" in found.points[0].reason


def test_the_order_of_accounts_does_not_matter(held: Archive) -> None:
    (row,) = held.occurrences(disputed=True).to_pylist()
    told_ = {(one.document, one.status, len(one.copies)) for one in contradiction(row).accounts}
    for order in itertools.permutations(range(3)):
        at = {old: new for new, old in enumerate(order)}
        disputes = [{**one, "one": at[one["one"]], "other": at[one["other"]]}
                    for one in row["disputes"]]  # fmt: skip
        mixed = {**row, "accounts": [row["accounts"][n] for n in order], "disputes": disputes}
        again = contradiction(mixed)
        assert {(one.document, one.status, len(one.copies)) for one in again.accounts} == told_
        assert "Valley Gazette" not in again.points[0].reason


def test_what_a_copy_says_otherwise_stays(held: Archive) -> None:
    (row,) = held.occurrences(disputed=True).to_pylist()
    accounts = [{**one, "dead": 30} if one["copy_of"] else one for one in row["accounts"]]
    changed = contradiction({**row, "accounts": accounts})
    assert sorted(one.document for one in changed.accounts) == ["courier", "gazette", "lake"]


def test_the_picture_has_the_same(held: Archive, found: Contradiction) -> None:
    assert told(held, Filter()) == [found]
    picture = spec("disputed", held)
    signs = [row for row in values(picture) if row.get("kind") == "sign"]
    assert [(row["document"], row["on whose word"], row["copies"]) for row in signs] == [
        ("Coast Courier, 2023-08-15 (courier)", "Chile interior ministry ← the report", "gazette"),
        ("Lake Observer, 2023-08-16 (lake)", "Bolivia army ← the report", ""),
    ]
    assert spec("disputed", Loose([one for _, one in held.readings()])) == picture
    assert "dragoman ingest" in spec("disputed", held, Filter(type="AID"))["description"]


def client_of(held: Archive) -> TestClient:
    app: Any = create(Settings(held.path, hosts=("testserver",)))
    state = app.state.dragoman
    state.linked._links, state.linked._version = linked.find(held), held.version
    state.linked.standing = "ready"
    return TestClient(app)


def test_the_page_has_the_same(held: Archive, found: Contradiction) -> None:
    client = client_of(held)
    page = client.get("/disputed").text
    assert page.count('<article class="account') == 2
    for one in found.accounts:
        assert one.words.replace("'", "&#39;") in page
        assert f"/documents/{one.reading}?event={one.event}" in page
    assert "The same story is also in" in page and "Valley Gazette" in page
    assert "Whether it happened" in page and "Bolivia army" in page
    assert page.count('<article class="account') == client.get(
        f"/disputed?occurrence={found.occurrence}"
    ).text.count('<article class="account')


def test_the_pages_picture_is_that_of_the_command(held: Archive) -> None:
    client = client_of(held)
    assert client.get("/pictures/disputed.json").json() == spec("disputed", held)
    drawn = client.get("/pictures/disputed.json?status=denied&shade=dark").json()
    assert drawn == spec("disputed", held, Filter(status="denied"), shade="dark")
    linked_ = client.app.state.dragoman.linked  # type: ignore[attr-defined]
    linked_._links, linked_.standing = linked.Links(), "working"
    assert "being compared" in client.get("/pictures/disputed.json").json()["description"]
    assert "being compared" in client.get("/disputed").text


def test_the_page_is_narrowed_like_a_list(held: Archive) -> None:
    client = client_of(held)
    # By an event of the copy alone, too.
    for query in ("type=ASSAULT", "status=denied", "publisher=Valley+Gazette", "from=2023-08-13"):
        assert client.get(f"/disputed?{query}").text.count('<li class="dispute"') == 1, query
    for query in ("type=CONSULT", "to=2023-08-01", "actor=Peru"):
        assert "Take a filter away" in client.get(f"/disputed?{query}").text, query
    assert client.get("/disputed?start=x").status_code == 400


def test_nothing_disputed_says_what_to_do(folder: Path) -> None:
    page = client_of(Archive(folder)).get("/disputed").text
    assert "No accounts contradict each other" in page and "dragoman ingest" in page
