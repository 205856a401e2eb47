"""The cases are the standard the rules are held to: these tests hold the cases to theirs."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import pytest
import yaml

from dragoman.model import AuxiliaryMode, Kind, Status

CASES: Final = Path(__file__).parent / "cases"
FORMS: Final = CASES / "parties" / "forms.yaml"
TOPICS: Final = (
    "active actors addressee background chain conjoined labels lexicon light negative nominal "
    "passive places reciprocal reference roles status times wires"
).split()
REQUESTED: Final = {"assist", "change", "yield", "meet"}
MODES: Final[dict[str, set[str]]] = {
    "AGREE": set(),
    "CONSULT": {"visit", "third-party", "multilateral", "phone"},
    "SUPPORT": set(),
    "CONCEDE": set(),
    "COOPERATE": set(),
    "AID": set(),
    "RETREAT": {"withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"},
    "REQUEST": REQUESTED,
    "ACCUSE": {"disapprove", "investigate", "allege"},
    "REJECT": REQUESTED,
    "THREATEN": set("restrict ban arrest relations rights expel territory violence".split()),
    "PROTEST": set("demo riot strike hunger boycott obstruct vandalize".split()),
    "SANCTION": {"convict", "expel", "withdraw", "discontinue"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": set(
        "seize restrict ban censor curfew martial-law arrest deport withhold misinformation "
        "cyber".split()
    ),
    "ASSAULT": set(
        "abduct beat torture sexual targeted destroy primitive firearms explosives "
        "suicide-attack aerial drone heavy-weapons crowd-control unconventional".split()
    ),
}
EVENT_FIELDS: Final = set(
    "type mode trigger actors recipients status according_to time place auxiliary".split()
)
FIELDS: Final = {
    "events": EVENT_FIELDS,
    "statements": set("source speaker cue content kind act addressee parent".split()),
    "times": {"quote", "value"},
    "places": {"quote", "country"},
    "mentions": {"quote", "within", "actor", "label"},
}
VALUE: Final = re.compile(r"\d{4}(-\d{2}){0,2}(T(MO|AF|EV|NI|DT))?|P(\d+[YMWD])|PT\d+[HM]")
WEEKDAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()

Case = Mapping[str, Any]


class Strict(yaml.SafeLoader):
    """A loader that refuses a key written twice, which YAML would let the second win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(key.value for key, _ in node.value)
        twice = [key for key, count in keys.items() if count > 1]
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"{twice[0]} is written twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


def load(folder: Path) -> list[Case]:
    """The cases of every file of one folder, in order of file name."""
    return [
        case
        for path in sorted(folder.glob("*.yaml"))
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=Strict)
    ]


@cache
def forms() -> dict[str, list[str]]:
    """How each party of a swap is worded: name, adjective, people."""
    loaded: dict[str, list[str]] = yaml.load(FORMS.read_text(encoding="utf-8"), Loader=Strict)
    return loaded


def exchanged(text: str, left: str, right: str) -> str:
    """``text`` with two parties exchanged, form by form; the longest form wins.

    Raises KeyError when a party has no row in ``parties/forms.yaml``.
    """
    table = forms()
    other: dict[str, str] = {}
    for a, b in zip(table[left], table[right], strict=True):
        # Where adjective and people are one word ("Senegalese"), the adjective is the likelier.
        other.setdefault(a, b)
        other.setdefault(b, a)
    longest_first = sorted(other, key=len, reverse=True)
    either = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
    return either.sub(lambda match: other[match.group()], text)


def choices(value: object) -> list[str]:
    """The wordings of which any will do: ``a|b``."""
    return str(value).split("|")


def entries(case: Case, kind: str) -> list[dict[str, Any]]:
    """What a case expects of one kind."""
    found: list[dict[str, Any]] = case.get("expect", {}).get(kind, [])
    return found


def quotes(case: Case) -> Iterator[str]:
    """Every wording that a case claims to take from its text: one of the choices must be there."""
    for event in [*entries(case, "events"), *case.get("absent", [])]:
        yield from (event[key] for key in ("trigger", "place") if key in event)
    for statement in entries(case, "statements"):
        for key in ("source", "cue", "content", "addressee", "parent"):
            if statement.get(key) is not None:
                yield from statement[key].split(" … ")
    for kind in ("times", "places", "mentions"):
        yield from (entry["quote"] for entry in entries(case, kind))
    for mention in entries(case, "mentions"):
        yield from (mention[key] for key in ("within", "label") if key in mention)


def contradicts(event: Mapping[str, Any], pattern: Mapping[str, Any]) -> bool:
    """Whether an expected event surely is one of those that must be absent."""

    def same(key: str) -> bool:
        if key not in event:
            return False
        want, got = pattern[key], event[key]
        if not isinstance(want, list):
            return set(choices(got)) <= set(choices(want))
        if not want:
            return not got
        names = {name for item in got for name in choices(item)}
        return all(names & set(choices(item)) for item in want)

    return all(same(key) for key in pattern)


OPEN: Final = load(CASES)
HELD: Final = load(CASES / "heldback")
EVERY: Final = [pytest.param(case, id=str(case["id"])) for case in OPEN + HELD]
SWAPS: Final = [pytest.param(case, id=str(case["id"])) for case in OPEN + HELD if "swap" in case]


@pytest.mark.parametrize("case", EVERY)
def test_fields_are_known(case: Case) -> None:
    assert set(case) <= {"id", "why", "text", "published", "swap", "expect", "absent"}
    assert case["why"].strip() and case["text"].strip()
    assert "\n" not in case["why"]
    assert isinstance(case["published"], dt.date)
    assert case.get("expect") or case.get("absent"), "a case expects or excludes something"
    assert set(case.get("expect", {})) <= set(FIELDS)
    for kind, known in FIELDS.items():
        for entry in entries(case, kind):
            assert entry and set(entry) <= known, (kind, entry)
    for pattern in case.get("absent", []):
        assert set(pattern) <= EVENT_FIELDS


@pytest.mark.parametrize("case", EVERY)
def test_quotes_occur(case: Case) -> None:
    text = case["text"]
    for quote in quotes(case):
        assert any(choice in text for choice in choices(quote)), f"not in the text: {quote!r}"
    for mention in entries(case, "mentions"):
        assert mention["quote"] in mention.get("within", mention["quote"])
        assert text.count(mention.get("within", mention["quote"])) == 1, f"ambiguous: {mention}"


@pytest.mark.parametrize("case", EVERY)
def test_types_modes_and_statuses_exist(case: Case) -> None:
    for event in [*entries(case, "events"), *case.get("absent", [])]:
        types = choices(event["type"]) if "type" in event else []
        assert set(types) <= set(MODES)
        if event.get("mode") is not None:
            assert types, "a mode needs its type"
            assert all(event["mode"] in MODES[name] for name in types)
        if "status" in event:
            assert set(choices(event["status"])) <= set(get_args(Status))
        for mark in event.get("auxiliary", []):
            assert set(choices(mark)) <= set(get_args(AuxiliaryMode))
        for key in ("actors", "recipients", "according_to"):
            assert all(isinstance(name, str) and name for name in event.get(key, []))
    for event in entries(case, "events"):
        assert "trigger" in event, "an expected event names its trigger"
    for statement in entries(case, "statements"):
        assert statement.get("kind", "direct") in get_args(Kind)


@pytest.mark.parametrize("case", EVERY)
def test_dates_hold(case: Case) -> None:
    published = case["published"]
    for entry in entries(case, "times"):
        value = entry.get("value")
        if value is None:
            continue
        if not isinstance(value, dt.date):
            assert VALUE.fullmatch(value), entry
            continue
        named = [day for day in WEEKDAYS if day in entry["quote"].lower()]
        assert not named or value.weekday() == WEEKDAYS.index(named[0]), entry
        assert not named or abs((published - value).days) <= 7, entry
    for event in [*entries(case, "events"), *case.get("absent", [])]:
        value = event.get("time", published)
        assert value is None or isinstance(value, dt.date) or VALUE.fullmatch(value)


@pytest.mark.parametrize("case", EVERY)
def test_nothing_is_both_expected_and_absent(case: Case) -> None:
    for event in entries(case, "events"):
        for pattern in case.get("absent", []):
            assert not contradicts(event, pattern), (event, pattern)


@pytest.mark.parametrize("case", SWAPS)
def test_swaps_exchange_both_parties(case: Case) -> None:
    left, right = case["swap"]
    swapped = exchanged(case["text"], left, right)
    assert swapped != case["text"]
    assert exchanged(swapped, left, right) == case["text"]
    for party in (left, right):
        assert any(re.search(rf"\b{re.escape(form)}", case["text"]) for form in forms()[party])


def test_ids_are_unique_and_name_their_topic() -> None:
    ids = [case["id"] for case in OPEN + HELD]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert {case["id"].split("-")[0] for case in OPEN} == set(TOPICS)
    assert all(case["id"].startswith("held-") for case in HELD)


def test_texts_are_not_repeated() -> None:
    assert len({case["text"] for case in OPEN + HELD}) == len(OPEN + HELD)


def test_there_are_enough() -> None:
    assert len(OPEN) >= 100
    assert len(HELD) >= 30
    assert sum("swap" in case for case in OPEN) >= 30


@pytest.mark.parametrize("cases", [OPEN, HELD], ids=["open", "heldback"])
def test_every_rivalry_is_told_from_both_sides(cases: list[Case]) -> None:
    told = {tuple(case["swap"]) for case in cases if "swap" in case}
    assert [pair for pair in told if pair[::-1] not in told] == []
