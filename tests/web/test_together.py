"""Pictures side by side: what is chosen in one narrows the others and the events."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from dragoman.archive import Archive, Filter
from dragoman.plot.grammar import theme
from dragoman.web.pages.together import PARTS
from tests.plot.test_specs import values
from tests.web.conftest import Running
from tests.web.test_journeys import LOOKS, SHOTS, axe_of

STYLE = Path(__file__).resolve().parents[2] / "src" / "dragoman" / "web" / "static" / "style.css"


def query(page: Any) -> dict[str, str]:
    return {name: held[0] for name, held in parse_qs(urlsplit(page.url).query).items()}


def ready(page: Any) -> None:
    """Wait until all is drawn."""
    page.wait_for_selector("#together[aria-busy=false]")
    for name in PARTS:
        page.wait_for_selector(f"[data-part={name}] svg")


def told(page: Any) -> int:
    return int(page.inner_text("#count b").replace(",", ""))


def brush(page: Any, first: int, last: int) -> None:
    """Drag over the bars of the timeline from one to another, by their order from the left."""
    boxes = page.eval_on_selector_all(
        ".small-when .mark-rect.role-mark path",
        "all => all.filter(one => one.getAttribute('aria-label')?.includes('when'))"
        ".map(one => one.getBoundingClientRect()).map(b => [b.left, b.right])",
    )
    days = sorted({tuple(round(x) for x in box) for box in boxes})
    plot = page.locator(".small-when svg").bounding_box()
    y = plot["y"] + 30
    page.mouse.move((days[first][0] + days[first][1]) / 2, y)
    page.mouse.down()
    page.mouse.move((days[last][0] + days[last][1]) / 2, y + 3, steps=6)
    page.mouse.up()


@pytest.fixture
def archive(shared: Path) -> Archive:
    return Archive(shared)


def test_days_chosen_by_hand(page: Any, archive: Archive) -> None:
    page.goto("/pictures")
    ready(page)
    assert told(page) == 20
    brush(page, 1, 3)
    page.wait_for_url("**/pictures?*from=*")
    ready(page)
    held = query(page)
    first, last = (dt.date.fromisoformat(held[name]) for name in ("from", "to"))
    assert (last - first).days == 2
    count = archive.count("events", Filter(first=first, last=last))
    assert told(page) == count == page.locator("#rows .row").count() > 0
    assert page.input_value("#f-from") == held["from"]
    assert page.locator(".small-when").get_by_text("Look closer").count() == 1
    # What is chosen already is no hindrance to another choice.
    brush(page, 4, 4 + 3)
    page.wait_for_url(lambda url: held["from"] not in url and "from=" in url)
    ready(page)
    assert query(page)["from"] > held["to"] or query(page)["from"] == held["to"]
    # Every day is still there, the others faint.
    bars = page.locator(".small-when .mark-rect path[aria-label*=when]")
    assert bars.count() > count


def test_somebody_chosen_and_back_and_cleared(page: Any, archive: Archive) -> None:
    page.goto("/pictures?type=CONSULT")
    ready(page)
    page.click(".small-who svg >> text=Peru")
    page.wait_for_url("**actor=state**")
    ready(page)
    assert query(page) == {"type": "CONSULT", "actor": "state:PER"}
    assert told(page) == archive.count("events", Filter(type="CONSULT", actor="state:PER"))
    assert "Peru" in page.inner_text(".chips")
    page.go_back()
    page.wait_for_url(lambda url: "actor" not in url)
    ready(page)
    page.wait_for_selector(".chips:not(:has-text('Peru'))")
    assert page.input_value("#f-actor") == ""
    page.go_forward()
    page.wait_for_selector(".chips:has-text('Peru')")
    page.click("text=Clear all filters")
    page.wait_for_url(lambda url: "?" not in url)
    ready(page)
    assert told(page) == 20
    assert page.locator(".chip").count() == 0


def test_a_type_and_a_country_chosen_and_taken_back(page: Any) -> None:
    page.goto("/pictures")
    ready(page)
    page.click(".small-what path[aria-label*='ASSAULT'] >> nth=-1", force=True)
    page.wait_for_url("**type=ASSAULT*")
    ready(page)
    assert told(page) == 10
    assert "has a place" in page.inner_text(".small-where figcaption")
    page.click(".small-what path[aria-label*='ASSAULT'] >> nth=-1", force=True)
    page.wait_for_url(lambda url: "type" not in url)
    ready(page)
    page.click(".small-where .mark-symbol path >> nth=-1", force=True)
    page.wait_for_url("**country=PER*")
    ready(page)
    assert told(page) == 10
    types = page.inner_text(".small-what figcaption")
    assert "CONSULT" in types and "ASSAULT" not in types


def test_only_what_has_to_is_loaded(page: Any) -> None:
    page.goto("/pictures")
    ready(page)
    page.evaluate("window.stays = true")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.click(".small-who svg >> text=Chile")
    page.wait_for_url("**actor=*")
    ready(page)
    assert page.evaluate("window.stays") is True
    parts = [f"/pictures/part/{name}.json" for name in PARTS]
    assert sorted(set(asked) - {"/static/icon.svg"}) == sorted(["/pictures", *parts])


def test_by_keyboard(page: Any) -> None:
    page.goto("/pictures")
    ready(page)
    page.focus(".narrow > summary")
    page.keyboard.press("Enter")
    page.focus("#f-actor")
    page.keyboard.type("Peru")
    page.keyboard.press("Enter")
    page.wait_for_url("**actor=Peru")
    ready(page)
    assert told(page) == 10
    page.focus(".chip")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "actor" not in url)
    assert page.evaluate("document.activeElement.id") == "count"


def test_where_it_fails_the_page_is_loaded(page: Any) -> None:
    page.goto("/pictures")
    ready(page)
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('no')); }")
    page.click(".small-who svg >> text=Peru")
    page.wait_for_url("**actor=state**")
    ready(page)
    assert "native" in page.evaluate("String(window.fetch)")
    assert told(page) == 10


def test_without_scripts(browser: Any, site: Running) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/pictures")
    page.click(".narrow > summary")
    page.fill("#f-actor", "Peru")
    page.click("text='Show'")
    assert "actor=Peru" in page.url and told(page) == 10
    page.wait_for_load_state("networkidle")
    wide = page.eval_on_selector_all(".small img", "all => all.map(one => one.naturalWidth)")
    assert len(wide) == 4 and min(wide) > 100
    page.click("text=Clear all filters")
    assert told(page) == 20
    context.close()


SIGHTS = ["/pictures", "/pictures?actor=Peru&type=CONSULT", "/pictures?country=PER",
          "/pictures?from=2024-03-08&to=2024-03-12", "/pictures?actor=nobody"]  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), [*LOOKS, ("dark", 390)])
def test_they_are_for_everyone(browser: Any, site: Running, scheme: str, width: int) -> None:
    context = browser.new_context(
        base_url=site.address, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    for number, path in enumerate(SIGHTS):
        page.goto(path)
        ready(page)
        assert axe_of(page) == [], path
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0, path
        if SHOTS:
            shot = f"{SHOTS}/together-{number}-{scheme}-{width}.png"
            page.screenshot(path=shot, full_page=True)
    context.close()


@pytest.fixture
def asked(client: TestClient) -> Any:
    return lambda part, query="": client.get(f"/pictures/part/{part}.json{query}").json()


def test_each_part_shows_what_the_others_keep(asked: Any) -> None:
    query = "?type=ASSAULT&country=PER"
    assert [row["type"] for row in values(asked("what", query)) if "full" in row][:1] == ["CONSULT"]
    assert "place" in asked("where", query)["description"]
    light = {row["type"]: row["light"] for row in values(asked("what", "?type=ASSAULT"))}
    assert light["ASSAULT"] == 1 and light["CONSULT"] < 1
    picks = {row["type"]: row["pick"]["type"] for row in values(asked("what", "?type=assault"))}
    assert picks == {"ASSAULT": "", "CONSULT": "CONSULT"}


def test_looking_closer_draws_the_days_chosen(asked: Any) -> None:
    far = asked("when", "?from=2024-03-10&to=2024-03-12")
    near = asked("when", "?from=2024-03-10&to=2024-03-12&near=1")
    assert far["description"].startswith("20 events") and near["description"].startswith("6 events")


def test_what_nobody_knows_is_told(client: TestClient) -> None:
    assert client.get("/pictures/part/pie.json").status_code == 404
    assert client.get("/pictures/part/when.json?from=soon").status_code == 400
    svg = client.get("/pictures/part/when.svg?actor=nobody").text
    assert "No event with a day fits" in svg
    page = client.get("/pictures?counterpart=Chile").text
    assert "Pictures do not know the filter" in page


def test_the_pages_colours_are_the_pictures() -> None:
    light, dark = (
        re.findall(r"--q(\d): (#\w+);", block)
        for block in STYLE.read_text("utf-8").partition("@media")[::2]
    )
    for found, shade in ((light, "light"), (dark, "dark")):
        quads = theme(shade).quads  # type: ignore[arg-type]
        assert {int(n): colour for n, colour in found[:4]} == {n: quads[n] for n in range(1, 5)}
