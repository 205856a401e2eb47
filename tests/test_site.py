"""The documents as a site: built without a warning, all links lead somewhere, nothing fetched."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CONFIG = ROOT / "mkdocs.yml"
pytestmark = pytest.mark.skipif(
    find_spec("material") is None or not CONFIG.is_file(), reason="needs mkdocs-material (dev)"
)


class Page(HTMLParser):
    """Ids, links and what a browser would load."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.ids |= {held[name] for name in ("id", "name") if name in held}
        if tag == "a" and "href" in held:
            self.links.append(held["href"])
        if tag in ("script", "img", "iframe", "source") and "src" in held:
            self.loaded.append(held["src"])
        if tag == "link" and held.get("rel") in ("stylesheet", "icon", "preconnect"):
            self.loaded.append(held["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    made = build(folder, CONFIG)
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


def build(folder: Path, config: Path) -> subprocess.CompletedProcess[str]:
    # Not --quiet: with it, mkdocs counts no warnings and --strict lets all through.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder)]
    return subprocess.run([*command, "-f", str(config)], capture_output=True, text=True)


def test_a_warning_fails_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Start\n", "utf-8")
    (tmp_path / "docs" / "lost.md").write_text("# In no contents\n", "utf-8")
    given = yaml.safe_load(CONFIG.read_text("utf-8"))
    kept = {name: given[name] for name in ("site_name", "strict", "theme", "validation")}
    config = tmp_path / "mkdocs.yml"
    config.write_text(yaml.safe_dump({**kept, "nav": ["index.md"]}), "utf-8")
    made = build(tmp_path / "site", config)
    assert made.returncode != 0
    assert "lost.md" in made.stdout + made.stderr


def test_links_lead_somewhere(site: Path) -> None:
    pages = {path: Page(path) for path in site.rglob("*.html")}
    broken = []
    for path, page in pages.items():
        for link in [*page.links, *page.loaded]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link.startswith("#__") or path.name == "404.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            known = target in pages and parts.fragment in {"", *pages[target].ids}
            if not known and (target in pages or not target.is_file()):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = [one for path in site.rglob("*.html") for one in Page(path).loaded]
    assert [one for one in loaded if urlsplit(one).scheme or urlsplit(one).netloc] == []
    assert not any(re.search(r"@import|url\(\s*['\"]?https?:", path.read_text("utf-8"))
                   for path in site.rglob("*.css"))  # fmt: skip


def test_the_notebook_is_a_page(site: Path) -> None:
    page = (site / "figure" / "index.html").read_text("utf-8")
    assert "archive.panel(" in re.sub(r"<[^>]+>", "", page)
    assert (site / "notebooks" / "figure.ipynb").is_file()
    assert 'href="figure/"' in (site / "index.html").read_text("utf-8")


def test_every_document_is_in_the_contents() -> None:
    listed = set(re.findall(r"[\w-]+\.md", CONFIG.read_text("utf-8")))
    assert listed >= {path.name for path in DOCS.glob("*.md")}
    assert yaml.safe_load(CONFIG.read_text("utf-8"))["strict"] is True
