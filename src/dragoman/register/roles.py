"""Role nouns: what somebody is, where no name is given."""

from __future__ import annotations

from typing import Any

from dragoman.register.loader import read_yaml
from dragoman.register.records import Role

_IRREGULAR = {"man": "men", "woman": "women", "child": "children", "wife": "wives"}


def load_roles() -> dict[str, Role]:
    """Roles by their words in lower case, plurals of persons included."""
    singular: dict[str, Role] = {}
    plural: dict[str, Role] = {}
    for block in read_yaml("roles.yaml")["roles"]:
        for word in block["words"]:
            singular.setdefault(word, _role(word, block))
            if block.get("person"):
                plural.setdefault(_plural(word), _role(word, block))
    return plural | singular


def _role(word: str, block: dict[str, Any]) -> Role:
    return Role(
        text=word, sector=block["sector"], office=block.get("office"),
        person=bool(block.get("person")), group=bool(block.get("group")),
        gender=block.get("gender"),
    )  # fmt: skip


def _plural(phrase: str) -> str:
    """The plural of the noun that heads the phrase: the last one, or the one before "of"."""
    head, preposition, rest = phrase.partition(" of ")
    if not preposition:
        head, preposition, rest = phrase.partition(" for ")
    for ending, changed in _IRREGULAR.items():
        if head.endswith(ending):
            return head[: -len(ending)] + changed + preposition + rest
    if head.endswith(("s", "x", "ch", "sh")):
        head += "es"
    elif head.endswith("y") and head[-2] not in "aeiou":
        head = head[:-1] + "ies"
    else:
        head += "s"
    return head + preposition + rest
