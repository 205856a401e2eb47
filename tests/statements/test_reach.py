from __future__ import annotations

import pytest

from tests.support import read, statement

CASES = [
    # text, cue, source, content
    (
        "The talks, the envoy told reporters, would resume on Friday.",
        "told",
        "the envoy",
        "The talks … would resume on Friday",
    ),
    (
        "Kenya would not confirm that troops had crossed.",
        "would not confirm",
        "Kenya",
        "that troops had crossed",
    ),
    (
        "The ferry was late, as the Maltese skipper put it.",
        "put it",
        "the Maltese skipper",
        "The ferry was late",
    ),
    (
        "The bridge, per the city council, had been closed.",
        "per",
        "the city council",
        "The bridge … had been closed",
    ),
    (
        "In Kenya's view, the border is closed.",
        "view",
        "Kenya's",
        "the border is closed",
    ),
    (
        "Kenya's warnings of a famine went unheard.",
        "warnings of",
        "Kenya's",
        "a famine",
    ),
    (
        "Rina Obi, who owns the mill, claims that strikers broke the windows.",
        "claims",
        "Rina Obi, who owns the mill,",
        "that strikers broke the windows",
    ),
]


@pytest.mark.parametrize(("text", "cue", "source", "content"), CASES)
def test_extents(text: str, cue: str, source: str, content: str) -> None:
    found = statement(text, cue)
    assert found.cue is not None and found.source is not None
    assert found.cue.quote == cue
    assert found.source.quote.strip(",") == source.strip(",")
    assert " … ".join(f.quote for f in found.content.fragments) == content


def test_words_at_second_hand_are_two_statements() -> None:
    found = read("The news agency quoted a Kenyan admiral as saying that the ships had left.")
    inner, outer = sorted(found.statements, key=lambda s: s.parent is None)
    assert inner.parent == outer.id
    assert inner.source is not None and inner.source.quote == "a Kenyan admiral"


def test_a_quotation_that_fills_the_next_paragraph_goes_on() -> None:
    text = "“Nobody came,” said Ana Rojas.\n\n“We walked over the bridge that night.”"
    (found,) = read(text).statements
    assert len(found.content.fragments) == 2


def test_a_modal_after_reported_speech_goes_on() -> None:
    text = "Kenya said that the strait was closed. It would not retreat by an inch."
    last = read(text).statements[-1]
    assert (last.cue, last.trace[0].rule) == (None, "free-indirect")
    assert last.confidence < 0.5
