"""Who is who, and who held what when."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.register import Register, default_register


@pytest.fixture(scope="module")
def register() -> Register:
    return default_register()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("office", "country", "date", "name"),
    [
        ("head_of_state", "IRN", "2025-06-12", "Masoud Pezeshkian"),
        ("head_of_state", "IRN", "2024-05-18", "Ebrahim Raisi"),
        ("head_of_state", "IRN", "2024-06-01", "Mohammad Mokhber"),
        ("supreme_leader", "IRN", "1989-06-03", None),
        ("supreme_leader", "IRN", "1989-06-04", "Ali Khamenei"),
        ("head_of_state", "USA", "2021-01-19", "Donald Trump"),
        ("head_of_state", "USA", "2021-01-20", "Joe Biden"),
        ("head_of_state", "USA", "2025-01-20", "Donald Trump"),
        ("monarch", "GBR", "2022-09-07", "Elizabeth II"),
        ("monarch", "GBR", "2022-09-08", "Charles III"),
        ("head_of_government", "GBR", "2022-10-01", "Liz Truss"),
        ("head_of_government", "DEU", "2021-12-07", "Angela Merkel"),
        ("head_of_government", "DEU", "2021-12-08", "Olaf Scholz"),
        ("head_of_government", "ISR", "2021-06-13", "Naftali Bennett"),
        ("head_of_government", "ISR", "2022-12-29", "Benjamin Netanyahu"),
        ("head_of_state", "RUS", "2010-01-01", "Dmitry Medvedev"),
        ("head_of_government", "RUS", "2010-01-01", "Vladimir Putin"),
        ("head_of_state", "UKR", "2014-05-01", "Oleksandr Turchynov"),
        ("head_of_state", "UKR", "2022-02-24", "Volodymyr Zelenskyy"),
        ("head_of_state", "EGY", "2013-07-03", None),
        ("head_of_state", "FRA", "2017-05-14", "Emmanuel Macron"),
        ("head_of_government", "TUR", "2005-01-01", "Recep Tayyip Erdoğan"),
        ("head_of_state", "TUR", "2020-01-01", "Recep Tayyip Erdoğan"),
        ("head_of_government", "IND", "2014-05-25", "Manmohan Singh"),
        ("head_of_government", "JPN", "2022-07-08", "Fumio Kishida"),
        ("head_of_state", "KOR", "2025-05-01", None),
        ("head_of_state", "BRA", "2016-09-01", "Michel Temer"),
        ("head_of_state", "CHN", "2013-03-14", "Xi Jinping"),
        ("head_of_state", "SYR", "2024-12-09", None),
        ("foreign_minister", "IRN", "2025-06-12", "Abbas Araghchi"),
        ("secretary_general", "igo:united-nations", "2005-01-01", "Kofi Annan"),
        ("secretary_general", "igo:nato", "2024-10-01", "Mark Rutte"),
    ],
)
def test_office_on_a_day(
    register: Register, office: str, country: str, date: str, name: str | None
) -> None:
    held = [entry.name for entry in register.officeholders(office, country, day(date))]
    assert held == ([name] if name else [])


def test_holders_without_a_date_have_not_left(register: Register) -> None:
    assert [e.name for e in register.officeholders("head_of_state", "USA", None)] == [
        "Donald Trump"
    ]


def test_actor_has_the_office_of_the_day(register: Register) -> None:
    actor = register.actor("person:masoud-pezeshkian", day("2025-06-12"))
    assert (actor.name, actor.office) == ("Masoud Pezeshkian", "President of Iran")
    assert (actor.country, actor.sector, actor.cameo) == ("IRN", "GOV", "IRNGOV")
    leader = register.actor("person:hassan-nasrallah", day("2020-01-01"))
    assert leader.office == "Secretary-General of Hezbollah"
    assert (leader.organisation, leader.sector) == ("Hezbollah", "REB")
    trump = register.actor("person:donald-trump", day("2025-06-01"))
    assert trump.office == "President of the United States"


def test_who_has_left_every_office_is_a_former_official(register: Register) -> None:
    merkel = register.actor("person:angela-merkel", day("2024-01-01"))
    assert (merkel.sector, merkel.office, merkel.cameo) == ("ELI", None, "DEUELI")
    before = register.actor("person:donald-trump", day("1995-01-01"))
    between = register.actor("person:donald-trump", day("2023-01-01"))
    assert (before.sector, between.sector) == (None, "ELI")


def test_the_higher_of_two_offices_counts(register: Register) -> None:
    kim = register.entry("person:kim-jong-un")
    xi = register.entry("person:xi-jinping")
    assert kim is not None and xi is not None
    office = register.at(kim, day("2020-01-01"))
    assert office is not None and office.office == "supreme_leader"
    assert getattr(register.at(xi, day("2020-01-01")), "title", None) == "President"


def test_unknown_id_raises(register: Register) -> None:
    assert register.entry("state:XXX") is None
    with pytest.raises(LookupError, match="state:XXX"):
        register.actor("state:XXX", None)


@pytest.mark.parametrize(
    ("word", "id"),
    [
        ("Pezeshkian", "person:masoud-pezeshkian"),
        ("pezeshkian", "person:masoud-pezeshkian"),
        ("Erdogan", "person:recep-tayyip-erdogan"),
        ("Zelensky", "person:volodymyr-zelenskyy"),
        ("Zelenskiy", "person:volodymyr-zelenskyy"),
        ("von der Leyen", "person:ursula-von-der-leyen"),
        ("Sisi", "person:abdel-fattah-el-sisi"),
        ("al-Sisi", "person:abdel-fattah-el-sisi"),
        ("Sheinbaum", "person:claudia-sheinbaum"),
        ("Xi", "person:xi-jinping"),
        ("Lula", "person:luiz-inacio-lula-da-silva"),
        ("Abiy", "person:abiy-ahmed"),
        ("Hemedti", "person:mohamed-hamdan-dagalo"),
    ],
)
def test_surname(register: Register, word: str, id: str) -> None:
    assert id in [entry.id for entry in register.surname(word)]


def test_surname_of_several(register: Register) -> None:
    bushes = {entry.id for entry in register.surname("Bush")}
    assert {"person:george-h-w-bush", "person:george-w-bush"} <= bushes
    assert register.surname("Nobodyson") == ()


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Iran", "state:IRN"),
        ("iran", "state:IRN"),
        ("IRANIANS", "state:IRN"),
        ("u.s.", "state:USA"),
        ("Kremlin", "state:RUS"),
        ("the Kremlin", "state:RUS"),
        ("pflp", "group:pflp"),
        ("Erdogan", "person:recep-tayyip-erdogan"),
        ("Netanyahu", "person:benjamin-netanyahu"),
        ("zionist regime", "state:ISR"),
        ("ursula leyen", "person:ursula-von-der-leyen"),
    ],
)
def test_lookup(register: Register, name: str, first: str) -> None:
    assert register.lookup(name)[0].id == first


def test_lookup_puts_the_holder_of_the_day_first(register: Register) -> None:
    assert register.lookup("Kim", day("2005-01-01"))[0].id == "person:kim-jong-il"
    assert register.lookup("Assad", day("1995-01-01"))[0].id == "person:hafez-al-assad"
    assert register.lookup("Assad", day("2015-01-01"))[0].id == "person:bashar-al-assad"
    assert register.lookup("Bush", day("1990-01-01"))[0].id == "person:george-h-w-bush"


@pytest.mark.parametrize("name", ["", "   ", "Nobody of that name", "terrorists"])
def test_lookup_without_an_answer(register: Register, name: str) -> None:
    assert register.lookup(name) == []


@pytest.mark.parametrize(
    ("text", "kind", "country", "cameo"),
    [
        ("state:PSE", "state", "PSE", "PSE"),
        ("state:XKX", "state", "XKX", "KSV"),
        ("group:pflp", "armed group", "PSE", "PSEREB"),
        ("igo:united-nations", "IGO", None, "IGOUNO"),
        ("people:palestinians", "people", "PSE", "PSEpal"),
        ("people:kurds", "people", None, "kur"),
        ("people:uyghurs", "people", "CHN", "CHNuig"),
        ("religion:catholics", "religion", None, "CHRCTH"),
        ("igo:seato", "IGO", None, "IGOSOT"),
        ("media:irna", "media", "IRN", "IRNMED"),
        ("party:likud", "party", "ISR", "ISRPTY"),
    ],
)
def test_entry(register: Register, text: str, kind: str, country: str | None, cameo: str) -> None:
    entry = register.entry(text)
    assert entry is not None
    assert (entry.kind, entry.country, entry.cameo) == (kind, country, cameo)
