"""Reports that tell drawn happenings in one form of words, and a coder that reads that form alone:
what an archive costs without what reading costs.

Each report opens with a meeting and an attack, which two to four others tell with half of their
words changed, and goes on with sentences of our own (``benchmarks/recombined.py``).
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.recombined import reports as recombined
from benchmarks.recombined import sentences
from dragoman.model import (
    Actor,
    Document,
    Event,
    EventTime,
    Mention,
    Participant,
    Place,
    Reading,
    Statement,
    Time,
    Trace,
)

A_DAY: Final = 20
"""Reports that come out on a day."""
_SEED: Final = 7
_TOWNS: Final = 400
_STATES: Final = {
    "Angola": "AGO", "Argentina": "ARG", "Bolivia": "BOL", "Botswana": "BWA", "Brazil": "BRA",
    "Burundi": "BDI", "Cambodia": "KHM", "Cameroon": "CMR", "Chile": "CHL", "Colombia": "COL",
    "Cuba": "CUB", "Denmark": "DNK", "Ecuador": "ECU", "Egypt": "EGY", "Ethiopia": "ETH",
    "Finland": "FIN", "Gabon": "GAB", "Ghana": "GHA", "Greece": "GRC", "Guyana": "GUY",
    "Hungary": "HUN", "Iceland": "ISL", "Indonesia": "IDN", "Ireland": "IRL", "Jordan": "JOR",
    "Kenya": "KEN", "Kuwait": "KWT", "Laos": "LAO", "Latvia": "LVA", "Lesotho": "LSO",
    "Malawi": "MWI", "Malaysia": "MYS", "Mexico": "MEX", "Mongolia": "MNG", "Morocco": "MAR",
    "Mozambique": "MOZ", "Namibia": "NAM", "Nepal": "NPL", "Nicaragua": "NIC", "Nigeria": "NGA",
    "Norway": "NOR", "Panama": "PAN", "Paraguay": "PRY", "Peru": "PER", "Poland": "POL",
    "Portugal": "PRT", "Rwanda": "RWA", "Senegal": "SEN", "Spain": "ESP", "Sweden": "SWE",
    "Tanzania": "TZA", "Thailand": "THA", "Togo": "TGO", "Tunisia": "TUN", "Uganda": "UGA",
    "Uruguay": "URY", "Vietnam": "VNM", "Yemen": "YEM", "Zambia": "ZMB", "Zimbabwe": "ZWE",
}  # fmt: skip
_SITES: Final = ("ferry", "market", "bridge", "school", "mill", "mine", "port", "station")
_FORM: Final = re.compile(
    r"Envoys of (?P<one>\w+) and (?P<other>\w+) (?P<met>met) in (?P<town>\w+) on (?P<day>\w+)"
    r" about \w+, \w+ and \w+\. (?P<attack>(?P<clerk>A clerk) (?P<said>said) that (?P<claim>"
    r"(?P<person>Ana \w+) (?P<claimed>had claimed) that (?P<shots>soldiers of (?P<third>\w+)"
    r" (?P<fired>fired) at a \w+ near (?P<near>\w+) over \w+, \w+ and \w+))\.)"
)


@dataclass(frozen=True, slots=True)
class _Happening:
    states: tuple[str, str, str]
    towns: tuple[str, str]
    site: str
    words: tuple[str, ...]
    day: dt.date


def reports(count: int, a_day: int = A_DAY) -> Iterator[Document]:
    """So many reports, so many a day, in the order of publication; drawn always the same way."""
    draw = random.Random(_SEED)
    words = sorted(set(re.findall(r"\b[a-z]{4,}\b", " ".join(sentences()))))
    known: list[_Happening] = []
    for document in recombined(count, "", a_day):
        assert document.published is not None
        if not known or known[0].day != document.published:
            known = []
        # Three reports tell of a happening on average.
        if not known or draw.random() < 1 / 3:
            known.append(_drawn(draw, words, document.published))
        opening = _opening(draw, known[-1 - draw.randrange(min(8, len(known)))], words)
        text = f"{opening}{document.text}"
        yield Document(document.id, text, document.published, document.publisher)


def _drawn(draw: random.Random, words: list[str], day: dt.date) -> _Happening:
    one, other, third = draw.sample(sorted(_STATES), 3)
    first, second = draw.sample(range(_TOWNS), 2)
    return _Happening(
        (one, other, third), (town(first), town(second)), draw.choice(_SITES),
        tuple(draw.choices(words, k=6)), day,
    )  # fmt: skip


def town(number: int) -> str:
    """A name that no town has."""
    starts, middles, ends = ("Bal", "Dor", "Kel", "Mur", "Tav"), "aeiou", ("dra", "lin", "mos")
    letters = "bdfgklmnprst"
    return (
        starts[number % 5] + middles[number // 5 % 5]
        + letters[number // 25 % 12] + "e" + ends[number // 300 % 3]
    )  # fmt: skip


def _opening(draw: random.Random, told: _Happening, words: list[str]) -> str:
    kept = [word if draw.random() < 0.5 else draw.choice(words) for word in told.words]
    one, other, third = told.states
    day = f"{told.day - dt.timedelta(1):%A}"
    return (
        f"Envoys of {one} and {other} met in {told.towns[0]} on {day} about "
        f"{kept[0]}, {kept[1]} and {kept[2]}. A clerk said that Ana {told.towns[1]}a had claimed "
        f"that soldiers of {third} fired at a {told.site} near {told.towns[1]} over "
        f"{kept[3]}, {kept[4]} and {kept[5]}."
    )


class Reader:
    """Stands in for the pipeline's reader."""

    coder = "stand-in"

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """The readings, one by one."""
        return map(reading_of, documents)


def reading_of(document: Document) -> Reading:
    """Two events, the one in the report's own voice, the other at second hand."""
    found = _FORM.match(document.text)
    if found is None:
        return Reading(document, coder=Reader.coder, notes=("nothing was read",))
    told = found.groupdict()
    span = {name: document.span(found.span(name)) for name in told}
    published = document.published or dt.date(2024, 1, 1)
    day = published - dt.timedelta(1)
    time = Time("DATE", day.isoformat(), "day", day, day)
    at = Place(f"drawn:{told['town']}", told["town"], "city", 0.0, 0.0, _STATES[told["one"]])
    one, other, third = (Actor(f"state:{_STATES[told[name]]}", told[name], "state",
                               _STATES[told[name]], "GOV", _STATES[told[name]])
                         for name in ("one", "other", "third"))  # fmt: skip
    mentions = (
        Mention("m1", span["one"], "actor", "register name", actor=one.id),
        Mention("m2", span["town"], "place", "city name", place=at),
        Mention("m3", span["day"], "time", "weekday", time=time),
        Mention("m4", span["third"], "actor", "register name", actor=third.id),
    )
    outer = Statement("s1", span["claim"], "indirect", "say", span["clerk"], span["said"])
    inner = Statement("s2", span["shots"], "indirect", "claim", span["person"],
                      span["claimed"], speaker="report:ana", parent="s1")  # fmt: skip
    met = Event("e1", span["met"], "CONSULT", "042", "04", 1, "asserted", "visit",
                actors=(Participant(told["one"], one.id, span["one"], "m1"),),
                recipients=(Participant(told["other"], other.id, span["other"]),),
                place="m2", time=EventTime(day.isoformat(), "day", "weekday", "m3"),
                goldstein=1.0, reciprocal=True,
                sentence=document.span((0, found.start("attack") - 1)))  # fmt: skip
    fired = Event("e2", span["fired"], "ASSAULT", "190", "19", 4, "asserted",
                  actors=(Participant(told["third"], third.id, span["third"], "m4"),),
                  goldstein=-10.0, according_to=("s1", "s2"), sentence=span["attack"],
                  trace=(Trace("type", "assault.fire", span["fired"]),))  # fmt: skip
    actors = {one.id: one, other.id: other, third.id: third}
    person = Actor("report:ana", told["person"], "person")
    return Reading(
        document, (*actors.values(), person), mentions, (outer, inner), (met, fired), Reader.coder
    )
