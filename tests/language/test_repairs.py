from __future__ import annotations

import pytest

from dragoman.language.analysis import Analysis, Token
from dragoman.language.parser import Parser
from dragoman.model import Document

PARSER = Parser()


def parse(text: str) -> Analysis:
    return PARSER.parse(Document(id="x", text=text))


def word(text: str, form: str) -> Token:
    return next(token for token in parse(text).tokens if token.text == form)


@pytest.mark.parametrize(
    ("text", "form", "head"),
    [
        ("Chad denied bombing Sudanese villages.", "bombing", "denied"),
        ("Chad accused Sudan of shelling martyrs who were trying to flee.", "shelling", "of"),
        ("It will stay until May, its envoy said, and may offer to mediate.", "offer", "stay"),
        (
            "Chad said troops had crossed the wall, adding that they seized herders.",
            "adding",
            "said",
        ),
        (
            "Chad was accused by Sudan on Sunday of training rebels and attacking border posts.",
            "attacking",
            "training",
        ),
        ("On 25 April 1974 Portuguese officers overthrew the government.", "April", "On"),
        ("Canada pledged wheat and Australia sent tents to Bangladesh.", "Australia", "sent"),
        ("Cameroon was offered compensation by Nigeria for the raid.", "by", "offered"),
        ("Soldiers were killed in an attack by Nigeria.", "by", "attack"),
        (
            "Jets struck two depots outside Homs, officials said, killing a guard.",
            "killing",
            "struck",
        ),
        (
            "Kenya summoned the Ugandan ambassador after gunmen crossed the lake.",
            "ambassador",
            "summoned",
        ),
        (
            "Kenya summoned the Ugandan ambassador after gunmen crossed the lake.",
            "gunmen",
            "crossed",
        ),
        ("Chad thanked Mali for sending fuel and accused Niger of theft.", "accused", "thanked"),
        (
            "The ministry summoned the envoy after gunmen it called bandits crossed the border.",
            "gunmen",
            "crossed",
        ),
        ("Gunmen took 15 pupils from a school; no group has said it has them.", "said", "took"),
    ],
)
def test_a_regular_fault_is_mended(text: str, form: str, head: str) -> None:
    assert word(text, form).head.text == head


@pytest.mark.parametrize(
    "text",
    [
        "The bombing campaign killed ten people.",
        "Chad opened a training camp for rebels.",
        "Soldiers left the town, adding to the confusion.",
    ],
)
def test_trees_stay_trees(text: str) -> None:
    for token in parse(text).tokens:
        assert token.head is token or token in token.head.children
        assert len(list(token.ancestors())) < 40


def test_names_in_a_list_are_no_apposition() -> None:
    listed = [token.dep for token in parse("Kenya, Chad, and Switzerland met on Friday.").tokens]
    assert listed.count("conj") == 2
    assert "appos" not in listed
