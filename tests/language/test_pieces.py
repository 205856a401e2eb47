from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.pieces import MAX_PIECE, paragraphs, pieces

TEXT = st.text(alphabet=st.sampled_from("ab .!?\n\r\t \u00a0\u2029é”—😀"), max_size=400)


@given(TEXT, st.integers(min_value=0, max_value=20))
def test_paragraphs_cover_every_visible_character_once(text: str, start: int) -> None:
    found = paragraphs(text, start)
    covered = "".join(text[low:high] for low, high in found)
    assert "".join(covered.split()) == "".join(text[start:].split())
    assert all(high <= low for (_, high), (low, _) in pairwise(found))


@given(st.integers(min_value=0, max_value=3 * MAX_PIECE), st.sampled_from(["x", "x. ", "word "]))
def test_pieces_join_to_the_whole_and_none_is_too_long(size: int, unit: str) -> None:
    text = (unit * (size // len(unit) + 1))[:size]
    found = list(pieces(text, 0, size))
    assert "".join(text[low:high] for low, high in found) == text
    assert all(high - low <= MAX_PIECE for low, high in found)


def test_a_blank_line_parts_paragraphs_in_wrapped_text() -> None:
    text = (
        "Troops crossed the river\nbefore dawn and took the\nbridge without a fight.\n\n"
        "The ministry gave no\nfigures for the losses\non either side."
    )
    assert [text[low:high][:6] for low, high in paragraphs(text)] == ["Troops", "The mi"]


def test_a_single_break_parts_paragraphs_in_unwrapped_text() -> None:
    text = "One sentence stands here.\nAnother stands there.\nA third ends it."
    assert len(paragraphs(text)) == 3
