from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import read, statement

CASES = [
    # text, cue, source, content, kind, act
    (
        "Kenya said that the talks had failed.",
        "said",
        "Kenya",
        "that the talks had failed",
        "indirect",
        "say",
    ),
    (
        "The talks had failed, Kenya said.",
        "said",
        "Kenya",
        "The talks had failed",
        "indirect",
        "say",
    ),
    (
        "“The talks have failed,” Kenya said.",
        "said",
        "Kenya",
        "“The talks have failed,”",
        "direct",
        "say",
    ),
    (
        "Kenya said the talks were “a sad waste of everybody’s time”.",
        "said",
        "Kenya",
        "the talks were “a sad waste of everybody’s time”",
        "mixed",
        "say",
    ),
    (
        "According to Kenya, the talks have failed.",
        "According to",
        "Kenya",
        "the talks have failed",
        "indirect",
        "say",
    ),
    (
        "Kenya accused Somalia of shelling a village.",
        "accused",
        "Kenya",
        "Somalia of shelling a village",
        "indirect",
        "accuse",
    ),
    (
        "Kenya urged Somalia to withdraw.",
        "urged",
        "Kenya",
        "Somalia to withdraw",
        "indirect",
        "demand",
    ),
    (
        "Stressing the need for talks, Kenya left the room.",
        "Stressing",
        "Kenya",
        "the need for talks",
        "indirect",
        "say",
    ),
    (
        "Kenya expressed hope for a quick peace.",
        "expressed hope",
        "Kenya",
        "a quick peace",
        "indirect",
        "wish",
    ),
    (
        "Kenya denied that its troops had crossed.",
        "denied",
        "Kenya",
        "that its troops had crossed",
        "indirect",
        "deny",
    ),
]


@pytest.mark.parametrize(("text", "cue", "source", "content", "kind", "act"), CASES)
def test_one_attribution(
    text: str, cue: str, source: str, content: str, kind: str, act: str
) -> None:
    found = statement(text, cue)
    assert found.source is not None
    assert (found.source.quote, found.content.quote) == (source, content)
    assert (found.kind, found.act) == (kind, act)


def test_nested_statements_name_their_parent() -> None:
    text = "The ministry said that Kenya had denied that its troops crossed the border."
    outer, inner = statement(text, "said"), statement(text, "denied")
    assert inner.parent == outer.id
    assert outer.parent is None


def test_a_source_left_out_is_said_to_be() -> None:
    found = statement("It was reported that Kenya had sent troops.", "reported")
    assert found.source is None
    assert found.implicit


def test_a_broken_quotation_is_one_statement() -> None:
    found = statement("“We will stay,” Kenya said, “and we will not pay for it.”", "said")
    assert [f.quote for f in found.content.fragments] == [
        "“We will stay,”",
        "“and we will not pay for it.”",
    ]


MARKS = st.sampled_from(
    ["Kenya", "said", "“", "”", '"', "that", "troops", "will", "leave", ",", ".", "\n\n", "denied",
     "according", "to", ":", "‘", "’", "he", "the", "president", "- ", "KENYA SAID", "«"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(MARKS, min_size=1, max_size=40).map(" ".join))
def test_hostile_quotation_never_breaks_offsets(text: str) -> None:
    if not text.strip():
        return
    reading = read(text)
    for found in reading.statements:
        spans = [found.content, found.source, found.cue, found.addressee_span]
        for span in spans:
            for fragment in span.fragments if span is not None else ():
                assert text[fragment.start : fragment.end] == fragment.quote


@pytest.mark.parametrize(
    ("closing", "alone"), [("", 0), ("”", 1)], ids=["mark without its fellow", "both marks"]
)
def test_an_unclosed_quotation_is_nobodys(closing: str, alone: int) -> None:
    reading = read(
        f"The bridge fell. “Nobody will ever mend the bridge again.{closing}\n\nIt rained."
    )
    found = [s for s in reading.statements if s.implicit == "a quotation without a cue"]
    assert len(found) == alone
