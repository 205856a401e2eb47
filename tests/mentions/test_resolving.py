"""Which place a name means beside the report's other places, in a hierarchy, and near home."""

from __future__ import annotations

import pytest

from dragoman.language.parser import Parser
from dragoman.mentions import finding, places
from dragoman.model import Document, Mention
from dragoman.register import default_register
from tests.mentions.conftest import Analyse

# Text, words, country, first-level division.
BESIDE = [
    ("He moved from Parkersburg, W.Va., to Bath, Ont., in May.", "Bath", "CAN", "Ontario"),
    ("The fair in Springfield, Ill., drew crowds.", "Springfield", "USA", "Illinois"),
    ("The fair in Springfield, Ill., drew crowds.", "Ill.", "USA", "Illinois"),
    ("Fires burned in Lebanon, Pa. on Sunday.", "Lebanon", "USA", "Pennsylvania"),
    ("Shelling hit Tyre and Sidon in Lebanon.", "Lebanon", "LBN", None),
    ("A storm hit Boone County, Indiana.", "Boone County", "USA", "Indiana"),
    ("Police from Columbus, Ohio, searched a house in Dublin.", "Dublin", "USA", "Ohio"),
    ("Envoys met in Dublin and flew to Cork.", "Dublin", "IRL", "Leinster"),
    ("Troops crossed from Kinshasa to Goma in Congo.", "Congo", "COD", None),
    ("Ferries link Brazzaville and Pointe-Noire in Congo.", "Congo", "COG", None),
    ("Buses left Tbilisi and Gori in Georgia.", "Georgia", "GEO", None),
    ("Buses left Atlanta and Savannah in Georgia.", "Georgia", "USA", "Georgia"),
]


def found(text: str, analyse: Analyse) -> dict[str, Mention]:
    return {m.span.quote: m for m in places.find(analyse(text), (), None)}


@pytest.mark.parametrize(("text", "words", "country", "division"), BESIDE)
def test_other_places_tell_which(
    analyse: Analyse, text: str, words: str, country: str, division: str | None
) -> None:
    place = found(text, analyse)[words].place
    assert place is not None
    assert place.country == country
    assert division is None or place.admin1 == division


def at_home(text: str, home: str | None) -> Mention:
    meta = {"home": home} if home else {}
    analysis = Parser().parse(Document(id="test", text=text, meta=meta))
    (mention,) = places.find(analysis, (), None)
    return mention


def test_a_publisher_at_home_means_the_town_next_door() -> None:
    near = at_home("The council met in Alexandria.", "Shreveport, Louisiana")
    assert near.place is not None and near.place.admin1 == "Louisiana"
    assert near.rule == "place.home"
    far = at_home("The council met in Alexandria.", None)
    assert far.place is not None and far.place.country == "EGY"


def test_a_home_that_is_no_place_changes_nothing() -> None:
    mention = at_home("The council met in Alexandria.", "Xyzzyville")
    assert mention.place is not None and mention.place.country == "EGY"


def test_given_names_are_placed_and_demonyms_are_their_countries(analyse: Analyse) -> None:
    text = "Georgian officials left Xyzzyville for Batumi."
    words = ("Georgian", "Xyzzyville", "Batumi")
    spans = [(text.index(word), text.index(word) + len(word)) for word in words]
    choices = [finding.place(analyse(text), default_register(), spans)[span] for span in spans]
    georgian, nowhere, batumi = choices
    assert georgian.place is not None and georgian.place.country == "GEO"
    assert nowhere.place is None and nowhere.unresolved is not None
    assert batumi.place is not None and batumi.place.country == "GEO"


UNLISTED = [
    ("Troops attacked the village of Zzara in Blue Nile state, Sudan.", "Zzara", "Blue Nile"),
    ("Rebels took Qurax district on Friday.", "Qurax", None),
    ("A bus overturned near Vellomar on Friday.", "Vellomar", None),
    ("Gunmen shot two traders in Anevour, Mali.", "Anevour", "Mali"),
    ("Police fired gas at the crowd in Plaza Zumaya.", "Plaza Zumaya", None),
]


@pytest.mark.parametrize(("text", "words", "outer"), UNLISTED)
def test_a_place_the_gazetteer_lacks_is_told(
    analyse: Analyse, text: str, words: str, outer: str | None
) -> None:
    mentions = found(text, analyse)
    mention = mentions[words]
    assert mention.place is None and mention.rule == "place.unlisted"
    assert mention.unresolved is not None
    if outer is not None:
        assert mention.antecedent == mentions[outer].id
        assert outer in mention.unresolved


NO_PLACES = [
    "She met Vellomar on Friday.",
    "A spokesman for Vellomar Industries spoke near Vellomar's office.",
    "In Vellomar's view nothing changed.",
]


@pytest.mark.parametrize("text", NO_PLACES)
def test_an_unknown_name_alone_is_no_place(analyse: Analyse, text: str) -> None:
    assert found(text, analyse) == {}


def test_a_hamlet_after_in_stays_open(analyse: Analyse) -> None:
    mention = found("A well dried up in Atka.", analyse).get("Atka")
    assert mention is not None and mention.place is None and mention.unresolved is not None
