from __future__ import annotations

import datetime as dt

import pytest
import spacy

from dragoman.language.parser import DEFAULT_MODEL

TEXT = "Kenya said on Monday that Somalia had shelled a village."


def test_a_doc_carries_its_reading() -> None:
    nlp = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    nlp.add_pipe("dragoman", config={"published": "2024-05-15"})
    reading = nlp(TEXT)._.dragoman
    assert reading.document.published == dt.date(2024, 5, 15)
    assert [event.type for event in reading.events] == ["ASSAULT"]
    assert reading.events[0].according_to
    for event in reading.events:
        for fragment in event.trigger.fragments:
            assert TEXT[fragment.start : fragment.end] == fragment.quote


def test_a_prefix_is_kept_and_not_read() -> None:
    nlp = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    nlp.add_pipe("dragoman")
    text = f"date 2023-01-02 {TEXT}"
    reading = nlp(text)._.dragoman
    assert reading.document.published == dt.date(2023, 1, 2)
    assert text[reading.events[0].trigger.start : reading.events[0].trigger.end] == "shelled"


def test_an_empty_doc_has_no_reading() -> None:
    nlp = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    nlp.add_pipe("dragoman")
    assert nlp("")._.dragoman is None


def test_a_pipeline_without_a_parser_is_refused() -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ValueError, match="tagger and a parser"):
        nlp.add_pipe("dragoman")
