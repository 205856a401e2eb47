from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dragoman.language.parser import Parser
from dragoman.model import Document
from dragoman.statements.decoding import (
    LABELS,
    ROLE_OF,
    Relation,
    Settings,
    fragments,
    outermost,
    relations,
    viterbi,
)
from dragoman.statements.tagging import Attribution, confidence, drafts, tag

_PARSER = Parser()
SIZES = np.array([9])


def read(text: str) -> list[Attribution]:
    return tag(_PARSER.parse(Document(id="t", text=text)))


def words(tokens: tuple[object, ...]) -> str:
    return " ".join(token.text for token in tokens)  # type: ignore[attr-defined]


def scores_of(*labels: str) -> np.ndarray:
    found = np.full((1, len(labels), len(LABELS)), -9, np.float32)
    found[0, np.arange(len(labels)), [LABELS.index(label) for label in labels]] = -0.1
    return found


# ---------------------------------------------------------------- decoding

PLAIN = ("S-source", "S-cue", "O", "B-content", "I-content", "E-content", "O", "O", "O")


def test_a_well_formed_best_labelling_is_taken_as_it_is() -> None:
    chosen = viterbi(scores_of(*PLAIN), SIZES, np.array([1]), Settings())[0]
    assert [LABELS[n] for n in chosen] == list(PLAIN)


def test_a_fragment_that_is_never_ended_is_mended() -> None:
    broken = ("S-source", "S-cue", "O", "B-content", "I-content", "I-content", "O", "O", "O")
    chosen = viterbi(scores_of(*broken), SIZES, np.array([1]), Settings())[0]
    assert fragments(chosen)[2] == [(3, 6)]


def test_the_anchor_belongs_to_the_cue() -> None:
    chosen = viterbi(scores_of(*PLAIN), SIZES, np.array([2]), Settings())[0]
    assert ROLE_OF[chosen[2]] == 1


def test_a_cost_keeps_a_doubtful_fragment_out() -> None:
    scores = scores_of(*PLAIN)
    scores[0, 0, 0] = -1.0
    kept = viterbi(scores, SIZES, np.array([1]), Settings())[0]
    left = viterbi(scores, SIZES, np.array([1]), Settings(cost=(2.0, 0.0, 0.0)))[0]
    assert fragments(kept)[0] == [(0, 1)]
    assert fragments(left)[0] == []


def test_words_beyond_the_window_are_never_labelled() -> None:
    chosen = viterbi(scores_of(*PLAIN), np.array([5]), np.array([1]), Settings())[0]
    assert fragments(chosen)[2] == [(3, 5)]


@settings(max_examples=50, deadline=None)
@given(
    arrays.arrays(
        np.float32, (3, 12, len(LABELS)), elements=st.floats(-20, 0, width=32, allow_nan=False)
    )
)
def test_any_scores_give_well_formed_rows_as_good_as_any(scores: np.ndarray) -> None:
    anchors, sizes = np.array([0, 5, 6]), np.array([12, 12, 7])
    chosen = viterbi(scores, sizes, anchors, Settings())
    for row, labels in enumerate(chosen):
        assert ROLE_OF[labels[anchors[row]]] == 1
        assert not labels[sizes[row] :].any()
        covered = [
            i for parts in fragments(labels) for low, high in parts for i in range(low, high)
        ]
        assert sorted(covered) == np.flatnonzero(labels).tolist()


def test_relations_count_from_the_documents_first_word() -> None:
    (found,) = relations(
        scores_of(*PLAIN), SIZES, np.array([1]), np.array([0.9], np.float32), np.array([100]),
        Settings(),
    )  # fmt: skip
    assert (found.anchor, found.source, found.content) == (101, [(100, 101)], [(103, 106)])


def test_a_cue_without_content_is_no_relation() -> None:
    empty = scores_of("S-source", "S-cue", *["O"] * 7)
    arguments = (np.array([1]), np.array([0.9], np.float32), np.array([0]), Settings())
    assert relations(empty, SIZES, *arguments) == []


def test_only_the_surer_of_nested_relations_is_outermost() -> None:
    outer = Relation(1, [(0, 1)], [(1, 2)], [(2, 9)], 0.9, 0.9)
    inner = Relation(4, [(3, 4)], [(4, 5)], [(5, 9)], 0.6, 0.9)
    apart = Relation(12, [], [(12, 13)], [(13, 15)], 0.3, 0.9)
    assert outermost([outer, inner, apart]) == [outer, apart]
    assert outermost([inner, apart]) == [inner, apart]


def test_confidence_rises_with_both_probabilities() -> None:
    weights = (-0.5, 0.8, 0.7)
    low, mid, high = (confidence(p, p, weights) for p in (0.2, 0.6, 0.99))
    assert 0 < low < mid < high < 1


# ---------------------------------------------------------------- the trained model

CASES = [
    # text, source, cue, content
    ("The minister said that the bridge had collapsed.", "The minister", "said",
     ["that the bridge had collapsed"]),
    ("“The bridge is safe,” the minister said.", "the minister", "said",
     ["“ The bridge is safe , ”"]),
    ("“We waited,” said Ana Rojas. “Nobody came to help us.”", "Ana Rojas", "said",
     ["“ We waited , ”", "“ Nobody came to help us . ”"]),
    ("The bridge, according to the minister, is safe.", "the minister", "according to",
     ["The bridge", "is safe"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), CASES)
def test_plain_attributions(text: str, source: str, cue: str, content: list[str]) -> None:
    (found,) = read(text)
    strip = lambda s: s.strip(" ,")  # noqa: E731
    assert (words(found.source), words(found.cue)) == (source, cue)
    assert [strip(words(part)) for part in found.content] == [strip(part) for part in content]


def test_a_report_in_its_own_voice_has_no_attribution() -> None:
    assert read("Heavy rain fell on the harbour. Two boats sank near the pier.") == []


def test_two_speakers_keep_their_own_words() -> None:
    found = read("Peru said the border was open. Chile denied that its troops had crossed it.")
    sides = [(words(a.source), words(a.cue)) for a in found]
    assert sides == [("Peru", "said"), ("Chile", "denied")]
    assert "troops" in words(found[1].content[0])


def test_drafts_say_act_and_kind() -> None:
    analysis = _PARSER.parse(
        Document(id="t", text="“We did not fire,” Kenya said. Chile denied that it had paid.")
    )
    said, denied = drafts(analysis)
    assert (said.kind, said.act, denied.kind, denied.act) == ("direct", "say", "indirect", "deny")
    assert said.source is not None
    assert said.source.text == "Kenya"


@pytest.mark.parametrize(
    "text",
    ["", "Rain.", "He said: “We go. Then nothing.", "“We go,” he said. " * 300,
     "THE MINISTER SAID THAT THE BRIDGE WAS SAFE.", "• he said: go\n• she said: stay\n" * 50],
    ids=["empty", "word", "unclosed", "many quotes", "capitals", "bullets"],
)  # fmt: skip
def test_odd_reports_do_no_harm(text: str) -> None:
    for found in read(text):
        assert found.anchor in found.cue
        assert 0 <= found.confidence <= 1
        for start, end in found.bounds:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["“", "”", '"', "he", "said", "that", ".", "\n\n", "rain", "’"]),
                max_size=60).map(" ".join))  # fmt: skip
def test_any_jumble_keeps_offsets(text: str) -> None:
    for found in read(text):
        for fragment in (found.source, found.cue, *found.content):
            for token in fragment:
                assert text[token.start : token.end] == token.text
