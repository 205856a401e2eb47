from __future__ import annotations

from dragoman.model import Actor
from tests.support import read


def actor(text: str, words: str, published: str = "2024-05-15") -> Actor:
    reading = read(text, published)
    found = next(m for m in reading.mentions if m.kind == "actor" and m.span.quote == words)
    resolved = reading.actor(found.actor)
    assert resolved is not None, found
    return resolved


def test_apposition_introduces_a_person() -> None:
    text = "Jonas Okello, deputy leader of Hezbollah, spoke on Monday."
    found = actor(text, "Jonas Okello")
    assert found.id == "report:jonas-okello"
    assert found.kind == "person"
    assert found.organisation == "group:hezbollah"
    assert found.office is not None
    assert found.office.startswith("deputy leader")


def test_a_title_before_a_name_introduces_a_person() -> None:
    found = actor(
        "Kenyan Foreign Minister Amina Yusuf spoke.", "Kenyan Foreign Minister Amina Yusuf"
    )
    assert (found.name, found.country) == ("Amina Yusuf", "KEN")


def test_the_office_is_the_one_held_at_the_date() -> None:
    text = "The French president spoke."
    assert actor(text, "French president", "2010-05-01").name == "Nicolas Sarkozy"
    assert actor(text, "French president", "2020-05-01").name == "Emmanuel Macron"


def test_a_surname_with_a_title_is_the_person_in_office() -> None:
    assert actor("President Pezeshkian spoke.", "President Pezeshkian", "2025-06-12").name == (
        "Masoud Pezeshkian"
    )


def test_a_label_stays_apart_from_the_actor() -> None:
    reading = read("The Zionist regime must be stopped, the speaker said.")
    found = next(m for m in reading.mentions if m.label)
    named = reading.actor(found.actor)
    assert named is not None
    assert (found.label, named.name) == ("Zionist regime", "Israel")
    assert not any("ionist" in a.name for a in reading.actors)


def test_parts_of_a_state_carry_its_code_and_sector() -> None:
    found = actor("Chadian troops left.", "Chadian troops")
    assert (found.country, found.sector, found.id) == ("TCD", "MIL", "state:TCD/troops")
