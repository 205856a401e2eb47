"""RSS and Atom feeds."""

from __future__ import annotations

import zoneinfo
from pathlib import Path

import pytest

from dragoman.ingest import Options
from tests.ingest.helpers import documents, items, notices, rejected

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Coast Wire</title>
<item><title>Ghana recalls envoy</title><link>https://coast.example/1</link>
<pubDate>Tue, 04 May 2021 10:00:00 GMT</pubDate>
<description>&lt;p&gt;Ghana recalled its ambassador from Togo.&lt;/p&gt;</description></item>
<item><title>Togo answers</title><pubDate>yesterday</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Hill News</title>
<entry><title>Nepal votes</title><updated>2017-11-26T05:00:00+05:45</updated>
<link href="https://hill.example/nepal"/>
<content type="html">
&lt;p&gt;Nepal voted on Sunday.&lt;/p&gt;&lt;p&gt;Queues were long.&lt;/p&gt;</content>
</entry></feed>"""


def test_an_entry_is_a_report(tmp_path: Path) -> None:
    found = items(tmp_path, "a.rss", RSS)
    first, second = documents(found)
    assert first.text == "Ghana recalled its ambassador from Togo."
    assert (first.title, first.publisher) == ("Ghana recalls envoy", "Coast Wire")
    assert str(first.published) == "2021-05-04"
    assert first.origin is not None
    assert first.origin.endswith("a.rss:1")
    assert (second.text, second.meta["feed"]) == ("Togo answers", "title alone")
    assert rejected(found) == [("2", "DR040")]


def test_atom_known_by_its_content(tmp_path: Path) -> None:
    (document,) = documents(items(tmp_path, "a", ATOM))
    assert document.text == "Nepal voted on Sunday.\n\nQueues were long."
    assert str(document.published) == "2017-11-26"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_its_own_are_refused(tmp_path: Path, encoding: str) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>' + RSS.split("?>")[1]
    data = ("<?xml version='1.0' encoding='utf-16'?>" if encoding == "utf-16" else "") + bomb
    assert rejected(items(tmp_path, "a.rss", data.encode(encoding))) == [("a.rss", "DR123")]


def test_a_feed_that_breaks_off_keeps_what_is_whole(tmp_path: Path) -> None:
    found = items(tmp_path, "a.rss", RSS[: RSS.index("<item><title>Togo")])
    assert len(documents(found)) == 1
    assert notices(found) == ["DR125"]


def test_what_is_no_feed(tmp_path: Path) -> None:
    assert rejected(items(tmp_path, "a.xml", "<a><b>c</b></a>")) == [("a.xml", "DR124")]


def test_what_a_feed_says_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(RSS)
    found = items(tmp_path, "a.xml", str(secret))
    assert not documents(found)
    assert rejected(found) == [("a.xml", "DR124")]


def test_entities_in_a_coding_that_hides_them(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "x">]>' + RSS.split("?>")[1]
    data = b'<?xml version="1.0" encoding="utf-7"?>' + bomb.encode("utf-7")
    assert rejected(items(tmp_path, "a.rss", data)) == [("a.rss", "DR123")]


def test_comments_without_end_take_no_time_without_end(tmp_path: Path) -> None:
    for name in ("a.txt", "a.xml", "a.html"):
        items(tmp_path, name, "<!--a-->" * 20_000 + "<x>")


def test_the_day_of_an_entry_in_another_zone(tmp_path: Path) -> None:
    data = RSS.replace("10:00:00 GMT", "23:30:00 GMT")
    zone = zoneinfo.ZoneInfo("Asia/Manila")
    (first, _) = documents(items(tmp_path, "a.rss", data, Options(zone=zone)))
    assert str(first.published) == "2021-05-05"
