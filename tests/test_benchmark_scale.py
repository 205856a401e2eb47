from __future__ import annotations

import pytest

from benchmarks import recombined, scale, stand_in


def test_reports_are_always_the_same_and_of_our_own_open_texts() -> None:
    first, again = (list(recombined.reports(20)) for _ in range(2))
    assert first == again
    assert len({one.id for one in first}) == len({one.text for one in first}) == 20
    known = recombined.sentences()
    assert all(
        any(paragraph.startswith(one) for one in known)
        for document in first
        for paragraph in document.text.split("\n\n")
    )
    assert [one.published for one in first] == sorted(one.published for one in first)  # type: ignore[type-var]


def test_cost_of_growing_archives(capsys: pytest.CaptureFixture[str]) -> None:
    scale.main(["cost", "--sizes", "10", "30"])
    told = capsys.readouterr().out
    assert "ingest, 10 documents" in told
    assert "(30 committed)" in told
    assert "ingest, a document at 30 costs" in told
    assert "occurrences, 30 documents" in told and "peak" in told


def test_the_stand_in_reads_what_it_wrote() -> None:
    told = list(stand_in.reports(60, a_day=20))
    assert told == list(stand_in.reports(60, a_day=20))
    assert len({one.published for one in told}) == 3
    met = set()
    for reading in map(stand_in.reading_of, told):
        assert [event.type for event in reading.events] == ["CONSULT", "ASSAULT"]
        text = reading.document.text
        for event in reading.events:
            assert event.sentence is not None
            for span in (event.trigger, event.sentence):
                assert text[span.start : span.end] == span.quote
        met.add((reading.document.published, *(actor.id for actor in reading.actors)))
    assert 10 < len(met) < 40


def test_a_ratio_is_that_of_rounds() -> None:
    assert scale.ratio({"a": [2.0, 8.0, 3.0], "b": [1.0, 2.0, 1.0]}, "a", "b") == 3.0
