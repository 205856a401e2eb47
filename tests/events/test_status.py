from __future__ import annotations

import pytest

from tests.support import events

CASES = [
    ("Chad attacked Sudan.", "asserted"),
    ("Chad did not attack Sudan.", "denied"),
    ("Chad will attack Sudan.", "planned"),
    ("Chad may attack Sudan.", "possible"),
    ("Chad plans to attack Sudan.", "planned"),
    ("Chad is ready to attack Sudan.", "planned"),
    ("Chad refused to attack Sudan.", "denied"),
    ("If Chad attacks Sudan, the talks will end.", "hypothetical"),
    ("Nigeria urged Chad to attack Sudan.", "demanded"),
    ("Chad should attack Sudan.", "demanded"),
    ("Chad failed to attack Sudan.", "denied"),
    ("Chad tried to attack Sudan.", "possible"),
    ("Chad denied that it had attacked Sudan.", "denied"),
    ("Chad denied attacking Sudan.", "denied"),
    ("Chad vowed to attack Sudan.", "planned"),
    ("Chad said that it had attacked Sudan.", "asserted"),
    ("Chad carried out an attack on Sudan.", "asserted"),
    ("Chad is planning an attack on Sudan.", "planned"),
    ("Chad carried out no attack on Sudan.", "denied"),
]


@pytest.mark.parametrize(("text", "status"), CASES)
def test_status_of_the_attack(text: str, status: str) -> None:
    found = events(text, "ASSAULT")
    assert [event.status for event in found] == [status]


def test_what_a_verb_is_done_to_is_taken_as_given() -> None:
    found = events("Nigeria will condemn Chad's attack on Sudan.", "ASSAULT")
    assert [event.status for event in found] == ["asserted"]
    assert found[0].according_to, "the attack is told in Nigeria's words"
