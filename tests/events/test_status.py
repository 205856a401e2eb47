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
    # negation
    ("Chad has yet to attack Sudan.", "denied"),
    ("Chad no longer attacks Sudan.", "denied"),
    ("Chad has not met or attacked Sudan.", "denied"),
    ("Nobody in Chad attacked Sudan.", "denied"),
    ("Chad tried in vain to attack Sudan.", "denied"),
    ("Chad is not ready to attack Sudan.", "denied"),
    ("Chad has no plans to attack Sudan.", "denied"),
    ("Chad made no attempt to attack Sudan.", "denied"),
    ("It is not true that Chad attacked Sudan.", "denied"),
    ("Chad decided against attacking Sudan.", "denied"),
    ("Chad prevented Libya from attacking Sudan.", "denied"),
    # two negations
    ("Chad did not fail to attack Sudan.", "asserted"),
    ("Libya could not stop Chad from attacking Sudan.", "asserted"),
    ("Chad did not rule out attacking Sudan.", "possible"),
    ("Chad refused to rule out an attack on Sudan.", "possible"),
    # what is taken for granted
    ("Chad never regretted attacking Sudan.", "asserted"),
    ("Chad managed to attack Sudan.", "asserted"),
    ("Chad's attack on Sudan was no surprise to Libya.", "asserted"),
    ("The fact that Chad attacked Sudan will not help Libya.", "asserted"),
    # weighing, doubting, asking
    ("Chad is weighing an attack on Sudan.", "possible"),
    ("Chad is weighing whether to attack Sudan.", "possible"),
    ("Chad feared that Libya would attack Sudan.", "possible"),
    ("It is unclear whether Chad attacked Sudan.", "possible"),
    ("Nigeria asked if Chad had attacked Sudan.", "possible"),
    ("Will Russia attack Odesa again?", "possible"),
    ("Why did Russia attack Odesa again?", "asserted"),
    # ahead
    ("Chad is going to attack Sudan.", "planned"),
    ("Uganda attacks Sudan next Monday.", "planned"),
    ("The cabinet of Chad authorised an attack on Sudan.", "planned"),
    # demands
    ("Nigeria warned Chad not to attack Sudan.", "demanded"),
    ("Nigeria told Chad not to attack Sudan.", "demanded"),
    ('"Do not attack Sudan," Libya told Chad.', "demanded"),
    ("Nigeria asked Chad to refrain from attacking Sudan.", "demanded"),
    # conditions
    ("Had Chad attacked Sudan, Libya would have sent troops to Niger.", "hypothetical"),
    ("Without French help, Chad would have attacked Sudan.", "hypothetical"),
    ("In case Chad attacks Sudan, Libya will send troops to Niger.", "hypothetical"),
    ("Any country that attacks Sudan will be punished by Libya.", "hypothetical"),
    ("Suppose Chad attacked Sudan.", "hypothetical"),
    ("An attack on Sudan by Chad would anger Libya.", "hypothetical"),
    ("In the case of Chad, Libya attacked Sudan.", "asserted"),
]


@pytest.mark.parametrize(("text", "status"), CASES)
def test_status_of_the_attack(text: str, status: str) -> None:
    found = events(text, "ASSAULT")
    assert [event.status for event in found] == [status]


NUANCES = [
    ("Chad will attack Sudan.", "+", "CT"),
    ("Chad plans to attack Sudan.", "+", "PR"),
    ("Chad may attack Sudan.", "+", "PS"),
    ("Chad may not attack Sudan.", "-", "PS"),
    ("Chad will probably attack Sudan.", "+", "PR"),
    ("Chad is unlikely to attack Sudan.", "-", "PR"),
    ("Chad did not attack Sudan.", "-", "CT"),
    ("Nigeria asked if Chad had attacked Sudan.", "u", "U"),
    ("Chad must not attack Sudan.", "u", "U"),
    ("If Libya had agreed, Chad would have attacked Sudan.", "-", "CT"),
    ("If Libya had agreed, Chad would not have attacked Sudan.", "+", "CT"),
    ("If Libya agrees, Chad will attack Sudan.", "u", "U"),
]


@pytest.mark.parametrize(("text", "polarity", "certainty"), NUANCES)
def test_polarity_and_certainty(text: str, polarity: str, certainty: str) -> None:
    found = events(text, "ASSAULT")
    assert [(event.polarity, event.certainty) for event in found] == [(polarity, certainty)]


def test_what_a_verb_is_done_to_is_taken_as_given() -> None:
    found = events("Nigeria will condemn Chad's attack on Sudan.", "ASSAULT")
    assert [event.status for event in found] == ["asserted"]
    assert found[0].according_to, "the attack is told in Nigeria's words"
