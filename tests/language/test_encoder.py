from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language.ahead import ahead
from dragoman.language.analysis import Analysis
from dragoman.language.encoder import MarkedWords, default_encoder
from dragoman.language.features import (
    CAPITALS,
    COLUMNS,
    INSIDE,
    MARK,
    OUTSIDE,
    PARAGRAPH,
    SENTENCE,
    Features,
    Vocabulary,
    batch,
    features,
    windows,
)
from dragoman.language.parser import Parser
from dragoman.model import Document

REPORTS = (
    "",
    "Rain.",
    "The clerk said it would rain.",
    "A mayor spoke. “We wait,” she said.\n\nNobody came. Nobody asked.",
    "THE HARBOUR IS SHUT, A CLERK SAID. " * 40,
    "Antidisestablishmentarianism " * 400,
    "• one • two\n• three\n\n" * 30,
)


@cache
def parsed(text: str) -> Analysis:
    return Parser().parse(Document(id="t", text=text))


@cache
def features_of(text: str) -> Features:
    encoder = default_encoder()
    return features(parsed(text), encoder._tokenizer, encoder._vocabulary)


def column(text: str, name: str) -> list[int]:
    return features_of(text).columns[:, COLUMNS.index(name)].tolist()


def test_word_pieces_belong_to_the_word_they_spell() -> None:
    own = features_of("Kyrgyzstan's clerk unquestioningly agreed.")
    tokens = parsed("Kyrgyzstan's clerk unquestioningly agreed.").tokens
    tokenizer = default_encoder()._tokenizer
    for token in tokens:
        pieces = own.pieces[own.first[token.i] : own.first[token.i + 1]]
        joined = "".join(tokenizer.id_to_token(int(p)).removeprefix("##") for p in pieces)
        assert joined == token.lower


def test_quotes_case_and_openings_are_shown() -> None:
    text = 'UN clerks said: "We wait." Then it rained.\n\nNobody came.'
    words = [t.text for t in parsed(text).tokens]
    assert column(text, "case")[0] == CAPITALS
    quoted = dict(zip(words, column(text, "quote"), strict=True))
    assert (quoted['"'], quoted["wait"], quoted["rained"]) == (MARK, INSIDE, OUTSIDE)
    opening = dict(zip(words, column(text, "opening"), strict=True))
    assert (opening["UN"], opening["Then"], opening["Nobody"]) == (PARAGRAPH, SENTENCE, PARAGRAPH)


def test_labels_that_training_never_saw_get_number_zero() -> None:
    encoder = default_encoder()
    own = features(parsed("Rain fell."), encoder._tokenizer, Vocabulary.of([], []))
    assert not own.columns[:, :2].any()


@pytest.mark.parametrize("text", REPORTS)
@pytest.mark.parametrize("limit", [8, 64, 256])
def test_windows_hold_every_word_once_and_fit(text: str, limit: int) -> None:
    own = features_of(text)
    cuts = windows(own, limit)
    assert [word for low, high in cuts for word in range(low, high)] == list(range(len(own)))
    for low, high in cuts:
        assert own.first[high] - own.first[low] <= limit or high - low == 1


def test_windows_are_cut_between_paragraphs_where_they_fit() -> None:
    text = "One two three.\n\nFour five six.\n\nSeven eight."
    own = features_of(text)
    starts = [parsed(text).tokens[low].text for low, _ in windows(own, 9)]
    assert starts == ["One", "Seven"]


def test_heads_and_owners_point_inside_their_window() -> None:
    own = features_of(REPORTS[4])
    made = batch([(own, low, high) for low, high in windows(own, 32)], 32, 101, 102)
    words = made["first"].shape[1]
    for name in ("owner", "head"):
        assert made[name].min() >= 0
        assert made[name].max() < words
    assert made["first"].max() < made["ids"].shape[1]
    assert (made["ids"][:, 0] == 101).all()


@pytest.mark.parametrize("text", REPORTS)
def test_every_report_is_encoded_whole(text: str) -> None:
    found = default_encoder().encode(parsed(text))
    words = len(parsed(text).tokens)
    assert sum(window.high - window.low for window in found.windows) == words
    assert found.status.shape == (words, 6)
    assert len(found.attributed) == len(found.value) == words
    for window in found.windows:
        size = window.high - window.low
        assert window.lower.shape[1] == 384
        assert len(window.first) == size
        assert (np.diff(window.first) >= 0).all()
        assert window.certainty.shape == (size,)
        assert window.scores.shape[:2] == (len(window.anchors), size)
        np.testing.assert_allclose(np.exp(window.scores).sum(-1), 1, rtol=1e-4)


def test_a_report_reads_the_same_in_any_company() -> None:
    encoder = default_encoder()
    analyses = [parsed(REPORTS[3]), parsed(REPORTS[4]), parsed(REPORTS[3])]
    alone, _, again = (found for _, found in ahead(encoder.encode, analyses))
    for one, other in zip(alone.windows, again.windows, strict=True):
        np.testing.assert_array_equal(one.certainty, other.certainty)
        np.testing.assert_array_equal(one.scores, other.scores)
        np.testing.assert_array_equal(one.lower, other.lower)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_encoded(text: str) -> None:
    analysis = Parser().parse(Document(id="t", text=text))
    found = default_encoder().encode(analysis)
    assert sum(window.high - window.low for window in found.windows) == len(analysis.tokens)


def test_vectors_not_kept_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = default_encoder()
    text = "Troops from Chad shelled a village. The mayor said rebels had burned it. " * 30
    event = MarkedWords(0, 7, ((2,), (5,), (3,)))
    kept = encoder.encode(parsed(text))
    monkeypatch.setattr("dragoman.language.encoder.KEPT_WINDOWS", 0)
    dropped = encoder.encode(parsed(text))
    assert len(kept.windows) > 1
    assert all(window.lower is None for window in dropped.windows)
    np.testing.assert_array_equal(kept.types([event]).types, dropped.types([event]).types)
