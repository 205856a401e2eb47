from __future__ import annotations

import pytest

from tests.support import read

CASES = [
    ("Anthony Albanese met Luo Xing in Perth. He praised the talks.", "He", "Anthony Albanese"),
    ("Jacinda Ardern spoke in Suva. She promised aid.", "She", "Jacinda Ardern"),
    ("Amina Yusuf, spokeswoman for the Kenyan army, denied it. Yusuf gave no figures.", "Yusuf",
     "Amina Yusuf"),
    ("Hamas fired rockets. The group also took hostages.", "group", "Hamas"),
    ("Rwanda released the traders it had jailed.", "it", "Rwanda"),
    ("Ruto, who met Museveni, left on Monday. William Ruto gave no speech.", "Ruto",
     "William Ruto"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name"), CASES)
def test_reference_within_a_report(text: str, words: str, name: str) -> None:
    reading = read(text)
    found = [m for m in reading.mentions if m.kind == "actor" and m.span.quote == words]
    actors = [reading.actor(m.actor) for m in found]
    assert name in [actor.name for actor in actors if actor is not None]


def test_what_no_rule_settles_says_so() -> None:
    found = [m for m in read("He left.").mentions if m.span.quote == "He"]
    assert found[0].actor is None
    assert found[0].unresolved


def test_i_in_a_quotation_is_its_speaker() -> None:
    reading = read("“I will not sign,” said Amina Yusuf, a Kenyan judge.")
    found = next(m for m in reading.mentions if m.span.quote == "I")
    actor = reading.actor(found.actor)
    assert actor is not None
    assert actor.name == "Amina Yusuf"
