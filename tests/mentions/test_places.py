"""Toponyms: which words are places, which place they mean, and where that stays open."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.mentions import places
from dragoman.model import Mention
from tests.mentions.conftest import Analyse

# Text, words, country, first-level division (None: not asked).
PLACES = [
    ("Gunmen ambushed a bus near Kandahar.", "Kandahar", "AFG", None),
    ("The army shelled Bakhmut in eastern Ukraine.", "Bakhmut", "UKR", None),
    ("The army shelled Bakhmut in eastern Ukraine.", "Ukraine", "UKR", None),
    ("Protests broke out in Kiev.", "Kiev", "UKR", None),
    ("A clinic in Deir al-Balah, Gaza, was hit.", "Deir al-Balah", "PSE", None),
    ("Students marched through the streets of Rangoon.", "Rangoon", "MMR", None),
    ("She lives in London, Ontario.", "London", "CAN", "Ontario"),
    ("She lives in London.", "London", "GBR", None),
    ("The trial opened in Selma, Ala., in spring.", "Selma", "USA", "Alabama"),
    ("Troops left Georgia for Armenia.", "Georgia", "GEO", None),
    ("A storm hit Atlanta, Georgia.", "Georgia", "USA", "Georgia"),
    ("Envoys met in the U.S. and the UK.", "U.S.", "USA", None),
    ("Envoys met in the U.S. and the UK.", "UK", "GBR", None),
    ("A Paris-based group denied it.", "Paris", "FRA", None),
    ("The village of Masafer Yatta was raided.", "Masafer Yatta", "PSE", None),
    ("The Kyiv mayor left, Kyiv Mayor Petro Koval said.", "Kyiv", "UKR", None),
    ("GOMA, June 11 — Rebels entered the city.", "GOMA", "COD", None),
    ("NAIROBI, Kenya (AP) — A bus overturned.", "NAIROBI", "KEN", None),
]

NOT_PLACES = [
    ("Jordan Smith met Paris Hilton.", ()),
    ("President Lincoln spoke and Mr Houston listened.", ()),
    ("Of course most people like reading.", ()),
    ("Most of it was nice. Nice was the word.", ()),
    ("Hillary Clinton spoke. From Clinton came no word.", ()),
    ("The Free Aceh Movement released two men.", ("Free Aceh Movement",)),
    ("Israeli and Russian officers met.", ()),
    ("NATO and the EU agreed.", ()),
    ("He went on March 3 and in May.", ()),
    ("Hassan said that he was tired.", ()),
    ("Give it to us.", ()),
]


def found(analyse: Analyse, text: str, taken: tuple[str, ...] = ()) -> list[Mention]:
    analysis = analyse(text)
    spans = [(text.index(words), text.index(words) + len(words)) for words in taken]
    return list(places.find(analysis, spans, analysis.document.published))


@pytest.mark.parametrize(("text", "words", "country", "division"), PLACES)
def test_places(
    analyse: Analyse, text: str, words: str, country: str, division: str | None
) -> None:
    read = {m.span.quote: m.place for m in found(analyse, text)}
    place = read[words]
    assert place is not None
    assert place.country == country
    assert division is None or place.admin1 == division


@pytest.mark.parametrize(("text", "taken"), NOT_PLACES)
def test_words_that_are_no_places(analyse: Analyse, text: str, taken: tuple[str, ...]) -> None:
    assert [m.span.quote for m in found(analyse, text, taken)] == []


def test_no_place_inside_a_taken_span(analyse: Analyse) -> None:
    text = "The Bank of Ghana said so in Accra, the capital of Ghana."
    read = [(m.span.quote, m.span.start) for m in found(analyse, text, ("Bank of Ghana",))]
    assert read == [("Accra", text.index("Accra")), ("Ghana", text.rindex("Ghana"))]


def test_a_capital_that_speaks_is_left_to_the_actors(analyse: Analyse) -> None:
    text = "Tehran said it would respond. Crowds gathered in Tehran."
    assert [m.span.start for m in found(analyse, text)] == [text.rindex("Tehran")]


def test_a_tie_is_said_and_not_decided(analyse: Analyse) -> None:
    (mention,) = found(analyse, "The fair opened in Springfield.")
    assert mention.place is None
    assert mention.unresolved is not None and "Missouri" in mention.unresolved


def test_a_country_named_in_the_report_breaks_the_tie(analyse: Analyse) -> None:
    alone = found(analyse, "A court in Tripoli freed them.")
    beside = found(analyse, "A court in Tripoli freed them, Lebanon's press wrote.")
    assert alone[0].place is not None and alone[0].place.country == "LBY"
    assert beside[0].place is not None and beside[0].place.country == "LBN"


def test_countries_known_otherwise_count_as_well(analyse: Analyse) -> None:
    analysis = analyse("A court in Tripoli freed them.")
    (mention,) = places.find(analysis, (), None, {"LBN"})
    assert mention.place is not None and mention.place.country == "LBN"


def test_a_name_placed_once_keeps_its_place(analyse: Analyse) -> None:
    mentions = found(analyse, "The fair opened in Paris, Texas. In Paris it rained.")
    assert [m.place.admin1 for m in mentions if m.place and m.place.name == "Paris"] == [
        "Texas",
        "Texas",
    ]


def test_disputed_territory_carries_no_country_by_default(analyse: Analyse) -> None:
    (mention,) = found(analyse, "Drones flew over Crimea at night.")
    assert mention.place is not None
    assert (mention.place.name, mention.place.country) == ("Crimea", None)


PIECES = st.sampled_from(
    [*(text for text, *_ in PLACES), *(text for text, _ in NOT_PLACES), "\n\n", "Paris,", "é", "𝔊"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=6))
def test_offsets_are_the_texts_own(analyse: Analyse, pieces: list[str]) -> None:
    text = " ".join(pieces)
    mentions = found(analyse, text)
    for mention in mentions:
        assert text[mention.span.start : mention.span.end] == mention.span.quote
        assert (mention.place is None) == (mention.unresolved is not None)
    for left, right in itertools.pairwise(mentions):
        assert left.span.end <= right.span.start
