from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.pieces import paragraphs
from dragoman.language.quotes import find_quotes


def quoted(text: str) -> list[tuple[str, bool]]:
    found = find_quotes(text, paragraphs(text))
    return [(text[quote.start : quote.end], quote.closed) for quote in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “We go.” Then left.", [("“We go.”", True)]),
        ('"Stop," she said, "or leave."', [('"Stop,"', True), ('"or leave."', True)]),
        ("«Nous», said the envoy.", [("«Nous»", True)]),
        ("``Old wire style,'' he said.", [("``Old wire style,''", True)]),
        ("He said: “We go. Then nothing.", [("“We go. Then nothing.", False)]),
        ("‘We will not leave this town,’ he said.", [("‘We will not leave this town,’", True)]),
        ("The rebels' camp and the army's base.", []),
        ("It wasn’t the soldiers’ fault.", []),
    ],
)
def test_marks_pair_up(text: str, expected: list[tuple[str, bool]]) -> None:
    assert quoted(text) == expected


def test_a_quotation_goes_on_when_the_next_paragraph_opens_again() -> None:
    text = "He said: “First part.\n\n“Second part.”\n\nNothing quoted."
    assert quoted(text) == [("“First part.\n\n“Second part.”", True)]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "He said: “First part.\n\nA new paragraph, “quoted here” only."
    assert quoted(text) == [("“First part.", False), ("“quoted here”", True)]


@given(st.text(alphabet=st.sampled_from("ab .,\n\n“”\"«»‘’'`"), max_size=300))
def test_quotes_lie_in_order_inside_the_text(text: str) -> None:
    found = find_quotes(text, paragraphs(text))
    assert all(0 <= quote.start < quote.end <= len(text) for quote in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_straight_mark_behind_a_word_opens_nothing() -> None:
    text = 'The plan is dead" was all. Nobody asked why.'
    assert find_quotes(text, [(0, len(text))]) == ()
