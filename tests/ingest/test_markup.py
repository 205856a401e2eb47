"""Running text of markup, whatever the markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.ingest.markup import text_of


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One\ntwo<p>three", "One two\n\nthree"),
        ("<head><title>x</title><p>shown</p>", "shown"),
        ("<style>p{}</style><p>a</p><!-- b --><p>c", "a\n\nc"),
        ("<p title='a > b'>c</p>", "c"),
        ("<p title='a > b>c</p>", "b>c"),
        ("3 < 4 and a <b", "3 < 4 and a <b"),
        ("<!-- never closed <p>a</p>", "never closed\n\na"),
        ("<script>never closed <p>a</p>", "never closed\n\na"),
        ("<svg><text>a</text></svg>b<template>c</template>", "b"),
        ("<noscript>a</div>b</noscript>c", "c"),
        ("a&nbsp;b &amp; &#233; &#xD800; &#99999999999;", "a\xa0b & é \ufffd \ufffd"),
    ],
)
def test_text(page: str, text: str) -> None:
    assert text_of(page)[0] == text


@pytest.mark.parametrize(
    "piece", ["<a", "<a b='", "<!--", "</", "<div>", "<x></y>", "&#", "<![", "<script>"]
)
def test_a_hundred_thousand_of_one_thing_come_to_an_end(piece: str) -> None:
    text, depth = text_of(piece * 100_000)
    assert depth <= 100_000
    assert len(text) <= 2 * len(piece) * 100_000


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b ", ">", "<!--", "-->", "word", "'", '"', "<script>", "=", "&"]
        )
    )
)
def test_anything_is_read(pieces: list[str]) -> None:
    text_of("".join(pieces))
