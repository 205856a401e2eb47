"""Finding the register's words in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.register import Match, default_register
from dragoman.register.naming import fold, lower

register = default_register()
WORDS = sorted({alias.text for alias in register.aliases})
NAMES = {alias.text for alias in register.aliases if alias.form != "label"}


def found(text: str) -> dict[str, list[str]]:
    return {
        text[m.start : m.end]: sorted({alias.entry for alias in m.aliases})
        for m in register.find(text)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US-led forces", {"US": ["state:USA"]}),
        ("anti-US rally", {"US": ["state:USA"]}),
        ("Israeli-occupied land", {"Israeli": ["state:ISR"]}),
        ("They told us that turkey and polish help.", {}),
        ("The U.S. and U.K. agreed.", {"U.S.": ["state:USA"], "U.K.": ["state:GBR"]}),
        ("Iran's army", {"Iran": ["state:IRN"]}),
        ("Iran’s army", {"Iran": ["state:IRN"]}),
        ("Iranians and Nigerians", {"Iranians": ["state:IRN"], "Nigerians": ["state:NGA"]}),
        ("Niger and Nigeria", {"Niger": ["state:NER"], "Nigeria": ["state:NGA"]}),
        ("IRAN ATTACKS ISRAEL", {"IRAN": ["state:IRN"], "ISRAEL": ["state:ISR"]}),
        ("LET US TALK ABOUT WHO WE ARE", {}),
        ("US WARNS", {"US": ["state:USA"]}),
        ("Recep Tayyip Erdogan", {"Recep Tayyip Erdogan": ["person:recep-tayyip-erdogan"]}),
        ("Recep Tayyip Erdoğan", {"Recep Tayyip Erdoğan": ["person:recep-tayyip-erdogan"]}),
        ("Kim Jong-un", {"Kim Jong-un": ["person:kim-jong-un"]}),
        ("Kim Jong Il", {"Kim Jong Il": ["person:kim-jong-il"]}),
        ("Bashar Assad", {"Bashar Assad": ["person:bashar-al-assad"]}),
        ("Al Qaeda in Yemen", {"Al Qaeda": ["group:al-qaeda"], "Yemen": ["state:YEM"]}),
        ("Côte d’Ivoire", {"Côte d’Ivoire": ["state:CIV"]}),
        ("Guinea-Bissau", {"Guinea-Bissau": ["state:GNB"]}),
        ("the United\nStates", {"United\nStates": ["state:USA"]}),
        ("Indiana, Omanization, Maliks", {}),
    ],
)
def test_whole_words_by_case(text: str, expected: dict[str, list[str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Popular Front for the Liberation of Palestine", "group:pflp"),
        ("Islamic State of Iraq and the Levant", "group:islamic-state"),
        ("Bank of Japan", "institution:bank-of-japan"),
        ("Palestine Liberation Organization", "org:plo"),
        ("Palestinian Islamic Jihad", "group:islamic-jihad"),
        ("Islamic Republic of Iran", "state:IRN"),
        ("Islamic Republic of Pakistan", "state:PAK"),
        ("Tehran Times", "media:tehran-times"),
        ("Irish Republican Army", "group:ira"),
    ],
)
def test_the_longest_name_wins(text: str, entry: str) -> None:
    assert found(f"The {text} said so.") == {text: [entry]}


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Hizbullah", "group:hezbollah"),
        ("Hezballah", "group:hezbollah"),
        ("Ansar Allah", "group:houthis"),
        ("al-Shabab", "group:al-shabaab"),
        ("Vietminh", "group:viet-minh"),
        ("SEATO", "igo:seato"),
        ("Organization of African Unity", "igo:oau"),
        ("Dáil", "institution:parl-irl"),
        ("Riigikogu", "institution:parl-est"),
        ("Polish Press Agency", "media:pap"),
        ("Bahujan Samaj Party", "party:bsp-india"),
        ("ethnic Uzbeks", "people:uzbeks"),
        ("Ijaws", "people:ijaws"),
        ("Alevis", "religion:alevis"),
        ("Palais Bourbon", "institution:french-national-assembly"),
    ],
)
def test_groups_of_all_kinds_are_known(text: str, entry: str) -> None:
    assert found(f"The {text} said so.") == {text: [entry]}


@pytest.mark.parametrize(
    "text",
    [
        "Karen Fur and Li Dong ate dai soup at Bai's",
        "The party wants justice and a broad front of free voters",
        "Mari and Sara Mende told Luo Yi to go",
        "an Apache helicopter near Sioux City",
        "Time will tell, the hill is steep, and the independent said so",
        "Moro, Tsongas and Jain spoke of survival and open doors",
        "Mon, She, Nu, Va, Gin, Ga, Tay, Tai, Wa and Han",
    ],
)
def test_names_of_peoples_and_parties_that_are_also_words_find_nobody(text: str) -> None:
    peoples = ("people:", "party:", "media:", "ngo:", "group:")
    ids = [entry for entries in found(text).values() for entry in entries]
    assert [id for id in ids if id.startswith(peoples)] == []


@pytest.mark.parametrize(
    "text", ["South China Sea", "University of Jordan", "Gulf of Oman", "Paris Agreement"]
)
def test_a_name_within_another_name_is_no_actor(text: str) -> None:
    assert found(f"in the {text} today") == {}


def test_homonyms_keep_all_candidates() -> None:
    assert found("Georgia") == {"Georgia": ["state:GEO", "territory:us-georgia"]}
    assert found("Congolese") == {"Congolese": ["state:COD", "state:COG"]}
    assert found("Koreans") == {"Koreans": ["state:KOR", "state:PRK"]}
    (match,) = register.find("Jordan")
    assert {alias.category for alias in match.aliases} == {"homonym"}


def test_forms_tell_how_a_word_refers() -> None:
    expected = {
        "Iran": {"name"},
        "Iranians": {"demonym"},
        "Iranian": {"adjective", "demonym"},
        "Tehran": {"capital"},
        "Kremlin": {"metonym"},
        "PFLP": {"acronym"},
        "Zionist regime": {"label"},
    }
    assert {w: {a.form for a in register.find(w)[0].aliases} for w in expected} == expected


@pytest.mark.parametrize("text", ["Zionist regime", "ZIONIST REGIME", "zionist regime"])
def test_labels_match_in_any_case_and_point_to_the_neutral_actor(text: str) -> None:
    (match,) = register.find(f"the {text}'s plots")
    (alias,) = match.aliases
    assert (alias.form, alias.category, alias.entry) == ("label", "regime", "state:ISR")
    assert (match.start, match.end) == (4, 4 + len(text))


def test_a_label_without_referent_names_nobody() -> None:
    (match,) = register.find("killed two terrorists near the border")
    assert [(alias.text, alias.entry) for alias in match.aliases] == [("terrorists", "")]


def _consistent(text: str, matches: list[Match]) -> None:
    reached = 0
    for match in matches:
        assert reached <= match.start < match.end <= len(text)
        assert match.aliases
        reached = match.end
        said = lower(fold(text[match.start : match.end]))
        assert said in {lower(fold(alias.text)) for alias in match.aliases}


@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=8), st.sampled_from(" -,’\n")
)
def test_offsets_quote_the_text(parts: list[str], glue: str) -> None:
    text = glue.join(parts)
    _consistent(text, register.find(text))


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    _consistent(text, register.find(text))


def test_every_wording_is_found_where_it_stands_alone() -> None:
    def missed(word: str) -> bool:
        label = register.label(word)
        of_deed = word not in NAMES and label is not None and not label.of_actor
        find = register.find_others if of_deed else register.find
        return [(m.start, m.end) for m in find(f"({word})")] != [(1, 1 + len(word))]

    assert [word for word in WORDS if missed(word)] == []


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text) == len(lower(text))
