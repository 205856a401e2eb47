"""Cutting a text where its spans begin and end."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Document, Event, Mention, Reading, Statement
from dragoman.web.lighting import Paragraph, Piece, bits, light
from dragoman.web.reports import Part, Report, parts, report_of
from tests.fakes import TEXT, reading_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=60)


def pieces(paragraphs: list[Paragraph]) -> list[Piece]:
    return [piece for one in paragraphs for piece in one.pieces]


def made(text: str, *events: tuple[int, int], said: tuple[tuple[int, int], ...] = ()) -> Reading:
    document = Document("d", text, dt.date(2024, 1, 1))
    statements = tuple(
        Statement(f"s{n}", document.span(bounds), "indirect", "say")
        for n, bounds in enumerate(said)
    )
    found = tuple(
        Event(f"e{n}", document.span(bounds), "ASSAULT", "190", "19", 4, "asserted")
        for n, bounds in enumerate(events)
    )
    return Reading(document, statements=statements, events=found)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 3), st.integers(1, 60)), max_size=4))
def test_pieces_joined_are_the_text(text: str, bounds: list[tuple[int, int]]) -> None:
    spans = [(a, min(len(text), a + b)) for a, b in bounds]
    found = light(report_of(made(text, *spans[:2], said=tuple(spans[2:]))))
    for one in pieces(found):
        plain = "".join(bit.text for bit in one.bits if bit.hidden is None)
        assert plain in text[one.start : one.end] or any(bit.hidden for bit in one.bits)
    joined = "".join(text[one.start : one.end] for one in pieces(found))
    assert joined == text.replace("\n", "").replace("\r", "")


@given(TEXTS, st.lists(st.tuples(st.integers(0, 3), st.integers(1, 60)), min_size=1, max_size=4))
def test_every_opening_is_closed(text: str, bounds: list[tuple[int, int]]) -> None:
    said = tuple((a, min(len(text), a + b)) for a, b in bounds)
    found = pieces(light(report_of(made(text, said=said))))
    assert sum(one.closes for one in found) <= len(said)
    assert sum(len(one.opens) for one in found) <= len(said)


def test_overlapping_spans_are_cut_and_each_piece_knows_all() -> None:
    found = pieces(light(report_of(made("abcdefgh", (2, 6), (4, 8)))))
    assert [(one.start, one.end, one.events) for one in found] == [
        (0, 2, ()), (2, 4, ("e0",)), (4, 6, ("e0", "e1")), (6, 8, ("e1",)),
    ]  # fmt: skip
    assert [one.label for one in found] == ["", "", "1", "2"]


def test_discontinuous_trigger_has_its_number_once() -> None:
    document = Document("d", "they opened heavy fire", None)
    event = Event("e", document.span((5, 11), (18, 22)), "ASSAULT", "190", "19", 4, "denied")
    found = pieces(light(report_of(Reading(document, events=(event,)))))
    assert [one.label for one in found if one.events] == ["", "1 denied"]
    assert [one.first for one in found if one.events] == [True, False]


def test_emoji_and_combining_marks_do_not_shift_spans() -> None:
    text = "👩‍👩‍👧 cafe\u0301 🇿🇲 soldiers fired"
    start = text.index("fired")
    found = pieces(light(report_of(made(text, (start, start + 5)))))
    (piece,) = [one for one in found if one.events]
    assert "".join(bit.text for bit in piece.bits) == "fired"


def test_nested_statements_stand_outermost_first_with_who_speaks() -> None:
    report = report_of(reading_of(Document("d", TEXT, None)))
    fired = next(one for one in pieces(light(report)) if "e2" in one.events)
    assert fired.statements == ("s1", "s2")
    opened = [o.who for one in pieces(light(report)) for o in one.opens]
    assert opened == ["A clerk", "Ana Rojas"]


def test_roles_are_marked() -> None:
    report = report_of(reading_of(Document("d", TEXT, None)))
    roles = {role for one in pieces(light(report)) for role in one.roles}
    assert {"e1-who", "e1-whom", "e1-where", "e1-when", "e2-who"} <= roles


def test_hidden_characters_are_shown() -> None:
    shown = bits("a\u202eb\x00\u200d")
    assert [(one.text, one.hidden) for one in shown] == [
        ("a", None), ("U+202E", "U+202E RIGHT-TO-LEFT OVERRIDE"), ("b", None),
        ("U+0000", "U+0000 control character"), ("\u200d", None),
    ]  # fmt: skip


def test_what_ends_with_the_line_is_closed_on_it() -> None:
    found = pieces(light(report_of(made("ab\ncd", said=((0, 3), (2, 5))))))
    assert [(one.start, len(one.opens), one.closes) for one in found] == [(0, 1, 1), (3, 1, 1)]


def test_wordings_are_marked() -> None:
    document = Document("d", "the evil regime", None)
    mention = Mention("m", document.span((4, 15)), "actor", "label", label="evil regime")
    found = pieces(light(report_of(Reading(document, mentions=(mention,)))))
    assert [one.kinds for one in found] == [(), ("wording",)]


@given(st.text("ab .\n", max_size=400), st.integers(4, 50))
def test_parts_are_the_whole_text(text: str, size: int) -> None:
    found = parts(text, size)
    assert "".join(text[one.start : one.end] for one in found) == text
    assert all(one.end - one.start <= size * 1.25 + 1 for one in found)
    assert [one.number for one in found] == list(range(1, len(found) + 1))


def test_a_part_shows_its_own_stretch_only() -> None:
    reading = made("abcdefgh", (1, 3), said=((0, 8),))
    report = Report("k", reading, Part(2, 2, 4, 8), {"e0": 1}, 1, 1)
    found = pieces(light(report))
    assert [(one.start, one.end, one.statements) for one in found] == [(4, 8, ("s0",))]
