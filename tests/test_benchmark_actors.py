"""When a mention that was read counts as linked to who is meant."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from benchmarks import actors
from benchmarks.actors import RIGHT, UNRESOLVED, WRONG, Mark, Report, judge
from benchmarks.marks import locate
from dragoman.model import Actor, Document, Mention, Reading

TEXT = (
    "President Bush met envoys of the Bank of England. Two Israeli lawmakers ate Turkey sandwiches "
    "with Ana Merkel. The presidents of Chad and Niger slept, Paris said."
)
DOCUMENT = Document("d", TEXT)
ACTORS = (
    Actor("person:george-w-bush", "George W. Bush", "person", "USA", "GOV"),
    Actor("person:george-h-w-bush", "George H. W. Bush", "person", "USA", "GOV"),
    Actor("person:angela-merkel", "Angela Merkel", "person", "DEU", "GOV"),
    Actor("state:GBR", "United Kingdom", "state", "GBR", "GOV"),
    Actor("state:ISR", "Israel", "state", "ISR", "GOV"),
    Actor("state:TUR", "Turkey", "state", "TUR", "GOV"),
    Actor("state:FRA", "France", "state", "FRA", "GOV"),
    Actor("state:USA", "United States", "state", "USA", "GOV"),
    Actor("state:GEO", "Georgia", "state", "GEO", "GOV"),
    Actor("territory:us-georgia", "Georgia", "territory", "USA"),
    Actor("report:bush", "Bush", "person", None, "GOV"),
    Actor("report:bush-2", "Bush", "person", "KEN", "GOV"),
    Actor("report:george-w-bush", "George W. Bush", "person"),
    Actor("report:lee", "Jo Lee", "person"),
    Actor("report:lawmakers", "lawmakers", "role", "ISR", "LEG"),
    Actor("report:lawmakers-2", "lawmakers", "role", "ISR"),
    Actor("report:soldiers", "soldiers", "role", "ISR", "MIL"),
    Actor("report:ana-merkel", "Ana Merkel", "person"),
    Actor("report:ana-merkel-2", "Ana Merkel", "person", "AUT", "LEG"),
    Actor("report:turkey-sandwiches", "Turkey sandwiches", "group", "TUR"),
    Actor("state:FRA/government", "French government", "institution", "FRA", "GOV"),
    Actor("president:TCD", "president of Chad", "person", "TCD", "GOV"),
    Actor("president:NER", "president of Niger", "person", "NER", "GOV"),
)


def mark(quote: str, **more: object) -> Mark:
    return dataclasses.replace(Mark(locate(TEXT, quote)), **more)  # type: ignore[arg-type]


def judged(wanted: Mark, *found: tuple[str, str | None]) -> str:
    mentions = tuple(
        Mention(f"m{n}", DOCUMENT.span(*locate(TEXT, quote)), "actor", "rule", actor=id)
        for n, (quote, id) in enumerate(found)
    )
    return judge(wanted, Reading(DOCUMENT, ACTORS, mentions))[0]


BUSH = mark(
    "President Bush", names=("George W. Bush", "Bush Jr."), kind="person", countries=("USA",)
)
BANK = mark("Bank of England", names=("Bank of England",), kind="institution")
LAWMAKERS = mark("Israeli lawmakers", countries=("ISR",), sectors=("LEG",))
SANDWICH = mark("Turkey", none=True)
MERKEL = mark("Ana Merkel", unresolved=True)
PARIS = mark("Paris", names=("France",), kind="state", countries=("FRA",))


@pytest.mark.parametrize(
    ("id", "outcome"),
    [
        ("person:george-w-bush", RIGHT),
        ("person:george-h-w-bush", WRONG),
        ("state:USA", WRONG),
        ("report:george-w-bush", RIGHT),
        ("report:bush", UNRESOLVED),
        ("report:bush-2", WRONG),
        ("report:lee", WRONG),
        (None, UNRESOLVED),
    ],
)
def test_a_person_is_the_one_of_that_name(id: str | None, outcome: str) -> None:
    assert judged(BUSH, ("President Bush", id)) == outcome
    assert judged(BUSH, ("Bush", id)) == outcome


def test_what_is_not_found_is_unresolved() -> None:
    assert judged(BUSH) == judged(LAWMAKERS) == UNRESOLVED
    assert judged(BUSH, ("Paris", "state:FRA")) == UNRESOLVED
    assert judged(LAWMAKERS, ("Israeli", "state:ISR")) == UNRESOLVED


def test_a_mention_of_somebody_elses_envoys_is_not_of_him() -> None:
    wanted = mark("Bank of England", names=("George W. Bush",), kind="person")
    assert judged(wanted, ("envoys of the Bank of England", "person:george-w-bush")) == UNRESOLVED


def test_a_place_inside_the_name_of_an_organisation_is_a_wrong_link() -> None:
    assert judged(BANK, ("England", "state:GBR")) == WRONG
    assert judged(BANK, ("England", None)) == UNRESOLVED
    assert judged(BUSH, ("President", "state:USA")) == UNRESOLVED


@pytest.mark.parametrize(
    ("id", "outcome"),
    [
        ("report:lawmakers", RIGHT),
        ("report:lawmakers-2", UNRESOLVED),
        ("report:soldiers", WRONG),
        ("state:ISR", WRONG),
        ("state:TUR", WRONG),
        ("person:angela-merkel", WRONG),
        (None, UNRESOLVED),
    ],
)
def test_an_institution_is_its_country_and_sector(id: str | None, outcome: str) -> None:
    assert judged(LAWMAKERS, ("Two Israeli lawmakers", id)) == outcome


def test_a_sector_that_is_not_marked_is_not_compared() -> None:
    wanted = dataclasses.replace(LAWMAKERS, sectors=())
    assert judged(wanted, ("Israeli lawmakers", "report:soldiers")) == RIGHT
    assert judged(wanted, ("Israeli lawmakers", "state:TUR")) == WRONG


def test_a_state_is_its_government_and_not_who_leads_it() -> None:
    assert judged(PARIS, ("Paris", "state:FRA")) == RIGHT
    assert judged(PARIS, ("Paris", "state:FRA/government")) == RIGHT
    assert judged(PARIS, ("Paris", "state:GBR")) == WRONG
    assert judged(PARIS, ("Paris", "person:angela-merkel")) == WRONG


def test_somebody_whom_the_report_introduces_is_nobody_else() -> None:
    assert judged(MERKEL) == RIGHT
    assert judged(MERKEL, ("Ana Merkel", None)) == RIGHT
    assert judged(MERKEL, ("Ana Merkel", "report:ana-merkel")) == RIGHT
    assert judged(MERKEL, ("Ana Merkel", "report:lee")) == WRONG
    assert judged(MERKEL, ("Ana Merkel", "person:angela-merkel")) == WRONG
    known = dataclasses.replace(MERKEL, countries=("AUT",), sectors=("LEG",))
    assert judged(known, ("Ana Merkel", "report:ana-merkel-2")) == RIGHT
    assert judged(known, ("Ana Merkel", "report:ana-merkel")) == UNRESOLVED
    assert judged(known) == judged(known, ("Ana Merkel", None)) == UNRESOLVED
    abroad = dataclasses.replace(known, countries=("DEU",))
    assert judged(abroad, ("Ana Merkel", "report:ana-merkel-2")) == WRONG


def test_what_is_no_actor_must_not_be_linked_to_one() -> None:
    assert judged(SANDWICH) == judged(SANDWICH, ("Turkey sandwiches", None)) == RIGHT
    assert judged(SANDWICH, ("Turkey sandwiches", "report:lee")) == RIGHT
    assert judged(SANDWICH, ("Turkey", "state:TUR")) == WRONG
    assert judged(SANDWICH, ("Turkey sandwiches", "report:turkey-sandwiches")) == WRONG
    allowed = dataclasses.replace(SANDWICH, countries=("TUR",))
    assert judged(allowed, ("Turkey", "state:TUR")) == RIGHT


def test_of_two_over_the_same_words_either_may_be_meant() -> None:
    chad = mark("presidents of Chad", names=("president of Chad",), kind="person")
    niger = mark("presidents | Niger", names=("president of Niger",), kind="person")
    words = "presidents of Chad and Niger"
    both = [(words, "president:TCD"), (words, "president:NER")]
    assert judged(chad, *both) == judged(niger, *both) == RIGHT
    assert judged(niger, (words, "president:TCD"), ("Niger", "state:ISR")) != RIGHT


def test_a_name_that_two_entries_share_is_the_one_of_the_marked_country() -> None:
    assert {"state:GEO", "territory:us-georgia"} <= actors.entries("Georgia")
    assert actors.entries("no such name") == frozenset()
    wanted = mark("Paris", names=("Georgia",), kind="state", countries=("GEO",))
    assert judged(wanted, ("Paris", "state:GEO")) == RIGHT
    assert judged(wanted, ("Paris", "territory:us-georgia")) == WRONG


def test_outcomes_are_shared_out_by_group_and_decade() -> None:
    report = Report("r-01", "dev", "r", dt.date(2003, 3, 11), TEXT, (BUSH, SANDWICH))
    found = Mention("m", DOCUMENT.span(*locate(TEXT, "Turkey")), "actor", "rule", actor="state:TUR")
    result = actors.score([report], lambda _: Reading(DOCUMENT, ACTORS, (found,)))
    assert result.outcomes == {WRONG: 1, UNRESOLVED: 1}
    assert result.groups["r"] == result.decades["2000s"] == result.outcomes
    assert len(result.notes) == 2


def test_the_kept_half_is_not_shown() -> None:
    for split in ("held", "both"):
        with pytest.raises(SystemExit):
            actors.main(["--split", split, "--verbose"])
