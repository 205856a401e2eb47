from __future__ import annotations

import pytest

from tests.support import events, names, read

CASES = [
    # text, type, initiators, recipients
    ("Chad's attack on Sudan failed.", "ASSAULT", ["Chad"], ["Sudan"]),
    ("An attack by Chad on Sudan failed.", "ASSAULT", ["Chad"], ["Sudan"]),
    ("Chad launched an attack on Sudan.", "ASSAULT", ["Chad"], ["Sudan"]),
    ("Sudan was attacked by Chad.", "ASSAULT", ["Chad"], ["Sudan"]),
    ("Chad and Niger attacked Sudan.", "ASSAULT", ["Chad", "Niger"], ["Sudan"]),
    ("Niger ordered Chadian troops to attack Sudan.", "ASSAULT", ["Chadian troops"], ["Sudan"]),
    ("Chad shelled Sudanese positions.", "ASSAULT", ["Chad"], ["Sudan"]),
    ("Chad met Sudan.", "CONSULT", ["Chad", "Sudan"], ["Chad", "Sudan"]),
    ("The rebels to whom Chad gave missiles fled.", "AID", ["Chad"], ["rebels"]),
    ("Niger was offered compensation by Chad for the raid.", "AGREE", ["Chad"], ["Niger"]),
    ("Chad's criticism of Sudan was mild.", "ACCUSE", ["Chad"], ["Sudan"]),
    ("Chad's release of Sudanese monks took a day.", "RETREAT", ["Chad"], ["Sudanese monks"]),
    ("Chad traded accusations with Sudan.", "ACCUSE", ["Chad", "Sudan"], ["Chad", "Sudan"]),
    ("Chad and Sudan threatened one another.", "THREATEN", ["Chad", "Sudan"], ["Chad", "Sudan"]),
    ("Chad's refusal to meet Sudanese envoys stands.", "REJECT", ["Chad"], ["Sudanese envoys"]),
]


@pytest.mark.parametrize(("text", "type_", "actors", "recipients"), CASES)
def test_roles(text: str, type_: str, actors: list[str], recipients: list[str]) -> None:
    found = events(text, type_)
    assert len(found) == 1
    assert names(read(text), found[0], "actors") == actors
    assert names(read(text), found[0], "recipients") == recipients


def test_a_missing_initiator_is_said_to_be_missing() -> None:
    found = events("Four Sudanese journalists were kidnapped.", "ASSAULT")
    assert [(p.actor, p.unresolved) for p in found[0].actors] == [
        (None, "a passive without an agent")
    ]


def test_a_possessor_of_a_release_may_be_the_released() -> None:
    found = events("Chadian monks hoped for their release from the prisons of Sudan.", "RETREAT")
    assert [p.rule.split(":")[0] for p in found[0].recipients] == ["poss"]


def test_a_noun_that_needs_a_support_verb_is_no_act_without_two_names() -> None:
    assert events("Criticism of the weather in Chad was mild.", "ACCUSE") == []


def test_an_event_among_nobody_is_no_event() -> None:
    assert events("The virus attacked the cells.") == []
