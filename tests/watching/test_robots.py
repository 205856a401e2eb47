from __future__ import annotations

import pytest

from dragoman.watching.robots import parse

RULES = """\ufeff# our rules
User-agent: other
Disallow: /

user-agent: Dragoman/2.0 (a reader)
User-Agent: another
Disallow: /private   # all of it
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search?*page=
Disallow: /~clerk
Disallow: /caf%c3%a9
Disallow:
Crawl-delay: 2.5
Sitemap: https://news.example/map.xml

User-agent: *
Disallow: /

User-agent: dragoman
Disallow: /later
"""


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/private/x", False),
        ("/privateer", False),
        ("/private/open/x", True),
        ("/a/b.pdf", False),
        ("/a/b.pdf?x", True),
        ("/search?q=a&page=2", False),
        ("/search?q=a", True),
        ("/%7Eclerk/notes", False),
        ("/caf%C3%A9", False),
        ("/café", False),
        ("/later", False),
    ],
)
def test_rules(target: str, allowed: bool) -> None:
    rules = parse(RULES)
    assert rules.allow(target) is allowed and rules.delay == 2.5


def test_who_is_not_named_goes_by_the_rules_for_all() -> None:
    assert not parse(RULES, "nobody").allow("/")
    assert parse("").allow("/")
    assert parse("Disallow: /\n<html>not a file of rules</html>").allow("/")


def test_equal_rules_allow() -> None:
    assert parse("User-agent: *\nDisallow: /a\nAllow: /a").allow("/a")


def test_many_stars_take_no_time() -> None:
    rules = parse("User-agent: *\nDisallow: /" + "*a" * 2000 + "$\n")
    assert rules.allow("/" + "a" * 1900 + "b")
