"""What people do, in a browser. ``PAGES_SHOTS=DIR`` keeps a picture of each page."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks import attack
from dragoman.web.linked import Links
from tests.fakes import TEXT
from tests.web.conftest import Running, first_reading
from tests.web.test_pages import occurrence

PAGES = ["/", "/documents", "/events", "/statements", "/sources", "/source?who=report:ana-rojas",
         "/source?publisher=Wire", "/disputed", "/pictures", "/try", "/nothing"]  # fmt: skip
SHOTS = os.environ.get("PAGES_SHOTS")


def reports(site: Running) -> str:
    folder: Path = site.app.state.dragoman.settings.archive
    return f"/documents/{first_reading(folder)}"


def test_first_visit(page: Any) -> None:
    page.goto("/")
    assert page.inner_text("h1") == "Who says what happened"
    page.click("text=20 events")
    page.click(".row-link >> nth=0")
    assert page.locator("details.event[open]").count() == 1


def test_paste(page: Any) -> None:
    page.goto("/try")
    page.fill("#text", TEXT)
    page.click("text='Read it'")
    assert page.locator("details.event").count() == 2
    page.click("#e2 summary >> nth=0")
    assert "Ana Rojas said (“claimed”) that" in page.inner_text("#e2 .sentence")
    assert "not stored" in page.inner_text("main")


def test_filter_to_a_claim_and_its_chain(page: Any) -> None:
    page.goto("/events")
    page.fill("#f-source", "Ana Rojas")
    page.click("text='Show'")
    assert "10" in page.inner_text(".count")
    page.click(".facets >> text=Wire")
    assert "5" in page.inner_text(".count") and "publisher=Wire" in page.url
    page.click(".row-link >> nth=0")
    chain = page.locator("details.event[open] .chain > li").all_inner_texts()
    assert [one.split()[0] for one in chain] == ["Wire", "A", "Ana"]


def test_download(page: Any) -> None:
    page.goto("/events?type=CONSULT")
    with page.expect_download() as download:
        page.click("text='csv'")
    assert download.value.suggested_filename == "events.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.count("\n") == 11


def test_deep_links(page: Any, site: Running) -> None:
    page.goto(f"{reports(site)}?event=e2#e2")
    assert page.locator("#e2").evaluate("one => one.open")
    lit = page.locator(".text .on").all_inner_texts()
    assert any("fired" in one for one in lit)
    page.goto(f"{reports(site)}?statement=s2#s2")
    assert page.locator("#s2").evaluate("one => one.open && one.offsetHeight > 0")
    assert "soldiers fired at a ferry" in "".join(page.locator(".chosen-st").all_inner_texts())


def test_a_disputed_occurrence(page: Any, site: Running) -> None:
    state = site.app.state.dragoman
    while state.linked.standing == "working":
        time.sleep(0.05)
    with state.archive() as archive:
        one, other = archive.ask("SELECT reading FROM documents LIMIT 2")["reading"].to_pylist()
    row = occurrence(one, other)
    told = {(one, "e2"): row["occurrence"], (other, "e2"): row["occurrence"]}
    state.linked._links = Links({row["occurrence"]: row}, told, has_occurrences=True)
    state.linked._version = state.holder.version
    page.goto("/disputed")
    assert axe_of(page) == []
    assert page.locator(".account").count() == 2
    page.click(".row-link")
    assert page.locator(".account").count() == 2
    assert page.inner_text(".disputes b") == "Whether it happened."
    found = axe_of(page)
    assert found == []
    page.click(".account >> nth=1 >> text=In the report")
    assert f"/documents/{other}?event=e2" in page.url
    page.click("#e2 >> text=Disputed: the accounts side by side")
    assert page.locator(".account.is-denied").count() == 1


def axe_of(page: Any) -> list[tuple[str, str]]:
    """What axe has to say against a page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


def test_the_attack_script_sees_what_runs(browser: Any) -> None:
    page = browser.new_page()
    page.add_init_script(attack._WATCH)
    page.goto("data:text/html,<svg onload=alert(1)></svg><a href='javascript:1'>a</a>")
    page.wait_for_timeout(100)
    found = page.evaluate(attack._LOOK)
    page.close()
    assert found == {
        "foreign elements": 1, "on… attributes": 1, "javascript: links": 1, "calls": 1,
    }  # fmt: skip


def test_keyboard_only(page: Any, site: Running) -> None:
    page.goto(reports(site))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for key, name in [
        ("j", "e1"),
        ("j", "e2"),
        ("k", "e1"),
        ("ArrowDown", "e2"),
        ("ArrowUp", "e1"),
    ]:
        page.keyboard.press(key)
        assert page.evaluate("document.querySelector('details.event[open]').id") == name, key
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) == "solid", key
    assert "event=e1" in page.url
    page.keyboard.press("Escape")
    assert page.locator("details.event[open]").count() == 0


def test_every_span_is_what_it_says(page: Any, site: Running) -> None:
    page.goto(f"{reports(site)}?event=e1")
    text = page.locator(".text").evaluate("one => one.textContent.trim()")
    assert text == f"Report 0. {TEXT}"
    assert page.locator("#at-e2").evaluate("one => one.textContent") == "fired"
    roles = page.locator(".text [data-role]").evaluate_all(
        "all => all.map(one => [one.dataset.role, one.textContent])"
    )
    assert roles == [["who", "Peru"], ["whom", "Chile"], ["where", "Lima"], ["when", "Monday"]]


def test_reading_and_filtering_without_scripts(browser: Any, site: Running) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/events")
    page.fill("#f-actor", "Peru")
    page.click("text='Show'")
    page.click(".row-link >> nth=0")
    assert page.locator("details.event[open] .sentence").is_visible()
    page.click(".text a.ev >> nth=1")
    assert "event=e2" in page.url
    assert page.locator("#e2 .sentence").is_visible()
    context.close()


LOOKS = [("light", 1280), ("dark", 640), ("light", 340)]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_pages_are_for_everyone(browser: Any, site: Running, scheme: str, width: int) -> None:
    """No fault that axe knows, nothing wider than the window: 640 is 1280 at 200 %."""
    context = browser.new_context(
        base_url=site.address, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    report = reports(site)
    for path in [*PAGES, report, f"{report}?event=e2", f"{report}?statement=s2"]:
        page.goto(path)
        assert axe_of(page) == [], path
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0, path
        if SHOTS:
            name = path.strip("/").replace("/", "-").replace("?", "-").replace(":", "-") or "home"
            page.screenshot(path=f"{SHOTS}/{name[:60]}-{scheme}-{width}.png")
    context.close()


def test_pages_are_light(page: Any, site: Running) -> None:
    for path in [*PAGES, reports(site)]:
        sizes: list[int] = []
        page.on("response", lambda answer, sizes=sizes: sizes.append(len(answer.body())))
        page.goto(path, wait_until="networkidle")
        assert sum(sizes) < 1_500_000, path


def test_pictures_are_drawn(page: Any) -> None:
    for kind in ("timeline", "network", "map"):
        page.goto(f"/pictures?kind={kind}", wait_until="networkidle")
        page.wait_for_selector(".dragoman-plot svg")
    page.goto("/pictures?kind=timeline", wait_until="networkidle")
    page.wait_for_selector(".mark-symbol path")
    places = page.eval_on_selector_all(
        ".mark-symbol path", "all => all.map(one => one.getAttribute('transform').split(',')[0])"
    )
    assert len(set(places)) > 2, "the marks of a timeline stand on different days"
