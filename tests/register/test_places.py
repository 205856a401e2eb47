"""The gazetteer: keys, look-ups by name, and the data's own consistency."""

from __future__ import annotations

import csv
from importlib import resources
from importlib.resources.abc import Traversable

import pyarrow as pa
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dragoman.register.places import Gazetteer, default_gazetteer, key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir al-Balah", "DEIR AL BALAH"),
        ("Sana'a", "Sana’a"),
        ("Saint-Denis", "St. Denis"),
        ("Kütahya", "Kutahya"),
        ("Łódź", "Lodz"),
        ("U.S.", "US"),
        ("El Fasher", "al-Fasher"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kyiv", "UKR"),
        ("Kiev", "UKR"),
        ("Khan Younis", "PSE"),
        ("Mosul", "IRQ"),
        ("Taiz", "YEM"),
        ("Xinjiang", "CHN"),
        ("Britain", "GBR"),
        ("Ivory Coast", "CIV"),
    ],
)
def test_names_are_found(name: str, country: str) -> None:
    assert country in {c.place.country for c in default_gazetteer().lookup(name)}


def test_an_unknown_name_has_no_candidates() -> None:
    assert default_gazetteer().lookup("Xyzzyville") == ()


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["Khan", "Younis", "and", "Rafah"], 2),
        (["Strait", "of", "Hormuz", "traffic"], 3),
        (["New", "York", "City", "council"], 3),
        (["Xyzzyville"], 0),
        ([], 0),
    ],
)
def test_the_longest_name_wins(words: list[str], count: int) -> None:
    assert default_gazetteer().longest(words) == count


def test_a_capital_is_marked() -> None:
    features = {c.place.feature for c in default_gazetteer().lookup("Muscat")}
    assert "capital" in features


def test_a_disputed_territory_says_who_holds_and_who_claims_it() -> None:
    (golan,) = default_gazetteer().lookup("Golan Heights")
    assert golan.place.country is None
    assert golan.note == "administered by ISR; claimed by SYR, ISR"


def test_a_country_by_code() -> None:
    place = default_gazetteer().country("NOR")
    assert place is not None and place.name == "Norway"
    assert default_gazetteer().country("XXX") is None


def test_an_alias_of_no_country_is_refused() -> None:
    places = pa.table({
        "id": ["geonames:1"],
        "name": ["Testland"],
        "feature": pa.array(["country"]).dictionary_encode(),
        "latitude": pa.array([1.0], pa.float32()),
        "longitude": pa.array([2.0], pa.float32()),
        "country": pa.array(["TST"]).dictionary_encode(),
        "admin1": pa.array([None], pa.string()).dictionary_encode(),
        "population": pa.array([5], pa.int32()),
    })  # fmt: skip
    names = pa.table({
        "key": ["testland"],
        "row": pa.array([0], pa.int32()),
        "strength": pa.array([1], pa.int8()),
    })  # fmt: skip
    assert Gazetteer(places, names, {}).lookup("Testland")[0].place.country == "TST"
    with pytest.raises(ValueError, match="no country ABC"):
        Gazetteer(places, names, {"aliases": {"ABC": ["Nowhere"]}})


def data(name: str) -> Traversable:
    return resources.files("dragoman.register") / "data" / name


def regions() -> list[dict[str, str]]:
    return list(csv.DictReader(data("regions.csv").read_text("utf-8").splitlines()))


def test_regions_have_their_own_ids_and_points_on_earth() -> None:
    rows = regions()
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
    assert len(ids) > 500
    for row in rows:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
        assert -90 <= latitude <= 90 and -180 <= longitude <= 180, row["id"]
        assert row["provenance"], row["id"]


def test_regions_name_known_countries() -> None:
    gazetteer = default_gazetteer()
    for row in regions():
        codes = f"{row['country']} {row['administered']} {row['claimed']}".split()
        unknown = [code for code in codes if gazetteer.country(code) is None]
        assert unknown == [], row["id"]


def test_a_region_is_found_by_each_of_its_names() -> None:
    gazetteer = default_gazetteer()
    for row in regions():
        for name in (row["name"], *filter(None, row["names"].split("|"))):
            found = {c.place.id for c in gazetteer.lookup(name)}
            assert f"region:{row['id']}" in found, name


@pytest.mark.parametrize(
    ("name", "division"),
    [("Rapides Parish", "Louisiana"), ("Boone County", "Indiana"), ("Kent", "England")],
)
def test_counties_lie_in_their_divisions(name: str, division: str) -> None:
    counties = [
        c.place
        for c in default_gazetteer().lookup(name)
        if c.place.feature == "second-level division"
    ]
    assert division in {place.admin1 for place in counties}


def test_every_english_name_points_to_a_town_of_the_gazetteer() -> None:
    gazetteer = default_gazetteer()
    exonyms: dict[str, list[str]] = yaml.safe_load(data("places.yaml").read_text("utf-8"))[
        "exonyms"
    ]
    for main, names in exonyms.items():
        for name in names:
            assert gazetteer.lookup(name), f"{name}: no town {main}"
