"""What the site takes from outside ``docs``: figures, contributing, changes. A hook of mkdocs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
OUTSIDE: Final = {
    "../benchmarks/RESULTS.md": "results.md",
    "../CONTRIBUTING.md": "contributing.md",
    "../CHANGELOG.md": "changes.md",
    "../NOTICE": "notice.md",
}
_OTHER: Final = re.compile(r"\[([^\]]+)\]\(\.\./[^)]*\)")
_LINK: Final = re.compile(r"\]\((\.\./[^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Any, config: Any) -> Any:
    """Their text as pages of the site."""
    from mkdocs.structure.files import File

    for source, name in OUTSIDE.items():
        text = (ROOT / "docs" / source).read_text("utf-8")
        text = f"# Notice\n```text\n{text}```\n" if name == "notice.md" else _inside(text)
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Links to them lead there; what the site does not have is named without a link."""
    markdown = _LINK.sub(
        lambda m: f"]({OUTSIDE[m[1]]}{m[2] or ''})" if m[1] in OUTSIDE else m[0], markdown
    )
    return _OTHER.sub(r"\1", markdown)


def _inside(text: str) -> str:
    """Links out of those files, which stand elsewhere: to documents as the site has them, to others
    as words.
    """
    text = re.sub(r"\]\((?:\.\./)?docs/([\w-]+\.md)", r"](\1", text)
    return re.sub(r"\[([^\]]+)\]\((?!https?:|[\w-]+\.md|#)[^)]*\)", r"\1", text)
