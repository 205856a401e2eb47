"""The picture of the pages in ``docs/pages.md`` that has several pictures.

    python -m tools.plot.page

serves the archive of ``tools.plot.pictures`` and draws ``docs/images/pictures.png`` in a browser.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from dragoman.web import Settings
from tests.web.conftest import Running, chromium
from tools.plot.pictures import ROOT, archive

TARGET: Final = ROOT / "docs" / "images" / "pictures.png"
_PATH: Final = "/pictures?type=ASSAULT&from=2010-01-01&to=2025-12-31"
_HIGH: Final = 1290  # pixels


def main() -> None:
    """Draw it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = archive(Path(scratch)).path
        with Running(Settings(folder)) as running, sync_playwright() as playwright:
            options = {"args": ["--no-sandbox", "--disable-gpu"]}
            browser = playwright.chromium.launch(executable_path=chromium(), **options)
            size = {"width": 1280, "height": _HIGH}
            page = browser.new_page(base_url=running.address, viewport=size)
            page.goto(_PATH, wait_until="networkidle")
            page.wait_for_selector("[data-part=where] svg")
            made = page.screenshot()
            browser.close()
    TARGET.write_bytes(made)
    print(f"{TARGET.name}: {len(made):,} bytes")


if __name__ == "__main__":
    main()
