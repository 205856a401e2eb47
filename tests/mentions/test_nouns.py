from __future__ import annotations

import pytest

from tests.support import read

CASES = [
    ("Sen. Ada Okoro arrived. She slept. The senator left.", "senator", "Ada Okoro"),
    ("The Commission on Fair Milling met. The commission adjourned.", "commission",
     "Commission on Fair Milling"),
    ("Republican Peter Mwangi lost to James Otieno. The Republican conceded defeat.", "Republican",
     "Peter Mwangi"),
    ("Ada Okoro resigned. Aides of hers wept. The Okoro campaign has closed.", "Okoro campaign",
     "campaign of Ada Okoro"),
    ("Peter Tumusiime spoke. Atai Tumusiime, his daughter, left. The woman is ill.", "woman",
     "Atai Tumusiime"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name"), CASES)
def test_whom_a_noun_refers_back_to(text: str, words: str, name: str) -> None:
    reading = read(text)
    found = [m for m in reading.mentions if m.kind == "actor" and m.span.quote == words]
    actors = [reading.actor(m.actor) for m in found]
    assert name in [actor.name for actor in actors if actor is not None], reading.mentions


def test_an_adherent_of_no_known_party_is_nobody() -> None:
    reading = read("Peter Mwangi lost to James Otieno. The Republican conceded defeat.")
    found = next(m for m in reading.mentions if m.span.quote == "Republican")
    assert found.actor is None
    assert found.unresolved


def test_unnamed_people_are_linked_though_nobody_knows_them() -> None:
    reading = read("Two nurses saw the fire. The nurses called the guards.")
    first, second = (m for m in reading.mentions if "nurses" in m.span.quote)
    assert second.antecedent == first.id
    assert second.actor is None


def test_an_adjective_tells_one_body_from_another() -> None:
    reading = read("Kenya's government fell. The provincial government did not.")
    found = next(m for m in reading.mentions if m.span.quote == "provincial government")
    assert found.antecedent is None
