from __future__ import annotations

import pytest

from dragoman.register import default_register
from dragoman.register.loader import read_yaml

# The table of sector codes in the PLOVER manual, and the two that its country field has.
SECTORS = frozenset(
    "GOV LEG JUD MIL COP SPY PRM REB UAF PTY OPP ELI BUS LAB AGR EDU JRN MED REL REF CVL CRM SOC "
    "NGO IGO UNK".split()
)


@pytest.mark.parametrize(
    ("words", "sector", "office", "person"),
    [
        ("president", "GOV", "head_of_state", True),
        ("prime minister", "GOV", "head_of_government", True),
        ("chancellor", "GOV", "head_of_government", True),
        ("king", "GOV", "monarch", True),
        ("queen", "GOV", "monarch", True),
        ("foreign minister", "GOV", "foreign_minister", True),
        ("foreign ministers", "GOV", "foreign_minister", True),
        ("supreme leader", "GOV", "supreme_leader", True),
        ("army", "MIL", None, False),
        ("police", "COP", None, False),
        ("protesters", "CVL", None, False),
        ("lawmakers", "LEG", None, True),
        ("members of parliament", "LEG", None, True),
        ("policemen", "COP", None, True),
        ("rebels", "REB", None, False),
        ("gunmen", "UAF", None, True),
        ("journalist", "JRN", None, True),
        ("farmers", "AGR", None, False),
        ("refugees", "REF", None, False),
        ("opposition", "OPP", None, False),
        ("court", "JUD", None, False),
        ("aid workers", "NGO", None, False),
    ],
)
def test_role(words: str, sector: str, office: str | None, person: bool) -> None:
    role = default_register().role(words)
    assert role is not None
    assert (role.sector, role.office, role.person) == (sector, office, person)


def test_gendered_roles() -> None:
    register = default_register()
    genders = {w: r.gender for w in ("king", "queen", "spokeswoman", "president")
               if (r := register.role(w)) is not None}  # fmt: skip
    assert genders == {"king": "m", "queen": "f", "spokeswoman": "f", "president": None}


def test_no_role_for_other_words() -> None:
    assert default_register().role("blockade") is None
    assert default_register().role("President") is None


def test_blocks_use_known_sectors_and_say_person_or_group() -> None:
    blocks = read_yaml("roles.yaml")["roles"]
    assert {block["sector"] for block in blocks} <= SECTORS
    assert all(bool(block.get("person")) != bool(block.get("group")) for block in blocks)
    words = [word for block in blocks for word in block["words"]]
    assert all(word == word.lower() for word in words)
    assert len(set(words)) >= 250
