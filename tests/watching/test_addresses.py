from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import Problem
from dragoman.watching.addresses import Address, joined, parse, refusal

PLAIN = {
    "http://news.example": "http://news.example/",
    "HTTPS://News.Example:443/a?b=c#d": "https://news.example/a?b=c",
    "https://news.example:8443/": "https://news.example:8443/",
    " https://news.example/a b?q=é ": "https://news.example/a%20b?q=%C3%A9",
    "https://news.example./a%2Fb": "https://news.example/a%2Fb",
    "http://zürich.example/": "http://xn--zrich-kva.example/",
    "http://8.8.8.8/x": "http://8.8.8.8/x",
    "http://[2606:4700::1111]/": "http://[2606:4700::1111]/",
    "http://[2606:4700:0:0::1111]:8080/": "http://[2606:4700::1111]:8080/",
    "https://news.example/@writer/1": "https://news.example/@writer/1",
}

TRICKS = [
    "",
    "news.example/feed",
    "//news.example/feed",
    "file:///etc/passwd",
    "ftp://news.example/",
    "gopher://127.0.0.1:6379/_INFO",
    "data:text/html,x",
    "javascript:alert(1)",
    "http:///feed",
    "http:/news.example/",
    "http://",
    "http://:80/",
    # numbers that resolvers take for 127.0.0.1 or 169.254.169.254
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://0x/",
    "http://169.254.43518/",
    "http://2852039166/",
    "http://1.2.3.4.5/",
    "http://256.1.1.1/",
    "http://１２７.1/",
    "http://127。1/",
    "http://news.example.0x7f/",
    # users
    "http://news.example@127.0.0.1/",
    "http://user:word@news.example/",
    "http://@news.example/",
    "http://news.example:80@127.0.0.1/",
    "http://127.0.0.1\\@news.example/",
    "http://news.example\\.evil.example/",
    # what is left of a host
    "http://news.example\t.evil.example/",
    "http://news.example/\r\nX-Header: 1",
    "http://news.example/\x00",
    "http://exa mple.org/",
    "http://exa%6dple.org/",
    "http://news..example/",
    "http://-news.example/",
    "http://news!.example/",
    "http://[::1/",
    "http://[::1]x/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[v1.x]/",
    "http://::1/",
    "http://" + "a" * 64 + ".example/",
    "http://" + "a." * 200 + "example/",
    "http://news.example/" + "a" * 5000,
    # ports
    "http://news.example:0/",
    "http://news.example:22/",
    "http://news.example:25/",
    "http://news.example:65536/",
    "http://news.example:99999999999/",
    "http://news.example:-1/",
    "http://news.example:٨٠٨٠٠٠/",
    "http://news.example:80:80/",
]

NEVER = [
    "0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.0.1", "100.100.100.200", "168.63.129.16",
    "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1", "2001:20::1", "2001:db8::1",
    "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fd00:ec2::254", "fd20:ce::254",
    "fe80::1", "fe80::1%eth0", "febf::1", "fec0::1", "ff02::1", "ff0e::1", "4000::1", "news", "",
]  # fmt: skip
PRIVATE = [
    "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.8.8.8",
    "172.16.0.1", "172.31.255.255", "192.168.0.1", "::1", "fc00::1", "fdff::1",
]  # fmt: skip
OPEN = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
    "126.255.255.255", "128.0.0.1", "172.15.255.255", "172.32.0.0", "192.167.1.1", "223.255.255.1",
    "2606:4700:4700::1111", "2a00:1450::1", "2001:4860:4860::8888",
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), PLAIN.items())
def test_plain_addresses(written: str, meant: str) -> None:
    found = parse(written)
    assert isinstance(found, Address) and found.url == meant
    assert parse(meant) == found


@pytest.mark.parametrize("written", TRICKS)
def test_what_is_no_plain_address_is_refused(written: str) -> None:
    found = parse(written)
    assert isinstance(found, Problem) and found.code == "DR140"


@pytest.mark.parametrize("host", ["①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.０.０.１", "127.0.0.1."])
def test_digits_of_other_scripts_are_digits(host: str) -> None:
    found = parse(f"http://{host}/")
    assert isinstance(found, Address) and found.host == "127.0.0.1"
    assert refusal(found.host, allow_private=False) == "loopback"


@pytest.mark.parametrize("written", ["http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"])
def test_literals_are_checked_as_what_they_are(written: str) -> None:
    found = parse(written)
    assert isinstance(found, Address)
    assert refusal(found.host, allow_private=True) == "IPv4-mapped"


@pytest.mark.parametrize("ip", NEVER)
def test_never_asked(ip: str) -> None:
    assert refusal(ip, allow_private=False) and refusal(ip, allow_private=True)


@pytest.mark.parametrize("ip", PRIVATE)
def test_asked_where_that_is_allowed(ip: str) -> None:
    assert refusal(ip, allow_private=False) is not None
    assert refusal(ip, allow_private=True) is None


@pytest.mark.parametrize("ip", OPEN)
def test_public(ip: str) -> None:
    assert refusal(ip, allow_private=False) is None


@given(st.ip_addresses())
def test_what_python_holds_for_not_global_is_not_asked(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if not ip.is_global or ip.is_multicast:
        assert refusal(str(ip), allow_private=False) is not None


@given(st.text(max_size=60))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    for written in (text, f"http://{text}", f"http://news.example/{text}"):
        found = parse(written)
        if isinstance(found, Address):
            assert found.url.isascii() and found.url.isprintable() and " " not in found.url
            assert parse(found.url) == found


def test_links_are_of_their_page() -> None:
    assert joined("https://a.example/x/feed", "../y#z") == "https://a.example/y"
    assert joined("https://a.example/", "//b.example/c") == "https://b.example/c"
    assert joined("https://a.example/", "http://[") == "http://["
