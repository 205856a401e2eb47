"""The benchmark of given pairs: marks, classes, and how head and lexicon are put together."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.factuality import figures, sentences
from benchmarks.relation import Pair, Proposal, decided, from_folds, gold_class, pairs, proposals
from dragoman.model import Document
from dragoman.pipeline import Reader

HEADER = "\tsentence_id\tsentence\tmarked_sentence\tgold_root\n"


def test_marks_become_bounds_without_spaces(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text(HEADER + "0\t7\tx\tOn Monday <s>Peru </s>hit <t>Chile</t>.\tASSAULT\n")
    (pair,) = pairs(path)
    assert pair.source is not None
    assert pair.target is not None
    assert [pair.sentence[slice(*b)] for b in (pair.source, pair.target)] == ["Peru", "Chile"]
    assert (pair.type, pair.group) == ("ASSAULT", "7")


def test_the_lexicon_tips_the_scales_only_where_the_head_is_in_doubt() -> None:
    classes = ("ASSAULT", "COERCE")
    both = [Proposal("COERCE", 2)]
    assert decided([0.6, 0.4], classes, both, 0.7) == "COERCE"
    assert decided([0.99, 0.01], classes, both, 0.7) == "ASSAULT"
    assert decided([0.6, 0.4], classes, both, 0.0) == "ASSAULT"


def test_proposals_count_the_sides_they_share() -> None:
    text = "Peru bombed Chile on Monday."
    reading = Reader(encoder=False).read(Document(id="t", text=text))
    one = proposals(reading, Pair(text, (0, 4), (12, 17), "ASSAULT", "1"))
    assert Proposal("ASSAULT", 2) in one
    assert proposals(reading, Pair(text, (12, 17), (0, 4), "ASSAULT", "1")) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Peru imposed sanctions on Chile.", "COERCE"),
        ("Peru released two Chilean prisoners.", "YIELD"),
    ],
)
def test_classes_follow_the_golds_table(text: str, wanted: str) -> None:
    reading = Reader(encoder=False).read(Document(id="t", text=text))
    assert wanted in {gold_class(event) for event in reading.events}


def test_a_missing_row_of_the_folds_is_told(tmp_path: Path) -> None:
    (tmp_path / "fold-0.jsonl").write_text('{"row": 1, "chances": [0.5, 0.5]}\n')
    with pytest.raises(ValueError, match="the first 0"):
        from_folds(tmp_path, 2)


def test_factuality_sentences_are_set_as_in_print(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text(
        '{"text": "He said `` no , \'\' and did n\'t go .", '
        '"targets": [{"span1": [1, 2], "label": 3.0}, {"span1": [8, 9], "label": -3.0}]}\n'
    )
    (found,) = sentences(path)
    assert found.text == 'He said "no," and didn\'t go.'
    assert [found.text[a:b] for (a, b), _ in found.targets] == ["said", "n't"]


def test_figures_are_error_and_correlation() -> None:
    assert figures([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]) == (0.0, pytest.approx(1.0))
