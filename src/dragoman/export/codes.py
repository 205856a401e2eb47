"""Our words in the codes of other data sets: countries, actor codes, kinds of places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from dragoman.model import Actor, Participant, Place, Reading
from dragoman.ontologies.files import package_folder, read_table, read_yaml

_COUNTRIES: Final = ("iso3", "iso2", "name", "cameo", "fips", "cow")


@dataclass(frozen=True, slots=True)
class ActorCode:
    """A CAMEO actor code and its parts; "" for what it does not say."""

    code: str = ""
    country: str = ""
    group: str = ""
    ethnic: str = ""
    religions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def codes() -> Any:
    """The maps of ``data/codes.yaml``."""
    return read_yaml(package_folder("dragoman.export", "data") / "codes.yaml")


@lru_cache(maxsize=1)
def layouts() -> Any:
    """The columns of the delimited formats, of ``data/columns.yaml``."""
    return read_yaml(package_folder("dragoman.export", "data") / "columns.yaml")


@lru_cache(maxsize=1)
def _countries() -> dict[str, dict[str, str]]:
    path = package_folder("dragoman.export", "data") / "countries.csv"
    return {row["iso3"]: row for row in read_table(path, _COUNTRIES)}


@lru_cache(maxsize=1)
def _cameo_countries() -> frozenset[str]:
    return frozenset(row["cameo"] for row in _countries().values())


def country(iso3: str | None, system: str) -> str:
    """The ``name``, ``iso2``, ``cameo``, ``fips`` or ``cow`` code of a country (ISO 3166-1
    alpha-3); "" where there is none.
    """
    return _countries().get(iso3 or "", {}).get(system, "")


def coordinate(degrees: float) -> float:
    """Degrees to five decimals, about a metre: the gazetteer has no more."""
    return round(degrees, 5)


def actor_code(reading: Reading, participant: Participant | None) -> ActorCode:
    """The CAMEO code of who fills a role: the register's, else of country and sector."""
    actor = reading.actor(participant.actor) if participant else None
    if actor is None:
        return ActorCode()
    return _parts(actor.cameo or _built(actor))


def _built(actor: Actor) -> str:
    sector = actor.sector or ""
    known = codes()["cameo"]
    role = known["others"].get(sector, sector if sector in known["types"] else "")
    return f"{country(actor.country, 'cameo')}{role}"


@lru_cache(maxsize=65536)
def _parts(code: str) -> ActorCode:
    known = codes()["cameo"]
    country_code, group, ethnic = "", "", ""
    religions: list[str] = []
    types: list[str] = []
    written: list[str] = []
    for start in range(0, len(code), 3):
        part = code[start : start + 3]
        part = known["others"].get(part, part)
        if not part:
            continue
        written.append(part)
        if not country_code and (part in _cameo_countries() or part in known["regions"]):
            country_code = part
        elif part.islower():
            ethnic = ethnic or part
        elif part in known["religions"]:
            religions.append(part)
        elif part in known["types"]:
            types.append(part)
        else:
            group = group or part
    return ActorCode(
        "".join(written), country_code, group, ethnic, tuple(religions[:2]), tuple(types[:3])
    )


def gdelt_place(place: Place | None) -> dict[str, str | int | float]:
    """GDELT's eight columns of a place, without their prefix; type 0 where there is none."""
    if place is None:
        return {"Type": 0}
    known = codes()["geography"]
    kinds = known["types"].get(place.feature, known["types"]["landmark"])
    fips = country(place.country, "fips")
    is_country = place.feature == "country"
    state = codes()["us_states"].get(place.admin1 or place.name, "") if fips == "US" else ""
    first = fips if is_country else (f"US{state}" if state else "")
    names = [place.name, place.admin1, None if is_country else country(place.country, "name")]
    return {
        "Type": kinds["usa" if place.country == "USA" else "else"],
        "FullName": ", ".join(dict.fromkeys(name for name in names if name)),
        "CountryCode": fips,
        "ADM1Code": first,
        "Lat": coordinate(place.latitude),
        "Long": coordinate(place.longitude),
        "FeatureID": first if is_country or place.feature == "first-level division" else "",
    }


def levels(place: Place | None) -> dict[str, str]:
    """City, district and province of a place, as far as they are known."""
    if place is None:
        return {}
    known = codes()["geography"]
    found = {"Province": place.admin1 or ""}
    if place.feature in known["cities"]:
        found["City"] = place.name
    elif place.feature in known["districts"]:
        found["District"] = place.name
    elif place.feature == "first-level division":
        found["Province"] = place.name
    return found
