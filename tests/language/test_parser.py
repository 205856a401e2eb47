from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import DragomanError
from dragoman.language.analysis import Analysis
from dragoman.language.parser import Parser
from dragoman.model import Document

PARSER = Parser()
WORDS = st.sampled_from(
    ["Chad", "said", "that", "it", "“", "”", "will", "attack", "\n\n", " ", "\t", ".", ",", "😀",
     "e\u0301", "\u200b", "\u202e", "-", "’s", "(", "—", "\r\n", "troops", "\ufeff"]
)  # fmt: skip


def check(analysis: Analysis) -> None:
    text = analysis.document.text
    for number, token in enumerate(analysis.tokens):
        assert token.i == number
        assert text[token.start : token.end] == token.text
        assert token.head in token.sentence.tokens
    assert [t for s in analysis.sentences for t in s.tokens] == list(analysis.tokens)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_tokens_quote_the_text(text: str) -> None:
    check(PARSER.parse(Document(id="x", text=text)))


def test_the_preamble_is_not_read() -> None:
    text = "date 2024-05-01 Chad signed a treaty."
    analysis = PARSER.parse(Document(id="x", text=text, preamble=16))
    assert analysis.tokens[0].text == "Chad"
    check(analysis)


def test_documents_come_back_in_order_also_empty_ones() -> None:
    texts = ["Chad voted.", "", "  \n ", "Mali voted.\n\nNiger did not.", ""]
    documents = [Document(id=str(n), text=text) for n, text in enumerate(texts)]
    analyses = list(PARSER.parse_many(documents))
    assert [a.document.id for a in analyses] == ["0", "1", "2", "3", "4"]
    assert [len(a.sentences) for a in analyses] == [1, 0, 0, 2, 0]


def test_a_sentence_never_crosses_a_paragraph() -> None:
    text = "Talks resume\n\nThe two ministers met on Monday."
    analysis = PARSER.parse(Document(id="x", text=text))
    assert [s.paragraph for s in analysis.sentences] == [0, 1]


def test_a_long_paragraph_keeps_its_offsets() -> None:
    text = "Chad’s army said “we hold the town”. " * 600
    check(PARSER.parse(Document(id="x", text=text)))


def test_a_missing_model_says_what_to_do() -> None:
    with pytest.raises(DragomanError, match="DR060"):
        Parser("no_such_model_here")
