from __future__ import annotations

import pytest

from tests.support import read

# (text, the pronoun, how many of its kind stand before it, who it is)
CASES = [
    # Inside a quotation it is not the speaker.
    ("Peter Mwangi met James Otieno. “He lied to us,” Mwangi said.", "He", 0, "James Otieno"),
    # Who says it is not whom it names.
    ("Peter Mwangi waited. “James Otieno must go,” he said.", "he", 0, "Peter Mwangi"),
    # The given name tells the sex.
    ("Peter Mwangi rebuked Patricia Odhiambo after she resigned.", "she", 0, "Patricia Odhiambo"),
    # Kinship tells the sex, and the surname it shares does not.
    ("Peter Tumusiime spoke. His wife, Atai Tumusiime, was absent. She is ill.", "She", 0,
     "Atai Tumusiime"),
    # A pronoun before its subject looks forward.
    ("Peter Mwangi resigned. In his reply, James Otieno praised the judges.", "his", 0,
     "James Otieno"),
    # The subject of a relative clause is the subject of what it says.
    ("James Otieno called Peter Mwangi, who said that he would resign.", "he", 0, "Peter Mwangi"),
    # Whoever is helped owns what it is with.
    ("Peter Mwangi helped James Otieno with his debts.", "his", 0, "James Otieno"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "before", "name"), CASES)
def test_who_a_pronoun_is(text: str, word: str, before: int, name: str) -> None:
    reading = read(text)
    found = [m for m in reading.mentions if m.kind == "actor" and m.span.quote == word]
    actor = reading.actor(found[before].actor)
    assert actor is not None
    assert actor.name == name


def test_a_man_is_not_she() -> None:
    found = [m for m in read("Peter Mwangi spoke. She left.").mentions if m.span.quote == "She"]
    assert found[0].actor is None
    assert found[0].unresolved == "no earlier name agrees with it"


def test_it_is_left_open_between_two_that_fit_alike() -> None:
    text = "Chad and Niger traded shots. Mediators flew to the border. Its wells are dry."
    found = [m for m in read(text).mentions if m.span.quote == "Its"]
    assert found[0].actor is None
    assert found[0].unresolved == "two earlier names fit it nearly alike"
