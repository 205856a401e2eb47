"""Loaded wordings: found, told from plain words, pointed at a neutral name, with their users."""

from __future__ import annotations

import pytest

from dragoman.model import Mention, Reading
from tests.support import read


def labelled(reading: Reading) -> list[Mention]:
    return [m for m in reading.mentions if m.label is not None]


def one(text: str, published: str = "2024-05-15") -> tuple[Mention, Reading]:
    reading = read(text, published)
    (found,) = labelled(reading)
    return found, reading


@pytest.mark.parametrize(
    ("text", "label", "category", "actor"),
    [
        ("The Lima junta shut two papers.", "Lima junta", "regime", "state:PER"),
        ("The junta in Bamako shut two papers.", "junta in Bamako", "regime", "state:MLI"),
        ("The regime in Paris fell.", "regime in Paris", "regime", "state:FRA"),
        ("The Macron regime fell.", "Macron regime", "regime", "state:FRA"),
        ("Chad's junta shut two papers.", "junta", "regime", "state:TCD"),
        ("Greek invaders shelled a port.", "Greek invaders", "aggressor", "state:GRC/armed-forces"),
        ("The police killed two ELN terrorists.", "terrorists", "terror", "group:eln"),
        ("Wagner mercenaries took the mine.", "Wagner mercenaries", "proxy", "group:wagner"),
        ("Tehran denounced the Great Satan.", "Great Satan", "enemy", "state:USA"),
        ("The minister called Hezbollah terrorists.", "terrorists", "terror", "group:hezbollah"),
    ],
)
def test_whom_a_wording_means(text: str, label: str, category: str, actor: str) -> None:
    found, _ = one(text)
    assert (found.label, found.category, found.actor) == (label, category, actor)


@pytest.mark.parametrize(
    "text",
    [
        "The separatist regime in Khankendi shut two papers.",
        "Russian puppets took over the town hall.",
        "The regime shut two papers.",
        "Terrorists attacked a market.",
        "The pro-Greek thugs beat two voters.",
    ],
)
def test_nobody_is_guessed(text: str) -> None:
    found, _ = one(text)
    assert found.actor is None
    assert found.unresolved is not None


@pytest.mark.parametrize(
    "text",
    [
        "She follows a strict exercise regime.",
        "The sanctions regime was eased.",
        "The regime of inspections was eased.",
        "Rats and cockroaches were found in the kitchen of the hotel.",
        "The dogs guarded the sheep.",
        "He played for the Bristol Invaders.",
        "They met at Martyrs' Square in Tripoli.",
        "A court convicted her of terrorism offences.",
        "The anti-terrorist unit arrested him.",
        "The tribunal heard the genocide case.",
        "The minister called the talks “useful”.",
        "The film “liberation” opened in Lyon.",
        "The workers fitted a so-called heat pump.",
        "The two universities are collaborators.",
        "The army liberated its budget from old debts.",
    ],
)
def test_plain_words_names_and_legal_terms_are_no_labels(text: str) -> None:
    assert labelled(read(text)) == []


@pytest.mark.parametrize(
    ("text", "label", "category"),
    [
        ("The officer called the villagers cockroaches.", "cockroaches", "dehumanising"),
        ("The officer said the villagers were rats.", "rats", "dehumanising"),
        ("The speaker praised the dead as heroes.", "heroes", "praise"),
        ("The army hanged three collaborators.", "collaborators", "traitor"),
    ],
)
def test_words_with_a_plain_meaning_count_where_people_are_called_so(
    text: str, label: str, category: str
) -> None:
    assert (label, category) in {(m.label, m.category) for m in labelled(read(text))}


@pytest.mark.parametrize(
    ("text", "label", "neutral"),
    [
        ("The special military operation goes on.", "special military operation", "war in Ukraine"),
        ("Spain condemned the massacre.", "massacre", "killing"),
        ("The army liberated Kherson.", "liberated", "take"),
        ("Two militants were neutralised near Cizre.", "neutralised", "kill or capture"),
    ],
)
def test_deeds_have_a_plain_word(text: str, label: str, neutral: str) -> None:
    found, _ = one(text)
    assert (found.kind, found.label, found.neutral) == ("wording", label, neutral)
    assert found.category == "act"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The so-called Republic of Kosovo has no seat.", "so-called Republic of Kosovo"),
        ("The self-proclaimed president fled.", "self-proclaimed president"),
        ("The “elections” in the town lasted two days.", "“elections”"),
        ("The 'referendum' in the town lasted two days.", "'referendum'"),
        ("The so-called peace plan failed.", "so-called peace plan"),
    ],
)
def test_names_held_at_arms_length(text: str, label: str) -> None:
    found, _ = one(text)
    assert (found.label, found.category) == (label, "distance")


def test_a_territory_is_called_by_its_status() -> None:
    found, reading = one("A depot burned in occupied Crimea.")
    actor = reading.actor(found.actor)
    assert (found.label, found.category) == ("occupied Crimea", "territory")
    assert actor is not None and actor.name == "Crimea"


@pytest.mark.parametrize(
    ("text", "users"),
    [
        ("The Kyiv regime shelled a dam.", []),
        ("Russia said the Kyiv regime had shelled a dam.", ["Russia"]),
        ("Ukraine said the Moscow regime had shelled a dam.", ["Ukraine"]),
        ("“The Kyiv regime will fall,” Moscow said.", ["Russia"]),
        (
            "Belarus said that Russia had said that the Kyiv regime had shelled a dam.",
            ["Belarus", "Russia"],
        ),
    ],
)
def test_who_uses_it(text: str, users: list[str]) -> None:
    found, reading = one(text)
    statements = [reading.statement(identifier) for identifier in found.used_by]
    speakers = [reading.actor(said.speaker if said else None) for said in statements]
    assert [speaker.name if speaker else None for speaker in speakers] == users


def test_offsets_are_those_of_the_text() -> None:
    text = "“Ägypten” reports: Moscow said the 🇺🇦 Kyiv regime and PKK terrorists were “allies”."
    reading = read(text)
    assert labelled(reading)
    for mention in labelled(reading):
        span = mention.label_span
        assert span is not None
        assert text[span.start : span.end] == span.quote
        assert mention.label == span.quote
